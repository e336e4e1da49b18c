"""The figures that a share may be of: those near its numerator, those of its name, the totals of the document."""

from __future__ import annotations

import re
from decimal import Decimal

from extract import intervals as iv
from extract.checks._list_words import RESTATED, past
from extract.checks._prose import Place, is_level, like, named_near
from extract.checks._rates import fits, limited, smaller
from extract.checks._ratios.reader import BACK, Reader
from extract.checks._ratios.words import PLACE
from extract.checks._slips import LONG, significant
from extract.checks._values import middle
from extract.checks._wholes import NOISE, wholes_of
from extract.checks._words import core, unit_family
from extract.relations import Context, once
from extract.types import Fact

_AMONG = re.compile(r"^(?:在|其中)?(?P<what>[^，。；、（）：]{3,16}?)(?<![其集年期])(?:中|当中|里)，")
_BESIDE = 4
"""What came of a number of things is told within so many figures behind it."""
_ALL = re.compile(r"占总[数量]的?$")
_TOTAL = re.compile(r"总(?:[数量额长]|里程|面积|人数|户数)|共有|现有")
_TRIED = 4
"""So many figures of one name are tried."""
NEARLY = Decimal("0.02")
"""A share so near, as a part of it, to what two figures side by side give was taken of them."""
_ROW = 16
"""A row of a table holds at most so many figures on each side."""


def first_of_name(reader: Reader, num: Place) -> list[Fact]:
    """夜间火灾241起，占18.7%: what the document first states under that name, for all of it."""
    first = _firsts(reader.context).get((reader.context.whole(num.fact), unit_family(num.quantity)))
    return [first] if first is not None and first.id != num.fact.id else []


def first_of_unit(reader: Reader, rate: Place, num: Place) -> list[Fact]:
    """共抽检食品2600批次…。农产品1286批次，占总量的49.46%: what the text begins with in a unit of its own; of fewer digits any slip
    may lead there."""
    if (
        num.at + 1 != rate.at
        or not _ALL.search(rate.clause)
        or any(len(significant(p.fact)) < LONG + 1 for p in (rate, num))
        or rate.quantity.bound != "="
    ):
        return []
    year = reader.context.document.about.year
    own = (
        p
        for p in reader.stream.places
        if p.level and p.quantity.unit == num.quantity.unit and past(p.fact.period, year) is past(num.fact.period, year)
    )
    first = next(own, None)
    return [first.fact] if first is not None and smaller(num.fact, first.fact) else []


def beside_wholes(reader: Reader, rate: Place, num: Place) -> list[Fact]:
    """电气火灾137起，占36.9%；住宅火灾168起，占45.3%: what the share read before in the paragraph is of, or what is told in one sentence
    with that: 全年火灾1286起，造成9人死亡 for 夜间火灾241起，占18.7%，亡6人，占66.7%."""
    last = reader.shares[-1] if reader.shares else None
    if last is None or last.rate.block != rate.fact.block or len(last.den) > 1:
        return []
    whole = last.den[0]
    if like(whole.quantity, num.quantity):
        return [whole]
    if last.rate.sentence != rate.fact.sentence or whole.cell is not None:
        return []
    rank = reader.context.order[whole.id]
    beside = reader.context.facts[rank + 1 : rank + 1 + _BESIDE]
    return [f for f in beside if f.sentence == whole.sentence and is_level(f) and f.id != num.fact.id and like(f.quantity, num.quantity)][:1]


def told_whole(reader: Reader, num: Place) -> list[Fact]:
    """固定资产投资中，工业投资68.9亿元，占42.0%: what the sentence begins with is the whole, stated once elsewhere."""
    first = num
    for place in reader.stream.back(num.at, BACK):
        if place.sentence != num.sentence:
            break
        first = place
    opened = _AMONG.match(first.plain)
    return bearing(reader, opened["what"], num.fact, now=True) if opened is not None else []


def in_its_row(reader: Reader, whole: Fact) -> list[Fact]:
    """The other figures of the row that a whole stands in: 合计 32起, 15人."""
    if whole.cell is None:
        return []
    rank = reader.context.order[whole.id]
    near = reader.context.facts[max(0, rank - _ROW) : rank + _ROW]
    return [f for f in near if f.cell is not None and (f.cell.table, f.cell.row) == (whole.cell.table, whole.cell.row) and f is not whole]


def before_smaller(reader: Reader, num: Place) -> list[Fact]:
    """差评512条，回访满意498条，占97.3%: the figure right before a numerator, should it be misprinted as less."""
    before = _right_before(reader, num)
    return [before.fact] if before is not None and smaller(before.fact, num.fact) else []


def just_before(reader: Reader, rate: Place, num: Place) -> list[Fact]:
    """差评512条，回访满意498条，占97.9%: the figure right before a numerator of which the share is nearly right."""
    before = _right_before(reader, num)
    if before is None or "；" in num.lead or not smaller(num.fact, before.fact) or any(len(significant(p.fact)) < LONG for p in (rate, num, before)):
        return []
    share, stated = iv.ratio(num.quantity.interval, before.quantity.interval), middle(rate.quantity)
    off = iv.gap(iv.percent(share), iv.point(stated)) if share is not None and stated is not None else None
    return [before.fact] if off is not None and stated is not None and off <= stated * NEARLY else []


