"""Files in, rows out, both as Arrow record batches: the one function that one process, a pool of processes and a cluster run.

Each row of the answer belongs to one of :data:`TABLES`: ``table`` names it, the column of that name holds it, and the columns of
the other tables are null. ``path`` and ``position`` put the rows in order, whoever made them and whenever they came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from extract import arrow, catalogue, columns, ingest, learned, pipeline
from extract.columns import Column, Value
from extract.errors import HeshuError
from extract.records import records
from extract.settings import Settings
from extract.types import Document, Report

TABLES: Mapping[str, tuple[Column, ...]] = {
    **columns.TABLES,
    "failures": (
        Column("path", "words", "the file of which there are no rows in the other tables"),
        Column("error", "words", "why: one line that says where, what, and what to do"),
    ),
}
"""The tables of reports, and one of the files that could not be read."""

_ROWS = 10_000
"""Rows in a record batch of the answer, at most."""
_LOCAL = "file:"

Row = tuple[Value, ...]


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
    return pyarrow.schema([("path", pyarrow.string()), ("table", pyarrow.string()), ("position", pyarrow.int64()), *tables])


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
    what they load is loaded once in a process.
    """
    for batch in files:
        for entry in batch.to_pylist():
            file = File(**entry)
            yield from _batches(file.path, _rows(file, settings or Settings()))


def rows_of(table: str, batches: Iterable[Any]) -> list[Row]:
    """The rows of one table among what :func:`analysed` gave, in the order of files and positions."""
    found: list[tuple[str, int, Row]] = []
    for batch in batches:
        places = zip(batch["path"].to_pylist(), batch["position"].to_pylist(), batch[table].to_pylist(), strict=True)
        found.extend((path, position, tuple(row.values())) for path, position, row in places if row is not None)
    return [row for _, _, row in sorted(found, key=lambda entry: entry[:2])]


def _rows(file: File, settings: Settings) -> Mapping[str, list[Row]]:
    # Spark names a local file by an address; everything else of heshu names it by its path.
    path = "/" + file.path.removeprefix(_LOCAL).lstrip("/") if file.path.startswith(_LOCAL) else file.path
    try:
        if file.content is None:
            ingest.admit(path, file.length)
        name = PurePosixPath(path)
        document = ingest.read_bytes(file.content or b"", name=name.stem, suffix=name.suffix, path=path)
        return records(_analysis(settings)(document), catalogue=_catalogue(settings).indicators, asked=_asked(settings))
    except HeshuError as error:
        return {"failures": [(path, str(error))]}
    except Exception as error:
        # Our own fault, at one file of many: the others go on.
        return {"failures": [(path, f"{path}: internal error, {type(error).__name__}: {error}")]}


@cache
def _catalogue(settings: Settings) -> catalogue.Catalogue:
    return catalogue.load(settings.indicators)


@cache
def _analysis(settings: Settings) -> Callable[[Document], Report]:
    known, models = _catalogue(settings), learned.models(settings.model)

    def analyse(document: Document) -> Report:
        ignore = (*settings.ignore, *settings.extend_ignore)
        if document.path is not None:
            # Said in full, no selection is longer: what a file ignores it ignores whatever is selected.
            ignore += pipeline.codes_of(settings.ignored_in(Path(document.path)))
        return pipeline.analyse(
            document, catalogue=known, select=settings.select, ignore=ignore, extend_select=settings.extend_select, models=models
        )

    return analyse


def _asked(settings: Settings) -> Mapping[str, object]:
    """The settings by which the reports of two runs may differ, those that are set."""
    ignore = (*settings.ignore, *settings.extend_ignore)
    told = {"select": settings.select, "extend-select": settings.extend_select, "ignore": ignore}
    return {key: sorted(codes) for key, codes in told.items() if codes}


def _batches(path: str, rows: Mapping[str, list[Row]]) -> Iterator[Any]:
    import pyarrow

    total = sum(map(len, rows.values()))
    tables: list[str] = []
    positions: list[int] = []
    held = []
    for table, those in TABLES.items():
        own = rows.get(table, [])
        batch = arrow.batch_of(those, own)
        kind = pyarrow.struct(list(batch.schema))
        before = len(tables)
        filled = pyarrow.StructArray.from_arrays(batch.columns, fields=list(batch.schema))
        held.append(pyarrow.concat_arrays([pyarrow.nulls(before, kind), filled, pyarrow.nulls(total - before - len(own), kind)]))
        tables += [table] * len(own)
        positions += range(len(own))
    whole = pyarrow.RecordBatch.from_arrays([pyarrow.array([path] * total), tables, positions, *held], schema=rows_schema())
    for start in range(0, total, _ROWS):
        yield whole.slice(start, _ROWS)
