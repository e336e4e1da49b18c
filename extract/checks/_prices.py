"""Amounts per unit (每户补助5万元, 件均2.36万元, 单价350元, 150元/人) with the count and the amount that they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract import intervals as iv
from extract.checks._figures import figure, plain
from extract.checks._prose import Place, Stream, asked_places, like, streams
from extract.checks._slips import mends, significant
from extract.checks._tables import Grid, grids
from extract.checks._values import interval_of
from extract.checks._words import bare
from extract.relations import Context, Relation
from extract.types import Fact, Interval
from extract.units import unit

REACH = 4
"""Count and amount stand within so many facts of the figure per unit, if they surely belong to it."""
FAR = 12
"""So many facts back those are looked for that fit."""
TELLING = 3
"""An amount of fewer digits is a power of ten of some product by chance."""
TENS = tuple(map(Decimal, ("10", "0.1", "100", "0.01", "1E4", "1E-4")))
CLOSE = 10
"""So many characters at most stand between a count and the figure per unit that follows it at once."""
LONGEST = (4, 3, 2, 1)
"""So many characters a unit has at most: 平方公里."""
MONTHS = 12
MOST_COLUMNS = 5
"""Of each kind so many columns are tried with one another."""
ENOUGH = 2
"""So many rows of a table have to hold before one that does not is an error."""

_EACH = re.compile(r"(?P<mean>平均)?每一?(?P<per>[一-龥]{1,2}?)(?:每(?P<time>[一-龥])|(?:平均)?)(?=[^每]{0,12}$)[^，。；：、每]{0,12}$")
_MEAN = re.compile(r"(?P<per>[件户人台辆车家亩次场期吨宗起批班])均(?!衡|匀|等)[^，。；：、均每月年日天次]{0,8}$")
_YIELD = re.compile(r"(?P<per>亩)产(?:量|约|为|达到?)*$")
"""种植312万亩，亩产436公斤，总产13.6亿公斤."""
_PRICE = re.compile(r"单价(?:为|是|：|约)?$")
_TOTAL = re.compile(
    r"(?:共计?|合计|总计|累计|总(?:金额|额|价|费用|投入|投资|经费|资金)"
    r"|(?<!投入|安排|筹措|筹集|落实|争取)(?:金额|费用|经费|资金)(?:共|合)?计?)[^，。；：]{0,6}$"
)
_COMES_TO = re.compile(r"^(?:共|合|总|小)?计(?:需|发放|补助|补贴|支出|兑付|支付)?(?:资金|金额)?$")
"""130户、每户1万元，计130万元: what the two right before come to."""
_PAID = re.compile(
    r"^[^，。；：、]{0,6}(?:付款|支付|价值|货值|产值|收入|计价|价款|货款|金额|费用|成本|销售额|成交额|投入|支出|补助|补贴|发放|兑付|总?产量?|节[电水煤气])(?:资金|金额|款)?[约为共达]?$"
)
"""均价每吨2740元，付款4164.80万元: what may be the price of all that was counted before, if the figures agree or all but do."""
_WITH_MORE = re.compile(r"^[，（]?(?:其中|含|包括|另)")
_ONLY_PRICE = re.compile(r"^、?(?:平均|综合|销售|采购|成交|收购)*(?:均价|单价|价格)?(?:为|约)?每[一-龥]{1,4}[约为]?$")
"""大豆214万吨、价值90.2亿元，均价每吨4215元: a price that names nothing else."""
_COMPUTED = re.compile(r"均|亩产")
_SOME = re.compile(r"其中|部分|另|不足|超过|最[高低多少]|至[多少]|上限|封顶|起步|分别|依次|不等")
_BEHIND = re.compile(r"^(?:的?标准)?，")
_HELD = re.compile(
    r"^(?:全年|今年|年内|已)?(?:共|累计|先后|分)?(?:举办|开办|组织|开展|开设|运行|发放|配发|建设|安装|完成|培训|购置|采购|资助|补助|奖励|救助|慰问|惠及)?了?(?:学生|职工|群众|困难家庭|人员)?$"
)
_MORE = re.compile(r"累计|以来|历年|含|包括|配套|加上|及其?|以及|等|扣除|剩余|还有|和|与")
"""Words by which an amount may take in more than the units counted, or less."""
_TURN = re.compile(r"^的?(?:标准)?(?:提高|提升|增加|增长|上调|调整|调高|提标|降低?|下降|下调|减少|压减)[到至为]")
_AS_PEOPLE = frozenset({"人", "名", "位", "员", "生"})
_SAME = {"车": "辆", "次": "次", "班": "期"}
_WHOLE_YEAR = frozenset({"年"})
_INHABITANTS = re.compile(r"人口|受灾|常住|户籍|居民|生产总值|GDP|收入|产值|消费|支配", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PerUnit:
    """A figure per unit: ``per`` is the unit that it is for ("" where the words leave it open), ``mean`` if it was computed."""

    place: Place
    per: str
    mean: bool


def per_unit(place: Place) -> PerUnit | None:
    """The figure as one per unit; ``None`` where its words do not say so, or where it is also per day or month."""
    quantity = place.quantity
    if quantity.value is None or quantity.dimension in ("ratio", "percentage_point", "multiple", "score", ""):
        return None
    head, slash, tail = bare(quantity.unit).partition("/")
    if slash:
        return PerUnit(place=place, per=tail, mean="均" in place.clause) if head and tail and "·" not in tail and "/" not in tail else None
    if found := _EACH.search(place.clause):
        time = found["time"]
        if time and time not in _WHOLE_YEAR:
            return None
        per = next((words for n in LONGEST if unit(words := place.clause[found.start("per") :][:n]) is not None), "")
        per = per or (found["per"] if found["per"] in _AS_PEOPLE else "")
        return PerUnit(place=place, per=per, mean=bool(found["mean"])) if per else None
    if found := _MEAN.search(place.clause) or _YIELD.search(place.clause):
        return PerUnit(place=place, per=found["per"], mean=True)
    return PerUnit(place=place, per="", mean=False) if _PRICE.search(place.clause) and quantity.dimension == "money" else None


def prose(context: Context) -> Iterator[Relation]:
    """Figures per unit with the nearest count and amount of their sentence."""
    for stream, place in asked_places(context):
        found = per_unit(place)
        # 由每人500元提高到600元: what it was
        if found is not None and found.mean and not _SOME.search(place.clause):
            told = _in_a_row(stream, found)
            if told is not None:
                count, amount = told
                alone = _holds(place, amount, count) or _WITH_MORE.match(stream.after(amount.at)) is None
                yield _relation(place, amount, count, sure=alone and _plain(stream, place, *told))
        elif found is not None and not _TURN.match(stream.after(place.at)) and not _SOME.search(place.clause):
            relation = _related(stream, found)
            if relation is not None:
                yield relation


def _related(stream: Stream, found: PerUnit) -> Relation | None:
    place = found.place
    beside = [
        other
        for other in stream.places[max(0, place.at - FAR) : place.at + REACH + 1]
        if other is not place and other.sentence == place.sentence and other.quantity.value is not None and other.fact.kind in ("level", "other")
    ]
    beside = [other for other in beside if per_unit(other) is None]
    triple = _in_a_row(stream, found) or _times(stream, found)
    if triple is not None:
        count, amount = triple
        settled = _COMES_TO.match(amount.clause) is not None or _holds(place, amount, count)
        sure = settled or (_slipped(place, amount, count) and _WITH_MORE.match(stream.after(amount.at)) is None)
        return _relation(place, amount, count, sure=sure and _plain(stream, place, amount, count))
    amounts = [other for other in beside if _like(other, place) and _total(other)]
    counts = [other for other in beside if _counts(other, found.per) and other not in amounts]
    fitting = next(
        ((a, c) for a in reversed(amounts) for c in reversed(counts) if _holds(place, a, c) and not _another(stream, place, a, c)),
        None,
    )
    if fitting is not None:
        amount, count = fitting
        return _relation(place, amount, count, sure=True)
    told = _of_one_count(stream, found)
    if told is not None:
        return told
    near = [[other for other in others if _near(stream, other, place)] for others in (amounts, counts)]
    if not all(near):
        return None
    amount, count = near[0][-1], near[1][-1]
    if _another(stream, place, amount, count):
        return None
    sure = len(amounts) == len(counts) == 1 and _plain(stream, place, amount, count)
    return _relation(place, amount, count, sure=sure)


def _of_one_count(stream: Stream, found: PerUnit) -> Relation | None:
    """完成1.71万立方米，其中…。综合单价每立方米685元，计价1171.35万元: the one count of the paragraph that gives the amount right behind the
    price, or a power of ten of it."""
    place = found.place
    amount = stream.places[place.at + 1] if place.at + 1 < len(stream.places) else None
    if amount is None or not found.per or amount.sentence != place.sentence or "；" in amount.lead or not _like(amount, place):
        return None
    if not (_PAID.match(amount.clause) or _COMES_TO.match(amount.clause)) or len(significant(amount.fact)) < TELLING:
        return None
    counts = [p for p in stream.back(place.at, 2 * FAR) if p.paragraph == place.paragraph and p.fact.kind == "level" and _counts(p, found.per)]
    fitting = next((p for p in counts if _holds(place, amount, p)), None)
    off_by_tens = [p for p in counts if _by_tens(amount, _product(place, p))]
    count = fitting or (off_by_tens[0] if len(off_by_tens) == 1 else None)
    return _relation(place, amount, count, sure=True) if count is not None else None


def _another(stream: Stream, *places: Place) -> bool:
    """Whether between the three stands another price, or counts are told one by one: 甲每户3万元、乙每户1.2万元，按20户和30户测算."""
    first, last = min(p.at for p in places), max(p.at for p in places)
    price = places[0]
    between = [p for p in stream.places[first : last + 1] if p not in places]
    return any(_like(other, price) and per_unit(other) is not None for other in between)


def _in_a_row(stream: Stream, found: PerUnit) -> tuple[Place, Place] | None:
    """130户、每户1万元，计130万元; 214万吨、价值90.2亿元，每吨4215元: count and amount where the three follow one another and nothing else is told
    between."""
    place = found.place
    if not place.at or (not found.per and not _PRICE.search(place.clause)):
        return None
    if place.at > 1 and _ONLY_PRICE.match(place.clause) and _PAID.match(stream.places[place.at - 1].clause.lstrip("、")):
        count, amount = stream.places[place.at - 2 : place.at]
    elif place.at + 1 < len(stream.places):
        count, amount = stream.places[place.at - 1], stream.places[place.at + 1]
    else:
        return None
    for other in stream.back(count.at, FAR):
        if other.sentence != place.sentence:
            break
        # 职工300人、每人500元，劳模50人、每人1000元，合计20万元 is of both
        if per_unit(other) is not None and not _settled(stream, other):
            return None
    together = count.sentence == place.sentence == amount.sentence and count.bracket == place.bracket == amount.bracket
    told = _COMES_TO.match(amount.clause) or _PAID.match(amount.clause.lstrip("、"))
    marked = "；" not in place.lead + amount.lead and len(place.lead) <= CLOSE and told
    alike = count.fact.kind == amount.fact.kind == "level" and _counts(count, found.per) and _like(amount, place)
    return (count, amount) if together and marked and alike else None


def _times(stream: Stream, found: PerUnit) -> tuple[Place, Place] | None:
    """每期60人，共举办8期，培训480人: the number behind the figure, and right behind it as many as both make."""
    at = found.place.at
    if not found.per or at + 2 >= len(stream.places):
        return None
    count, amount = stream.places[at + 1 : at + 3]
    marked = all(_BEHIND.match(other.lead) and other.sentence == found.place.sentence and other.fact.kind == "level" for other in (count, amount))
    told = marked and _counts(count, found.per) and _like(amount, found.place) and _HELD.match(count.clause) is not None
    return (count, amount) if told and not any(per_unit(other) is not None for other in (count, amount)) else None


def _settled(stream: Stream, price: Place) -> bool:
    """Whether what all of it came to is told right behind a price, or right before."""
    behind = stream.places[price.at + 1].clause
    before = stream.places[price.at - 1].clause.lstrip("、") if price.at else ""
    return bool(_COMES_TO.match(behind) or _PAID.match(behind) or (_ONLY_PRICE.match(price.clause) and _PAID.match(before)))


def _near(stream: Stream, other: Place, place: Place) -> bool:
    first, last = sorted((other.at, place.at))
    return last - first <= REACH and "；" not in stream.between(first, last)


_MONTHLY = re.compile(r"(?:(?P<per>[人户])均|每(?P<each>[人户]))每?月[^，。；：、]{0,6}$")
_PART = re.compile(r"截至|截止|上半年|下半年|季度|[—\-至到]\d{1,2}月|\d{1,2}月|期间|试点|以来|累计|近[两三五]年|汛期|高峰|工作日")


def per_month(context: Context) -> Iterator[Relation]:
    """Amounts per head and month with the heads and the amount of the year in their sentence."""
    for stream in streams(context):
        for place in stream.places:
            found = _MONTHLY.search(place.clause)
            if found is None or place.quantity.value is None or place.quantity.dimension != "money":
                continue
            words = context.before(place.fact, place.fact.sentence)
            before = [p for p in stream.back(place.at, REACH) if p.sentence == place.sentence and p.fact.kind == "level"]
            amounts = [p for p in before if _like(p, place)]
            counts = [p for p in before if _counts(p, found["per"] or found["each"])]
            if not (len(amounts) == len(counts) == 1) or _PART.search(words):
                continue
            amount, count = amounts[0], counts[0]
            year = iv.scaled(iv.product(place.quantity.interval, interval_of(count.fact)), Decimal(MONTHS))
            holds = iv.meet(year, interval_of(amount.fact))
            middle = (amount.quantity.value or Decimal(0)) / (count.quantity.value or Decimal(1)) / MONTHS / place.quantity.scale
            note = (
                f"{figure(amount.quantity)} ÷ {figure(count.quantity)} ÷ {MONTHS} 个月 = {plain(round(middle, 2))}，文中为 {figure(place.quantity)}"
            )
            yield Relation(
                type="implied",
                roles={"facts": (amount.fact.id, count.fact.id, place.fact.id)},
                holds=holds,
                # heads come and go within a year, so that a miss is put up for review
                certain=holds,
                note=note,
                note_en=f"{figure(amount.quantity)} for {figure(count.quantity)} in twelve months, the text says {figure(place.quantity)} a month",
            )


def _plain(stream: Stream, *places: Place) -> bool:
    """Whether nothing between the three says that they are not all of one thing."""
    first, last = min(p.at for p in places), max(p.at for p in places)
    rest = re.split(r"[，；。]", stream.after(last))[0]
    words = "".join((stream.places[first].plain, stream.between(first, last), rest))
    hedged = any(place.quantity.bound not in ("=", "≈") for place in places)
    return (
        not hedged
        and not _SOME.search(words)
        and not _MORE.search(words)
        and not any(_INHABITANTS.search(place.clause + place.fact.mention.text) for place in places)
    )


def _like(other: Place, price: Place) -> bool:
    head = bare(price.quantity.unit).partition("/")[0]
    if price.quantity.unit != head:
        return bare(other.quantity.unit) == head
    return like(other.quantity, price.quantity)


def _total(other: Place) -> bool:
    return bool(_TOTAL.search(other.clause))


def _counts(other: Place, per: str) -> bool:
    quantity = other.quantity
    if other.clause.endswith("各"):
        return False  # 金、银、铜牌各98枚: three times as many
    if quantity.dimension not in ("count", "times", "area", "mass", "length", "volume", "energy") or "/" in quantity.unit:
        return False
    own, wanted = bare(quantity.unit), _SAME.get(per, per)
    if not wanted:
        return True
    return own == wanted or own.removesuffix("次") == wanted or {own, wanted} <= _AS_PEOPLE


def _product(price: Place, count: Place) -> Interval:
    return iv.product(price.quantity.interval, interval_of(count.fact))


def _holds(price: Place, amount: Place, count: Place) -> bool:
    return iv.meet(_product(price, count), interval_of(amount.fact))


def _by_tens(amount: Place, product: Interval) -> bool:
    """Whether the amount is a power of ten of the product, or 万元 were written for 亿元."""
    return any(iv.meet(iv.scaled(interval_of(amount.fact), step), product) for step in TENS)


def _slipped(price: Place, amount: Place, count: Place) -> bool:
    """Whether one slip of the pen in the amount explains why it is not what the price and the number give."""
    product = _product(price, count)
    return _by_tens(amount, product) or mends(amount.quantity, product)


def _relation(price: Place, amount: Place, count: Place, *, sure: bool) -> Relation:
    return _of_facts(price.fact, amount.fact, count.fact, firm=price.quantity.bound == "=" and not _COMPUTED.search(price.clause), sure=sure)


def _of_facts(price: Fact, amount: Fact, count: Fact, *, firm: bool, sure: bool) -> Relation:
    return Relation(
        type="ratio",
        roles={"rate": (price.id,), "num": (amount.id,), "den": (count.id,)},
        firm=(price.id,) if firm else (),
        certain=sure,
    )


# --- tables -----------------------------------------------------------------------------------------------------------

_PRICE_COLUMN = re.compile(r"单价|均价|价格|(?:补助|补贴|补偿|收费|支出|经费|发放)标准|元/|每[一-龥]{1,2}(?!.*率)")
_MEAN_COLUMN = re.compile(r"[人户亩件台车辆家次场期]均(?!衡|匀|等)|平均(?!每)")
_COUNT_COLUMN = re.compile(r"数量|[人户家台套件亩个间场次期工]数|人员|职工|面积|里程|重量|用量|规模")
_AMOUNT_COLUMN = re.compile(r"金额|合价|总价|小计|合计|总额|资金|费用|经费|价款|产值|补助额|预算")


def tables(context: Context) -> Iterator[Relation]:
    """Rows of tables that have a column of prices, one of counts and one of amounts, where the rows bear them out."""
    for grid in grids(context):
        means = {c for c in grid.columns if _MEAN_COLUMN.search(grid.title(c).rsplit("/", 1)[-1])}
        prices = [c for c in grid.columns if c not in means and _PRICE_COLUMN.search(grid.title(c))]
        counts = [c for c in grid.columns if c not in prices and c not in means and _COUNT_COLUMN.search(grid.title(c))][:MOST_COLUMNS]
        for price in prices[:MOST_COLUMNS]:
            others = [c for c in grid.columns if c not in prices and c not in counts and c not in means]
            amounts = [c for c in others if _AMOUNT_COLUMN.search(grid.title(c))][:MOST_COLUMNS]
            readings = [_rows(grid, price, count, amount) for count in counts for amount in amounts]
            best = max(readings, key=lambda rows: sum(ok for *_, ok in rows), default=[])
            held = sum(ok for *_, ok in best)
            for cost, number, total, ok in best:
                trusted = held >= ENOUGH and held * 2 >= len(best)
                if ok or trusted:
                    yield _of_facts(cost, total, number, firm=cost.quantity.bound == "=", sure=trusted)


def _rows(grid: Grid, price: int, count: int, amount: int) -> list[tuple[Fact, Fact, Fact, bool]]:
    found: list[tuple[Fact, Fact, Fact, bool]] = []
    for row in grid.body:
        facts: Sequence[Fact | None] = [grid.facts.get((row, column)) for column in (price, count, amount)]
        cost, number, total = facts
        if cost is None or number is None or total is None or any(f.quantity.value is None for f in (cost, number, total)):
            continue
        if total.quantity.dimension != cost.quantity.dimension.partition("/")[0] or number.quantity.dimension == "money":
            continue
        product = iv.product(cost.quantity.interval, interval_of(number))
        found.append((cost, number, total, iv.meet(product, interval_of(total))))
    return found
