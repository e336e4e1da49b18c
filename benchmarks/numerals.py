"""How many of the numerals in a file's own text layer are read, each once.

``python -m benchmarks.numerals FILE...`` compares, for each PDF and .docx, the numerals of the reading text (with what is set apart as
page furniture) with those of the file's own text: PDFium's for PDF, in the order of the file; the bare text nodes of the XML for .docx.
``present`` is the share of the text layer's that were read, ``again`` how many were read more often than they stand there (automatic
numbers of lists, which no text node holds, among them). The exit code is 1 where less than 99.5% are present.
"""

from __future__ import annotations

import argparse
import io
import re
import resource
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from extract import ingest
from extract.cli._inputs import expand
from extract.errors import HeshuError
from extract.types import Document

WANTED = 0.995
# Runs of digits: in 4.2025年 a list number and a year stand without a space.
_NUMERAL = re.compile(r"\d+")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


@dataclass(frozen=True, slots=True)
class Compared:
    """The numerals of a file: in its text layer, missed, read more often than they stand there."""

    there: int
    missed: Counter[str]
    again: Counter[str]
    seconds: float

    @property
    def present(self) -> float:
        return 1 - self.missed.total() / max(1, self.there)


def pdf_layer(data: bytes) -> str:
    """The text of a PDF as PDFium gives it by itself, in the order of the file."""
    import pypdfium2

    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def docx_layer(data: bytes) -> str:
    """The text nodes of a .docx, a line for each paragraph: body, notes, and each header or footer that says something new."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name for name in package.namelist() if re.fullmatch(r"word/(?:document|footnotes|endnotes|header\d*|footer\d*)\.xml", name)]
        told = dict.fromkeys("\n".join(_paragraphs(etree.fromstring(package.read(name)))) for name in sorted(names))
    return "\n".join(told)


def _paragraphs(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter(f"{_W}p"):
        nodes = (
            node
            for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br")
            if next(node.iterancestors(f"{_W}p")) is paragraph and next(node.iterancestors(_FALLBACK), None) is None
        )
        yield "".join(node.text or "" if node.tag == f"{_W}t" else " " for node in nodes)


LAYERS: Mapping[str, Callable[[bytes], str]] = {".pdf": pdf_layer, ".docx": docx_layer}


def read_of(document: Document) -> str:
    """All that was read: the reading text, and what is set apart."""
    return "\n".join((document.text, *(span.of(document.source) for span in document.furniture)))


def compare(path: Path) -> Compared:
    """The numerals of a file, in its text layer and as read.

    Raises:
        UnreadableError: it could not be read.
    """
    started = time.perf_counter()
    document = ingest.read(path)
    seconds = time.perf_counter() - started
    there, read = (Counter(_NUMERAL.findall(text)) for text in (LAYERS[path.suffix.lower()](path.read_bytes()), read_of(document)))
    return Compared(there.total(), there - read, read - there, seconds)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.numerals", description=__doc__)
    parser.add_argument("files", nargs="+", metavar="FILE", help="PDF and .docx files, or folders with them")
    parser.add_argument("--show", action="store_true", help="list the numerals that were missed")
    options = parser.parse_args()
    short = 0
    print("| file | numerals | present | again | seconds |\n| --- | ---: | ---: | ---: | ---: |")
    for name in expand(options.files):
        path = Path(str(name))
        if path.suffix.lower() not in LAYERS:
            continue
        try:
            found = compare(path)
        except HeshuError as error:
            print(f"| {error} |")
            short += 1
            continue
        short += found.present < WANTED
        print(f"| {path.name} | {found.there:,} | {found.present:.2%} | {found.again.total():,} | {found.seconds:.1f} |")
        if options.show:
            print(*(f"  missed {count} × {word}" for word, count in found.missed.items()), sep="\n")
            print(*(f"  again {count} × {word}" for word, count in found.again.items()), sep="\n")
    print(f"\nmost memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB, of another process {_children()} MB")
    raise SystemExit(1 if short else 0)


def _children() -> int:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


if __name__ == "__main__":
    main()
