"""Settings of a project, from the nearest ``heshu.toml``.

The file is looked for in the working directory and upwards. Every key has a command-line option of the same name,
which wins::

    select = ["S", "R301"]      # only findings of these codes (prefixes count)
    ignore = ["Q951"]           # but not of these
    strict = true               # warnings give exit code 1 too
    lang = "zh"                 # or "en"
    indicators = ["our.toml"]   # indicators of our own, beside this file
    model = "patterns"          # patterns alone, without what was learned
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal, cast

from extract.errors import ConfigurationError

FILE_NAME = "heshu.toml"
LANGUAGES = ("zh", "en")
MODELS = ("default", "patterns")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What to report and how; the defaults are those of a project without a file."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False
    lang: Literal["zh", "en"] = "zh"
    indicators: tuple[Path, ...] = ()
    model: str = "default"


def find(directory: Path) -> Path | None:
    """The nearest ``heshu.toml``: in ``directory`` or in a folder above it; ``None`` where there is none."""
    directory = directory.resolve()
    for folder in (directory, *directory.parents):
        candidate = folder / FILE_NAME
        if candidate.is_file():
            return candidate
    return None


def load(path: Path | None) -> Settings:
    """The settings of a file, paths in it taken from its folder; the defaults for ``None``.

    Raises:
        ConfigurationError: not TOML, an unknown key, or a value of the wrong kind; the line says which and what would do.
    """
    if path is None:
        return Settings()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(str(path), f"not readable as TOML ({error})") from error
    known = [field.name for field in fields(Settings)]
    for key in table:
        if key not in known:
            raise ConfigurationError(str(path), f"unknown key {key!r}", nearest(key, known))
    where = str(path)
    return Settings(
        select=_strings(table, "select", where),
        ignore=_strings(table, "ignore", where),
        strict=_flag(table, "strict", where),
        lang=cast(Literal["zh", "en"], _choice(table, "lang", LANGUAGES, where)),
        indicators=tuple(path.parent / name for name in _strings(table, "indicators", where)),
        model=_choice(table, "model", MODELS, where),
    )


def nearest(word: str, known: list[str]) -> str:
    """Advice that names the known word most like ``word``, or all of them where none is like it."""
    import difflib

    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"did you mean {close[0]!r}?" if close else f"known: {', '.join(known)}"


def _strings(table: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigurationError(where, f"{key} is {value!r}", f'write a list of strings: {key} = ["…"]')
    return tuple(value)


def _flag(table: Mapping[str, object], key: str, where: str) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise ConfigurationError(where, f"{key} is {value!r}", "write true or false")
    return value


def _choice(table: Mapping[str, object], key: str, choices: tuple[str, ...], where: str) -> str:
    value = table.get(key, choices[0])
    if not isinstance(value, str) or value not in choices:
        raise ConfigurationError(where, f"{key} is {value!r}", f"one of {', '.join(choices)}")
    return value
