"""Averages of running text with the total and the number of things, or the time, that they are computed from.

件均2.36万元 is what all cases cost by the number of cases, 平均每期120人次 is the trainees by the courses, 日均3.5起 the calls by the days of the
year, 每万人8.5起 the fires by the population. The unit of the average finds the total, the words 件均 and 每期 find the divisor; where
several figures have these units all are tried, and a pair that fits is enough.
"""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract import intervals as iv
from extract.checks._changes.words import JOINED
from extract.checks._list_words import past
from extract.checks._lists import lists
from extract.checks._prose import CHANGES, Place, Stream, is_share, like, squeezed, streams
from extract.checks._slips import mends, significant, swaps
from extract.checks._values import middle
from extract.checks._words import bare, bigrams
from extract.numerals import parse
from extract.relations import Context
from extract.types import Fact, Interval, Quantity
from extract.units import unit as unit_called

NEAR = 8
"""Total and divisor of an average stand within so many figures of the same paragraph."""
FAR = 60
"""A divisor that is people is looked for this far back: the staff of an office is stated once."""
TOTAL_APART, DIVISOR_APART = 2, 4
"""Fewer figures than this stand between an average and those that it is of."""
SCALES = (Decimal("1E4"), Decimal("1E-4"))
"""Between 元, 万元 and 亿元."""
TENS = (Decimal("0.1"), Decimal(10), *SCALES)
NEARLY = Decimal("0.12")
"""An average this near, as a part of it, to what the figures beside it give was computed from them."""
TELLING = 2
"""An average of fewer digits fits distant figures by chance."""

