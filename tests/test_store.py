"""The facts store: what is loaded is there once, whole, and survives whatever happens to the process that loads."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

duckdb = pytest.importorskip("duckdb")
import pyarrow.parquet  # noqa: E402

from extract import store as module  # noqa: E402
from extract.columns import TABLES  # noqa: E402
from extract.errors import HeshuError  # noqa: E402
from extract.records import records  # noqa: E402
from extract.store import KEPT, VERSION, Known, Store  # noqa: E402
from tests.rows import report, row  # noqa: E402
from tests.test_compare import FORM, NARRATIVE  # noqa: E402
from tests.test_records import read  # noqa: E402


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "facts.duckdb"


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with Store(path, read_only=True) as store:
        found: list[tuple[object, ...]] = store.connection.execute(query).fetchall()
        return found


def test_what_is_loaded_comes_back_as_it_was(path: Path) -> None:
    told = records(read(NARRATIVE))
    with Store(path) as store:
        store.load([told, records(read(FORM))])
    for table, columns in TABLES.items():
        names = ", ".join(f'"{column.name}"' for column in columns)
        found = rows(path, f"SELECT {names} FROM {table} WHERE document = '{told['documents'][0][0]}'")
        assert found == [tuple(list(value) if isinstance(value, tuple) else value for value in row) for row in told[table]]


def test_a_document_loaded_again_is_replaced_and_the_others_stay(path: Path) -> None:
    first, second = report({"document": "a", "path": "甲.docx"}, {"value": Decimal(1)}, {"value": Decimal(2)}), report({"document": "b"}, {})
    with Store(path) as store:
        store.load([first, second])
        store.load([report({"document": "a", "path": "甲.docx"}, {"value": Decimal(3)})])
    assert rows(path, "SELECT document, value FROM facts ORDER BY document") == [("a", Decimal(3)), ("b", None)]
    assert rows(path, "SELECT document, facts FROM documents ORDER BY document") == [("a", 1), ("b", 1)]


def test_the_same_bytes_under_two_paths_are_one_document(path: Path) -> None:
    with Store(path) as store:
        store.load([report({"document": "a", "path": "甲.docx"}, {}), report({"document": "a", "path": "乙/甲.docx"}, {})])
        store.see([("a", "丙/甲.docx"), ("a", "甲.docx")])
    assert rows(path, "SELECT count(*) FROM documents") == rows(path, "SELECT count(*) FROM facts") == [(1,)]
    assert rows(path, "SELECT path FROM paths ORDER BY path") == [("丙/甲.docx",), ("乙/甲.docx",), ("甲.docx",)]


def test_a_path_that_is_not_utf8_keeps_nothing_out(path: Path) -> None:
    told = [report({"document": "a", "path": "坏\udcff.txt"}, {}), report({"document": "b", "path": "乙.txt"}, {})]
    for _ in range(2):
        with Store(path) as store:
            store.load(told)
            store.see({("a", "坏\udcff.txt")})
            store.tidy()
    assert rows(path, "SELECT document, path FROM paths ORDER BY document") == [("a", "坏\ufffd.txt"), ("b", "乙.txt")]
    assert rows(path, "SELECT count(*) FROM documents") == [(2,)]


def test_a_corrected_file_takes_the_place_of_the_one_before(path: Path) -> None:
    with Store(path) as store:
        store.load([report({"document": "first", "path": "甲.docx"}, {}), report({"document": "kept", "path": "乙.docx"}, {})])
        store.see([("kept", "丙.docx")])
        store.load([report({"document": "second", "path": "甲.docx"}, {}, {}), report({"document": "third", "path": "乙.docx"}, {})])
        assert store.counts()["documents"] == 4
        store.tidy()
    assert rows(path, "SELECT document FROM documents ORDER BY 1") == [("kept",), ("second",), ("third",)]
    assert rows(path, "SELECT DISTINCT document FROM facts ORDER BY 1") == [("kept",), ("second",), ("third",)]
    assert rows(path, "SELECT path, document FROM paths ORDER BY 1") == [("丙.docx", "kept"), ("乙.docx", "third"), ("甲.docx", "second")]


def test_a_document_without_a_path_stays(path: Path) -> None:
    with Store(path) as store:
        store.load([report({"document": "a"}, {})])
        store.load([report({"document": "b"}, {}), report({"document": "c", "path": "甲.docx"}, {})])
        store.tidy()
    assert rows(path, "SELECT count(*) FROM documents") == [(3,)]


class _Noting:
    """A connection that notes what it is asked."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.asked: list[tuple[str, Sequence[object]]] = []

    def execute(self, query: str, values: Sequence[object] = ()) -> Any:
        self.asked.append((query, values))
        return self.connection.execute(query, values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)


