"""Arrow batches of files in, Arrow batches of rows out: the same rows wherever the function runs, and a failure costs its file alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from extract import ingest, stream
from extract.columns import TABLES
from extract.pipeline import analyse
from extract.records import records
from extract.settings import Settings

pyarrow = pytest.importorskip("pyarrow")
WRONG = "白石县民政局2023年工作总结\n全年检查企业120家，其中甲镇70家、乙镇60家。\n"
RIGHT = "白石县民政局2023年工作总结\n全年检查企业130家，其中甲镇70家、乙镇60家。\n"
PLAIN = Settings(model="patterns")


def files(**contents: bytes | str) -> Any:
    """One batch of files; the suffix of a name stands after its last underscore."""
    made = [(".".join(name.rsplit("_", 1)), data.encode() if isinstance(data, str) else data) for name, data in contents.items()]
    return pyarrow.RecordBatch.from_pylist(
        [stream.File(f"file:/reports/{name}", len(data), data)._asdict() for name, data in made], schema=stream.files_schema()
    )


def rows(*batches: Any, settings: Settings = PLAIN) -> dict[str, list[stream.Row]]:
    found = list(stream.analysed(batches, settings))
    assert all(batch.schema == stream.rows_schema() for batch in found)
    return {table: stream.rows_of(table, found) for table in stream.TABLES}


def listed(batch: Iterable[Any], settings: Settings) -> list[Any]:
    return list(stream.analysed(batch, settings))


def test_the_rows_are_those_of_the_reports_whatever_comes_before_or_after() -> None:
    found = rows(files(b_txt=WRONG, a_txt=RIGHT))
    for table in TABLES:
        expected = []
        for name, text in (("a", RIGHT), ("b", WRONG)):
            document = ingest.read_bytes(text.encode(), name=name, path=f"/reports/{name}.txt")
            expected += [[list(v) if isinstance(v, tuple) else v for v in row] for row in records(analyse(document))[table]]
        assert [list(row) for row in found[table]] == expected
    assert len(found["findings"]) == 1 and found["failures"] == []
    assert found == rows(files(a_txt=RIGHT), files(b_txt=WRONG))


def test_processes_give_the_rows_of_one_process() -> None:
    batches = [files(a_txt=WRONG), files(b_txt=RIGHT, c_md="培训3期。"), files(d_bin=b"\0")]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        found = [batch for part in pool.map(partial(listed, settings=PLAIN), [[batch] for batch in batches]) for batch in part]
    assert {table: stream.rows_of(table, found) for table in stream.TABLES} == rows(*batches)


def test_a_file_that_cannot_be_read_costs_its_own_rows_alone() -> None:
    large = pyarrow.RecordBatch.from_pylist([stream.File("hdfs://a/b.txt", 2**30, None)._asdict()], schema=stream.files_schema())
    found = rows(files(a_txt="", b_png="?", c_docx=b"PK", d_txt=WRONG), large)
    assert [row[2] for row in found["documents"]] == ["/reports/d.txt"]
    assert [row[0] for row in found["failures"]] == ["/reports/a.txt", "/reports/b.png", "/reports/c.docx", "hdfs://a/b.txt"]
    assert found["failures"][-1][1] == "hdfs://a/b.txt: 1024 MB, more than the 100 MB that are read; split it"
    assert all(str(error).startswith(f"{path}: ") and "\n" not in str(error) for path, error in found["failures"])


def test_an_internal_error_is_a_failure_of_its_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(data: bytes, **named: Any) -> Any:
        if data == b"2":
            raise RuntimeError("no")
        return real(data, **named)

    real = ingest.read_bytes
    monkeypatch.setattr(ingest, "read_bytes", broken)
    found = rows(files(a_txt=RIGHT, b_txt="2", c_txt=WRONG))
    assert [row[1] for row in found["documents"]] == ["a", "c"]
    assert str(found["failures"][0][1]).startswith("/reports/b.txt: internal error, RuntimeError: no")


def test_the_documents_of_an_archive_are_documents() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("民政/报告.txt", WRONG)
        archive.writestr("logo.png", "?")
        archive.writestr("空.txt", "")
    found = rows(files(a_zip=packed.getvalue(), b_zip=b"PK", c_txt=WRONG))
    key = found["documents"][0][0]
    assert found["paths"] == [(key, "/reports/a.zip!/民政/报告.txt"), (key, "/reports/c.txt")]
    assert [row[0] for row in found["failures"]] == ["/reports/a.zip!/空.txt", "/reports/b.zip"]


def test_settings_select_the_checks_and_are_told() -> None:
    ignored = rows(files(a_txt=WRONG), settings=Settings(model="patterns", ignore=("S",)))
    assert ignored["findings"] == [] and '"ignore":["S"]' in str(ignored["documents"][0][-1])


def test_files_of_this_machine_are_read_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(WRONG, encoding="gb18030")
    assert [row[2] for row in rows(*stream.read([path]))["documents"]] == [str(path)]
