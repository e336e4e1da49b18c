"""The page of a report in a real browser: by mouse, by keyboard, in the dark, on a telephone and on paper; it asks nobody for anything."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

import extract
from extract import report as reports
from extract.writers import View
from tests import made
from tests.browser import Opened
from tests.test_html import HOSTILE, hostile, parsed

SAMPLE = Path(__file__).resolve().parents[1] / "annotations/documents/written-01.txt"
Open = Callable[..., Opened]
IN_SIGHT = "e => { const r = e.getBoundingClientRect(); return r.top > 0 && r.bottom < innerHeight; }"


DOUBT = '[data-group="review"] .case'
"""The relations that are left for review; they are folded away."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "样本.html"
    reports.save(reports.write(extract.check(SAMPLE), "html", View()), path)
    return path.as_uri()


def quiet(opened: Opened) -> None:
    """Nothing was complained about, and nothing was asked for but the page."""
    assert opened.complaints == []
    assert len(opened.requests) == 1 and opened.requests[0].startswith("file:")


def test_the_browser_reads_what_was_written(open_page: Open, sample: str, tmp_path: Path) -> None:
    for source in (sample, *_hostile_pages(tmp_path)):
        opened = open_page(source)
        page = parsed(Path(opened.page.evaluate("decodeURIComponent(location.pathname)")).read_text(encoding="utf-8"))
        told = opened.page.evaluate("[...document.querySelectorAll('*')].map(e => e.localName + '#' + e.id)")
        # Nothing was moved, closed or added on the way.
        assert told == [f"{e.name}#{e.attributes.get('id', '')}" for e in page.elements if e.name != "!doctype"]
        quiet(opened)


def _hostile_pages(folder: Path) -> list[str]:
    addresses = []
    for number, words in enumerate(HOSTILE):
        path = folder / f"{number}.html"
        reports.save(reports.write(hostile(words), "html"), path)
        addresses.append(path.as_uri())
    return addresses


def test_what_gets_past_the_escaping_may_still_not_run(open_page: Open, tmp_path: Path) -> None:
    """The policy of the page holds by itself: a script that stood in it, a style, a picture, a handler of an event."""
    text = reports.write(made.report(), "html").replace(
        "<main", "<script>window.ran = 1</script><img src='http://127.0.0.1:9/x.png' onerror='window.ran = 2'><p id=odd style='color: red'>x</p><main"
    )
    path = tmp_path / "broken.html"
    reports.save(text, path)
    opened = open_page(path.as_uri())
    assert opened.page.evaluate("[window.ran ?? null, getComputedStyle(document.getElementById('odd')).color === 'rgb(255, 0, 0)']") == [None, False]
    assert len(opened.complaints) >= 3 and all("Content Security Policy" in line for line in opened.complaints)


def test_a_click_leads_from_a_finding_to_its_place_and_back(open_page: Open, sample: str) -> None:
    opened = open_page(sample, viewport={"width": 1400, "height": 800})
    page = opened.page
    link = page.locator("#x4 .places a").last
    target = page.locator(link.get_attribute("href") or "")
    assert not target.evaluate("e => e.classList.contains('here')")
    link.click()
    page.wait_for_function(IN_SIGHT, arg=target.element_handle())
    assert target.evaluate("e => [e.classList.contains('on'), e.classList.contains('here'), document.activeElement === e]") == [True, True, True]
    assert page.locator("#text .on").count() == 3
    assert page.locator("#x4").get_attribute("aria-current") == "true"
    page.locator("#text [data-cases~=x3]").first.click()
    assert page.locator("#x3").get_attribute("aria-current") == "true"
    assert page.locator("#x4").get_attribute("aria-current") is None
    assert page.locator("#text .on").count() == 5
    told = page.locator("#inspector").inner_text()
    assert "286条" in told and "97 + 121 + 14 + 58" in told
    page.locator("#inspector a").first.click()
    assert page.evaluate("document.activeElement.id") == "x3"
    assert page.locator("#inspector").is_hidden()
    quiet(opened)


