"""The command line: which files, which exit code, where the output goes, and one clear line for what goes wrong."""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import click
import jsonschema
import pytest

from extract import report as reports
from extract.cli import _batch, _inputs, _outputs, main
from extract.errors import ConfigurationError, HeshuError, UnreadableError
from extract.settings import PerFile, Settings, find, load
from extract.types import Report
from extract.writers import View, Writer

HESHU = Path(sys.executable).with_name("heshu")
WRONG = "溪口镇2022年安全生产工作报告\n一、检查情况\n全年共检查企业120家，按类型分，化工企业70家、机械企业60家。\n"
RIGHT = WRONG.replace("120", "130")


class Done(NamedTuple):
    """What a command left."""

    returncode: int
    stdout: str
    stderr: str


def heshu(*arguments: str | Path, stdin: str | bytes = b"", cwd: Path | None = None) -> Done:
    """The command as a user runs it, but in this process, where everything is loaded already."""
    out, err = io.TextIOWrapper(io.BytesIO()), io.TextIOWrapper(io.BytesIO())
    data = stdin.encode() if isinstance(stdin, str) else stdin
    with (
        contextlib.chdir(cwd or Path.cwd()),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        patch.object(sys, "argv", ["heshu", *map(str, arguments)]),
        patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(data))),
        pytest.raises(SystemExit) as left,
    ):
        main()
    out.flush()
    err.flush()
    assert isinstance(left.value.code, int)
    return Done(left.value.code, out.buffer.getvalue().decode(), err.buffer.getvalue().decode())


def process(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> Done:
    """The command as a user runs it."""
    done = subprocess.run([HESHU, *map(str, arguments)], capture_output=True, cwd=cwd, env={**os.environ, **environment}, check=False, timeout=120)
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """right.txt, sub/wrong.txt, and what is no report: a hidden file, the lock of one that is open in Word, and a picture."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "right.txt").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "sub" / "wrong.txt").write_text(WRONG, encoding="gb18030")
    (tmp_path / ".hidden.txt").write_text(WRONG, encoding="utf-8")
    (tmp_path / "~$right.docx").write_bytes(b"locked")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    return tmp_path


def written(folder: Path) -> list[str]:
    """The outputs in a folder; its journal is hidden."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def lines_about(done: Done) -> list[str]:
    return [line for line in done.stderr.splitlines() if line.startswith("heshu: ")]


# --- exit codes -------------------------------------------------------------------------------------------------------


def test_a_clean_report_is_0_and_a_wrong_one_1(folder: Path) -> None:
    clean = heshu("check", folder / "right.txt")
    assert (clean.returncode, clean.stderr) == (0, "")
    assert "没有发现相互矛盾的数字" in clean.stdout
    wrong = heshu("check", folder / "sub" / "wrong.txt")
    assert wrong.returncode == 1
    assert "错误[S201]" in wrong.stdout
    assert "wrong.txt:3:8" in wrong.stdout


def test_exit_zero_keeps_the_report_and_not_the_code(folder: Path) -> None:
    done = heshu("check", folder / "sub", "--exit-zero", "--lang", "en")
    assert done.returncode == 0
    assert "error[S201]" in done.stdout


@pytest.mark.parametrize(
    ("severities", "unreadable", "strict", "code"),
    [
        ({}, 0, True, 0),
        ({"info": 3}, 0, True, 0),
        ({"warning": 1}, 0, False, 0),
        ({"warning": 1}, 0, True, 1),
        ({"error": 1}, 0, False, 1),
        ({"error": 1}, 1, False, 2),
    ],
)
def test_exit_codes(severities: dict[str, int], unreadable: int, strict: bool, code: int) -> None:
    outcome = _batch.Outcome(failures=[UnreadableError("a.txt", "empty")] * unreadable)
    outcome.severities.update(severities)
    assert outcome.exit_code(strict=strict) == code


def test_what_cannot_be_read_is_one_line_each_and_the_others_go_on(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 8)
    with (folder / "large.txt").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    names = ["missing.txt", "empty.txt", "binary.txt", "large.txt", "*.doc", "right.txt"]
    done = heshu("check", *names, cwd=folder)
    assert done.returncode == 2
    assert "没有发现相互矛盾的数字" in done.stdout
    complaints = lines_about(done)
    assert sorted(line.split(":")[1].strip() for line in complaints) == sorted(names[:-1])
    assert done.stderr.splitlines()[-1] == f"共 {len(names)} 个文件，{len(names) - 1} 个未能读取：没有发现问题"
    assert len(done.stderr.splitlines()) == len(complaints) + 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("chek", "right.txt"), "heshu: no command 'chek'; did you mean 'check'? (see heshu --help)\n"),
        (("check",), "heshu: Missing argument 'FILE...' (see heshu check --help)\n"),
        (("check", "right.txt", "--lang", "de"), "heshu: Invalid value for '--lang': 'de' is not one of 'zh', 'en' (see heshu check --help)\n"),
        (("check", "rigth.txt"), "heshu: rigth.txt: no such file; did you mean 'right.txt'?\n"),
        (("check", "right.txt", "--indicators", "no.toml"), "the catalogue file cannot be read (No such file or directory); give a TOML"),
    ],
)
def test_what_was_meant_otherwise_is_one_line_that_says_what_to_do(folder: Path, arguments: tuple[str, ...], says: str) -> None:
    done = heshu(*arguments, cwd=folder)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert says in done.stderr


