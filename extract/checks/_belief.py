"""Whether a failing relation is likelier an error of the document than a misreading of ours.

Numbers that were never meant to go together miss each other by any amount; numbers that do, and of which one is wrong, are
mended by one slip of the pen, or are close, or are told in one breath. Figures that meet by chance show one of these signs now and
then, two hardly ever. With two a relation that fails is believed; with one alone it is *likely*, and a warning; with none, or with
signs that it was misread, it is put up for review.
"""

from __future__ import annotations

import re
from decimal import Decimal

import regex

from extract import intervals as iv
from extract.checks._judge import RESULT, Belief
from extract.checks._keys import in_sentence
from extract.checks._misread import TELLING, misread
from extract.checks._rates import fits, says_base
from extract.checks._slips import mends, significant
from extract.checks._solve import needs, solve
from extract.checks._values import EVERYTHING, factor, is_rate, middle, values_of
from extract.phrases import chinese
from extract.relations import Context, Relation
from extract.types import Fact, Interval

DOUBTED = chinese("unrelated")
RATIO_NEAR = Decimal("0.12")
"""How far off a ratio or a difference may be, as a part of what it should be, to be near."""
SUM_NEAR = Decimal("0.05")
"""How far off a sum may be, as a part of what is added up."""
SLIPPED_NEAR = Decimal("0.2")
"""How far off a sum or a difference may be that one slip mends."""
LEVEL_NEAR = Decimal("0.1")
"""How far off the level may be that a change leads to."""
CHANGE_NEAR = Decimal("0.6")
"""How far off a change may be, as a part of the larger one: 2.9% is not near 0.6%, though the levels are."""
TEN_THOUSANDS = (Decimal("1E4"), Decimal("1E-4"))
"""Between 元, 万元 and 亿元."""
_SIBLINGS = 3
"""What so many other rows of a table keep needs no slip of the pen to be believed of one that does not."""
_CHANGE = {"growth": ("current", "previous", "change"), "diff": ("minuend", "subtrahend", "result")}
_THAN = re.compile(r"[，,](?:比|较)[^，,。；;、（）()]{1,10}")
_TURNED = re.compile(r"[^，,。；;、：:（）()\d]{2,6}")
_SIZES = 2
"""What changed is at most so many times what it was, where nothing but the words vouch for it."""
_RATE_OF = regex.compile(r"(?P<what>\p{Han}{2})率$")
_DUE = re.compile(r"应|计划|须|该")
_OF = re.compile(r"的(?:约|近)?")


def belief(relation: Relation, context: Context) -> Belief:
    """How far a relation that fails is to be believed; surely, where its kind leaves no doubt what belongs together. Cost: linear in
    the printed digits of its members."""
    if relation.type not in ("sum", "ratio", "diff", "growth", "part"):
        return "sure"
    if misread(relation, context):
        return "misread"
    if relation.type == "growth" and not (relation.roles.get("previous") or relation.roles.get("step")):
        return "sure" if _together(relation, context) else "likely"
    if _empty(relation, context) or relation.siblings >= _SIBLINGS:
        return "sure"
    mended, said = _mended(relation, context) or _upside_down(relation, context), says_base(relation, context)
    near = _near(relation, context)
    close = near or (mended and relation.type in ("sum", "diff") and _near(relation, context, SLIPPED_NEAR))
    if close + mended + _together(relation, context) + _named_after_both(relation, context) > 1 or (near and said):
        return "sure"
    # a part of some money that is more than it was miscounted by more than a digit all the same
    money = relation.type == "part" and context.by_id[relation.roles["part"][0]].quantity.dimension == "money"
    spelt_out = (said and _counted_there(relation, context)) or _in_one_clause(relation, context) or _in_points(relation, context)
    return "likely" if near or mended or spelt_out or money else "doubtful"


def _counted_there(relation: Relation, context: Context) -> bool:
    """Whether the sentence of a rate states what was counted for it; else its base is named, and the numerator a guess."""
    rate = context.by_id[relation.roles["rate"][0]]
    return any(context.by_id[i].sentence == rate.sentence for i in relation.roles["num"])


def _in_one_clause(relation: Relation, context: Context) -> bool:
    """城镇化率53.99%，比上年末的53.17%提高1.32个百分点: whether level, earlier level and amount of the change follow each other in one clause."""
    names = _CHANGE.get(relation.type)
    if names is None or not context.order or not all(relation.roles.get(name) for name in names):
        return False
    current, previous, change = (context.by_id[relation.roles[name][0]] for name in names)
    if is_rate(change.quantity) or [context.order[fact.id] - context.order[current.id] for fact in (previous, change)] != [1, 2]:
        return False
    # 新设3.2万户，较上年末的20.1万户: what is of another size is of something else
    low, high = sorted(abs(middle(fact.quantity) or iv.ZERO) for fact in (current, previous))
    alike = high <= low * _SIZES
    led = _THAN.fullmatch(context.between(current, previous)) is not None
    return alike and led and _TURNED.fullmatch(context.between(previous, change)) is not None


def _named_after_both(relation: Relation, context: Context) -> bool:
    """应提取248.50万元，实际提取186.40万元，提取率57.5%: what the rate is called was due and was done."""
    if relation.type != "ratio" or len(relation.roles["den"]) != 1 or len(relation.roles["num"]) != 1:
        return False
    rate, num, den = (context.by_id[relation.roles[role][0]] for role in ("rate", "num", "den"))
    called = _RATE_OF.search(rate.mention.text)
    if called is None or len({fact.sentence for fact in (rate, num, den)}) > 1:
        return False
    due, done = (context.before(fact, fact.clause) for fact in (den, num))
    return called["what"] in due and called["what"] in done and _DUE.search(due) is not None


