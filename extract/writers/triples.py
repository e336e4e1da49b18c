"""A line a fact: id, subject, indicator, quantity, kind, period, qualifiers, separated by tabs.

Why: the shortest form in which a fact can be read aloud, counted with ``sort | uniq -c`` and compared with ``diff``.

Example: ``f1	甲区	生产安全事故起数	22起	level	2021	其中`` (the quantity with its bound sign: ``>~600条``).

Left alone: findings, places and scores; JSON has them.

Source: the project's own format.
"""

from __future__ import annotations

from extract.types import Report, stated
from extract.writers import View, Writer
from extract.writers._values import indicator_name, links_by_fact, period_of, subject_of


def _write(report: Report, view: View) -> str:
    links = links_by_fact(report)
    rows = (
        (
            fact.id,
            subject_of(report, fact, links.get(fact.id)),
            indicator_name(fact, links.get(fact.id)),
            stated(fact.quantity),
            fact.kind,
            period_of(report, fact),
            " ".join(fact.qualifiers),
        )
        for fact in report.facts
    )
    return "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in rows)


WRITER = Writer(format="triples", suffix=".tsv", subjects=("facts",), follows=True, write=_write)