def test_keys_walk_through_findings_places_and_numbers(open_page: Open, sample: str) -> None:
    # Nothing moves by itself: a page that still scrolls when it is clicked is clicked somewhere else.
    opened = open_page(sample, viewport={"width": 1400, "height": 800}, reduced_motion="reduce")
    page = opened.page

    def at() -> str:
        return str(page.evaluate("document.activeElement.id"))

    steps = []
    for key in ("j", "j", "k", "k", "j", "j", "j", "j"):
        page.keyboard.press(key)
        steps.append(at())
    # Both ends stay where they are; what is folded away is passed over.
    assert steps == ["x1", "x2", "x1", "x1", "x2", "x3", "x4", "x4"]
    places = [link[1:] for link in page.locator("#x4 .places a").evaluate_all("links => links.map(link => link.hash)")]
    steps = []
    for _ in range(4):
        page.keyboard.press("Enter")
        steps.append(at())
    assert steps == [*places, places[0]]
    page.keyboard.press("Escape")
    assert at() == "x4" and page.locator("#text .here").count() == 0
    page.keyboard.press("n")
    assert at() != "x4" and page.locator("#inspector").is_visible()
    first = at()
    page.keyboard.press("n")
    page.keyboard.press("p")
    assert at() == first
    page.keyboard.press("/")
    assert at() == "search"
    page.keyboard.type("jn")
    assert page.locator("#search").input_value() == "jn"
    page.keyboard.press("Escape")
    page.locator(".keys summary").click()
    page.locator("#keys").uncheck()
    page.locator("h1").click()
    before = at()
    page.keyboard.press("j")
    assert at() == before
    quiet(opened)


def test_tab_reaches_everything_in_the_order_of_the_page(open_page: Open, sample: str) -> None:
    opened = open_page(sample, viewport={"width": 1400, "height": 800})
    page = opened.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.closest('[id]').id"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none" or seen[-1] == "filters"
    assert seen[:5] == ["filters", "filters", "filters", "rule", "search"]
    assert "x1" in seen and "x2" in seen and seen.index("x1") < seen.index("x2")


def test_filters_leave_what_is_wanted(open_page: Open, sample: str) -> None:
    opened = open_page(sample, viewport={"width": 1400, "height": 900})
    page = opened.page

    def shown() -> list[str]:
        return list(page.locator(".case").evaluate_all("all => all.filter(e => !e.parentElement.hidden).map(e => e.id)"))

    everything = shown()
    assert everything[:4] == ["x1", "x2", "x3", "x4"]
    page.locator("#rule").select_option("S201")
    assert shown() == ["x3"] and "1 / " in page.locator("#status").inner_text()
    page.locator("#rule").select_option("-")
    page.locator(".bars button[data-code=D101]").click()
    assert shown() == ["x4"] and page.locator("#rule").input_value() == "D101"
    page.locator(".bars button[data-code=D101]").click()
    page.locator("#search").fill("培训 6840")
    assert shown() == ["x4"]
    page.locator("#search").fill("没有这样的话")
    assert shown() == []
    page.locator("#search").fill("")
    for weight in ("error", "warning"):
        page.locator(f"input[value={weight}]").evaluate("box => box.click()")
    assert not [identity for identity in shown() if identity.startswith("x")] and shown()
    for weight in ("error", "warning"):
        page.locator(f"input[value={weight}]").evaluate("box => box.click()")
    assert shown() == everything
    # A number leads to its finding even where a filter hides it.
    page.locator("#rule").select_option("S201")
    page.locator("#f119").click()
    assert shown() == everything and page.locator("#x4").get_attribute("aria-current") == "true"
    underline = "e => getComputedStyle(e).textDecorationLine"
    number = page.locator("#text .n[data-state=pass]").first
    assert number.evaluate(underline) == "underline"
    page.locator(".states button[data-state=pass]").click()
    assert number.evaluate(underline) == "none"
    page.locator(".states button[data-state=pass]").click()
    assert number.evaluate(underline) == "underline"
    quiet(opened)


