"""Rows of plain values as Arrow record batches: what Parquet, the facts store and Spark take. pyarrow is imported only here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, localcontext
from typing import Any

from extract.columns import TABLES, Column, Sort, Value

DIGITS, PLACES = 38, 12
"""Stated numbers are decimals of so many digits, so many of them after the point."""
_SURROGATE = re.compile(r"[\uD800-\uDFFF]")


def schema(table: str) -> Any:
    """The Arrow schema of one of :data:`~extract.columns.TABLES`."""
    return schema_of(TABLES[table])


def batch(table: str, rows: Sequence[tuple[Value, ...]]) -> Any:
    """The rows of one of :data:`~extract.columns.TABLES` as a record batch."""
    return batch_of(TABLES[table], rows)


def schema_of(columns: Sequence[Column]) -> Any:
    """The Arrow schema of any columns."""
    import pyarrow

    return pyarrow.schema([(column.name, _type(column.sort)) for column in columns])


def batch_of(columns: Sequence[Column], rows: Sequence[tuple[Value, ...]]) -> Any:
    """Rows with any columns as a record batch. A number that 38 digits cannot hold, 12 of them after the point, is null."""
    import pyarrow

    arrays = [_array([row[n] for row in rows], column.sort) for n, column in enumerate(columns)]
    return pyarrow.RecordBatch.from_arrays(arrays, schema=schema_of(columns))


def _array(values: list[Value], sort: Sort) -> Any:
    import pyarrow

    try:
        return pyarrow.array(values, type=_type(sort))
    except (pyarrow.ArrowInvalid, UnicodeEncodeError):
        # some value does not fit: look at each of them
        with localcontext(prec=2 * DIGITS):
            return pyarrow.array([_fitting(value) for value in values], type=_type(sort))


def _type(sort: Sort) -> Any:
    import pyarrow

    return {
        "code": pyarrow.string(),
        "words": pyarrow.string(),
        "number": pyarrow.decimal128(DIGITS, PLACES),
        "count": pyarrow.int64(),
        "score": pyarrow.float64(),
        "truth": pyarrow.bool_(),
        "words_list": pyarrow.list_(pyarrow.string()),
        "codes_list": pyarrow.list_(pyarrow.string()),
    }[sort]


_LIMIT = Decimal(10) ** (DIGITS - PLACES)
_LAST = Decimal(10) ** -PLACES


def _fitting(value: Value) -> object:
    if isinstance(value, str):
        return as_utf8(value)
    if isinstance(value, tuple):
        return [as_utf8(text) for text in value]
    if not isinstance(value, Decimal):
        return value
    if not value.is_finite() or abs(value) >= _LIMIT:
        return None
    kept = value.quantize(_LAST)
    return kept if kept == value else None


def as_utf8(text: str) -> str:
    """The text as UTF-8 can hold it: a damaged file may have left half of a surrogate pair, and a name of a file need not be UTF-8."""
    return text if text.isascii() else str(_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text))
