"""The review page as auditors use it, in a real browser: upload, read, decide, reload, a second tab, a crash, a full disk, export."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from extract.review.decisions import FILE_NAME, Decisions
from extract.review.folder import identity
from tests.browser import Opened
from tests.test_cli import HESHU, RIGHT, WRONG

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Dialog, Page

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is Unix")
TWO = f"{WRONG}二、培训情况\n全年培训300人次，其中机关150人次、企业180人次。\n三、宣传情况\n共发放资料1000份，其中手册700份，占80%。\n"
HOSTILE = "<img src=x onerror=alert(1)>\"'&</script><script>alert(2)</script>"
Open = Callable[..., Opened]
_PATIENCE = 120_000
"""Milliseconds: a process that analyses gives way to everything else on the machine."""


class Served:
    """``heshu review`` of a folder, as a process of its own."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder = folder
        self._cache = cache
        self.process: subprocess.Popen[str] | None = None
        self.address = ""
        self.start()

    def start(self) -> None:
        environment = {**os.environ, "XDG_CACHE_HOME": str(self._cache)}
        command = [str(HESHU), "review", ".", "--no-browser", "--model", "patterns", "--who", "王"]
        self.process = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()
        assert self.address.startswith("http://127.0.0.1:"), "no address was printed"

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        assert self.process.wait() == -signal.SIGKILL

    def stop(self) -> int:
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=_PATIENCE / 1000)

    @property
    def origin(self) -> str:
        return self.address.partition("/?")[0]

    def at(self, name: str) -> str:
        return f"{self.origin}/documents/{identity(name)}"

    def standing(self) -> list[tuple[str, str, str]]:
        """State, reason and comment of every decision that stands in the file."""
        with Decisions(self.folder / FILE_NAME) as decisions:
            return sorted((one.state, one.reason, one.comment) for one in decisions.standing().values())


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def served(tmp_path: Path, cache: Path, chromium: object) -> Iterator[Served]:
    (tmp_path / "甲报告.txt").write_text(TWO, encoding="utf-8")
    found = Served(tmp_path, cache)
    yield found
    found.stop()


def reading(page: Page, served: Served, name: str = "甲报告.txt") -> Page:
    """The page of a report, once it is analysed."""
    page.goto(served.at(name))
    page.wait_for_selector(".entry.current")
    return page


def visited(open_page: Open, served: Served, **options: Any) -> Opened:
    """The browser at the list of reports, the key exchanged."""
    opened = open_page(served.address, **options)
    opened.page.context.set_default_timeout(_PATIENCE)
    opened.page.wait_for_selector("#rows")
    opened.page.wait_for_load_state("load")  # a key that is pressed before the script runs is lost
    return opened


def tab(opened: Opened) -> Page:
    context: BrowserContext = opened.page.context
    return context.new_page()


def saved(page: Page) -> None:
    """Everything that was said is on the disk."""
    page.wait_for_selector(".entry.pending", state="detached")
    page.wait_for_selector("#unsaved", state="detached")


def states(page: Page) -> list[str]:
    return [str(entry.get_attribute("data-state")) for entry in page.query_selector_all("#entries > .entry")]


def test_an_auditor_works_through_a_report(served: Served, open_page: Open, tmp_path_factory: pytest.TempPathFactory) -> None:
    opened = visited(open_page, served, viewport={"width": 1440, "height": 900})
    page = opened.page
    page.wait_for_selector("tr[data-state=todo]")
    assert "key=" not in page.url

    file = tmp_path_factory.mktemp("elsewhere") / "乙报告.txt"
    file.write_text(WRONG, encoding="utf-8")
    page.set_input_files("#files", file)
    page.wait_for_selector(f'tr[data-id="{identity("乙报告.txt")}"][data-state=todo]')
    assert (served.folder / "乙报告.txt").read_text(encoding="utf-8") == WRONG

    page.click("text=乙报告.txt")
    page.wait_for_selector(".entry.current")
    page.click(".entry.current .places a >> nth=1")
    assert page.inner_text("#text .focus") == "70"
    page.wait_for_selector("#inspector:has-text('企业')")
    page.click("#text .n:has-text('120')")
    assert page.inner_text("#text .focus") == "120"
    page.click(".entry.current [data-act=dismiss]")
    page.keyboard.press("Enter")
    assert page.query_selector(".said"), "without a reason nothing is dismissed"
    page.keyboard.type("合计含上年结转，见附注三")
    page.keyboard.press("Enter")
    saved(page)
    assert served.standing() == [("dismissed", "合计含上年结转，见附注三", "")]

    page.reload()
    page.wait_for_selector(".entry[data-state=dismissed]:has-text('合计含上年结转，见附注三'):has-text('王')")
    assert page.inner_text("#decided") == "已处理 1 / 1"
    with page.expect_download() as download:
        page.click("text=导出底稿")
    assert download.value.suggested_filename == "工作底稿-乙报告.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    values = [str(value) for row in book.worksheets[0].iter_rows(values_only=True) for value in row if value]
    assert any(value.startswith("忽略：合计含上年结转，见附注三（王 ") for value in values)

    page.keyboard.press("l")
    page.wait_for_selector("tr[data-state=done]")
    page.fill("#search", "甲")
    page.wait_for_selector(f'tr[data-id="{identity("乙报告.txt")}"]', state="hidden")
    assert page.locator("tr[data-id]:visible").count() == 1
    assert opened.complaints == []
    assert {re.sub(r"^(\w+://[^/]*).*", r"\1", request) for request in opened.requests} == {served.origin}