def _in_points(relation: Relation, context: Context) -> bool:
    """不捕率38.0%，上升2.8%（上年35.2%）: whether a rate of growth of two rates is the points between them."""
    if relation.type != "growth" or not relation.roles.get("previous"):
        return False
    current, previous, change = (context.by_id[relation.roles[name][0]].quantity for name in _CHANGE["growth"])
    alike = current.unit == previous.unit == change.unit and current.dimension == "ratio"
    return alike and iv.meet(change.interval, iv.sub(current.interval, previous.interval))


def _together(relation: Relation, context: Context) -> bool:
    """Whether a table holds the figures, or one sentence, with no other between them or as rows of figures (17起、12人，分别下降…); of a
    sum that says nothing, every list is told so."""
    facts = [context.by_id[i] for ids in relation.roles.values() for i in ids]
    if all(fact.cell is not None and not in_sentence(fact) for fact in facts):
        return len({fact.cell.table for fact in facts if fact.cell is not None}) == 1
    if relation.type == "sum" or not context.order:
        return False
    if len({fact.sentence for fact in facts}) > 1:
        return False
    facts.sort(key=lambda fact: context.order[fact.id])
    beside = context.order[facts[-1].id] - context.order[facts[0].id] == len(facts) - 1
    return beside or "分别" in context.between(facts[0], facts[-1])


def _empty(relation: Relation, context: Context) -> bool:
    """A whole of nothing that has parts, and a level of nothing that fell by two percent, were not filled in."""
    levels = (i for role in ("whole", "total", "current") for i in relation.roles.get(role, ()))
    return any(context.by_id[i].quantity.value == 0 for i in levels) or _nothing_done(relation, context)


def _nothing_done(relation: Relation, context: Context) -> bool:
    """支出决算为0.00万元，完成预算的3%: whether nothing, told beside its rate, is told to be some of something."""
    rate, num = ((context.by_id[i] for i in relation.roles.get(role, ())) for role in ("rate", "num"))
    rates = list(rate)
    return bool(rates) and all(one.quantity.value == 0 and one.sentence == rates[0].sentence and one.cell is None for one in num)


def _near(relation: Relation, context: Context, off: Decimal | None = None) -> bool:
    """Whether it fails by little, or by no more than ``off`` of what it should be."""
    if relation.type == "part":
        return False  # what is no part may well be a little more than what is no whole
    result = context.by_id[relation.roles[RESULT[relation.type]][0]]
    values = values_of(relation, context)
    needed = solve(relation, result.id, values, context)
    if needed is None or needed == EVERYTHING:
        return True
    gap, middle_of = iv.gap(needed, values(result.id)), _middle(needed)
    if relation.type == "growth" and is_rate(result.quantity):
        level, stated = 1 + middle_of * factor(result.quantity) / 100, middle(result.quantity) or iv.ZERO
        small = gap > CHANGE_NEAR * max(abs(middle_of), abs(stated))
        return level > 0 and not small and gap * factor(result.quantity) / 100 <= LEVEL_NEAR * level
    if relation.type == "sum":
        added = sum((abs(middle(context.by_id[i].quantity) or iv.ZERO) for i in relation.roles["parts"]), iv.ZERO)
        return gap <= (off or SUM_NEAR) * added
    if relation.type == "diff" and off is not None:
        # 943 of which 921 are done leave 22: 32 is near, as a part of what they are left of
        whole = abs(middle(context.by_id[relation.roles["minuend"][0]].quantity) or iv.ZERO)
        return gap <= max(off * abs(middle_of), SUM_NEAR * whole)
    return gap <= (off or RATIO_NEAR) * abs(middle_of)


def _middle(interval: Interval) -> Decimal:
    low, high = interval.low, interval.high
    if low is None or high is None:
        return low or high or iv.ZERO
    return (low + high) / 2


def _upside_down(relation: Relation, context: Context) -> bool:
    """完成投资58.6亿元，完成目标40亿元的68.3%: what was divided by what stands right before the rate is just what was divided into it."""
    if relation.type != "ratio" or len(relation.roles["den"]) != 1 or len(relation.roles["num"]) != 1:
        return False
    rate, num, den = (context.by_id[relation.roles[role][0]] for role in ("rate", "num", "den"))
    if rate.quantity.bound != "=" or len(significant(rate)) < TELLING or not _OF.fullmatch(context.between(den, rate)):
        return False
    return fits(rate, [den], [num])


def _mended(relation: Relation, context: Context) -> bool:
    return any(_mends(context.by_id[i], need) for i, need in needs(relation, values_of(relation, context), context))


def _mends(fact: Fact, need: Interval | None) -> bool:
    quantity = fact.quantity
    if need is None or need == EVERYTHING or quantity.value is None:
        return False
    # a fall told as a rise (增加928人 for a fall of 928) is a slip too
    turned = quantity.bound == "=" and need.low is not None and need.high is not None and iv.meet(iv.negate(quantity.interval), need)
    return turned or mends(quantity, need) or _wrong_scale(fact, need)


def _wrong_scale(fact: Fact, need: Interval) -> bool:
    """29.69万元 for 29.69亿元: whether the word for ten thousand or a hundred million is all that is wrong of a telling figure."""
    if len(significant(fact)) < TELLING or need.low is None or need.high is None or fact.quantity.bound not in ("=", "≈"):
        return False
    return any(iv.meet(iv.scaled(fact.quantity.interval, step), need) for step in TEN_THOUSANDS)
