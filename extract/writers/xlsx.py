"""The working paper: findings to sign off, every fact, indicators over sections, each check, and what was not checked.

Why: auditors hand in workbooks; they sort them, write their opinion beside each finding, and print them.

Example: a row ``1 · S201 · 错误 · … · 第22行：… · 97 + 121 = 218 ≠ 286（差 68 条）``, from which a click leads to its facts.

Left alone: the columns that are the audited body's and the reviewer's to fill; of numbers with more than 15 digits a spreadsheet would
change the last, so they are texts; values never are formulas. Several documents make one workbook.

Source: ISO/IEC 29500 (SpreadsheetML), as XlsxWriter writes it; the columns are those of the working papers of audits.
"""

from __future__ import annotations

from extract.types import Report
from extract.writers import View, Writer
from extract.writers._paper import book, part
from extract.writers._paper_across import compared

__all__ = ["WRITER", "book", "part"]


def _write(report: Report, view: View) -> bytes:
    return book([part(report, view)], view)


WRITER = Writer(
    format="xlsx",
    suffix=".xlsx",
    subjects=("check", "facts", "compare"),
    follows=False,
    write=_write,
    encoding=None,
    part=part,
    join=book,
    compare=compared,
)