def test_all_of_it_can_be_done_by_keys(served: Served, open_page: Open) -> None:
    opened = visited(open_page, served)
    page = opened.page
    page.wait_for_selector("tr[data-state=todo]")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector(".entry.current")
    count = len(states(page))
    assert count >= 2
    page.keyboard.press("a")
    saved(page)
    assert states(page)[:2] == ["accepted", "open"]
    assert page.get_attribute(".entry.current", "data-case") == page.get_attribute("#entries > .entry >> nth=1", "data-case"), "on to the next"
    page.keyboard.press("d")
    page.keyboard.type("adu")  # letters in a field are letters
    page.keyboard.press("Escape")
    assert not page.query_selector(".said")
    page.keyboard.press("c")
    page.keyboard.type("请提供台账")
    page.keyboard.press("Control+Enter")
    saved(page)
    page.keyboard.press("k")
    page.keyboard.press("u")
    saved(page)
    assert states(page)[0] == "open"
    assert ("open", "", "请提供台账") in served.standing()
    page.keyboard.press("a")
    saved(page)
    page.keyboard.press("Control+z")
    saved(page)
    assert states(page)[0] == "open"
    page.keyboard.press("?")
    assert page.is_visible("#keys")
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    page.wait_for_selector("#rows")
    assert opened.complaints == []


def test_a_fact_is_corrected_and_the_correction_stays(served: Served, open_page: Open) -> None:
    opened = visited(open_page, served)
    page = reading(opened.page, served)
    page.click("#text .n:has-text('120')")
    page.wait_for_selector("#inspector:has-text('120家')")
    page.keyboard.press("e")
    page.fill("#correct [name=unit]", "家次")
    page.fill("#correct [name=period]", "2021")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#text .n.corrected:has-text('120')")
    page.reload()
    page.wait_for_selector("#text .n.corrected:has-text('120')")
    with Decisions(served.folder / FILE_NAME) as decisions:
        assert [(one.field, one.before, one.after, one.who) for one in decisions.corrections()] == [
            ("unit", "家", "家次", "王"),
            ("period", "", "2021", "王"),
        ]
    page.click("#text .n:has-text('120')")
    page.wait_for_selector("#inspector .corrected:has-text('家次')")
    page.keyboard.press("e")
    page.click("#correct [data-act=withdraw]")
    page.wait_for_selector("#text .n.corrected", state="detached")
    assert opened.complaints == []


def test_a_second_tab_sees_it_and_neither_writes_over_the_other(served: Served, open_page: Open) -> None:
    opened = visited(open_page, served)
    one = reading(opened.page, served)
    two = reading(tab(opened), served)
    one.bring_to_front()
    one.keyboard.press("a")
    saved(one)
    two.bring_to_front()
    two.wait_for_selector(".entry[data-state=accepted]")

    two.route("**/state", lambda route: route.abort())  # this tab hears nothing any more
    one.bring_to_front()
    one.click("#entries > .entry >> nth=1")
    one.keyboard.press("a")
    saved(one)
    two.bring_to_front()
    two.click("#entries > .entry >> nth=1")
    two.keyboard.press("d")
    two.keyboard.type("口径不同")
    two.keyboard.press("Enter")
    two.wait_for_selector(".conflict:has-text('采纳')")
    assert ("dismissed", "口径不同", "") not in served.standing()
    two.unroute("**/state")
    two.click(".conflict >> text=仍按我的保存")
    saved(two)
    assert ("dismissed", "口径不同", "") in served.standing()
    one.bring_to_front()
    one.wait_for_selector(".entry[data-state=dismissed]")


def test_kill_9_loses_nothing_that_was_said(served: Served, open_page: Open) -> None:
    opened = visited(open_page, served)
    page = reading(opened.page, served)
    page.keyboard.press("a")
    saved(page)
    served.kill()
    page.keyboard.press("d")
    page.keyboard.type("核数停了也要记下")
    page.keyboard.press("Enter")
    page.wait_for_selector("#unsaved:has-text('有 1 项没有保存')")
    assert served.standing() == [("accepted", "", "")]

    port = served.origin
    served.start()
    assert served.origin == port, "the same origin, or what the browser kept would be out of reach"
    fresh = tab(opened)
    fresh.goto(served.address)
    fresh.wait_for_selector("#rows")
    reading(fresh, served)
    fresh.wait_for_selector(".entry[data-state=dismissed]:has-text('核数停了也要记下')")
    saved(fresh)
    assert served.standing() == [("accepted", "", ""), ("dismissed", "核数停了也要记下", "")]


