"""Measures what heshu costs and prints it as Markdown; ``--write`` keeps it in benchmarks/README.md."""

from __future__ import annotations

import argparse
import os
import platform
from datetime import date
from pathlib import Path

from benchmarks import measure, texts
from benchmarks.measure import Run, Size, Speed
from extract.gold import find_shared

PAGE = Path(__file__).with_name("README.md")
MARK = "<!-- figures: python -m benchmarks --write -->"
KB, MB = 10**3, 10**6
SIZES = (10 * KB, 100 * KB, MB, 10 * MB)


def machine() -> str:
    """The machine in one line: processor, cores that this process may use, system, Python."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
        model = names[0] if names else model
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{model}, {cores} cores, {platform.system()}, Python {platform.python_version()}"


def show_size(size: int) -> str:
    return f"{size // MB} MB" if size >= MB else f"{size // KB} KB"


def show_speed(name: str, speed: Speed) -> str:
    fact = 1e6 * speed.characters / speed.heshu / max(1, speed.facts)
    return (
        f"| {name} | {speed.characters:,} | {speed.characters / max(1, speed.facts):.0f} | {speed.heshu:,.0f} | {speed.jieba:,.0f} "
        f"| {speed.ratio:.2f} | {1e6 / speed.heshu:.1f} µs; {fact:.0f} µs |"
    )


def page(speeds: dict[str, Speed], start: Run, cold: Run, sizes: list[Size]) -> str:
    """The figures as Markdown."""
    lines = [
        f"{date.today().isoformat()}, {machine()}.",
        "",
        "| text | characters | characters a fact | heshu, characters a CPU second | `jieba.lcut` | ratio | CPU time a character; a fact |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
        *(show_speed(name, speed) for name, speed in speeds.items()),
        "",
        "| | |",
        "| --- | ---: |",
        f"| start, `heshu --help`, median of 10 | {start.wall:.2f} s, {start.memory / MB:.0f} MB |",
        f"| cold `heshu check` of a 10-page report | {cold.wall:.2f} s, {cold.memory / MB:.0f} MB |",
        "",
        "| text | characters | facts | CPU time | µs a character | most memory |",
        "| ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for size in sizes:
        lines.append(
            f"| {show_size(size.size)} | {size.characters:,} | {size.facts:,} | {size.cpu:.2f} s "
            f"| {1e6 * size.cpu / size.characters:.1f} | {size.memory / MB:.0f} MB |"
        )
    if len(sizes) > 1:
        lines += ["", f"Time grows with the {measure.exponent(sizes):.2f}th power of the size (1 is linear)."]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the figures into benchmarks/README.md")
    parser.add_argument("--quick", action="store_true", help="leave out the largest text; repeat less")
    options = parser.parse_args()
    repeat = 2 if options.quick else 5
    speeds = {"reports (annotations/documents)": measure.speed(measure.reports(1 if options.quick else 4), ".txt", repeat)}
    if news := texts.news(find_shared()):
        speeds["broadcast news (shared texts)"] = measure.speed(news, ".md", repeat)
    figures = page(
        speeds,
        measure.start_up(3 if options.quick else 10),
        measure.cold_check(repeat=1 if options.quick else 3),
        measure.sizes(SIZES[:-1] if options.quick else SIZES),
    )
    print(figures, end="")
    if options.write:
        head, _, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
        PAGE.write_text(f"{head}{MARK}\n\n{figures}", encoding="utf-8")


if __name__ == "__main__":
    main()
