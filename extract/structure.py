"""A document as it was understood, line by line: what is a heading, a paragraph, a table, and of which section."""

from __future__ import annotations

from collections.abc import Iterator

from extract.types import Block, Document, Table
from extract.writers._lines import Lines
from extract.writers._style import columns, padded, shortened

_WIDEST_CELL = 40


def outline(document: Document) -> str:
    """Title, body, region and year of the document; then its blocks with line numbers, tables as grids."""
    about = document.about
    said = (("title", about.title), ("org", about.org), ("region", about.region), ("year", about.year))
    head = [f"{key}: {value}" for key, value in said if value]
    lines = Lines(document)
    return "\n".join((*head, "", *_blocks(document, lines), ""))


def _blocks(document: Document, lines: Lines) -> Iterator[str]:
    shown: set[int] = set()
    for block in document.blocks:
        if block.cell is None:
            yield f"{lines.at(block.span)[0]:>5}  {_mark(document, block)}{_flat(block.span.of(document.text))}"
        elif block.cell.table not in shown:
            shown.add(block.cell.table)
            yield from _table(document.tables[block.cell.table], block.cell.table, lines)


def _mark(document: Document, block: Block) -> str:
    if block.kind == "heading" and block.section is not None:
        return "#" * document.sections[block.section].level + " "
    return "" if block.kind == "paragraph" else f"[{block.kind}] "


def _table(table: Table, index: int, lines: Lines) -> Iterator[str]:
    about = [f"table {index}", f"{table.rows} × {table.columns}"]
    if table.title:
        about.append(table.title)
    if table.unit:
        about.append(f"unit {table.unit}")
    yield f"{lines.at(table.span)[0]:>5}  [{' · '.join(about)}]"
    grid = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        grid[cell.row][cell.column] = shortened(_flat(cell.text), _WIDEST_CELL)
    widths = [max((columns(row[column]) for row in grid), default=0) for column in range(table.columns)]
    for number, row in enumerate(grid):
        line = " │ ".join(padded(text, width) for text, width in zip(row, widths, strict=True))
        yield f"       {line.rstrip()}"
        if number + 1 == table.header_rows:
            yield "       " + "─┼─".join("─" * width for width in widths)
    for column, path in enumerate(table.headers):
        if len(path) > 1:
            yield f"       column {column + 1}: {' › '.join(path)}"
    for number, path in enumerate(table.labels):
        if len(path) > 1 and number >= table.header_rows:
            yield f"       row {number + 1}: {' › '.join(path)}"


def _flat(text: str) -> str:
    return " ".join(text.split())
