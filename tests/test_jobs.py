"""heshu over many documents: several processes give what one gives, and a run that was ended goes on where it was."""

from __future__ import annotations

import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from extract import batch, journal, pipeline
from extract.cli._look import Look, Plan, Task
from extract.errors import ConfigurationError
from extract.settings import Settings
from extract.types import Document, Report
from extract.writers import View
from tests.test_cli import RIGHT, WRONG, Done, heshu, written

ROOT = Path(__file__).resolve().parents[1]
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the trouble is forked into the workers")
QUICK = ("--model", "patterns")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder of five reports: two are wrong, one is empty."""
    folder = tmp_path / "reports"
    (folder / "sub").mkdir(parents=True)
    other = WRONG.replace("120", "150")
    for name, text in (("a.txt", RIGHT), ("b.txt", WRONG), ("c.md", RIGHT.replace("溪口", "河口")), ("sub/a.txt", other), ("d.txt", "")):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def troubled(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "tests.troubled", *map(str, arguments), *QUICK]


def run(*arguments: str | Path) -> Done:
    done = subprocess.run(troubled(*arguments), capture_output=True, cwd=ROOT, check=False, timeout=300)
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def outputs(folder: Path) -> dict[str, bytes]:
    """The outputs in a folder; nothing else is there but the journal."""
    assert {path.name for path in folder.iterdir()} - set(written(folder)) <= {journal.FILE_NAME}
    return {name: (folder / name).read_bytes() for name in written(folder)}


def moments(folder: Path) -> dict[str, int]:
    """When each output in a folder was written."""
    return {name: (folder / name).stat().st_mtime_ns for name in written(folder)}


# --- several processes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["check"], ["check", "--format", "sarif"], ["facts", "--format", "jsonl"]], ids=lambda each: each[-1])
def test_jobs_change_nothing_on_standard_output(reports: Path, arguments: list[str]) -> None:
    one = heshu(*arguments, reports, *QUICK)
    assert one.returncode == 2
    assert one.stdout
    assert "d.txt: the file is empty" in one.stderr
    assert heshu(*arguments, reports, *QUICK, "--jobs", "2") == one


@pytest.mark.parametrize("form", ["xlsx", "html", "json"])
def test_jobs_change_nothing_in_a_folder(reports: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"
    made = []
    for jobs in ("1", "2"):
        done = heshu("check", reports, "--format", form, "--output-dir", out, *QUICK, "--jobs", jobs, "--statistics")
        made.append((done, outputs(out)))
        shutil.rmtree(out)
    assert made[0] == made[1]
    assert len(made[0][1]) == 4


def test_standard_input_and_archives_are_looked_at_in_other_processes_too(reports: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(reports / "b.txt", "2023/b.txt")
    names = ("-", tmp_path / "all.zip", reports / "a.txt")
    one = heshu("check", *names, *QUICK, stdin=WRONG)
    assert one.stdout.count("错误[S201]") == 2
    assert heshu("check", *names, *QUICK, "--jobs", "2", stdin=WRONG) == one


def test_processes_do_not_disturb_each_other_in_an_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(40):
            archive.writestr(f"{number}.txt", WRONG.replace("溪口镇", f"溪口镇第{number}分部") * 20)
    one = heshu("facts", tmp_path / "all.zip", "--format", "csv", "--output-dir", tmp_path / "one", *QUICK)
    assert one.stderr.startswith("共 40 个文件，0 个未能读取：")
    assert heshu("facts", tmp_path / "all.zip", "--format", "csv", "--output-dir", tmp_path / "two", *QUICK, "--jobs", "2") == one
    assert outputs(tmp_path / "one") == outputs(tmp_path / "two")


@on_linux
def test_a_document_that_takes_its_process_down_or_too_much_costs_only_itself(reports: Path, tmp_path: Path) -> None:
    for name in ("eat", "hang", "kill", "leave"):
        (reports / f"{name}.txt").write_text(RIGHT, encoding="utf-8")
    (reports / "d.txt").unlink()
    limits = ("--jobs", "2", "--timeout", "8", "--memory", "1000")
    done = run("check", reports, "--format", "json", "--output-dir", tmp_path / "out", *limits)
    assert done.returncode == 2
    assert done.stderr.splitlines()[1:] == [
        f"heshu: {reports / 'eat.txt'}: took more than 1000 MB of memory; raise --memory",
        f"heshu: {reports / 'hang.txt'}: took more than 8 seconds; raise --timeout",
        f"heshu: {reports / 'kill.txt'}: its process ended (by SIGKILL); is the file damaged, or memory short?",
        f"heshu: {reports / 'leave.txt'}: its process ended (exit code 1); is the file damaged, or memory short?",
        "共 8 个文件，4 个未能读取：错误 2",
    ]
    assert list(outputs(tmp_path / "out")) == ["a-2.json", "a.json", "b.json", "c.json"]


def test_a_process_that_starts_anew_looks_by_the_same_plan(reports: Path, tmp_path: Path) -> None:
    plan = Plan(settings=Settings(model="patterns", lang="en"), view=View(), format="json", folder=tmp_path, shared=True)
    task = Task(name=str(reports / "b.txt"), target=tmp_path / "b.json")
    look = Look(plan)
    ready = pickle.loads(pickle.dumps(look.ready))
    assert ready()(task) == look(task)


def test_the_settings_say_how_many_at_once(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int | None, int | None]] = []
    run_here = batch.run

    def noted(items: Any, ready: Any, *, jobs: int, timeout: int | None, memory: int | None) -> Any:
        asked.append((jobs, timeout, memory))
        return run_here(items, ready)

    monkeypatch.setattr(batch, "run", noted)
    monkeypatch.setattr(batch, "cores", lambda: 3)
    (reports / "heshu.toml").write_text("jobs = 0\nmemory = 8192", encoding="utf-8")
    for more in ((), ("--jobs", "auto", "--timeout", "9"), ("--jobs", "100"), ("--jobs", "1")):
        heshu("facts", ".", *QUICK, *more, cwd=reports)
    (reports / "heshu.toml").unlink()
    heshu("facts", ".", *QUICK, cwd=reports)
    heshu("facts", "a.txt", *QUICK, "--jobs", "4", cwd=reports)
    assert asked == [(3, 600, 8192), (3, 9, 8192), (5, 600, 8192), (1, 600, 8192), (1, None, None), (1, None, None)]


@pytest.mark.parametrize("wrong", [("--jobs", "-1"), ("--jobs", "many"), ("--timeout", "0"), ("--memory", "0")])
def test_limits_that_mean_nothing_are_refused(reports: Path, wrong: tuple[str, str]) -> None:
    assert heshu("check", reports, *wrong).returncode == 2


# --- going on ---------------------------------------------------------------------------------------------------------


def check(reports: Path, out: Path, *more: str | Path) -> Done:
    return heshu("check", reports, "--format", "json", "--output-dir", out, "--statistics", *QUICK, *more)


def test_what_is_finished_is_not_done_again(reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = check(reports, out)
    made, files = outputs(out), moments(out)
    assert check(reports, out) == first
    assert (outputs(out), moments(out)) == (made, files)
    assert check(reports, out, "--fresh") == first
    assert outputs(out) == made
    assert all(moment > files[name] for name, moment in moments(out).items())


def test_what_has_changed_is_done_again(reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = check(reports, out)
    made, files = outputs(out), moments(out)
    (out / "a.json").write_text("{}", encoding="utf-8")
    (out / "b.json").unlink()
    (reports / "c.md").write_text(WRONG, encoding="utf-8")
    assert check(reports, out).stderr != first.stderr
    assert {name for name, data in outputs(out).items() if data != made[name]} == {"c.json"}
    assert moments(out)["a-2.json"] == files["a-2.json"]


def test_other_settings_do_all_again(reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    check(reports, out)
    first = outputs(out)
    assert "0 errors" not in check(reports, out, "--ignore", "S201").stderr
    assert b'"S201"' not in b"".join(outputs(out).values())
    check(reports, out)
    assert outputs(out) == first


def test_a_run_that_goes_on_knows_what_a_whole_one_knows(reports: Path, tmp_path: Path) -> None:
    out, known = tmp_path / "out", tmp_path / "known.json"
    (reports / "d.txt").unlink()
    first = check(reports, out, "--write-baseline", known)
    baseline = known.read_bytes()
    assert baseline.count(b"fingerprint") == 2
    known.unlink()
    files = moments(out)
    assert check(reports, out, "--write-baseline", known) == first
    assert known.read_bytes() == baseline
    assert moments(out) == files


def test_suppressions_that_nothing_needs_are_told_by_a_run_that_goes_on(reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".heshu-ignore.toml").write_text('[[ignore]]\nfingerprint = "abc"\nreason = "误报"\n', encoding="utf-8")
    first = check(reports, tmp_path / "out")
    assert "abc is not found any more" in first.stderr
    assert check(reports, tmp_path / "out") == first


def test_names_follow_the_documents_and_nothing_stands_twice(reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    check(reports, out)
    second = outputs(out)["a-2.json"]
    (reports / "a.txt").unlink()
    check(reports, out)
    assert list(outputs(out)) == ["a.json", "b.json", "c.json"]
    assert outputs(out)["a.json"] == second


def test_what_others_wrote_into_the_folder_stays(reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    check(reports, out)
    (reports / "a.txt").unlink()
    (out / "a-2.json").write_text("mine", encoding="utf-8")
    check(reports, out)
    assert outputs(out)["a-2.json"] == b"mine"
    (reports / "b.txt").unlink()
    check(reports, out)
    assert "b.json" in outputs(out)


def test_a_torn_line_and_what_was_left_half_written_are_taken_away(reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = check(reports, out)
    made, files = outputs(out), moments(out)
    book = out / journal.FILE_NAME
    lines = book.read_bytes().splitlines(keepends=True)
    book.write_bytes(b"".join(lines[:-1]) + b"{no json}\n" + lines[-1][:-9])
    (out / ".a.json.4711.part").write_bytes(b"{")
    assert check(reports, out) == first
    assert outputs(out) == made
    assert len([name for name, moment in moments(out).items() if files[name] != moment]) == 1
    files = moments(out)
    check(reports, out)
    assert moments(out) == files


def test_one_run_at_a_time_writes_into_a_folder(reports: Path, tmp_path: Path) -> None:
    program = "import sys; from pathlib import Path; from extract.journal import Journal\n"
    program += "book = Journal(Path(sys.argv[1])); print(flush=True); sys.stdin.read()"
    out = tmp_path / "out"
    out.mkdir()
    with subprocess.Popen([sys.executable, "-c", program, out], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as other:
        assert other.stdout is not None
        other.stdout.readline()
        done = check(reports, out)
        assert (done.returncode, done.stderr) == (2, f"heshu: {out}: another run writes into it; wait for it, or name another --output-dir\n")
        other.kill()
    assert check(reports, out).stderr.endswith("共 5 个文件，1 个未能读取：错误 2\n")


def test_fresh_is_about_a_folder(reports: Path) -> None:
    assert "--output-dir" in heshu("check", reports / "a.txt", "--fresh").stderr


def test_a_journal_that_cannot_be_written_tells_of_nothing_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def entry(name: str) -> journal.Entry:
        return journal.Entry(document=name, name=f"{name}.json", key="k", sha256="s", counts={})

    def full(file: int, data: bytes) -> int:
        if len(data) > 10:
            return write(file, data[:10])
        raise OSError(28, "No space left on device")

    write = os.write
    book = journal.Journal(tmp_path)
    book.add(entry("一"))
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.raises(Exception, match="No space left"):
            book.add(entry("二"))
    book.add(entry("三"))
    book.close()
    book = journal.Journal(tmp_path)
    assert dict(book.outputs()) == {"一.json": "一", "三.json": "三"}
    assert book.entry("三.json") == entry("三")
    assert book.entry("二.json") is None
    book.close()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="name another --output-dir"):
        journal.Journal(tmp_path / "missing")


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_an_interrupted_run_says_how_to_go_on_and_does(reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (reports / "d.txt").unlink()
    shutil.copy(reports / "a.txt", reports / "wait.txt")
    gate, whole, out = tmp_path / "gate", tmp_path / "whole", tmp_path / "out"
    monkeypatch.setenv("GATE", str(gate))
    command = ("check", reports, "--format", "json", "--jobs", "2", "--output-dir")
    with subprocess.Popen(troubled(*command, out), cwd=ROOT, stderr=subprocess.PIPE, start_new_session=True) as process:
        assert process.stderr is not None
        until_some(out, 4)
        os.killpg(process.pid, signal.SIGINT)
        said = process.stderr.read().decode().splitlines()
    assert process.returncode == 130
    assert len(said) == 2
    assert said[1].startswith("heshu: interrupted after ")
    assert said[1].endswith(f" of 5 documents; what is done stands in {out}, and the same command goes on from there")
    files = moments(out)
    assert len(files) == 4
    assert int(said[1].split()[3]) in (3, 4), "one may stand that was not told of"
    gate.touch()
    assert run(*command, out).returncode == run(*command, whole).returncode == 1
    assert len(files.items() - moments(out).items()) <= 1
    assert outputs(out).keys() == outputs(whole).keys()


class Finalised:
    """Python ignores what is raised while it takes one of these away."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interruption_in_a_finaliser_is_not_lost(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, before = pipeline.analyse, signal.getsignal(signal.SIGINT)

    def analyse(document: Document, **how: Any) -> Report:
        Finalised()
        return whole(document, **how)

    monkeypatch.setattr(pipeline, "analyse", analyse)
    done = heshu("check", reports, *QUICK)
    assert done.returncode == 130
    assert done.stderr.splitlines()[-1].startswith("heshu: interrupted after 1 of 5 documents")
    assert signal.getsignal(signal.SIGINT) == before


def until_some(out: Path, number: int) -> None:
    """Wait until so many outputs stand in the folder."""
    until = time.monotonic() + 120
    while time.monotonic() < until and not (out.exists() and len(written(out)) >= number):
        time.sleep(0.01)


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_a_run_that_is_killed_at_any_moment_loses_and_doubles_nothing(tmp_path: Path) -> None:
    from benchmarks.kill import Trials

    trials = Trials(tmp_path, documents=12, model="patterns")
    chance = random.Random(20)
    for _ in range(2):
        assert trials.one(chance) == []


@on_linux
def test_memory_is_told_over_many_reports() -> None:
    from benchmarks import soak

    assert soak.report(7) == soak.report(7) != soak.report(8)
    points = list(soak.soak(8, jobs=2, model="patterns", points=4))
    assert [point.documents for point in points] == [2, 4, 6, 8]
    # a worker shares what this process holds, which may have run many tests before
    assert all(0 < point.worker.own <= point.worker.resident for point in points)
    assert soak.growth(points) > 0.5
