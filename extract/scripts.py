"""SQL as knowledge: one question, or one check across documents, is one file of a folder, found by listing the folder.

A file begins with comments that say what it gives: the first line in one sentence, then ``-- key: words`` for each of its
headings (``zh``, ``what``, ``why``, ``columns``, …), which may go on over several lines. What follows is one SELECT.

The files of ``across/`` are written in what DuckDB and Spark SQL both understand. A file whose name starts with an underscore
is a view for those beside it, under its name without the underscore.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from extract.errors import KnowledgeError

_KEY = re.compile(r"-- (?P<key>[a-z]+): (?P<words>.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A SELECT with its manual: ``title`` says in one sentence what it gives, ``told`` holds its headings."""

    name: str
    title: str
    told: Mapping[str, str] = field(repr=False)
    sql: str = field(repr=False)

    def __getitem__(self, key: str) -> str:
        """What the manual says under a heading; "" where it has none."""
        return self.told.get(key, "")


@cache
def scripts(folder: str) -> tuple[Script, ...]:
    """The SQL files of a folder of this package, in the order of their names, views (``_NAME.sql``) apart.

    Raises:
        KnowledgeError: a file does not say what it gives.
    """
    return tuple(script for script in _all(folder) if not script.name.startswith("_"))


@cache
def views(folder: str) -> tuple[Script, ...]:
    """The views for the SQL files of a folder, under the names that those call them by.

    Raises:
        KnowledgeError: a file does not say what it gives.
    """
    found = (script for script in _all(folder) if script.name.startswith("_"))
    return tuple(Script(name=script.name[1:], title=script.title, told=script.told, sql=script.sql) for script in found)


def in_order(found: Sequence[Script]) -> Iterator[Script]:
    """The scripts, each after those of them that its SQL names."""
    left = {script.name: script for script in found}
    while left:
        for name, script in list(left.items()):
            if not any(re.search(rf"\b{other}\b", script.sql) for other in left if other != name):
                yield left.pop(name)


def _all(folder: str) -> list[Script]:
    return [_read(path) for path in sorted((Path(__file__).parent / folder).glob("*.sql"))]


def _read(path: Path) -> Script:
    lines = path.read_text(encoding="utf-8").splitlines()
    head = next((n for n, line in enumerate(lines) if not line.startswith("--")), len(lines))
    if not head or not "".join(lines[head:]).strip():
        raise KnowledgeError(str(path), "no manual, or no SELECT", "begin with '-- What it gives.'")
    told: dict[str, str] = {}
    key = ""
    for number, line in enumerate(lines[1:head], 2):
        if match := _KEY.fullmatch(line):
            key = match["key"]
            told[key] = match["words"]
        elif key and line.startswith("--   "):
            told[key] += " " + line[5:].strip()
        else:
            raise KnowledgeError(f"{path}:{number}", f"{line!r} is no heading", "write '-- key: words', and go on with '--   words'")
    return Script(name=path.stem, title=lines[0].removeprefix("-- "), told=told, sql="\n".join(lines[head:]).strip().rstrip(";"))
