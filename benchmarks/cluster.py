"""A cluster on this machine, and the job of docs/cluster.md on it: a Spark master and two workers, each its own process, and spark-submit.

``python -m benchmarks.cluster`` hands the project's reports (with digits replaced) and two files that cannot be read to the cluster twice,
and the second time kills an executor (SIGKILL) in the middle. It compares every row of every table with those of one process, prints what
came of each run, and leaves with exit code 1 where a row differs, a failure is missing, or nothing was killed; ``--write`` puts the figures
into docs/cluster.md. The executors use the Python of this environment, or with ``--archive environment.tar.gz`` the one that is sent along.
Linux only: it looks into /proc.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks import machine, texts
from benchmarks.spark import PAGE, descendants, kept
from extract import spark, stream
from extract.settings import Settings

MARK = "<!-- figures: python -m benchmarks.cluster --write -->"
END = "<!-- end of the figures of the cluster -->"
WORKERS = 2
CONF = (
    "spark.sql.files.openCostInBytes=16m",  # eight files are a task, so that there is a middle
    "spark.sql.shuffle.partitions=2",
)
UNREADABLE = {"damaged.docx": b"PK", "empty.txt": b""}
TABLES = ("documents", "paths", "facts", "checks", "findings")
"""The tables that are compared; failures are told in other words where Spark passes over a file."""
PATIENCE = 1800.0
_EXECUTOR = "CoarseGrainedExecutorBackend"
_LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A run: how many executors were killed in it, and what came out."""

    killed: int
    rows: dict[str, int]
    failures: tuple[str, ...]
    differing: tuple[str, ...]

    @property
    def good(self) -> bool:
        return not self.differing and set(self.failures) == set(UNREADABLE)


class Cluster:
    """A master and its workers in a folder; ``archive`` is an environment that goes along with a job."""

    def __init__(self, master: str, folder: Path, archive: Path | None) -> None:
        self.master = master
        self.folder = folder
        self.archive = archive

    def submit(self, source: Path, output: Path, *, kill: bool) -> int:
        """Run the job to its end; how many executors were killed in the middle.

        Raises:
            RuntimeError: it left with an exit code that means neither clean nor found nor unreadable.
        """
        job = self.folder / "job.py"
        job.write_text("from extract.cli import main\n\nmain()\n", encoding="utf-8")
        command = [_program("spark-submit"), "--master", self.master, "--deploy-mode", "client", "--executor-cores", "1", "--executor-memory", "1g"]
        for setting in CONF:
            command += ["--conf", setting]
        python = sys.executable
        if self.archive is not None:
            command += ["--archives", f"{self.archive}#environment"]
            python = "./environment/bin/python"
        command += [str(job), "spark", "--input", str(source), "--output", str(output), "--exit-zero"]
        until, killed = time.monotonic() + PATIENCE, 0
        with (self.folder / "job.log").open("wb") as log:
            process = subprocess.Popen(command, env={**_environment(), "PYSPARK_PYTHON": python}, stdout=log, stderr=log)
            while process.poll() is None and time.monotonic() < until:
                begun = any(output.parent.glob(f"{output.name}.unfinished/rows/_temporary/0/task_*"))
                if kill and not killed and begun and (running := _executors()):
                    os.kill(min(running), signal.SIGKILL)
                    killed = 1
                time.sleep(0.1)
            process.kill()
        if process.returncode not in (0, 1, 2):
            raise RuntimeError(f"spark-submit ended with {process.returncode}: {(self.folder / 'job.log').read_text()[-2000:]}")
        return killed


