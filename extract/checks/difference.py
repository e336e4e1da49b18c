"""S206 difference: what is said to be left, missing or apart is the difference of the figures it comes from.

What:
    剩余22条 after 943 found and 921 mended; 空编27名 beside 268 posts and 241 staff; 3.3个百分点 below a target of 90%; what was newly
    built between two levels; what is net of what came and what went (新增27家、退出8家，净增19家); what lies between two figures that
    are named (甲所比乙所多55件); what is not done of something counted in another section (年底还有15件没有办结), the days that a work took
    more than was agreed; or two columns of a row that is named (机耕路比设计多0.26公里); what of its budget a row says is kept
    (16.94万元结转下年), where it is just that.

Why:
    The rest is what is still to be done. One that does not follow from the figures hides work or invents it.

Fires:
    发现隐患943条，已整改921条，整改率97.7%，剩余32条正在整改。

Left alone:
    发现隐患943条，已整改921条，整改率97.7%，剩余22条正在整改。

False alarms:
    A rest of something else in the same unit.

Source:
    observed in reports

In Chinese:
    剩余、缺口、空编、相差、净增等应等于所列两数之差。
    剩余所指是同一单位的另一件事的，可能误报。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.checks._amounts_apart import amounts_apart
from extract.checks._changes import changes
from extract.checks._difference import Difference
from extract.checks._far_differences import far_differences
from extract.checks._formulas import differences
from extract.checks._lists import lists
from extract.checks._named_differences import named_differences
from extract.checks._net_difference import LEAVING, net_change
from extract.checks._prose import Place, Stream, is_level, like, streams
from extract.checks._ratios import ratios
from extract.checks._rest import rest
from extract.checks._row_differences import row_differences
from extract.checks._row_remarks import kept
from extract.checks._scores_told import FULL_MARK
from extract.checks._undone import left_of_named, told_beside, undone
from extract.relations import CheckRule, Context, Relation
from extract.types import Fact

_OF_DUE = re.compile(r"占应(?![急对])[^，。；、]{0,6}$")
_NEW = re.compile(r"(?:新建|新增|增设|新设|净增|新装)[^，。；]{0,8}$")
_GONE = re.compile(rf"{LEAVING}|拆除|报废|停用|更换|更新|改造|其中")
_DEDUCTED = re.compile(r"(?:共|累计|合计|总共)扣(?:除|减|掉|了)?(?:了)?$")
_OFF = re.compile(r"^[^，。；]{0,2}(?:扣除|剔除|减去|除去|核减)")
_AFTER_OFF = re.compile(r"^(?:后|，)?(?:应|实|净|还|尚|余|剩)")
_ABOVE = re.compile(r"，(?:超过?|高于|高出|(?P<below>低于|低|距离?|离))[^，。；（）]{1,10}（[^，。；（）]{0,4}$")
_SO_FAR_APART = re.compile(r"）(?:还|仅|只|尚)?差?(?:了|约)?")


def find(context: Context) -> Iterator[Relation]:
    """Differences that the prose tells; of figures further apart those whose result nothing near explains."""
    near = list(_near(context))
    yield from near
    told = {fact for one in near if one.type == "diff" for fact in one.roles["result"]}
    yield from (one.relation for one in far_differences(context) if one.result.id not in told)


def _near(context: Context) -> Iterator[Relation]:
    yield from row_differences(context)
    yield from kept(context)
    for found in changes(context).changes:
        if found.previous is not None and found.change.quantity.dimension == "percentage_point":
            yield Difference(found.change, found.current, found.previous, found.sure).relation
    yield from differences(context)
    for one in (*named_differences(context), *amounts_apart(context)):
        yield one.relation
    ratio_of = {one.num.id: (one.den, one.sure) for one in reversed(ratios(context)) if not one.share or _due(context, one.den)}
    base_of = {one.rate.id: one.den for one in ratios(context)}
    listed = {part.fact.id for found in lists(context).sums for part in found.parts}
    for stream in streams(context):
        for place in stream.places:
            if place.fact.kind in ("level", "target", "other", "delta"):
                yield from _above(stream, place)
            if place.quantity.dimension == "score" and _DEDUCTED.search(place.plain):
                yield from _deducted(context, place)
            if place.fact.kind in ("level", "target", "other") and place.level:
                left = rest(context, stream, place, ratio_of, base_of)
                if left is not None:
                    yield left
                    if left.type == "diff":
                        ends = (context.by_id[left.roles[name][0]] for name in ("minuend", "subtrahend"))
                        yield from (one.relation for one in told_beside(stream, place, *ends))
                elif place.fact.id not in listed:
                    yield from (one.relation for one in (list(undone(stream, place)) or left_of_named(stream, place)))
                yield from _taken_off(stream, place)
            yield from net_change(stream, place)
    for turn in changes(context).turns:
        yield from _new(turn.before, turn.after, context)


def _due(context: Context, den: Sequence[Fact]) -> bool:
    """已签约618户，占应签约862户的71.7%: a share of what was due says how much was done."""
    return len(den) == 1 and den[0].cell is None and _OF_DUE.search(context.before(den[0], den[0].clause)) is not None


def _taken_off(stream: Stream, place: Place) -> Iterator[Relation]:
    """在册64台，扣除停用7台，应检57台: three levels in a row, the one in the middle taken off."""
    if not _OFF.match(place.clause) or place.at == 0 or place.at + 1 >= len(stream.places):
        return
    first, last = stream.places[place.at - 1], stream.places[place.at + 1]
    if not all(p.sentence == place.sentence and p.level and like(p.quantity, place.quantity) for p in (first, last)):
        return
    if first.bracket == last.bracket == place.bracket and "；" not in last.lead:
        told = Difference(last.fact, first.fact, place.fact)
        yield Difference(last.fact, first.fact, place.fact, told.holds or _AFTER_OFF.match(last.clause) is not None).relation


def _above(stream: Stream, place: Place) -> Iterator[Relation]:
    """水位63.82米，超警戒水位（62.50米）1.32米: the mark in brackets, before it what is measured, behind it how far apart they are."""
    if place.at < 2 or not _SO_FAR_APART.fullmatch(place.lead):
        return
    mark, level = stream.places[place.at - 1], stream.places[place.at - 2]
    said = _ABOVE.search(mark.lead)
    if _SO_FAR_APART.fullmatch(level.lead) and level.at > 1:
        level = stream.places[level.at - 2]  # 超警戒水位（62.50米）1.32米，距保证水位（64.00米）0.18米: both of the level before
    if said is None or not mark.bracket or level.bracket or level.sentence != place.sentence:
        return
    if like(mark.quantity, place.quantity) and like(level.quantity, place.quantity):
        ends = (mark.fact, level.fact) if said["below"] else (level.fact, mark.fact)
        yield Difference(place.fact, *ends).relation


def _deducted(context: Context, place: Place) -> Iterator[Relation]:
    """共扣3.48分: the full mark less what was scored, in the figures of the whole evaluation."""
    got = [fact for fact in context.facts if fact.kind == "score" and fact.quantity.value is not None]
    rows = {(fact.cell.table, fact.cell.row): fact for fact in context.facts if fact.kind == "max_score" and fact.cell is not None}
    pairs = [(rows[fact.cell.table, fact.cell.row], fact) for fact in got if fact.cell is not None and (fact.cell.table, fact.cell.row) in rows]
    if not pairs:
        return
    whole, scored = max(pairs, key=lambda pair: pair[1].quantity.value or 0)
    if (whole.quantity.value or 0) < FULL_MARK:
        return  # the row of a group: the whole stands in none
    # what is taken off counts as less than nothing
    ends = (scored, whole) if (place.quantity.value or 0) < 0 else (whole, scored)
    told = Difference(place.fact, *ends)
    if told.holds or told.slipped:
        yield told.relation


def _new(before: Place, after: Place, context: Context) -> Iterator[Relation]:
    """由386个增至412个，全年新建26个."""
    rank = context.order[after.fact.id]
    for fact in context.facts[rank + 1 : rank + 4]:
        if fact.sentence == after.fact.sentence and is_level(fact) and like(fact.quantity, after.quantity):
            lead = context.text[fact.sentence.start : fact.quantity.extent.start]
            told = _NEW.search("".join(lead.split()))
            # 全年新建14个、撤销5个: what is new is not all that changed
            gross = _GONE.search(context.after(fact, fact.sentence)) or _GONE.search(lead)
            one = Difference(fact, after.fact, before.fact)
            if told and (one.holds or (not gross and one.slipped)):
                yield one.relation
            return


CHECK = CheckRule(code="S206", name="difference", name_zh="两数之差", severity="error", find=find)
