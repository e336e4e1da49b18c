"""The order of the stages."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import extract
from extract import learned
from extract.assemble import Assembled, assemble
from extract.catalogue import Catalogue, load
from extract.check import check, check_rules
from extract.errors import ConfigurationError
from extract.link import link
from extract.quantify import quantify
from extract.settings import nearest
from extract.tag import tag
from extract.tokenise import tokenise, vocabulary
from extract.types import Document, MadeBy, Report


def analyse(
    document: Document,
    *,
    catalogue: Catalogue | None = None,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    models: Sequence[learned.Tense] = (),
) -> Report:
    """All that is found in a document: its facts, what they measure, what they promise each other, what does not hold.

    ``catalogue`` is the one that ships unless another is given; ``select`` and ``ignore`` are codes of checks or their
    beginnings (``"S"``, ``"S2"``, ``"S201"``): all but the previews where nothing is selected. ``models`` are those of
    :func:`extract.learned.models`; without them the patterns decide alone.

    Raises:
        ConfigurationError: no check has such a code.
    """
    catalogue = catalogue or load()
    facts, others = stated(document)
    for model in models:
        facts = learned.reconsider(document, facts, model)
    links = link(facts, document, catalogue)
    checks, findings = check(document, facts, links, catalogue=catalogue.indicators, select=known_codes(select), ignore=known_codes(ignore))
    return Report(
        document=document,
        facts=facts,
        links=links,
        numerals=tuple(sorted(others, key=lambda numeral: numeral.span)),
        checks=checks,
        findings=findings,
        made_by=MadeBy(version=extract.__version__, models={model.name: model.sha256 for model in models}, catalogue=catalogue.digest),
    )


def stated(document: Document) -> Assembled:
    """What the numbers of a document state by the patterns alone, and the numerals that are no facts."""
    quantified = quantify(document)
    with vocabulary().memory_zone():
        tags = tag(tokenise(document, quantified), document, quantified)
    facts, leftover = assemble(document, quantified, tags)
    return Assembled(facts, (*quantified.others, *leftover))


def known_codes(codes: Collection[str]) -> tuple[str, ...]:
    """The codes as checks write them.

    Raises:
        ConfigurationError: no check has a code that begins so; the line names one that is like it.
    """
    known = [rule.code for rule in check_rules()]
    wanted = tuple(code.upper() for code in codes)
    for code in wanted:
        if not code or not any(rule.startswith(code) for rule in known):
            raise ConfigurationError("select and ignore", f"no check has a code that begins with {code!r}", nearest(code, known))
    return wanted
