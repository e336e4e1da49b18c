"""C503 score-rule: the points are those that the stated rule gives to the stated value.

What:
    A scoring rule (95%以上满分，每降低1%扣1分，扣完为止; steps; in proportion) is executed on the value of its row or paragraph and
    held against the points stated there. Where the words leave a choice (part of a step, an edge between steps) every
    reading passes.

Why:
    Points that their own rule does not give were awarded by grace, and the total and the grade rest on them.

Fires:
    表2 绩效自评表
    指标	分值	评分标准	实际完成值	得分
    预算执行率	10	95%以上得满分，每降低1%扣1分，扣完为止	92%	9
    满意度	10	90%以上得满分，每降低1个百分点扣0.5分	91%	10
    培训次数	20	≥28次得满分，每少1次扣1分	26次	18

Left alone:
    表2 绩效自评表
    指标	分值	评分标准	实际完成值	得分
    预算执行率	10	95%以上得满分，每降低1%扣1分，扣完为止	92.4%	7.4
    满意度	10	90%以上得满分，每降低1个百分点扣0.5分	91%	10
    培训次数	20	≥28次得满分，每少1次扣1分	26次	18

False alarms:
    A rule of which the row quotes only one half. Points that were also taken off for another reason.

Source:
    observed in reports

In Chinese:
    得分应与按评分规则算出的一致（如95%以上满分，每降低1%扣1分）；规则有几种理解时，有一种相符即可。
    该行只引了规则的一半，或另有原因扣分的，可能误报。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from extract import intervals as iv
from extract.checks._figures import plain
from extract.checks._scores import full_column, score_column
from extract.checks._scoring_rules import ScoringRule, scoring_rule
from extract.checks._tables import Grid, grids
from extract.checks._values import interval_of
from extract.checks._words import core, squeezed
from extract.checks.claimed_met import ACTUAL, GOAL
from extract.relations import CheckRule, Context, Relation, once
from extract.types import Fact, Interval, Span

LONGEST = 300
"""A cell or paragraph of more characters holds more than one rule and its value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A rule with the value that it is about, the points stated for it, those available, and the target of its row.

    ``mark`` is the figure of the rule that earns all the points, where it is a fact of its own.
    """

    rule: ScoringRule
    actual: Fact
    points: Fact
    full: Fact
    goal: Fact | None = None
    mark: Fact | None = None


def find(context: Context) -> Iterator[Relation]:
    """Rules of tables, row by row, and of paragraphs that also state value and points."""
    for scored in scored_rules(context):
        yield from _relation(scored)


@once
def scored_rules(context: Context) -> tuple[Scored, ...]:
    """All scoring rules of the document that can be executed."""
    found: list[Scored] = []
    for grid in grids(context):
        full, points = full_column(grid), score_column(grid)
        if full is not None and points is not None:
            found.extend(one for row in grid.body if (one := _row(context, grid, row, full, points)) is not None)
    for block, facts in context.by_block.items():
        span = context.document.blocks[block].span
        short = len(span) <= LONGEST and facts[0].cell is None and any(fact.kind == "score" for fact in facts)
        if short and (one := _paragraph(context, span, facts)) is not None:
            found.append(one)
    return tuple(found)


def _row(context: Context, grid: Grid, row: int, full: int, points: int) -> Scored | None:
    rules = {c: rule for c in range(grid.table.columns) if (rule := _rule(grid.texts.get((row, c), ""))) is not None}
    available, obtained = grid.facts.get((row, full)), grid.facts.get((row, points))
    if len(rules) != 1 or available is None or obtained is None:
        return None
    ((column, rule),) = rules.items()
    goals: list[Fact] = []
    actuals: list[Fact] = []
    for other in range(grid.table.columns):
        if other not in (column, full, points):
            measured = [fact for fact in context.cell(grid.index, row, other) if _measured(rule, fact)]
            title = grid.header(other)[-1:] or ("",)
            planned = GOAL.search(title[0]) and not ACTUAL.search(title[0])
            (goals if planned else actuals).extend(measured)
    named = [fact for fact in actuals if fact.quantity.bound == "="]
    if not named and rule.kind == "share":
        named = _told(context, grid.label(row))
    if len(named) != 1 or len(goals) > 1:
        return None
    marks = [fact for fact in context.cell(grid.index, row, column) if fact.quantity.value == rule.mark and _measured(rule, fact)]
    return Scored(rule=rule, actual=named[0], points=obtained, full=available, goal=next(iter(goals), None), mark=next(iter(marks), None))


def _told(context: Context, label: str) -> list[Fact]:
    """The rate of a row's name as the document states it elsewhere: the first, if it states one value only."""
    found = [fact for fact in _rates(context).get(core(label), ()) if fact.quantity.bound == "="]
    return found[:1] if len({fact.quantity.value for fact in found}) == 1 else []


