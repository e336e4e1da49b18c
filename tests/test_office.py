"""Old formats of word processors, through LibreOffice where it is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from extract.errors import UnreadableError
from extract.ingest import read_bytes
from extract.readers import _office
from tests.formats import as_docx

_BINARY = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

installed = pytest.mark.skipif(_office.program() is None, reason="LibreOffice Writer is not installed (apt install libreoffice-writer)")
posix = pytest.mark.skipif(os.name != "posix", reason="the program that stands for LibreOffice is a script")


def _standing_in(monkeypatch: pytest.MonkeyPatch, folder: Path, code: str) -> None:
    """A program in place of LibreOffice, that runs ``code`` with its arguments in ``given``."""
    script = folder / "soffice"
    script.write_text(f"#!{sys.executable}\nimport sys\nfrom pathlib import Path\ngiven = sys.argv[1:]\n{code}\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setattr(_office, "program", lambda: str(script))


@installed
@pytest.mark.parametrize(("suffix", "form"), [(".doc", "doc:MS Word 97"), (".rtf", "rtf:Rich Text Format")])
def test_an_old_file_reads_as_a_new_one(tmp_path: Path, suffix: str, form: str) -> None:
    office = _office.program()
    assert office is not None
    (tmp_path / "a.docx").write_bytes(as_docx())
    profile = (tmp_path / "profile").as_uri()
    command = [office, "--headless", f"-env:UserInstallation={profile}", "--convert-to", form, "--outdir", str(tmp_path), str(tmp_path / "a.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    data = (tmp_path / f"a{suffix}").read_bytes()
    assert read_bytes(data, suffix=suffix).text == read_bytes(as_docx(), suffix=".docx").text
    if suffix == ".doc":
        assert read_bytes(data, suffix=".wps").text == read_bytes(as_docx(), suffix=".docx").text


def test_without_libreoffice_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_office, "program", lambda: None)
    with pytest.raises(UnreadableError, match=r"a\.doc: an old format.*; install LibreOffice Writer or save it as \.docx"):
        read_bytes(_BINARY, name="a.doc", suffix=".doc")


def test_what_is_no_old_file_never_gets_to_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_office, "program", lambda: pytest.fail("it was asked"))
    with pytest.raises(UnreadableError, match="no file of a word processor"):
        read_bytes(b"plain words", suffix=".doc")
    assert read_bytes(as_docx(), suffix=".doc").text == read_bytes(as_docx(), suffix=".docx").text


@posix
def test_libreoffice_gets_a_profile_of_its_own_and_what_it_makes_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "sample.docx").write_bytes(as_docx())
    code = f"""
made, source = Path(given[given.index("--outdir") + 1]), Path(given[-1])
profile = next(each for each in given if each.startswith("-env:UserInstallation=file://"))
settings = Path(profile.split("file://")[1]) / "user" / "registrymodifications.xcu"
assert "DisableMacrosExecution" in settings.read_text() and source.suffix == ".doc"
made.mkdir()
(made / "document.docx").write_bytes(Path({str(tmp_path / "sample.docx")!r}).read_bytes())
Path({str(tmp_path / "seen")!r}).write_text(str(source))
"""
    _standing_in(monkeypatch, tmp_path, code)
    assert read_bytes(_BINARY, suffix=".wps").text == read_bytes(as_docx(), suffix=".docx").text
    assert not Path((tmp_path / "seen").read_text()).parent.exists()


@posix
@pytest.mark.parametrize(
    ("code", "line"),
    [("raise SystemExit(1)", "LibreOffice cannot open it"), ("import time\ntime.sleep(600)", "takes longer than 1 seconds")],
)
def test_a_file_that_libreoffice_cannot_open_is_one_clear_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str, line: str) -> None:
    monkeypatch.setattr(_office, "_SECONDS", 1.0)
    _standing_in(monkeypatch, tmp_path, code)
    with pytest.raises(UnreadableError, match=line):
        read_bytes(_BINARY, suffix=".doc")
