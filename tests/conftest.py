"""Options of the test suite."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew from what heshu finds now")
    parser.addoption("--update-cases", action="store_true", help="write the expected blocks of tests/cases/quantify anew")
