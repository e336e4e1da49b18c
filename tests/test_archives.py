"""Archives of reports: every file in them is a document under a name of its own, and none of them can hurt."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from extract import archives, ingest
from extract.cli._inputs import expand
from extract.errors import UnreadableError
from tests.formats import FORMATS, SAMPLE
from tests.test_cli import heshu

_CLEAN = "检查情况\n全年检查企业12家，其中甲镇5家、乙镇7家。\n".encode()


def _packed(path: Path, files: dict[str, bytes]) -> str:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return str(path)


def _old_packer(path: Path, name: bytes, data: bytes) -> str:
    """An archive whose names are bytes without an encoding, as packers of old wrote them."""
    place = "a" * len(name)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(place, data)
    path.write_bytes(file.getvalue().replace(place.encode(), name))
    return str(path)


def test_each_file_of_an_archive_is_a_document(tmp_path: Path) -> None:
    files = {
        "2023/工作报告.docx": FORMATS[".docx"](SAMPLE),
        "说明.txt": _CLEAN,
        "2023/": b"",
        "图.png": b"\x89PNG",
        "__MACOSX/._说明.txt": b"\0",
        "~$a.docx": b"x",
    }
    path = _packed(tmp_path / "报送.zip", files)
    names = list(expand([path]))
    assert names == [f"{path}!/2023/工作报告.docx", f"{path}!/说明.txt"]
    document = ingest.read(f"{path}!/2023/工作报告.docx")
    assert (document.name, document.path) == ("工作报告", f"{path}!/2023/工作报告.docx")
    assert document.text == ingest.read_bytes(FORMATS[".docx"](SAMPLE), suffix=".docx").text


def test_an_archive_in_a_folder_is_opened_too(tmp_path: Path) -> None:
    path = _packed(tmp_path / "a.ZIP", {"b.txt": _CLEAN})
    assert list(expand([str(tmp_path)])) == [f"{path}!/b.txt"]
    assert ingest.read(f"{path}!/b.txt").name == "b"


def test_a_name_written_as_gbk_is_read(tmp_path: Path) -> None:
    path = _old_packer(tmp_path / "a.zip", "清溪县.txt".encode("gbk"), _CLEAN)
    assert archives.files(path) == (f"{path}!/清溪县.txt",)
    assert "12家" in ingest.read(f"{path}!/清溪县.txt").text


def test_a_damaged_file_does_not_stop_the_others(tmp_path: Path) -> None:
    inner = Path(_packed(tmp_path / "inner.zip", {"c.txt": _CLEAN})).read_bytes()
    path = _packed(tmp_path / "a.zip", {"bad.docx": b"no archive", "good.txt": _CLEAN, "inner.zip": inner})
    result = heshu("check", path, "--model", "patterns")
    assert result.returncode == 2
    assert f"heshu: {path}!/bad.docx: damaged: no ZIP archive; open it and save it again" in result.stderr
    assert f"heshu: {path}!/inner.zip: an archive in an archive; unpack it" in result.stderr
    assert f"{path}!/good.txt" in result.stdout


def test_outputs_are_named_after_the_files(tmp_path: Path) -> None:
    path = _packed(tmp_path / "a.zip", {"x/good.txt": _CLEAN, "../../evil.txt": _CLEAN, "/etc/root.txt": _CLEAN, "..\\..\\back.txt": _CLEAN})
    made = tmp_path / "deep" / "out"
    result = heshu("check", path, "--model", "patterns", "--format", "json", "--output-dir", made)
    assert result.returncode == 0, result.stderr
    assert sorted(file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.json")) == [
        f"deep/out/{name}.json" for name in ("back", "evil", "good", "root")
    ]
    assert sorted(archives.files(path)) == [f"{path}!/{name}" for name in ("back.txt", "etc/root.txt", "evil.txt", "x/good.txt")]


def test_names_longer_than_a_file_may_have_are_cut(tmp_path: Path) -> None:
    long = "清溪县人民政府关于安全生产工作情况的报告" * 5
    _packed(tmp_path / "a.zip", {f"{long}一.txt": _CLEAN, f"{long}二.txt": _CLEAN})
    (tmp_path / f"{long[:83]}.txt").write_bytes(_CLEAN)
    made = tmp_path / "out"
    result = heshu("check", tmp_path, "--model", "patterns", "--format", "json", "--output-dir", made)
    assert result.returncode == 0, result.stderr
    assert sorted(file.name for file in made.glob("*.json")) == [f"{long[:80]}{number}.json" for number in ("-2", "-3", "")]
    assert f"{long}一.txt: its output goes to" in result.stderr
    assert "because no file may have so long a name" in result.stderr


def test_an_encrypted_file_is_one_clear_line(tmp_path: Path) -> None:
    path = Path(_packed(tmp_path / "a.zip", {"b.txt": _CLEAN}))
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(mark) + at
        struct.pack_into("<H", data, place, struct.unpack_from("<H", data, place)[0] | 1)
    path.write_bytes(data)
    with pytest.raises(UnreadableError, match="encrypted; unpack it with its password"):
        ingest.read(f"{path}!/b.txt")


def test_bombs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _packed(tmp_path / "a.zip", {"b.txt": b"1" * 100_000, "c.txt": _CLEAN})
    monkeypatch.setattr("extract.ingest.MAX_BYTES", 10_000)
    with pytest.raises(UnreadableError, match=r"b\.txt: it unpacks to more than"):
        ingest.read(f"{path}!/b.txt")
    assert ingest.read(f"{path}!/c.txt").text
    monkeypatch.setattr(archives, "MAX_UNPACKED", 10_000)
    archives._kept.cache_clear()
    assert [str(line) for line in expand([path])] == [f"{path}: it unpacks to more than 0 GB; split it"]
    monkeypatch.setattr(archives, "MAX_FILES", 1)
    archives._kept.cache_clear()
    assert [str(line) for line in expand([path])] == [f"{path}: 2 files, more than the 1 that are read; split it"]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("a.zip", "an archive, no document; name a file in it: a.zip!/FILE"),
        ("a.zip!/no.txt", "no such file in the archive"),
        ("no.zip!/b.txt", "no such file"),
        ("cut.zip!/b.txt", "damaged: no ZIP archive; pack it again"),
        ("a.zip!/b.odt", "no reader for .odt files"),
    ],
)
def test_what_is_not_there_is_one_clear_line(tmp_path: Path, name: str, line: str) -> None:
    whole = Path(_packed(tmp_path / "a.zip", {"b.txt": _CLEAN, "b.odt": b"x"})).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[:-30])
    with pytest.raises(UnreadableError) as raised:
        ingest.read(tmp_path / name)
    assert line in str(raised.value)


def test_an_archive_without_reports_is_said(tmp_path: Path) -> None:
    path = _packed(tmp_path / "a.zip", {"b.png": b"x"})
    assert [str(each) for each in expand([path])] == [
        f"{path}: no file in it that heshu reads; it reads {' '.join(sorted((*ingest.suffixes(), '.zip')))}"
    ]
