"""The commands that damage files and count numerals: they find what is wrong, and a few files of each kind go well."""

from __future__ import annotations

import io
import random
import time
import zipfile
from pathlib import Path

import pytest

from benchmarks import fuzz
from benchmarks.numerals import compare
from extract.errors import UnreadableError
from tests.formats import FORMATS, SAMPLE, as_docx


def test_damaged_files_end_in_a_document_or_one_line() -> None:
    endings = [ending for _, _, ending in fuzz.run(6 * len(FORMATS), seed=7)]
    assert {ending.what for ending in endings} == {"document", "line"}


def test_damage_goes_by_the_seed() -> None:
    data = as_docx()
    once, again, other = (fuzz.damaged(data, random.Random(seed)) for seed in (1, 1, 2))
    assert once == again != other
    assert data not in (once, other)


def test_a_crash_several_lines_and_a_hang_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class TwoLinesError(UnreadableError):
        def __str__(self) -> str:
            return "two\nlines"

    def reads(raised: BaseException | None) -> None:
        def read_bytes(data: bytes, *, name: str, suffix: str) -> None:
            if raised is not None:
                raise raised
            time.sleep(5)

        monkeypatch.setattr(fuzz, "read_bytes", read_bytes)

    reads(ValueError("odd"))
    assert fuzz.ending(b"x", ".txt").said.startswith("ValueError at test_fuzz.py")
    reads(TwoLinesError("a", "b"))
    assert fuzz.ending(b"x", ".txt").what == "crash"
    reads(UnreadableError("a", "one line"))
    assert fuzz.ending(b"x", ".txt").what == "line"
    reads(None)
    assert fuzz.ending(b"x", ".txt", seconds=0.05).said.startswith("_HangError")


def test_a_message_of_a_parser_over_two_lines_is_one() -> None:
    from extract.ingest import read_bytes

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("content.xml", b"<a>\0</a>")
    with pytest.raises(UnreadableError) as raised:
        read_bytes(file.getvalue(), suffix=".ods")
    assert len(str(raised.value).splitlines()) == 1


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_every_numeral_of_the_sample_is_read_once(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(FORMATS[suffix](SAMPLE))
    found = compare(path)
    assert found.there > 60
    assert (found.present, found.again.total()) == (1.0, 0)


def test_a_numeral_that_is_left_out_counts_as_missed(tmp_path: Path) -> None:
    hidden = as_docx(["检查企业12家", "隐患99项"])
    with zipfile.ZipFile(io.BytesIO(hidden)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    body = parts["word/document.xml"]
    at = body.rindex(b"<w:r>", 0, body.index(b"99"))
    parts["word/document.xml"] = body[: at + 5] + b"<w:rPr><w:vanish/></w:rPr>" + body[at + 5 :]
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part)
    assert compare(path).missed == {"99": 1}