def test_one_indicator_is_drawn_at_a_time(open_page: Open, sample: str) -> None:
    page = open_page(sample).page
    assert page.locator(".indicator:visible").count() == 1
    first = page.locator(".indicator:visible").inner_text()
    page.locator("#indicator").select_option(index=1)
    assert page.locator(".indicator:visible").count() == 1
    assert page.locator(".indicator:visible").inner_text() != first


def test_it_is_dark_where_that_is_preferred(open_page: Open, sample: str) -> None:
    colours = "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    light = open_page(sample, color_scheme="light")
    dark = open_page(sample, color_scheme="dark")
    assert light.page.evaluate(colours) == ["rgb(247, 246, 243)", "rgb(29, 28, 26)"]
    assert dark.page.evaluate(colours) == ["rgb(20, 20, 18)", "rgb(235, 232, 225)"]
    quiet(dark)


def test_a_telephone_shows_it_without_scrolling_sideways(open_page: Open, sample: str) -> None:
    opened = open_page(sample, viewport={"width": 360, "height": 740}, has_touch=True)
    page = opened.page
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.locator("#x2 .places a").first.tap()
    page.wait_for_function(IN_SIGHT, arg=page.locator("#text .here").element_handle())
    assert page.locator("#inspector").is_visible()
    page.locator("#inspector a").first.tap()
    page.wait_for_function(IN_SIGHT, arg=page.locator("#x2 h3").element_handle())
    quiet(opened)


def test_paper_gets_everything_and_no_buttons(open_page: Open, sample: str) -> None:
    opened = open_page(sample)
    page = opened.page
    doubt = page.locator(DOUBT).first
    assert doubt.is_hidden()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert doubt.is_visible()
    assert not [e for e in page.locator(".scripted").all() if e.is_visible()]
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert doubt.is_hidden()
    assert page.pdf().startswith(b"%PDF")


def test_a_wide_table_keeps_its_columns_readable(open_page: Open, tmp_path: Path) -> None:
    months = range(1, 13)
    spent = {"危险化学品安全监督管理科": Decimal("10.57"), "办公室": Decimal("21.23"), "执法大队": Decimal("8.41")}
    rows = [["单位", *(f"{month}月支出（万元）" for month in months), "备注"]]
    rows += [[name, *(str(each * month) for month in months), "含上年结转资金，已按规定履行报批程序"] for name, each in spent.items()]
    rows.append(["合计", *(str(sum(spent.values()) * month) for month in months[:-1]), "482.55", ""])
    source = tmp_path / "支出.csv"
    source.write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    path = tmp_path / "支出.html"
    reports.save(reports.write(extract.check(source), "html"), path)
    opened = open_page(path.as_uri(), viewport={"width": 1280, "height": 800})
    page = opened.page
    for cell in page.locator(".wordy").all():
        assert cell.evaluate("e => e.clientWidth / parseFloat(getComputedStyle(e).fontSize)") >= 8
    number = page.locator(".n[data-state=fail]").first
    assert number.evaluate("e => e.getClientRects().length") == 1, "a number and its mark stand in one line"
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    page.emulate_media(media="print")
    assert page.locator(".table.wide").evaluate("e => getComputedStyle(e.parentElement).page") == "crosswise"


def test_without_scripts_every_link_still_leads_there(open_page: Open, sample: str) -> None:
    page = open_page(sample, java_script_enabled=False, viewport={"width": 1400, "height": 800}).page
    page.locator("#x4 .places a").last.click()
    assert page.url.endswith("#f119")
    assert page.locator(".scripted").first.is_hidden()
    page.locator("#f119").click()
    assert page.url.endswith("#x4")


def test_an_address_may_name_a_finding(open_page: Open, sample: str) -> None:
    doubt = open_page(sample).page.locator(DOUBT).first.get_attribute("id")
    page = open_page(f"{sample}#{doubt}").page
    assert page.locator(f"#{doubt}").get_attribute("aria-current") == "true"
    assert page.locator(f"#{doubt}").is_visible()
