"""Settings of a project, from the nearest ``heshu.toml``.

The file is looked for in the working directory and upwards. Every key has a command-line option of the same name,
which wins; ``extend-…`` adds to the list of the file instead. Paths are relative to the file::

    select = ["S", "R301"]      # only findings of these codes (beginnings count)
    ignore = ["Q951"]           # but not of these; the longer beginning wins, and ignore between equals
    extend-select = ["B890"]    # these too: all others stay as they are
    extend-ignore = ["N"]       # nor these
    strict = true               # warnings give exit code 1 too
    lang = "zh"                 # or "en"
    indicators = ["our.toml"]   # indicators of our own
    model = "patterns"          # patterns alone, without what was learned
    baseline = "known.json"     # findings that are there are not new
    jobs = 4                    # so many processes for several documents; 0 for all cores
    timeout = 1800              # seconds that a document may take
    memory = 8192               # MB that it may take

    [per-file-ignores]          # never these codes in these files
    "附件/**" = ["N702"]
    "*预算表*" = ["S203", "R"]
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal, cast

from extract.errors import ConfigurationError

FILE_NAME = "heshu.toml"
LANGUAGES = ("zh", "en")
MODELS = ("default", "patterns")


@dataclass(frozen=True, slots=True, kw_only=True)
class PerFile:
    """Codes that do not count in the files that ``pattern`` names, seen from ``folder``.

    A pattern with a slash is a path below the folder (``附件/*.txt``, ``**/2021/*``); one without names a file or a folder
    at any depth (``*预算*``). A folder that fits stands for all below it.
    """

    pattern: str
    codes: tuple[str, ...]
    folder: Path

    def matches(self, file: Path) -> bool:
        """Whether the pattern names ``file``; a file outside the folder is known by its own name only."""
        file = file.resolve()
        pattern = self.pattern.replace("\\", "/").removeprefix("./").rstrip("/")
        if file.is_relative_to(self.folder):
            return _fits(file.relative_to(self.folder).parts, tuple(pattern.split("/") if "/" in pattern else ("**", pattern)))
        return "/" not in pattern and fnmatchcase(file.name, pattern)


def _fits(path: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    if not pattern:
        return True
    if pattern[0] == "**":
        return any(_fits(path[skipped:], pattern[1:]) for skipped in range(len(path) + 1))
    return bool(path) and fnmatchcase(path[0], pattern[0]) and _fits(path[1:], pattern[1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What to report and how; the defaults are those of a project without a file."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    extend_ignore: tuple[str, ...] = ()
    strict: bool = False
    lang: Literal["zh", "en"] = "zh"
    indicators: tuple[Path, ...] = ()
    model: str = "default"
    baseline: Path | None = None
    per_file_ignores: tuple[PerFile, ...] = ()
    jobs: int | None = None
    """Processes that look at documents at once, 0 for as many as there are cores; one where nothing is said."""
    timeout: int | None = None
    memory: int | None = None
    """The most seconds, and the most MB, that a document may take."""

    def ignored_in(self, file: Path) -> tuple[str, ...]:
        """The codes that the settings ignore in a file, whatever is selected; () for most files."""
        return tuple(code for one in self.per_file_ignores if one.matches(file) for code in one.codes)


def find(directory: Path, name: str = FILE_NAME) -> Path | None:
    """The nearest ``heshu.toml`` (or file of another ``name``): in ``directory`` or in a folder above it; ``None`` where there is none.

    Raises:
        ConfigurationError: what is called so is a folder, a link that leads nowhere, or the like.
    """
    directory = directory.resolve()
    for folder in (directory, *directory.parents):
        candidate = folder / name
        if candidate.is_file():
            return candidate
        if candidate.is_symlink() or candidate.exists():
            raise ConfigurationError(str(candidate), "not a file", "make it one, or give it another name")
    return None


def load(path: Path | None) -> Settings:
    """The settings of a file, paths in it taken from its folder; the defaults for ``None``.

    Raises:
        ConfigurationError: not TOML, an unknown key, or a value of the wrong kind; the line says which and what would do.
    """
    if path is None:
        return Settings()
    table = read_toml(path)
    known = [field.name.replace("_", "-") for field in fields(Settings)]
    for key in table:
        if key not in known:
            raise ConfigurationError(str(path), f"unknown key {key!r}", nearest(key, known))
    where = str(path)
    baseline = _string(table, "baseline", where)
    return Settings(
        select=_strings(table, "select", where),
        ignore=_strings(table, "ignore", where),
        extend_select=_strings(table, "extend-select", where),
        extend_ignore=_strings(table, "extend-ignore", where),
        strict=_flag(table, "strict", where),
        lang=cast(Literal["zh", "en"], _choice(table, "lang", LANGUAGES, where)),
        indicators=tuple(path.parent / name for name in _strings(table, "indicators", where)),
        model=_choice(table, "model", MODELS, where),
        baseline=path.parent / baseline if baseline else None,
        per_file_ignores=_per_file(table, "per-file-ignores", path),
        jobs=_whole(table, "jobs", 0, where),
        timeout=_whole(table, "timeout", 1, where),
        memory=_whole(table, "memory", 1, where),
    )


def read_toml(path: Path) -> Mapping[str, object]:
    """The table of a TOML file.

    Raises:
        ConfigurationError: it cannot be read, or is not TOML.
    """
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ConfigurationError(str(path), f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(str(path), "not UTF-8", "save it in UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(str(path), f"not readable as TOML ({error})") from error


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


def _string(table: Mapping[str, object], key: str, where: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise ConfigurationError(where, f"{key} is {value!r}", f'write a string: {key} = "…"')
    return value


def _per_file(table: Mapping[str, object], key: str, path: Path) -> tuple[PerFile, ...]:
    value = table.get(key, {})
    where = str(path)
    if not isinstance(value, dict):
        raise ConfigurationError(where, f"{key} is {value!r}", f'write a table: [{key}] and below it "附件/**" = ["N702"]')
    for pattern in value:
        if not pattern.strip("./\\") or pattern.startswith("/"):
            raise ConfigurationError(where, f"{key} has the pattern {pattern!r}", "write a path below the folder of the file, or a name")
    folder = path.parent.resolve()
    return tuple(PerFile(pattern=pattern, codes=_strings(value, pattern, where), folder=folder) for pattern in value)


def _flag(table: Mapping[str, object], key: str, where: str) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise ConfigurationError(where, f"{key} is {value!r}", "write true or false")
    return value


def _whole(table: Mapping[str, object], key: str, least: int, where: str) -> int | None:
    value = table.get(key)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < least):
        raise ConfigurationError(where, f"{key} is {value!r}", f"write a whole number, {least} or more")
    return value


def _choice(table: Mapping[str, object], key: str, choices: tuple[str, ...], where: str) -> str:
    value = table.get(key, choices[0])
    if not isinstance(value, str) or value not in choices:
        raise ConfigurationError(where, f"{key} is {value!r}", f"one of {', '.join(choices)}")
    return value
