"""How surely two figures of different values mean one quantity."""

from __future__ import annotations

import re
from typing import Literal

from extract import intervals as iv
from extract.checks._divisions import OTHERS
from extract.checks._keys import LONG_NAME, NARROWING, REACHING, SCOPE, family, in_sentence, owner, told_twice
from extract.checks._own_figures import of_others
from extract.checks._slips import LONG, significant, slip_of_pen
from extract.checks._surroundings import accompanied, base, described_alike, in_twins, verbatim
from extract.checks._values import interval_of
from extract.checks._words import alike, bigrams, core, related
from extract.relations import Context
from extract.types import Fact

Evidence = Literal["sure", "some", ""]
_TOLD = frozenset({"=", "≈", "<~", ">~"})
_SHORT_NAME = 4
_RUN_IN = re.compile(
    r"\s*(?:（[一二三四五六七八九十\d]{1,3}）|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、]|[①-⑳])\s*(?P<head>[^，。；：:\d]{2,20})[。：:]"
)
"""The number and the words of an item, before its text goes on in the same line."""
_ADDED = re.compile(r"(?:再)?(?:加上|连同|算上|另加)")
_SINGLED_OUT = re.compile(r"(?:当|该|单|首)[月日天季周旬夜][^，。；：\d]{0,6}$")
_THEIRS = re.compile(r"其(?![中他它余])(?:上一年|上年|当年)?$")


def evidence(a: Fact, b: Fact, backed: int, few: bool, context: Context) -> Evidence:
    """How surely the two mean one quantity, though their values differ.

    Sure: the indicator or the words are the same, the subjects do not differ, and figures of three digits and more are one slip
    of the pen apart; or of two digits, and swapped or against a value that several places back; or the passages are twins.
    """
    if not comparable(a, b, context):
        return ""
    if core(a.mention.text) != core(b.mention.text) and (_next_in_row(a, context) or _next_in_row(b, context)):
        return ""
    how = slip_of_pen(a, b)
    if _of_their_own(a, b, context):
        return "some" if how and few else ""
    length = min(len(significant(a)), len(significant(b)))
    one_indicator = linked(a, b, context)
    unsure = bool(REACHING & (set(a.qualifiers) ^ set(b.qualifiers)))
    if _crossed(a, b) and length >= LONG and (how in ("swap", "scale") or (how and length > LONG)):
        return "sure"
    amounts = a.kind not in ("growth", "delta", "rate") and length > 1 and not unsure and a.quantity.bound == b.quantity.bound == "="
    if how and amounts and _crossed(a, b) and accompanied(a, b, context):
        return "sure"
    if subjects_fit(a, b, context) and (one_indicator or alike(a.mention.text, b.mention.text)):
        same_name = one_indicator or core(a.mention.text) == core(b.mention.text)
        long_name = same_name and min(len(core(a.mention.text)), len(core(b.mention.text))) >= LONG_NAME
        row = a.cell is not None and b.cell is not None and a.cell.table == b.cell.table
        if how and length >= (LONG if few or how != "digit" else LONG + 1) + unsure:
            return "sure"
        if how and amounts and (length >= LONG or how != "scale") and same_name and accompanied(a, b, context):
            return "sure"
        told = a.kind not in ("growth", "delta", "rate") and not unsure and {a.quantity.bound, b.quantity.bound} <= _TOLD
        if how == "scale" and max(len(significant(a)), len(significant(b))) > 1 and told and long_name and few and a.section != b.section:
            return "sure"
        if length == 2 and told and how == "digit" and long_name and backed > 1:
            return "sure"
        if length == 2 and amounts and ((how == "swap" and same_name and (few or backed > 1)) or (how and row)):
            return "sure"
        if in_twins(a, b, context) or (how and (verbatim(a, b, context) or (amounts and described_alike(a, b, context)))):
            return "sure"
    return "some" if how and (few or (length > 1 and backed > 1)) else ""


def comparable(a: Fact, b: Fact, context: Context) -> bool:
    """Whether two statements with disjoint values may be held against each other at all."""
    if a.block == b.block or family(a) != family(b):
        return False
    if a.cell is not None and b.cell is not None and a.cell.table == b.cell.table and not told_twice(a, b):
        return False
    if not family(a) and a.kind != "rate":
        # a bare number counts nothing that two places could share
        return False
    if bool(OTHERS.search(a.mention.text + a.subject)) is not bool(OTHERS.search(b.mention.text + b.subject)):
        return False  # 其他公共安全支出 is some of 公共安全支出
    if _part_of(a, b, context) or _part_of(b, a, context):
        return False
    if _beside(a, b, context) or _beside(b, a, context):
        return False
    if (NARROWING | SCOPE) & (set(a.qualifiers) ^ set(b.qualifiers)):
        return False
    if _of_somebody(a, context) or _of_somebody(b, context):
        return False
    if _singled_out(a, context) is not _singled_out(b, context) or _added(a, context) is not _added(b, context):
        return False
    if a.kind in ("growth", "delta") and base(a, context) != base(b, context):
        return False
    return linked(a, b, context) or related((a.mention.text, a.subject), (b.mention.text, b.subject))


