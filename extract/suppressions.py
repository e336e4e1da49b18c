"""Findings that are known and not to be reported again: ignored with a reason, or in a baseline.

``.heshu-ignore.toml`` is looked for as heshu.toml is, in the working directory and upwards. People write it by hand, or
``heshu ignore`` does; comments in it stay::

    [[ignore]]
    fingerprint = "9f2c41d07ab35e86"
    reason = "合计数含上年结转，见附注三"    # required: a suppression without a reason is a hidden error
    code = "S201"                           # these are for people, and say when an entry is not needed any more
    file = "reports/2022.txt"
    date = 2026-11-22
    who = "王"

A baseline is a JSON file with the fingerprints of all findings of one day: what is in it is not new. It is written by
``heshu check --write-baseline``; what ``heshu check --format json`` writes is one too.
"""

from __future__ import annotations

import datetime
import json
import os
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path

from extract.errors import ConfigurationError
from extract.report import save
from extract.settings import find, nearest, read_toml
from extract.types import Finding, Report, Suppressed

FILE_NAME = ".heshu-ignore.toml"
BASELINE = "heshu-baseline/1"
_PATIENCE = 5.0
"""Seconds to wait for another process that is writing the same file; a lock older than twice that was left by a crash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """An entry of ``.heshu-ignore.toml``. ``file`` is relative to the folder of that file; ``date`` is ISO; "" where not said."""

    fingerprint: str
    reason: str
    code: str = ""
    file: str = ""
    date: str = ""
    who: str = ""


_KEYS = [field.name for field in fields(Suppression)]


def load(path: Path | None) -> tuple[Suppression, ...]:
    """The entries of a file, in its order; () for ``None``.

    Raises:
        ConfigurationError: not TOML, an unknown key, a value of the wrong kind, or an entry without fingerprint or reason.
    """
    if path is None:
        return ()
    table = read_toml(path)
    entries = table.get("ignore", [])
    if set(table) - {"ignore"} or not isinstance(entries, list):
        raise ConfigurationError(str(path), "something else than [[ignore]] entries", 'write [[ignore]], then fingerprint = "…" and reason = "…"')
    return tuple(_entry(entry, number, path) for number, entry in enumerate(entries, 1))


def _entry(entry: object, number: int, path: Path) -> Suppression:
    where = f"{path}: entry {number}"
    if not isinstance(entry, Mapping):
        raise ConfigurationError(where, "no table", "write [[ignore]] above it")
    values: dict[str, str] = {}
    for key, value in entry.items():
        if key not in _KEYS:
            raise ConfigurationError(where, f"unknown key {key!r}", nearest(key, _KEYS))
        if isinstance(value, datetime.date):
            value = value.isoformat()
        if not isinstance(value, str):
            raise ConfigurationError(where, f"{key} is {value!r}", f'write a string: {key} = "…"')
        values[key] = value.strip()
    for key, why in (("fingerprint", "'heshu check FILE --format json' shows it"), ("reason", "say why the finding is none")):
        if not values.get(key):
            raise ConfigurationError(where, f"no {key}", why)
    return Suppression(**values)


def add(path: Path, entries: Iterable[Suppression]) -> None:
    """Put entries at the end of the file, which is made where there is none; what stands in it stays as it is.

    The file is written whole or not at all, and by one process at a time.

    Raises:
        ConfigurationError: the file does not hold together, cannot be written, or is being written for too long; an entry
            lacks its reason, is not UTF-8, or has its fingerprint in the file.
    """
    with _locked(path):
        known = {entry.fingerprint: entry for entry in load(path if path.exists() else None)}
        text = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
        for entry in entries:
            _entry({key: getattr(entry, key) for key in _KEYS}, len(known) + 1, path)
            if entry.fingerprint in known:
                raise ConfigurationError(str(path), f"{entry.fingerprint} is ignored already", f"because: {known[entry.fingerprint].reason}")
            known[entry.fingerprint] = entry
            text += ("" if not text else "\n" if text.endswith("\n") else "\n\n") + _toml(entry)
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise ConfigurationError(str(path), "a name or a reason that is not UTF-8 has no place in it", "rename the file") from error
        try:
            save(text, path)
        except OSError as error:
            raise ConfigurationError(str(path), f"cannot be written ({error.strerror})") from error


def remove(path: Path, fingerprint: str) -> bool:
    """Whether no entry with that fingerprint is in the file, after taking out the one that :func:`add` put there.

    An entry that people wrote or changed is theirs to take out.

    Raises:
        ConfigurationError: the file does not hold together, cannot be written, or is being written for too long.
    """
    if not path.exists():
        return True
    with _locked(path):
        entries = load(path)
        ours = [_toml(entry) for entry in entries if entry.fingerprint == fingerprint]
        if not ours:
            return True
        text = path.read_bytes().decode("utf-8-sig")
        before, found, after = text.partition(ours[0])
        if len(ours) > 1 or not found or ours[0] in after:
            return False
        try:
            save(before.removesuffix("\n") + after if before else after.removeprefix("\n"), path)
        except OSError as error:
            raise ConfigurationError(str(path), f"cannot be written ({error.strerror})") from error
    return True


def place(directory: Path) -> Path:
    """Where suppressions made in a directory go: the nearest file, else beside heshu.toml, else in the directory itself."""
    nearest_file, settled = find(directory, FILE_NAME), find(directory)
    return nearest_file or (settled.parent if settled else directory) / FILE_NAME


def seen_from(file: str | Path, path: Path) -> str:
    """A document as the suppressions at ``path`` name it: relative to their folder, with ``/``."""
    try:
        return Path(os.path.relpath(Path(file).resolve(), path.resolve().parent)).as_posix()
    except ValueError:  # another drive
        return Path(file).resolve().as_posix()


def _toml(entry: Suppression) -> str:
    lines = ["[[ignore]]"]
    for key in _KEYS:
        value = getattr(entry, key)
        if value:
            # JSON's escapes are TOML's, but for the one control character that JSON leaves as it is.
            written = value if key == "date" and _is_date(value) else json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
            lines.append(f"{key} = {written}")
    return "\n".join((*lines, ""))


def _is_date(value: str) -> bool:
    try:
        return datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the only lock on ``path``: a file beside it, which nobody else can make while it is there."""
    lock = path.with_name(f"{path.name}.lock")
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            break
        except FileExistsError:
            _break_if_old(lock)
            if time.monotonic() > until:
                raise ConfigurationError(str(path), "another process is writing it", f"remove {lock.name} if none is") from None
            time.sleep(0.02)
        except OSError as error:
            raise ConfigurationError(str(path), f"cannot be written ({error.strerror})") from error
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _break_if_old(lock: Path) -> None:
    try:
        if time.time() - lock.stat().st_mtime > 2 * _PATIENCE:
            lock.unlink(missing_ok=True)
    except FileNotFoundError:
        pass


