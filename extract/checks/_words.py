"""Words that finders share: units that count alike, names that say the same, labels of tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.memo import remembered
from extract.types import Quantity

_SPACE = re.compile(r"[\s“”\"‘’《》（）()：:，,、]")
_WEAK = re.compile(
    r"(?:总数|数量|总额|金额|货值|人数|(?<!人)次数|起数|家数|场次|场数|期数|数|额|率|情况|活动)$|"
    r"^(?:全年|本年|全市|全区|全县|全省|我局|本局|累计|共|总|举办|开展|组织)"
)
_FOLD = str.maketrans(
    {
        "(": "（",
        ")": "）",
        ",": "，",
        ";": "；",
        ":": "：",
        "％": "%",
        "＜": "<",
        "＞": ">",
        "．": ".",
        "－": "-",
        "—": "-",
        "～": "-",
        "~": "-",
        "–": "-",
    }
)

_FOLDED = re.compile(f"[{re.escape(''.join(map(chr, _FOLD)))}]")


@remembered(4096)
def bare(words: str) -> str:
    """Words without spaces, quotation marks and brackets."""
    text: str = _SPACE.sub("", words)
    return text


@remembered(4096)
def core(words: str) -> str:
    """Words without what does not tell one indicator from another."""
    words = bare(words)
    while (shorter := _WEAK.sub("", words)) != words and shorter:
        words = shorter
    return words


def alike(first: str, second: str) -> bool:
    """Whether two mentions say the same: equal at their core, or one inside the other."""
    a, b = core(first), core(second)
    return bool(a and b) and (a == b or a in b or b in a)


@remembered(8192)
def bigrams(words: str) -> frozenset[str]:
    """Each two neighbouring characters of some words: words that have one in common often speak of one thing."""
    return frozenset(words[at : at + 2] for at in range(len(words) - 1))


def beginning(x: str, y: str) -> str:
    """What two words begin with alike."""
    return x[: next((n for n, (p, q) in enumerate(zip(x, y, strict=False)) if p != q), min(len(x), len(y)))]


def spelled(short: str, long: str) -> bool:
    """Whether all characters of some words stand in other ones, in their order: 接入基地 in 接入生产基地."""
    rest = iter(long)
    return len(short) > 2 and all(char in rest for char in short)


def squeezed(text: str) -> tuple[str, Sequence[int]]:
    """The text without spaces, ASCII brackets and commas in full width, and where each of its characters stands."""
    words = "".join(text.split())
    at = range(len(text)) if len(words) == len(text) else [n for n, char in enumerate(text) if not char.isspace()]
    return folded(words), at


def folded(words: str) -> str:
    """ASCII brackets and commas in full width, one way of writing signs and dashes; in most texts nothing is to be changed."""
    return words.translate(_FOLD) if _FOLDED.search(words) else words


def related(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether some words of one are inside some words of the other (道路运输 as a name here, as a subject there)."""
    return any(alike(a, b) for a in first if len(core(a)) > 1 for b in second if len(core(b)) > 1)


def unit_family(quantity: Quantity) -> str:
    """Units that count the same things: 场 and 场次, 家 and 家次 are not told apart; 人 and 人次 are."""
    return "元" if quantity.dimension == "money" else _family(quantity.unit)


@remembered(1024)
def _family(printed: str) -> str:
    if printed in ("台套", "件套"):
        return printed[0]
    unit = bare(printed)
    if unit.endswith("次") and unit[:-1] in ("场", "批", "期", "班", "起"):
        return unit[:-1]
    if unit in ("名", "位"):
        return "人"
    return "%" if unit in ("％", "%") else unit
