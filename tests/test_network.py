"""Nothing is ever sent anywhere: every job is done in processes that may not ask the network."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.request import urlopen

import pytest

from extract.report import writers
from tests.formats import FORMATS, SAMPLE, as_zip

GUARD = Path(__file__).with_name("network")
# Runs the commands of standard input, one a line, one after the other.
RUN = """
import shlex, sys
from extract.cli import main
for line in sys.stdin:
    sys.argv = ["heshu", *shlex.split(line)]
    try:
        main()
    except SystemExit as ended:
        if ended.code not in (0, 1):
            raise
"""
posix = pytest.mark.skipif(os.name != "posix", reason="the page is ended by a signal")


def guarded(log: Path) -> Mapping[str, str]:
    """The environment of a process that may not ask the network, and writes down in ``log`` what it asked."""
    return {**os.environ, "PYTHONPATH": str(GUARD), "NETWORK_LOG": str(log)}


def asked(jobs: Sequence[str], folder: Path) -> str:
    """What commands that all go well ask of the network."""
    log = folder / "log"
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        input="\n".join(jobs), capture_output=True, text=True, encoding="utf-8", cwd=folder, env=guarded(log), check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return log.read_text(encoding="utf-8") if log.exists() else ""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with the sample in every format that is read, and an archive."""
    for suffix, make in FORMATS.items():
        (tmp_path / f"a{suffix}").write_bytes(make(SAMPLE))
    (tmp_path / "b.zip").write_bytes(as_zip())
    return tmp_path


def test_the_guard_sees_the_network_of_a_process_and_of_those_it_starts(tmp_path: Path) -> None:
    asks = "import socket; socket.create_connection(('198.51.100.1', 80), 0.1)"
    starts = f"import subprocess, sys; sys.exit(subprocess.run([sys.executable, '-c', {asks!r}]).returncode)"
    for code in (asks, starts):
        log = tmp_path / "log"
        log.unlink(missing_ok=True)
        done = subprocess.run([sys.executable, "-c", code], env=guarded(log), capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert log.read_text(encoding="utf-8") == "getaddrinfo 198.51.100.1\n"


def test_no_job_asks_the_network(reports: Path) -> None:
    every = " ".join(f"a{suffix}" for suffix in FORMATS)
    jobs = [
        f"check {every} b.zip --statistics",
        f"facts {every} --format csv",
        *(f"check a.txt --format {writer.format} --output out.{writer.format}" for writer in writers() if "report" in writer.subjects),
        "check a.txt --format json --output-dir out --write-baseline known.json",
        "check a.txt --model patterns --baseline known.json --exit-zero",
        "verify out/a.json a.txt",
        "explain a.txt f1",
        "ignore a.txt x1 --reason tried",
        "compare a.txt a.md --together",
        "read a.docx",
        "rules",
        "rule S201",
        "indicators 死亡",
        "annotations pre a.txt -o drafts",
        "annotations check drafts --texts .",
        "annotations export drafts -o tasks.json --format labelstudio --texts .",
        "annotations import tasks.json -o back --format labelstudio --texts .",
        "evaluate --model patterns --only written-01",
    ]
    assert asked(jobs, reports) == ""


@posix
def test_the_page_listens_on_this_machine_alone(reports: Path) -> None:
    log = reports / "log"
    command = [sys.executable, "-m", "extract.cli", "review", str(reports), "--no-browser"]
    with subprocess.Popen(command, env={**guarded(log), "XDG_CACHE_HOME": str(reports)}, stdout=subprocess.PIPE, text=True) as page:
        assert page.stdout is not None
        address = page.stdout.readline().strip()
        with urlopen(address, timeout=60) as answer:
            assert answer.status == 200
        page.send_signal(signal.SIGINT)
        page.wait(60)
    assert log.read_text(encoding="utf-8") == "bind 127.0.0.1\n"


def test_the_editor_is_served_without_the_network(tmp_path: Path) -> None:
    log = tmp_path / "log"
    first = b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{},"processId":null,"rootUri":null}}'
    last = b'{"jsonrpc":"2.0","method":"exit"}'
    said = b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(message), message) for message in (first, last))
    done = subprocess.run([sys.executable, "-m", "extract.cli", "lsp"], input=said, env=guarded(log), capture_output=True, check=False)
    assert b'"serverInfo"' in done.stdout
    assert not log.exists()
