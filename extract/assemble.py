"""Quantities and tags become facts: what is measured, of which kind, whose, and for which time.

Every quantity of a block is read in text order by the naming rules of ``rules/`` (first that does not abstain), so that
a later number can go back to an earlier one. Numbers of table cells are named by their row and column.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import islice, takewhile
from typing import NamedTuple, cast

from extract.agenda import Agenda
from extract.cells import CellReading, read_cell
from extract.claims import bare_scale, claims_nothing
from extract.kinds import distance, kind_and_sign
from extract.knowledge import Named, Place, Rule, discover
from extract.memo import remembered
from extract.periods import Period, periods
from extract.rules._antecedents import CHANGES
from extract.segments import clauses, sentences
from extract.types import RECOGNISED, Block, CellRef, Document, Fact, Kind, Mention, Numeral, Quantified, Quantity, Span, Tag
from extract.units import exactly, negated

_RATES = frozenset({"ratio", "percentage_point"})
_JOINERS = re.compile(r"[\s、，,和与及以并]+")

TEN_THOUSAND = Decimal("1E4")
# A number goes back to one of so many before it in its block.
REACH = 500
# What names a number that no rule names.
UNNAMED = "unnamed"
# The rule that reads the parts of a total.
PART_OF_TOTAL = "part_of_total"
_PAST = frozenset({"上年", "上年末", "年初"})
_YEAR = re.compile(r"(?P<base>[比较与]\s*)?(?:19|20)\d\d\s*年")
_NAMELESS = Named(words=())
# A period within so many characters of a sentence's start is for the whole sentence.
OPENING = 8


class Assembled(NamedTuple):
    """The facts of a document in text order, and the quantities that claim nothing, each with its reason."""

    facts: tuple[Fact, ...]
    others: tuple[Numeral, ...]


@cache
def rules() -> tuple[Rule, ...]:
    """The naming rules of the folder ``rules/``, in their order."""
    found = cast(tuple[Rule, ...], discover("extract.rules", "RULE"))
    return tuple(sorted(found, key=lambda rule: (rule.order, rule.name)))


def assemble(document: Document, quantified: Quantified, tags: Sequence[Tag]) -> Assembled:
    """The facts of the document in text order, ids f1…, and the quantities that claim nothing, each with its reason."""
    cues = [tag for tag in tags if tag.quantity is None]
    cue_starts = [tag.span.start for tag in cues]
    before = {tag.quantity: tag for tag in tags if tag.label == "before"}
    after = {tag.quantity: tag for tag in tags if tag.label == "after"}
    quantities = quantified.quantities
    starts = [quantity.span.start for quantity in quantities]
    agenda = Agenda(document)
    setting = _Setting(document)
    facts: list[Fact] = []
    others: list[Numeral] = []
    in_cells: dict[CellRef, list[Fact]] = {}
    for number, block in enumerate(document.blocks):
        low, high = bisect_left(starts, block.span.start), bisect_left(starts, block.span.end)
        if low == high:
            continue
        cell = read_cell(document, block, quantities[low:high]) if block.cell is not None else None
        decided: list[Fact] = []
        beside = _beside(in_cells, block, cell)
        lone = cell is not None and high == low + 1 and quantities[low].extent == block.span and low not in before and low not in after
        places = (
            [_lone(document, block, quantities[low], low)]
            if lone
            else _places(document, block, quantities, low, high, cues, cue_starts, before, after)
        )
        for place in places:
            reason = claims_nothing(place)
            if reason:
                others.append(Numeral(span=place.quantity.span, reason=reason))
                continue
            ahead = block.cell is None and agenda.holds(place.quantity.span.start)
            decided.append(_fact(place, number, decided, cell, beside, setting, ahead, lone, f"f{len(facts) + len(decided) + 1}"))
        facts.extend(decided)
        if block.cell is not None:
            in_cells[block.cell] = decided
    return Assembled(tuple(facts), tuple(others))


def _lone(document: Document, block: Block, quantity: Quantity, index: int) -> Place:
    """The place of a number that is all of its cell: no word stands beside it."""
    start, end = Span(block.span.start, block.span.start), Span(block.span.end, block.span.end)
    return Place(
        index=index,
        quantity=quantity,
        document=document,
        block=block,
        sentence=block.span,
        clause=block.span,
        gap=start,
        tail=end,
        cues=(),
        before=None,
        after=None,
        run_gap=start,
    )


def _places(
    document: Document,
    block: Block,
    quantities: Sequence[Quantity],
    low: int,
    high: int,
    cues: Sequence[Tag],
    cue_starts: Sequence[int],
    before: dict[int | None, Tag],
    after: dict[int | None, Tag],
) -> list[Place]:
    text = document.text
    places: list[Place] = []
    at = low
    for sentence in sentences(text, block.span):
        first = at
        while at < high and quantities[at].span.start < sentence.end:
            at += 1
        if first == at:
            continue
        parts = clauses(text, sentence)
        part = 0
        gaps = []
        edge = sentence.start
        for index in range(first, at):
            gaps.append(Span(edge, max(edge, quantities[index].extent.start)))
            if not bare_scale(text, quantities[index]):  # 其中亿元以上项目19个: 其中 is said of the 19
                edge = max(edge, quantities[index].extent.end)
        for (start, length), index in zip(_runs(text, gaps, quantities[first:at]), range(first, at), strict=True):
            quantity = quantities[index]
            gap = gaps[index - first]
            while part + 1 < len(parts) and parts[part].end <= quantity.span.start:
                part += 1
            tail_end = quantities[index + 1].extent.start if index + 1 < at else sentence.end
            places.append(
                Place(
                    index=index,
                    quantity=quantity,
                    document=document,
                    block=block,
                    sentence=sentence,
                    clause=parts[part],
                    gap=gap,
                    tail=Span(quantity.extent.end, max(quantity.extent.end, tail_end)),
                    cues=tuple(cues[bisect_left(cue_starts, gap.start) : bisect_right(cue_starts, max(gap.start, gap.end - 1))]) if len(gap) else (),
                    before=before.get(index),
                    after=after.get(index),
                    run=(index - first - start, length),
                    run_gap=gaps[start],
                )
            )
    return places


def _runs(text: str, gaps: Sequence[Span], quantities: Sequence[Quantity]) -> list[tuple[int, int]]:
    """For each quantity of a sentence, the first of its run and the run's length; only joiners stand inside a run.

    A count in words behind a rate begins anew: 增长6.1%，两地合计占49.5%.
    """
    firsts: list[int] = []
    for at, gap in enumerate(gaps):
        joined = at > 0 and len(gap) and _JOINERS.fullmatch(text, gap.start, gap.end) and not _anew(text, quantities[at - 1], quantities[at])
        firsts.append(firsts[-1] if joined else at)
    lengths: dict[int, int] = {}
    for first in firsts:
        lengths[first] = lengths.get(first, 0) + 1
    return [(first, lengths[first]) for first in firsts]


def _anew(text: str, one: Quantity, other: Quantity) -> bool:
    return one.dimension in _RATES and other.dimension == "count" and not text[other.span.start].isdigit()


def _beside(in_cells: dict[CellRef, list[Fact]], block: Block, cell: CellReading | None) -> Sequence[Fact]:
    """The facts of the cell to the left, where they state the targets that the numbers of this cell meet or miss."""
    if cell is None or block.cell is None or not cell.by_role:
        return ()
    left = in_cells.get(block.cell._replace(column=block.cell.column - 1), [])
    return [fact for fact in left if fact.kind == "target" and fact.mention.by != "table_cell"]


def _in_column_of_year(cell: CellReading | None) -> bool:
    """2023年完成数 | 2024年实际完成: whether a change stands in the column of a year, and the year is not what it is measured against."""
    years = [match["base"] for match in _YEAR.finditer(cell.header)] if cell is not None and cell.period else []
    return bool(years) and not any(years)


def _fact(
    place: Place,
    block: int,
    decided: Sequence[Fact],
    cell: CellReading | None,
    beside: Sequence[Fact],
    setting: _Setting,
    ahead: bool,
    lone: bool,
    identity: str,
) -> Fact:
    text = place.document.text
    quantity = place.quantity
    near = decided[-REACH:]
    named, rule = (None, UNNAMED) if lone else _named(place, near)
    words = "".join(span.of(text) for span in named.words) if named else ""
    subject = named.subject if named else ""
    kind: Kind
    goal = beside[len(decided)] if len(decided) < len(beside) else None
    if cell is not None and (cell.whole or not words):
        words = goal.mention.text if goal is not None else cell.words or words
        rule = "table_cell" if cell.whole else rule
    period = (cell.period if cell is not None else "") or ("" if lone else setting.times.of(place))
    base = near[named.antecedent] if named and named.antecedent is not None else None
    if lone:
        kind, sign = setting.kind_of_lone(place, words, period)
    else:
        apart = distance(place, base)
        quantity = exactly(quantity) if apart else quantity
        path, of = setting.path(place.block.section), base.kind if base else None
        kind, sign = kind_and_sign(place, named or _NAMELESS, words, path, period, ahead=ahead, base=of, apart=apart)
    if cell is not None:
        quantity = cell.quantity(quantity)
        kind = cell.kind(kind, quantity, whole=cell.whole, first=not decided)
        subject = subject or cell.subject
    quantity = _money(quantity, words, place, decided[-1] if decided else None)
    if sign < 0 and quantity.value is not None and quantity.value > 0:
        quantity = negated(quantity)
    if kind in CHANGES and period in _PAST and not _in_column_of_year(cell):
        period = base.period if base and base.period not in _PAST else ""  # 比上年增长8%: how things are now
    elif rule == PART_OF_TOTAL and base and base.sentence == place.sentence and not setting.times.names_one(place.gap):
        period = base.period
    antecedent = base.id if base and not (cell and cell.whole) else ""
    read_off = (RECOGNISED,) if setting.recognised(quantity.span) else ()
    span = Span(named.words[0].start, named.words[-1].end) if named and named.words and len(named.words) == 1 and not (cell and cell.whole) else None
    return Fact(
        id=identity,
        quantity=quantity,
        kind=kind,
        mention=_unplaced(words, rule) if span is None else Mention(span=span, text=words, by=rule),
        subject=subject,
        period=period,
        qualifiers=() if lone else _qualifiers(place),
        antecedent=antecedent,
        block=block,
        sentence=place.sentence,
        clause=place.clause,
        section=place.block.section,
        cell=place.block.cell,
        confidence=named.confidence if named else 0.3,
        makers=_makers(quantity.pattern, read_off, rule),
    )


@remembered(1024)
def _unplaced(words: str, rule: str) -> Mention:
    """The name of a column, one for all of its numbers."""
    return Mention(span=None, text=words, by=rule)


@remembered(1024)
def _makers(pattern: str, read_off: tuple[str, ...], rule: str) -> tuple[str, ...]:
    return (f"pattern:{pattern}", *read_off, f"rule:{rule}")


def _named(place: Place, decided: Sequence[Fact]) -> tuple[Named | None, str]:
    for rule in rules():
        named = rule.read(place, decided)
        if named is not None:
            return named, rule.name
    return None, UNNAMED


class _Setting:
    """What is asked of a document again and again while its numbers go by, looked up once."""

    def __init__(self, document: Document) -> None:
        self.times = _Times(document)
        self._document = document
        self._paths: dict[int | None, tuple[str, ...]] = {}
        self._lone: dict[tuple[str, str, str, str, int | None], tuple[Kind, int]] = {}
        self._of_pictures = any(place.recognised for place in document.places)

    def path(self, section: int | None) -> tuple[str, ...]:
        """The headings above a section."""
        if section not in self._paths:
            self._paths[section] = self._document.section_path(section)
        return self._paths[section]

    def recognised(self, span: Span) -> bool:
        """Whether a number was read off a picture."""
        stands = self._document.place_of(span) if self._of_pictures else None
        return stands is not None and stands.recognised

    def kind_of_lone(self, place: Place, words: str, period: str) -> tuple[Kind, int]:
        """Kind and sign of a number that is all of its cell: with no words beside it, the same for all of its column."""
        key = (words, period, place.quantity.unit, place.quantity.dimension, place.block.section)
        if key not in self._lone:
            self._lone[key] = kind_and_sign(place, _NAMELESS, words, self.path(place.block.section), period)
        return self._lone[key]


class _Times:
    """The periods of the sentence last looked at; a sentence is read once for all its numbers."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._sentence: Span | None = None
        self._periods: list[Period] = []
        self._ends: list[int] = []

    def of(self, place: Place) -> str:
        """The last period named right before the number, else one that opens its sentence; "" for the document's own."""
        if place.sentence != self._sentence:
            self._sentence = place.sentence
            self._periods = periods(self._document.text, place.sentence, self._document.about.year)
            self._ends = [period.span.end for period in self._periods]
        before = bisect_right(self._ends, place.quantity.extent.start)
        if not before:
            return ""
        position, length = place.run
        if length > 1 and (told := self._of_each(place.run_gap, length)):
            return told[position].value
        last = self._periods[before - 1]
        if last.span.start >= (place.run_gap if place.run[0] else place.gap).start:
            return last.value
        if last.span.start >= place.clause.start and not self._before_that(last):
            return last.value  # 2024年改造6个小区1240户
        if not last.value and self._document.text.startswith(_OWN_YEAR, last.span.start):
            return ""  # 去年疏散986人，今年规模大了三成，平均每分钟疏散38人
        opening = takewhile(lambda period: period.span.start <= place.sentence.start + OPENING, islice(self._periods, before))
        return next((period.value for period in opening if not self._before_that(period) or self._from(place)), "")

    def _of_each(self, gap: Span, length: int) -> Sequence[Period]:
        """一季度、二季度分别达到9.76万亿元和10.34万亿元: the times right before a run of numbers, where there are as many."""
        told = [period for period in self._periods if gap.start <= period.span.start < gap.end]
        return told if len(told) == length and _EACH_TIME.search(self._document.text, gap.start, gap.end) else ()

    def names_one(self, span: Span) -> bool:
        """Whether a stretch of the sentence last looked at names a time of its own."""
        return any(span.start <= period.span.start < span.end for period in self._periods)

    def _before_that(self, period: Period) -> bool:
        """由2022年的182.6万增至196.4万, 与2022年相比: what a sentence starts from or compares with, not what it is about."""
        return self._document.text[max(0, period.span.start - 1) : period.span.start] in _FROM

    def _from(self, place: Place) -> bool:
        """与上年相比，由398起降至371起: the first of the two is what is compared with."""
        return _TURN.search(self._document.text, place.gap.start, place.gap.end) is not None


