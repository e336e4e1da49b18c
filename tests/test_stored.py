"""Documents into a store: by one process and by several, gone on with after a kill, with others asking meanwhile."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("duckdb")

from extract.cli import _stored
from extract.cli._analysis import Analysis
from extract.cli._look import Counts, Looked, Task
from extract.errors import HeshuError
from extract.store import Store, StoreError
from extract.types import Document, Report
from tests.rows import report
from tests.test_cli import HESHU, RIGHT, WRONG, heshu
from tests.test_cli import folder as folder
from tests.test_compare import NARRATIVE

PATTERNS = ("--model", "patterns")


def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with Store(path, read_only=True) as store:
        return {
            name: store.connection.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall()
            for name in ("documents", "facts", "checks", "findings", "paths")
        }


def test_all_goes_into_the_store_and_nothing_to_the_screen(folder: Path) -> None:
    path = folder / "facts.duckdb"
    facts = heshu("facts", folder, "--store", path, *PATTERNS)
    assert (facts.returncode, facts.stdout) == (0, "") and "共 2 个文件，0 个未能读取" in facts.stderr
    found = tables(path)
    assert len(found["documents"]) == 2 and found["facts"] and found["checks"] and found["findings"]
    check = heshu("check", folder, "--store", path, *PATTERNS)
    assert (check.returncode, check.stdout) == (heshu("check", folder, *PATTERNS).returncode, "")
    assert tables(path) == found


def test_several_processes_give_the_same_store(folder: Path) -> None:
    heshu("facts", folder, "--store", folder / "one.duckdb", *PATTERNS)
    subprocess.run([HESHU, "facts", folder, "--store", folder / "two.duckdb", "--jobs", "2", *PATTERNS], check=True, capture_output=True)
    assert tables(folder / "one.duckdb") == tables(folder / "two.duckdb")


def test_what_is_there_is_not_looked_at_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "facts.duckdb"
    heshu("facts", folder, "--store", path, *PATTERNS)
    looked: list[str] = []
    analyse = _look_of(looked)
    monkeypatch.setattr("extract.cli._analysis.Analysis.of", analyse)
    (folder / "copy.txt").write_text(RIGHT, encoding="utf-8")
    (folder / "new.txt").write_text(NARRATIVE, encoding="utf-8")
    assert heshu("facts", folder, "--store", path, *PATTERNS).returncode == 0
    assert looked == ["new"]
    assert heshu("facts", folder / "new.txt", "--store", path, *PATTERNS, "--fresh").returncode == 0
    assert heshu("check", folder / "new.txt", "--store", path, *PATTERNS, "--select", "S").returncode == 0
    assert looked == ["new", "new", "new"]
    found = tables(path)
    assert len(found["documents"]) == 3 and len(found["paths"]) == 4


def _look_of(looked: list[str]) -> Callable[[Analysis, Document], Report]:
    own = Analysis.of

    def of(self: Analysis, document: Document) -> Report:
        looked.append(document.name)
        return own(self, document)

    return of


def test_a_corrected_file_is_there_as_it_is_now_and_a_moved_one_stays(folder: Path) -> None:
    path = folder / "facts.duckdb"
    heshu("facts", folder, "--store", path, *PATTERNS)
    (folder / "sub" / "moved.txt").write_bytes((folder / "right.txt").read_bytes())
    (folder / "right.txt").write_text(NARRATIVE, encoding="utf-8")
    heshu("facts", folder, "--store", path, *PATTERNS)
    (folder / "sub" / "moved.txt").write_text(NARRATIVE + "又检查企业5家。\n", encoding="utf-8")
    heshu("facts", folder, "--store", path, *PATTERNS)
    heshu("facts", folder, "--store", folder / "fresh.duckdb", *PATTERNS)
    assert tables(path) == tables(folder / "fresh.duckdb")
    assert len(tables(path)["documents"]) == 3


def test_what_cannot_be_read_is_said_and_the_others_are_stored(folder: Path) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    done = heshu("facts", folder, "--store", folder / "facts.duckdb", *PATTERNS)
    assert done.returncode == 2 and "broken.pdf" in done.stderr
    assert len(tables(folder / "facts.duckdb")["documents"]) == 2


def test_a_store_takes_the_place_of_other_outputs(folder: Path) -> None:
    for option in (("--output", "a.json"), ("--output-dir", "out"), ("--format", "json")):
        done = heshu("check", folder, "--store", folder / "facts.duckdb", *option)
        assert done.returncode == 2 and "--store takes the place of" in done.stderr
    (folder / "no.duckdb").write_text("no database " * 1000)
    assert "cannot be opened" in heshu("facts", folder, "--store", folder / "no.duckdb").stderr


def test_a_run_that_was_killed_is_gone_on_with(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    for n in range(70):
        (reports / f"{n:03}.txt").write_text(f"青石县水务局2022年工作总结\n全年巡查河道{n + 1:,}公里。\n", encoding="utf-8")
    path = tmp_path / "killed.duckdb"
    child = subprocess.Popen([HESHU, "facts", reports, *PATTERNS, "--store", path], stderr=subprocess.DEVNULL)
    while child.poll() is None and not _filled(path):
        time.sleep(0.02)
    child.kill()
    child.wait()
    begun = len(tables(path)["documents"])
    assert begun >= 32
    for store in (path, tmp_path / "whole.duckdb"):
        assert heshu("facts", reports, *PATTERNS, "--store", store).returncode == 0
    assert tables(path) == tables(tmp_path / "whole.duckdb")


def _filled(path: Path) -> bool:
    """Whether something was loaded; the store may be in use, or half made."""
    try:
        with Store(path, read_only=True) as store:
            return store.counts()["documents"] > 0
    except HeshuError:
        return False


def test_a_load_waits_for_whoever_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "facts.duckdb"
    stored = _stored.Stored(path)
    assert stored.task("a.txt") == Task(name="a.txt")
    stored.add(Looked(counts=_counts(), output=report({"document": "a"}, {})))
    asking = subprocess.Popen(
        [sys.executable, "-c", f"import duckdb, sys\nc = duckdb.connect({str(path)!r}, read_only=True)\nprint('open', flush=True)\nsys.stdin.read()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert asking.stdin is not None and asking.stdout is not None
    assert asking.stdout.readline() == "open\n"
    monkeypatch.setattr(_stored, "_PATIENCE", 0.0)
    with pytest.raises(HeshuError, match="in use by another program"):
        stored.finish()
    monkeypatch.setattr(_stored, "_PATIENCE", 30.0)
    stored.add(Looked(counts=_counts(), output=report({"document": "b"}, {})))
    threading.Timer(0.3, asking.stdin.close).start()
    stored.finish()
    asking.wait()
    asking.stdout.close()
    assert [row[0] for row in tables(path)["documents"]] == ["b"]


def _counts() -> Counts:
    return Counts(facts=1, severities={}, codes={}, suppressed={})


_NO_ROOM = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
from extract.cli import main
main()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the system limits no files")
def test_a_full_disk_leaves_nothing_that_would_be_no_store(folder: Path) -> None:
    path = folder / "facts.duckdb"
    command = [sys.executable, "-c", _NO_ROOM, "facts", str(folder), "--store", str(path), *PATTERNS]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(f"heshu: {path}: cannot be opened") and done.stderr.count("\n") == 1
    assert not path.exists()


def test_a_store_that_takes_no_more_ends_the_run_in_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "facts.duckdb"

    def full(*_: object) -> None:
        raise StoreError(str(path), "not written (no space)", "is the disk full?")

    monkeypatch.setattr(_stored, "_DOCUMENTS", 1)
    monkeypatch.setattr(Store, "load", full)
    done = heshu("facts", folder, "--store", path, *PATTERNS)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"heshu: {path}: not written (no space); is the disk full? What was loaded before stands, and the same command goes on from there\n"
    )


def test_wrong_reports_are_there_with_their_findings(tmp_path: Path) -> None:
    (tmp_path / "wrong.txt").write_text(WRONG, encoding="utf-8")
    path = tmp_path / "facts.duckdb"
    assert heshu("check", tmp_path / "wrong.txt", "--store", path, *PATTERNS).returncode == 1
    assert heshu("query", path, "疑点 by code").stdout.count("\n") > 1
