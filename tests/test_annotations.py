"""The hand-made annotations follow their guideline: spans hit numerals, values follow from digits, relations from arithmetic."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
ANNOTATIONS = ROOT / "annotations"
SHARED = ROOT.parent / "shared" / "corpus"
WRITTEN = sorted((ANNOTATIONS / "gold").glob("*.gold.json"))
STANDOFF = sorted((ANNOTATIONS / "standoff").glob("*.gold.json"))
EVERY = WRITTEN + STANDOFF

Gold = dict[str, Any]
Range = tuple[Fraction | None, Fraction | None]

BOUNDS = {"=", "≈", "<~", ">~", ">", ">=", "<", "<=", "range"}
KINDS = {"level", "target", "rate", "growth", "delta", "score", "max_score", "other"}
ROLES = {
    "same": {"facts"},
    "sum": {"total", "parts"},
    "part": {"whole", "part"},
    "ratio": {"rate", "num", "den"},
    "growth": {"change", "current", "previous"},
    "diff": {"result", "minuend", "subtrahend"},
    "target": {"target", "actual"},
    "count": {"count"},
    "implied": {"facts"},
}
OPTIONAL_ROLES = {"previous", "items"}
NUMERAL = re.compile(r"[0-9０-９零〇一二三四五六七八九十百千万亿两半几数双单多若廿翻全整无ⅠⅡⅢⅣ①-⑳]")


def name(path: Path) -> str:
    return path.name.removesuffix(".gold.json")


def load(path: Path) -> Gold:
    gold: Gold = json.loads(path.read_text(encoding="utf-8"))
    return gold


def text_of(path: Path) -> str | None:
    """The annotated text: the project's own, or a public one where it lies beside the project."""
    doc = name(path)
    for folder in (ANNOTATIONS / "documents", SHARED / "dev", SHARED / "seeds"):
        if (file := folder / f"{doc}.txt").exists():
            return file.read_bytes().decode("utf-8")
    source = load(path).get("source")
    if source and source["reader"] == "decoded" and (file := SHARED / source["file"]).exists():
        return file.read_bytes().decode("utf-8")[source["start"] : source["end"]]
    return None


def digits(fact: Gold, text: str | None) -> str:
    raw = fact["printed"] if "printed" in fact else (text or "")[fact["start"] : fact["end"]]
    return re.sub(r"[\s,，]", "", raw).translate(str.maketrans("０１２３４５６７８９．", "0123456789."))


def decimals(shown: str) -> int:
    return len(shown.partition(".")[2])


def interval(fact: Gold, shown: str) -> Range:
    """The values a stated number can stand for, by the guideline's paragraph on rounding; ``None`` is no limit."""
    if fact["bound"] == "range":
        return Fraction(Decimal(fact["low"])), Fraction(Decimal(fact["high"]))
    value = Fraction(Decimal(fact["value"]))
    if re.fullmatch(r"[+-]?\d+(?:\.\d+)?", shown) and Fraction(Decimal(shown)):
        scale = abs(value) / abs(Fraction(Decimal(shown)))
        last = scale / 10 ** decimals(shown)
        counted = scale == 1 and not decimals(shown) and "%" not in fact["unit"] and fact["unit"] != "个百分点"
        significant = shown.replace(".", "").rstrip("0")
        coarse = scale / Fraction(10) ** decimals(shown) * 10 ** (len(shown.replace(".", "")) - len(significant))
    else:
        last, counted = Fraction(0), True
        coarse = Fraction(10) ** (len(str(abs(int(value)))) - 1) if value else Fraction(1)
    half = Fraction(0) if counted else last / 2
    ranges: dict[str, Range] = {
        "=": (value - half, value + half),
        "≈": (value - coarse / 2, value + coarse / 2),
        "<~": (value - coarse, value),
        ">~": (value, value + coarse),
        ">": (value - half, None),
        ">=": (value - half, None),
        "<": (None, value + half),
        "<=": (None, value + half),
    }
    return ranges[fact["bound"]]


def add(ranges: Iterable[Range], sign: int = 1) -> Range:
    low: Fraction | None = Fraction(0)
    high: Fraction | None = Fraction(0)
    for a, b in ranges:
        a, b = (a, b) if sign > 0 else (None if b is None else -b, None if a is None else -a)
        low = None if low is None or a is None else low + a
        high = None if high is None or b is None else high + b
    return low, high


def meet(*ranges: Range) -> bool:
    lows = [low for low, _ in ranges if low is not None]
    highs = [high for _, high in ranges if high is not None]
    return not lows or not highs or max(lows) <= min(highs)


def quotient(num: Range, den: Range) -> Range:
    low = None if num[0] is None or not den[1] else num[0] / den[1]
    high = None if num[1] is None or not den[0] else num[1] / den[0]
    return low if low is not None or den[1] is not None else Fraction(0), high


def scaled(r: Range, by: int) -> Range:
    return (None if r[0] is None else r[0] * by), (None if r[1] is None else r[1] * by)


