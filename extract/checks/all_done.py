"""T403 all-done-claim: what is said to be done in full is not left undone by the numbers.

What:
    全部完成, 全面整改, 均已实现 against a rate of the same thing below 100% or a rest in the same sentence; a claim that every
    target was reached against a row of the table of objectives that was not; 全面完成预算 against a rate of execution below 90%.

Why:
    Such sentences are what a reader remembers of a report. The number beside it decides whether it may stand.

Fires:
    全年排查风险隐患120处，已全部整改，整改率95.8%。

Left alone:
    全年排查一般隐患120处，已全部整改，整改率100%；重大隐患8处，整改率87.5%，力争年底前全部整改。

False alarms:
    A claim of one programme beside a table of another.

Source:
    observed in reports

In Chinese:
    称全部完成、全面整改、均已实现的，不应有低于100%的比率、未完成的余数或未达标的指标与之矛盾。
    所称与所列表格不属同一项目的，可能误报。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

import regex

from extract import intervals as iv
from extract.checks._judge import meets
from extract.checks._words import squeezed, unit_family
from extract.checks.claimed_met import objectives
from extract.checks.score_rule import scored_rules
from extract.relations import CheckRule, Context, Relation, once
from extract.types import Fact, Span

BUDGET_DONE = Decimal(90)
"""A budget of which less than nine tenths was spent was not carried out in full (the usual floor of the scoring rules observed)."""
LONGEST_LEAD = 6
BOUNDED = frozenset({">=", ">", "<=", "<"})

_DONE = r"完成|整改|办结|落实|到位|销号|建成|竣工|达标|验收|治理|签订|处置|发放|兑现|覆盖"
_LOCAL = re.compile(
    rf"(?:^|[，；：。])(?P<lead>[^，；：。]*?)(?:已经?|均已?|都已?|现已)*(?:全部|全面|百分之百|100%)(?:得到|予以|按时|按期|如期)?(?P<verb>{_DONE})"
)
_IN_FULL = "全百%％"
"""Without one of these no sentence says that something was done in full."""
_LEAD = re.compile(r"^(?:目前|现|均|都|已|至今|截至[^，。；]{2,12}|年底前?|并|且|现已|也)*$")
_PLANNED = re.compile(r"未|力争|确保|计划|争取|预计|目标|要求|力求|将|不|努力|推动|待|如|若|(?<![目此])前$")
_REST = re.compile(r"(?:尚有|仍有|还有|剩余|余下|其余)[^，。；]{0,10}$")
_UNDONE = re.compile(rf"^[^，。；]{{0,8}}(?:未|尚未|正在|待|仍在)[^，。；]{{0,4}}(?P<verb>{_DONE})")
_EVERY = regex.compile(
    r"(?:(?:各|每)项|全部|所有|设定的)[^，。；：、]{0,10}(?:目标|指标)(?:值|任务)?(?:均|都|全部|全面|全|已|得到|如期|按时|顺利|圆满|较好)*"
    r"(?<=均|都|全部|全面|全|已|如期|按时|顺利|圆满)(?:完成|实现|达成|达标|达到)"
)
_EXCEPT = re.compile(r"除[^。；]{1,40}外|以外")
_BUDGET = re.compile(
    r"(?<!未)(?:全面|全部|圆满|超额)(?:地)?完成了?(?:年初|年度|全年|本年|部门|的)*预算(?:收支|支出|执行)?(?:任务|目标)?(?=[，。；]|$)"
)
_EXECUTION = re.compile(r"(?:预算|支出|资金)(?:支出)?执行率$|预算完成率$")


def find(context: Context) -> Iterator[Relation]:
    """Claims within sentences, then those about all targets and about the budget."""
    for sentence, facts in context.by_sentence.items():
        if facts[0].cell is None:
            yield from _within(context, sentence, facts)
    every = _claims(context)
    if every is not None:
        for goal, actual, direction in _missed(context):
            roles = {"target": (goal.id,), "actual": (actual.id,)}
            yield Relation(type="target", roles=roles, claim="met", direction=direction, places=(every,))
    yield from _budget(context)


def _within(context: Context, sentence: Span, facts: tuple[Fact, ...]) -> Iterator[Relation]:
    said = sentence.of(context.text)
    if not any(char in said for char in _IN_FULL):
        return
    words, at = squeezed(said)
    for claim in _LOCAL.finditer(words):
        if _PLANNED.search(claim["lead"]):
            continue
        start = sentence.start + at[claim.start("verb")]
        clear = bool(_LEAD.match(claim["lead"]))
        for fact in facts:
            if fact.quantity.extent.start < start or "；" in context.text[start : fact.quantity.extent.start]:
                continue
            place = Span(start, sentence.start + at[claim.end() - 1] + 1)
            if _is_rate_of(fact, claim["verb"]):
                value = fact.quantity.value or Decimal(0)
                yield _relation(context, fact, place, holds=value >= iv.HUNDRED, certain=clear)
                break
            if _left(context, fact, claim["verb"]):
                yield _relation(context, fact, place, holds=not fact.quantity.value, certain=clear)
                break


def _is_rate_of(fact: Fact, verb: str) -> bool:
    quantity = fact.quantity
    return (
        fact.kind == "rate"
        and quantity.unit in ("%", "％")
        and quantity.bound == "="
        and verb in fact.mention.text[-5:]
        and fact.mention.text.endswith("率")
    )


def _left(context: Context, fact: Fact, verb: str) -> bool:
    after = _UNDONE.match(squeezed(context.after(fact, fact.sentence))[0])
    before = _REST.search(squeezed(context.before(fact, fact.sentence))[0])
    return bool(before and after and after["verb"] == verb)


def _relation(context: Context, fact: Fact, place: Span, *, holds: bool, certain: bool) -> Relation:
    shown = fact.quantity.extent.of(context.text)
    return Relation(
        type="implied",
        roles={"facts": (fact.id,)},
        holds=holds,
        certain=certain,
        decides=_in_full if fact.kind == "rate" else _nothing_left,
        places=(place,),
        note=f"文中称“全部{place.of(context.text)}”，“{context.called(fact)}”为 {shown}",
        note_en=f"Said to be done in full; “{context.called(fact)}” is {shown}",
    )


def _in_full(value: Decimal) -> str:
    return "in full" if value >= iv.HUNDRED else "not in full"


def _nothing_left(value: Decimal) -> str:
    return "not in full" if value else "in full"


def _carried_out(value: Decimal) -> str:
    return "carried out" if value >= BUDGET_DONE else "not carried out"


def _missed(context: Context) -> Iterator[tuple[Fact, Fact, Literal["more", "less", ""]]]:
    """Targets with a bound and figures of the same unit that miss them: of tables of objectives, and of scoring rules."""
    for relation in objectives(context):
        goal, actual = (context.by_id[relation.roles[role][0]] for role in ("target", "actual"))
        if relation.claim != "met" and _comparable(goal, actual) and meets(goal.quantity, actual.quantity, relation.direction) is False:
            yield goal, actual, relation.direction
    for scored in scored_rules(context):
        mark = scored.mark
        if mark is not None and _comparable(mark, scored.actual) and meets(mark.quantity, scored.actual.quantity) is False:
            yield mark, scored.actual, ""


def _comparable(goal: Fact, actual: Fact) -> bool:
    unit = unit_family(goal.quantity)
    # of a change the sign would have to be understood: 下降6.3% meets ≥5%
    change = {"growth", "delta"} & {goal.kind, actual.kind}
    return bool(unit) and unit == unit_family(actual.quantity) and goal.quantity.bound in BOUNDED and not change


@once
def _claims(context: Context) -> Span | None:
    """Where the running text says that every target was reached; ``None`` where it does not, or only plans to."""
    return _said(context, _EVERY, "标")


def _said(context: Context, claim: re.Pattern[str], cue: str) -> Span | None:
    """The first claim outside a plan; each holds the character ``cue``."""
    for block in context.document.blocks:
        if block.kind not in ("paragraph", "cell") or context.text.find(cue, block.span.start, block.span.end) < 0:
            continue
        words, at = squeezed(block.span.of(context.text))
        for match in claim.finditer(words):
            sentence = re.split(r"[。；]", words[: match.start()])[-1]
            clause = re.split(r"[，：]", sentence)[-1]
            if not _PLANNED.search(clause) and not _EXCEPT.search(sentence) and len(clause) <= LONGEST_LEAD:
                return Span(block.span.start + at[match.start()], block.span.start + at[match.end() - 1] + 1)
    return None


def _budget(context: Context) -> Iterator[Relation]:
    rates = [f for f in context.facts if f.kind == "rate" and f.quantity.unit in ("%", "％") and _EXECUTION.search(f.mention.text) and not f.subject]
    values = {fact.quantity.value for fact in rates}
    if len(values) != 1 or (place := _said(context, _BUDGET, "算")) is None:
        return
    [value] = values
    if value is not None:
        fact = rates[0]
        yield Relation(
            type="implied",
            roles={"facts": (fact.id,)},
            holds=value >= BUDGET_DONE,
            decides=_carried_out,
            places=(place,),
            note=f"文中称“{place.of(context.text)}”，预算执行率为 {fact.quantity.extent.of(context.text)}",
            note_en=f"The budget is said to be carried out in full; {fact.quantity.extent.of(context.text)} of it was spent",
        )


CHECK = CheckRule(code="T403", name="all-done-claim", name_zh="全部完成之说", severity="warning", find=find, equation=False)