_BESIDE = 8
"""Of so many figures the words before the first may be those of all."""
_PER = re.compile(
    r"(?P<one>[人生户车件案起场期班次批辆台套家所校村亩床单项吨])(?:平?均)|(?P<time>[日天月年周])均|(?P<field>亩)产|(?:平均)?每(?P<many>十万|百万|[十百千万亿])?(?P<what>[^，。；、每均：]{1,12})"
)
_MEAN = re.compile(r"均|亩产")
_IN_ALL = re.compile(r"^(?:一共|共|总|合计|累计)(?!同)")
_WITH_MORE = re.compile(r"[，（](?:其中|均|已|不?含|包括|另|加上)")
_POPULATION = re.compile(r"人口")
_MANY: Mapping[str, Decimal] = {
    name: Decimal(value)
    for name, value in (("十", "10"), ("百", "1E2"), ("千", "1E3"), ("万", "1E4"), ("十万", "1E5"), ("百万", "1E6"), ("亿", "1E8"))
}
_PEOPLE = ("人", "名", "位", "人次")
UNITS: Mapping[str, tuple[str, ...]] = {
    "人": _PEOPLE,
    "生": _PEOPLE,
    "名": _PEOPLE,
    "位": _PEOPLE,
    "车": ("辆", "台", "辆次"),
    "件": ("件", "起", "宗", "例"),
    "案": ("件", "起", "宗", "例"),
    "场": ("场", "场次"),
    "班": ("班", "期", "个"),
    "期": ("期", "期次", "班"),
    "校": ("所", "个"),
    "村": ("个", "村"),
    "户": ("户", "家"),
    "床": ("张", "床"),
    "次": ("次", "人次", "批次", "场次", "车次", "班次"),
    "批": ("批", "批次"),
    "台": ("台", "台套", "台次"),
}
"""What counts the things of which an average is one: 件均 is by 件, 起 or 宗."""
_DAYS = ("日", "天")
_WHOLE_YEAR = re.compile(r"全年")
_COUNTED_DAYS = re.compile(r"按(?:全年|实际|工作日)?(?P<days>[1-9]\d{0,2})天(?:计|折|测)")
_OWN_DAYS = re.compile(r"^（按[^，。；（）]{1,8}天(?:计|折|测)")
"""日均141.5次（按30天计）: what the average itself was computed over."""
WORKING_DAYS = tuple(map(Decimal, range(244, 254)))
"""How many working days years have."""
_SO_MANY_DAYS = re.compile(r"(?<![\d月至到—-])(?P<days>[1-9]\d{0,2})天")
_PUPILS = re.compile(r"[在学新]校?生|学员")
_HEADS = re.compile(r"^(?:常住|户籍|总)?人口|^[^，。；]{0,4}(?:职工|民警|队员|群众|居民|学员|干部|人员|对象)")
_MONTHLY = re.compile(r"每月|月")
_YEARS = re.compile(r"(?P<count>[一二两三四五六七八九十]{1,3}|\d{1,2})(?:个)?年(?:间|来|累计|共|合计|期间)?")
_FROM_TO = re.compile(r"(?P<first>(?:19|20)\d\d)年?(?:至|到|[-—－–~～])(?P<last>(?:19|20)\d\d)年")
_DATES = re.compile(r"(\d{4})-(\d\d)-(\d\d)/(\d{4})-(\d\d)-(\d\d)")
_ALL = re.compile(r"全年|平均|折合|约|其中|每批?$|批$")
_IDLE = re.compile(r"^(?:约|为|是|每月|每年|月|年|达到?|了|补助|发放|花费|消费|金额|费用|成本|支出|有|近|大约|仅|高达|全年|参与|受益|[、])*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Average:
    """An average with its total, and its divisor: a fact, or a constant number of days, months or years. ``sure`` where no
    other figures can be meant."""

    average: Fact
    total: Fact
    divisor: Fact | None
    times: Decimal
    """What the quotient is multiplied by: 10000 for 每万人, 1/365 for 日均."""
    sure: bool

    @property
    def facts(self) -> tuple[str, ...]:
        return (self.average.id, self.total.id, *((self.divisor.id,) if self.divisor is not None else ()))

    @property
    def computed(self) -> Interval | None:
        """The values that the average can have by its figures; ``None`` where a divisor of zero is possible."""
        whole = self.total.quantity.interval
        if self.divisor is not None:
            quotient = iv.ratio(whole, self.divisor.quantity.interval)
            return None if quotient is None else iv.scaled(quotient, self.times)
        return iv.scaled(whole, self.times)

    @property
    def holds(self) -> bool | None:
        """Whether the average follows within rounding; ``None`` where that cannot be said."""
        computed = self.computed
        return None if computed is None else iv.meet(computed, rounded(self.average.quantity))

    @property
    def by_tens(self) -> bool:
        """Whether it is a power of ten off what its figures give."""
        computed = self.computed
        return computed is not None and any(iv.meet(iv.scaled(computed, step), rounded(self.average.quantity)) for step in TENS)

    @property
    def off(self) -> Decimal:
        """How far the average is from what its figures give as printed, as a part of it."""
        stated, whole = middle(self.average.quantity), middle(self.total.quantity)
        under = middle(self.divisor.quantity) if self.divisor is not None else Decimal(1)
        if not stated or whole is None or not under:
            return Decimal("Infinity")
        return abs(whole / under * self.times / stated - 1)

    @property
    def swapped(self) -> bool:
        """Whether it would be right with two neighbouring digits swapped."""
        computed, quantity = self.computed, self.average.quantity
        if computed is None or quantity.bound != "=":
            return False
        wanted = _widened(computed, quantity)
        return any(iv.contains(wanted, value * quantity.scale) for value in swaps(quantity.digits))

    @property
    def credible(self) -> bool:
        """Whether one slip of the pen in one of the numbers would make the average right."""
        computed = self.computed
        if computed is None or self.average.quantity.bound not in ("=", "≈"):
            return False
        # 1438.8亿元 to 2.18万人 are not 660元 each, 1438.8万元 are
        if any(iv.meet(iv.scaled(computed, step), rounded(self.average.quantity)) for step in SCALES):
            return True
        if mends(replace(self.average.quantity, bound="="), _widened(computed, self.average.quantity)):
            return True
        stated = iv.scaled(rounded(self.average.quantity), 1 / self.times)
        if self.divisor is None:
            return mends(self.total.quantity, stated)
        wanted = iv.ratio(self.total.quantity.interval, stated)
        return mends(self.total.quantity, iv.product(stated, self.divisor.quantity.interval)) or (
            wanted is not None and mends(self.divisor.quantity, wanted)
        )


def days_of(context: Context) -> Decimal:
    """How many days the document's year has."""
    year = context.document.about.year
    return Decimal(366 if year.isdigit() and isleap(int(year)) else 365)


def rounded(quantity: Quantity) -> Interval:
    """What a printed average stands for: an integer too was rounded, even one with a counting word."""
    if quantity.bound == "=" and quantity.value is not None:
        return iv.around(quantity.value, iv.half_unit(quantity.digits, quantity.scale))
    return quantity.interval


def _widened(computed: Interval, quantity: Quantity) -> Interval:
    """The values that a printed average may have beside the computed ones."""
    half = iv.half_unit(quantity.digits, quantity.scale)
    return iv.add(computed, Interval(low=-half, high=half))


def averages(context: Context) -> Iterator[Average]:
    """The averages of the document's prose whose figures it states."""
    for stream in streams(context):
        for place in stream.places:
            if place.fact.kind in ("level", "other", "rate", "target") and place.quantity.dimension not in ("ratio", "percentage_point", "multiple"):
                found = _read(context, stream, place)
                if found is not None:
                    yield found


def _read(context: Context, stream: Stream, place: Place) -> Average | None:
    words = place.clause
    marks = list(_PER.finditer(words))
    if not marks:
        return None
    mark = next((m for m in marks if m["one"] or m["field"]), marks[0])
    mean = _MEAN.search(words) is not None or mark["many"] is not None
    after = words[mark.end() :] if not mark["what"] else ""
    year = context.document.about.year
    totals = [p for p in _totals(stream, place, mark) if past(p.fact.period, year) is past(place.fact.period, year)]
    if mark["time"] or (mark["what"] or "")[:1] in ("日", "天", "月", "年", "周"):
        unit = mark["time"] or mark["what"][0]
        if not mean:
            return None
        over = _over_time(context, place, totals, unit) or _over_days(place, totals, unit)
        return over or _over_said_days(context, place, totals, unit) or _over_year(context, stream, place, totals, unit)
    many = _MANY.get(mark["many"] or "", Decimal(1))
    monthly = _MONTHLY.search(after or words[: mark.start()]) is not None
    many = many / 12 if monthly else many
    divisors = [p for p in _divisors(stream, place, mark) if past(p.fact.period, year) is past(place.fact.period, year)]
    tried = [
        Average(average=place.fact, total=total.fact, divisor=divisor.fact, times=many * _converted(total, place), sure=True)
        for divisor in divisors
        for total in totals
        if total.at != divisor.at
    ]
    told = len(place.quantity.digits.replace(".", "")) >= TELLING
    fitting = [one for one in tried if one.holds and (told or one.divisor is divisors[0].fact)]
    if fitting:
        return min(fitting, key=lambda one: one.off)
    if not mean or not tried:
        return None
    return _by_tens(context, place, tried) or _missed(context, stream, place, mark, many, divisors, totals)


def _by_tens(context: Context, place: Place, tried: Sequence[Average]) -> Average | None:
    """罚款567万元，结案39起，案均1.45万元: the two figures that give a telling average, but for the place of its point; the total of its
    sentence, by a number of its sentence or the only one there is."""
    if len(significant(place.fact)) <= TELLING or place.quantity.bound not in ("=", "≈"):
        return None
    parts = lists(context).whole
    own = [one for one in tried if one.total.sentence == place.fact.sentence]
    near = [one for one in own if one.divisor is not None and one.divisor.sentence == place.fact.sentence]
    if not near:
        whole = [one for one in own if one.divisor is not None and one.divisor.id not in parts]
        near = whole if len({one.divisor.quantity.value for one in whole if one.divisor is not None}) == 1 else []
    found = {(one.total.quantity.value, one.divisor and one.divisor.quantity.value): one for one in near if one.by_tens}
    return next(iter(found.values())) if len(found) == 1 else None


def _missed(
    context: Context, stream: Stream, place: Place, mark: re.Match[str], many: Decimal, divisors: Sequence[Place], totals: Sequence[Place]
) -> Average | None:
    """The figures that an average misses, if its sentence has one of each, or one goes by its name; sure where they stand close together,
    and a slip of the pen explains the miss or it is small."""
    after = place.clause[mark.end() :] if not mark["what"] else ""
    words = bigrams(after or (mark["what"] or "")[1:])
    parts = lists(context).whole
    here, there = (_beside(stream, place, found, parts) for found in (divisors, totals))
    named = not (here and there)
    here = here or _named(stream, place, divisors, words)
    # 公务接待费2.31万元。…国内接待33批次、231人次，人均100元: what is told of the number of things is told of the amount
    there = there or _named(stream, place, totals, words or (bigrams(_label(here[0])) if here else words))
    if len(here) != 1 or not there or there[0].at == here[0].at:
        return None
    divisor, total = here[0], there[0]
    found = Average(average=place.fact, total=total.fact, divisor=divisor.fact, times=many * _converted(total, place), sure=True)
    # Figures per head of a population are over its mean of the year, which reports do not state.
    if found.holds is None or len({p.quantity.value for p in there}) > 1 or _POPULATION.search(_label(divisor)):
        return replace(found, sure=False) if found.holds is not None else None
    if named:
        return replace(found, sure=found.credible)
    # 经费936万元，…，其中劳务报酬人均2.4万元: of what its own words name
    own = bigrams(_ALL.sub("", place.clause[: mark.start()]))
    said = (_IDLE.match(after) is not None or bool(words & bigrams(_label(total)))) and (not own or bool(own & bigrams(_label(total))))
    close = _apart(stream, total, place, {*parts, divisor.fact.id}) < TOTAL_APART and _apart(stream, divisor, place, parts) < DIVISOR_APART
    # 1624人次: persons are fewer
    near = found.off < NEARLY and not bare(divisor.quantity.unit).endswith("次")
    return replace(found, sure=said and close and (near or found.credible))


def _beside(stream: Stream, place: Place, found: Sequence[Place], parts: Mapping[str, Fact]) -> list[Place]:
    """Of the figures found those of the sentence that are no parts of others of them; only those behind the last semicolon, if there are any."""
    known = {p.fact.id for p in found}
    own = [p for p in found if p.sentence == place.sentence and not (p.fact.id in parts and parts[p.fact.id].id in known)]
    # 在册员工186人（不含劳务派遣32人）: what stands in brackets is told aside
    own = [p for p in own if p.bracket in (0, place.bracket)] or own
    return [p for p in own if "；" not in stream.between(p.at, place.at)] or own


def _apart(stream: Stream, first: Place, place: Place, parts: Collection[str]) -> int:
    """How many figures stand between, changes and parts of another one left out."""
    return sum(p.fact.id not in parts and p.fact.kind not in CHANGES for p in stream.places[first.at + 1 : place.at])


def _named(stream: Stream, place: Place, found: Sequence[Place], words: frozenset[str]) -> list[Place]:
    """团队148个，签约居民24.61万人…。平均每个团队签约1663人: the figures of the paragraph whose clauses have most of the average's words."""
    near = [(len(words & bigrams(_own_clause(stream, p))), p) for p in found if p.paragraph == place.paragraph]
    most = max((shared for shared, _ in near), default=0)
    told = [p for shared, p in near if shared == most > 0]
    return told if len({p.quantity.value for p in told}) == 1 else []


def _own_clause(stream: Stream, place: Place) -> str:
    """The clause of a figure: of 发放贷款3842笔、16.15亿元 both figures have the words before the first."""
    for _ in range(_BESIDE):
        if not place.at or not JOINED.fullmatch(place.lead):
            break
        place = stream.places[place.at - 1]
    return place.clause


def _totals(stream: Stream, place: Place, mark: re.Match[str]) -> list[Place]:
    """Levels before an average that count the same things, nearest first: those of the sentence, then of the paragraph."""
    found = []
    per = mark["one"] or (mark["what"] or "")[:1]
    said = bigrams(place.clause)

    def counts(p: Place) -> bool:
        whole, part = bare(p.quantity.unit), bare(place.quantity.unit)
        # 1080人次 by 241人 are 4.5次 each
        return like(p.quantity, place.quantity) or bool(part and whole == per + part) or _convertible(p.quantity, place.quantity)

    for p in stream.back(place.at, FAR):
        if p.paragraph != place.paragraph:
            break
        if not _counted(p) or _PER.search(p.clause) or (p.at < place.at - NEAR and not said & bigrams(_label(p))):
            continue
        if p.sentence != place.sentence and _takes_a_share(stream, p):
            continue
        if counts(p):
            found.append(p)
    behind = _in_all(stream, place)
    return [*found, behind] if behind is not None and counts(behind) else found


def _in_all(stream: Stream, place: Place) -> Place | None:
    """员额法官50名，人均结案237件，共结案11850件; 亩产415公斤，总产50.01万吨: what all come to, right behind an average."""
    behind = stream.places[place.at + 1] if place.at + 1 < len(stream.places) else None
    if behind is None or behind.sentence != place.sentence or behind.bracket != place.bracket or "；" in behind.lead:
        return None
    told = _counted(behind) and _IN_ALL.match(behind.clause) is not None and _WITH_MORE.match(stream.after(behind.at)) is None
    return behind if told else None


def _takes_a_share(stream: Stream, place: Place) -> bool:
    """少儿文献外借38.4万册次，占外借总量的43.5%: whether a figure is told to be some of what another sentence may be about."""
    behind = stream.places[place.at + 1] if place.at + 1 < len(stream.places) else None
    return behind is not None and behind.sentence == place.sentence and is_share(behind.fact) and "占" in behind.clause


def _counted(place: Place) -> bool:
    """Whether a place states a total or a number of things: a level that is no limit and no average itself."""
    quantity = place.quantity
    return place.level and quantity.bound in ("=", "≈", "<~", ">~") and bool(quantity.value) and not _MEAN.search(place.clause)


def _label(place: Place) -> str:
    return place.clause + bare(place.fact.mention.text)


def _convertible(first: Quantity, second: Quantity) -> bool:
    """Whether two quantities are measured in units of one kind: 吨 and 公斤, not 人 and 件."""
    return first.dimension == second.dimension in ("mass", "volume", "length", "area", "energy")


def _converted(total: Place, average: Place) -> Decimal:
    """What turns the unit of a total into that of its average: 1000 from 吨 to 公斤."""
    one, other = unit_called(bare(total.quantity.unit)), unit_called(bare(average.quantity.unit))
    if one is None or other is None or not _convertible(total.quantity, average.quantity):
        return Decimal(1)
    return one.factor / other.factor


def _divisors(stream: Stream, place: Place, mark: re.Match[str]) -> list[Place]:
    """Levels that count the things of which the average is one, nearest first."""
    what = mark["one"] or mark["field"] or mark["what"]
    people = what[:1] in ("人", "生", "名", "位") or _HEADS.match(what) is not None
    units = _PEOPLE if people else UNITS.get(what[:1], ())
    found = []
    for p in stream.back(place.at, FAR):
        if not people and (p.paragraph != place.paragraph or (p.at < place.at - NEAR and p.sentence != place.sentence)):
            break
        if not _counted(p):
            continue
        unit = bare(p.quantity.unit)
        if what == "生" and _PUPILS.search(_label(p)) is None:
            continue
        if unit and (unit in units or what.startswith(unit)):
            found.append(p)
    return found


def _over_time(context: Context, place: Place, totals: Sequence[Place], unit: str) -> Average | None:
    for total in totals:
        for length in _lengths(context, total, place, unit):
            one = Average(average=place.fact, total=total.fact, divisor=None, times=_converted(total, place) / length, sure=True)
            if one.holds:
                return one
    return None


def _over_days(place: Place, totals: Sequence[Place], unit: str) -> Average | None:
    """节后25天发送旅客156.65万人次，日均6.27万人次: so many days as the words of the total right before begin with."""
    total = totals[0] if totals else None
    days = _SO_MANY_DAYS.search(total.clause) if total is not None else None
    if total is None or days is None or unit not in _DAYS or total.at + 1 != place.at or total.sentence != place.sentence:
        return None
    found = Average(average=place.fact, total=total.fact, divisor=None, times=_converted(total, place) / Decimal(days["days"]), sure=True)
    return replace(found, sure=found.credible)


def _over_said_days(context: Context, place: Place, totals: Sequence[Place], unit: str) -> Average | None:
    """全年供餐38.22万份，日均1050份（按364天计）: a miss over the days that the sentence says, if a slip explains it for one total only, or
    if it is small and only one total of the sentence is no part of another."""
    said = _COUNTED_DAYS.search(squeezed(place.fact.sentence.of(context.text))) if unit in _DAYS else None
    if said is None:
        return None
    times = [_converted(total, place) / Decimal(said["days"]) for total in totals]
    found = [Average(average=place.fact, total=total.fact, divisor=None, times=by, sure=True) for total, by in zip(totals, times, strict=True)]
    slipped = [one for one in found if one.credible]
    if slipped:
        return slipped[0] if len({one.total.quantity.value for one in slipped}) == 1 else None
    parts = lists(context).whole
    whole = [one for one in found if one.total.sentence == place.fact.sentence and one.total.id not in parts]
    return whole[0] if len(whole) == 1 and whole[0].off < NEARLY and _OWN_DAYS.match(_behind(context, place)) else None


def _behind(context: Context, place: Place) -> str:
    """The words of its sentence behind a figure."""
    return squeezed(context.after(place.fact, place.fact.sentence))


def _over_year(context: Context, stream: Stream, place: Place, totals: Sequence[Place], unit: str) -> Average | None:
    """全年接处警12860起，日均32.5起: a miss over the days of the year, if a slip explains it and no number of working days does."""
    total = totals[0] if totals else None
    if total is None or unit not in _DAYS or total.sentence != place.sentence or not _WHOLE_YEAR.search(total.clause):
        return None
    if not _only_changes(context, stream, total, place):
        return None
    missed, *others = (
        Average(average=place.fact, total=total.fact, divisor=None, times=_converted(total, place) / days, sure=True)
        for days in (days_of(context), *WORKING_DAYS)
    )
    near = missed.off < NEARLY or len(place.quantity.digits.replace(".", "")) > TELLING
    return None if any(one.holds for one in others) else replace(missed, sure=missed.credible and near)


def _only_changes(context: Context, stream: Stream, total: Place, place: Place) -> bool:
    """Whether nothing but how it changed stands between a total and its average: 386214人次，比上年的341570人次增长13.1%，日均门急诊1058人次."""
    year = context.document.about.year
    between = stream.places[total.at + 1 : place.at]
    told = all(p.fact.kind in CHANGES or past(p.fact.period, year) for p in between)
    own = bigrams(place.clause[place.clause.rfind("均") + 1 :])
    return told and (not between or not own or bool(own & bigrams(_label(total))))


def _lengths(context: Context, total: Place, place: Place, unit: str) -> Iterator[Decimal]:
    """How many days, months or years a total may be for: as the sentence says, else a year."""
    if unit in _DAYS:
        for fact in context.by_sentence.get(place.fact.sentence, ()):
            if bare(fact.quantity.unit) in ("天", "日") and fact.quantity.value:
                yield fact.quantity.value
        dates = _DATES.fullmatch(total.fact.period)
        if dates:
            from datetime import date

            first, last = date(*map(int, dates.groups()[:3])), date(*map(int, dates.groups()[3:]))
            yield Decimal((last - first).days + 1)
        elif "/" not in total.fact.period:
            yield days_of(context)
    elif unit == "月" and "/" not in total.fact.period:
        yield Decimal(12)
    elif unit == "周" and "/" not in total.fact.period:
        yield Decimal(52)
    elif unit == "年":
        sentence = squeezed(total.fact.sentence.of(context.text))
        for span in _FROM_TO.finditer(sentence):
            yield Decimal(int(span["last"]) - int(span["first"]) + 1)
        for match in _YEARS.finditer(sentence):
            count = parse(match["count"])
            if count is not None and count.value is not None and count.value > 1:
                yield count.value