def test_a_load_looks_documents_and_paths_up_by_key(path: Path) -> None:
    with Store(path) as store:
        store.connection.execute("INSERT INTO paths SELECT md5(n::VARCHAR), n || '.docx' FROM range(5000) numbers(n)")
        store.connection.execute("INSERT INTO documents (document, path) SELECT document, path FROM paths")
        store.connection = noting = _Noting(store.connection)
        store.load([report({"document": f"new {n}", "path": f"{n}.docx"}) for n in range(3)])
        asked = [(query, values) for query, values in noting.asked if query.startswith("SELECT")]
        assert len(asked) == 2
        for query, values in asked:
            (_, plan), *_ = noting.connection.execute(f"EXPLAIN ANALYZE {query}", values).fetchall()
            assert "Index Scan" in plan
    assert rows(path, "SELECT document FROM paths WHERE path = '2.docx'") == [("new 2",)]


def test_what_is_known_of_a_document(path: Path) -> None:
    told = report({"document": "a", "made_by": "one"}, {}, {})
    for code, severity, suppressed in (("S201", "error", None), ("S201", "error", None), ("D101", "warning", "ignored")):
        told["findings"].append(row("findings", {"document": "a", "code": code, "severity": severity, "suppressed": suppressed}))
    with Store(path) as store:
        store.load([told, report({"document": "b", "made_by": "two"})])
        known = store.known()
    assert known["a"] == Known(made_by="one", facts=2, severities={"error": 2}, codes={"S201": 2}, suppressed={"ignored": 1})
    assert known["b"] == Known(made_by="two", facts=0, severities={}, codes={}, suppressed={})


def test_a_load_that_fails_has_changed_nothing(path: Path) -> None:
    whole, broken = report({"document": "a"}, {}), report({"document": "b"}, {})
    broken["facts"][0] = broken["facts"][0][:-1]
    with Store(path) as store:
        store.load([whole])
        with pytest.raises(IndexError):
            store.load([report({"document": "a"}, {}, {}), broken])
        assert store.counts()["facts"] == 1
        store.load([report({"document": "c"}, {})])
    assert rows(path, "SELECT document FROM documents ORDER BY 1") == [("a",), ("c",)]


def test_what_cannot_be_written_is_one_line(path: Path) -> None:
    with Store(path) as store:
        store.connection.execute("DROP TABLE facts")
        with pytest.raises(HeshuError, match="not written"):
            store.load([report({"document": "a"}, {})])
        assert store.connection.execute("SELECT count(*) FROM documents").fetchone() == (0,)


_LOADER = """
import sys
from pathlib import Path
from extract.store import Store
from tests.rows import report, row

with Store(Path(sys.argv[1])) as store:
    for turn in range(10_000):
        print(turn, flush=True)
        store.load([report({"document": f"{turn}-{n}", "name": "neu"}, *[{"digits": str(k)} for k in range(50)]) for n in range(4)])
"""


