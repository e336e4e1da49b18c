"""The decisions of the review page: what was said to be saved is there after anything, what was not saved is said."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import HeshuError
from extract.review.decisions import FILE_NAME, LONGEST, Amendment, ConflictError, Decisions, MeaninglessError, NotSavedError, Verdict, day

A, B = "94d440fc212b1418", "0123456789abcdef"
UNIT = Amendment(request="q", text_sha256="t", start=5, end=8, printed="120", field="unit", before="家", after="家次", who="王")


def verdict(request: str, state: str = "accepted", fingerprint: str = A, reason: str = "") -> Verdict:
    return Verdict(request=request, fingerprint=fingerprint, state=state, reason=reason)  # type: ignore[arg-type]


@pytest.fixture
def decisions(tmp_path: Path) -> Iterator[Decisions]:
    with Decisions(tmp_path / FILE_NAME) as opened:
        yield opened


def again(decisions: Decisions) -> Decisions:
    """The same file, as another process sees it."""
    return Decisions(decisions.path)


# --- what is kept -----------------------------------------------------------------------------------------------------


def test_a_decision_is_kept_whole_and_the_last_one_counts(decisions: Decisions) -> None:
    first = decisions.decide(replace(verdict("r1"), comment="见附注三", who="王", document="甲/报告.docx", code="S201"), seen=None)
    last = decisions.decide(verdict("r2", "dismissed", reason="合计含上年结转"), seen=first.id)
    with again(decisions) as other:
        assert other.standing() == {A: last}
        assert other.history(A) == (first, last)
        assert other.history(B) == ()
    assert (first.comment, first.who, first.document, first.code) == ("见附注三", "王", "甲/报告.docx", "S201")
    assert last.at.endswith("Z")
    assert last.at >= first.at


def test_asking_again_with_the_same_request_never_doubles(decisions: Decisions) -> None:
    first = decisions.decide(verdict("r1"), seen=None)
    assert decisions.decide(verdict("r1"), seen=None) == first
    later = decisions.decide(verdict("r2", "open"), seen=first.id)
    assert decisions.decide(verdict("r1"), seen=None) == first, "an answer that got lost, asked for when others decided meanwhile"
    assert decisions.history(A) == (first, later)


def test_a_decision_that_was_not_seen_is_not_written_over(decisions: Decisions) -> None:
    first = decisions.decide(verdict("tab one"), seen=None)
    with again(decisions) as other, pytest.raises(ConflictError) as met:
        other.decide(verdict("tab two", "dismissed", reason="口径不同"), seen=None)
    assert met.value.standing == first
    assert decisions.history(A) == (first,)


@pytest.mark.parametrize(
    ("said", "about"),
    [
        (verdict("r", "dismissed"), "no reason"),
        (verdict("r", "dismissed", reason="　\n"), "no reason"),
        (verdict("r", "certain"), "no decision"),
        (verdict("", "accepted"), "no decision"),
        (verdict("r", "accepted", fingerprint=""), "no decision"),
        (verdict("r", "dismissed", reason="长" * (LONGEST + 1)), "more than"),
        (verdict("r", "dismissed", reason="\ud800"), "characters that are none"),
    ],
)
def test_what_means_nothing_is_refused_and_changes_nothing(decisions: Decisions, said: Verdict, about: str) -> None:
    with pytest.raises(MeaninglessError, match=about):
        decisions.decide(said, seen=None)
    assert decisions.standing() == {}
    assert decisions.decide(verdict("after"), seen=None).id == 1


@pytest.mark.skipif(sys.platform == "win32", reason="time zones are set in another way")
def test_a_day_is_the_day_where_the_page_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        assert day("2026-11-21T23:30:00Z") == "2026-11-22"
        assert day("2026-11-21") == "2026-11-21"
        assert day("二〇二六年十一月二十二日") == "二〇二六年十一月二十二日"
        assert day("") == ""
    finally:
        monkeypatch.undo()
        time.tzset()


def test_reasons_come_back_the_most_frequent_first(decisions: Decisions) -> None:
    for number, reason in enumerate(["口径不同", "四舍五入", "四舍五入", "含上年结转"]):
        decisions.decide(verdict(f"r{number}", "dismissed", f"{number:016x}", reason), seen=None)
    assert decisions.reasons() == ("四舍五入", "含上年结转", "口径不同")
    assert decisions.reasons(1) == ("四舍五入",)


def test_corrections_are_kept_by_text_and_place_and_can_be_taken_back(decisions: Decisions) -> None:
    decisions.correct([UNIT, replace(UNIT, field="period", before="", after="2021")])
    decisions.correct([replace(UNIT, request="q2", after="户")])
    decisions.correct([UNIT])
    with again(decisions) as other:
        assert [(one.field, one.after) for one in other.corrections("t")] == [("period", "2021"), ("unit", "户")]
    decisions.correct([replace(UNIT, request="q3", after=UNIT.before)])
    assert [one.field for one in decisions.corrections()] == ["period"]
    assert decisions.corrections("another text") == ()
    with pytest.raises(NotSavedError, match="nothing to correct"):
        decisions.correct([replace(UNIT, request="q4", after="人"), replace(UNIT, request="q4", field="value")])  # type: ignore[arg-type]
    assert [one.after for one in decisions.corrections("t")] == ["2021"]


def test_notes_are_kept(decisions: Decisions) -> None:
    assert decisions.note("port") == ""
    decisions.keep("port", "8000")
    decisions.keep("port", "8001")
    with again(decisions) as other:
        assert other.note("port") == "8001"


_STEPS = st.lists(
    st.tuples(st.sampled_from([A, B]), st.sampled_from(["open", "accepted", "dismissed"]), st.text(max_size=8), st.booleans(), st.integers(0, 5)),
    max_size=25,
)


@settings(max_examples=25, deadline=None)
@given(_STEPS)
def test_any_sequence_from_two_windows_keeps_every_decision_in_order(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, str, bool, int]]
) -> None:
    path = tmp_path_factory.mktemp("decisions") / FILE_NAME
    told: dict[str, list[tuple[str, str]]] = {A: [], B: []}
    numbers: dict[str, list[int | None]] = {A: [None], B: [None]}
    with Decisions(path) as one, Decisions(path) as two:
        for number, (fingerprint, state, reason, first, back) in enumerate(steps):
            seen = numbers[fingerprint][-1 - back % len(numbers[fingerprint])]
            try:
                kept = (one if first else two).decide(verdict(f"r{number}", state, fingerprint, reason), seen=seen)
            except ConflictError:
                assert seen != numbers[fingerprint][-1]
            except NotSavedError:
                assert (state == "dismissed" and not reason.strip()) or not reason.isprintable()
            else:
                told[fingerprint].append((state, reason))
                numbers[fingerprint].append(kept.id)
    with Decisions(path) as after:
        assert {name: [(each.state, each.reason) for each in after.history(name)] for name in told} == told


def test_many_threads_lose_nothing(decisions: Decisions) -> None:
    def work(worker: int) -> None:
        for number in range(10):
            decisions.decide(verdict(f"{worker}.{number}", fingerprint=f"{worker}.{number}"), seen=None)

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(decisions.standing()) == 60


# --- a crash ----------------------------------------------------------------------------------------------------------

_WRITER = """
import sys
from pathlib import Path
from extract.review.decisions import Decisions, Verdict
decisions = Decisions(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    request = f"{sys.argv[2]}.{number}"
    decisions.decide(Verdict(request=request, fingerprint=request, state="dismissed", reason="理" * 300), seen=None)
    print(request, flush=True)
"""


def test_kill_9_loses_no_decision_that_was_said_to_be_saved(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    acknowledged: list[str] = []
    for turn in range(8):
        with subprocess.Popen([sys.executable, "-c", _WRITER, path, str(turn)], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            acknowledged.append(process.stdout.readline().strip())
            time.sleep(0.004 * turn)
            process.kill()
            acknowledged += (line.strip() for line in process.stdout if line.endswith("\n"))
            assert process.wait() == -signal.SIGKILL
    with Decisions(path) as after:
        kept = {decision.request: decision.reason for decision in after.standing().values()}
        assert set(acknowledged) <= set(kept)
        assert set(kept.values()) == {"理" * 300}
    assert [file.name for file in tmp_path.iterdir()] == [FILE_NAME], "closed, it is one file"


# --- a full disk ------------------------------------------------------------------------------------------------------


def fill(decisions: Decisions) -> tuple[int, NotSavedError]:
    """Decide until the disk is full: how many were saved, and what was said of the one that was not."""
    for number in range(2000):
        try:
            decisions.decide(verdict(f"r{number}", "dismissed", f"{number:016x}", "理" * 500), seen=None)
        except NotSavedError as error:
            return number, error
    raise AssertionError("it was never full")


def test_a_full_disk_is_said_and_keeps_what_was_saved(decisions: Decisions) -> None:
    pages = decisions._connection.execute("PRAGMA page_count").fetchone()[0]
    decisions._connection.execute(f"PRAGMA max_page_count = {pages + 6}")
    saved, error = fill(decisions)
    assert "not saved" in str(error)
    assert "make room and save again" in str(error)
    with again(decisions) as other:
        assert len(other.standing()) == saved > 0
    decisions._connection.execute("PRAGMA max_page_count = 100000")
    lost = decisions.decide(verdict(f"r{saved}", "dismissed", f"{saved:016x}", "理" * 500), seen=None)
    assert decisions.standing()[lost.fingerprint] == lost


_LIMITED = """
import resource, signal, sys
from pathlib import Path
from extract.review.decisions import Decisions, NotSavedError, Verdict
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
decisions = Decisions(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
for number in range(2000):
    verdict = Verdict(request=f"r{number}", fingerprint=str(number), state="dismissed", reason="理" * 500)
    try:
        decisions.decide(verdict, seen=None)
    except NotSavedError as error:
        print(number, "make room" in str(error))
        break
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
decisions.decide(verdict, seen=None)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are Unix")
def test_a_file_that_may_not_grow_is_said_and_written_once_it_may(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _LIMITED, tmp_path / FILE_NAME], capture_output=True, text=True, check=True)
    saved, said = done.stdout.split()
    assert (int(saved) > 0, said) == (True, "True")
    with Decisions(tmp_path / FILE_NAME) as after:
        assert set(after.standing()) == {str(number) for number in range(int(saved) + 1)}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 400 KB of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if mount is None or subprocess.run([mount, "-t", "tmpfs", "-o", "size=400k", "tmpfs", folder], capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def test_a_disk_that_is_really_full(small_disk: Path) -> None:
    with Decisions(small_disk / FILE_NAME) as decisions:
        saved, error = fill(decisions)
        assert "make room" in str(error)
        assert len(decisions.standing()) == saved > 0
    with Decisions(small_disk / FILE_NAME) as after:
        assert len(after.standing()) == saved


def test_a_folder_on_a_full_disk_is_one_clear_line(small_disk: Path) -> None:
    with (small_disk / "fill").open("wb") as file:
        file.write(bytes(400 * 1024))
    with pytest.raises(HeshuError, match="the disk full"):
        Decisions(small_disk / FILE_NAME)


# --- files that are none ----------------------------------------------------------------------------------------------


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE theirs (id)")
    before = path.read_bytes()
    with pytest.raises(HeshuError, match="none of decisions"):
        Decisions(path)
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]
    assert len(path.read_bytes()) == len(before)


@pytest.mark.parametrize("content", [b"<html>" * 1000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_what_is_no_database_is_one_clear_line_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(content)
    with pytest.raises(HeshuError, match="not usable for decisions"):
        Decisions(path)
    assert path.read_bytes() == content


def test_a_damaged_file_is_said_and_not_written(decisions: Decisions) -> None:
    for number in range(200):
        decisions.decide(verdict(f"r{number}", "dismissed", f"{number:016x}", "理" * 100), seen=None)
    decisions.close()
    content = bytearray(decisions.path.read_bytes())
    content[8192:12288] = os.urandom(4096)
    decisions.path.write_bytes(content)
    with pytest.raises(HeshuError, match=r"damaged|not usable"):
        Decisions(decisions.path)
    assert decisions.path.read_bytes() == content


def test_a_file_of_a_newer_version_is_left_alone(decisions: Decisions) -> None:
    decisions._connection.execute("PRAGMA user_version = 2")
    with pytest.raises(HeshuError, match="newer heshu"):
        again(decisions)


def test_a_file_that_is_taken_away_is_said_before_anything_is_lost(decisions: Decisions) -> None:
    kept = decisions.decide(verdict("r1"), seen=None)
    for name in decisions.path.parent.glob(f"{FILE_NAME}*"):
        name.rename(name.with_name("away-" + name.name))
    with pytest.raises(NotSavedError, match="moved, removed or replaced"):
        decisions.decide(verdict("r2", fingerprint=B), seen=None)
    decisions.close()
    with Decisions(decisions.path.with_name(f"away-{FILE_NAME}")) as moved:
        assert moved.standing() == {A: kept}


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(HeshuError, match="cannot be opened"):
        Decisions(tmp_path / "missing" / FILE_NAME)
