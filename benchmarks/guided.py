"""Searches for inputs that crash heshu, guided by which lines they reach (atheris, the extra ``fuzz``).

``python -m benchmarks.guided`` feeds each target of :mod:`benchmarks.targets` for ``--seconds``, beginning with its seeds and with what
was found before, and prints how many inputs each took. It leaves with exit code 1 where one crashed, or took longer than ten seconds;
such inputs are put into tests/reproducers, where the tests try them from then on.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

SECONDS = 60
HANG = 10
LONGEST = 20_000
"""Bytes of an input: what is wrong with long ones :mod:`benchmarks.worst` finds."""
KEPT = Path(__file__).resolve().parents[1] / "tests" / "reproducers"
_RAISED = re.compile(r"Uncaught Python exception|libFuzzer: timeout")
_RUNS = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


def feed(name: str, corpus: Path, seconds: int) -> None:
    """Feed a target in this process until the time is over or an input crashes it. Never returns."""
    import atheris

    with atheris.instrument_imports(include=["extract"], enable_loader_override=False):
        from benchmarks.targets import attempt, targets

        target = targets()[name]
        for number, seed in enumerate(target.seeds()):
            (corpus / f"seed-{number}").write_bytes(seed)
            attempt(target, seed)  # imports what it needs
    options = [f"-max_total_time={seconds}", f"-timeout={HANG}", f"-max_len={LONGEST}", f"-artifact_prefix={corpus}/", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], lambda data: attempt(target, data) and None)
    atheris.Fuzz()


def search(name: str, seconds: int) -> tuple[int, list[bytes], str]:
    """How many inputs a target took, those that crashed it, and what the last of them raised."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder)
        for file in sorted((KEPT / name).glob("*")):
            (corpus / file.name).write_bytes(file.read_bytes())
        command = [sys.executable, "-m", __spec__.name if __spec__ else "benchmarks.guided", name, "--feed", folder, "--seconds", str(seconds)]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        runs = _RUNS.search(done.stderr)
        crashed = [file.read_bytes() for file in sorted(corpus.glob("*")) if file.name.startswith(("crash-", "timeout-", "oom-"))]
        told = "" if done.returncode == 0 else "\n".join(done.stderr.splitlines()[-40:] if not crashed else _raised(done.stderr))
        return int(runs[1]) if runs else 0, crashed, told


def _raised(said: str) -> Iterable[str]:
    """The traceback of the input that crashed."""
    lines = [line for line in said.splitlines() if not line.startswith("INFO:")]
    start = next((number for number, line in enumerate(lines) if _RAISED.search(line)), max(0, len(lines) - 40))
    return lines[start : start + 40]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.guided", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="TARGET", help="only these (all)")
    parser.add_argument("--seconds", type=int, default=SECONDS, help="for each target")
    parser.add_argument("--feed", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if find_spec("atheris") is None:
        parser.error("it needs atheris; pip install -e '.[fuzz]'")
    if options.feed:
        feed(options.names[0], options.feed, options.seconds)
    from benchmarks.targets import targets

    for name in options.names:
        if name not in targets():
            parser.error(f"no target {name!r}; there are {', '.join(targets())}")
    wrong = 0
    for name in options.names or targets():
        runs, crashed, told = search(name, options.seconds)
        print(f"{name}: {runs:,} inputs, {len(crashed)} crashes and hangs", flush=True)
        if told:
            wrong += 1
            print(told, flush=True)
        for data in crashed:
            file = KEPT / name / hashlib.sha256(data).hexdigest()[:16]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