@pytest.mark.parametrize("moment", [0, 1, 2, 5, 12])
def test_a_killed_load_loses_nothing_and_leaves_no_half_document(path: Path, moment: int) -> None:
    with Store(path) as store:
        store.load([report({"document": "old", "name": "alt"}, *[{} for _ in range(100)])])
    child = subprocess.Popen([sys.executable, "-c", _LOADER, str(path)], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1])
    assert child.stdout is not None
    for line in child.stdout:
        if int(line) >= moment:
            break
    time.sleep(0.003 * moment)
    child.kill()
    child.wait()
    child.stdout.close()
    query = "SELECT d.document, d.facts, count(f.id) FROM documents d LEFT JOIN facts f USING (document) GROUP BY ALL"
    with Store(path) as store:
        found = store.connection.execute(query).fetchall()
        assert store.connection.execute("SELECT count(*) FROM facts").fetchone() == (sum(count for *_, count in found),)
    assert ("old", 100, 100) in found
    assert all(said == counted for _, said, counted in found)
    assert len(found) % 4 == 1 and len(found) >= 1 + 4 * moment


# --- versions ---------------------------------------------------------------------------------------------------------


def _older(path: Path, monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    """A store as it is, with a heshu that knows one version more, which these statements lead to."""
    with Store(path) as store:
        store.load([report({"document": "a", "name": "甲"}, {})])
    monkeypatch.setattr(module, "VERSION", VERSION + 1)
    monkeypatch.setattr(module, "_STEPS", {VERSION: statements})


def test_an_older_store_is_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _older(path, monkeypatch, "ALTER TABLE documents ADD COLUMN shelf VARCHAR", "UPDATE documents SET shelf = upper(document)")
    with pytest.raises(HeshuError, match="written by an older heshu"):
        Store(path, read_only=True)
    Store(path).close()
    assert rows(path, "SELECT name, shelf FROM documents") == [("甲", "A")]
    assert rows(path, "SELECT version FROM heshu") == [(VERSION + 1,)]


def test_a_store_of_the_first_version_gets_its_keys(path: Path) -> None:
    with Store(path) as store:
        store.load([report({"document": "a", "path": "甲.docx"}, {})])
        for name in ("documents_by_hash", "paths_by_path"):
            store.connection.execute(f"DROP INDEX {name}")
        store.connection.execute("UPDATE heshu SET version = 1")
    Store(path).close()
    assert rows(path, "SELECT index_name FROM duckdb_indexes() ORDER BY 1") == [("documents_by_hash",), ("paths_by_path",)]
    assert rows(path, "SELECT document, path FROM paths") == [("a", "甲.docx")]


def test_a_step_that_fails_leaves_the_older_store_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _older(path, monkeypatch, "ALTER TABLE documents ADD COLUMN shelf VARCHAR", "UPDATE nothing SET shelf = 1")
    with pytest.raises(HeshuError, match="not written"):
        Store(path)
    monkeypatch.undo()
    assert "shelf" not in {name for (name, *_) in rows(path, "DESCRIBE documents")}
    assert rows(path, "SELECT version FROM heshu") == [(VERSION,)]


def test_a_newer_store_is_refused_in_one_line(path: Path) -> None:
    with Store(path) as store:
        store.connection.execute("UPDATE heshu SET version = 99")
    for read_only in (True, False):
        with pytest.raises(HeshuError) as refused:
            Store(path, read_only=read_only)
        assert str(refused.value) == f"{path}: written by a newer heshu (version 99, this one knows {VERSION}); update heshu"


def test_other_files_are_no_stores(path: Path, tmp_path: Path) -> None:
    with pytest.raises(HeshuError, match="no such file"):
        Store(path, read_only=True)
    (tmp_path / "text.duckdb").write_text("no database at all " * 1000)
    with pytest.raises(HeshuError, match="cannot be opened"):
        Store(tmp_path / "text.duckdb")
    duckdb.connect(str(tmp_path / "other.duckdb")).execute("CREATE TABLE mine (a INTEGER)").close()
    with pytest.raises(HeshuError, match="a database, but no store of facts"):
        Store(tmp_path / "other.duckdb")


def test_one_writer_locks_out_everybody_else_and_that_is_said(path: Path) -> None:
    program = f"from pathlib import Path\nfrom extract.store import Store\nStore(Path({str(path)!r}), read_only=True)"
    with Store(path):
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1].endswith(f"{path}: in use by another program; wait until it is done")


