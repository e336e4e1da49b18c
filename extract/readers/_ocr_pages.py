"""Pages without a text layer, recognised by RapidOCR: what :mod:`extract.readers.pdf` has done in a process of its own.

The engine and its models (PP-OCR) come with the extra ``ocr``; they need no network.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from extract.readers._apart import limit_time
from extract.readers._pdf_pages import Char, Page, dump, lines_of

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

# Dots for each inch, and the most along a side of a picture.
_DOTS = 200
_MOST_DOTS = 4000
# What is less sure is no text but a stain or a seal.
_SURE = 0.5
# Shapes that are no text, stripes of a damaged picture above all, cost as much as text. They may be so many characters long, and as many
# more as text was read; the page is taken for a picture then, before it has taken longer than a page of its size does.
_MOST_UNSURE = 500
_ROUNDS = 8
# A picture with a thinner side holds no line of text, and the engine makes a large one of it.
_THINNEST = 30
# Lines are found in a smaller picture, which takes less memory; they are read in the whole one.
_DOTS_TO_FIND = 1600
# Of the processor, for loading the engine and its models: a few times what it takes.
_SECONDS_TO_START = 60
_PARAMETERS = {
    "Global.max_side_len": _MOST_DOTS,
    "Det.limit_type": "max",
    "Det.limit_side_len": _DOTS_TO_FIND,
    "Rec.rec_batch_num": 1,
    # Lines are made so high, and narrow ones filled up to this width: cells of a number or two need no more than half of what is usual.
    "Rec.rec_img_shape": [3, 48, 160],
    # With a thread for each core a third of the time is waiting for one another.
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


def available() -> bool:
    """Whether the extra ``ocr`` is installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def main() -> None:
    """Write the pages of the PDF on standard input that the first argument names (3,4,7), each within as many seconds as the
    second says, after a line that tells that the engine has started."""
    import logging

    import pypdfium2
    from rapidocr import RapidOCR

    data = sys.stdin.buffer.read()
    numbers, seconds = [int(number) for number in sys.argv[1].split(",")], int(sys.argv[2])
    limit_time(_SECONDS_TO_START)
    logging.disable(logging.CRITICAL)
    engine = RapidOCR(params=_PARAMETERS)
    document = pypdfium2.PdfDocument(data)
    print("started", flush=True)
    for number in numbers:
        limit_time(seconds)
        page = document[number - 1]
        print(dump(Page(number, page.get_height(), "recognised", list(lines_of(list(_characters(page, engine)))))), flush=True)
        page.close()


def _characters(page: PdfPage, engine: Any) -> Iterator[Char]:
    """The characters of the lines that were recognised, each with its share of the line's box; the page set straight."""
    scale = min(_DOTS / 72, _MOST_DOTS / max(page.get_size()))
    picture = page.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3]
    found = list(_lines(picture, engine))
    corners = [[(float(x) / scale, float(y) / scale) for x, y in box] for box, _ in found]
    lean = _lean(corners)
    for box, (_, text) in zip(corners, found, strict=True):
        left, top, right, bottom = _straight(box, lean)
        widths = [_width(char) for char in text]
        unit = (right - left) / max(sum(widths), 1)
        for before, char, width in zip(" " + text[:-1], text, widths, strict=True):
            if not char.isspace():
                yield Char(char, left, top, left + unit * width, bottom, bottom, before.isspace())
            left += unit * width


def _lines(picture: Any, engine: Any) -> Iterator[tuple[Any, str]]:
    """The corners and the text of the lines of a picture, from top to bottom; none where most of what looks like lines is no text."""
    if min(picture.shape[:2]) < _THINNEST:
        return
    boxes = engine(picture, use_det=True, use_cls=False, use_rec=False).boxes
    if boxes is None:
        return
    crops, _ = engine.cls_and_rotate(engine.crop_text_regions(picture, boxes))
    texts: dict[int, str] = {}
    unsure = sure = 0.0
    for number in (number for first in range(_ROUNDS) for number in range(first, len(crops), _ROUNDS)):
        height, width = crops[number].shape[:2]
        read = engine.recognize_txt([crops[number]])
        if read.scores[0] >= _SURE:
            texts[number] = read.txts[0]
            sure += width / height
            continue
        unsure += width / height
        if unsure > _MOST_UNSURE + sure:
            return
    for number in sorted(texts):
        yield boxes[number], texts[number]


def _lean(boxes: Sequence[Sequence[tuple[float, float]]]) -> float:
    """The angle by which the lines of a page lean, in radians: the median of its longer half."""
    edges = sorted(((box[1][0] - box[0][0], math.atan2(box[1][1] - box[0][1], box[1][0] - box[0][0])) for box in boxes), reverse=True)
    angles = sorted(angle for _, angle in edges[: max(1, len(edges) // 2)])
    return angles[len(angles) // 2] if angles else 0.0


def _straight(box: Sequence[tuple[float, float]], lean: float) -> tuple[float, float, float, float]:
    """A box after the page was turned back by the lean."""
    turned = [(x * math.cos(lean) + y * math.sin(lean), y * math.cos(lean) - x * math.sin(lean)) for x, y in box]
    xs, ys = sorted(x for x, _ in turned), sorted(y for _, y in turned)
    return (xs[0] + xs[1]) / 2, (ys[0] + ys[1]) / 2, (xs[2] + xs[3]) / 2, (ys[2] + ys[3]) / 2


def _width(char: str) -> int:
    """How wide a character is against half a Chinese one."""
    return 2 if char >= "\u2e80" else 1
