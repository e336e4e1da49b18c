"""The HTML of a report: what the self-contained page and the local review page both show.

===========  =======================================================================================================
``cases``    :func:`~.cases.cases`: findings and relations left for review, ready to be shown, each with its places
``marks``    :func:`~.marks.marks`: every numeral with its state, and where in the text the places of cases stand
``body``     :func:`~.body.body`: the document with its numbers marked; :func:`~.body.contents`: its headings as links
``panel``    :func:`~.panel.panel`: the list of cases; :func:`~.panel.case`: one of them
``charts``   coverage, findings by rule, an indicator over the document
``page``     :func:`~.page.page`: all of it in one file
``tags``     :func:`~.tags.tag` builds an element, :func:`~.tags.clean` makes any text fit to stand in one
===========  =======================================================================================================

``page.css`` and ``page.js`` are read by :func:`~.page.asset`. Identifiers in the page: ``f12`` is the number of a fact, ``n3``
another numeral, ``x1`` a finding, ``c9`` a relation left for review, ``x1-2`` a place that is no number, ``s4`` a heading.
"""
