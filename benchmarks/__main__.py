"""Measures what heshu costs, beside jieba and other tools, and prints it as Markdown; ``--write`` keeps it in BENCHMARKS.md."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from benchmarks import machine, measure
from benchmarks.machine import ROOT, Run
from benchmarks.measure import Size, Speed
from benchmarks.peers import Peer, peers

PAGE = ROOT / "BENCHMARKS.md"
HEAD = """\
# What heshu costs

Written by `python -m benchmarks --write`; what is measured and how stands in [benchmarks/README.md](benchmarks/README.md).
"""
KB, MB = 10**3, 10**6
SIZES = (10 * KB, 100 * KB, MB, 10 * MB, 100 * MB)
SMALL = 3
"""So many of the sizes are measured with ``--quick``."""
REPORT = 20_000
"""The characters of a long report."""


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A table in Markdown, with numbers right of the first column; a blank line before it."""
    yield from ("", f"| {' | '.join(heads)} |", f"| --- |{' ---: |' * (len(heads) - 1)}")
    yield from (f"| {' | '.join(map(str, row))} |" for row in rows)


def shown(size: float) -> str:
    """A number of bytes in MB, or in KB."""
    return f"{size / MB:.0f} MB" if size >= MB else f"{size / KB:.0f} KB"


def speeds(found: dict[str, Speed]) -> Iterator[str]:
    heads = ("text, warm, one process", "characters", "characters a fact", "characters a CPU second", "`jieba.lcut`", "ratio", "20,000 characters")
    rows = (
        (
            name,
            f"{one.characters:,}",
            f"{one.characters / max(1, one.facts):.0f}",
            f"{one.heshu:,.0f}",
            f"{one.jieba:,.0f}",
            f"{one.ratio:.2f}",
            f"{REPORT / one.heshu:.2f} s",
        )
        for name, one in found.items()
    )
    yield from table(heads, rows)


def tools(found: Iterable[Peer]) -> Iterator[str]:
    heads = ("tool, the project's reports", "asked for", "characters a CPU second", "against `jieba.lcut`", "first answer", "most memory")
    rows = (
        (one.name, one.asked, f"{one.speed:,.0f}", f"{one.speed / one.jieba:.2f}", f"{one.first:.2f} s", shown(one.memory))
        if not one.missing
        else (one.name, one.asked, f"not measured: {one.missing}", "", "", "")
        for one in found
    )
    yield from table(heads, rows)


def commands(found: dict[str, Run]) -> Iterator[str]:
    rows = ((name, f"{one.wall:.2f} s", f"{one.cpu:.2f} s", shown(one.memory)) for name, one in found.items())
    yield from table(("command", "wall clock", "CPU time", "most memory of a process"), rows)


def growth(found: Sequence[Size]) -> Iterator[str]:
    rows = (
        (shown(one.size), f"{one.characters:,}", f"{one.facts:,}", f"{one.cpu:.2f} s", f"{1e6 * one.cpu / one.characters:.1f}", shown(one.memory))
        for one in found
    )
    yield from table(("one text of", "characters", "facts", "CPU time", "µs a character", "most memory"), rows)
    yield from ("", f"Time grows with the {measure.exponent(found):.2f}th power of the size (1 is linear).")


def page(*, quick: bool) -> str:
    """All figures as Markdown, measured now."""
    once, twice = measure.folder(1), measure.folder(2)
    runs = {
        "`heshu --help`": measure.start_up(3 if quick else 10),
        "`heshu check` of a 10-page report, cold": measure.cold_check(repeat=1 if quick else 5),
        "`heshu check` of a folder, one process": once,
        f"the same, two processes ({once.wall / twice.wall:.2f} times as fast)": twice,
    }
    lines = [
        f"{date.today().isoformat()}, {machine.name()}. Models on, every check.",
        *speeds({name: measure.speed(sample, 1 if quick else 3) for name, sample in measure.samples().items()}),
        *commands(runs),
        *growth(measure.sizes(SIZES[:SMALL] if quick else SIZES)),
        *tools(peers()),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the figures into BENCHMARKS.md")
    parser.add_argument("--quick", action="store_true", help="leave out the two largest texts; repeat less")
    options = parser.parse_args()
    figures = page(quick=options.quick)
    print(figures, end="")
    if options.write:
        PAGE.write_text(f"{HEAD}\n{figures}", encoding="utf-8")


if __name__ == "__main__":
    main()
