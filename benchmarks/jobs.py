"""What several processes gain: ``heshu check --jobs N`` over many documents, against one process, and the memory of each worker.

``python -m benchmarks.jobs [FILE...]`` checks the files, or the pool of the shared texts, once with each number of ``--jobs`` and
prints wall and CPU time, how many times as fast the last is as the first, and the most memory that a worker held. Wall time says
something on an idle machine only, so the load before each run is printed too.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.machine import MB, ROOT, Held, held, heshu
from extract.gold import find_shared

_PAUSE = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A run with so many processes: seconds, the most memory of a worker, and the load of the machine before it."""

    jobs: int
    wall: float
    cpu: float
    worker: Held
    load: float


def measure(files: Sequence[str], jobs: int, model: str) -> Row:
    """One run over the files, into a folder that is new."""
    before, load = resource.getrusage(resource.RUSAGE_CHILDREN), os.getloadavg()[0]
    start = time.monotonic()
    most = Held(0, 0)
    with tempfile.TemporaryDirectory() as folder:
        command = heshu("check", *files, "--model", model, "--jobs", str(jobs), "--format", "json", "--output-dir", folder, "--exit-zero")
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
            while process.poll() is None:
                most = max([most, *map(held, _workers(process.pid) if jobs > 1 else [process.pid])])
                time.sleep(_PAUSE)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Row(jobs=jobs, wall=time.monotonic() - start, cpu=cpu, worker=most, load=load)


def _workers(process: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()]
    except OSError:
        return []


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.jobs", description=__doc__)
    parser.add_argument("files", nargs="*", metavar="FILE", help="documents, folders or patterns; the shared pool if none is named")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--model", choices=("default", "patterns"), default="default")
    options = parser.parse_args()
    shared = find_shared()
    named = options.files or ([str(shared / "corpus" / "pool")] if shared else [])
    if not named:
        parser.error("no shared texts beside the project; name FILE")
    print("| processes | wall | CPU | most of a worker | of that its own | load before |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    rows = []
    for jobs in options.jobs:
        rows.append(row := measure(named, jobs, options.model))
        memory = f"{row.worker.resident / MB:.0f} MB | {row.worker.own / MB:.0f} MB"
        print(f"| {row.jobs} | {row.wall:.1f} s | {row.cpu:.1f} s | {memory} | {row.load:.1f} |", flush=True)
    print(f"\n{rows[-1].jobs} processes are {rows[0].wall / rows[-1].wall:.2f} times as fast as {rows[0].jobs}.")


if __name__ == "__main__":
    main()