@once
def _rates(context: Context) -> dict[str, list[Fact]]:
    rates: dict[str, list[Fact]] = {}
    for fact in context.facts:
        if fact.kind == "rate" and fact.quantity.unit in ("%", "％") and not fact.subject:
            rates.setdefault(core(fact.mention.text), []).append(fact)
    return rates


def _rule(words: str) -> ScoringRule | None:
    return scoring_rule(squeezed(words)[0]) if "分" in words and len(words) <= LONGEST else None


def _measured(rule: ScoringRule, fact: Fact) -> bool:
    quantity = fact.quantity
    if rule.measures_share:
        return quantity.unit in ("%", "％")
    return quantity.unit in (rule.unit, rule.unit.removesuffix("次"), rule.unit + "次") or not quantity.unit


def _paragraph(context: Context, span: Span, facts: tuple[Fact, ...]) -> Scored | None:
    words, at = squeezed(span.of(context.text))
    rule = scoring_rule(words)
    if rule is None:
        return None
    inside = Span(span.start + at[rule.start], span.start + at[rule.end - 1] + 1)
    outside = [fact for fact in facts if not inside.overlaps(fact.quantity.extent)]
    points = [fact for fact in outside if fact.kind == "score"]
    full = [fact for fact in outside if fact.kind == "max_score"]
    actual = [fact for fact in outside if fact.kind in ("level", "rate") and fact.quantity.unit and _measured(rule, fact)]
    if not len(points) == len(full) == len(actual) == 1 or actual[0].quantity.bound != "=":
        return None
    return Scored(rule=rule, actual=actual[0], points=points[0], full=full[0])


def _relation(scored: Scored) -> Iterator[Relation]:
    rule, actual, points, full, goal = scored.rule, scored.actual, scored.points, scored.full, scored.goal
    available, got, value = full.quantity.value, points.quantity.value, actual.quantity.value
    if available is None or got is None or value is None:
        return
    target = goal.quantity.value if goal is not None else None
    ends = interval_of(actual)
    readings = [rule.earned(value, available, target)]
    readings += [rule.earned(end, available, target, parts=True) for end in (ends.low, ends.high) if end is not None]
    known = [reading for reading in readings if reading is not None]
    if len(known) < len(readings):
        return
    low, high = min(_end(r.low) for r in known), max(_end(r.high) for r in known)
    # points in proportion are rounded as they are printed; whole points taken off are not
    computed = rule.kind == "share" or "." in points.quantity.digits
    slack = iv.half_unit(points.quantity.digits, points.quantity.scale) if computed else iv.ZERO
    holds = iv.meet(Interval(low=low, high=high), iv.around(got, slack))
    least, most = _end(known[0].low), _end(known[0].high)
    shown = plain(least) if least == most else f"{plain(least)}–{plain(most)}"
    figure = f"{plain(value)}{actual.quantity.unit}"
    yield Relation(
        type="implied",
        roles={"facts": (actual.id, points.id, full.id)},
        holds=holds,
        decides=partial(_points, rule, available, target),
        note=f"按评分标准，{figure} 应得 {shown} 分，{'与' if holds else '文中为'} {points.quantity.digits} 分{'相符' if holds else ''}",
        note_en=f"By the stated rule {figure} earns {shown} points, the text gives {points.quantity.digits}",
    )


def _points(rule: ScoringRule, available: Decimal, target: Decimal | None, value: Decimal) -> str:
    found = rule.earned(value, available, target)
    return "" if found is None else f"{found.low}–{found.high}"


def _end(value: Decimal | None) -> Decimal:
    return iv.ZERO if value is None else value


CHECK = CheckRule(code="C503", name="score-rule", name_zh="评分规则", severity="warning", find=find, equation=False)