# --- what leads out ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('{file}')",
        "COPY documents TO '{file}.csv'",
        "ATTACH '{file}.db'",
        "SELECT * FROM 'https://example.org/a.parquet'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "DELETE FROM documents",
    ],
    ids=["read", "write", "attach", "network", "extension", "unlock", "delete"],
)
def test_questions_reach_nothing_but_the_store(path: Path, query: str) -> None:
    with Store(path) as store:
        store.load([report({"document": "a"}, {})])
    file = path.with_name("secret.csv")
    file.write_text("a,b\n1,2\n")
    with Store(path, read_only=True) as store, pytest.raises(duckdb.Error):
        store.connection.execute(query.format(file=file))


def test_a_store_as_parquet(path: Path, tmp_path: Path) -> None:
    told = records(read(NARRATIVE))
    with Store(path) as store:
        store.load([told])
    with Store(path, read_only=True) as store:
        store.export(tmp_path / "out")
        with pytest.raises(HeshuError, match="there already"):
            store.export(tmp_path / "out")
    assert {file.stem for file in (tmp_path / "out").iterdir()} == {*TABLES, *KEPT}
    back = pyarrow.parquet.read_table(tmp_path / "out" / "facts.parquet")
    assert [tuple(row.values()) for row in back.to_pylist()] == [tuple(list(v) if isinstance(v, tuple) else v for v in row) for row in told["facts"]]
    assert not [file for file in tmp_path.iterdir() if file.name.endswith(".part")]


def test_tables_are_taken_into_another_store(path: Path, tmp_path: Path) -> None:
    with Store(path) as store:
        store.load([records(read(NARRATIVE)), report({"document": "a", "path": "甲.docx"}, {})])
        store.decide([("f1", "accepted", "", "", "甲", "2026-01-01T00:00:00Z")])
        store.export(tmp_path / "out")
    (tmp_path / "out" / "findings.parquet").unlink()
    for table in ("facts", "findings"):
        (tmp_path / "out" / table).mkdir()
    (tmp_path / "out" / "facts.parquet").rename(tmp_path / "out" / "facts" / "part-0.parquet")
    other = tmp_path / "other.duckdb"
    with Store(other) as store:
        store.load([report({"document": "a", "path": "甲.docx"}, {}, {}), report({"document": "b"}, {})])
        store.take(tmp_path / "out")
        store.take(tmp_path / "out")
    for table in TABLES:
        assert rows(other, f"SELECT * FROM {table} WHERE document <> 'b' ORDER BY ALL") == rows(path, f"SELECT * FROM {table} ORDER BY ALL")
    for table in KEPT:
        assert rows(other, f"SELECT * FROM {table} ORDER BY ALL") == rows(path, f"SELECT * FROM {table} ORDER BY ALL")
    assert rows(other, "SELECT count(*) FROM facts WHERE document = 'b'") == [(1,)]


def test_a_folder_without_all_tables_changes_nothing(path: Path, tmp_path: Path) -> None:
    with Store(path) as store:
        store.load([report({"document": "a"}, {})])
        store.export(tmp_path / "out")
        (tmp_path / "out" / "findings.parquet").unlink()
        with pytest.raises(HeshuError, match="no table of findings in it"):
            store.take(tmp_path / "out")
        pyarrow.parquet.write_table(pyarrow.table({"document": ["a"]}), tmp_path / "out" / "findings.parquet")
        with pytest.raises(HeshuError, match="not written"):
            store.take(tmp_path / "out")
        assert store.counts()["facts"] == 1