def _part_of(a: Fact, b: Fact, context: Context) -> bool:
    """Whether the one is told as a part of what the other states: 死亡205人, and 死亡人数升至205人，其中灾情最重的地区202人."""
    total = context.by_id.get(a.antecedent) if "其中" in a.qualifiers else None
    return total is not None and family(total) == family(b) and total.kind == b.kind and iv.agree(interval_of(total), interval_of(b))


def _beside(a: Fact, b: Fact, context: Context) -> bool:
    """Whether another cell of the row of the one states what the other does: 卫生健康支出 is its 合计, and not its 基本支出."""
    if a.cell is None or b.cell is None or in_sentence(a) or in_sentence(b):
        return False
    cells = (context.cell(a.cell.table, a.cell.row, c) for c in range(context.document.tables[a.cell.table].columns))
    return any(family(fact) == family(b) and iv.agree(interval_of(fact), interval_of(b)) for facts in cells for fact in facts)


def _of_their_own(a: Fact, b: Fact, context: Context) -> bool:
    """Whether two short names (反映问题, 优良率) more likely say the same of different things: under sibling headings, or rates in other words."""
    if a.kind == b.kind == "rate" and of_others(a, b, context):
        return True  # 制发建议76件，采纳73件，采纳率96.1%; 提出建议1046人，采纳1009人，采纳率96.5%
    first, second = core(a.mention.text), core(b.mention.text)
    if min(len(first), len(second)) > _SHORT_NAME:
        return False
    telling = min(len(significant(a)), len(significant(b))) > LONG and (first in second or second in first) and linked(a, b, context)
    # 整改率97.83% in prose, 隐患整改率97.38% in the form: so long a figure is hardly met by another rate
    if (a.kind == "rate" and first != second and not telling) or headed_apart(a, b, context):
        return True
    if a.section is None or b.section is None or a.section == b.section or (a.cell is None) != (b.cell is None):
        return False  # a table tells again what the prose of other sections told
    one, other = context.document.sections[a.section], context.document.sections[b.section]
    return one.parent is not None and one.parent == other.parent and len(significant(a)) < LONG


def headed_apart(a: Fact, b: Fact, context: Context) -> bool:
    """（三）公务用车。决算39.84万元 and （四）公务接待费。决算3.94万元; 1.油松：…成活92.3% and 2.侧柏：…成活92.9%: each under its own head."""
    if a.cell is not None or b.cell is not None:
        return False
    first, second = (_RUN_IN.match(context.text, context.document.blocks[fact.block].span.start) for fact in (a, b))
    return first is not None and second is not None and not alike(first["head"], second["head"])


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


def _of_somebody(fact: Fact, context: Context) -> bool:
    """1.甲某…其上一年年收入28.50万元: of whom the sentence speaks, not of the document's subject."""
    place = fact.mention.span
    return place is not None and _THEIRS.search(context.text[max(fact.sentence.start, place.start - 5) : place.start]) is not None


def _singled_out(fact: Fact, context: Context) -> bool:
    """日均15.96万人次 of the year; 比当月日均16.4万人次高: of one month or day that is singled out."""
    return _SINGLED_OUT.search(context.before(fact, fact.clause)) is not None


def _added(fact: Fact, context: Context) -> bool:
    """余下12个转入今年，加上新开工的15个，今年共实施27个: what is added to a sum of its own sentence, not what was told of the year."""
    return _ADDED.match(context.before(fact, fact.clause)) is not None


def linked(a: Fact, b: Fact, context: Context) -> bool:
    """Whether both measure one indicator of the catalogue and say so with some word in common."""
    name = context.name(a)
    if name != context.name(b) or name not in context.catalogue:
        return False
    first, second = core(a.mention.text), core(b.mention.text)
    whose = core(owner(a, context))
    # 自然人318件, and the cell of 自然人 in the row that counts them
    owned = len(whose) >= LONG and whose == core(owner(b, context)) and whose in (first, second)
    return owned or bool(bigrams(first) & bigrams(second))


def subjects_fit(a: Fact, b: Fact, context: Context) -> bool:
    """Whether the subjects are one, or the one that is named is what the other's words name (公用经费 of 公用经费)."""
    if owner(a, context) == owner(b, context) or (a.cell is not None and b.cell is not None and told_twice(a, b)):
        return True
    named = [fact for fact in (a, b) if owner(fact, context)]
    return all(alike(fact.subject, a.mention.text) or alike(fact.subject, b.mention.text) for fact in named)


def _crossed(a: Fact, b: Fact) -> bool:
    """Whether what one names is whose figure the other is (道路运输1974件, and 立案数 in the row 道路运输)."""
    named, owned = (a, b) if b.subject else (b, a)
    return not named.subject and len(owned.subject) >= LONG and core(named.mention.text) == core(owned.subject)
