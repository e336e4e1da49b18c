"""The ruling lines of a PDF page, as PDFium draws them, and the cells between them, as pdfplumber finds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ctypes import c_float
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdfium2 import PdfObject

Box = tuple[float, float, float, float]
Point = tuple[float, float]
# Points: lines nearer than this to each other are one line, and a line that stops so near to another meets it.
_NEAR = 3.0
# Points: what is not as long is no line.
_SHORTEST = 1.0
# A line leans by less than this.
_LEAN = 0.01


def tables(paths: list[PdfObject], placed: Callable[[float, float, float, float], Box]) -> list[list[Box]]:
    """The boxes of the cells of each table that the lines of ``paths`` draw; ``placed`` turns a box as the file has it into
    one on the page as it is shown."""
    import pdfplumber.table as ruled

    edges = [_edge(placed(x0, y0, x1, y1)) for path in paths for x0, y0, x1, y1 in _segments(path)]
    drawn = [edge for edge in edges if edge is not None]
    joined = ruled.merge_edges(drawn, snap_x_tolerance=_NEAR, snap_y_tolerance=_NEAR, join_x_tolerance=_NEAR, join_y_tolerance=_NEAR)
    long = [edge for edge in joined if edge["x1"] - edge["x0"] + edge["bottom"] - edge["top"] >= _NEAR]
    crossings = ruled.edges_to_intersections(long, x_tolerance=_NEAR, y_tolerance=_NEAR)
    found: list[list[Box]] = ruled.cells_to_tables(ruled.intersections_to_cells(crossings))
    return found


def _edge(box: Box) -> dict[str, Any] | None:
    x0, top, x1, bottom = box
    across, down = x1 - x0, bottom - top
    if (across >= _SHORTEST) == (down >= _SHORTEST) and min(across, down) > _LEAN:
        return None
    if max(across, down) < _SHORTEST:
        return None
    if across > down:
        return {"orientation": "h", "x0": x0, "x1": x1, "top": top, "bottom": top, "doctop": top, "width": across, "height": 0.0}
    return {"orientation": "v", "x0": x0, "x1": x0, "top": top, "bottom": bottom, "doctop": top, "width": 0.0, "height": down}


def _segments(path: PdfObject) -> Iterator[Box]:
    """Each straight piece of a path as the box around it, in the coordinates of the page."""
    import pypdfium2.raw as raw

    matrix = path.get_matrix()
    form = path.container
    while form is not None:
        matrix = matrix.multiply(form.get_matrix())
        form = form.container
    x, y = c_float(), c_float()
    start = last = (0.0, 0.0)
    for number in range(raw.FPDFPath_CountSegments(path.raw)):
        segment = raw.FPDFPath_GetPathSegment(path.raw, number)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        here = matrix.on_point(x.value, y.value)
        sort = raw.FPDFPathSegment_GetType(segment)
        if sort == raw.FPDF_SEGMENT_MOVETO:
            start = here
        elif sort == raw.FPDF_SEGMENT_LINETO:
            yield _around(last, here)
        last = here
        if raw.FPDFPathSegment_GetClose(segment):
            yield _around(last, start)
            last = start


def _around(one: Point, other: Point) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
