"""Units and measure words: spelling → unit, dimension, conversion; and what a declared unit does to a bare number."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from functools import cache
from importlib import resources

from extract import intervals
from extract.errors import KnowledgeError
from extract.memo import remembered
from extract.numerals import power
from extract.types import Quantity

MONEY = "元"
UNCONVERTED = frozenset({"count", "currency"})
"""Dimensions whose units are no multiples of each other."""

_FILE = "units.toml"
_EXACT = Context(prec=28)
_TRADITIONAL = str.maketrans("个时对双仑点两间张辆块条项级处单门种类顿钟亩顷里", "個時對雙侖點兩間張輛塊條項級處單門種類頓鐘畝頃裏")
_SCALES = "十百千万亿"
_SCALED = re.compile(rf"[（(\s]*(?:人民币)?\s*([{_SCALES}萬億]*)\s*(\S*?)[）)\s]*")
_PER = re.compile(r"[/／每]")
_AND = re.compile(r"[·•∙.．、*/／]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as units.toml defines it; ``factor`` of the dimension's base unit (1 for measure words and currencies)."""

    name: str
    dimension: str
    factor: Decimal
    forbidden: str = ""
    """Characters that, right behind the spelling, make another word of it."""


def _file() -> str:
    return resources.files("extract").joinpath("data", _FILE).read_text(encoding="utf-8")


def _line(text: str, spelling: str, after: int = 0) -> int:
    """The line after ``after`` on which ``spelling`` stands in quotes; the last line where it is generated."""
    lines = text.splitlines()
    for number, line in enumerate(lines[after:], after + 1):
        if not line.startswith("#") and f'"{spelling}"' in line:
            return number
    return len(lines)


def load(text: str, name: str = _FILE) -> dict[str, Unit]:
    """The units of a definition file, by every spelling.

    Raises:
        KnowledgeError: the file is no TOML, an entry has an unknown key, or two units are spelled alike.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(name, str(error)) from error
    units: dict[str, Unit] = {}

    def add(spelling: str, unit: Unit) -> None:
        if spelling in units:
            first = _line(text, spelling)
            raise KnowledgeError(
                f"{name}:{_line(text, spelling, first)}", f'alias "{spelling}" is already used by "{units[spelling].name}" on line {first}'
            )
        units[spelling] = unit

    times: list[str] = tables.pop("times", {}).get("of", [])
    tables.pop("per", None)
    pairs: list[list[str]] = tables.pop("pairs", {}).get("of", [])
    for dimension, entries in tables.items():
        for spelling, entry in entries.items():
            unknown = set(entry) - {"factor", "aliases", "not"}
            if unknown:
                raise KnowledgeError(f"{name}:{_line(text, spelling)}", f'"{spelling}" has an unknown key "{min(unknown)}"')
            unit = Unit(spelling, dimension, Decimal(entry.get("factor", "1")), entry.get("not", ""))
            for each in (spelling, *entry.get("aliases", ())):
                # what may not follow concerns the Chinese words; a spelling in letters ends at any other letter
                add(each, unit)
    for spelling, known in tuple(units.items()):
        units.setdefault(spelling.translate(_TRADITIONAL), known)
    for word in times:
        if f"{word}次" not in units:
            add(f"{word}次", Unit(f"{word}次", "count", Decimal(1), "数"))
    for first, second in pairs:
        unit = Unit(f"{first}（{second}）", "count", Decimal(1))
        add(unit.name, unit)
        add(f"{first}({second})", unit)
        if f"{first}/{second}" not in units:
            add(f"{first}/{second}", unit)
    return units


@cache
def units() -> dict[str, Unit]:
    """All units that ship, by every spelling."""
    return load(_file())


@cache
def denominators() -> tuple[str, ...]:
    """What an amount may be stated per (the [per] of units.toml)."""
    return tuple(tomllib.loads(_file())["per"]["of"])


@cache
def _by_first() -> dict[str, list[tuple[str, str]]]:
    """The spellings by their first character, each with what may not follow it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for spelling, unit in units().items():
        found.setdefault(spelling[0], []).append((spelling, unit.forbidden))
    return found


