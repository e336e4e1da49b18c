"""What damaged files end in: a document or one clear line, never a crash and never a hang.

``python -m benchmarks.fuzz --count 10000 --seed 1`` damages the project's own sample in every format that is read (bytes flipped, cut
off, put in; members of archives damaged, dropped, put in twice; elements of their XML removed, doubled, moved, filled with odd values)
and reads each file. It leaves with exit code 1 where one ended in anything but a document or an :class:`~extract.errors.UnreadableError`
of one line, or took longer than ``--seconds``.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import os
import random
import re
import resource
import signal
import tempfile
import traceback
import warnings
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import FrameType

from lxml import etree

from extract import archives
from extract.errors import UnreadableError
from extract.ingest import read, read_bytes

ALL = 10_000
PATIENCE = 10
DEAR = frozenset({"old.rtf", "scan.pdf"})
"""What LibreOffice and the recognition of pictures read takes seconds each time: one file in :data:`SELDOM`."""
SELDOM = 100
_STALLED = 12
"""So many times as long on the clock, and a file is taken to wait for what never comes."""
# Values that parsers trip over where a number, a name or a size is wanted.
_ODD = (
    "", "0", "-1", "1", "²", "65536", "2147483648", "99999999999999999999", "NaN", "1e308", "A1:XFD1048576", "中", "\u202e", "x" * 5000,
)  # fmt: skip
_ODD_BYTES = (b"\0", b"\xff\xfe", b"<", b">", b'"', b"&#0;", b"<!--", b"]]>", b"\r", b"\x1e", b"\x1f", b"(((((((((", b"<<", b"obj", b"9" * 400)


@dataclass(frozen=True, slots=True)
class Ending:
    """What reading a damaged file ended in: ``document``, ``line`` or ``crash``; the CPU seconds it took, those of the processes that it
    started among them, so that other work on the machine hangs nothing; what was raised."""

    what: str
    seconds: float
    said: str = ""


class _HangError(BaseException):
    """No reader catches it."""


def _flipped(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 2, 5, 20, 100))):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _without(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.choice((1, 10, 100, 1000)) :]


def _doubled(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.choice((1, 10, 100, 1000))]
    return data[:start] + piece * chance.choice((2, 3, 50)) + data[start + len(piece) :]


def _put_in(data: bytes, chance: random.Random) -> bytes:
    made = data
    for _ in range(chance.choice((1, 3, 10))):
        at = chance.randrange(len(made) + 1)
        made = made[:at] + chance.choice(_ODD_BYTES) * chance.choice((1, 1, 1, 200)) + made[at:]
    return made


_NUMBER = re.compile(rb"\d+")


def _renumbered(data: bytes, chance: random.Random) -> bytes:
    """Other numbers in the bytes: lengths, offsets, sizes, references."""
    found = list(_NUMBER.finditer(data))
    if not found:
        return _flipped(data, chance)
    made = data
    for match in sorted(chance.sample(found, min(len(found), chance.choice((1, 2, 8)))), key=lambda each: -each.start()):
        odd = chance.choice((b"0", b"1", b"-1", b"65535", b"4294967295", b"99999999999", str(chance.randrange(100)).encode()))
        made = made[: match.start()] + odd + made[match.end() :]
    return made


BYTES: tuple[Callable[[bytes, random.Random], bytes], ...] = (_flipped, _cut, _without, _doubled, _put_in, _renumbered)


def _tree(data: bytes, chance: random.Random) -> bytes:
    """XML with some of its elements removed, doubled, moved, or with an odd value; as it is where it is no XML."""
    try:
        root = etree.fromstring(data)
    except (etree.XMLSyntaxError, ValueError):
        return chance.choice(BYTES)(data, chance)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        inner = [each for each in root.iter(etree.Element) if each is not root]
        if not inner:
            break
        one, other = chance.choice(inner), chance.choice(inner)
        above = one.getparent()
        assert above is not None
        how = chance.randrange(6)
        if how == 0:
            above.remove(one)
        elif how == 1:
            for _ in range(chance.choice((1, 2, 30))):
                above.insert(0, etree.fromstring(etree.tostring(one)))
        elif how == 2 and one is not other and one not in other.iterancestors():
            one.append(other)
        elif how == 3 and one.attrib:
            one.set(chance.choice(list(one.attrib)), chance.choice(_ODD).replace("\0", ""))
        elif how == 4 and one.attrib:
            del one.attrib[chance.choice(list(one.attrib))]
        else:
            one.text = chance.choice(_ODD)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _packed(data: bytes, chance: random.Random) -> bytes:
    """An archive with a member damaged, dropped, doubled or swapped with another, and packed again."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = [(name, old.read(name)) for name in old.namelist()]
    for _ in range(chance.choice((1, 1, 2, 4))):
        number = chance.randrange(len(parts))
        name, part = parts[number]
        how = chance.randrange(8)
        if how == 0 and len(parts) > 1:
            del parts[number]
        elif how == 1:
            parts.append((name, part))
        elif how == 2:
            parts[number] = (name, chance.choice(parts)[1])
        elif how == 3 and part:
            parts[number] = (name, chance.choice(BYTES)(part, chance))
        else:
            parts[number] = (name, _tree(part, chance))
    made = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:  # of names given twice
        for name, part in parts:
            new.writestr(zipfile.ZipInfo(name), part)
    return made.getvalue()


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A file made of ``data`` by one sort of damage, sometimes two."""
    made = data
    for _ in range(chance.choice((1, 1, 1, 2))):
        if made[:2] == b"PK" and chance.random() < 0.8:
            try:
                made = _packed(made, chance)
                continue
            except Exception:  # damaged before: as bytes
                pass
        made = chance.choice(BYTES)(made or b" ", chance)
    return made


def _alarm(_signal: int, _frame: FrameType | None) -> None:
    raise _HangError


def ending(data: bytes, suffix: str, seconds: float = PATIENCE) -> Ending:
    """What reading ``data`` as a file with that suffix ends in."""
    started = _cpu()
    signal.signal(signal.SIGALRM, _alarm)
    signal.setitimer(signal.ITIMER_REAL, _STALLED * seconds)
    try:
        _read(data, suffix)
    except UnreadableError as error:
        line = str(error)
        what, said = ("crash", f"several lines: {line!r}") if len(line.splitlines()) != 1 else ("line", "")
    except (_HangError, Exception) as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        what, said = "crash", f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}: {str(error)[:100]}"
    else:
        what, said = "document", ""
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return Ending(what, _cpu() - started, said)


def _cpu() -> float:
    ours, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return ours.ru_utime + ours.ru_stime + theirs.ru_utime + theirs.ru_stime


def _read(data: bytes, suffix: str) -> None:
    if suffix != archives.SUFFIX:
        read_bytes(data, name=f"fuzz{suffix}", suffix=suffix)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"fuzz{suffix}"
        path.write_bytes(data)
        for file in archives.files(str(path)):
            read(file)


@cache
def samples() -> Mapping[str, bytes]:
    """The project's sample in every format, by the name of the file."""
    from tests.formats import FORMATS, SAMPLE, as_rtf, as_scan, as_site, as_zip

    more = {"site.html": as_site, "reports.zip": as_zip, "scan.pdf": as_scan, "old.rtf": as_rtf}
    return {name: make(SAMPLE) for name, make in ({f"a{suffix}": make for suffix, make in FORMATS.items()} | more).items()}


