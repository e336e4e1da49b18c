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

from extract.arrow import batch_of
from extract.columns import Value
from extract.types import Report
from extract.writers import View, Writer
from extract.writers._rows import FACT_COLUMNS, FINDING_COLUMNS, facts, findings

Rows = list[tuple[Value, ...]]


def _part(report: Report, view: View) -> Rows:
    return list(facts(report) if view.subject == "facts" else findings(report, view.lang))


def _join(parts: Sequence[Rows], view: View) -> bytes:
    import pyarrow
    import pyarrow.parquet

    columns = FACT_COLUMNS if view.subject == "facts" else FINDING_COLUMNS
    rows = [row for part in parts for row in part]
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_batches([batch_of(columns, rows)]), out, compression="zstd")
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
