"""Line ends and invisible characters of a text whose lines count."""

from __future__ import annotations

import re

from extract.mapped import Mapped

# Zero-width characters, soft hyphens and byte order marks say nothing and stand inside words and numbers.
_ODD = re.compile("[\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029\ufeff\u200b-\u200f\u2060\u00ad](?:(?<=\r)\n)?")
_DROPPED = frozenset("\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad")


def plain_lines(mapped: Mapped) -> Mapped:
    """The text with every line end a line feed and invisible characters out."""
    return mapped.edit([(m.start(), m.end(), "" if m[0] in _DROPPED else "\n") for m in _ODD.finditer(mapped.text)])