def trial(number: int, seed: int, seconds: float) -> tuple[int, str, Ending]:
    """The file of a number, the name of what was damaged and what it ended in."""
    name, data = _made(number, seed)
    return number, name, ending(data, Path(name).suffix, seconds)


def _made(number: int, seed: int) -> tuple[str, bytes]:
    names = sorted(DEAR if number % SELDOM == SELDOM - 1 else samples().keys() - DEAR)
    name = names[number // SELDOM % len(names) if number % SELDOM == SELDOM - 1 else number % len(names)]
    return name, damaged(samples()[name], random.Random(f"{seed}:{number}"))


def run(count: int, seed: int, seconds: float = PATIENCE, jobs: int = 1) -> Iterator[tuple[int, str, Ending]]:
    """The endings of so many files."""
    one = partial(trial, seed=seed, seconds=seconds)
    if jobs == 1:
        yield from map(one, range(count))
        return
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        yield from pool.imap(one, range(count), chunksize=20)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=ALL, help="how many files (ten thousand)")
    parser.add_argument("--seed", type=int, default=1, help="of the random numbers")
    parser.add_argument("--seconds", type=float, default=PATIENCE, help="the longest that a file may take")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", type=Path, metavar="DIR", help="save the files that went wrong there")
    options = parser.parse_args()
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    slowest: dict[str, float] = defaultdict(float)
    wrong: list[str] = []
    for number, name, found in run(options.count, options.seed, options.seconds, options.jobs):
        late = found.seconds > options.seconds
        tally[name]["hang" if late else found.what] += 1
        slowest[name] = max(slowest[name], found.seconds)
        if late or found.what == "crash":
            wrong.append(f"{number} {name}: {found.seconds:.1f} s {found.said}")
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{options.seed}-{number}-{name}").write_bytes(_made(number, options.seed)[1])
    print("| file | document | one line | crash | hang | slowest |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for name in sorted(tally):
        print(f"| {name} |", *(f"{tally[name][what]:,} |" for what in ("document", "line", "crash", "hang")), f"{slowest[name]:.1f} s |")
    print(f"\n{options.count:,} files, seed {options.seed}, {len(wrong)} crashes and hangs")
    print(*wrong[:50], sep="\n")
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
