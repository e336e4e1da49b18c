"""The machine that measures: what it is, what a process or a command on it takes. Times are seconds, memory is bytes."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
MB = 10**6

_PROBE = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
code = subprocess.run(json.loads(sys.argv[1]), stdout=subprocess.DEVNULL).returncode
wall = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
unit = 1 if sys.platform == "darwin" else 1024
print(json.dumps([wall, used.ru_utime + used.ru_stime, used.ru_maxrss * unit, code]))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A command from start to end; ``memory`` is the most that one of its processes held."""

    wall: float
    cpu: float
    memory: int


def name() -> str:
    """The machine in one line: processor, cores that this process may use, system, Python."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
        model = names[0] if names else model
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{model}, {cores} cores, {platform.system()}, Python {platform.python_version()}"


class Held(NamedTuple):
    """The memory of a process: all that it sees, and what no other process shares with it."""

    resident: int
    own: int


def held(process: int) -> Held:
    """The memory that a process holds now; zeros where the system does not tell (it does on Linux)."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return Held(0, 0)
    kilobytes = {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines[1:])}
    return Held(kilobytes["Rss"] * 1024, (kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]) * 1024)


def peak() -> int:
    """The most memory this process has held. Linux counts what the parent held in ``ru_maxrss`` of a child, so its own account is asked first."""
    status = Path("/proc/self/status")
    if status.exists():
        held = next((line for line in status.read_text().splitlines() if line.startswith("VmHWM:")), "")
        if held:
            return int(held.split()[1]) * 1024
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


def heshu(*arguments: str) -> list[str]:
    """The command line that starts heshu with this Python."""
    return [sys.executable, "-c", "from extract.cli import main; main()", *arguments]


def run(command: Sequence[str]) -> Run:
    """A command of heshu from start to end; modules are kept compiled, as pip leaves them.

    Raises:
        RuntimeError: it could not read something, or crashed.
    """
    probe = [sys.executable, "-c", _PROBE, json.dumps(list(command))]
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(probe, capture_output=True, text=True, check=True, cwd=ROOT, env=settings)
    wall, cpu, memory, code = json.loads(done.stdout)
    if code not in (0, 1):
        raise RuntimeError(f"ended with {code}: {command}")
    return Run(wall=wall, cpu=cpu, memory=memory)


def median_of(runs: Sequence[Run]) -> Run:
    """The medians of repeated runs, and the most memory of any."""
    return Run(wall=median(r.wall for r in runs), cpu=median(r.cpu for r in runs), memory=max(r.memory for r in runs))
