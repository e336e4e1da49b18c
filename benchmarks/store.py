"""Measures the facts store at a million facts: loading, the common questions, the checks across documents; ``--write`` keeps it in
benchmarks/STORE.md.

The facts are those of the project's own documents, copied under other bodies, years and values until there are enough.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

from benchmarks import machine
from extract import ingest
from extract.catalogue import load
from extract.columns import TABLES, Value
from extract.pipeline import analyse
from extract.query import ask, prepare
from extract.records import Records, Row, records
from extract.scripts import scripts
from extract.store import Store

PAGE = Path(__file__).with_name("STORE.md")
DOCUMENTS = Path(__file__).parents[1] / "annotations" / "documents"
QUESTIONS = (
    "死亡人数 2021 按地区",
    "预算执行率 2019-2023 by body",
    "本年支出 by year",
    "outliers 2022",
    "雷同 2022",
    "疑点 按规则",
    "疑点 S2 2023 按单位",
    "coverage by body",
)
YEARS, PLACES = 10, 300
BATCH = 32


def copies() -> Iterator[Records]:
    """The project's documents, then each again as that of another place and year, with other values, without end."""
    found = [records(analyse(ingest.read(path))) for path in sorted(DOCUMENTS.glob("*.txt"))]
    for number in count():
        for base, report in enumerate(found):
            yield _copy(report, number * len(found) + base, 2014 + number % YEARS, f"县{(base + number // YEARS) % PLACES}")


def _copy(report: Records, number: int, year: int, place: str) -> Records:
    name = sha256(str(number).encode()).hexdigest()
    times = Decimal(1000 + number % 97) / 1000

    def other(table: str, told: dict[str, Callable[[Value], Value]]) -> list[Row]:
        columns = [column.name for column in TABLES[table]]
        changes = [(columns.index(column), change) for column, change in {"document": lambda _: name, **told}.items()]
        return [_changed(row, changes) for row in report[table]]

    def scaled(value: Value) -> Value:
        return round(value * times, 4) if isinstance(value, Decimal) else value

    return {
        "documents": other("documents", {"body": lambda _: f"{place}局", "region": lambda _: place, "year": lambda _: year}),
        "facts": other("facts", {"moment": lambda _: str(year), **dict.fromkeys(("value", "interval_low", "interval_high"), scaled)}),
        "checks": other("checks", {}),
        "findings": other("findings", {}),
    }


def _changed(row: Row, changes: Sequence[tuple[int, Callable[[Value], Value]]]) -> Row:
    values = list(row)
    for place, change in changes:
        values[place] = change(values[place])
    return tuple(values)


class Cost(NamedTuple):
    """Seconds by the clock, and of the processors (more where two work at once, less where other programs run)."""

    clock: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.clock:.2f} s | {self.cpu:.2f} s"


def timed(work: Callable[[], object]) -> Cost:
    """What some work costs."""
    clock, cpu = time.perf_counter(), time.process_time()
    work()
    return Cost(time.perf_counter() - clock, time.process_time() - cpu)


def measured(facts: int, folder: Path) -> list[str]:
    """The figures for so many facts, as lines of Markdown."""
    path = folder / "facts.duckdb"
    costs: list[Cost] = []
    documents, loaded = 0, 0
    source = copies()
    with Store(path) as store:
        while loaded < facts:
            batch = list(islice(source, BATCH))
            costs.append(timed(partial(store.load, batch)))
            documents, loaded = documents + len(batch), loaded + sum(len(report["facts"]) for report in batch)
        again = timed(partial(store.load, batch))
    all_of_it = Cost(sum(cost.clock for cost in costs), sum(cost.cpu for cost in costs))
    lines = [
        f"{date.today().isoformat()}, {machine.name()}; DuckDB {version('duckdb')}.",
        "",
        f"{loaded:,} facts of {documents:,} documents, {BATCH} in a transaction; the store is {path.stat().st_size / 1e6:,.0f} MB.",
        "",
        "| | rows | by the clock | processor |",
        "| --- | ---: | ---: | ---: |",
        f"| load all | {loaded:,} | {all_of_it} |",
        f"| load {BATCH} documents again, in place of themselves | | {again} |",
    ]
    catalogue = load()
    with Store(path, read_only=True) as store:
        prepare(store)
        for question in QUESTIONS:
            rows = ask(store, [question], catalogue).rows
            lines.append(f"| {question} | {len(rows):,} | {timed(partial(ask, store, [question], catalogue))} |")
        for check in scripts("across"):
            held: list[object] = []
            cost = timed(lambda check=check, held=held: held.extend(store.connection.execute(check.sql).fetchall()))  # type: ignore[misc]
            lines.append(f"| across documents: {check.name} | {len(held):,} | {cost} |")
    return lines


def main() -> None:
    """Measure and print; keep it where that is wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--write", action="store_true", help="replace benchmarks/STORE.md")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        text = "\n".join(["# What the facts store costs", "", "`python -m benchmarks.store --write`", "", *measured(chosen.facts, Path(folder)), ""])
    print(text)
    if chosen.write:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
