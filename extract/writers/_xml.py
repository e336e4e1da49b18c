"""Text as XML 1.0 allows it."""

from __future__ import annotations

import re

_NO_XML = r"[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]"
"""Characters that XML 1.0 does not allow, not even escaped; compiled where one may stand, which takes a while."""


def clean(text: str) -> str:
    """The text with a replacement character for each that XML does not allow."""
    # what can be printed is allowed
    return text if text.isprintable() else re.sub(_NO_XML, "\N{REPLACEMENT CHARACTER}", text)
