"""A real Chromium without a screen, for tests of pages: what a page asks for and what it complains about is written down.

A test takes the fixture ``open_page``, which is skipped where there is no Chromium (Debian: ``apt-get install chromium``;
``.ci/run`` does that).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Root runs it, no screen shows it, and it calls nobody. Each start has a new and empty profile."""
SECONDS = 20
"""How long to wait for what a page should do, on a machine that does other things too."""


def executable() -> str | None:
    """The program, or ``None`` where it is not installed."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A running browser; no longer than its module, for tests of other modules want the event loop that drives it."""
    program = executable()
    if program is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, headless=True, args=list(FLAGS))
        yield browser
        browser.close()


@dataclass(slots=True)
class Opened:
    """A page that is open, with the addresses that it asked for (its own the first) and all that it complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Opened]]:
    """Opens an address in a context of its own; options are those of Playwright's ``new_context`` (color_scheme, viewport, …)."""
    contexts = []

    def open_(address: str, **options: Any) -> Opened:
        context = chromium.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(SECONDS * 1000)
        opened = Opened(page=context.new_page())
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("console", lambda message: opened.complaints.append(message.text) if message.type in ("error", "warning") else None)
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.page.goto(address)
        return opened

    yield open_
    for context in contexts:
        context.close()