_FROM = frozenset("由从较比与同")
_EACH_TIME = re.compile("分别|依次|各")
_OWN_YEAR = ("今年", "本年")
_TURN = re.compile(r"[由从][^，。；]{0,8}$")
_MONEY = re.compile(r"(?:预算|决算|支出|收入|经费|资金|金额|投资|产值|罚款|损失|拨款|补助|补贴|税收|价值|款|费)$")


_LISTED = re.compile(r"其中|包括|分别|合计|共计")
_COUNTED = re.compile(r"[人口户家次名亩吨件个册]|惠及|覆盖|服务|培训|受益")


def _money(quantity: Quantity, words: str, place: Place, before: Fact | None) -> Quantity:
    """总预算1720.00万，其中甲870.00万，乙850.00万: a scale without a unit is in 元 behind a word for money, and so are the parts of such a sum."""
    if quantity.unit or quantity.scale < TEN_THOUSAND:
        return quantity
    if not _MONEY.search(words) and not _goes_on(quantity, place, before):
        return quantity
    return replace(quantity, unit="元", dimension="money")


def _goes_on(quantity: Quantity, place: Place, before: Fact | None) -> bool:
    """Whether a number stands behind money of its sentence in a list, of the same scale and as many decimals, and counts nothing else."""
    if before is None or before.sentence != place.sentence or before.quantity.dimension != "money":
        return False
    gap, one, other = place.gap_text, quantity.digits.partition(".")[2], before.quantity.digits.partition(".")[2]
    alike = before.quantity.scale == quantity.scale and len(one) == len(other)
    return alike and bool(one or _LISTED.search(gap)) and not _COUNTED.search(gap)


_QUALIFIERS = re.compile(r"其中|累计|截至|预计|及下属单位|含下属单位|新增|(?<!规模|限额|资质)以上|不含|不包括|初步|(?<![签预合违节制条公契集解特])约")


def _qualifiers(place: Place) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_QUALIFIERS.findall(place.gap_text)))
