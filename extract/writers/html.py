"""One page for people: the document with its numbers marked, the findings beside it; it needs nothing but a browser.

Why: an auditor wants to see each claim at its place in the text, go from the finding to the words and back, and hand the page on or print it.

Example: ``heshu check report.docx --format html > report.html``, or ``--output-dir pages`` for a page a document.

Left alone: nothing is loaded, nothing is sent (a Content-Security-Policy says so), and whatever a document holds is text.

Source: the HTML standard (https://html.spec.whatwg.org/), Content Security Policy Level 3, WCAG 2.2 AA.
"""

from __future__ import annotations

from extract.types import Report
from extract.writers import View, Writer


def _write(report: Report, view: View) -> bytes:
    # Only now: a help page lists the writers, and needs none of their parts.
    from extract.writers._html.page import page

    return page(report, view.lang)


WRITER = Writer(format="html", suffix=".html", subjects=("check",), follows=False, write=_write)
