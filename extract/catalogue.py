"""The catalogue of indicators: what reports measure, under one id each, read from ``data/indicators/*.toml``.

A chapter is a list of ``[[indicator]]`` tables with the keys of :class:`~extract.types.Indicator`. Needed are ``id``,
``name`` and ``english``; all others have defaults: ``dimension`` is that of the first unit (no unit: a bare number),
``kind`` is ``ratio`` or ``score`` where the dimension says so, else ``flow``, ``source`` is ``observed in reports``.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any

from extract.errors import KnowledgeError, UnreadableError
from extract.types import Indicator
from extract.units import unit

_TEXTS = frozenset({"id", "name", "english", "dimension", "kind", "formula", "direction", "source"})
_LISTS = frozenset({"units", "aliases", "numerator", "parts", "difference", "within"})
_REQUIRED = ("id", "name", "english")
_KINDS = ("stock", "flow", "ratio", "score", "standard")
_DIRECTIONS = ("more", "less", "")
_FOUND = 0.5
"""The least score that :meth:`Catalogue.search` returns."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A catalogue file: its name as errors say it, and its text."""

    name: str
    text: str

    def place(self, word: str) -> str:
        """``file:line`` of the first line that holds ``word`` in quotes; the file where no line does."""
        for number, line in enumerate(self.text.splitlines(), 1):
            if f'"{word}"' in line:
                return f"{self.name}:{number}"
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Indicators by id, and by every name and alias. ``digest`` is the SHA-256 of the files it was read from.

    A name can stand for several indicators, but then they differ in dimension (满意度 in % and as a score).
    """

    indicators: Mapping[str, Indicator]
    by_name: Mapping[str, tuple[Indicator, ...]]
    digest: str

    def search(self, query: str) -> list[tuple[Indicator, float]]:
        """Indicators that a word, Chinese or English, or a part of an id may mean, the likeliest first, with scores in [0.5, 1]."""
        from rapidfuzz import fuzz

        wanted = query.strip().casefold()
        if not wanted:
            return []

        def likeness(name: str) -> float:
            known = name.casefold()
            if wanted == known:
                return 1.0
            if wanted in known:
                return 0.8 + 0.19 * len(wanted) / len(known)
            if known in wanted:
                return 0.6 + 0.19 * len(known) / len(wanted)
            return 0.79 * fuzz.ratio(wanted, known) / 100

        found = []
        for entry in self.indicators.values():
            score = max(
                likeness(entry.name),
                likeness(entry.id),
                likeness(entry.english),
                0.395 * (fuzz.token_set_ratio(wanted, entry.english.casefold()) + fuzz.token_sort_ratio(wanted, entry.english.casefold())) / 100,
                # the name itself comes before an alias that says the same
                0.98 * max(map(likeness, entry.aliases), default=0.0),
            )
            if score >= _FOUND:
                found.append((entry, score))
        return sorted(found, key=lambda pair: (-pair[1], pair[0].id))


def load(extra: Sequence[Path] = ()) -> Catalogue:
    """The catalogue that ships, read once, with the entries of the ``extra`` files added.

    Raises:
        KnowledgeError: a file is no TOML, an entry is incomplete or refers to an id that is not there, or two entries
            share an id, a name, or an alias within one dimension.
        UnreadableError: an extra file cannot be read.
    """
    return build([*_shipped_chapters(), *map(_chapter, extra)]) if extra else _shipped()


def build(chapters: Iterable[Chapter]) -> Catalogue:
    """The catalogue of these chapters, which must hold together; raises KnowledgeError as :func:`load` does."""
    indicators: dict[str, Indicator] = {}
    origin: dict[str, Chapter] = {}
    digest = hashlib.sha256()
    for chapter in chapters:
        digest.update(chapter.text.encode())
        for entry in _entries(chapter):
            if entry.id in indicators:
                raise KnowledgeError(
                    chapter.place(entry.id),
                    f'id "{entry.id}" of "{entry.name}" is already used by "{indicators[entry.id].name}" in {origin[entry.id].place(entry.id)}',
                )
            indicators[entry.id] = entry
            origin[entry.id] = chapter
    _resolve(indicators, origin)
    return Catalogue(indicators=MappingProxyType(indicators), by_name=MappingProxyType(_names(indicators, origin)), digest=digest.hexdigest())


def _names(indicators: Mapping[str, Indicator], origin: Mapping[str, Chapter]) -> dict[str, tuple[Indicator, ...]]:
    """Indicators by name and alias; two that would be taken for each other are an error."""
    named: dict[str, tuple[Indicator, ...]] = {}
    for entry in indicators.values():
        for word in (entry.name, *entry.aliases):
            others = named.get(word, ())
            for other in others:
                if other.dimension == entry.dimension or word == entry.name == other.name:
                    what = "name" if word == entry.name else "alias"
                    raise KnowledgeError(
                        origin[entry.id].place(entry.id),
                        f'{what} "{word}" of "{entry.id}" is already used by "{other.id}" in {origin[other.id].place(other.id)}',
                    )
            named[word] = (*others, entry)
    return named


def _resolve(indicators: Mapping[str, Indicator], origin: Mapping[str, Chapter]) -> None:
    for entry in indicators.values():
        for key, ids in (
            ("numerator", entry.numerator),
            ("parts", entry.parts),
            ("difference", entry.difference),
            ("within", entry.within),
            *(("denominators", ids) for ids in entry.denominators),
        ):
            for each in ids:
                if each not in indicators or each == entry.id:
                    raise KnowledgeError(origin[entry.id].place(entry.id), f'"{entry.id}" has "{each}" in {key}, which is no other entry')


def _entries(chapter: Chapter) -> Iterator[Indicator]:
    try:
        data = tomllib.loads(chapter.text)
    except (ValueError, RecursionError) as error:
        raise KnowledgeError(chapter.name, str(error)) from error
    tables = data.pop("indicator", [])
    if data or not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise KnowledgeError(chapter.name, "a chapter is a list of [[indicator]] tables and nothing else")
    for number, table in enumerate(tables, 1):
        yield _entry(chapter, number, table)


def _entry(chapter: Chapter, number: int, table: dict[str, Any]) -> Indicator:
    def error(what: str) -> KnowledgeError:
        name = str(table.get("id", ""))
        return KnowledgeError(chapter.place(name) if name else chapter.name, f'entry "{name or number}" {what}')

    for key in _REQUIRED:
        if not table.get(key):
            raise error(f"has no {key}")
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key in _TEXTS and isinstance(value, str):
            values[key] = value
        elif key in _LISTS and _words(value):
            values[key] = tuple(value)
        elif key == "denominators" and isinstance(value, list) and all(map(_words, value)):
            values[key] = tuple(map(tuple, value))
        else:
            raise error(f'has an unknown key "{key}", or a value there of the wrong type')
    first = next(iter(values.get("units", ())), "")
    if "dimension" not in values:
        known = unit(first)
        if first and known is None:
            raise error(f'has the unit "{first}", which units.toml does not know')
        values["dimension"] = known.dimension if known else ""
    values.setdefault("kind", values["dimension"] if values["dimension"] in ("ratio", "score") else "flow")
    for key, allowed in (("kind", _KINDS), ("direction", _DIRECTIONS)):
        if values.get(key, "") not in allowed and key in values:
            raise error(f'has the {key} "{values[key]}", which is none of {", ".join(filter(None, allowed))}')
    if not values.get("source", "x").strip():
        raise error("has an empty source")
    words = (values["name"], *values.get("aliases", ()))
    if len(set(words)) < len(words):
        raise error(f'says "{next(word for word in words if words.count(word) > 1)}" twice')
    return Indicator(**{**_DEFAULTS, **values})


_DEFAULTS: Mapping[str, Any] = {
    "units": (),
    "aliases": (),
    **{each.name: each.default for each in fields(Indicator) if each.default is not MISSING},
}


def _words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and each for each in value)


@cache
def _shipped() -> Catalogue:
    return build(_shipped_chapters())


def _shipped_chapters() -> list[Chapter]:
    folder = resources.files("extract").joinpath("data", "indicators")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return [Chapter(file.name, file.read_text(encoding="utf-8")) for file in files]


def _chapter(path: Path) -> Chapter:
    try:
        return Chapter(str(path), path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise UnreadableError(str(path), f"the catalogue file cannot be read ({why})", "give a TOML file in UTF-8") from error
