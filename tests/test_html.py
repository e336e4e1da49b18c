"""The page of a report: every number once, every link leads somewhere, nothing from outside, and whatever a document holds is text."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import Counter
from dataclasses import dataclass, field, replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extract
from extract import report as reports
from extract.coverage import coverage
from extract.suppressions import Suppression, suppress
from extract.types import Check, Document, Finding, Remark, Report, Span
from extract.writers import Lang, View
from extract.writers._html.cases import cases
from extract.writers._html.marks import marks
from extract.writers._html.page import asset
from extract.writers._html.tags import clean, tag
from tests import made
from tests.test_cli import WRONG, heshu

DOCUMENTS = Path(__file__).resolve().parents[1] / "annotations/documents"
VOID = {"meta", "link", "input", "br", "hr", "!doctype"}
BIDI = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)//",
    "]]></style><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "<!-- <!DOCTYPE html> -->",
    "&lt;b&gt; &amp; &#0;",
    "检查\x00企业\x1b[31m\x7f\x85",
    "共\u202e021\u202c家\u2066\u2069",
    "javascript:alert(1)",
    "\ud800\udfff\ufffe\U0001ffff",
    "\u2028\u2029{{7*7}}${7*7}",
]
ANY = st.text(st.one_of(st.characters(), st.sampled_from("<>&\"'/\x00\u202e\u2028")), max_size=40) | st.sampled_from(HOSTILE)


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    inside: tuple[str, ...]
    """The ids and names of the elements around it, the outermost first."""
    text: str = ""


@dataclass
class Page:
    """A page as a strict parser reads it: each element in the order of the text, with all the text in it."""

    source: str
    elements: list[Element] = field(default_factory=list)

    def all(self, name: str = "", class_: str = "", **attributes: str) -> list[Element]:
        return [
            element
            for element in self.elements
            if (not name or element.name == name)
            and (not class_ or class_ in element.attributes.get("class", "").split())
            and all(element.attributes.get(key.replace("_", "-")) == value for key, value in attributes.items())
        ]

    def id(self, identity: str) -> Element:
        [found] = [element for element in self.elements if element.attributes.get("id") == identity]
        return found


class _Strict(HTMLParser):
    """Complains about what a browser would silently mend."""

    def __init__(self, page: Page) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self.open: list[Element] = []

    def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({key for key, _ in attrs}) == len(attrs), "an attribute twice"
        around = tuple(element.attributes.get("id") or element.name for element in self.open)
        assert not (name in {"p", "div", "ul", "ol", "table", "section", "h3", "h4"} and any(element.name == "p" for element in self.open)), around
        element = Element(name, {key: value or "" for key, value in attrs}, around)
        self.page.elements.append(element)
        if name not in VOID:
            self.open.append(element)

    def handle_endtag(self, name: str) -> None:
        assert self.open.pop().name == name

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment")


def parsed(source: str) -> Page:
    """The page, after everything was looked at that holds for every page."""
    page = Page(source)
    parser = _Strict(page)
    parser.feed(source)
    parser.close()
    assert not parser.open
    source.encode("utf-8")
    assert not re.search(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{BIDI}\ufffe\uffff]", source)
    ids = Counter(element.attributes["id"] for element in page.elements if "id" in element.attributes)
    assert not [identity for identity, count in ids.items() if count > 1]
    for element in page.elements:
        assert not [key for key in element.attributes if key.startswith("on") or key in {"style", "srcdoc", "action", "formaction"}]
        address = element.attributes.get("href", element.attributes.get("src"))
        assert address is None or address == "data:," or address[1:] in ids, address
        for key in ("aria-labelledby", "aria-describedby", "for"):
            assert all(identity in ids for identity in element.attributes.get(key, "").split())
        assert all(identity in ids for identity in element.attributes.get("data-cases", "").split())
    assert [script.attributes for script in page.all("script")] == [{"type": "application/json", "id": "facts"}, {}]
    json.loads(page.id("facts").text)
    policy = page.all("meta", http_equiv="Content-Security-Policy")[0].attributes["content"]
    hashes = {kind: re.search(rf"{kind}-src '([^']+)'", policy) for kind in ("script", "style")}
    [style] = page.all("style")
    for kind, text in (("script", page.all("script")[1].text), ("style", style.text)):
        found = hashes[kind]
        assert found is not None and found[1] == f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
    assert policy.startswith("default-src 'none';") and "unsafe" not in policy and "http" not in policy
    return page


def page_of(found: Report, lang: Lang = "zh") -> Page:
    return parsed(reports.write(found, "html", View(lang=lang)))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", clean(text))


def text_of(document: Document) -> str:
    """The words of the document without white space and without the marks of Markdown headings."""
    words = "\n".join(re.sub(r"^#{1,6}\s+", "", block.span.of(document.text)) for block in document.blocks)
    return squeezed(words)


def shown_text(page: Page, found: Report) -> str:
    """The words of the document on the page, without what the reading text leaves out (page numbers)."""
    words = squeezed(page.id("text").text)
    for left in marks(found, cases(found, "zh")).left:
        words = words.replace(squeezed(left.words), "", 1)
    return words


@pytest.fixture(scope="module", params=["written-01", "written-03", "written-05"])
def real(request: pytest.FixtureRequest) -> Report:
    return extract.check(DOCUMENTS / f"{request.param}.txt")


# --- What is on it ----------------------------------------------------------------------------------------------------


def test_every_number_is_there_once_with_what_became_of_it(real: Report) -> None:
    page = page_of(real)
    numbers = page.all(class_="n")
    accounts = coverage(real)
    assert len(numbers) == len(accounts)
    assert Counter(squeezed(number.text) for number in numbers) == Counter(squeezed(_read(real, account.place)) for account in accounts)
    assert all(number.text and "text" in number.inside and number.attributes["title"] for number in numbers)
    told = Counter(account.status for account in accounts)
    states = Counter(number.attributes["data-state"] for number in numbers)
    assert states["not_a_fact"] == told["not_a_fact"]
    assert states["pass"] + states["fail"] + states["review"] == told["checked"]
    reasons = {number.attributes["title"] for number in numbers if number.attributes["data-state"] == "not_checked"}
    assert all("：" in reason for reason in reasons)


def _read(found: Report, place: Span) -> str:
    """The characters of a source place as the reading text has them; those that it leaves out as they are."""
    document = found.document
    reading = document.reading_span(place)
    return reading.of(document.text) if len(reading) else place.of(document.source)


def test_the_words_of_the_document_are_all_there_in_order(real: Report) -> None:
    assert shown_text(page_of(real), real) == text_of(real.document)


def test_every_finding_is_there_with_its_places(real: Report) -> None:
    page = page_of(real)
    assert len(page.all("article", "case")) == len(cases(real, "zh"))
    for finding in real.findings:
        article = page.id(finding.id)
        assert finding.code in article.text and clean(finding.message) in article.text
        for line in filter(None, finding.arithmetic.split("；")):
            assert line in article.text
        assert bool(finding.repair) == bool([e for e in page.all("ins") if finding.id in e.inside])
        links = [e.attributes["href"][1:] for e in page.all("a") if finding.id in e.inside and "ol" in e.inside[e.inside.index(finding.id) :]]
        assert set(finding.facts) <= set(links)
        for fact in finding.facts:
            number = page.id(fact)
            assert number.name == "a" and finding.id in number.attributes["data-cases"].split()
            assert number.attributes["data-state"] == "fail" or finding.severity == "info"


def test_headings_are_an_outline_and_tables_are_tables(real: Report) -> None:
    page = page_of(real)
    for index, section in enumerate(real.document.sections):
        heading = page.id(f"s{index}")
        assert squeezed(section.title) in squeezed(heading.text)
        assert heading.name in {"h3", "h4", "h5", "h6"} or heading.attributes["role"] == "heading"
    drawn = [element for element in page.all("table") if "text" in element.inside]
    assert len(drawn) == len(real.document.tables)
    for table, element in zip(real.document.tables, drawn, strict=True):
        words = element.text
        for between in page.all("p", "between"):
            if "table" in between.inside:
                words = words.replace(between.text, "", 1)
        assert squeezed(words) == squeezed("".join(cell.text for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column))))


def test_the_cause_stands_out_among_the_numbers_of_a_finding() -> None:
    page = page_of(made.report())
    assert [number.text for number in page.all(class_="cause")] == ["120"]
    assert [(n.text, n.attributes["data-state"]) for n in page.all(class_="n") if n.name == "a"] == [
        ("一", "not_a_fact"), ("120", "fail"), ("70", "fail"), ("60", "fail"),
    ]  # fmt: skip


def test_a_place_that_is_no_number_is_marked_and_led_to() -> None:
    page = page_of(made.report())
    links = [e.attributes["href"] for e in page.all("a") if "x2" in e.inside]
    assert links == ["#n2", "#x2-2"]
    assert page.id("x2-2").text == "二、"


def test_what_is_not_assessable_says_why() -> None:
    page = page_of(made.report())
    assert page.id("f4").attributes["title"] == "未核对：有关联但无法判断：单位不明"
    assert page_of(made.report(), "en").id("f4").attributes["title"].startswith("not checked: related, but not assessable")


def test_what_is_suppressed_is_folded_away_with_its_reason() -> None:
    found = suppress(made.report(), [Suppression(fingerprint="0f1e2d3c", reason="合计含上年结转<b>", who="王", date="2026-11-22")])
    page = page_of(found)
    article = page.id("x1")
    assert article.attributes["data-weight"] == "suppressed" and "details" in article.inside
    assert "合计含上年结转<b> · 王 · 2026-11-22" in article.text
    assert page.id("f1").attributes["data-state"] == "suppressed"
    assert not page.all(class_="cause")


def test_what_is_left_for_review_stands_behind_the_findings() -> None:
    found = made.report()
    doubt = Check(id="c4", code="R301", type="ratio", roles={"num": "f2", "den": "f5"}, verdict="review", arithmetic="70 ÷ 1300.5", note="口径不明")
    page = page_of(replace(found, checks=(*found.checks, doubt)))
    article = page.id("c4")
    assert article.attributes["data-weight"] == "review" and "details" in article.inside
    assert "“检查企业”：口径不明" in article.text
    assert page.id("f5").attributes["data-state"] == "review"
    assert page.id("f2").attributes["data-state"] == "fail"


def test_a_remark_accuses_no_number() -> None:
    found = made.report()
    page = page_of(replace(found, findings=(replace(found.findings[0], severity="info", preview=True),)))
    assert page.id("f1").attributes["data-state"] == "review"
    assert "试行" in page.id("x1").text


def test_a_clean_report_says_so_and_has_no_list() -> None:
    page = page_of(made.report(found=False))
    assert "没有发现相互矛盾的数字" in page.id("findings").text
    assert not page.all("article", "case") and not page.all(class_="bars")


def test_it_speaks_english_around_the_chinese() -> None:
    page = page_of(made.report(), "en")
    assert page.all("html")[0].attributes["lang"] == "en" and page.id("text").attributes["lang"] == "zh-Hans"
    assert "The parts of 检查企业 do not reach the total" in page.id("x1").text
    ours = [e.text for e in page.all("h2") + page.all("button") + page.all("dt") + page.all("summary") if "text" not in e.inside]
    assert not [words for words in ours if re.search("[一-龥]", words)]


def test_charts_say_in_words_what_they_draw() -> None:
    page = page_of(made.report())
    drawn = [e for e in page.all("rect") if "data-state" in e.attributes and "figure" not in e.inside]
    bar = [(e.attributes["data-state"], float(e.attributes["width"])) for e in drawn]
    assert [state for state, _ in bar] == ["fail", "pass", "not_checked", "not_a_fact"]
    assert sum(width for _, width in bar) == pytest.approx(100, abs=0.1)
    assert page.all("ul", "legend")[0].text == "涉及疑点343%相符114%未核对114%不是事实229%"
    assert [button.text for button in page.all("button") if "data-code" in button.attributes] == ["N702 序号重复1", "S201 分项与总数1"]
    rows = [row.text for row in page.all("tr") if "text" not in row.inside]
    assert rows == ["南溪区 · 一、检查情况120家", "甲镇 · 一、检查情况70家", "乙镇 · 一、检查情况60家"]
    assert all(svg.attributes["aria-hidden"] == "true" for svg in page.all("svg"))


def test_pages_and_cells_of_a_file_are_named() -> None:
    found = made.report()
    at = found.document.source.index("二、")
    places = (extract.types.Place(0, 1), extract.types.Place(at, 2))
    page = page_of(replace(found, document=replace(found.document, places=places, remarks=(Remark("第3页没有文字", "page 3 has no text"),))))
    assert page.id("page-2").text == "第2页"
    assert "第1页" in page.id("x1").text
    assert page.all(class_="remarks")[0].text == "第3页没有文字"
    cells = (extract.types.Place(0, 0, "收支总表!B2"),)
    assert "收支总表!B2" in page_of(replace(found, document=replace(found.document, places=cells))).id("x1").text


def test_a_cell_is_quoted_by_the_headings_of_its_own_half() -> None:
    rows = "项目 决算数 项目 决算数", "事业收入 15.20 教育支出 11.30", "其他收入 3.10 住房支出 7.00", "本年收入 18.30 本年支出 18.30"
    found = extract.check("收支总表\n" + "\n".join(row.replace(" ", "\t") for row in rows) + "\n")
    at = found.document.text.index("7.00")
    finding = replace(made.report().findings[1], places=(Span(at, at + 4),))
    assert "住房支出 › 决算数：7.00" in page_of(replace(found, findings=(finding,))).id("x2").text


def test_a_page_that_ends_between_two_rows_is_said_between_them() -> None:
    found = made.report()
    at = found.document.source.index("=其中人员")
    places = (extract.types.Place(0, 1), extract.types.Place(at, 2))
    page = page_of(replace(found, document=replace(found.document, places=places)))
    rows = [row.text for row in page.all("tr") if "text" in row.inside]
    assert rows == ["项目金额（万元）", "合计1,300.5", "第2页", "=其中人员-"]
    # Not into a cell that reaches over both.
    [table] = found.document.tables
    tall = (*table.cells[:2], table.cells[2]._replace(row_span=2), *table.cells[3:])
    document = replace(found.document, places=places, tables=(replace(table, cells=tall),))
    text = page_of(replace(found, document=document)).id("text").text
    assert text.index("第2页") > text.index("=其中人员")


# --- What it must survive ---------------------------------------------------------------------------------------------


def hostile(words: str) -> Report:
    """The report with the words wherever a document, a file name or a person can put some."""
    found = made.report(path=f"reports/{words}.txt")
    finding = replace(found.findings[0], message=words, message_en=words, arithmetic=words)
    facts = tuple(replace(fact, mention=replace(fact.mention, text=words), subject=words, period=words, qualifiers=(words,)) for fact in found.facts)
    links = tuple(replace(link, name=words) for link in found.links)
    checks = tuple(replace(check, arithmetic=words, note=words) for check in found.checks)
    document = replace(
        found.document,
        name=words,
        about=replace(found.document.about, title=words, org=words, region=words, year=words),
        remarks=(Remark(words, words),),
        tables=tuple(replace(table, title=words, headers=((words,), (words,))) for table in found.document.tables),
        sections=tuple(replace(section, title=words) for section in found.document.sections),
    )
    changed = replace(found, document=document, facts=facts, links=links, checks=checks, findings=(finding, *found.findings[1:]))
    return suppress(changed, [Suppression(fingerprint="4b5a6978", reason=words, who=words, date=words)])


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whatever_is_said_is_text(words: str, lang: Lang) -> None:
    page = page_of(hostile(words), lang)
    plain = page_of(made.report(), lang)
    assert {element.name for element in page.elements} <= {element.name for element in plain.elements} | {"ul"}
    assert clean(words).strip() in page.id("x1").text
    assert clean(words) in page.all("h1")[0].text


@given(ANY)
@settings(max_examples=60, deadline=None)
def test_any_words_are_text(words: str) -> None:
    page = page_of(hostile(words))
    assert squeezed(words) in squeezed(page.id("x1").text)


LINES = ["全年检查企业120家，其中化工70家、机械60家。", "一、情况", "（一）检查。全年检查2次", "项目\t金额\n甲\t12\n乙\t<b>", "— 12 —", "## 二、3家"]


@given(st.lists(ANY.filter(lambda text: text == text.encode("utf-8", "ignore").decode()) | st.sampled_from(LINES), max_size=6))
@settings(max_examples=40, deadline=None)
def test_any_document_is_shown_whole(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = extract.check(text + "\n共3家。")
    page = page_of(found)
    assert shown_text(page, found) == text_of(found.document)
    assert len(page.all(class_="n")) == len(coverage(found))


@given(st.lists(st.tuples(st.integers(0, len(made.TEXT)), st.integers(0, 12)), max_size=6))
@settings(max_examples=60, deadline=None)
def test_places_may_lie_across_each_other_numbers_and_blocks(places: list[tuple[int, int]]) -> None:
    found = made.report()
    spans = tuple(Span(start, min(start + length, len(made.TEXT))) for start, length in places)
    finding: Finding = replace(found.findings[1], places=spans)
    changed = replace(found, findings=(found.findings[0], finding))
    page = page_of(changed)
    assert shown_text(page, changed) == text_of(found.document)
    assert len(page.all(class_="n")) == len(coverage(changed))
    links = [e.attributes["href"] for e in page.all("a") if "x2" in e.inside]
    assert len(links) == len(cases(changed, "zh")[1].places)
    for link in links:
        assert link == "#text" or "x2" in page.id(link[1:]).attributes["data-cases"].split()
    assert links.count("#text") <= sum(not place.span.of(made.TEXT).strip() for place in cases(changed, "zh")[1].places)


def test_every_way_to_reverse_text_is_seen() -> None:
    assert clean("共\u202e021\u202c家") == "共⟨RLO⟩021⟨PDF⟩家"
    assert clean("\x00\x1f\x85\ud800") == "␀␟\ufffd\ufffd"
    assert not re.search(f"[{BIDI}]", clean(BIDI))


def test_elements_escape_what_is_put_into_them() -> None:
    assert tag("p", {"class": 'a"b', "hidden": True, "id": None}, "<b>", tag("i", "&")) == '<p class="a&#34;b" hidden>&lt;b&gt;<i>&amp;</i></p>'


def test_the_page_grows_with_the_document_and_no_faster() -> None:
    text = WRONG.partition("\n")[2]
    sizes = [len(reports.write(extract.check("报告\n" + text * count), "html")) for count in (50, 100, 200)]
    assert sizes[2] - sizes[1] < 2.2 * (sizes[1] - sizes[0])


# --- The style and the script -----------------------------------------------------------------------------------------


def test_style_and_script_ask_for_nothing_and_cannot_end_early() -> None:
    for name in ("page.css", "page.js"):
        text = asset(name)
        assert not re.search(r"https?:|//[a-z]+\.|url\(|@import|@font-face|fetch\(|XMLHttp|innerHTML|eval\(|localStorage|</", text), name


def _luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[n : n + 2], 16) / 255) for n in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(first: str, second: str) -> float:
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_words_stand_out_from_what_is_behind_them(scheme: int) -> None:
    """WCAG 2.2, 1.4.3 (AA): 4.5 to 1 for text; 1.4.11: 3 to 1 for what carries meaning without words."""
    blocks = re.findall(r":root \{(.*?)\}", asset("page.css"), re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[scheme]))
    for ink in ("ink", "muted", "link"):
        for ground in ("paper", "sheet", "wash"):
            assert _contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    for tone in ("fail", "warn", "review", "pass", "info"):
        for ground in ("sheet", "paper", f"{tone}-wash"):
            assert _contrast(colours[tone], colours[ground]) >= 4.5, (tone, ground)
        assert _contrast(colours["ink"], colours[f"{tone}-wash"]) >= 4.5
    assert _contrast(colours["on-here"], colours["here"]) >= 4.5
    assert _contrast(colours["idle"], colours["sheet"]) >= 3


# --- At the command line ----------------------------------------------------------------------------------------------


def test_a_page_a_document_into_a_folder(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(WRONG, encoding="utf-8")
    done = heshu("check", "a.txt", "b.txt", "--format", "html", cwd=tmp_path)
    assert done.returncode == 2 and "--output-dir" in done.stderr
    done = heshu("check", "a.txt", "b.txt", "--format", "html", "--output-dir", "out", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 1
    for name in ("a", "b"):
        page = parsed((tmp_path / f"out/{name}.html").read_text(encoding="utf-8"))
        assert page.all("article", "case")


def test_the_same_document_gives_the_same_page() -> None:
    assert reports.write(made.report(), "html") == reports.write(made.report(), "html")
