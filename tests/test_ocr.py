"""Scans: pages without a text layer are recognised where the engine is installed, and their numbers accuse nobody."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from types import SimpleNamespace

import pytest

from extract.errors import UnreadableError
from extract.ingest import read_bytes
from extract.pipeline import analyse
from extract.readers import _apart, _ocr_pages
from extract.readers._pdf_pages import Char, Page, dump, lines_of
from tests.formats import SAMPLE, as_pdf, as_scan

installed = pytest.mark.skipif(not _ocr_pages.available(), reason="the extra ocr is not installed (pip install 'heshu[ocr]')")


def _scan_behind(text: bytes, scan: bytes) -> bytes:
    import pypdfium2

    whole = pypdfium2.PdfDocument(text)
    whole.import_pages(pypdfium2.PdfDocument(scan))
    file = io.BytesIO()
    whole.save(file)
    return file.getvalue()


def _engine(monkeypatch: pytest.MonkeyPatch, text: str, dies_at: Sequence[int] = ()) -> None:
    """An engine in place of the one of the extra: every picture says ``text``, but for those at which it dies."""
    rows = lines_of([Char(char, 72.0 + 12 * n, 400.0, 84.0 + 12 * n, 412.0, 412.0) for n, char in enumerate(text)])
    original = _apart.lines

    def lines(module: str, data: bytes, *arguments: str, patience: float) -> object:
        if not module.endswith("_ocr_pages"):
            return original(module, data, *arguments, patience=patience)
        wanted = takewhile(lambda number: number not in dies_at, map(int, arguments[0].split(",")))
        return (line for line in (b"started\n", *(dump(Page(number, 842.0, "recognised", list(rows))).encode() for number in wanted)))

    monkeypatch.setattr(_apart, "lines", lines)
    monkeypatch.setattr(_ocr_pages, "available", lambda: True)


def test_without_the_engine_a_scan_is_named_and_the_rest_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_ocr_pages, "available", lambda: False)
    document = read_bytes(_scan_behind(as_pdf(), as_scan(dots=72)), suffix=".pdf")
    assert document.text == read_bytes(as_pdf(), suffix=".pdf").text
    assert [remark.en for remark in document.remarks] == ["page 2: a picture without a text layer; not read"]
    with pytest.raises(UnreadableError, match=r"no text layer, the pages are pictures; pip install 'heshu\[ocr\]'"):
        read_bytes(as_scan(dots=72), suffix=".pdf")


def test_a_page_that_takes_too_long_is_named_and_those_behind_it_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    page = as_scan(dots=72)
    scan = _scan_behind(_scan_behind(page, page), page)
    _engine(monkeypatch, "全年共检查企业130家。", dies_at=[2])
    document = read_bytes(scan, suffix=".pdf")
    assert {place.page for place in document.places} == {1, 3}
    assert "page 2: takes too long or too much memory; not read" in [remark.en for remark in document.remarks]
    _engine(monkeypatch, "全年共检查企业130家。", dies_at=[1, 2, 3])
    with pytest.raises(UnreadableError, match="takes too long"):
        read_bytes(scan, suffix=".pdf")


@pytest.mark.parametrize(("number", "severities"), [("120", ["info"]), ("130", [])])
def test_what_a_recognised_number_breaks_is_a_remark(monkeypatch: pytest.MonkeyPatch, number: str, severities: Sequence[str]) -> None:
    _engine(monkeypatch, f"全年共检查企业{number}家，按类型分，化工企业70家、机械企业60家。")
    document = read_bytes(as_scan(dots=72), suffix=".pdf")
    assert {(place.page, place.recognised) for place in document.places} == {(1, True)}
    assert [remark.zh for remark in document.remarks] == ["第 1 页没有文字层，文字由图像识别得来，数字请与原件核对"]
    report = analyse(document)
    assert all("reader:ocr" in fact.makers for fact in report.facts)
    assert [finding.severity for finding in report.findings] == severities
    assert all("请先与原件核对" in finding.message for finding in report.findings)


def test_a_number_of_a_text_layer_accuses_beside_a_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    _engine(monkeypatch, "附件：现场照片。")
    wrong = "全年共检查企业120家，按类型分，化工企业70家、机械企业60家。"
    report = analyse(read_bytes(_scan_behind(as_pdf([wrong]), as_scan(dots=72)), suffix=".pdf"))
    assert [(finding.code, finding.severity) for finding in report.findings] == [("S201", "error")]


def test_a_page_that_leans_is_set_straight() -> None:
    boxes = [[(0.0, 0.0), (100.0, 2.0), (99.8, 12.0), (-0.2, 10.0)], [(200.0, 4.0), (300.0, 6.0), (299.8, 16.0), (199.8, 14.0)]]
    lean = _ocr_pages._lean(boxes)
    tops = [_ocr_pages._straight(box, lean)[1] for box in boxes]
    assert abs(tops[0] - tops[1]) < 0.5


class _CountingEngine:
    """An engine that finds lines of two hundred by ten dots, of which it is sure or not; it counts those it reads."""

    def __init__(self, sure: Sequence[bool]) -> None:
        self.sure = sure
        self.read: list[int] = []

    def __call__(self, picture: object, **what: bool) -> SimpleNamespace:
        assert what == {"use_det": True, "use_cls": False, "use_rec": False}
        return SimpleNamespace(boxes=list(range(len(self.sure))) or None)

    def crop_text_regions(self, picture: object, boxes: Sequence[int]) -> list[_Crop]:
        return [_Crop(number) for number in boxes]

    def cls_and_rotate(self, crops: list[_Crop]) -> tuple[list[_Crop], None]:
        return crops, None

    def recognize_txt(self, crops: Sequence[_Crop]) -> SimpleNamespace:
        self.read.append(crops[0].number)
        return SimpleNamespace(txts=(f"第{crops[0].number}行",), scores=(0.9 if self.sure[crops[0].number] else 0.1,))


@dataclass(frozen=True)
class _Crop:
    number: int
    shape: tuple[int, int, int] = (10, 200, 3)


_PICTURE = SimpleNamespace(shape=(2000, 1400, 3))


def test_lines_come_from_top_to_bottom_without_those_that_are_no_text() -> None:
    lines = list(_ocr_pages._lines(_PICTURE, _CountingEngine([number != 3 for number in range(20)])))
    assert lines == [(number, f"第{number}行") for number in range(20) if number != 3]
    assert list(_ocr_pages._lines(_PICTURE, _CountingEngine([]))) == []


def test_stripes_of_a_damaged_picture_are_given_up_before_all_are_looked_at() -> None:
    stripes = _CountingEngine([False] * 1000)
    assert list(_ocr_pages._lines(_PICTURE, stripes)) == []
    assert len(stripes.read) < 30
    below = _CountingEngine([True] * 40 + [False] * 960)  # the picture of a page is whole at the top alone
    assert list(_ocr_pages._lines(_PICTURE, below)) == []
    assert len(below.read) < 60


def test_a_page_full_of_print_is_read_to_its_end() -> None:
    assert len(list(_ocr_pages._lines(_PICTURE, _CountingEngine([number % 10 > 0 for number in range(1000)])))) == 900


def test_a_strip_too_thin_for_a_line_is_not_looked_at() -> None:
    assert list(_ocr_pages._lines(SimpleNamespace(shape=(4000, 2, 3)), None)) == []


@installed
def test_a_scan_says_what_the_page_says() -> None:
    scan, page = (analyse(read_bytes(data, suffix=".pdf")) for data in (as_scan(), as_pdf()))
    said = [[(fact.quantity.value, fact.quantity.unit, fact.kind) for fact in report.facts] for report in (scan, page)]
    assert said[0] == said[1]
    assert len(said[0]) > 25 and SAMPLE
