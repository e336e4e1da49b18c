"""Features that all kinds of candidates share: how two numbers stand to each other."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from rapidfuzz.fuzz import ratio

from extract.candidates._numbers import GROUPS, Features, Number
from extract.memo import remembered

# Words between two numbers that say how they belong together; the first that is there counts.
_JOINTS = ("其中", "分别", "包括", "分为", "扣除", "占", "比", "由", "从", "为", "上年", "剩", "余", "未", "共", "合计", "减", "增", "升", "降")
_MARKS = (("：:", "colon"), ("（(", "open"), ("）)", "close"), ("；", "semicolon"), ("、和及", "list"), ("，,", "comma"))
_CONTRARY = (
    ("预算", "决算"),
    ("收入", "支出"),
    ("计划", "实际"),
    ("目标", "实际"),
    ("新收", "办结"),
    ("中标", "预留"),
    ("年初", "年末"),
    ("应", "实"),
    ("上半年", "下半年"),
    ("上年", "本年"),
    ("死亡", "受伤"),
    *((f"{a}季度", f"{b}季度") for a, b in ("一二", "一三", "一四", "二三", "二四", "三四")),
)
_FARTHEST = 6
_LOGS = 12


def joined(*parts: Features) -> dict[str, list[str]]:
    """All features of the parts, by group."""
    return {group: [feature for part in parts for feature in part.get(group, ())] for group in GROUPS}


def pair(tag: str, a: Number, b: Number, text: str) -> Features:
    """How two numbers stand to each other."""
    where, alike = place(a, b), likeness(a, b)
    distance = max(-_FARTHEST, min(_FARTHEST, b.at - a.at))
    return {
        "place": (f"{tag} {where}", f"{tag} by {distance}"),
        "words": (f"{tag} like {alike}", f"{tag} name {a.name == b.name}", f"{tag} like {alike} {where}"),
        "cues": (f"{tag} between {between(a, b, text)} {a.at < b.at}",),
        "kinds": (
            f"{tag} {a.kind} {b.kind}",
            f"{tag} subject {a.fact.subject == b.fact.subject} {bool(a.fact.subject)} {bool(b.fact.subject)}",
            f"{tag} period {a.fact.period == b.fact.period}",
            f"{tag} unit {a.fact.quantity.unit == b.fact.quantity.unit}",
        ),
    }


def place(a: Number, b: Number) -> str:
    """The smallest thing that holds both numbers."""
    first, second = a.fact, b.fact
    if first.cell is not None and second.cell is not None:
        if first.cell == second.cell:
            return "cell"
        if first.cell.table != second.cell.table:
            return "tables"
        return "row" if first.cell.row == second.cell.row else "column" if first.cell.column == second.cell.column else "table"
    if first.cell is not None or second.cell is not None:
        return "mixed"
    if first.clause == second.clause:
        return "clause"
    if first.sentence == second.sentence:
        return "sentence"
    return ("block", "next")[abs(first.block - second.block)] if abs(first.block - second.block) < 2 else "far"


def likeness(a: Number, b: Number) -> str:
    """How like each other the names of two numbers are."""
    if a.words == b.words:
        return "equal"
    if not a.words or not b.words:
        return "none"
    if a.words in b.words or b.words in a.words:
        return "inside"
    return f"{int(ratio(a.words, b.words) // 25)}"


def between(a: Number, b: Number, text: str) -> str:
    """What stands between two numbers of one sentence: a word that joins them, or a mark."""
    if a.fact.sentence != b.fact.sentence:
        return "apart"
    first, second = (a, b) if a.at < b.at else (b, a)
    words = text[first.fact.quantity.extent.end : second.fact.quantity.extent.start]
    for joint in _JOINTS:
        if joint in words:
            return joint
    return next((name for marks, name in _MARKS if any(mark in words for mark in marks)), "plain")


def siblings(a: Number, b: Number, text: str) -> bool:
    """Whether two numbers are members of one list: 县道26公里、乡道43公里、村道69公里."""
    return a.fact.cell == b.fact.cell and between(a, b, text) == "list"


def contrary(a: Number, b: Number) -> bool:
    """Whether the words of two numbers exclude that both state one thing: 预算 and 决算."""
    x, y = _poles(a.fact.subject + a.fact.mention.text), _poles(b.fact.subject + b.fact.mention.text)
    return any((pair, not side) in y and (pair, side) not in y and (pair, not side) not in x for pair, side in x)


@remembered(4096)
def _poles(words: str) -> frozenset[tuple[int, bool]]:
    """Which of the contrary words are said, each by its pair and its side."""
    return frozenset((at, side) for at, pair in enumerate(_CONTRARY) for side in (False, True) if pair[side] in words)


def bigrams(words: str) -> frozenset[str]:
    """Each two neighbouring characters."""
    return frozenset(words[at : at + 2] for at in range(len(words) - 1))


def shared(first: frozenset[str], second: frozenset[str]) -> float:
    """How much of the smaller set is in the other."""
    return len(first & second) / max(1, min(len(first), len(second)))


def log(chance: float) -> int:
    """A chance in halvings, within bounds."""
    return int(max(-_LOGS, min(_LOGS, math.floor(math.log2(chance))))) if 0 < chance < math.inf else -_LOGS if chance <= 0 else _LOGS


def says(pattern: re.Pattern[str], *words: str) -> bool:
    """Whether some of the words hold the pattern."""
    return any(pattern.search(word) for word in words)


def kinds(numbers: Iterable[Number]) -> set[str]:
    """The kinds of the numbers' facts."""
    return {number.kind for number in numbers}
