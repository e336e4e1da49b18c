"""The names of a catalogue that resemble a mention: character n-grams weighted by TF-IDF, rescored by edit similarity.

scikit-learn learns the weights (``python -m extract.ranking`` writes them to data/aliases.npz, plain arrays); what ships
needs numpy alone, since importing scikit-learn takes longer than reading a whole report.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NGRAMS = (2, 3)
FILE = "aliases.npz"
_SHORTLIST = 6
_CHUNK = 256


class Near(NamedTuple):
    """A known name that resembles what was asked for, and how much (0…1)."""

    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Ranker:
    """The learned weights: known names, the number of each n-gram, its inverse document frequency, and where it occurs.

    The names that hold n-gram ``j``, and its weight in each, stand in ``rows`` and ``weights`` from ``starts[j]`` up to ``starts[j + 1]``.
    """

    names: tuple[str, ...]
    numbers: dict[str, int]
    idf: NDArray[np.float32]
    starts: NDArray[np.int32]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]


def nearest(queries: Sequence[str], ranker: Ranker) -> dict[str, tuple[Near, ...]]:
    """For each query the known names most like it, best first: the mean of n-gram cosine and edit similarity.

    All queries are scored together; the cost grows with their number and length.
    """
    import numpy as np
    from rapidfuzz.distance import Indel

    found: dict[str, tuple[Near, ...]] = {}
    count = len(ranker.names)
    if not count:
        return found
    for at in range(0, len(queries), _CHUNK):
        chunk = queries[at : at + _CHUNK]
        cells: list[NDArray[Any]] = []
        values: list[NDArray[Any]] = []
        for number, query in enumerate(chunk):
            for gram, weight in _weigh(query, ranker):
                place = slice(int(ranker.starts[gram]), int(ranker.starts[gram + 1]))
                cells.append(ranker.rows[place] + number * count)
                values.append(ranker.weights[place] * weight)
        if not cells:
            continue
        scores = np.bincount(np.concatenate(cells), np.concatenate(values), minlength=len(chunk) * count).reshape(len(chunk), count)
        size = min(_SHORTLIST, count)
        best = np.argpartition(-scores, size - 1, axis=1)[:, :size]
        for query, row, picks in zip(chunk, scores, best, strict=True):
            near = [
                Near(name, (float(row[pick]) + Indel.normalized_similarity(query, name)) / 2)
                for pick in picks.tolist()
                if row[pick] > 0
                for name in (ranker.names[pick],)
            ]
            found[query] = tuple(sorted(near, key=lambda each: (-each.score, each.name)))
    return found


def _weigh(query: str, ranker: Ranker) -> list[tuple[int, float]]:
    """The known n-grams of a query with their weights, as a vector of length 1 — unknown ones count for nothing."""
    counts: Counter[int] = Counter()
    for size in range(NGRAMS[0], NGRAMS[1] + 1):
        for start in range(len(query) - size + 1):
            number = ranker.numbers.get(query[start : start + size])
            if number is not None:
                counts[number] += 1
    weights = [(number, (1 + math.log(times)) * float(ranker.idf[number])) for number, times in counts.items()]
    length = math.sqrt(sum(weight * weight for _, weight in weights))
    return [(number, weight / length) for number, weight in weights]


def fit(names: Iterable[str]) -> Ranker:
    """A ranker for these names; scikit-learn learns the weights."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    known = tuple(sorted(set(names)))
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=NGRAMS, sublinear_tf=True, lowercase=False, dtype=np.float32)
    matrix = vectorizer.fit_transform(known).tocsc()
    matrix.sort_indices()
    return Ranker(
        known,
        {gram: int(number) for gram, number in vectorizer.vocabulary_.items()},
        vectorizer.idf_.astype(np.float32),
        matrix.indptr.astype(np.int32),
        matrix.indices.astype(np.int32),
        matrix.data.astype(np.float32),
    )


def save(ranker: Ranker, path: Path) -> None:
    """Write the arrays; the same ranker gives the same bytes."""
    import numpy as np

    grams = sorted(ranker.numbers, key=ranker.numbers.__getitem__)
    np.savez_compressed(
        path,
        names=np.array("\n".join(ranker.names)),
        grams=np.array("\n".join(grams)),
        idf=ranker.idf.astype(np.float16),
        starts=ranker.starts,
        rows=ranker.rows.astype(np.uint16),
        weights=ranker.weights.astype(np.float16),
    )


def read(path: Path) -> Ranker:
    """The ranker that :func:`save` wrote to ``path``."""
    import numpy as np

    with np.load(path, allow_pickle=False) as arrays:
        grams = str(arrays["grams"]).split("\n")
        return Ranker(
            tuple(str(arrays["names"]).split("\n")),
            {gram: number for number, gram in enumerate(grams)},
            arrays["idf"].astype(np.float32),
            arrays["starts"],
            arrays["rows"].astype(np.int32),
            arrays["weights"].astype(np.float32),
        )


@cache
def shipped() -> Ranker:
    """The ranker for the catalogue that ships, read once."""
    with resources.as_file(resources.files("extract").joinpath("data", FILE)) as path:
        return read(path)
