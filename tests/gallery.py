"""Pictures of what heshu shows, from the project's own samples: ``python -m tests.gallery`` draws docs/gallery/ anew.

It needs a Chromium and a font with Chinese characters (Debian: ``apt-get install chromium fonts-noto-cjk``). A new picture is a
function below with its line in ``PICTURES``, and a line in docs/gallery.md; ``python -m tests.gallery NAME`` draws that one.
"""

from __future__ import annotations

import html
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import extract
from extract import report as reports
from extract.review.folder import identity
from extract.types import Report
from extract.writers import View
from tests.browser import FLAGS, executable

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs/gallery"
SAMPLE = "annotations/documents/written-01.txt"
LARGEST = 200 * 1024
"""Bytes of a picture: a gallery is fetched with every clone."""
_COLOURS = 128


@cache
def sample() -> Report:
    """What is found in the sample report, which is named as one names it at the root of the project."""
    return extract.check(ROOT / SAMPLE)


def _named(text: str) -> str:
    return text.replace(str(ROOT) + "/", "")


def _open(browser: Browser, text: str, width: int, height: int, *, dark: bool = False, scale: float = 1) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        device_scale_factor=scale,
        reduced_motion="reduce",
    )
    page = context.new_page()
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        page.goto(Path(file.name).as_uri())
    return page


_PAINT = {"1": "bold", "2": "dim", "31": "red", "32": "green", "33": "yellow", "34": "blue", "36": "cyan"}
_TERMINAL = """<!doctype html><meta charset=utf-8><style>
body { width: max-content; margin: 0; padding: 18px 22px; background: #1b1d21; color: #d7d9dd; font: 14px/1.5 "Noto Sans Mono CJK SC", monospace; }
pre { margin: 0; font: inherit; } .bold { font-weight: 700; } .dim { color: #9298a3; } .red { color: #ff8a80; } .green { color: #8fd6a4; }
.yellow { color: #f0c674; } .blue { color: #8ab6f0; } .cyan { color: #7fd1d8; } .prompt { color: #8fd6a4; }
</style><pre><span class=prompt>$</span> heshu check """


def terminal(browser: Browser) -> bytes:
    """The report for people, as a terminal with colours shows it: two findings and the summary."""
    lines = _named(reports.write(sample(), "text", View(colour=True, width=96))).split("\n")
    cut = next(n for n, line in enumerate(lines) if "S201" in line)
    end = next(n for n, line in enumerate(lines) if line.endswith(".txt\033[0m"))
    shown = "\n".join((*lines[: cut - 2], "…", "", *lines[end:]))
    # What is painted is escaped first; the codes of colours hold no character that HTML knows.
    text = re.sub(r"\033\[0m", "</span>", html.escape(shown))
    text = re.sub(r"\033\[([0-9;]+)m", lambda match: f'<span class="{" ".join(_PAINT[code] for code in match[1].split(";"))}">', text)
    page = _open(browser, f"{_TERMINAL}{SAMPLE}\n\n{text}", 960, 400)
    return page.screenshot(full_page=True)


@cache
def _html() -> str:
    return _named(reports.write(sample(), "html", View()))


def page(browser: Browser) -> bytes:
    """The HTML report as it opens."""
    return _open(browser, _html(), 1440, 900).screenshot()


def page_place(browser: Browser) -> bytes:
    """A finding at hand, its places lit in the text, in the dark."""
    opened = _open(browser, _html(), 1280, 800, dark=True)
    for key in ("j", "j", "j", "j", "Enter", "Enter"):
        opened.keyboard.press(key)
    opened.locator("#text .here").click()
    opened.mouse.move(0, 0)
    return opened.screenshot()


def page_phone(browser: Browser) -> bytes:
    """The same on a telephone."""
    opened = _open(browser, _html(), 390, 780, scale=1.5)
    opened.locator("#x2 .places a").last.click()
    return opened.screenshot()


def page_paper(browser: Browser) -> bytes:
    """The first sheets of it on paper, side by side."""
    import pypdfium2
    from PIL import Image

    printed = pypdfium2.PdfDocument(_open(browser, _html(), 1000, 800).pdf(format="A4"))
    sheets = [printed[number].render(scale=1.1).to_pil() for number in (0, 1, 4)]
    whole = Image.new("RGB", (sum(sheet.width + 12 for sheet in sheets) - 12, sheets[0].height), "#8a8a86")
    at = 0
    for sheet in sheets:
        whole.paste(sheet, (at, 0))
        at += sheet.width + 12
    out = io.BytesIO()
    whole.save(out, "PNG")
    return out.getvalue()


def review(browser: Browser) -> bytes:
    """A report on the review page, a finding at hand."""
    names = ("written-01.txt", "written-05.txt", "written-08.txt")
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as cache:
        for name in names:
            shutil.copy(ROOT / "annotations/documents" / name, folder)
        command = [str(Path(sys.executable).with_name("heshu")), "review", ".", "--no-browser", "--model", "patterns", "--who", "王"]
        server = subprocess.Popen(command, cwd=folder, env={**os.environ, "XDG_CACHE_HOME": cache}, stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            address = server.stdout.readline().strip()
            context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
            opened = context.new_page()
            opened.goto(address)
            opened.wait_for_selector("#rows")
            opened.goto(f"{address.partition('/?')[0]}/documents/{identity(names[0])}")
            opened.wait_for_selector(".entry.current")
            opened.keyboard.press("j")
            opened.wait_for_timeout(500)
            return opened.screenshot()
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)


PICTURES: dict[str, Callable[[Browser], bytes]] = {
    "terminal": terminal,
    "page": page,
    "page-place": page_place,
    "page-phone": page_phone,
    "page-paper": page_paper,
    "review": review,
}


def small(picture: bytes) -> bytes:
    """The picture with fewer colours, rare ones kept: screens of text do not miss the others."""
    from PIL import Image

    image = Image.open(io.BytesIO(picture)).convert("RGB").quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def main(names: list[str]) -> None:
    """Draw the named pictures, all where none is named."""
    from playwright.sync_api import sync_playwright

    program = executable()
    if program is None:
        sys.exit("no Chromium on this machine: apt-get install chromium fonts-noto-cjk")
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        for name in names or PICTURES:
            picture = small(PICTURES[name](browser))
            if len(picture) > LARGEST:
                sys.exit(f"{name}: {len(picture) // 1024} KB, more than {LARGEST // 1024}")
            (FOLDER / f"{name}.png").write_bytes(picture)
            print(f"docs/gallery/{name}.png  {len(picture) // 1024} KB")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
