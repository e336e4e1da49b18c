"""What a run over many documents leaves when it is killed, and how the next one goes on.

``python -m benchmarks.kill --count 50`` starts ``heshu check --jobs 2 --output-dir DIR`` as often as that, kills it (SIGKILL) at a random
moment, and runs it again. It leaves with exit code 1 if an output was half written, lost, there twice or other than that of a run that
nobody killed, if one was made again that was finished, or if the second run said anything else.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import soak
from benchmarks.machine import ROOT, heshu
from extract.journal import FILE_NAME


class Trials:
    """Kills of a run over generated ``documents`` in a ``folder``, each with the problems that it brought up."""

    def __init__(self, folder: Path, documents: int = 30, model: str = "default") -> None:
        self._out = folder / "out"
        self._documents = documents
        reports = folder / "reports"
        for number in range(documents):
            # One name in three stands in several folders, so that outputs need numbers.
            path = reports / str(number) / ("report.txt" if number % 3 == 0 else f"report{number}.txt")
            path.parent.mkdir(parents=True)
            path.write_text(soak.report(number), encoding="utf-8")
        self._command = heshu("check", str(reports), "--format", "json", "--jobs", "2", "--model", model, "--output-dir", str(self._out))
        start = time.monotonic()
        self._said = self._run()
        self._pause = (time.monotonic() - start) / documents
        self._whole = self._outputs()
        if len(self._whole) != documents:
            raise RuntimeError(f"{len(self._whole)} outputs of {documents} documents")
        self.finished = 0
        """The documents that were finished when the last run was killed."""

    def one(self, chance: random.Random) -> list[str]:
        """Kill a run at a random moment and run it again: what went wrong, [] for nothing."""
        shutil.rmtree(self._out)
        self._killed(chance)
        cut = self._outputs()
        told = set(self._told())
        self.finished = len(told)
        moments = {name: self._moment(name) for name in told & cut.keys()}
        said = self._run()
        found = self._outputs()
        left = [path.name for path in self._out.glob(".*") if path.name != FILE_NAME]
        return [
            *(f"{name} was half written" for name, data in cut.items() if data != self._whole.get(name)),
            *(f"{name} was told of and not there" for name in told - cut.keys()),
            *(f"{name} was made again" for name, moment in moments.items() if self._moment(name) != moment),
            *(f"{name} was lost" for name in self._whole.keys() - found.keys()),
            *(f"{name} was doubled" for name in found.keys() - self._whole.keys()),
            *(f"{name} is other than that of a run nobody killed" for name, data in found.items() if self._whole.get(name, data) != data),
            *(f"{name} was left behind" for name in left),
            *([f"the second run said {said}, not {self._said}"] if said != self._said else []),
        ]

    def _killed(self, chance: random.Random) -> None:
        with subprocess.Popen(self._command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            wanted = chance.randrange(self._documents)
            while process.poll() is None and len(list(self._out.glob("[!.]*"))) < wanted:
                time.sleep(0.002)
            time.sleep(chance.random() * self._pause)
            process.kill()

    def _run(self) -> tuple[int, str, str]:
        done = subprocess.run(self._command, cwd=ROOT, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    def _moment(self, name: str) -> int:
        path = self._out / name
        return path.stat().st_mtime_ns if path.exists() else 0

    def _outputs(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self._out.glob("[!.]*"))}

    def _told(self) -> Iterator[str]:
        """The outputs of which the journal tells, without the line that may be torn."""
        book = self._out / FILE_NAME
        lines = book.read_bytes().split(b"\n")[:-1] if book.exists() else []
        yield from (json.loads(line)["name"] for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kill", description=__doc__)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--documents", type=int, default=30)
    parser.add_argument("--model", choices=("default", "patterns"), default="default")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        trials = Trials(Path(folder), options.documents, options.model)
        for number in range(1, options.count + 1):
            problems = trials.one(chance)
            wrong += bool(problems)
            print(f"{number}: killed with {trials.finished} of {options.documents} finished;", "; ".join(problems) or "went on", flush=True)
    print(f"{options.count} kills, {wrong} with something wrong")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
