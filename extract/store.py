"""The facts store: the reports of many documents in one DuckDB file (the extra ``heshu[store]``).

Its tables are those of :data:`extract.columns.TABLES` and of :data:`KEPT`; the common questions (``queries/``) are its views. A
document is known by the SHA-256 of its file: loaded again its rows are replaced, and the same bytes under two paths are one
document with two paths. A path holds the document that was loaded from it last; one that no path holds any more goes with :meth:`Store.tidy`.
Every load is one transaction: whenever the process dies, what was there stays, and of a document there is all or nothing.

The schema has a version. A store that an older heshu wrote is brought up to date when it is opened for writing, in one
transaction; one that a newer heshu wrote is refused.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from extract import arrow
from extract.columns import TABLES, Column, Sort, Value
from extract.errors import HeshuError
from extract.records import Records
from extract.scripts import in_order, scripts

VERSION = 2
_STORAGE = "v1.2.0"
"""The format of the file: every DuckDB from 1.5 on can open it."""
_WRITTEN_AHEAD = "256MB"
"""How much is written ahead before it is put into its place: that costs as much as a load."""
SQL: Mapping[Sort, str] = {
    "code": "VARCHAR",
    "words": "VARCHAR",
    "number": f"DECIMAL({arrow.DIGITS}, {arrow.PLACES})",
    "count": "BIGINT",
    "score": "DOUBLE",
    "truth": "BOOLEAN",
    "words_list": "VARCHAR[]",
    "codes_list": "VARCHAR[]",
}
"""The type of a column in the store, by what it holds."""
KEPT: Mapping[str, tuple[Column, ...]] = {
    "paths": (
        Column("document", "code", "the document"),
        Column("path", "words", "a file that holds it"),
    ),
    "decisions": (
        Column("fingerprint", "code", "the finding that was decided on"),
        Column("state", "code", "accepted, dismissed or open again"),
        Column("reason", "words", "why it was dismissed"),
        Column("comment", "words", "what else was said"),
        Column("who", "words", "who decided, as they called themselves"),
        Column("at", "code", "when, ISO 8601 in UTC"),
    ),
}
"""What the store holds beside the tables of reports: other paths of documents, and what people decided on findings."""
_KEYS = ("CREATE INDEX documents_by_hash ON documents (document)", "CREATE INDEX paths_by_path ON paths (path)")
"""What a load looks up for each document, found without reading what the store holds of all others."""
_STEPS: Mapping[int, Sequence[str]] = {1: _KEYS}
"""The statements that bring a store of a version to the next one."""


class StoreError(HeshuError):
    """A store that cannot be opened, read or written."""


class InUseError(StoreError):
    """A store that another process has open: one that writes, or while this one wants to write, one that reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a store knows of a document: what made its report (:func:`extract.records.made_by`), how many facts it has, and how
    many findings by their severity, by their code, and of those suppressed by the kind of that."""

    made_by: str
    facts: int
    severities: Mapping[str, int]
    codes: Mapping[str, int]
    suppressed: Mapping[str, int]


class Store:
    """A store, open for writing (made where there is none) or, with ``read_only``, for questions alone.

    A connection that only reads reaches no other file and no network, whatever SQL it is given.

    Raises:
        StoreError: it is no store, is in use, comes from a newer heshu, or DuckDB is not installed.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.connection = _connected(path, read_only=read_only)
        try:
            version = self._version()
            if version > VERSION:
                raise StoreError(str(path), f"written by a newer heshu (version {version}, this one knows {VERSION})", "update heshu")
            if read_only and version < VERSION:
                why = "no store of facts" if not version else f"written by an older heshu (version {version}, this one needs {VERSION})"
                raise StoreError(str(path), why, "load a document into it with: heshu facts FILE --store")
            if version < VERSION:
                self._migrate(version)
        except BaseException:
            self.connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    # --- what is asked ------------------------------------------------------------------------------------------------

    def known(self) -> Mapping[str, Known]:
        """What is known of each document, by its SHA-256: made the same way, it need not be looked at again."""
        found: dict[str, dict[str, dict[str, int]]] = {}
        for sort, column, where in (
            ("severities", "severity", "suppressed IS NULL"),
            ("codes", "code", "suppressed IS NULL"),
            ("suppressed", "suppressed", "suppressed IS NOT NULL"),
        ):
            for document, name, count in self._rows(f"SELECT document, {column}, count(*) FROM findings WHERE {where} GROUP BY ALL ORDER BY ALL"):
                found.setdefault(document, {}).setdefault(sort, {})[name] = count
        nothing: dict[str, dict[str, int]] = {"severities": {}, "codes": {}, "suppressed": {}}
        return {
            document: Known(made_by=made_by, facts=facts, **{**nothing, **found.get(document, {})})
            for document, made_by, facts in self._rows("SELECT document, made_by, facts FROM documents")
        }

    def counts(self) -> Mapping[str, int]:
        """How many rows each table has."""
        return {table: int(self._rows(f'SELECT count(*) FROM "{table}"')[0][0]) for table in (*TABLES, *KEPT)}

    # --- what is told -------------------------------------------------------------------------------------------------

    def load(self, reports: Sequence[Records]) -> None:
        """Put reports in, in place of what was there of their documents: all of them or, if anything fails, none.

        Raises:
            StoreError: they cannot be written.
        """
        last = {str(report["documents"][0][0]): report for report in reports}
        paths = {(document, path) for report in reports for document, path in _paths(report["documents"])}
        with self._transaction():
            self._forget(last)
            for table in TABLES:
                self._insert(table, TABLES[table], [row for report in last.values() for row in report[table]])
            self._see(paths)

    def see(self, paths: Collection[tuple[str, str]]) -> None:
        """Note that documents, by their SHA-256, that are in the store also are at these paths.

        Raises:
            StoreError: it cannot be written.
        """
        with self._transaction():
            self._see(paths)

    def tidy(self) -> None:
        """Take out the documents whose paths all hold other documents now: what was corrected since. Only at the end of a run is
        it known that a document has not moved.

        Raises:
            StoreError: it cannot be written.
        """
        with self._transaction():
            self._tidy()

    def decide(self, rows: Sequence[tuple[Value, ...]]) -> None:
        """Take decisions on findings over, rows of the columns of ``KEPT["decisions"]``, each in place of an earlier one.

        Raises:
            StoreError: they cannot be written.
        """
        with self._transaction():
            self._decide(rows)

    def take(self, folder: Path) -> None:
        """Put the tables of a folder in, in place of what was there of their documents: those of :meth:`export`, or of heshu spark.

        A table is ``TABLE.parquet`` or a folder ``TABLE`` of Parquet files; other paths and decisions may be missing.

        Raises:
            StoreError: a table of reports is missing or has other columns; nothing is changed then.
        """
        found = {table: _parquet(folder, table) for table in (*TABLES, *KEPT)}
        if missing := [table for table in TABLES if found[table] is None]:
            raise StoreError(str(folder), f"no table of {', '.join(missing)} in it", "name a folder of --export or of heshu spark")
        with self._transaction():
            self._forget([row[0] for row in self._taken(found["documents"], "document")])
            for table, columns in TABLES.items():
                names = ", ".join(f'"{column.name}"' for column in columns)
                if found[table]:
                    self._rows(f'INSERT INTO "{table}" SELECT {names} FROM read_parquet(?)', [found[table]])
            self._see([(row[0], row[1]) for row in self._taken(found["paths"], "document, path")])
            self._tidy()
            self._decide(self._taken(found["decisions"], ", ".join(f'"{column.name}"' for column in KEPT["decisions"])))

    def _taken(self, source: str | None, names: str) -> list[tuple[Any, ...]]:
        return self._rows(f"SELECT {names} FROM read_parquet(?)", [source]) if source else []

    def export(self, folder: Path) -> None:
        """Write every table into ``folder`` as a Parquet file: a new folder, whole or not at all.

        Raises:
            StoreError: there is such a folder already, or it cannot be written.
        """
        if folder.exists():
            raise StoreError(str(folder), "there already", "name a new folder")
        partial = folder.with_name(f".{folder.name}.{os.getpid()}.part")
        try:
            partial.mkdir(parents=True)
            for table in (*TABLES, *KEPT):
                self._write(table, partial / f"{table}.parquet")
            partial.rename(folder)
        except OSError as error:
            raise StoreError(str(folder), f"not written, {error.strerror or error}", "name another place") from error
        finally:
            shutil.rmtree(partial, ignore_errors=True)

    # --- how ----------------------------------------------------------------------------------------------------------

    def _write(self, table: str, path: Path) -> None:
        """One table, a batch after the other."""
        import pyarrow.parquet

        found = self.connection.sql(f'SELECT * FROM "{table}"')
        reader = found.to_arrow_reader() if hasattr(found, "to_arrow_reader") else found.fetch_record_batch()  # its name before DuckDB 2
        with pyarrow.parquet.ParquetWriter(path, reader.schema, compression="zstd") as writer:
            for part in reader:
                writer.write_batch(part)

    def _version(self) -> int:
        """The version of the schema; 0 of an empty database.

        Raises:
            StoreError: it is a database of something else.
        """
        tables = {row[0] for row in self._rows("SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE'")}
        if not tables:
            return 0
        if "heshu" not in tables:
            raise StoreError(str(self.path), "a database, but no store of facts", "name another file")
        return int(self._rows("SELECT version FROM heshu")[0][0])

    def _migrate(self, version: int) -> None:
        with self._transaction():
            run = self.connection.execute
            if version == 0:
                for table, columns in (*TABLES.items(), *KEPT.items()):
                    run(_created(table, columns))
                for statement in _KEYS:
                    run(statement)
                run("CREATE TABLE heshu (version INTEGER NOT NULL)")
                run("INSERT INTO heshu VALUES (?)", [VERSION])
            else:
                for step in range(version, VERSION):
                    for statement in _STEPS[step]:
                        run(statement)
                run("UPDATE heshu SET version = ?", [VERSION])
            for script in in_order(scripts("queries")):
                run(f"CREATE OR REPLACE VIEW {script.name} AS {script.sql}")

    def _forget(self, documents: Collection[str]) -> None:
        """Take the rows of documents out. Only what is there is looked for: a table of facts is long."""
        run = self.connection.execute
        known = [row[0] for row in run("SELECT document FROM documents WHERE list_contains(?, document)", [list(documents)]).fetchall()]
        for table in TABLES if known else ():
            run(f'DELETE FROM "{table}" WHERE document IN (SELECT unnest(?))', [known])

    def _decide(self, rows: Sequence[tuple[Value, ...]]) -> None:
        self.connection.execute("DELETE FROM decisions WHERE list_contains(?, fingerprint)", [[row[0] for row in rows]])
        self._insert("decisions", KEPT["decisions"], rows)

    def _insert(self, table: str, columns: Sequence[Column], rows: Sequence[tuple[Value, ...]]) -> None:
        if not rows:
            return
        self.connection.register("incoming", arrow.batch_of(columns, rows))
        self.connection.execute(f'INSERT INTO "{table}" SELECT * FROM incoming')
        self.connection.unregister("incoming")

    def _see(self, paths: Collection[tuple[str, str]]) -> None:
        """Note which documents are where now, in place of those that were there before."""
        now = {(document, arrow.as_utf8(path)) for document, path in paths}
        before = set(self._rows("SELECT document, path FROM paths WHERE list_contains(?, path)", [[path for _, path in now]]))
        for document, path in before - now:
            self.connection.execute("DELETE FROM paths WHERE document = ? AND path = ?", [document, path])
        self._insert("paths", KEPT["paths"], sorted(now - before))

    def _tidy(self) -> None:
        query = "SELECT document FROM documents WHERE path IS NOT NULL AND document NOT IN (SELECT document FROM paths)"
        self._forget([row[0] for row in self._rows(query)])

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self.connection.execute(query, list(values)).fetchall()
        return rows

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All or nothing, on the disk at the end."""
        import duckdb

        try:
            self.connection.execute("BEGIN TRANSACTION")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                self._undo()
                raise
        except duckdb.Error as error:
            raise StoreError(str(self.path), f"not written ({_line(error)})", "is the disk full, the file write-protected?") from error

    def _undo(self) -> None:
        import duckdb

        try:
            self.connection.execute("ROLLBACK")
        except duckdb.Error:  # it was undone already; the first error is the one to tell
            return


def _paths(documents: Sequence[tuple[Value, ...]]) -> Iterator[tuple[str, str]]:
    at = [column.name for column in TABLES["documents"]].index("path")
    for row in documents:
        if row[at] is not None:
            yield str(row[0]), str(row[at])


def _parquet(folder: Path, table: str) -> str | None:
    """The Parquet file or files of a table in a folder, as a pattern; "" for an empty table, ``None`` where there is none."""
    if (folder / f"{table}.parquet").is_file():
        return str(folder / f"{table}.parquet")
    if not (folder / table).is_dir():
        return None
    return str(folder / table / "*.parquet") if any((folder / table).glob("*.parquet")) else ""


def _created(table: str, columns: Sequence[Column]) -> str:
    return f'CREATE TABLE "{table}" (' + ", ".join(f'"{column.name}" {SQL[column.sort]}' for column in columns) + ")"


def _connected(path: Path, *, read_only: bool) -> Any:
    try:
        import duckdb
        import pyarrow  # noqa: F401 (rows go in and out as Arrow batches)
    except ImportError as error:
        raise StoreError(str(path), f"needs {error.name}, not installed", "pip install 'heshu[store]'") from error
    if read_only and not path.is_file():
        raise StoreError(str(path), "no such file", "make it with: heshu facts DIR --store FILE")
    new = not path.exists()
    try:
        if read_only:
            return duckdb.connect(str(path), read_only=True, config={"enable_external_access": False, "lock_configuration": True})
        connection = duckdb.connect()
        quoted = str(path).replace("'", "''")
        format_of_new = f"(STORAGE_VERSION '{_STORAGE}')" if new else ""
        connection.execute(f"ATTACH '{quoted}' AS store {format_of_new}")
        connection.execute("USE store")
        connection.execute(f"SET checkpoint_threshold = '{_WRITTEN_AHEAD}'")
    except duckdb.Error as error:
        if "lock" in str(error):
            raise InUseError(str(path), "in use by another program", "wait until it is done") from error
        if new and path.is_file() and not path.stat().st_size:
            path.unlink()  # what a full disk leaves, and would be no store when there is room again
        raise StoreError(str(path), f"cannot be opened ({_line(error)})", "is it a store of facts, and the folder writable?") from error
    return connection


def _line(error: Exception) -> str:
    return str(error).partition("\n")[0]
