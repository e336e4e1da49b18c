"""Rows of plain texts and numbers, byte for byte as XlsxWriter writes them, but each at once: a table of every fact has a million
cells, and a call for each of them takes longer than the whole check."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from extract.memo import remembered
from extract.writers._workbook import MOST_DIGITS

_AS_IT_IS = re.compile(r"(?!.*_x)[^&<>=+\-@\s](?:[^&<>]*[^&<>\s])?")
"""A text that needs no escapes, no mark that it is a text, and no word that its blanks count."""
_LONGEST = 4_000


class PlainRows(Worksheet):  # type: ignore[misc]
    """A sheet that takes whole rows beside the single cells of its base class, in a workbook that keeps no row in memory."""

    def write_plain_row(self, row: int, values: Sequence[object], looks: Sequence[Any], look_of: Callable[[int, Decimal], Any]) -> bool:
        """Write a row under the one before, and say so: nothing is written of a row with a value that is not plain.

        ``looks`` are the formats of the columns, ``look_of`` that of a number in a column; the height of the row is set before.
        """
        if row > self.previous_row:
            self._write_single_row(row)
        cells: list[str] = []
        number = str(row + 1)
        for column, (value, look) in enumerate(zip(values, looks, strict=False)):
            rest = "/>"
            if isinstance(value, str):
                rest = _text(value)
            elif isinstance(value, int):
                rest = f"><v>{value}</v></c>"
            elif isinstance(value, Decimal) and len(value.as_tuple().digits) <= MOST_DIGITS:
                look, rest = look_of(column, value), f"><v>{float(value):.16G}</v></c>"
            elif value is not None:
                rest = ""
            if not rest:
                return False
            # a format gets its number with its first cell, and keeps it
            cells.append(f'<c r="{_letters(column)}{number}" s="{look.xf_index or look._get_xf_index()}"{rest}')
        self._check_dimensions(row, len(cells) - 1)
        self._write_row(row, None, self.row_info.pop(row, None))
        self.fh.write("".join(cells) + "</row>")
        return True


_letters = lru_cache(maxsize=64)(xl_col_to_name)


@remembered(4096)
def _text(text: str) -> str:
    """The rest of a cell with a text, names coming again and again; "" where more is to be done than to write it down."""
    if not text:
        return "/>"
    plain = len(text) <= _LONGEST and text.isprintable() and _AS_IT_IS.fullmatch(text)
    return f' t="inlineStr"><is><t>{text}</t></is></c>' if plain else ""
