"""The measurements of heshu. Each returns plain figures; times are seconds, memory is bytes."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import texts
from benchmarks.machine import ROOT, Run, cpu_seconds, heshu, median_of, peak, run
from extract.gold import find_shared


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
class Size:
    """``extract.check`` on a text of ``size`` bytes, in a process of its own, models and dictionaries already loaded."""

    size: int
    characters: int
    facts: int
    cpu: float
    memory: int


def speed(sample: Sequence[texts.Text], repeat: int = 3) -> Speed:
    """heshu and jieba, both warm, document by document over ``sample``."""
    import jieba

    import extract
    from extract import ingest

    def check() -> list[int]:
        return [len(extract.check(ingest.read_text(text, name="text", suffix=suffix)).facts) for text, suffix in sample]

    found = sum(check())
    jieba.setLogLevel(30)
    jieba.lcut(sample[0].text)
    characters = sum(len(text) for text, _ in sample)
    return Speed(
        characters=characters,
        facts=found,
        heshu=characters / cpu_seconds(check, repeat),
        jieba=characters / cpu_seconds(lambda: [jieba.lcut(text) for text, _ in sample], repeat),
    )


def samples() -> dict[str, list[texts.Text]]:
    """Texts by what they are, from few numbers to many and from none wrong to all; those that are shared only where they are at hand."""
    import extract

    own = [texts.Text(text, ".txt") for text in texts.documents()]
    found = {
        "the project's reports in which nothing is found": [text for text in own if not extract.check(text.text).findings],
        "the project's reports": own,
        "the same, one digit in twenty replaced": [texts.Text(text, ".txt") for text in texts.reports(2)],
        "annotated documents (shared, dev and written)": texts.shared(find_shared(), "dev", "written"),
        "official reports (shared)": texts.shared(find_shared(), "seeds", "dev"),
        "broadcast news (shared)": texts.shared(find_shared(), "pool", suffix=".md", most=60),
        "the whole pool (shared)": texts.shared(find_shared(), "pool"),
    }
    return {name: sample for name, sample in found.items() if sample}


def start_up(repeat: int = 10) -> Run:
    """``heshu --help``: the medians of ``repeat`` cold starts."""
    return median_of([run(heshu("--help")) for _ in range(repeat)])


def cold_check(pages: int = 10, repeat: int = 3) -> Run:
    """``heshu check`` on a report of so many pages, everything loaded anew: the medians."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.txt"
        report.write_text(texts.of_pages(pages), encoding="utf-8")
        run(heshu("check", str(report), "--format", "json"))  # compiles the modules
        return median_of([run(heshu("check", str(report), "--format", "json")) for _ in range(repeat)])


def folder(processes: int) -> Run:
    """``heshu check --jobs`` over the whole pool, or over forty copies of the project's reports where it is not at hand."""
    with tempfile.TemporaryDirectory() as where:
        sample = texts.shared(find_shared(), "pool") or [texts.Text(text, ".txt") for text in texts.documents() * 2]
        for n, (text, suffix) in enumerate(sample):
            (Path(where) / f"{n}{suffix}").write_bytes(text.encode("utf-8"))
        return run(heshu("check", "--exit-zero", "--jobs", str(processes), where))


def one_size(size: int) -> Size:
    """What one text of ``size`` bytes takes, in this process, after warming documents: running news where it is at hand, else reports."""
    import extract
    from extract import ingest

    news = [text for text, _ in texts.shared(find_shared(), "pool", suffix=".md")]
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
