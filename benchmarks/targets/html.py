"""A page of a site, with its tables."""

from __future__ import annotations

from benchmarks.targets import Target
from extract.ingest import read_bytes
from extract.pipeline import analyse
from tests.formats import as_html, as_site

_SPANS = "<table><tr><th rowspan=2>项目<th colspan=3>数量<tr><td>1<td>2<td>3<tr><td>甲<td><table><tr><td>4</table><td>5</table>"


def run(data: bytes) -> object:
    return analyse(read_bytes(data, suffix=".html"))


TARGET = Target(name="html", seeds=lambda: [as_html(), as_site(), _SPANS.encode()], run=run)
