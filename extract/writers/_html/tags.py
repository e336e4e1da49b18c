"""Elements of HTML, and text that is fit to stand in them, whatever it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from markupsafe import Markup, escape

Attributes = Mapping[str, "str | int | bool | None"]

_BIDI = {
    "\u200e": "LRM", "\u200f": "RLM", "\u061c": "ALM", "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO",
    "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI",
}  # fmt: skip
_NONCHARACTERS = "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))
# What HTML forbids in text (controls, surrogates, noncharacters), and what turns the order of characters around.
_UNFIT = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}{''.join(_BIDI)}]")
_ENDING = re.compile("[&<>\u2028\u2029]")
_SPECIAL = re.compile("[&<>'\"]")
HOLE = Markup("\0")
"""Where something else goes; no text that is shown has this character."""
_VOID = frozenset({"meta", "link", "input", "br", "hr"})


def _visible(match: re.Match[str]) -> str:
    character = match[0]
    if character in _BIDI:
        # A number written backwards is seen as it is stored: digits are what is audited.
        return f"⟨{_BIDI[character]}⟩"
    if character == "\r":
        return "\n"
    return chr(0x2400 + ord(character)) if character < " " else "\ufffd"


def clean(text: str) -> str:
    """The text with what HTML cannot hold, or what reverses its order, made visible: NUL → ␀, U+202E → ⟨RLO⟩, else U+FFFD."""
    # what can be printed is fit
    return text if text.isprintable() else _UNFIT.sub(_visible, text)


def shown(text: str) -> Markup:
    """Any text as content of an element or value of an attribute."""
    return text if isinstance(text, Markup) else Markup(_escaped(text))


def joined(*parts: str) -> Markup:
    """Parts one after the other, those that are no markup yet escaped."""
    return Markup("".join(map(_escaped, parts)))


def _escaped(text: str) -> str:
    if isinstance(text, Markup):
        return text
    fit = clean(text)
    return str(escape(fit)) if _SPECIAL.search(fit) else fit


def tag(name: str, *parts: str | Attributes) -> Markup:
    """The element ``name``. Of its parts, mappings are attributes and the others its content: text is escaped, markup stays.

    An attribute that is ``None``, ``False`` or empty is left out; ``True`` stands without a value.
    """
    opening, content = name, []
    for part in parts:
        if isinstance(part, str):
            content.append(part)
            continue
        for key, value in part.items():
            if value is not None and value is not False and value != "":
                opening += f" {key}" if value is True else f' {key}="{_escaped(str(value))}"'
    return Markup(f"<{opening}>" if name in _VOID else "".join((f"<{opening}>", *map(_escaped, content), f"</{name}>")))


def enclosed(name: str, attributes: Attributes, parts: Iterable[Markup]) -> Iterator[Markup]:
    """The element ``name`` piece by piece, for content that is too long to be copied into one element after the other."""
    before, _, after = tag(name, attributes, HOLE).partition(HOLE)
    yield before
    yield from parts
    yield after


def _unended(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def data_block(identity: str, value: object) -> Markup:
    """A block of JSON for the page's script: no ``<`` stands in it, so nothing in it can end the block."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(f'<script type="application/json" id="{identity}">{_ENDING.sub(_unended, clean(text))}</script>')
