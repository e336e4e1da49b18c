"""Memory over very many documents: what this process and its workers hold while they go through generated reports.

``python -m benchmarks.soak --documents 100000 --jobs 2`` looks at that many short reports, no two alike, with everything on, as
``heshu check --jobs`` does; it prints the memory at a hundred points, and leaves with exit code 1 if a worker holds more than 350 MB at one
of them, or a tenth more in the second half than in the first.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from benchmarks import texts
from benchmarks.machine import MB, Held, held
from extract import batch

MOST = 350
GROWTH = 1.1
_HAN = re.compile(r"[一-龥]")
_LINES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The memory after so many documents: of this process, and the most of any worker since the point before."""

    documents: int
    parent: Held
    worker: Held


def report(number: int) -> str:
    """A short report like no other: a few lines of the project's documents, with other digits and here and there another character."""
    chance = random.Random(number)
    lines = chance.choice(texts.documents()).splitlines()
    count = chance.randint(1, _LINES)
    start = chance.randrange(max(1, len(lines) - count))
    text = texts.perturbed("\n".join(lines[start : start + count]), chance)
    text = _HAN.sub(lambda match: chr(chance.randrange(0x4E00, 0x9FA0)) if chance.random() < 0.02 else match.group(), text)
    return f"第{number}号报告\n{text}\n"


def _ready(model: str) -> Callable[[int], Held]:
    from extract import catalogue, learned, pipeline
    from extract.ingest import read_text
    from extract.report import write

    known, models = catalogue.load(), learned.models(model)

    def work(number: int) -> Held:
        made = pipeline.analyse(read_text(report(number)), catalogue=known, models=models)
        write(made, "json")
        return held(os.getpid())

    work(-1)  # what is loaded at the first document is shared, as in heshu itself
    return work


def soak(documents: int, jobs: int = 2, model: str = "default", points: int = 100) -> Iterator[Point]:
    """The memory at so many points of a run over so many documents."""
    step = max(1, documents // points)
    most = Held(0, 0)
    for number, result in enumerate(batch.run(range(documents), partial(_ready, model), jobs=jobs, timeout=600), 1):
        if result.error is not None:
            raise result.error
        assert result.value is not None
        most = max(most, result.value)
        if number % step == 0:
            yield Point(documents=number, parent=held(os.getpid()), worker=most)
            most = Held(0, 0)


def growth(points: Sequence[Point]) -> float:
    """The most that a worker held in the second half, as a multiple of what it held at the end of the first."""
    half = len(points) // 2
    return max(point.worker.resident for point in points[half:]) / points[max(0, half - 1)].worker.resident


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--model", choices=("default", "patterns"), default="default")
    options = parser.parse_args()
    print("| documents | this process, MB | most of a worker, MB | of that its own |")
    print("| ---: | ---: | ---: | ---: |")
    points = []
    for point in soak(options.documents, options.jobs, options.model):
        points.append(point)
        worker = point.worker
        print(f"| {point.documents:,} | {point.parent.resident / MB:.0f} | {worker.resident / MB:.0f} | {worker.own / MB:.0f} |", flush=True)
    grown = growth(points)
    print(f"\nA worker holds {grown:.2f} times as much in the second half as at the end of the first.")
    sys.exit(grown > GROWTH or max(point.worker.resident for point in points) > MOST * MB)


if __name__ == "__main__":
    main()