def test_an_internal_error_names_the_file_and_the_others_go_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extract import pipeline
    from extract.catalogue import Catalogue
    from extract.learned import Model
    from extract.types import Document

    whole = pipeline.analyse

    def fragile(
        document: Document,
        *,
        catalogue: Catalogue,
        select: Sequence[str],
        ignore: Sequence[str],
        extend_select: Sequence[str],
        models: Sequence[Model],
    ) -> Report:
        if document.name == "wrong":
            raise ZeroDivisionError("oops")
        return whole(document, catalogue=catalogue, select=select, ignore=ignore, extend_select=extend_select, models=models)

    monkeypatch.setattr(pipeline, "analyse", fragile)
    done = heshu("check", folder)
    assert done.returncode == 2
    assert "没有发现相互矛盾的数字" in done.stdout
    assert "wrong.txt: internal error, ZeroDivisionError: oops; run again with --debug" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Traceback" in heshu("check", folder, "--debug").stderr


def test_an_internal_error_outside_a_document_is_no_finding(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(settings: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("extract.catalogue.load", broken)
    done = heshu("check", folder)
    assert (done.returncode, done.stderr) == (2, "heshu: internal error, ZeroDivisionError: oops; run again with --debug for the traceback\n")


def test_wrong_usage_is_2_with_one_hint(folder: Path) -> None:
    done = heshu("check", "--formt", "json", folder)
    assert done.returncode == 2
    assert "--format" in done.stderr
    assert "Traceback" not in done.stderr


# --- which documents --------------------------------------------------------------------------------------------------


def expanded(*arguments: str | Path) -> list[str]:
    return [name if isinstance(name, str) else f"! {name.what}" for name in _inputs.expand(map(str, arguments))]


def test_folders_patterns_and_files_are_taken_once(folder: Path) -> None:
    right, wrong = str(folder / "right.txt"), str(folder / "sub" / "wrong.txt")
    assert expanded(folder) == [right, wrong]
    assert expanded(folder / "**" / "*.txt") == [right, wrong]
    assert expanded(right, folder, right) == [right, wrong]
    assert expanded("-") == ["-"]


def test_a_folder_or_pattern_without_documents_is_said(folder: Path) -> None:
    (folder / "none").mkdir()
    assert expanded(folder / "none")[0].startswith("! no file in it")
    assert expanded(folder / "*.docx") == ["! no file matches"]
    assert expanded(folder / "missing.txt") == [str(folder / "missing.txt")]


def test_standard_input_is_a_document(folder: Path) -> None:
    done = heshu("check", "-", stdin=WRONG.encode("gb18030"))
    assert done.returncode == 1
    assert "stdin:3:8" in done.stdout


def test_a_file_with_a_name_that_is_a_pattern_is_a_file(folder: Path) -> None:
    path = folder / "a[1].txt"
    path.write_text(RIGHT, encoding="utf-8")
    assert expanded(path) == [str(path)]


def test_what_a_folder_hides_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "gone.txt").symlink_to("nowhere.txt")
    (folder / "round.txt").symlink_to("round.txt")
    (folder / "again").symlink_to(".")
    assert expanded(folder / "*.txt") == ["! a link that leads nowhere", str(folder / "right.txt"), "! Too many levels of symbolic links"]
    (folder / "locked").mkdir()
    (folder / ".hidden").mkdir()
    listed = os.scandir

    def refusing(path: str) -> object:
        if Path(path).name in ("locked", ".hidden"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert [str(name) for name in _inputs.expand([str(folder)])] == [
        f"{folder}/gone.txt: a link that leads nowhere; mend or remove it",
        f"{folder}/right.txt",
        f"{folder}/round.txt: Too many levels of symbolic links",
        f"{folder}/sub/wrong.txt",
        f"{folder}/locked: the folder cannot be listed, Permission denied; what is in it was not read",
    ]


def test_a_name_that_cannot_be_looked_at_is_one_line(folder: Path) -> None:
    long = "长" * 100 + ".txt"
    (folder / "gone.txt").symlink_to("nowhere.txt")
    done = heshu("check", long, folder / "gone.txt", folder / "right.txt", "--model", "patterns")
    assert done.returncode == 2
    assert done.stderr.splitlines()[:2] == [
        f"heshu: {long}: File name too long",
        f"heshu: {folder}/gone.txt: a link that leads nowhere; mend or remove it",
    ]
    assert "right.txt" in done.stdout


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
@pytest.mark.parametrize("name", ["a.txt", "a.zip"])
def test_what_may_never_end_is_not_waited_for(folder: Path, name: str) -> None:
    os.mkfifo(folder / name)
    done = heshu("check", folder, "--model", "patterns", "--exit-zero")
    assert done.returncode == 2
    assert "a pipe or a device, no" in done.stderr.splitlines()[0]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no disk that is always full")
@pytest.mark.parametrize("arguments", [("check", "--format", "json", "--model", "patterns"), ("read",)])
def test_an_output_that_takes_no_more_is_one_line(folder: Path, arguments: Sequence[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([HESHU, *arguments, folder / "right.txt"], stdout=full, stderr=subprocess.PIPE, check=False)
    line = "heshu: standard output: not written, No space left on device; make room, or name another place\n"
    assert (done.returncode, done.stderr.decode()) == (2, line)


@pytest.mark.skipif(os.name != "posix", reason="streams are closed by a shell")
@pytest.mark.parametrize(
    ("command", "code", "line"),
    [
        ("check sub/wrong.txt --model patterns >&-", 2, "heshu: standard input or output: closed; name a file\n"),
        ("rule S201 >&-", 2, "heshu: standard input or output: closed; name a file\n"),
        ("check - --model patterns <&-", 2, "heshu: standard input or output: closed; name a file\n"),
        ("check right.txt --model patterns <&-", 0, ""),
        ("check sub/wrong.txt --model patterns --output out.txt <&- >&-", 1, ""),
        ("check gone.txt --model patterns >&- 2>&-", 2, ""),
    ],
)
def test_a_closed_stream_is_missed_only_where_it_is_wanted(folder: Path, command: str, code: int, line: str) -> None:
    done = subprocess.run(["sh", "-c", f"{HESHU} {command}"], cwd=folder, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (code, line)
    assert (folder / "out.txt").exists() == ("--output" in command)


@pytest.mark.skipif(os.name != "posix", reason="the system has no terminals of that kind")
def test_a_terminal_obeys_no_document(folder: Path) -> None:
    import pty

    (folder / "evil\x1b[2J.txt").write_text(WRONG.replace("检查企业", "检查\x07\x1b[2J企业"), encoding="utf-8")
    ours, theirs = pty.openpty()
    with Path("/dev/null").open("rb") as nothing:
        done = subprocess.Popen([HESHU, "check", folder, "--model", "patterns"], stdin=nothing, stdout=theirs, stderr=subprocess.PIPE)
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # Linux says so that nobody is at the other end any more
        while piece := os.read(ours, 4096):
            shown += piece
    os.close(ours)
    assert (done.wait(), done.communicate()[1].count(b"\n")) == (1, 1)
    assert b"evil\\x1b[2J.txt" in shown and "错误".encode() in shown
    assert b"\x1b[1m" in shown and b"\x1b[2J" not in shown and b"\x07" not in shown


def test_a_name_of_two_lines_is_complained_of_in_one(folder: Path) -> None:
    done = heshu("check", "no\nfile\x07.txt", "--model", "patterns", cwd=folder)
    assert (done.returncode, done.stderr) == (2, "heshu: no file\\x07.txt: no such file\n")


# --- where the output goes --------------------------------------------------------------------------------------------


def test_output_dir_gets_a_file_for_each(folder: Path) -> None:
    out = folder / "out" / "json"
    done = heshu("check", folder, "--format", "json", "--output-dir", out)
    assert (done.returncode, done.stdout) == (1, "")
    assert written(out) == ["right.json", "wrong.json"]
    schema = json.loads((Path(__file__).parents[1] / "extract/data/schema.json").read_text(encoding="utf-8"))
    for name in written(out):
        jsonschema.Draft202012Validator(schema).validate(json.loads((out / name).read_text(encoding="utf-8")))


def test_one_document_goes_to_standard_output_the_same_every_time(folder: Path) -> None:
    first = process("check", "wrong.txt", "--format", "json", cwd=folder / "sub", PYTHONHASHSEED="1")
    second = process("check", "wrong.txt", "--format", "json", cwd=folder / "sub", PYTHONHASHSEED="7")
    assert (first.returncode, first.stderr) == (1, "")
    assert first.stdout == second.stdout
    found = json.loads(first.stdout)
    assert [finding["code"] for finding in found["findings"]] == ["S201"]
    assert {WRONG[fact["start"] : fact["end"]] for fact in found["facts"]} == {"120", "70", "60"}


def test_several_documents_in_json_need_a_folder(folder: Path) -> None:
    done = heshu("check", folder, "--format", "json")
    assert done.returncode == 2
    assert "--output-dir" in done.stderr


def test_names_that_clash_are_told_apart_and_said(folder: Path) -> None:
    (folder / "sub" / "right.txt").write_text(RIGHT, encoding="utf-8")
    done = heshu("facts", folder, "--format", "json", "--output-dir", folder / "out")
    assert written(folder / "out") == ["right-2.json", "right.json", "wrong.json"]
    assert "right-2.json" in done.stderr
    assert done.returncode == 0


def test_targets_leave_names_to_those_that_own_them(tmp_path: Path) -> None:
    found = _outputs.targets(["a/x.txt", "b/X.txt", "c/x-2.txt", "-"], tmp_path, ".json")
    assert [path.name for path in found.values()] == ["x.json", "X-3.json", "x-2.json", "stdin.json"]


def test_an_input_is_never_overwritten(tmp_path: Path) -> None:
    source = tmp_path / "x.txt"
    source.write_text(RIGHT, encoding="utf-8")
    assert _outputs.targets([str(source)], tmp_path, ".txt")[str(source)] == tmp_path / "x-2.txt"


def test_one_file_takes_what_one_stream_takes(folder: Path) -> None:
    shown = heshu("facts", folder, "--format", "triples")
    done = heshu("facts", folder, "--format", "triples", "--output", folder.parent / "all.tsv")
    assert (done.returncode, done.stdout) == (0, "")
    assert (folder.parent / "all.tsv").read_text(encoding="utf-8") == shown.stdout
    joined = heshu("check", folder, "--format", "sarif", "--output", folder / "all.sarif")
    assert joined.returncode == 1
    assert len(json.loads((folder / "all.sarif").read_text(encoding="utf-8"))["runs"][0]["artifacts"]) == 2


def test_one_file_is_no_folder_and_no_document(folder: Path) -> None:
    both = heshu("check", folder, "--output", folder / "a.txt", "--output-dir", folder / "out")
    assert both.returncode == 2
    assert "name one of them" in both.stderr
    itself = heshu("check", folder, "--output", folder / "right.txt")
    assert itself.returncode == 2
    assert "is one of the documents" in itself.stderr
    assert (folder / "right.txt").read_text(encoding="utf-8") == RIGHT


def test_a_file_that_cannot_be_written_is_one_line(folder: Path) -> None:
    done = heshu("check", folder / "right.txt", "--output", folder / "missing" / "a.txt")
    assert done.returncode == 2
    assert done.stderr == f"heshu: {folder / 'missing' / 'a.txt'}: not written, No such file or directory; name another place\n"


# --- bytes ------------------------------------------------------------------------------------------------------------


def octets(join: bool) -> Writer:
    """A format that is no text: the number of facts, a byte a document."""

    def write(report: Report, view: View) -> bytes:
        return bytes([0xFF, len(report.facts)])

    def joined(parts: Sequence[bytes], view: View) -> bytes:
        return b"\xfe" + b"".join(parts)

    return Writer(format="octets", suffix=".bin", subjects=("facts",), follows=False, write=write, encoding=None, join=joined if join else None)


def request(folder: Path, **places: Path) -> _batch.Request:
    return _batch.Request(
        files=[str(folder)], subject="facts", format="octets", output_dir=places.get("output_dir"), output=places.get("output"), settings=Settings()
    )


def test_bytes_go_where_they_are_wanted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "writers", lambda: (octets(True),))
    _batch.run(request(folder, output=folder / "one.bin"))
    assert (folder / "one.bin").read_bytes() == b"\xfe\xff\x03\xff\x03"
    _batch.run(request(folder, output_dir=folder / "out"))
    assert (folder / "out" / "wrong.bin").read_bytes() == b"\xff\x03"
    out = io.TextIOWrapper(io.BytesIO())
    with contextlib.redirect_stdout(out):
        _batch.run(request(folder))
    assert out.buffer.getvalue() == b"\xfe\xff\x03\xff\x03"


def test_bytes_of_several_documents_without_a_place_for_them_need_a_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "writers", lambda: (octets(False),))
    with pytest.raises(click.UsageError, match="2 documents in octets need --output-dir"):
        _batch.run(request(folder))


def test_bytes_do_not_go_to_a_terminal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(reports, "writers", lambda: (octets(True),))
    with contextlib.redirect_stdout(Terminal(io.BytesIO())), pytest.raises(click.UsageError, match=r"no text for a terminal; add --output FILE\.bin"):
        _batch.run(request(folder))


def test_a_format_names_what_it_needs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "writers", lambda: (replace(octets(True), needs=("json", "no_such_module")),))
    with pytest.raises(HeshuError, match=r"^--format octets: needs no_such_module, not installed; pip install 'heshu\[octets\]'$"):
        _batch.run(request(folder))


# --- facts, read, explain ---------------------------------------------------------------------------------------------


def test_facts_in_every_format(folder: Path) -> None:
    path = folder / "right.txt"
    triples = heshu("facts", path, "--format", "triples").stdout.splitlines()
    assert [line.split("\t")[3] for line in triples] == ["130家", "70家", "60家"]
    table = heshu("facts", path, "--format", "csv").stdout.splitlines()
    assert len(table) == 4
    found = json.loads(heshu("facts", path, "--format", "json").stdout)
    assert "findings" not in found
    assert len(found["facts"]) == 3
    assert "130家" in heshu("facts", path).stdout


def test_csv_files_open_in_spreadsheets(folder: Path) -> None:
    heshu("facts", folder / "right.txt", "--format", "csv", "--output-dir", folder / "out")
    assert (folder / "out" / "right.csv").read_bytes().startswith(b"\xef\xbb\xbfdocument,")


def test_read_shows_structure_and_text(folder: Path) -> None:
    path = folder / "sub" / "wrong.txt"
    assert "# 一、检查情况" in heshu("read", path).stdout
    assert heshu("read", path, "--show", "source").stdout == WRONG


def test_explain_names_the_steps(folder: Path) -> None:
    path = folder / "sub" / "wrong.txt"
    finding = heshu("explain", path, "x1").stdout
    assert finding.startswith("x1  错误[S201]")
    assert "pattern:" in finding
    assert heshu("explain", path, "f1").stdout.startswith("f1  ")
    missing = heshu("explain", path, "f77")
    assert missing.returncode == 2
    assert "f1–f3" in missing.stderr


# --- rules and indicators ---------------------------------------------------------------------------------------------


def test_rules_and_their_manuals() -> None:
    listed = heshu("rules").stdout
    assert "S201  错误  分项与总数 " in listed
    assert "S201  error    parts-total " in heshu("rules", "--lang", "en").stdout
    told = heshu("rule", "s201").stdout
    assert told.startswith("S201 分项与总数（错误）\n\n所列各部分是全部分项时")
    assert "\n会报告：\n" in told and "\n不报告：\n" in told
    manual = heshu("rule", "s201", "--lang", "en").stdout
    assert manual.startswith("S201 ")
    for heading in ("What:", "Why:", "Fires:", "Left alone:", "Source:"):
        assert heading in manual
    unknown = heshu("rule", "S210")
    assert unknown.returncode == 2
    assert "did you mean" in unknown.stderr


def test_indicators_are_searched_by_any_of_their_words() -> None:
    everything = heshu("indicators").stdout.splitlines()
    assert len(everything) >= 300
    some = heshu("indicators", "执行率").stdout
    assert "执行率" in some
    assert 0 < len(some.splitlines()) < len(everything)
    nothing = heshu("indicators", "@@@")
    assert (nothing.returncode, nothing.stdout) == (2, "")


# --- settings ---------------------------------------------------------------------------------------------------------


def test_settings_are_found_upwards_and_options_win(folder: Path) -> None:
    (folder / "heshu.toml").write_text('ignore = ["S201"]\nlang = "en"\n', encoding="utf-8")
    quiet = heshu("check", "wrong.txt", cwd=folder / "sub")
    assert quiet.returncode == 0
    assert "no numbers that contradict each other" in quiet.stdout
    assert heshu("check", "wrong.txt", "--ignore", "N", cwd=folder / "sub").returncode == 1


def test_select_takes_beginnings_of_codes(folder: Path) -> None:
    path = folder / "sub" / "wrong.txt"
    assert heshu("check", path, "--select", "R,N").returncode == 0
    assert heshu("check", path, "--select", "R,S2").returncode == 1
    unknown = heshu("check", path, "--select", "S2O1")
    assert unknown.returncode == 2
    assert "S2O1" in unknown.stderr


def test_all_settings_are_read(tmp_path: Path) -> None:
    path = tmp_path / "heshu.toml"
    lines = (
        'select = ["S"]',
        'ignore = ["S203"]',
        'extend-select = ["R301"]',
        'extend-ignore = ["S207"]',
        "strict = true",
        'lang = "en"',
        'indicators = ["own.toml"]',
        'model = "patterns"',
        'baseline = "known.json"',
        "jobs = 0",
        "timeout = 1800",
        "memory = 8192",
        "[per-file-ignores]",
        '"附件/**" = ["N702"]',
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    assert load(path) == Settings(
        select=("S",),
        ignore=("S203",),
        extend_select=("R301",),
        extend_ignore=("S207",),
        strict=True,
        lang="en",
        indicators=(tmp_path / "own.toml",),
        model="patterns",
        baseline=tmp_path / "known.json",
        jobs=0,
        timeout=1800,
        memory=8192,
        per_file_ignores=(PerFile(pattern="附件/**", codes=("N702",), folder=tmp_path.resolve()),),
    )
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert find(below) == path
    assert load(None) == Settings()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('selct = ["S"]', "unknown key 'selct'; did you mean 'select'"),
        ("xyz = 1", "known: select, ignore"),
        ('strict = "yes"', "write true or false"),
        ('select = "S201"', "list of strings"),
        ('lang = "fr"', "one of zh, en"),
        ("select = [", "not readable as TOML"),
        ('extend_select = ["S"]', "did you mean 'extend-select'"),
        ('per-file-ignores = ["S"]', "write a table"),
        ('[per-file-ignores]\n"*.txt" = "S"', "list of strings"),
        ('[per-file-ignores]\n"/etc" = ["S"]', "a path below the folder"),
        ("baseline = true", "write a string"),
        ("jobs = -1", "a whole number, 0 or more"),
        ("jobs = true", "a whole number, 0 or more"),
        ("timeout = 0", "a whole number, 1 or more"),
        ('memory = "4 GB"', "a whole number, 1 or more"),
    ],
)
def test_a_setting_that_means_nothing_says_what_would(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "heshu.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"heshu\.toml") as caught:
        load(path)
    assert message in str(caught.value)


@pytest.mark.parametrize("name", ["heshu.toml", ".heshu-ignore.toml"])
def test_what_is_called_like_the_settings_and_is_no_file_is_not_passed_over(folder: Path, name: str) -> None:
    for make in (Path.mkdir, lambda path: path.symlink_to("nowhere")):
        made = folder / name
        make(made)
        done = heshu("check", "right.txt", cwd=folder)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"heshu: {made.resolve().parent / name}: not a file; make it one, or give it another name\n"
        made.unlink() if made.is_symlink() else made.rmdir()


def test_settings_in_another_encoding_are_named_so(tmp_path: Path) -> None:
    path = tmp_path / "heshu.toml"
    for data in ('lang = "zh"  # 中文'.encode("gb18030"), b"\xef"):
        path.write_bytes(data)
        with pytest.raises(ConfigurationError, match="not UTF-8; save it in UTF-8"):
            load(path)
    path.write_bytes('lang = "en"'.encode("utf-8-sig"))
    assert load(path).lang == "en"


def test_a_wrong_heshu_toml_is_one_line(folder: Path) -> None:
    (folder / "heshu.toml").write_text("strikt = true", encoding="utf-8")
    done = heshu("check", "right.txt", cwd=folder)
    assert done.returncode == 2
    assert "did you mean 'strict'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("pattern", "file", "fits"),
    [
        ("*.txt", "a/b/report.txt", True),
        ("report.*", "a/report.md", True),
        ("附件", "2022/附件/一.txt", True),
        ("附件/", "附件/一.txt", True),
        ("附件/**", "附件/深/一.txt", True),
        ("附件/*.txt", "附件/一.txt", True),
        ("附件/*.txt", "附件/深/一.txt", False),
        ("附件/**", "2022/附件/一.txt", False),
        ("**/附件/*", "2022/附件/一.txt", True),
        ("./附件/一.txt", "附件/一.txt", True),
        ("附件\\一.txt", "附件/一.txt", True),
        ("*预算*", "预算.txt", True),
        ("*预算*", "决算.txt", False),
        ("一.txt", "附件/十一.txt", False),
        ("2022?", "2022年/一.txt", True),
    ],
)
def test_patterns_name_files_from_the_folder_of_the_settings(tmp_path: Path, pattern: str, file: str, fits: bool) -> None:
    folder = tmp_path.resolve()
    assert PerFile(pattern=pattern, codes=("S",), folder=folder).matches(folder / file) is fits


def test_a_file_outside_the_folder_is_known_by_its_name(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    assert PerFile(pattern="*.txt", codes=(), folder=inside).matches(tmp_path / "report.txt")
    assert not PerFile(pattern="**/*.txt", codes=(), folder=inside).matches(tmp_path / "report.txt")


def test_codes_are_ignored_in_the_files_that_are_named(folder: Path) -> None:
    settings = '[per-file-ignores]\n"sub/*.txt" = ["S2"]\n'
    (folder / "heshu.toml").write_text(settings, encoding="utf-8")
    (folder / "wrong.txt").write_text(WRONG, encoding="utf-8")
    assert heshu("check", "sub", cwd=folder).returncode == 0
    assert heshu("check", "wrong.txt", cwd=folder / "sub").returncode == 0
    assert heshu("check", "wrong.txt", cwd=folder).returncode == 1
    assert heshu("check", "sub", "--select", "S201", cwd=folder).returncode == 0, "whatever is selected"
    assert heshu("check", "-", stdin=WRONG, cwd=folder).returncode == 1
    (folder / "heshu.toml").write_text(settings.replace("S2", "S2O"), encoding="utf-8")
    unknown = heshu("check", "wrong.txt", cwd=folder)
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "S2O" in unknown.stderr


@pytest.mark.parametrize(
    ("settings", "options", "code"),
    [
        ("", ["--ignore", "S", "--select", "S201"], 1),
        ("", ["--ignore", "S201", "--select", "S201"], 0),
        ("", ["--select", "R", "--extend-select", "S201"], 1),
        ("", ["--extend-ignore", "S"], 0),
        ('select = ["R"]', [], 0),
        ('select = ["R"]', ["--extend-select", "S"], 1),
        ('select = ["S201"]', ["--ignore", "S"], 0),
        ('select = ["S201"]', ["--extend-ignore", "S"], 0),
        ('ignore = ["S"]', ["--extend-select", "S201"], 1),
        ('ignore = ["S201"]', ["--extend-ignore", "N"], 0),
        ('ignore = ["S201"]', ["--ignore", "N"], 1),
        ('select = ["R"]\nextend-select = ["S"]', [], 1),
        ('extend-ignore = ["S"]', ["--ignore", "N"], 0),
        ('extend-select = ["R"]', [], 1),
    ],
)
def test_the_longer_beginning_wins_and_options_win_over_the_file(folder: Path, settings: str, options: list[str], code: int) -> None:
    (folder / "heshu.toml").write_text(settings, encoding="utf-8")
    assert heshu("check", "sub", *options, cwd=folder).returncode == code


def test_rules_on_request_run_where_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from extract.check import check_rules, chosen

    *known, last = (rule for rule in check_rules() if not rule.on_request)
    monkeypatch.setattr(sys.modules["extract.check"], "check_rules", lambda: (*known, replace(last, on_request=True)))
    usual = {rule.code for rule in known}
    assert {rule.code for rule in chosen()} == usual
    assert {rule.code for rule in chosen(extend_select=(last.code,))} == {*usual, last.code}
    assert {rule.code for rule in chosen(extend_select=(last.code[0],))} == usual


# --- manners ----------------------------------------------------------------------------------------------------------


def test_no_colour_and_no_progress_where_nobody_looks(folder: Path) -> None:
    done = heshu("check", folder, "--output-dir", folder / "out")
    assert done.stderr == "共 2 个文件，0 个未能读取：错误 1\n"
    assert heshu("check", folder, "--output-dir", folder / "out", "--lang", "en").stderr == "2 documents, 0 not readable: 1 error\n"
    assert "\033" not in heshu("check", folder).stdout


def test_a_reader_that_goes_away_is_no_error(folder: Path) -> None:
    for number in range(30):
        (folder / f"more-{number}.txt").write_text(WRONG * 50, encoding="utf-8")
    command = f"'{HESHU}' facts '{folder}' | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False, timeout=120)
    assert done.stderr == b""


def test_statistics_count_by_code(folder: Path) -> None:
    done = heshu("check", folder, "--statistics", "--exit-zero")
    assert any(line.split()[:2] == ["1", "S201"] for line in done.stderr.splitlines())


def test_version() -> None:
    import extract

    assert heshu("--version").stdout == f"heshu {extract.__version__}\n"


def test_errors_are_values_with_parts() -> None:
    error = UnreadableError("a.txt", "empty", "check it")
    assert (error.where, error.what, error.advice) == ("a.txt", "empty", "check it")


def test_what_one_run_writes_the_next_does_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(RIGHT, encoding="utf-8")
    for _ in range(2):
        done = heshu("facts", folder, "--format", "csv", "--output-dir", folder / "out")
        assert (done.returncode, done.stderr) == (0, "")
        assert written(folder / "out") == ["a.csv"]
