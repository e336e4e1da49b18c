"""One process against Spark on this machine: the same rows, and what they cost.

``python -m benchmarks.spark`` reads the project's reports (with digits replaced, so that no two are the same) and the pool of the shared
texts once in this process and once on ``local[2]``, and compares every row of every table. It prints what differs (exit code 1) and the
cost per million characters, with what 10⁹ need by it; ``--write`` puts that into docs/cluster.md. Linux only: it looks into /proc.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import machine, texts
from extract import columns, spark, stream
from extract.gold import find_shared
from extract.settings import Settings

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PAGE = Path(__file__).resolve().parents[1] / "docs" / "cluster.md"
MARK = "<!-- figures: python -m benchmarks.spark --write -->"
END = "<!-- end of the figures -->"
MASTER = "local[2]"
WANTED = 10**9
CORES = (8, 32, 128)
BUSY = 0.8
"""The part of the time in which all cores of a cluster are at work: an assumption, for the last tasks end one after the other."""
_TICKS = os.sysconf("SC_CLK_TCK")
_MB = 10**6


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """A corpus in one process and on Spark: CPU and wall-clock seconds, without start and models; ``size`` in bytes of Parquet."""

    name: str
    documents: int
    characters: int
    facts: int
    findings: int
    cpu: float
    spark_cpu: float
    spark_wall: float
    size: int
    differing: tuple[str, ...]

    @property
    def per_million(self) -> float:
        """CPU seconds of Spark, Java and Python together, for a million characters."""
        return 1e6 * self.spark_cpu / self.characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What a run takes beside its documents, in seconds, and the most memory that a Python worker and Java held, in bytes."""

    session: float
    first: float
    overhead: float
    worker: int = 0
    java: int = 0


