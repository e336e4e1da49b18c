"""Every promise of SECURITY.md names a test that holds it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PAGE = (TESTS.parent / "SECURITY.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(test_\w+\.py)::(test_\w+)`", PAGE)))


@pytest.mark.parametrize(("module", "name"), NAMED)
def test_a_test_that_is_named_exists(module: str, name: str) -> None:
    tree = ast.parse((TESTS / module).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_promise_names_a_test() -> None:
    promises = re.findall(r"^- (?:.+\n(?!- |\n))*.+$", PAGE, re.MULTILINE)
    assert len(promises) > 15
    assert [promise for promise in promises if "::test_" not in promise] == []
