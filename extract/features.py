"""Text as numbers that a linear model can weigh: each character with the two and three that begin there, hashed.

Nothing is learned here. A whole text is hashed in one go, so that a character costs nanoseconds; what a model makes of a
stretch of text is then the difference of two cumulative sums.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# An n-gram is one of 2**BITS features.
BITS = 15
SIZES = (2, 3)
# So many characters are hashed at a time: long texts need memory for their sums only.
_PIECE = 1 << 18
_MULTIPLIERS = tuple(map(np.uint64, (0x9E3779B97F4A7C15, 0x2545F4914F6CDD1D, 0xD6E8FEB86659FD93)))
_FINAL = np.uint64(0xBF58476D1CE4E5B9)
_ZERO = np.uint64(ord("0"))


def ngrams(text: str) -> NDArray[np.uint16]:
    """The feature numbers of the n-grams that begin at each character: characters × :data:`SIZES`, below 2**:data:`BITS`.

    All digits count as one, so that a number says how it is written and not how much it is.
    """
    codes = np.frombuffer((text + "\0\0").encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    codes[(codes >= 0xFF10) & (codes <= 0xFF19)] = _ZERO
    codes[(codes >= _ZERO) & (codes <= _ZERO + np.uint64(9))] = _ZERO
    one, two, three = _MULTIPLIERS
    pairs = codes[:-2] * one + codes[1:-1] * two
    return np.stack([_folded(pairs), _folded(pairs + codes[2:] * three)], axis=1)


def _folded(hashes: NDArray[np.uint64]) -> NDArray[np.uint16]:
    mixed = (hashes ^ (hashes >> np.uint64(29))) * _FINAL
    return (mixed >> np.uint64(64 - BITS)).astype(np.uint16)


def sums(text: str, weights: NDArray[np.float32]) -> NDArray[np.float64]:
    """Cumulative weights of the text: ``sums[b] - sums[a]`` is the weight of the n-grams that begin in ``text[a:b]``.

    ``weights`` has 2**:data:`BITS` entries; the result has one more than the text has characters.
    """
    found = np.zeros(len(text) + 1)
    for at in range(0, len(text), _PIECE):
        piece = ngrams(text[at : at + _PIECE + max(SIZES) - 1])[:_PIECE]
        found[at + 1 : at + 1 + len(piece)] = weights[piece].sum(axis=1)
    return np.cumsum(found, out=found)
