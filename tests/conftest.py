"""Options of the test suite, and fixtures that several tests share."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests.browser import chromium, open_page

__all__ = ["chromium", "open_page"]

# No test is timed: on a busy machine an example takes as long as it takes.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew from what heshu finds now")
    parser.addoption("--update-cases", action="store_true", help="write the expected blocks of tests/cases/quantify anew")
