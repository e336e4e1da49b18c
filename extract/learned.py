"""What was learned from annotated documents, and facts as seen with it. Only numpy is needed here.

A model is a folder of plain arrays (``weights.npz``, no pickle) with its CARD.md; ``heshu train`` makes it. Its module says
what it knows: :mod:`extract.sides` which words name a number, :mod:`extract.tense` whether a number is a target,
:mod:`extract.related` which numbers belong together.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from extract.related import Related
from extract.relations import Proposer
from extract.sides import Sides
from extract.tense import Tense
from extract.types import Document, Fact, Span

Model = Sides | Tense | Related
FILE = "weights.npz"
NAMES = (Sides.name, Tense.name, Related.name)
"""The models that ship, in the order in which they look at a document."""


def models(choice: str = "default") -> tuple[Model, ...]:
    """The models of a choice: none for "patterns", all that ship for "default"."""
    return () if choice == "patterns" else tuple(map(shipped, NAMES))


@cache
def shipped(name: str) -> Model:
    """The model of that name that comes with heshu, loaded at first use."""
    return read(name, (_folder() / name / FILE).read_bytes())


def _folder() -> Traversable:
    inside = resources.files("extract") / "_models"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[1] / "models"


def read(name: str, data: bytes) -> Model:
    """The model of that name that the bytes of its file hold.

    Raises:
        ValueError: the bytes are no such file.
    """
    import numpy as np

    sha256 = hashlib.sha256(data).hexdigest()
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        weights = arrays["weights"].astype(np.float32)
        if name != Tense.name:
            kind = Sides if name == Sides.name else Related
            return kind(weights=weights, bias=float(arrays["bias"][0]), sha256=sha256)
        near, wide, bias = arrays["stretches"].tolist()
        return Tense(weights=weights, near=near, wide=wide, bias=bias, sha256=sha256)


def maker(model: Model) -> str:
    """What stands among the makers of a fact that the model changed, and at a check that it found."""
    return f"{'learned' if isinstance(model, Related) else 'tagger'}:{model.name}@{model.sha256[:8]}"


def revised(document: Document, facts: tuple[Fact, ...], after: Mapping[int, Span], models: Sequence[Model]) -> tuple[Fact, ...]:
    """The facts as the models see them, one model after the other.

    ``after`` are the words after a number that may name it, by where the numeral starts.
    """
    for model in models:
        if not isinstance(model, Related):
            facts = model.revise(document, facts, after, maker(model))
    return facts


def proposer(models: Sequence[Model]) -> Proposer | None:
    """What finds more relations than the rules do; ``None`` where none of the models does."""
    found = next((model for model in models if isinstance(model, Related)), None)
    return None if found is None else Proposer(by=maker(found), propose=found.propose)