def pattern(first: str) -> str:
    """A regular expression of every spelling that begins with a character, the longest first; a word that goes on into another one
    does not match."""
    return trie(_by_first().get(first, ()))


def trie(words: Iterable[tuple[str, str]]) -> str:
    """A regular expression of words, longest first, built as a tree of prefixes so that matching does not try them all.

    Characters behind which the same follows are one branch: that is quicker to compile.
    Each word comes with the characters that may not follow it. Words that end in an ASCII letter end there.
    """
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    ends: dict[str, str] = {}
    for word, forbidden in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        guard = "A-Za-z0-9" if word[-1].isascii() and word[-1].isalpha() else ""
        ends[word] = guard + re.escape(forbidden)

    def build(node: dict[str, dict], prefix: str) -> str:  # type: ignore[type-arg]
        alike: dict[str, list[str]] = {}
        for char, following in node.items():
            alike.setdefault(build(following, prefix + char), []).append(re.escape(char))
        branches = [(chars[0] if len(chars) == 1 else f"[{''.join(chars)}]") + rest for rest, chars in alike.items()]
        if prefix in ends:
            branches.append(f"(?![{ends[prefix]}])" if ends[prefix] else "")
        return branches[0] if len(branches) == 1 else "(?:" + "|".join(branches) + ")"

    return build(tree, "") if tree else ""


@remembered(1024)
def unit(spelling: str) -> Unit | None:
    """The unit spelled so, compound ones (元/人·年) put together from their parts; ``None`` where it is unknown."""
    known = units().get(spelling)
    if known is not None or not spelling:
        return known
    parts = _PER.split(spelling, maxsplit=1)
    if len(parts) == 1:
        return None
    above = unit(parts[0])
    below = [unit(part) for part in _AND.split(parts[1]) if part]
    if above is None or not below or None in below:
        return None
    known_below = [part for part in below if part is not None]
    factor = above.factor
    for part in known_below:
        factor = _EXACT.divide(factor, part.factor)
    name = above.name + "/" + "·".join(part.name for part in known_below)
    dimension = above.dimension + "/" + "·".join(part.dimension for part in known_below)
    return Unit(name, dimension, factor)


def dimension(spelling: str) -> str:
    """The dimension of a spelling ("count", "money", "length", "money/count·calendar"); "" where it is unknown."""
    found = unit(spelling)
    return found.dimension if found else ""


@remembered(4096)
def compatible(a: str, b: str) -> bool:
    """Whether numbers in ``a`` and ``b`` measure the same kind of thing and can be compared.

    Unknown spellings are compatible only with themselves; measure words only where units.toml says they count the
    same (人 and 名), never 家 with 家次.
    """
    if a == b:
        return True
    first, second = unit(a), unit(b)
    if first is None or second is None or first.dimension != second.dimension:
        return False
    return first.name == second.name or not any(part in UNCONVERTED for part in re.split(r"[/·]", first.dimension))


def convert(value: Decimal, source: str, target: str) -> Decimal:
    """``value`` in ``source`` units, in ``target`` units, to 28 digits.

    Raises:
        ValueError: the units are unknown or of different kinds.
    """
    if not compatible(source, target):
        raise ValueError(f"{source!r} cannot be converted into {target!r}")
    first, second = unit(source), unit(target)
    if first is None or second is None or first.factor == second.factor:
        return value
    return _EXACT.divide(_EXACT.multiply(value, first.factor), second.factor)


@remembered(1024)
def declared(spelling: str) -> tuple[Decimal, str, str]:
    """A declared unit taken apart: scale, unit as written without it, dimension. 万元 → (1E4, 元, money); 万人 → (1E4, 人, count).

    Money is in 元, so 角 has a scale of 0.1. What units.toml does not know keeps its spelling and has the dimension "".
    """
    text = spelling.strip()
    match = _SCALED.fullmatch(text)
    if unit(text) is not None or match is None:
        scales, word = "", text
    else:
        scales, word = match[1], match[2]
        if scales and unit(scales[-1] + word) is not None:  # 万千瓦: 千 belongs to the unit
            scales, word = scales[:-1], scales[-1] + word
    written, factor = written_as(word)
    return power(scales) * factor, written, dimension(written)