def load_baseline(path: Path) -> frozenset[str]:
    """The fingerprints of a baseline: one that was written for it, or a report in JSON.

    Raises:
        ConfigurationError: it cannot be read, or holds no findings with fingerprints.
    """
    advice = "make one with --write-baseline FILE"
    try:
        table = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigurationError(str(path), f"no baseline there ({error.strerror})", advice) from error
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(str(path), f"not readable as JSON ({error})", advice) from error
    findings = table.get("findings") if isinstance(table, dict) else None
    if not isinstance(findings, list) or not all(isinstance(one, dict) and isinstance(one.get("fingerprint"), str) for one in findings):
        raise ConfigurationError(str(path), "no list of findings with fingerprints in it", advice)
    return frozenset(one["fingerprint"] for one in findings)


def baseline_line(document: str, finding: Finding) -> str:
    """What a baseline keeps of a finding in the document of that name."""
    return json.dumps(
        {"fingerprint": finding.fingerprint, "code": finding.code, "document": document, "message": finding.message}, ensure_ascii=False
    )


def baseline_of(lines: Iterable[str]) -> str:
    """The text of a baseline of these lines."""
    joined = ",\n".join(lines)
    listed = f"[\n{joined}\n]" if joined else "[]"
    return f'{{\n"format": "{BASELINE}",\n"findings": {listed}\n}}\n'


def suppress(report: Report, suppressions: Collection[Suppression], baseline: Collection[str] = ()) -> Report:
    """The report with the findings that are ignored or in the baseline set apart; the others keep their ids.

    A finding that is both is ignored: a reason says more than a date.
    """
    ignored = {entry.fingerprint: entry for entry in suppressions}
    kept: list[Finding] = []
    apart: list[Suppressed] = list(report.suppressed)
    for finding in report.findings:
        entry = ignored.get(finding.fingerprint)
        if entry is not None:
            apart.append(Suppressed(finding=finding, kind="ignored", reason=entry.reason, who=entry.who, date=entry.date))
        elif finding.fingerprint in baseline:
            apart.append(Suppressed(finding=finding, kind="baseline"))
        else:
            kept.append(finding)
    return replace(report, findings=tuple(kept), suppressed=tuple(apart))
