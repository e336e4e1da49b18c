"""Bytes to text: which encoding a Chinese document is in."""

from __future__ import annotations

import re

from extract.errors import UnreadableError

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_HTML_LABEL = re.compile(rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_PLAUSIBLE = re.compile(r"[\n\r\t -~\u00a0-\u00ff\u2000-\u26ff\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]+")
# Of the characters of a Chinese text, the least share that must be common ones, for GB18030 to be believed: it decodes
# most byte strings of other encodings too, into rare characters.
_PLAUSIBLE_SHARE = 0.9
_LABEL_HEAD = 4096


def decode(data: bytes, where: str) -> tuple[str, str]:
    """The text of ``data`` and the name of its encoding; a byte order mark stays, as the character U+FEFF.

    Order: byte order mark, UTF-8, the label of an HTML or XML head, GB18030, then charset-normalizer. The labels
    gb2312 and gbk mean GB18030.

    Raises:
        UnreadableError: the bytes are empty, no text, or in no encoding that can be told.
    """
    if not data.strip():
        raise UnreadableError(where, "the file is empty", "nothing to read")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = _strict(data, encoding)
            if text is None:
                raise UnreadableError(where, f"its byte order mark says {encoding}, its bytes are not", "save it as UTF-8")
            return text, encoding
    if b"\0" in data:
        raise UnreadableError(where, "a binary file, no text", "heshu reads text, Markdown, HTML and CSV")
    text = _strict(data, "utf-8")
    if text is not None:
        return text, "utf-8"
    for encoding in (_labelled(data), "gb18030"):
        text = _strict(data, encoding) if encoding else None
        if text is not None and _plausible(text):
            return text, encoding
    return _guessed(data, where)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _labelled(data: bytes) -> str:
    label = _HTML_LABEL.search(data, 0, _LABEL_HEAD)
    name = label[1].decode("ascii").lower() if label else ""
    return "gb18030" if name in {"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936"} else name


def _plausible(text: str) -> bool:
    return sum(len(run) for run in _PLAUSIBLE.findall(text)) >= _PLAUSIBLE_SHARE * len(text)


def _guessed(data: bytes, where: str) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 1 << 20]).best()
    text = _strict(data, best.encoding) if best is not None else None
    if best is None or text is None or not _plausible(text):
        raise UnreadableError(where, "its encoding cannot be told", "save it as UTF-8")
    return text, best.encoding