def total_beside(reader: Reader, num: Place) -> list[Fact]:
    """公路总里程1260公里，等级公路1184公里，占比94%: the figure right before a numerator, told as the total."""
    before = _right_before(reader, num)
    return [before.fact] if before is not None and _TOTAL.search(before.clause) and smaller(num.fact, before.fact) else []


def _right_before(reader: Reader, num: Place) -> Place | None:
    """The level right before a numerator, of its sentence, bracket and unit."""
    before = reader.stream.places[num.at - 1] if num.at else None
    if before is None or (before.sentence, before.bracket, before.quantity.unit) != (num.sentence, num.bracket, num.quantity.unit):
        return None
    return before if before.level else None


def near_wholes(reader: Reader, num: Place) -> tuple[list[Fact], bool]:
    """What a numerator is told to be a part of, which leaves no doubt; else the figures before it that may be that."""
    whole = reader.whole.get(num.fact.id)
    if whole is not None:
        return [whole], True
    found: list[Place] = []
    for p in reader.levels(num, BACK):
        if p.paragraph < num.paragraph - 1 or len(found) == 4:
            break
        if like(p.quantity, num.quantity) and not smaller(p.fact, num.fact):
            found.append(p)
    found.sort(key=lambda p: bool(RESTATED.search(p.plain)))
    return [p.fact for p in found], False


def far_wholes(reader: Reader, rate: Place, num: Fact, of: str = "") -> list[Fact]:
    """What else of the document a share may be of, if it fits: what bears the name that is told, or a total of the unit."""
    named, totals = wholes_of(reader.context)
    unit = unit_family(num.quantity)
    telling = len(rate.quantity.digits.replace(".", "")) > 2 and rate.quantity.bound == "="
    found = [*named.get((unit, core(NOISE.sub("", of) or of)), ()), *(totals.get(unit, ()) if telling else ())]
    year = reader.context.document.about.year
    found = [f for f in found if past(f.period, year) is past(num.period, year)]
    return [f for f in found if f.id != num.id and limited(f) and limited(num) and not smaller(f, num) and fits(rate.fact, [num], [f])][:1]


def called_within(reader: Reader, rate: Place, num: Fact, of: str) -> list[Fact]:
    """占支出总额的9.3%, of 支出2318.4万元 in another paragraph: what of the document is called no more than the words say and gives the share."""
    named, unit = _called(reader.context), unit_family(num.quantity)
    pieces = (of[start:end] for start in range(len(of)) for end in range(start + 2, len(of) + 1))
    found = (fact for piece in pieces for fact in named.get((unit, piece), ())[:_TRIED])
    return [f for f in found if f.id != num.id and limited(f) and limited(num) and not smaller(f, num) and fits(rate.fact, [num], [f])][:1]


def bearing(reader: Reader, of: str, num: Fact, *, now: bool = False) -> list[Fact]:
    """What bears the name that is told, wherever the document states it, if it states one figure under it; ``now`` for the period of
    the numerator."""
    key = core(NOISE.sub("", of) or of)
    named = wholes_of(reader.context)[0].get((unit_family(num.quantity), key), []) if len(key) > 1 else []
    if now:
        year = reader.context.document.about.year
        named = [fact for fact in named if past(fact.period, year) is past(num.period, year)]
    return named[:1] if len({fact.quantity.value for fact in named}) == 1 else []


def scoped(reader: Reader, num: Place, of: str) -> list[Fact]:
    """The same thing measured for the whole: 占全县的57.8%."""
    found: list[Fact] = []
    rank = reader.context.order
    year = reader.context.document.about.year
    named = named_near(reader.context, num.fact)
    for fact in sorted(named, key=lambda f: (rank[f.id] > rank[num.fact.id], abs(rank[f.id] - rank[num.fact.id]))):
        if fact.id == num.fact.id or fact.subject or past(fact.period, year) is not past(num.fact.period, year):
            continue
        if is_level(fact) and like(fact.quantity, num.quantity) and smaller(num.fact, fact):
            found.append(fact)
    whole = reader.whole.get(num.fact.id)
    return [whole, *found[:5]] if whole is not None and not PLACE.search(of) else found[:6]


@once
def _called(context: Context) -> dict[tuple[str, str], list[Fact]]:
    """The levels that a document tells under each name and in each unit."""
    found: dict[tuple[str, str], list[Fact]] = {}
    for fact in context.facts:
        if is_level(fact) and fact.subject in ("", fact.mention.text):
            found.setdefault((unit_family(fact.quantity), core(fact.mention.text)), []).append(fact)
    return found


@once
def _firsts(context: Context) -> dict[tuple[str, str], Fact]:
    """The first level that a document reports under each name and in each unit."""
    found: dict[tuple[str, str], Fact] = {}
    for fact in context.facts:
        if is_level(fact) and not fact.subject and fact.quantity.bound == "=" and context.whole(fact):
            found.setdefault((context.whole(fact), unit_family(fact.quantity)), fact)
    return found