def test_a_full_disk_is_told_and_made_up_for(served: Served, open_page: Open) -> None:
    opened = visited(open_page, served)
    page = reading(opened.page, served)
    page.route("**/decisions", lambda route: route.fulfill(status=507, json={"error": "disk", "line": "not saved"}))
    page.keyboard.press("a")
    page.wait_for_selector("#unsaved:has-text('磁盘满了')")
    assert page.query_selector(".entry.pending .by.bad")
    assert served.standing() == []
    page.unroute("**/decisions")
    page.click("#unsaved >> text=重试")
    saved(page)
    assert served.standing() == [("accepted", "", "")]


def test_a_report_that_changes_is_said(served: Served, open_page: Open) -> None:
    opened = visited(open_page, served)
    page = reading(opened.page, served)
    page.keyboard.press("a")
    saved(page)
    (served.folder / "甲报告.txt").write_text("前言\n" + TWO, encoding="utf-8")
    page.wait_for_selector("#changed")
    page.click("#changed >> text=刷新")
    page.wait_for_selector(".entry[data-state=accepted]")
    (served.folder / "丙报告.txt").write_text(RIGHT, encoding="utf-8")
    page.keyboard.press("l")
    page.wait_for_selector("tr[data-state=clean]:has-text('丙报告.txt')")


def test_hostile_names_and_reports_run_nothing(served: Served, open_page: Open) -> None:
    name = "<img src=x onerror=alert(1)>&'.txt"
    (served.folder / name).write_text(f"{HOSTILE}\n{WRONG.replace('化工企业', HOSTILE + '企业')}", encoding="utf-8")
    opened = visited(open_page, served)
    asked: list[str] = []

    def dismissed(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    opened.page.on("dialog", dismissed)
    opened.page.wait_for_selector("tr:has-text('onerror')[data-state=todo]")
    page = reading(opened.page, served, name)
    page.keyboard.press("d")
    page.keyboard.type(HOSTILE)
    page.keyboard.press("Enter")
    saved(page)
    page.reload()
    page.wait_for_selector(".entry[data-state=dismissed]")
    assert HOSTILE in page.inner_text(".entry .why")
    assert page.query_selector("img") is None
    assert (asked, opened.complaints) == ([], [])


@pytest.mark.parametrize(("scheme", "lang"), [("light", "en"), ("dark", "zh")])
def test_it_speaks_both_languages_by_day_and_night(served: Served, open_page: Open, scheme: str, lang: str) -> None:
    opened = visited(open_page, served, color_scheme=scheme)
    page = opened.page
    page.goto(f"{served.origin}/?lang={lang}")
    page.wait_for_selector("tr[data-state=todo]")
    assert page.get_attribute("html", "lang") == ("en" if lang == "en" else "zh-CN")
    reading(page, served)
    shown = page.inner_text("header") + page.inner_text(".entry.current .acts")
    assert ("Accept" in shown) is (lang == "en")
    assert ("采纳" in shown) is (lang == "zh")
    ground, ink = (sum(_rgb(page, name)) for name in ("background-color", "color"))
    assert (ground > ink) is (scheme == "light")
    assert opened.complaints == []


def _rgb(page: Page, name: str) -> list[int]:
    value: Any = page.locator("body").evaluate("(body, name) => getComputedStyle(body).getPropertyValue(name)", name)
    return [int(part) for part in re.findall(r"\d+", str(value))[:3]]


def test_it_ends_when_it_is_interrupted_and_leaves_one_file(served: Served) -> None:
    with urllib.request.urlopen(served.address, timeout=_PATIENCE / 1000) as answer:
        assert answer.status == 200  # it serves, and no longer starts
    assert served.stop() in (0, -signal.SIGINT, 130)
    assert sorted(one.name for one in served.folder.iterdir()) == [FILE_NAME, "甲报告.txt"]


def test_a_port_that_is_taken_is_one_clear_line(served: Served) -> None:
    port = served.origin.rpartition(":")[2]
    done = subprocess.run([HESHU, "review", served.folder, "--no-browser", "--port", port], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "name another --port" in done.stderr


def test_two_pages_over_one_folder_share_the_decisions(served: Served, cache: Path, open_page: Open) -> None:
    with closing(_Second(served.folder, cache)) as second:
        one = reading(visited(open_page, served).page, served)
        other = visited(open_page, second).page
        other.goto(second.at("甲报告.txt"))
        other.wait_for_selector(".entry.current")
        one.keyboard.press("a")
        saved(one)
        other.wait_for_selector(".entry[data-state=accepted]")


class _Second(Served):
    """Another page over the same folder, on another port."""

    def close(self) -> None:
        self.stop()
