"""The order of the stages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import extract
from extract.assemble import assemble
from extract.check import check
from extract.link import link, load_catalogue
from extract.quantify import quantify
from extract.tag import tag
from extract.tokenise import tokenise
from extract.types import Document, MadeBy, Report


def analyse(
    document: Document, *, indicators: Iterable[Path] = (), select: Iterable[str] = (), ignore: Iterable[str] = ()
) -> Report:
    """All that is found in a document: its facts, what they measure, what they promise each other, what does not hold.

    ``indicators`` are catalogue files beside our own; ``select`` and ``ignore`` are codes of checks or their beginnings
    (``"S"``, ``"S2"``, ``"S201"``): all but the previews where nothing is selected.

    Raises:
        KnowledgeError: a catalogue file does not hold together.
        ConfigurationError: no check has such a code.
    """
    catalogue = load_catalogue(tuple(indicators))
    quantified = quantify(document)
    doc = tokenise(document, quantified)
    tags = tag(doc, document, quantified)
    facts, leftover = assemble(document, quantified, tags)
    links = link(facts, document, catalogue)
    checks, findings = check(document, facts, links, catalogue, select=tuple(select), ignore=tuple(ignore))
    return Report(
        document=document,
        facts=facts,
        links=links,
        numerals=tuple(sorted((*quantified.others, *leftover), key=lambda numeral: numeral.span)),
        checks=checks,
        findings=findings,
        made_by=MadeBy(version=extract.__version__, models={}, catalogue=catalogue.sha256),
    )
