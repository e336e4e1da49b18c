"""A table of facts, or of findings, as a Parquet file; several documents are one table.

Why: what people count over thousands of reports they count with DuckDB, Spark or pandas, which read Parquet with its types.

Example: ``duckdb -c "select indicator, sum(value) from 'facts.parquet' group by indicator"``.

Left alone: the columns are those of CSV, with types: stated numbers are decimals with 12 places, exact or null (the words are beside
them), texts stay as they are, qualifiers and facts are lists.

Source: Apache Parquet, as pyarrow writes it (the extra ``heshu[parquet]``).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal, localcontext
from typing import Any

from extract.types import Report
from extract.writers import View, Writer
from extract.writers._rows import FACT_COLUMNS, FINDING_COLUMNS, Sort, Value, facts, findings
from extract.writers._xml import clean

_DIGITS, _PLACES = 38, 12
Rows = list[tuple[Value, ...]]


def _type(sort: Sort) -> Any:
    import pyarrow

    return {
        "code": pyarrow.string(),
        "words": pyarrow.string(),
        "number": pyarrow.decimal128(_DIGITS, _PLACES),
        "count": pyarrow.int64(),
        "score": pyarrow.float64(),
        "truth": pyarrow.bool_(),
        "words_list": pyarrow.list_(pyarrow.string()),
        "codes_list": pyarrow.list_(pyarrow.string()),
    }[sort]


def _value(value: Value) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return [clean(text) for text in value]
    if not isinstance(value, Decimal):
        return value
    with localcontext(prec=2 * _DIGITS):
        if abs(value) >= Decimal(10) ** (_DIGITS - _PLACES):
            return None
        kept = value.quantize(Decimal(10) ** -_PLACES)
        return kept if kept == value else None


def _part(report: Report, view: View) -> Rows:
    return list(facts(report) if view.subject == "facts" else findings(report, view.lang))


def _join(parts: Sequence[Rows], view: View) -> bytes:
    import pyarrow
    import pyarrow.parquet

    columns = FACT_COLUMNS if view.subject == "facts" else FINDING_COLUMNS
    rows = [row for part in parts for row in part]
    arrays = [pyarrow.array([_value(row[n]) for row in rows], type=_type(sort)) for n, (_, sort) in enumerate(columns)]
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(dict(zip((name for name, _ in columns), arrays, strict=True))), out, compression="zstd")
    return out.getvalue()


def _write(report: Report, view: View) -> bytes:
    return _join([_part(report, view)], view)


WRITER = Writer(
    format="parquet",
    suffix=".parquet",
    subjects=("check", "facts"),
    follows=False,
    write=_write,
    encoding=None,
    part=_part,
    join=_join,
    needs=("pyarrow",),
)
