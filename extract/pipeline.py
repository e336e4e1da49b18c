"""The order of the stages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import extract
from extract import collector, learned, memo
from extract.assemble import assemble
from extract.catalogue import Catalogue, load
from extract.check import check, check_rules
from extract.errors import ConfigurationError
from extract.link import link
from extract.quantify import quantify
from extract.settings import Settings, nearest
from extract.tag import tag
from extract.tokenise import tokenise
from extract.types import Document, Fact, MadeBy, Numeral, Report, Span
from extract.wholes import wholes


@collector.paused()
@memo.forgetting()
def analyse(
    document: Document,
    *,
    catalogue: Catalogue | None = None,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    extend_select: Collection[str] = (),
    models: Sequence[learned.Model] = (),
) -> Report:
    """All that is found in a document: its facts, what they measure, what they promise each other, what does not hold.

    ``catalogue`` is the one that ships unless another is given; ``select``, ``ignore`` and ``extend_select`` are codes of
    checks or their beginnings (``"S"``, ``"S2"``, ``"S201"``), joined as :func:`extract.check.chosen` says: all where
    nothing is selected. ``models`` are those of
    :func:`extract.learned.models`; without them the patterns decide alone.

    Raises:
        ConfigurationError: no check has such a code.
    """
    catalogue = catalogue or load()
    facts, others, after = stated(document)
    facts = learned.revised(document, facts, after, models)
    links = link(facts, document, catalogue)
    reported = wholes(links, facts, document, catalogue)
    checks, findings = check(
        document,
        facts,
        links,
        catalogue=catalogue.indicators,
        reported=reported,
        select=known_codes(select),
        ignore=known_codes(ignore),
        extend_select=known_codes(extend_select),
        proposer=learned.proposer(models),
    )
    return Report(
        document=document,
        facts=facts,
        links=reported,
        numerals=tuple(sorted(others, key=lambda numeral: numeral.span)),
        checks=checks,
        findings=findings,
        made_by=made_by(catalogue, models),
    )


def made_by(catalogue: Catalogue, models: Sequence[learned.Model]) -> MadeBy:
    """What makes reports with this catalogue and these models."""
    return MadeBy(version=extract.__version__, models={model.name: model.sha256 for model in models}, catalogue=catalogue.digest)


class Stated(NamedTuple):
    """What the numbers of a document state by the patterns alone: the facts, the numerals that are none, and the words after
    a number that may name it, by where the numeral starts."""

    facts: tuple[Fact, ...]
    others: tuple[Numeral, ...]
    after: Mapping[int, Span]


def stated(document: Document) -> Stated:
    """What the patterns find in a document, before any model has looked."""
    quantified = quantify(document)
    tags = tag(tokenise(document, quantified), document, quantified)
    facts, leftover = assemble(document, quantified, tags)
    starts = [quantity.span.start for quantity in quantified.quantities]
    after = {starts[mark.quantity]: mark.span for mark in tags if mark.label == "after" and mark.quantity is not None}
    return Stated(facts, (*quantified.others, *leftover), after)


def known_codes(codes: Collection[str]) -> tuple[str, ...]:
    """The codes as checks write them.

    Raises:
        ConfigurationError: no check has a code that begins so; the line names one that is like it.
    """
    known = [rule.code for rule in check_rules()]
    wanted = tuple(code.upper() for code in codes)
    for code in wanted:
        if not code or not any(rule.startswith(code) for rule in known):
            raise ConfigurationError("select, ignore", f"no check has a code that begins with {code!r}", nearest(code, known))
    return wanted


def ignored(settings: Settings, file: str | Path | None) -> tuple[str, ...]:
    """The codes that the settings ignore in a file, or in a text that is none; what they ignore in it alone is said in full, so
    that no selection is longer.

    Raises:
        ConfigurationError: no check has a code that begins like one for the file.
    """
    everywhere = (*settings.ignore, *settings.extend_ignore)
    return everywhere if file is None else everywhere + codes_of(settings.ignored_in(Path(file)))


def codes_of(beginnings: Collection[str]) -> tuple[str, ...]:
    """The full codes of all checks that begin so: said in full, they win over every shorter beginning."""
    wanted = known_codes(beginnings)
    return tuple(rule.code for rule in check_rules() if wanted and rule.code.startswith(wanted))
