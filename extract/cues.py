"""Cue words: what the words beside a number say of its kind. The words are in ``data/cues.toml``, one table a label."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from extract.errors import KnowledgeError

# The labels that are asked for wherever a word of theirs stands before a number; the others only in what may name it.
ASKED = frozenset({"compare", "plan"})


@cache
def cues() -> Mapping[str, str]:
    """The label of every cue word (``{"同比": "compare", …}``).

    Raises:
        KnowledgeError: a word stands under two labels.
    """
    labels: dict[str, str] = {}
    data = tomllib.loads(resources.files("extract").joinpath("data/cues.toml").read_text(encoding="utf-8"))
    for label, table in data.items():
        for word in table["words"]:
            if word in labels:
                raise KnowledgeError("cues.toml", f'"{word}" stands under [{label}] and under [{labels[word]}]')
            labels[word] = label
    return labels


def asked() -> tuple[str, ...]:
    """The cue words that are asked for at any distance from a number."""
    return tuple(word for word, label in cues().items() if label in ASKED)
