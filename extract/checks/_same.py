"""Which facts state one and the same quantity, and which of those disagree (T9).

Statements *agree* where the indicator (or the words), the dimension, the kind, the subject and the year are the same and the
values meet; a long figure that returns under related words is the same statement whatever name it was linked to.

Statements *conflict* only on good evidence. Reports count many things under short names (立案, 限期整改), so that a name
alone proves nothing: the figures must be one slip of the pen apart, or stand in passages that repeat each other. What has
only some evidence is put up for review; the search for causes takes it as support (a total that breaks its sum and that
another section states as the sum needs it is surely wrong).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from typing import Literal

import regex

from extract import intervals as iv
from extract.checks._headlines import announced, in_rows, named_targets, turned
from extract.checks._judge import EVERYTHING, interval_of
from extract.checks._prose import is_level, streams
from extract.checks._rates import fits
from extract.checks._ratios import ratios
from extract.checks._retold import overlapping, said_alike, twins
from extract.checks._slips import mends, significant
from extract.checks._words import alike, bare, bigrams, core, related, spelled, unit_family
from extract.checks._years_above import of_one_year
from extract.naming import stem
from extract.relations import Context, Relation, once
from extract.types import Fact, Quantity

NARROWING = frozenset({"预计", "力争", "新增", "初步"})
"""Qualifiers that make another quantity of a statement; statements that differ in one of them are never held against each other."""
REACHING = frozenset({"累计", "截至"})
"""Qualifiers that may reach over more than the year; statements that differ in one of them need a long figure as evidence."""
SCOPE = frozenset({"及下属单位", "含下属单位", "不含", "不包括"})
"""Qualifiers that say whose figure it is; statements that differ in one of them are another rule's (D102)."""
FEW = 4
"""With more different values than this under one key, the key alone tells little: only long figures one slip apart conflict."""
MANY = 16
"""With more than this it tells nothing."""
SHOWN = 6
"""At most so many agreeing statements are quoted against a dissenting one."""
LONG = 3
"""A figure of this many digits is its own evidence: another that is one slip apart is hardly another quantity."""
AROUND = 3
"""So many facts on each side of a figure tell what it stands among."""
MOST_ROWS = 60
_COMPARED = regex.compile(r"同比|环比|[比较与](?:\d{4}年|[上去前]\w{0,3}[年月季期]|同期)")
_REACH = 60
_SCORES = frozenset({"score", "max_score"})
_LEAD = 12
_SHORTEST_LEAD = 4
_PASSAGE = 40
_DESCRIBED = 8
_FIGURE = regex.compile(r"(?<![\d.])(?!(?:19|20)\d\d年)\d[\d.]{2,}")
_NO_HAN = regex.compile(r"\P{Han}")
_LONG_NAME = 4
_CLOSED = regex.compile(r"^(?:合计|共计|总计)[^，。；、]{0,4}$")
_SOME_AGREE = 3
"""So many figures of a run that agree make a short one that differs in a digit a slip."""
_MANY_AGREE = 5
"""Among so many figures that agree the one that does not need not be a slip of the pen."""

