"""The page: one file with everything in it, that asks nobody for anything."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def asset(name: str) -> str:
    """The text of ``page.css`` or ``page.js``."""
    return (files(__package__) / name).read_text(encoding="utf-8")