@remembered(1024)
def written_as(word: str) -> tuple[str, Decimal]:
    """The spelling that a quantity carries and the factor that goes with it: money becomes 元, ％ becomes %, 元/人、年 becomes 元/人·年."""
    above, slash, below = _per(word)
    if slash:
        left, factor = written_as(above)
        return left + "/" + "·".join(part for part in _AND.split(below) if part), factor
    known = units().get(word)
    if known is None:
        return word, Decimal(1)
    if known.dimension == "money":
        return MONEY, known.factor
    if known.dimension in ("ratio", "currency", "percentage_point"):
        return known.name, Decimal(1)
    return word, Decimal(1)


def _per(word: str) -> tuple[str, str, str]:
    if word in units():
        return word, "", ""
    match = _PER.search(word)
    return (word[: match.start()], match[0], word[match.end() :]) if match and match.start() else (word, "", "")


def is_count(quantity_dimension: str, scale: Decimal, digits: str) -> bool:
    """Whether a numeral counts things one by one (T1): whole, with a measure word, and no 万 or 亿."""
    return quantity_dimension == "count" and scale == 1 and "." not in digits


# What is measured at a point or for each of something: two of them make no third, and a part may exceed the whole.
_INTENSIVE = frozenset({"temperature", "fahrenheit", "degree", "voltage", "current", "pressure", "frequency", "sound", "concentration", "magnitude"})
_GRADES = frozenset({"级", "度", "档", "星"})
_EXTENT = re.compile(r"雨量|降[水雨]|雨强|水位|水深|海拔|高程|深度|厚度|高度|宽度|直径|半径|风[力速]|阵风|气温|浓度")
_EACH = re.compile(r"均价|单价|人均|户均|平均|最[高低大小]|[亩单]产(?![值量业品])")


def is_additive(quantity: Quantity, words: str = "") -> bool:
    """Whether amounts of this sort add up: temperatures, grades of wind, depths and what is stated per something do not.

    ``words`` name what is measured; what is counted adds up whatever it is of (降雨过程5次).
    """
    if quantity.dimension in _INTENSIVE or quantity.unit in _GRADES or "/" in quantity.unit:
        return False
    return not _EACH.search(words) and (quantity.dimension in ("count", "times") or not _EXTENT.search(words))


def with_unit(quantity: Quantity, spelling: str) -> Quantity:
    """``quantity``, a bare number, in the unit that its table or heading declares (万元, 人, %, 元/人).

    A quantity that has a unit of its own comes back as it is. The scale of the declared unit multiplies the number's own.
    """
    if quantity.unit or not spelling.strip():
        return quantity
    factor, unit_written, dim = declared(spelling)
    scale = _EXACT.multiply(quantity.scale, factor)

    def scaled(value: Decimal | None) -> Decimal | None:
        return None if value is None else _EXACT.multiply(value, factor)

    low, high = scaled(quantity.low), scaled(quantity.high)
    value = scaled(quantity.value)
    if low is not None and high is not None:
        interval = intervals.of_range(low, high)
    elif value is None:
        interval = quantity.interval
    else:
        interval = intervals.of_numeral(quantity.digits, scale, quantity.bound, count=is_count(dim, scale, quantity.digits))
        if value < 0:
            interval = intervals.negate(interval)
    return replace(quantity, value=value, low=low, high=high, unit=unit_written, dimension=dim, scale=scale, interval=interval)


def negated(quantity: Quantity) -> Quantity:
    """``quantity`` with its sign turned: a fall stated as 26.7% becomes −26.7. The bound stays as the words give it; the
    interval is mirrored (下降10%以上 → (−∞, −10])."""
    return replace(
        quantity,
        value=None if quantity.value is None else -quantity.value,
        low=None if quantity.high is None else -quantity.high,
        high=None if quantity.low is None else -quantity.low,
        interval=intervals.negate(quantity.interval),
    )


def exactly(quantity: Quantity) -> Quantity:
    """``quantity`` without its bound: 超出15天 are 15 days."""
    count = is_count(quantity.dimension, quantity.scale, quantity.digits)
    return replace(quantity, bound="=", interval=intervals.of_numeral(quantity.digits, quantity.scale, "=", count=count))
