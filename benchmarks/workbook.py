"""What a large table costs: ``heshu check`` of a workbook of 20,000 rows (200 printed pages), in each format that people read.

``python -m benchmarks.workbook [FILE...]`` checks the files, or a workbook that it makes, and prints CPU time, wall time and the most
memory for each of ``--format`` and ``--model``, the least of ``--repeat`` runs. The workbook is a list of bodies with their budgets, what they
spent, counts and a rate that follows from two of the columns, drawn from a fixed seed.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.__main__ import table
from benchmarks.machine import MB, Run, heshu, run

ROWS = 20_000
_HEADS = ("单位", "年初预算数", "调整预算数", "支出决算数", "检查家次", "隐患数", "完成率")


def make(path: Path, rows: int, seed: int = 1) -> None:
    """A workbook of one sheet with so many rows; the same for the same seed."""
    import xlsxwriter

    drawn = random.Random(seed)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        percent = book.add_format({"num_format": "0.00%"})
        page = book.add_worksheet("明细")
        page.write_row(0, 0, _HEADS)
        for row in range(1, rows + 1):
            budget = round(drawn.uniform(100, 9999), 2)
            adjusted = round(budget + drawn.uniform(-5, 10), 2)
            spent = round(adjusted * drawn.uniform(0.5, 1), 2)
            page.write_row(row, 0, (f"第{row}单位", budget, adjusted, spent, drawn.randrange(1000), drawn.randrange(100)))
            page.write_number(row, len(_HEADS) - 1, spent / adjusted, percent)


def least(command: list[str], repeat: int) -> Run:
    """The quickest of several runs, with the most memory of any: what else the machine does only ever adds to time."""
    runs = [run(command) for _ in range(repeat)]
    return Run(wall=min(one.wall for one in runs), cpu=min(one.cpu for one in runs), memory=max(one.memory for one in runs))


def lines(files: list[str], formats: list[str], models: list[str], repeat: int) -> Iterator[str]:
    for file in files:
        for model in models:
            for name in formats:
                used = least(heshu("check", file, "--model", model, "--format", name, "--exit-zero"), repeat)
                yield f"| {Path(file).name} | {model} | {name} | {used.cpu:.1f} s | {used.wall:.1f} s | {used.memory / MB:.0f} MB |"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.workbook", description=__doc__)
    parser.add_argument("files", nargs="*", metavar="FILE", help="documents to check instead")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--format", nargs="+", default=["text", "json", "html", "xlsx"])
    parser.add_argument("--model", nargs="+", choices=("default", "patterns"), default=["default", "patterns"])
    parser.add_argument("--repeat", type=int, default=1)
    options = parser.parse_args()
    print(*table(("file", "models", "format", "CPU time", "wall clock", "most memory"), ()), sep="\n", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / f"rows-{options.rows}.xlsx"
        if not options.files:
            make(made, options.rows)
        for line in lines(options.files or [str(made)], options.format, options.model, options.repeat):
            print(line, flush=True)


if __name__ == "__main__":
    main()
