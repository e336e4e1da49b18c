"""Why a report cannot be read, in Chinese: every reason that a reader gives has its words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import extract
from extract.review.reasons import REASONS, in_chinese

PACKAGE = Path(extract.__file__).parent
MODULES = [PACKAGE / name for name in ("ingest.py", "archives.py", "decode.py", "review/analyses.py")] + sorted((PACKAGE / "readers").glob("*.py"))
_HAN = re.compile("[一-龥]")


def _written(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may give, a figure in place of what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from (*_written(node.body), *_written(node.orelse))
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from _written(value)


def reasons(module: Path) -> Iterator[str]:
    """What and advice of each UnreadableError that a module raises, and of the variables of these names."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "UnreadableError":
            for argument in node.args[1:]:
                yield from _written(argument)
        elif isinstance(node, ast.Assign) and any(isinstance(target, ast.Name) and target.id in ("what", "advice") for target in node.targets):
            yield from _written(node.value)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_every_reason_of_a_reader_is_said_in_chinese(module: Path) -> None:
    assert [words for words in reasons(module) if words and not _HAN.search(in_chinese(words))] == []


def test_the_reasons_are_found() -> None:
    found = {words for module in MODULES for words in reasons(module)}
    assert len(found) > 50
    assert {"the file is empty", "encrypted", "damaged: 7 cannot be unpacked"} <= found


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("the file is empty; nothing to read", "文件是空的；没有可读取的内容"),
        (
            "damaged: xl/sheet1.xml is no XML (line 3); open it and save it again",
            "文件损坏：xl/sheet1.xml 不是有效的 XML（line 3）；请打开后重新保存",
        ),
        ("250 MB, more than the 200 MB that are read; split it", "大小 250 MB，超过可读取的 200 MB；请拆分"),
        ("Permission denied", "Permission denied"),
    ],
)
def test_a_line_is_said_with_its_names_and_figures(line: str, said: str) -> None:
    assert in_chinese(line) == said


def test_names_and_figures_are_all_kept() -> None:
    assert all(english.count("{}") == chinese.count("{}") for english, chinese in REASONS.items())