@contextmanager
def cluster(archive: Path | None = None) -> Iterator[Cluster]:
    """A cluster of as many workers as :data:`WORKERS`, of one core each, that listens on the loopback address alone."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        port = _free_port()
        served = ["--host", _LOOPBACK, "--port", str(port), "--webui-port", "0"]
        stack.enter_context(_running(folder / "master.log", "org.apache.spark.deploy.master.Master", *served))
        _until_open(port)
        for number in range(WORKERS):
            own = ["--host", _LOOPBACK, "--cores", "1", "--memory", "2g", "--webui-port", "0", "--work-dir", str(folder / f"work-{number}")]
            log = folder / f"worker-{number}.log"
            stack.enter_context(_running(log, "org.apache.spark.deploy.worker.Worker", *own, f"spark://{_LOOPBACK}:{port}"))
        yield Cluster(f"spark://{_LOOPBACK}:{port}", folder, archive)


def _home() -> Path:
    import pyspark

    return Path(pyspark.__file__).parent


def _program(name: str) -> str:
    return str(_home() / "bin" / name)


def _environment() -> dict[str, str]:
    return {**os.environ, "SPARK_HOME": str(_home()), "SPARK_LOCAL_IP": _LOOPBACK, "PYSPARK_DRIVER_PYTHON": sys.executable}


@contextmanager
def _running(log: Path, *command: str) -> Iterator[None]:
    """A class of Spark that runs while the block does."""
    with log.open("wb") as said:
        process = subprocess.Popen([_program("spark-class"), *command], env=_environment(), stdout=said, stderr=said)
        try:
            yield
        finally:
            process.terminate()
            process.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((_LOOPBACK, 0))
        return int(found.getsockname()[1])


def _until_open(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            socket.create_connection((_LOOPBACK, port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the master does not answer")


def _executors() -> set[int]:
    """The processes of the executors that run now."""
    found = set()
    for process in descendants():
        try:
            words = (Path("/proc") / str(process) / "cmdline").read_text(errors="replace").split("\0")
        except OSError:
            continue
        if any(word.endswith(_EXECUTOR) for word in words):
            found.add(process)
    return found


def ran(running: Cluster, source: Path, expected: dict[str, list[stream.Row]], output: Path, *, kill: bool) -> Ran:
    """A run of the job over ``source``, held against the rows of one process."""
    killed = running.submit(source, output, kill=kill)
    found = {table: kept(output, table) for table in (*TABLES, "failures", spark.ACROSS)}
    return Ran(
        killed=killed,
        rows={table: len(rows) for table, rows in found.items()},
        failures=tuple(sorted(Path(str(row[0])).name for row in found["failures"])),
        differing=tuple(table for table, rows in expected.items() if sorted(rows, key=str) != sorted(found[table], key=str)),
    )


def tried(archive: Path | None = None) -> list[Ran]:
    """The job as it is, and with an executor killed in the middle; what both find across documents is held against each other."""
    with tempfile.TemporaryDirectory() as made:
        folder, source = Path(made), Path(made) / "reports"
        source.mkdir()
        for number, text in enumerate(texts.reports()):
            (source / f"report-{number:03}.txt").write_text(text, encoding="utf-8")
        batches = list(stream.analysed(stream.read(sorted(source.iterdir())), Settings()))
        expected = {table: stream.rows_of(table, batches) for table in TABLES}
        for name, data in UNREADABLE.items():
            (source / name).write_bytes(data)
        with cluster(archive) as running:
            whole = ran(running, source, expected, folder / "whole", kill=False)
            expected[spark.ACROSS] = kept(folder / "whole", spark.ACROSS)
            return [whole, ran(running, source, expected, folder / "killed", kill=True)]


def page(runs: Sequence[Ran], archive: Path | None) -> str:
    """The figures as Markdown."""
    python = "the environment sent along" if archive else "the Python of the machine"
    lines = [
        f"{date.today().isoformat()}, {machine.name()}; one master, {WORKERS} workers of one core, {python}.",
        "",
        "| executors killed | documents | facts | checks | findings | across | failures | rows that differ |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for run in runs:
        counts = " | ".join(f"{run.rows[table]:,}" for table in ("documents", "facts", "checks", "findings", spark.ACROSS, "failures"))
        lines.append(f"| {run.killed} | {counts} | {', '.join(run.differing) or 'none'} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cluster", description=__doc__)
    parser.add_argument("--archive", type=Path, metavar="FILE", help="an environment packed by venv-pack, for the executors")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/cluster.md")
    options = parser.parse_args()
    archive = options.archive.resolve() if options.archive else None
    runs = tried(archive)
    figures = page(runs, archive)
    print(figures, end="")
    if options.write:
        head, _, rest = PAGE.read_text(encoding="utf-8").partition(MARK)
        PAGE.write_text(f"{head}{MARK}\n\n{figures}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    sys.exit(not all(run.good for run in runs) or [run.killed for run in runs] != [0, 1])


if __name__ == "__main__":
    main()