Evidence = Literal["sure", "some", ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Statements of one quantity that disagree: those that most places agree on, against others."""

    facts: tuple[Fact, ...]
    slip: int | None
    sure: bool

    @property
    def relation(self) -> Relation:
        ids = tuple(fact.id for fact in self.facts)
        # two targets are two numbers, though at least 80 is at least 75 too
        firm = ids if all(fact.kind == "target" for fact in self.facts) else ()
        return Relation(type="same", roles={"facts": ids}, certain=self.sure, firm=firm)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """What is stated more than once in a document."""

    agreeing: tuple[tuple[Fact, ...], ...]
    conflicts: tuple[Conflict, ...]


@once
def statements(context: Context) -> Statements:
    """All statements of the document that agree or conflict."""
    agreeing: dict[tuple[Fact, ...], None] = {}
    found: list[Conflict] = []
    seen: set[tuple[str, ...]] = set()
    for facts in _named(context):
        seen.add(tuple(fact.id for fact in facts))
        clusters = _clusters(facts)
        agreeing.update((tuple(cluster), None) for cluster in clusters if len(cluster) > 1)
        found.extend(_conflicts(clusters, context))
    for facts in _worded(context):
        members = tuple(fact.id for fact in facts)
        if members in seen:
            # several words often name one set of facts
            continue
        seen.add(members)
        found.extend(_conflicts(_clusters(facts), context))
    for a, b in (*announced(context), *turned(context), *in_rows(context), *named_targets(context), *_closing(context)):
        if iv.agree(interval_of(a), interval_of(b)):
            agreeing[a, b] = None
    conflicts: dict[frozenset[str], Conflict] = {}
    for conflict in (*found, *_retold(context), *_in_place(context)):
        key = frozenset(fact.id for fact in conflict.facts)
        if key not in conflicts or (conflict.sure and not conflicts[key].sure):
            conflicts[key] = conflict
    for conflict in _anagrams(context):
        conflicts.setdefault(frozenset(fact.id for fact in conflict.facts), conflict)
    agreeing.update((tuple(cluster), None) for cluster in _returning(context))
    agreeing.update((tuple(cluster), None) for cluster in _of_one_meaning(context))
    agreeing.update((tuple(cluster), None) for cluster in _rounded(context))
    return Statements(agreeing=tuple(_without_parts(list(agreeing))), conflicts=tuple(_dated(conflicts.values(), context)))


def _dated(conflicts: Iterable[Conflict], context: Context) -> Iterator[Conflict]:
    """The conflicts, in doubt where the statements may be of two years."""
    for conflict in conflicts:
        yield conflict if not conflict.sure or of_one_year(conflict.facts, context) else replace(conflict, sure=False)


def drifting(facts: tuple[Fact, ...]) -> bool:
    """Whether statements that agree as intervals are of targets with other numbers: at least 1260, at least 1206."""
    return (
        all(fact.kind == "target" and fact.quantity.bound in (">=", ">", "<=", "<") for fact in facts)
        and len({fact.quantity.value for fact in facts}) > 1
        and len({fact.quantity.bound[0] for fact in facts}) == 1
    )


def _without_parts(groups: list[tuple[Fact, ...]]) -> Iterator[tuple[Fact, ...]]:
    """The groups that are not inside another one."""
    seen: set[str] = set()
    for group in sorted(groups, key=lambda group: -len(group)):
        ids = [fact.id for fact in group]
        if not all(identity in seen for identity in ids):
            yield group
        seen.update(ids)


# --- keys -------------------------------------------------------------------------------------------------------------


def _measure(fact: Fact, context: Context) -> tuple[str, str, str]:
    """Dimension, kind and time of a fact; "" is the document's own year. Part of a year (2024-01/2024-03) is another time than the year.

    年初 with what flows through the year tells when it was planned, not what it is for.
    """
    period = fact.period
    if period == "年初" and (indicator := context.indicator(fact)) is not None and indicator.kind == "flow":
        period = ""
    time = period if "/" in period or not period[:4].isdigit() else period[:4]
    dimension = "score" if fact.kind in _SCORES else fact.quantity.dimension
    return dimension, fact.kind, "" if time == context.document.about.year else time


def _family(fact: Fact) -> str:
    """Units that count the same things; points with and without 分 do."""
    return "分" if fact.kind in _SCORES else unit_family(fact.quantity)


@once
def _stating(context: Context) -> tuple[Fact, ...]:
    return tuple(fact for fact in context.facts if fact.quantity.interval != EVERYTHING and fact.kind != "other")


def _named(context: Context) -> Iterator[list[Fact]]:
    """Facts with one indicator, measure and subject."""
    groups: dict[object, list[Fact]] = {}
    for fact in _stating(context):
        if name := context.name(fact):
            groups.setdefault((name, _measure(fact, context), _owner(fact, context)), []).append(fact)
    yield from (members for members in groups.values() if len(members) > 1)


def _worded(context: Context) -> Iterator[list[Fact]]:
    """Facts with one measure and the same words, or the same end of their words, in the mention or as subject."""
    groups: dict[object, list[Fact]] = {}
    for fact in _stating(context):
        words = core(fact.mention.text)
        end = words[-_LONG_NAME:]
        keys = {words, end, core(end), words.removesuffix("合计"), context.name(fact), core(fact.subject)}
        for key in sorted(key for key in keys if len(key) > 1):
            groups.setdefault((key, _measure(fact, context), _family(fact)), []).append(fact)
    for members in groups.values():
        places = {-1 - fact.block if fact.cell is None or _in_sentence(fact) else fact.cell.table for fact in members[: MANY * SHOWN + 1]}
        if len(places) > 1 and len(members) <= MANY * SHOWN:
            yield members


def _returning(context: Context) -> Iterator[list[Fact]]:
    """Long figures that return with one unit, kind and year under related words, outside one table or paragraph."""
    groups: dict[object, list[Fact]] = {}
    for fact in _stating(context):
        value = fact.quantity.value
        if value is not None and fact.quantity.bound == "=" and len(significant(fact)) >= LONG:
            _, kind, year = _measure(fact, context)
            groups.setdefault((value, kind, year), []).append(fact)
    for facts in groups.values():
        clusters: list[list[Fact]] = []
        for fact in facts[:MANY]:
            home = next((c for c in clusters if all(_same_words(fact, other) for other in c)), None)
            if home is None:
                clusters.append([fact])
            else:
                home.append(fact)
        yield from (cluster for cluster in clusters if len(cluster) > 1)


def _of_one_meaning(context: Context) -> Iterator[list[Fact]]:
    """Equal figures of one meaning whose keys are not equal strings: the indicator by what it is reported under or by related
    words, the subject or the time unknown on one side.

    A figure of one digit is only recognised where it stands but once on each side.
    """
    groups: dict[object, list[Fact]] = {}
    for fact in _stating(context):
        value = fact.quantity.value
        if value and fact.quantity.bound == "=":
            kind = "level" if fact.kind == "delta" and fact.cell is not None else fact.kind
            groups.setdefault((value, kind, _family(fact)), []).append(fact)
    for facts in groups.values():
        if not 1 < len(facts) <= MANY:
            continue
        names = Counter(context.whole(fact) for fact in facts)
        clusters: list[list[Fact]] = []
        for fact in facts:
            home = next((c for c in clusters if all(_one_meaning(fact, other, names[context.whole(fact)], context) for other in c)), None)
            if home is None:
                clusters.append([fact])
            else:
                home.append(fact)
        yield from (cluster for cluster in clusters if len(cluster) > 1)


def _one_meaning(a: Fact, b: Fact, among: int, context: Context) -> bool:
    """Whether two equal figures surely state one thing; ``among`` so many are reported under the name of the first."""
    if (NARROWING | SCOPE) & (set(a.qualifiers) ^ set(b.qualifiers)) or not times_meet(a, b, context):
        return False
    long = len(significant(a))
    row = a.cell is not None and b.cell is not None and (a.cell.table, a.cell.row) == (b.cell.table, b.cell.row)
    if row:
        counted = bool(unit_family(a.quantity)) and a.quantity.dimension != "ratio"
        return a.cell != b.cell and len(a.quantity.digits) > 1 and (counted or _share_words(a, b))
    if a.block == b.block or (a.cell is not None and b.cell is not None and a.cell.table == b.cell.table):
        return False
    named = context.whole(a)
    same_name = bool(named) and named == context.whole(b)
    if not same_name and not (long > 1 and unit_family(a.quantity) and _one_inside(a, b)):
        return False
    x, y = _owner(a, context), _owner(b, context)
    if x == y:
        return long > 1 or among == 2
    if x and y:
        return alike(x, y) and long > 1
    # Whose it is stands on one side only: the passage of the other speaks of it, or the figure is long, or the only one.
    unnamed = b if x else a
    return long >= LONG or among == 2 or core(x or y) in context.before(unnamed, context.document.blocks[unnamed.block].span)


_EVERYONE = regex.compile(r"全[国省市区县镇乡州局校院年体部]?|合计|总计|小计|总分|全[国省市区县镇乡州]合计|年度资金总额|本[级地]|任务\d*|\*+合计\*+")


def _owner(fact: Fact, context: Context) -> str:
    """Whose a figure is; "" for the document's own (全县, 合计, its own place or body)."""
    about = context.document.about
    return "" if not fact.subject or _EVERYONE.fullmatch(fact.subject) or fact.subject in (about.org, about.region) else fact.subject


def times_meet(a: Fact, b: Fact, context: Context) -> bool:
    """Whether the times of two figures are one, or that of one is not told (年初 tells when it was decided, not what it is for)."""
    first, second = (_time(fact, context) for fact in (a, b))
    return first == second or not first or not second


def _time(fact: Fact, context: Context) -> str:
    year = context.document.about.year
    return "" if fact.period in ("年初", "年末", year, f"{year}-12-31") else fact.period


def _one_inside(a: Fact, b: Fact) -> bool:
    """Whether the words of one say those of the other, or their names do without what they are counted in."""
    first, second = stem(core(a.mention.text)), stem(core(b.mention.text))
    return alike(a.mention.text, b.mention.text) or (min(len(first), len(second)) >= LONG and (first in second or second in first))


def _rounded(context: Context) -> Iterator[list[Fact]]:
    """Figures of one owner that are reported under one name, and agree though one of them is rounded."""
    groups: dict[object, list[Fact]] = {}
    for fact in _stating(context):
        if (name := context.whole(fact)) and len(significant(fact)) > 1:
            groups.setdefault((name, _measure(fact, context), _owner(fact, context), _family(fact)), []).append(fact)
    for facts in groups.values():
        if 1 < len(facts) <= MANY and len({context.name(fact) for fact in facts}) > 1:
            yield from (cluster for cluster in _clusters(facts) if len({fact.block for fact in cluster}) > 1)


def _share_words(a: Fact, b: Fact) -> bool:
    return bool(bigrams(core(a.mention.text)) & bigrams(core(b.mention.text)))


def _anagrams(context: Context) -> Iterator[Conflict]:
    """Long figures of the same digits in another order, or a power of ten apart, that say in almost the same words what they are."""
    groups: dict[object, list[Fact]] = {}
    for fact in _stating(context):
        digits = significant(fact)
        if fact.quantity.bound == "=" and len(digits) > LONG and len(set(digits)) > 1 and fact.kind in ("level", "score", "max_score"):
            groups.setdefault(("".join(sorted(digits)), unit_family(fact.quantity), _measure(fact, context)), []).append(fact)
    for facts in groups.values():
        if 1 < len(facts) <= MANY:
            for a, b in combinations(facts, 2):
                how = slip_of_pen(a, b) if a.quantity.value != b.quantity.value else ""
                if how in ("swap", "scale") and _comparable_places(a, b) and _close_words(a, b):
                    yield Conflict(facts=(a, b), slip=iv.slip(interval_of(a), interval_of(b)), sure=True)


def _retold(context: Context) -> Iterator[Conflict]:
    """Figures in the same place of runs told twice that are said alike and differ, by a slip of the pen or among many that agree."""
    for twin in twins(context):
        a, b = twin.a, twin.b
        if a.kind != b.kind or a.quantity.bound != b.quantity.bound or not said_alike(a, b):
            continue
        if not times_meet(a, b, context) or not _owners_fit(a, b, context):
            continue
        first, second = _family(a), _family(b)
        if (first != second and first and second) or (NARROWING | SCOPE) & (set(a.qualifiers) ^ set(b.qualifiers)):
            continue
        # Rows of two tables are of two scopes as often as not (all income, and what was appropriated); short figures differ in a digit by chance.
        tables = a.cell is not None and b.cell is not None
        long = min(len(significant(a)), len(significant(b))) > 2
        slipped = slip_of_pen(a, b) and (long or twin.agreeing >= _SOME_AGREE)
        many = twin.agreeing >= _MANY_AGREE and (not tables or mends(a.quantity, interval_of(b)))
        if not iv.agree(interval_of(a), interval_of(b)) and (slipped or many):
            yield Conflict(facts=(a, b), slip=iv.slip(interval_of(a), interval_of(b)), sure=True)


@once
def _closing(context: Context) -> tuple[tuple[Fact, Fact], ...]:
    """A total before its list and after it: 总预算1170万元，其中甲870万元、乙300万元，合计1170万元."""
    return tuple(_closed(context))


def _closed(context: Context) -> Iterator[tuple[Fact, Fact]]:
    for stream in streams(context):
        for last in stream.places:
            if not _CLOSED.search(last.clause) or last.bracket or not is_level(last.fact):
                continue
            sentence = [place for place in stream.back(last.at, MANY) if place.sentence == last.sentence and not place.bracket]
            total, parts = sentence[-1:], sentence[:-1]
            if len(parts) < 2 or not all(is_level(place.fact) for place in sentence) or not parts[-1].clause.startswith("其中"):
                continue
            same = [place for place in sentence if place.quantity.scale == last.quantity.scale]
            if len(same) == len(sentence) and {place.quantity.dimension for place in (*total, last)} <= {"money", ""}:
                yield total[0].fact, last.fact


def _owners_fit(a: Fact, b: Fact, context: Context) -> bool:
    """Whether the subjects are one, or the one that is named stands in most of the other's words (行政规范性文件, and 规范性文件-废止)."""
    x, y = _owner(a, context), _owner(b, context)
    if x and y:
        return alike(x, y)
    return x == y or (overlapping(x, b.mention.text) if x else overlapping(y, a.mention.text))


def _in_place(context: Context) -> Iterator[Conflict]:
    """Figures that stand where another one is told again, and differ from it."""
    for a, b in (*announced(context), *turned(context), *in_rows(context)):
        one = times_meet(a, b, context) and _owners_fit(a, b, context) and a.quantity.bound == b.quantity.bound == "="
        telling = a.kind == "growth" or min(len(significant(a)), len(significant(b))) > 1
        if one and telling and slip_of_pen(a, b) and not iv.agree(interval_of(a), interval_of(b)):
            yield Conflict(facts=(a, b), slip=iv.slip(interval_of(a), interval_of(b)), sure=True)
    for a, b in (*named_targets(context), *_closing(context)):
        if a.quantity.value != b.quantity.value:
            yield Conflict(facts=(a, b), slip=iv.slip(interval_of(a), interval_of(b)), sure=True)


def _close_words(a: Fact, b: Fact) -> bool:
    """Whether what two facts are of is told in almost the same words: 三标段合同价, and 合同价 in the row 三标段."""
    if a.subject and b.subject and not alike(a.subject, b.subject):
        return False
    first, second = ({core(fact.mention.text), core(fact.subject + fact.mention.text)} for fact in (a, b))
    return any(_overlap(x, y) for x in first for y in second)


def _overlap(x: str, y: str) -> bool:
    """Whether one is inside the other, or they begin alike for most of their length."""
    short = min(len(x), len(y))
    if short < _LONG_NAME:
        return False
    begin = len(_beginning(x, y))
    return x in y or y in x or (begin > _LONG_NAME and begin * 4 >= short * 3)


def _beginning(x: str, y: str) -> str:
    """What two words begin with alike."""
    return x[: next((n for n, (p, q) in enumerate(zip(x, y, strict=False)) if p != q), min(len(x), len(y)))]


def _comparable_places(a: Fact, b: Fact) -> bool:
    """Whether two facts stand apart: in two paragraphs, or in prose and a table; and narrow their scope alike."""
    apart = a.block != b.block and (a.cell is None or b.cell is None or a.cell.table != b.cell.table or _told_twice(a, b))
    return apart and not (NARROWING | SCOPE | REACHING) & (set(a.qualifiers) ^ set(b.qualifiers))


def _same_words(a: Fact, b: Fact) -> bool:
    first, second = unit_family(a.quantity), unit_family(b.quantity)
    if a.block == b.block or (first != second and first and second):
        return False
    if a.cell is not None and b.cell is not None and a.cell.table == b.cell.table:
        return False
    return related((a.mention.text, a.subject), (b.mention.text, b.subject))


def _clusters(facts: list[Fact]) -> list[list[Fact]]:
    """The facts put together where they agree, the sharpest statements first; each cluster in text order."""

    def width(fact: Fact) -> tuple[bool, object]:
        a = interval_of(fact)
        return (True, 0) if a.low is None or a.high is None else (False, a.high - a.low)

    clusters: list[list[Fact]] = []
    for fact in sorted(facts, key=width):
        for cluster in clusters:
            if all(iv.agree(interval_of(fact), interval_of(other)) for other in cluster[:3]):
                cluster.append(fact)
                break
        else:
            if len(clusters) > MANY:
                break
            clusters.append([fact])
    return [sorted(cluster, key=lambda fact: fact.quantity.span) for cluster in clusters]


# --- evidence ---------------------------------------------------------------------------------------------------------


def _conflicts(clusters: list[list[Fact]], context: Context) -> Iterator[Conflict]:
    if len(clusters) > MANY:
        return
    few = len(clusters) <= FEW
    by_size = sorted(clusters, key=lambda cluster: (-len(cluster), cluster[0].quantity.span))
    backed = [_independent(cluster[:SHOWN], context) for cluster in by_size]
    for n, m in combinations(range(len(by_size)), 2):
        one, other = by_size[n], by_size[m]
        if not few and not slip_of_pen(one[0], other[0]):
            continue
        found = [(a, b, _evidence(a, b, max(backed[n], backed[m]), few, context)) for a in one[:SHOWN] for b in other[:SHOWN]]
        weighty = [(a, b) for a, b, evidence in found if evidence]
        if weighty:
            a, b = weighty[0]
            facts = sorted({fact.id: fact for pair in weighty for fact in pair}.values(), key=lambda fact: fact.quantity.span)
            sure = any(evidence == "sure" for *_, evidence in found)
            yield Conflict(facts=tuple(facts), slip=iv.slip(interval_of(a), interval_of(b)), sure=sure)


def _independent(facts: list[Fact], context: Context) -> int:
    """How many of the statements are no copies of one another: each table, and each wording before the figure, counts once."""
    return len({bare(context.before(fact, fact.clause))[-_LEAD:] if fact.cell is None else fact.cell.table for fact in facts})


def _next_in_row(fact: Fact, context: Context) -> bool:
    """春季造林5830亩，占61.0%；雨季2410亩: the next of several figures under one name states none of them again."""
    before = context.by_id.get(fact.antecedent) if fact.mention.by == "continued" else None
    if before is not None and before.kind == "rate":
        before = context.by_id.get(before.antecedent)  # a share told of the figure before
    return (
        before is not None
        and (before.block, before.kind, before.period) == (fact.block, fact.kind, fact.period)
        and before.quantity.unit == fact.quantity.unit
    )


def _evidence(a: Fact, b: Fact, backed: int, few: bool, context: Context) -> Evidence:
    """How surely the two mean one quantity, though their values differ.

    Sure: the indicator or the words are the same, the subjects do not differ, and figures of three digits and more are one slip
    of the pen apart; or of two digits, and swapped or against a value that several places back; or the passages are twins.
    """
    if not _comparable(a, b, context):
        return ""
    if core(a.mention.text) != core(b.mention.text) and (_next_in_row(a, context) or _next_in_row(b, context)):
        return ""
    how = slip_of_pen(a, b)
    if _of_their_own(a, b, context):
        return "some" if how and few else ""
    length = min(len(significant(a)), len(significant(b)))
    linked = _linked(a, b, context)
    unsure = bool(REACHING & (set(a.qualifiers) ^ set(b.qualifiers)))
    if _crossed(a, b) and length >= LONG and (how in ("swap", "scale") or (how and length > LONG)):
        return "sure"
    amounts = a.kind not in ("growth", "delta", "rate") and length > 1 and not unsure and a.quantity.bound == b.quantity.bound == "="
    if how and amounts and _crossed(a, b) and _accompanied(a, b, context):
        return "sure"
    if _subjects_fit(a, b, context) and (linked or alike(a.mention.text, b.mention.text)):
        same_name = linked or core(a.mention.text) == core(b.mention.text)
        long_name = same_name and min(len(core(a.mention.text)), len(core(b.mention.text))) >= _LONG_NAME
        row = a.cell is not None and b.cell is not None and a.cell.table == b.cell.table
        if how and length >= (LONG if few or how != "digit" else LONG + 1) + unsure:
            return "sure"
        if how and amounts and (length >= LONG or how != "scale") and same_name and _accompanied(a, b, context):
            return "sure"
        told = a.kind not in ("growth", "delta", "rate") and not unsure and {a.quantity.bound, b.quantity.bound} <= _TOLD
        if how == "scale" and max(len(significant(a)), len(significant(b))) > 1 and told and long_name and few and a.section != b.section:
            return "sure"
        if length == 2 and told and how == "digit" and long_name and backed > 1:
            return "sure"
        if length == 2 and amounts and ((how == "swap" and same_name and (few or backed > 1)) or (how and row)):
            return "sure"
        if _twins(a, b, context) or (how and (_verbatim(a, b, context) or (amounts and _described_alike(a, b, context)))):
            return "sure"
    return "some" if how and (few or (length > 1 and backed > 1)) else ""


_TOLD = frozenset({"=", "≈", "<~", ">~"})
_SHORT_NAME = 4


def _of_their_own(a: Fact, b: Fact, context: Context) -> bool:
    """Whether two short names (反映问题, 优良率) more likely say the same of different things: under sibling headings, or rates in other words."""
    own = _computed(context)
    if a.id in own and b.id in own and own[a.id] != own[b.id]:
        return True  # 制发建议76件，采纳73件，采纳率96.1%; 提出建议1046人，采纳1009人，采纳率96.5%
    first, second = core(a.mention.text), core(b.mention.text)
    if min(len(first), len(second)) > _SHORT_NAME:
        return False
    if a.kind == "rate" and first != second:
        return True
    if a.section is None or b.section is None or a.section == b.section:
        return False
    one, other = context.document.sections[a.section], context.document.sections[b.section]
    return one.parent is not None and one.parent == other.parent and len(significant(a)) < LONG


@once
def _computed(context: Context) -> dict[str, Decimal | None]:
    """Rates that follow from figures beside them, by id, with the numerator."""
    return {one.rate.id: one.num.quantity.value for one in ratios(context) if fits(one.rate, [one.num], one.den)}


def _comparable(a: Fact, b: Fact, context: Context) -> bool:
    """Whether two statements with disjoint values may be held against each other at all."""
    if a.block == b.block or _family(a) != _family(b):
        return False
    if a.cell is not None and b.cell is not None and a.cell.table == b.cell.table and not _told_twice(a, b):
        return False
    if not _family(a) and a.kind != "rate":
        # a bare number counts nothing that two places could share
        return False
    if (NARROWING | SCOPE) & (set(a.qualifiers) ^ set(b.qualifiers)):
        return False
    if _of_somebody(a, context) or _of_somebody(b, context):
        return False
    if a.kind in ("growth", "delta") and _base(a, context) != _base(b, context):
        return False
    return _linked(a, b, context) or related((a.mention.text, a.subject), (b.mention.text, b.subject))


_THEIRS = regex.compile(r"其(?![中他它余])(?:上一年|上年|当年)?$")


def _of_somebody(fact: Fact, context: Context) -> bool:
    """1.甲某…其上一年年收入28.50万元: of whom the sentence speaks, not of the document's subject."""
    place = fact.mention.span
    return place is not None and _THEIRS.search(context.text[max(fact.sentence.start, place.start - 5) : place.start]) is not None


def _linked(a: Fact, b: Fact, context: Context) -> bool:
    """Whether both measure one indicator of the catalogue and say so with some word in common."""
    name = context.name(a)
    if name != context.name(b) or name not in context.catalogue:
        return False
    first, second = core(a.mention.text), core(b.mention.text)
    owner = core(_owner(a, context))
    # 自然人318件, and the cell of 自然人 in the row that counts them
    owned = len(owner) >= LONG and owner == core(_owner(b, context)) and owner in (first, second)
    return owned or bool(bigrams(first) & bigrams(second))


def _told_twice(a: Fact, b: Fact) -> bool:
    """Whether two cells of one row state a figure, one of them in a sentence: no mere columns of the row."""
    assert a.cell is not None
    assert b.cell is not None
    return a.cell.row == b.cell.row and a.cell.column != b.cell.column and (_in_sentence(a) or _in_sentence(b))


def _in_sentence(fact: Fact) -> bool:
    return len(fact.sentence) > len(fact.quantity.extent) + _SHORTEST_LEAD


def _subjects_fit(a: Fact, b: Fact, context: Context) -> bool:
    """Whether the subjects are one, or the one that is named is what the other's words name (公用经费 of 公用经费)."""
    if _owner(a, context) == _owner(b, context) or (a.cell is not None and b.cell is not None and _told_twice(a, b)):
        return True
    named = [fact for fact in (a, b) if _owner(fact, context)]
    return all(alike(fact.subject, a.mention.text) or alike(fact.subject, b.mention.text) for fact in named)


def _crossed(a: Fact, b: Fact) -> bool:
    """Whether what one names is whose figure the other is (道路运输1974件, and 立案数 in the row 道路运输)."""
    named, owned = (a, b) if b.subject else (b, a)
    return not named.subject and len(owned.subject) >= LONG and core(named.mention.text) == core(owned.subject)


def slip_of_pen(a: Fact, b: Fact) -> Literal["scale", "digit", "swap", "drop", ""]:
    """The slip that leads from one figure to the other: a power of ten, a digit changed or dropped, two swapped.

    Figures of different precision (18.86亿 and 128643万) are compared at the coarser one.
    """
    if a.quantity.dimension != b.quantity.dimension:
        return ""
    x, y = a.quantity.value, b.quantity.value
    # two figures of one magnitude are no power of ten apart: asked first, because it costs nothing
    if not (x and y and x.adjusted() == y.adjusted()) and iv.slip(a.quantity.interval, b.quantity.interval) is not None:
        return "scale"
    first, second = sorted((digits.replace(".", "") for digits in _alike_printed(a.quantity, b.quantity)), key=len)
    if len(second) - len(first) == 1:
        return "drop" if any(second[:i] + second[i + 1 :] == first for i in range(len(second))) else ""
    if len(first) != len(second):
        return ""
    apart = [i for i, (x, y) in enumerate(zip(first, second, strict=True)) if x != y]
    if len(apart) == 1:
        return "digit"
    if len(apart) == 2 and apart[1] - apart[0] == 1 and first[apart[0]] == second[apart[1]] and first[apart[1]] == second[apart[0]]:
        return "swap"
    return ""


def _alike_printed(a: Quantity, b: Quantity) -> tuple[str, str]:
    """The digits of both in the scale and precision of the coarser one."""
    if a.value is None or b.value is None:
        return a.digits, b.digits
    coarse = max(a, b, key=lambda q: iv.half_unit(q.digits, q.scale))
    places = iv.decimals_of(coarse.digits)
    first, second = (f"{abs(q.value or iv.ZERO) / coarse.scale:.{places}f}" for q in (a, b))
    return first, second


def _accompanied(a: Fact, b: Fact, context: Context) -> bool:
    """Whether both stand among the same other figures: 事故32起、死亡15人 twice, or a list in prose and a column of a table."""
    mine = {(f.quantity.value, unit_family(f.quantity)): f for f in _around(a, context)}
    echoes = [(mine[key], f) for f in _around(b, context) if (key := (f.quantity.value, unit_family(f.quantity))) in mine]
    if any(context.name(x) == context.name(y) or alike(x.mention.text, y.mention.text) for x, y in echoes):
        return True
    listed, tabled = (a, b) if b.cell is not None else (b, a)
    if listed.cell is not None or tabled.cell is None:
        return False
    values = {f.quantity.value for f in _around(listed, context) if unit_family(f.quantity) == unit_family(listed.quantity)}
    rows = range(max(0, tabled.cell.row - MOST_ROWS), tabled.cell.row + MOST_ROWS)
    column = {f.quantity.value for row in rows if row != tabled.cell.row for f in context.cell(tabled.cell.table, row, tabled.cell.column)}
    return len(values & column) > 1


def _around(fact: Fact, context: Context) -> list[Fact]:
    """The figures of two digits and more beside a fact, in its sentence or its row of a table."""
    rank = context.order[fact.id]
    near = context.facts[max(0, rank - AROUND) : rank + AROUND + 1]
    if fact.cell is None:
        beside = [f for f in near if f.sentence == fact.sentence]
    else:
        beside = [f for f in near if f.cell is not None and (f.cell.table, f.cell.row) == (fact.cell.table, fact.cell.row)]
    return [f for f in beside if f is not fact and f.quantity.bound == "=" and len(significant(f)) > 1 and f.kind in ("level", "target", "score")]


def _twins(a: Fact, b: Fact, context: Context) -> bool:
    """Whether the passages repeat each other: the words before both figures are the same, and so is a figure beside them."""
    lead = bare(context.before(a, a.clause))[-_LEAD:]
    if len(lead) < _SHORTEST_LEAD or lead != bare(context.before(b, b.clause))[-_LEAD:]:
        return False
    return any(_echo(_beside(a, step, context), _beside(b, step, context)) for step in (-1, 1))


def _verbatim(a: Fact, b: Fact, context: Context) -> bool:
    """Whether the passages are the same word for word, another long figure among the words."""
    leads, ends = [], []
    for fact in (a, b):
        block, at = context.document.blocks[fact.block].span, fact.quantity.extent
        leads.append(bare(context.text[max(block.start, at.start - _PASSAGE) : at.start])[::-1])
        ends.append(bare(context.text[at.end : min(block.end, at.end + _PASSAGE)]))
    lead, end = _beginning(*leads)[::-1], _beginning(*ends)
    return len(lead) >= _SHORTEST_LEAD and len(lead) + len(end) >= _PASSAGE // 2 and _FIGURE.search(f"{lead} {end}") is not None


def _described_alike(a: Fact, b: Fact, context: Context) -> bool:
    """Whether a long description of the one is in the other's: 新业态特征明显的16个行业小类, and 文化新业态特征较为明显的."""
    short, long = sorted((_NO_HAN.sub("", context.before(fact, fact.clause)) for fact in (a, b)), key=len)
    return len(short) >= _DESCRIBED and short[-2:] == long[-2:] and spelled(short, long)


def _beside(fact: Fact, step: int, context: Context) -> Fact | None:
    rank = context.order[fact.id] + step
    if not 0 <= rank < len(context.facts):
        return None
    other = context.facts[rank]
    return other if other.block == fact.block else None


def _echo(a: Fact | None, b: Fact | None) -> bool:
    return (
        a is not None
        and b is not None
        and a.quantity.value is not None
        and a.quantity.value == b.quantity.value
        and unit_family(a.quantity) == unit_family(b.quantity)
        and alike(a.mention.text, b.mention.text)
    )


def _base(fact: Fact, context: Context) -> str:
    """What a change is measured against, in the words before it: 比上年, 比2019年, 环比; "" if the clause does not say."""
    found = _COMPARED.findall(context.before(fact, fact.sentence)[-_REACH:])
    return str(found[-1]) if found else ""
