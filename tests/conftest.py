"""Options of the test suite, and fixtures that several tests share."""

from __future__ import annotations

import pytest

from tests.browser import chromium, open_page

__all__ = ["chromium", "open_page"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew from what heshu finds now")
    parser.addoption("--update-cases", action="store_true", help="write the expected blocks of tests/cases/quantify anew")
