"""Scoring rules as texts state them, executed: what points a value earns.

Three ways of saying are read: a mark that earns all and what is taken off below or above it (95%以上满分，每降低1%扣1分，扣完为止),
steps (95%以上得10分，90%-95%得8分，90%以下不得分), and points in proportion (按完成率计分, 得分=执行率×分值). Where the words leave a
choice (is a part of a step a step?) the result is an interval that holds every reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal

from extract import intervals as iv
from extract.types import Interval

_NUMBER = r"\d{1,6}(?:\.\d+)?"
_MARK_UNIT = r"(?:%|分钟|小时|个工作日|个月|[次场个项家条起人份期处天篇件户名]次?)"
_FULL = re.compile(
    rf"(?P<sign>≥|>=|达到|不低于|不少于|大于等于|≤|<=|不超过|不高于)?(?<![\d.])(?P<mark>{_NUMBER})(?P<unit>{_MARK_UNIT})?(?:（含）)?(?P<way>及?以[上内下])?"
    r"(?:的|者|时)?，?(?:(?:可?得|计|记|评|为)?满分|可?(?:得|计|记)(?P<points>\d{1,3}(?:\.\d+)?)分)"
)
_GOAL = re.compile(
    r"(?:达到|完成|实现|达成|符合)(?:年度|年初|预期|设定的?|既定)?(?:目标|指标|计划)值?(?:的|者)?，?(?:可?得|计|记|为)?"
    r"(?:满分|(?P<points>\d{1,3}(?:\.\d+)?)分)"
)
_STEP = re.compile(
    rf"每(?:再)?(?P<way>降低|下降|降|低于?|减少|少于?|相差|差|缺少?|未完成|超过|超出|超|增加|多|高于?|上升|延迟|逾期|推迟)(?:目标值?|标准|要求|指标值?)?"
    rf"(?P<step>{_NUMBER}|一)(?P<unit>%|个?百分点|{_MARK_UNIT})，?(?:相应)?(?:扣减?|减|扣除)(?P<off>{_NUMBER})分"
)
_TAKEN_OFF = re.compile(r"每[^，。；]{1,16}扣|[一1]处扣")
_FLOOR = re.compile(r"扣(?:完|至0分?|到0分?)为止|最低(?:得|为)?0分")
_ELSE_NONE = re.compile(rf"(?:低于|不足|小于|<|未达到?)(?P<mark>{_NUMBER})%?(?:的|者)?，?(?:得0分|不得分|计0分|记0分)")
_SHARE = re.compile(
    r"(?:按|依|根据)(?:照)?(?:实际)?(?:预算)?(?:执行率|支出率|支付率|完成率|完成比例|实际完成率|实际比例|比例)(?:比例)?(?:计算?|赋|折算|核算?|计)?(?:得?分|计分)"
    r"|得分(?:为|是)?=?(?:实际)?(?:预算)?(?:执行率|支出率|支付率|完成率|到位率|完成比例|合格率|满意度|覆盖率)[×\*xX](?:本?(?:项|指标))?(?:分值|标准分|满分|权重|\d{1,3}分?)"
    r"|得分(?:为|是)?=?(?:本?(?:项|指标))?(?:分值|标准分|满分|权重|\d{1,3}分?)[×\*xX](?:实际)?(?:预算)?(?:执行率|支出率|支付率|完成率|到位率|完成比例|合格率|满意度|覆盖率)"
)
_POINTS = r"(?:，?(?:可?得|计|记|为)(?P<points>\d{1,3}(?:\.\d+)?)分|，?(?P<none>不得分|不计分|得?0分))"
_BAND = re.compile(
    rf"(?:(?P<low>{_NUMBER})%?(?P<lowin>（含）)?(?:至|到|-+)(?P<high>{_NUMBER})%(?P<highin>（(?:不?含)）)?(?:之间)?"
    rf"|(?P<edge>{_NUMBER})%(?:（含）)?(?P<way>及?以上|以下)"
    rf"|(?P<least>{_NUMBER})%?(?P<above>≤|<)[^，。；\d]{{1,8}}(?P<below>≤|<)(?P<most>{_NUMBER})%"
    rf"|(?P<sign>≥|>=|>|不低于|达到|≤|<=|<|低于|小于|不足)(?P<bound>{_NUMBER})%)(?:的|者|时)?{_POINTS}"
)
_MORE = frozenset({"超过", "超出", "超", "增加", "多", "高", "高于", "上升", "延迟", "逾期", "推迟"})
_AT_MOST = frozenset({"≤", "<=", "不超过", "不高于"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringRule:
    """How a value earns points: from ``kind`` *steps* taken off a full mark, *bands*, or a *share* of the points available.

    ``mark`` is the value that earns all (``None``: the target), ``points`` what it earns (``None``: all that are available),
    ``step`` and ``off`` what is taken off for how much, ``less`` if less is better; below ``none_below`` it earns nothing.
    ``bands`` are (low, high, points) with closed ends.
    """

    kind: Literal["steps", "bands", "share"]
    start: int
    end: int
    unit: str = ""
    mark: Decimal | None = None
    points: Decimal | None = None
    step: Decimal = Decimal(1)
    off: Decimal = Decimal(0)
    less: bool = False
    none_below: Decimal | None = None
    bands: tuple[tuple[Decimal | None, Decimal | None, Decimal], ...] = ()

    @property
    def measures_share(self) -> bool:
        """Whether the value that it asks for is a percentage."""
        return self.kind != "steps" or self.unit in ("%", "个百分点", "百分点")

    def earned(self, value: Decimal, available: Decimal, target: Decimal | None = None, *, parts: bool = False) -> Interval | None:
        """The points that ``value`` earns, of those ``available``; ``None`` where the rule does not say. With ``parts`` a part of
        a step takes off its part; without, it may also take off nothing or all of the step."""
        full = self.points if self.points is not None else available
        if self.kind == "share":
            share = min(value, iv.HUNDRED) / iv.HUNDRED * available
            return iv.point(share)
        if self.kind == "bands":
            found = [points for low, high, points in self.bands if (low is None or value >= low) and (high is None or value <= high)]
            return Interval(low=min(found), high=max(found)) if found else None
        mark = self.mark if self.mark is not None else target
        if mark is None:
            return None
        short = value - mark if self.less else mark - value
        if short <= 0:
            return iv.point(full)
        if self.none_below is not None and value < self.none_below:
            return iv.point(iv.ZERO)
        steps = short / self.step
        if parts:
            return iv.point(max(iv.ZERO, full - self.off * steps))
        least, most = (full - self.off * steps.to_integral_value(rounding=way) for way in (ROUND_CEILING, ROUND_FLOOR))
        return Interval(low=max(iv.ZERO, least), high=max(iv.ZERO, most))


def scoring_rule(words: str) -> ScoringRule | None:
    """The one rule that ``words`` (squeezed) state; ``None`` where there is none, or more than one."""
    steps = list(_STEP.finditer(words))
    if len(_TAKEN_OFF.findall(words)) > 1:
        return None
    bands = list(_BAND.finditer(words))
    if len(steps) == 1:
        return _steps(words, steps[0])
    if steps:
        return None
    if len(bands) > 1:
        return ScoringRule(kind="bands", start=bands[0].start(), end=bands[-1].end(), unit="%", bands=tuple(_band(match) for match in bands))
    share = list(_SHARE.finditer(words))
    if len(share) == 1 and not bands and "否则" not in words and "分别" not in words:
        return ScoringRule(kind="share", start=share[0].start(), end=share[0].end(), unit="%")
    return None


def _steps(words: str, step: re.Match[str]) -> ScoringRule | None:
    full = [match for match in (*_FULL.finditer(words), *_GOAL.finditer(words)) if match.end() <= step.start()]
    if len(full) != 1 or step.start() - full[0].end() > 20:
        return None
    head = full[0]
    named = head.groupdict()
    less = step["way"] in _MORE or named.get("sign") in _AT_MOST or named.get("way") in ("以内", "以下")
    if less is not (step["way"] in _MORE):
        return None
    mark = named.get("mark")
    unit = step["unit"]
    if mark is not None and (named.get("unit") or unit) != unit and not (named.get("unit") == "%" and "百分点" in unit):
        return None
    below = _ELSE_NONE.search(words, step.end())
    floor = _FLOOR.search(words, step.end())
    points = named.get("points")
    return ScoringRule(
        kind="steps",
        start=head.start(),
        end=max(step.end(), below.end() if below else 0, floor.end() if floor else 0),
        unit="%" if "百分点" in unit else unit,
        mark=Decimal(mark) if mark is not None else None,
        points=Decimal(points) if points is not None else None,
        step=Decimal(1) if step["step"] == "一" else Decimal(step["step"]),
        off=Decimal(step["off"]),
        less=less,
        none_below=Decimal(below["mark"]) if below else None,
    )


def _band(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None, Decimal]:
    points = Decimal(match["points"]) if match["points"] else iv.ZERO
    if match["edge"]:
        edge = Decimal(match["edge"])
        return (edge, None, points) if match["way"].endswith("上") else (None, edge, points)
    if match["least"]:
        return Decimal(match["least"]), Decimal(match["most"]), points
    if match["sign"]:
        bound = Decimal(match["bound"])
        return (bound, None, points) if match["sign"] in ("≥", ">=", ">", "不低于", "达到") else (None, bound, points)
    low, high = sorted((Decimal(match["low"]), Decimal(match["high"])))
    return low, high, points