def judged(relation: Gold, facts: dict[str, Gold], ranges: dict[str, Range]) -> bool | None:
    """Whether arithmetic allows the relation; ``None`` where it cannot tell (implied, growth without a base)."""
    kind = relation["type"]
    if kind == "same":
        return meet(*(ranges[i] for i in relation["facts"]))
    if kind == "sum":
        return meet(ranges[relation["total"]], add(ranges[i] for i in relation["parts"]))
    if kind == "part":
        low, high = ranges[relation["part"]][0], ranges[relation["whole"]][1]
        return low is None or high is None or low <= high
    if kind == "diff":
        rest = add([ranges[relation["minuend"]], add([ranges[relation["subtrahend"]]], -1)])
        return meet(ranges[relation["result"]], rest)
    if kind == "ratio":
        num, den = (add(ranges[i] for i in relation[role]) for role in ("num", "den"))
        if den[0] is not None and den[0] <= 0:
            return None
        return meet(ranges[relation["rate"]], scaled(quotient(num, den), 100))
    if kind == "count":
        return meet(ranges[relation["count"]], (Fraction(relation["items"]),) * 2)
    if kind == "target" and facts[relation["target"]]["bound"] != "=":
        met = meet(ranges[relation["target"]], ranges[relation["actual"]])
        return met is not (relation.get("claim") == "unmet")
    if kind == "growth" and relation.get("previous"):
        change = facts[relation["change"]]
        rise = add([ranges[relation["current"]], add([ranges[relation["previous"]]], -1)])
        if change["kind"] == "delta":
            return meet(ranges[relation["change"]], rise)
        ratio = quotient(ranges[relation["current"]], ranges[relation["previous"]])
        by = 100 if "%" in change["unit"] else 1
        return meet(ranges[relation["change"]], scaled(add([ratio, (Fraction(-1),) * 2]), by))
    return None


def roles(relation: Gold) -> list[str]:
    ids: list[str] = []
    for role in ROLES[relation["type"]] & relation.keys():
        value = relation[role]
        ids += value if isinstance(value, list) else [value]
    return ids


def test_there_is_something_to_check() -> None:
    assert len(WRITTEN) >= 10
    assert len(STANDOFF) >= 13


@pytest.mark.parametrize("path", EVERY, ids=name)
def test_shape(path: Path) -> None:
    gold = load(path)
    facts, relations = gold["facts"], gold["relations"]
    assert gold["doc"] == name(path)
    assert re.fullmatch(r"[0-9a-f]{64}", gold["sha256"])
    ids = [fact["id"] for fact in facts]
    assert len(set(ids)) == len(ids), "fact ids repeat"
    numbers = [relation["id"] for relation in relations if "id" in relation]
    assert len(set(numbers)) == len(numbers), "relation ids repeat"
    for fact in facts:
        assert 0 <= fact["start"] < fact["end"], fact
        assert fact["bound"] in BOUNDS and fact["kind"] in KINDS, fact
        assert fact["indicator"] and isinstance(fact["unit"], str), fact
        if fact["bound"] == "range":
            assert Decimal(fact["low"]) < Decimal(fact["high"]), fact
        else:
            Decimal(fact["value"])
        if fact["kind"] == "rate" and "%" in fact["unit"]:
            assert fact["bound"] == "range" or Decimal(fact["value"]) >= 0, fact
    for before, after in itertools.pairwise(facts):
        assert before["end"] <= after["start"], (before, after)
    for relation in relations:
        assert isinstance(relation["holds"], bool) and relation["certainty"] in {"certain", "likely", "possible"}
        assert ROLES[relation["type"]] - OPTIONAL_ROLES <= relation.keys(), relation
        named = roles(relation)
        assert set(named) <= set(ids), relation
        assert len(set(named)) == len(named), relation


@pytest.mark.parametrize("path", STANDOFF, ids=name)
def test_standoff_carries_no_text(path: Path) -> None:
    gold = load(path)
    for fact in gold["facts"]:
        assert "mention" not in fact
        assert len(fact["printed"]) <= 16, fact
    for relation in gold["relations"]:
        assert not {"note", "list"} & relation.keys()


@pytest.mark.parametrize("path", EVERY, ids=name)
def test_values_follow_from_digits(path: Path) -> None:
    text = text_of(path)
    for fact in load(path)["facts"]:
        shown = digits(fact, text)
        assert NUMERAL.search(shown), (fact, shown)
        if fact["bound"] == "range" or not re.fullmatch(r"\d+(?:\.\d+)?", shown):
            continue
        value, number = abs(Decimal(fact["value"])), Decimal(shown)
        if number == 0:
            assert value == 0, (fact, shown)
        else:
            assert re.fullmatch(r"0*10*|0\.0*1", f"{value / number:f}"), (fact, shown)


@pytest.mark.parametrize("path", EVERY, ids=name)
def test_text_is_the_annotated_one(path: Path) -> None:
    text = text_of(path)
    if text is None:
        pytest.skip("the text is not beside the project")
    gold = load(path)
    assert hashlib.sha256(text.encode("utf-8")).hexdigest() == gold["sha256"]
    for fact in gold["facts"]:
        printed = re.sub(r"\s", "", text[fact["start"] : fact["end"]])
        assert NUMERAL.search(printed), fact
        assert printed == re.sub(r"\s", "", fact.get("printed", printed)), fact
        if "mention_start" in fact:
            assert text[fact["mention_start"] : fact["mention_end"]].strip(), fact
        elif "mention" in fact:
            assert set(fact["mention"]) <= set(text), fact


@pytest.mark.parametrize("path", EVERY, ids=name)
def test_relations_agree_with_arithmetic(path: Path) -> None:
    gold, text = load(path), text_of(path)
    facts = {fact["id"]: fact for fact in gold["facts"]}
    ranges = {i: interval(fact, digits(fact, text)) for i, fact in facts.items()}
    wrong = []
    for relation in gold["relations"]:
        verdict = judged(relation, facts, ranges)
        if verdict is not None and verdict is not relation["holds"]:
            wrong.append((relation, [digits(facts[i], text) + facts[i]["unit"] for i in roles(relation)]))
    assert not wrong, wrong
