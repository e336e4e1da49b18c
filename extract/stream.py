"""Files in, rows out, both as Arrow record batches: the one function that one process, a pool of processes and a cluster run.

Each row of the answer belongs to one of :data:`TABLES`: ``table`` names it, the column of that name holds it, and the columns of
the other tables are null. ``path`` (of the document) and ``position`` put the rows in order, whoever made them and whenever they
came; ``file`` is the file as it was given, which may be an archive of documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from extract import archives, arrow, batch, catalogue, columns, ingest, learned, pipeline
from extract.columns import Column, Value
from extract.errors import HeshuError, InternalError, UnreadableError
from extract.records import records
from extract.settings import Settings
from extract.types import Document, Report

TABLES: Mapping[str, tuple[Column, ...]] = {
    **columns.TABLES,
    "paths": (
        Column("document", "code", "the document"),
        Column("path", "words", "a file that holds it, as it was named"),
    ),
    "failures": (
        Column("path", "words", "the file of which there are no rows in the other tables"),
        Column("error", "words", "why: one line that says where, what, and what to do"),
    ),
}
"""The tables of reports, and beside them the files of each document, and the files that could not be read."""

_ROWS = 10_000
"""Rows in a record batch of the answer, at most."""
_LOCAL = "file:"

Row = tuple[Value, ...]
Rows = Mapping[str, list[Row]]


class File(NamedTuple):
    """A file by its path or address, with its size and its bytes; ``None`` for the bytes of one too large to be fetched."""

    path: str
    length: int
    content: bytes | None


def files_schema() -> Any:
    """The Arrow schema of what :func:`analysed` takes: the columns of :class:`File`."""
    import pyarrow

    return pyarrow.schema([("path", pyarrow.string()), ("length", pyarrow.int64()), ("content", pyarrow.binary())])


def rows_schema() -> Any:
    """The Arrow schema of what :func:`analysed` gives."""
    import pyarrow

    tables = [(table, pyarrow.struct(list(arrow.schema_of(those)))) for table, those in TABLES.items()]
    places = [("file", pyarrow.string()), ("path", pyarrow.string()), ("table", pyarrow.string()), ("position", pyarrow.int64())]
    return pyarrow.schema([*places, *tables])


def read(paths: Iterable[Path]) -> Iterator[Any]:
    """Files of this machine as :func:`analysed` takes them, a record batch each."""
    import pyarrow

    for path in paths:
        length = path.stat().st_size
        content = path.read_bytes() if length <= ingest.MAX_BYTES else None
        yield pyarrow.RecordBatch.from_pylist([File(str(path), length, content)._asdict()], schema=files_schema())


def analysed(files: Iterable[Any], settings: Settings | None = None) -> Iterator[Any]:
    """The rows of all tables that the files give, file by file; a file that cannot be read gives a row of failures.

    The same file gives the same rows, whatever comes before or after it. ``settings`` select the checks, models and catalogue;
    what they load is loaded once in a process. Where they limit the time or the memory that a document may take, documents are
    looked at in a process beside this one, and one that takes it down gives a row of failures too: see :func:`extract.batch.run`.
    """
    chosen = settings or Settings()
    for result in batch.run(_items(files), partial(_work, chosen), timeout=chosen.timeout, memory=chosen.memory):
        item = result.item
        yield from _batches(item, {"failures": [(item.path, str(result.error))]} if result.value is None else result.value)


def local(address: str) -> str:
    """The path of a file of this machine, which Spark names by its address; any other address as it is."""
    return "/" + address.removeprefix(_LOCAL).lstrip("/") if address.startswith(_LOCAL) else address


def rows_of(table: str, batches: Iterable[Any]) -> list[Row]:
    """The rows of one table among what :func:`analysed` gave, in the order of files and positions."""
    found: list[tuple[str, int, Row]] = []
    for rows in batches:
        places = zip(rows["path"].to_pylist(), rows["position"].to_pylist(), rows[table].to_pylist(), strict=True)
        found.extend((path, position, tuple(row.values())) for path, position, row in places if row is not None)
    return [row for _, _, row in sorted(found, key=lambda entry: entry[:2])]


class _Item(NamedTuple):
    """A document to look at: the file that it is, or is in, its path, and its bytes or why there are none."""

    file: str
    path: str
    content: bytes | HeshuError

    def __str__(self) -> str:
        return self.path


def _items(files: Iterable[Any]) -> Iterator[_Item]:
    for entries in files:
        for entry in entries.to_pylist():
            file = File(**entry)
            for name, content in _contents(local(file.path), file):
                yield _Item(file.path, name, content)


def _contents(path: str, file: File) -> Iterator[tuple[str, bytes | HeshuError]]:
    """The documents that a file holds, by their paths: itself, or those in an archive that heshu reads."""
    try:
        ingest.admit(path, file.length)
        content = file.content or b""
        if not archives.is_archive(Path(path)):
            yield path, content
            return
        suffixes = ingest.suffixes()
        empty = True
        for name, data in archives.unpacked(path, content, ingest.MAX_BYTES):
            if Path(name).suffix.lower() in suffixes:
                yield name, data
                empty = False
        if empty:
            raise UnreadableError(path, "no file in it that heshu reads", f"it reads {' '.join(suffixes)}")
    except HeshuError as error:
        yield path, error
    except Exception as error:
        yield path, InternalError.of(path, error)


def _work(settings: Settings) -> Callable[[_Item], Rows]:
    analyse, known = _analysis(settings), _catalogue(settings).indicators

    def rows(item: _Item) -> Rows:
        if isinstance(item.content, HeshuError):
            raise item.content
        name = PurePosixPath(item.path)
        document = ingest.read_bytes(item.content, name=name.stem, suffix=name.suffix, path=item.path)
        found = records(analyse(document), catalogue=known, asked=_asked(settings))
        return {**found, "paths": [(document.sha256, item.path)]}

    return rows


@cache
def _catalogue(settings: Settings) -> catalogue.Catalogue:
    return catalogue.load(settings.indicators)


@cache
def _analysis(settings: Settings) -> Callable[[Document], Report]:
    known, models = _catalogue(settings), learned.models(settings.model)

    def analyse(document: Document) -> Report:
        return pipeline.analyse(
            document,
            catalogue=known,
            select=settings.select,
            ignore=pipeline.ignored(settings, document.path),
            extend_select=settings.extend_select,
            models=models,
        )

    return analyse


def _asked(settings: Settings) -> Mapping[str, object]:
    """The settings by which the reports of two runs may differ, those that are set."""
    ignore = (*settings.ignore, *settings.extend_ignore)
    told = {"select": settings.select, "extend-select": settings.extend_select, "ignore": ignore}
    return {key: sorted(codes) for key, codes in told.items() if codes}


def _batches(item: _Item, rows: Rows) -> Iterator[Any]:
    import pyarrow

    total = sum(map(len, rows.values()))
    tables: list[str] = []
    positions: list[int] = []
    held = []
    for table, those in TABLES.items():
        own = rows.get(table, [])
        typed = arrow.batch_of(those, own)
        kind = pyarrow.struct(list(typed.schema))
        before = len(tables)
        filled = pyarrow.StructArray.from_arrays(typed.columns, fields=list(typed.schema))
        held.append(pyarrow.concat_arrays([pyarrow.nulls(before, kind), filled, pyarrow.nulls(total - before - len(own), kind)]))
        tables += [table] * len(own)
        positions += range(len(own))
    whole = pyarrow.RecordBatch.from_arrays([[item.file] * total, [item.path] * total, tables, positions, *held], schema=rows_schema())
    for start in range(0, total, _ROWS):
        yield whole.slice(start, _ROWS)
