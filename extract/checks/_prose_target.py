"""Targets of running text with what was reached, and what the text claims of them.

A target stands after what was reached (64学时，达到不少于60学时的要求; 控制在年初预算38.5万元以内), in brackets after it
(1364人次（年度目标为不少于1200人次）), before it (目标4.6万人，实际4.38万人), or inside the words of the degree (完成年度任务36000人的107.2%).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from extract import intervals as iv
from extract.checks._changes.words import SAID_FORMER
from extract.checks._figures import figure
from extract.checks._judge import SHORTER_IS_BETTER, meets
from extract.checks._lists import lists
from extract.checks._prose import CHANGES, Place, Stream, is_level, last_clause, last_words, like, named_near, squeezed, streams
from extract.checks._rates import fits
from extract.checks._ratios.words import FORMER
from extract.checks._words import alike, bigrams, core
from extract.relations import Context, Relation, once
from extract.types import Fact, Interval, Span

BACK = 6

_GOAL = r"(?:目标|要求|标准|任务|计划|指标|规定|控制数|预算|定额|底线|红线)"
_UNMET = re.compile(r"(?:未|没有?|尚未|仍未|未能|不)(?:能)?(?:达到?|完成|实现|满足|突破)[^，。；]{0,10}$|(?:低于|不及|少于|落后于)[^，。；]{0,10}$")
_SHORT_OF = re.compile(r"[，；]?(?:但|尚)?(?:距|离)(?!职)")
_GAP_LEFT = re.compile(rf"^的?[^，。；（\d]{{0,6}}{_GOAL}(?:值|数|要求)?，?(?:尚|还|仍|均|都)?(?:有|存在|相?差|距)")
"""与达到6%的目标尚有1.6个百分点差距: what follows a target that was not reached."""
_MET = re.compile(
    r"(?:(?<![下传送转直])达到?了?|完成了?|实现了?|满足了?|符合|(?<![未没不有])超过了?|超额(?:完成|实现)?了?|高于|优于|超出|好于)[^，。；]{0,14}$"
)
_TO_COME = re.compile(
    r"若|如果|如要|倘|假如|(?<![需重主必紧])要(?:想|在|于|全年|年底|最终)?[^，。；]{0,4}(?:达到|实现|完成)"
    r"|(?:才|方|就|可)能?(?:达到|实现|完成)|仍需|还需|尚需"
)
"""若全年要达到34.0微克的目标: nobody says that it was reached."""
_AFTER = re.compile(
    rf"^(?:以[上内下]|及以上)?[^，。；（\d]{{0,6}}?的?[^，。；（\d]{{0,6}}{_GOAL}|^（[^，。；（）\d]{{0,6}}{_GOAL}[^，。；（）\d]{{0,3}}）"
)
_BEFORE = re.compile(rf"{_GOAL}(?:数|值|量)?(?:的|为|是)?$")
_WITHIN = re.compile(
    rf"(?:控制|稳定|保持|限制)在[^，。；]{{0,10}}$"
    rf"|(?:未|没有)(?:突破|超过|超出)[^，。；]{{0,10}}{_GOAL}?[^，。；]{{0,4}}$|不超过[^，。；]{{0,8}}{_GOAL}$"
)
_IN_BRACKET = re.compile(rf"(?:{_GOAL}|应)(?:数|值|量)?(?:为|是|：)?[^，。；]{{0,3}}$")
_STATED = re.compile(r"(?:目标|计划|任务|应)(?:数|值|量|完成)?(?:为|是|：)?$")
_ACTUAL = re.compile(r"^[，；、]?(?:但|而)?(?:实际|完成|实有|实际完成|已完成|仅完成)[^，。；]{0,6}$")
_THAN = re.compile(r"(?:低于|低|少|不足|未达)")
_INSIDE = re.compile(r"以内|之内|以下|的?范围")
_IDLE = re.compile(r"将|把|均|都|也|全部|有效|严格|切实|完成了?|实现了?|达到了?|年度|全年|年初|预期|确定|设定|规定|下达|的")
_ABOVE = re.compile(r"高于|超过|大于|优于|超出")
_BETTER = re.compile(r"(?:优|好)于[^，。；]{0,14}$")
_HIGHER = re.compile(
    r"合格|优良|优秀|满意|完成|覆盖|达标|及时|办结|整改|就业|利用|准确|处置|使用|入户|执行|到位|普及|知晓|成活|通过|回访|响应率|绿化|收入|增长"
)
_THE_MARK = re.compile(rf"^的?(?:年度|全年|预期|规定|考核)?{_GOAL}值?")
_MISSED = re.compile(r"(?:未|没有?|尚未|未能)(?:能)?(?:达到?|实现)$")
_OF_GOAL = re.compile(rf"(?:为|完成了?|达到了?|是)(?:年度|全年|年初|当年)?{_GOAL}(?:数|值|量)?(?:的|为|是)?$")
_DEGREE = re.compile(rf"(?:{_GOAL}(?:任务|值|数)?)?的(?:约|近)?")
_HIGHER_THAN = re.compile(r"[高低多少大小快慢优好][于过](?:上年|去年|前年|(?:19|20)\d\d年|上期|同期|全[国省市区县])")
_PLAN_IS = re.compile(r"^，(?:年度|年初|全年)?(?:计划|目标|任务)(?:数|值|量)?为?$")
_TO_DO = re.compile(r"^(?:年度|年初|全年|共|项目)?计划(?!数|值|量|外)[^，。；]{2,24}$")
_DONE = re.compile(r"(?:实际|已|累计|共)?完成[^，。；]{0,8}$")
_DUE = re.compile(r"^[^，。；]{0,6}应[^对急该^，。；]{1,6}$")
_DID = re.compile(r"^[^，。；]{0,2}(?:实际?|已)[^，。；]{1,6}$")
_GOALS = re.compile(r"目标|任务|计划|控制数|控制指标|指标")
_AHEAD = re.compile(r"明年|下年|下一年|下一步|来年|力争|今后|到20\d\d年|确保")
_WAY = re.compile(r"(?P<down>下降|降低|减少|压减|压缩)(?:率)?$|(?:增长|提高|上升|增加)(?:率)?$")
_CLAIMED = re.compile(r"(?:完成|实现|达到)了?[^，。；]{2,40}$")
_THE_GOAL = re.compile(r"^[^。；]{0,40}?的?(?:年度|全年|预期|控制|工作)?(?:目标|任务|要求|指标)")
_ALL_MET = re.compile(rf"(?:均|都|全部)(?:已)?(?:超额?)?(?:达到?|完成|实现|超过|超出|高于|优于)了?[^，。；]{{0,6}}?{_GOAL}(?:值|数)?$")
_MOST_MET = 6
_AGAINST = re.compile(r"(?:比|较|与|低于|高于)[^，。；]{0,8}(?:目标|计划|要求|标准|任务|指标)值?$")
LESS = re.compile(
    r"成本|死亡|事故|受伤|伤亡|受害率|投诉|超限率|能耗|失业率|时限|时间|时长|下降|发病率|发生率|差错|损失|单价|费用|三公|经费支出|漏损|产销差|差率|浓度|PM|逾期|病死|能耗|电耗|水耗|负伤|不良|负债|等候|排放|超标|辍学|空置|退货|羁押率|发改率|败诉率|上诉率|赔付率"
)


@once
def targets(context: Context) -> tuple[Relation, ...]:
    """Targets beside what was reached, each with the claim that the words make; then those whose actual figure stands elsewhere."""
    return tuple(_targets(context))


def _targets(context: Context) -> Iterator[Relation]:
    for stream in streams(context):
        for place in stream.places:
            if place.fact.kind not in CHANGES:
                found = _reached(context, stream, place) or _bracketed(stream, place) or _followed(stream, place) or _named(context, stream, place)
                if found is not None:
                    yield found
            changed = _changed(context, stream, place)
            if changed is not None:
                yield changed
        yield from _all_met(stream, context)


def _reached(context: Context, stream: Stream, goal: Place) -> Relation | None:
    """What was reached, then the target: 达到…的要求, 控制在…以内, 完成年度任务N的107%, 高于95%的目标值."""
    words, after = goal.plain, stream.after(goal.at)
    above = goal.quantity.bound in (">", ">=") and _ABOVE.search(Span(goal.quantity.extent.start, goal.quantity.span.start).of(context.text))
    if above and _THE_MARK.match(after):  # not 推出超过100项行业标准
        words += above[0]
    degree = stream.places[goal.at + 1] if goal.at + 1 < len(stream.places) else None
    if degree is not None and (not _DEGREE.fullmatch(degree.lead) or degree.quantity.unit not in ("%", "％")):
        degree = None
    if degree is not None and _OF_GOAL.search(goal.plain):
        reached = _before(stream, goal)
        if reached is None or _direction(reached) == "less" or degree.quantity.value is None:
            return None if reached is None else _open(goal.fact, reached)
        return _relation(goal.fact, reached, "met" if degree.quantity.value >= 100 else "unmet", "more", certain=False)
    if goal.quantity.unit in ("年", "周年") or (goal.bracket and goal.fact.kind != "target"):
        return None
    within = _WITHIN.search(words)
    if within and within[0][0] not in "未没不" and goal.quantity.bound not in ("<", "<=") and not _INSIDE.match(after):
        within = None
    named = within or _AFTER.match(after) or _BEFORE.search(words) or (goal.fact.kind == "target" and _MISSED.search(words))
    unmet = (_UNMET.search(words) or _SHORT_OF.match(goal.clause) or _GAP_LEFT.match(after)) if named else None
    if not within and not unmet and not (named and _MET.search(words) and not _TO_COME.search(goal.clause)):
        return None
    actual = _before(stream, goal)
    if actual is None:
        return None
    actual = _reached_by(context, actual)
    if within:
        own = _IDLE.sub("", goal.clause[: within.start() - len(words)])
        if len(own) > 1 and not alike(own, actual.mention.text):
            return None
        return _relation(goal.fact, actual, "met", "less")
    if unmet:
        return _relation(goal.fact, actual, "unmet", _direction(actual))
    if degree is not None:
        low = degree.quantity.interval.low
        # 矿山86家次、工贸738家次、烟花164家次，完成计划1320家次的106.1%: of all of them
        if low is None or degree.quantity.value is None or degree.quantity.value < 100 or not fits(degree.fact, [actual], [goal.fact]):
            return None
    elif after.startswith("的") and not _AFTER.match(after):
        return None
    said, timed = _direction(actual, goal) == "less", goal.quantity.dimension in SHORTER_IS_BETTER
    shorter = said or timed
    if not said and (timed or (_BETTER.search(words) and not _HIGHER.search(goal.clause + actual.mention.text))):
        # 产销差率12.3%，优于12.5%的目标: better may be less; 人均培训36小时，达到32小时的目标: and longer
        shorter = meets(goal.quantity, actual.quantity, "more") is False
    return _relation(goal.fact, actual, "met", "less" if shorter else "more")


def _bracketed(stream: Stream, goal: Place) -> Relation | None:
    """1364人次（年度目标为不少于1200人次）; 比目标值（90%）低3.3个百分点."""
    if not goal.bracket or goal.host is None:
        return None
    inside = goal.lead.rpartition("（")
    outside = last_clause(inside[0])
    if not inside[2] and _AGAINST.search(outside):
        actual = _before(stream, goal)
        if actual is None:
            return None
        below = _THAN.search(stream.after(goal.at)) or "低于" in outside
        return _relation(goal.fact, actual, "unmet" if below and _direction(actual) != "less" else "met", _direction(actual))
    host = stream.places[goal.host]
    if _IN_BRACKET.search(inside[2]) and outside == inside[0] and len(outside) < 12 and _same(host, goal):
        return _open(goal.fact, host.fact)
    return None


def _all_met(stream: Stream, context: Context) -> Iterator[Relation]:
    """安装端口2650个、烟感4200只，均超过半年目标（端口2800个、烟感4000只）: what was reached, and in the bracket what each was to reach."""
    for first in stream.places:
        if not first.bracket or first.at == 0 or stream.places[first.at - 1].bracket == first.bracket:
            continue
        opened = squeezed(context.before(first.fact, first.fact.sentence)).rpartition("（")[0]
        if not _ALL_MET.search(opened):
            continue
        inside = [p for p in stream.places[first.at : first.at + _MOST_MET] if p.bracket == first.bracket]
        before = [p for p in stream.back(first.at, 2 * _MOST_MET) if p.sentence == first.sentence and p.level and not p.bracket]
        # 半 of 超过半年目标 may be read as a figure of its own
        reached = [p for p in before if p.fact.kind != "target" and any(_same(p, goal) for goal in inside)][: len(inside)][::-1]
        paired = list(zip(reached, inside, strict=False))
        if len(reached) == len(inside) and all(_same(p, goal) and _of_that(goal, p) for p, goal in paired):
            yield from (_relation(goal.fact, p.fact, "met", "less" if _direction(p.fact) == "less" else "more") for p, goal in paired)


def _of_that(goal: Place, actual: Place) -> bool:
    """Whether the words before a goal in its list are none, or name what was reached."""
    label = last_words(goal.lead)
    return not label or bool(bigrams(label) & bigrams(actual.fact.mention.text))


def _followed(stream: Stream, goal: Place) -> Relation | None:
    """目标4.6万人，实际4.38万人; 应修复193处，已修复183处; 计划改造46.5公里…实际完成44.2公里; 安装5240只，计划数为5200只."""
    if _PLAN_IS.match(goal.plain) and goal.at:
        before = stream.places[goal.at - 1]
        return _open(goal.fact, before.fact) if before.sentence == goal.sentence and before.level and _same(before, goal) else None
    planned, due = _TO_DO.match(goal.clause), _DUE.match(goal.clause)
    if planned or due:
        for place in stream.places[goal.at + 1 : goal.at + 4]:
            if place.paragraph != goal.paragraph or place.sentence > goal.sentence + (1 if planned else 0):
                break
            if place.fact.kind == "level" and _same(goal, place) and (_DONE if planned else _DID).search(place.clause):
                return _open(goal.fact, place.fact)
    if not _STATED.search(goal.plain) or goal.at + 1 >= len(stream.places):
        return None
    actual = stream.places[goal.at + 1]
    if actual.sentence == goal.sentence and _ACTUAL.match(actual.lead) and _same(goal, actual):
        return _open(goal.fact, actual.fact)
    return None


def _named(context: Context, stream: Stream, goal: Place) -> Relation | None:
    """死亡人数不超过16人 as a target of the year, 死亡15人 told under the same name elsewhere."""
    if goal.fact.kind != "target" or goal.quantity.bound not in ("<", "<=", ">", ">=", "=") or goal.fact.cell is not None or goal.fact.subject:
        return None
    if goal.quantity.bound == "=" and not _STATED.search(goal.plain):
        return None
    words = stream.between(goal.at - 1, goal.at) if goal.at else goal.lead
    sentence = squeezed(goal.fact.sentence.of(context.text))
    if not _GOALS.search(sentence) or _AHEAD.search(sentence) or _AHEAD.search(words):
        return None
    year = context.document.about.year
    found = [
        f
        for f in named_near(context, goal.fact)
        if f.kind == "level" and is_level(f) and like(f.quantity, goal.quantity) and not f.subject and f.period in ("", year)
    ]
    if not found or len({f.quantity.value for f in found}) != 1:
        return None
    rank = context.order
    return _open(goal.fact, min(found, key=lambda f: abs(rank[f.id] - rank[goal.fact.id])))


def _changed(context: Context, stream: Stream, goal: Place) -> Relation | None:
    """完成了起数下降5%以上的年度目标, after 起数下降4.9%: a change that was promised, and the one that came."""
    if (
        goal.fact.kind not in ("growth", "target")
        or goal.quantity.dimension != "ratio"
        or goal.quantity.low is not None
        or goal.fact.cell is not None
    ):
        return None
    way = _WAY.search(goal.plain)
    least = _magnitude(goal.fact)
    if way is None or goal.quantity.bound not in (">", ">=") or least is None:
        return None
    sentence = squeezed(context.after(goal.fact, goal.fact.sentence))
    before = squeezed(context.before(goal.fact, goal.fact.sentence))
    claimed = _CLAIMED.search(before) is not None and _THE_GOAL.match(sentence) is not None
    if not claimed and not _GOALS.search(before):
        return None
    near = (p.fact for p in stream.back(goal.at, BACK) if p.paragraph == goal.paragraph)
    alike_ = [f for f in near if f.kind == "growth" and len(core(f.mention.text)) > 1 and core(f.mention.text) in goal.fact.mention.text]
    for f in (*alike_, *reversed(named_near(context, goal.fact))):
        came = _magnitude(f)
        if (
            f.kind != "growth"
            or f is goal.fact
            or f.quantity.dimension != "ratio"
            or context.order[f.id] > context.order[goal.fact.id]
            or came is None
        ):
            continue
        fallen = f.quantity.value is not None and f.quantity.value < 0
        if f.quantity.bound != "=" or fallen is not (way["down"] is not None):
            continue
        holds = iv.meet(came, least)
        if not holds and not claimed:
            return None
        note = f"目标为{way[0]}{figure(goal.quantity).replace('−', '').lstrip('≥>')}以上，实际{figure(f.quantity)}"
        roles = {"facts": (goal.fact.id, f.id)}
        said = f"The target was a change of at least {figure(goal.quantity)}, the change was {figure(f.quantity)}"
        return Relation(type="implied", roles=roles, holds=holds, certain=claimed, note=note if holds else f"称完成目标，但{note}", note_en=said)
    return None


def _magnitude(fact: Fact) -> Interval | None:
    """How large a change is, whichever way it goes."""
    value = fact.quantity.value
    if value is None:
        return None
    return iv.negate(fact.quantity.interval) if value < 0 else fact.quantity.interval


def _open(goal: Fact, actual: Fact) -> Relation:
    """A target without a claim: that it is missed is no inconsistency, the text hides nothing."""
    direction = _direction(actual)
    missed = meets(goal.quantity, actual.quantity, direction) is False
    return _relation(goal, actual, "unmet" if missed else "", direction, certain=False)


def _reached_by(context: Context, actual: Fact) -> Fact:
    """馆舍1.28万平方米，其中总馆9650、分馆3150平方米，达到1万平方米的要求: behind all its parts the whole is what is spoken of."""
    closed = (found for found in lists(context).sums if found.holds and not found.less and found.parts[-1].fact is actual)
    total = next((found.total for found in closed if found.total.at < found.parts[0].at), None)
    return total.fact if total is not None and total.fact.sentence == actual.sentence and total.fact.kind == actual.kind else actual


def _before(stream: Stream, goal: Place) -> Fact | None:
    for place in stream.back(goal.at, BACK):
        if place.sentence != goal.sentence or "；" in stream.between(place.at, goal.at):
            return None
        if (place.bracket and place.bracket != goal.bracket) or FORMER.search(place.clause) or SAID_FORMER.search(place.clause):
            continue
        if _HIGHER_THAN.search(place.clause):
            continue  # 占比57.9%，高于上年的54.3%，达到“不低于55%”的要求
        if place.fact.kind not in ("target", "growth", "delta") and _same(place, goal):
            return place.fact
    return None


def _same(first: Place, second: Place) -> bool:
    return like(first.quantity, second.quantity)


def _direction(actual: Fact, goal: Place | None = None) -> Literal["more", "less", ""]:
    words = actual.mention.text + (goal.plain if goal is not None and not _HIGHER.search(actual.mention.text) else "")
    return "less" if LESS.search(words) else ""


def _relation(
    goal: Fact, actual: Fact, claim: Literal["met", "unmet", ""], direction: Literal["more", "less", ""], *, certain: bool = True
) -> Relation:
    roles = {"target": (goal.id,), "actual": (actual.id,)}
    return Relation(type="target", roles=roles, claim=claim, direction=direction, certain=certain and claim == "met")
