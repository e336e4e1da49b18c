"""The measurements. Each returns plain figures; times are seconds, memory is bytes."""

from __future__ import annotations

import json
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks import texts
from extract.gold import find_shared

MB = 10**6
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """Characters a CPU second, of the whole way and of plain jieba on the same text in the same process."""

    characters: int
    facts: int
    heshu: float
    jieba: float

    @property
    def ratio(self) -> float:
        """heshu's speed as a part of jieba's; 1 is as fast."""
        return self.heshu / self.jieba


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One command in a process of its own."""

    wall: float
    cpu: float
    memory: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """``extract.check`` on a text of ``size`` bytes, in a process of its own, models and dictionaries already loaded."""

    size: int
    characters: int
    facts: int
    cpu: float
    memory: int


class Held(NamedTuple):
    """The memory of a process: all that it sees, and what no other process shares with it."""

    resident: int
    own: int


def held(process: int) -> Held:
    """The memory that a process holds now, in bytes; zeros where the system does not tell (it does on Linux)."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return Held(0, 0)
    kilobytes = {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines[1:])}
    return Held(kilobytes["Rss"] * 1024, (kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]) * 1024)


def peak() -> int:
    """The most memory this process has held, in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def cpu_seconds(work: Callable[[], object], repeat: int) -> float:
    """The median CPU time of ``repeat`` calls."""
    times = []
    for _ in range(repeat):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return median(times)


def speed(sample: Sequence[str], suffix: str, repeat: int = 5) -> Speed:
    """heshu and jieba, both warm, document by document over ``sample``, read as files that end in ``suffix``."""
    import jieba

    import extract
    from extract import ingest

    def check() -> list[int]:
        return [len(extract.check(ingest.read_text(text, name="text", suffix=suffix)).facts) for text in sample]

    found = sum(check())
    jieba.setLogLevel(30)
    jieba.lcut(sample[0])
    characters = sum(map(len, sample))
    return Speed(
        characters=characters,
        facts=found,
        heshu=characters / cpu_seconds(check, repeat),
        jieba=characters / cpu_seconds(lambda: [jieba.lcut(text) for text in sample], repeat),
    )


def reports(copies: int = 4) -> list[str]:
    """Perturbed copies of the project's documents: as dense with numbers as reports get, one fact for 17 characters."""
    chance = random.Random(7)
    return [texts.perturbed(text, chance) for _ in range(copies) for text in texts.documents()]


def run(command: Sequence[str]) -> Run:
    """One command from start to end; ``memory`` is the most that it held."""
    probe = (
        "import json, resource, subprocess, sys, time\n"
        "start = time.perf_counter()\n"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "unit = 1 if sys.platform == 'darwin' else 1024\n"
        "print(json.dumps([time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss * unit, done.returncode]))\n"
    )
    out = subprocess.run([sys.executable, "-c", probe, *command], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    wall, cpu, memory, code = json.loads(out)
    if code not in (0, 1):
        raise RuntimeError(f"{' '.join(command)} ended with {code}")
    return Run(wall=wall, cpu=cpu, memory=memory)


def heshu(*arguments: str) -> list[str]:
    """The command line that starts heshu with this Python."""
    return [sys.executable, "-c", "from extract.cli import main; main()", *arguments]


def start_up(repeat: int = 10) -> Run:
    """``heshu --help``: the medians of ``repeat`` cold starts."""
    runs = [run(heshu("--help")) for _ in range(repeat)]
    return Run(wall=median(r.wall for r in runs), cpu=median(r.cpu for r in runs), memory=max(r.memory for r in runs))


def cold_check(pages: int = 10, repeat: int = 3) -> Run:
    """``heshu check`` on a report of so many pages, everything loaded anew: the medians."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.txt"
        report.write_text(texts.of_pages(pages), encoding="utf-8")
        runs = [run(heshu("check", str(report), "--format", "json")) for _ in range(repeat)]
    return Run(wall=median(r.wall for r in runs), cpu=median(r.cpu for r in runs), memory=max(r.memory for r in runs))


def one_size(size: int) -> Size:
    """What one text of ``size`` bytes takes, in this process, after warming documents: running news where it is at hand, else reports."""
    import extract
    from extract import ingest

    news = texts.news(find_shared(), None)
    for text in (*texts.documents(), *news[-5:]):
        extract.check(ingest.read_text(text, name="warm", suffix=".md"))
    text = texts.of_size(size, news)
    start = time.process_time()
    report = extract.check(ingest.read_text(text, name="text", suffix=".md" if news else ".txt"))
    cpu = time.process_time() - start
    return Size(size=size, characters=len(text), facts=len(report.facts), cpu=cpu, memory=peak())


def sizes(wanted: Sequence[int]) -> list[Size]:
    """Each size in a process of its own, so that one does not warm or swell the next."""
    found = []
    for size in wanted:
        code = f"import dataclasses, json; from benchmarks.measure import one_size; print(json.dumps(dataclasses.asdict(one_size({size}))))"
        out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
        found.append(Size(**json.loads(out.splitlines()[-1])))
    return found


def exponent(points: Sequence[Size]) -> float:
    """The power of the size with which time grows, by least squares on logarithms: 1 is linear, 2 quadratic."""
    xs = [math.log(point.characters) for point in points]
    ys = [math.log(point.cpu) for point in points]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)