def descendants(of: int | None = None) -> Iterator[int]:
    """The processes that this one has started, and those that they have."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and (told := _stat(int(entry.name))):
            children.setdefault(int(told[1]), []).append(int(entry.name))
    left = list(children.get(of or os.getpid(), ()))
    while left:
        yield (process := left.pop())
        left += children.get(process, [])


def _stat(process: int) -> list[str]:
    """The fields of /proc/PID/stat behind the name; [] where the process has ended."""
    try:
        return (Path("/proc") / str(process) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def cpu_of_descendants() -> float:
    """CPU seconds of all that this process has started, with what they have started and waited for."""
    return sum(sum(map(int, told[11:15])) for process in descendants() if (told := _stat(process))) / _TICKS


def most_memory(program: str) -> int:
    """The most that one of the descendants with ``program`` in its command line has held, in bytes."""
    held = [0]
    for process in descendants():
        folder = Path("/proc") / str(process)
        try:
            if program in (folder / "cmdline").read_text():
                held += [int(line.split()[1]) * 1024 for line in (folder / "status").read_text().splitlines() if line.startswith("VmHWM")]
        except OSError:
            continue
    return max(held)


def compared(name: str, running: SparkSession, paths: Sequence[Path], folder: Path, output: Path, overhead: tuple[float, float]) -> Cost:
    """The corpus read both ways; ``overhead`` is the (CPU, wall-clock) time of a run with next to nothing to read."""
    start = time.process_time()
    batches = list(stream.analysed(stream.read(paths), Settings()))
    cpu = time.process_time() - start
    spark_cpu, spark_wall = timed(running, folder, output)
    characters = [column.name for column in columns.TABLES["documents"]].index("characters")
    return Cost(
        name=name,
        documents=len(paths),
        characters=sum(int(str(row[characters])) for row in stream.rows_of("documents", batches)),
        facts=len(stream.rows_of("facts", batches)),
        findings=len(stream.rows_of("findings", batches)),
        cpu=cpu,
        spark_cpu=spark_cpu - overhead[0],
        spark_wall=spark_wall - overhead[1],
        size=sum(path.stat().st_size for path in output.rglob("*.parquet")),
        differing=tuple(table for table in stream.TABLES if in_order(stream.rows_of(table, batches)) != in_order(kept(output, table))),
    )


def timed(running: SparkSession, source: Path, output: Path) -> tuple[float, float]:
    """The (CPU, wall-clock) seconds of a run."""
    cpu, wall = cpu_of_descendants(), time.perf_counter()
    spark.run(running, str(source), str(output))
    return cpu_of_descendants() - cpu, time.perf_counter() - wall


def kept(output: Path, table: str) -> list[stream.Row]:
    """The rows of a table that Spark wrote."""
    import pyarrow.parquet

    return [tuple(row.values()) for row in pyarrow.parquet.read_table(output / table).to_pylist()]


def in_order(rows: Sequence[stream.Row]) -> list[tuple[Any, ...]]:
    """The rows by document and number: f2 before f10."""
    return sorted(rows, key=lambda row: [(len(str(value)), str(value)) for value in row[:2]])


def measured(chosen: Mapping[str, Path]) -> tuple[Start, list[Cost]]:
    """The corpora in their folders, one after the other, in one session."""
    list(stream.analysed(stream.read(_files(next(iter(chosen.values())))[:3]), Settings()))
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "one").mkdir()
        (folder / "one" / "one.txt").write_text("全年检查企业120家。\n", encoding="utf-8")
        begun = time.perf_counter()
        with spark.session(MASTER, {"spark.sql.shuffle.partitions": "2"}) as running:
            session = time.perf_counter() - begun
            _, first = timed(running, folder / "one", folder / "cold")
            overhead = timed(running, folder / "one", folder / "warm")
            costs = [
                compared(name, running, _files(source), source, folder / f"out-{number}", overhead)
                for number, (name, source) in enumerate(chosen.items())
            ]
            start = Start(session=session, first=first, overhead=overhead[1], worker=most_memory("pyspark.daemon"), java=most_memory("SparkSubmit"))
    return start, costs


def _files(folder: Path) -> list[Path]:
    from extract.cli._inputs import expand

    return [Path(name) for name in expand([str(folder)]) if isinstance(name, str)]


def page(start: Start, costs: Sequence[Cost]) -> str:
    """The figures as Markdown."""
    lines = [
        f"{date.today().isoformat()}, {machine.name()}, `{MASTER}`.",
        "",
        "| corpus | documents | characters | facts | findings | rows that differ | one process | Spark | CPU s per 10⁶ | Parquet per 10⁶ |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for cost in costs:
        lines.append(
            f"| {cost.name} | {cost.documents:,} | {cost.characters:,} | {cost.facts:,} | {cost.findings:,} "
            f"| {', '.join(cost.differing) or 'none'} | {cost.cpu:.1f} CPU s | {cost.spark_cpu:.1f} CPU s, {cost.spark_wall:.1f} s "
            f"| {cost.per_million:.1f} | {cost.size / cost.characters:.1f} MB |"
        )
    lines += [
        "",
        f"Beside that a run takes {start.session:.0f} s for the session, {start.first - start.overhead:.0f} s until the first workers are ready, and "
        f"{start.overhead:.0f} s for its other jobs. A Python worker held at most {start.worker / _MB:.0f} MB, Java {start.java / _MB:.0f} MB.",
        "",
        f"| 10⁹ characters like | CPU hours | {' | '.join(f'{cores} cores' for cores in CORES)} | Parquet |",
        f"| --- | ---: | {' | '.join('---:' for _ in CORES)} | ---: |",
    ]
    for cost in costs:
        hours = cost.per_million * WANTED / 1e6 / 3600
        lines.append(
            f"| {cost.name} | {hours:.1f} | {' | '.join(f'{hours / cores / BUSY:.2f} h' for cores in CORES)} "
            f"| {cost.size / cost.characters * WANTED / 1e9:.1f} GB |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.spark", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, metavar="DIR", help="folders of documents; the reports and the pool if none is named")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/cluster.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        chosen = {folder.name: folder for folder in options.folders}
        if not chosen:
            chosen["reports (annotations/documents)"] = Path(made)
            for number, text in enumerate(texts.reports()):
                (Path(made) / f"report-{number:03}.txt").write_text(text, encoding="utf-8")
            if (shared := find_shared()) is not None:
                chosen["pool (shared texts)"] = shared / "corpus" / "pool"
        start, costs = measured(chosen)
    figures = page(start, costs)
    print(figures, end="")
    if options.write:
        head, _, rest = PAGE.read_text(encoding="utf-8").partition(MARK)
        PAGE.write_text(f"{head}{MARK}\n\n{figures}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    sys.exit(any(cost.differing for cost in costs))


if __name__ == "__main__":
    main()
