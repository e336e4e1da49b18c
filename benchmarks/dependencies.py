"""What heshu is installed with: every package that it or one of its extras needs, how that is pinned, and under which licence it comes.

``python -m benchmarks.dependencies`` prints them and leaves with exit code 1 where one has no permissive licence and is not one of
:data:`EXCEPTIONS`, or is not pinned in constraints.txt. Packages that are not installed here are named and not looked at.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
WORKSHOP = frozenset({"dev", "fuzz", "peers"})
"""Extras for those who work on heshu, not for those who work with it."""
EXCEPTIONS = {
    "certifi": "MPL-2.0, which covers its own file alone: the root certificates that spaCy's downloads would need; heshu never asks for them",
    "tqdm": "MPL-2.0 AND MIT: the MPL covers its own files, which are used as they come",
}
"""Packages under another licence, and why they are taken all the same."""
_PERMISSIVE = re.compile(r"\b(?:MIT|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|Zlib|HPND|Unlicense|CC0)\b", re.IGNORECASE)
_BINDING = re.compile(r"\b[AL]?GPL|General Public|\bMPL|Mozilla|\bEUPL|\bSSPL|Proprietary|Commercial", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dependency:
    """A package, its licence as it says itself, its pin ("" where it has none), and what of heshu needs it ("" for the core)."""

    name: str
    licence: str
    pinned: str
    extra: str

    @property
    def wrong(self) -> str:
        """What speaks against it; "" where nothing does."""
        if not self.pinned:
            return "not pinned in constraints.txt"
        if self.name in EXCEPTIONS or (_PERMISSIVE.search(self.licence) and not _BINDING.search(self.licence)):
            return ""
        return "no permissive licence"


def dependencies() -> tuple[list[Dependency], list[str]]:
    """The packages that are installed here, by name, and the names of those that are not."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {name: needed for name, needed in project["optional-dependencies"].items() if name not in WORKSHOP}
    pins = _pins()
    found: dict[str, Dependency] = {}
    missing: list[str] = []
    waiting = [(line, extra) for extra, lines in {"": project["dependencies"], **extras}.items() for line in lines]
    for line, extra in waiting:  # grows while it is walked
        wanted = Requirement(line)
        name = canonicalize_name(wanted.name)
        if name in found or name in missing or name == "heshu":
            continue
        try:
            said = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            missing.append(name)
            continue
        found[name] = Dependency(name, _licence(said), pins.get(name, ""), extra)
        waiting.extend((below, extra) for below in metadata.requires(name) or () if _applies(Requirement(below), wanted.extras))
    return sorted(found.values(), key=lambda each: each.name), sorted(missing)


def _applies(below: Requirement, extras: set[str]) -> bool:
    return below.marker is None or any(below.marker.evaluate({"extra": extra}) for extra in extras or {""})


def _pins() -> dict[str, str]:
    lines = (line.partition("#")[0].strip() for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines())
    return {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines) if version}


def _licence(said: metadata.PackageMetadata) -> str:
    classifiers = (each.rpartition("::")[2].strip() for each in said.get_all("Classifier") or () if each.startswith("License ::"))
    expression, words = ("".join(said.get_all(field) or ()) for field in ("License-Expression", "License"))
    return expression or "; ".join(classifiers) or (words or "unknown").splitlines()[0]


def _lines() -> Iterator[str]:
    found, missing = dependencies()
    yield "| package | pinned | needed by | licence | |\n| --- | --- | --- | --- | --- |"
    for each in found:
        yield f"| {each.name} | {each.pinned} | {each.extra or 'the core'} | {each.licence} | {each.wrong or EXCEPTIONS.get(each.name, '')} |"
    if missing:
        yield f"\nNot installed, not looked at: {', '.join(missing)}"


def main() -> None:
    print(*_lines(), sep="\n")
    raise SystemExit(any(each.wrong for each in dependencies()[0]))


if __name__ == "__main__":
    main()
