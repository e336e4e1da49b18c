"""Points between two rates of which one is named: 比部门整体执行率低10.17个百分点."""

from __future__ import annotations

import re

from extract.checks._changes.arithmetic import follows, slipped
from extract.checks._changes.reader import Change, Reader
from extract.checks._changes.words import WHEN
from extract.checks._prose import Place, named_near
from extract.checks._rates import limited
from extract.checks._words import bare

_SCOPE = re.compile(r"^(?:全部|所有|整个|规模以上|规上|总体)+|(?:增速|增幅|总体|平均)+$")
"""What is said of all of a thing, or of its growth: 快于全部规模以上文化企业."""
_APART = re.compile(
    r"(?:比|较|[低高快慢]于|超过|超|高出|领先于?|落后于?)(?P<what>[^，。；、]{2,24}?)(?:要|仍)?(?:低|高|多|少|下降|提高|上升)?(?:了|约|近)?$"
)
_PLANNED = re.compile(r"目标|预期|计划|任务|要求|指标值")


def points_apart(reader: Reader, place: Place) -> Change | None:
    """比部门整体执行率低10.17个百分点: the other rate is named, not stated beside it."""
    apart = _APART.search(place.clause)
    if place.quantity.dimension != "percentage_point" or apart is None:
        return None
    what = bare(apart["what"])
    rates = [
        p.fact
        for p in reader.stream.back(place.at, 4)
        if p.sentence == place.sentence and p.fact.kind not in ("delta", "target") and p.quantity.dimension == "ratio"
    ]
    if not rates:
        return None
    current = rates[0]
    if _PLANNED.search(what):
        others = [f for f in named_near(reader.context, current) if f.kind == "target" and f.quantity.dimension == "ratio"]
        others = [f for f in others if limited(f)] or others  # 6%以上 is set for the next year, or says too little
    elif WHEN.search(what):
        return None
    else:
        named = [
            p.fact
            for p in reader.stream.back(place.at, 200)
            if p.quantity.dimension == "ratio" and p.fact is not current and p.fact.kind == current.kind
        ]
        known = [(f, name) for f in named if len(name := bare(f.mention.text)) > 2]
        others = [f for f, name in known if name in what or what in name]
        # 快于全部规模以上文化企业6.9个百分点, of 文化企业营业收入
        shared = [] if others else [f for f, name in known if _shares(what, name)]
        fitting = [f for f in shared if follows(place.quantity, current.quantity, f.quantity)]
        own = _SCOPE.sub("", what)
        told = [f for f, name in known if len(own) > 2 and own in name and f.block == place.fact.block]
        others = others or fitting or [f for f in told if slipped(place.fact, current, f)]
    chosen = next((f for f in others if follows(place.quantity, current.quantity, f.quantity)), None)
    if not others:
        return None
    if chosen is None:
        # of several figures of that name the one that a slip leads to, if it is one
        likely = [f for f in others if slipped(place.fact, current, f)]
        others = likely if len({f.quantity.value for f in likely}) == 1 else others
    alone = len({f.quantity.value for f in others}) == 1
    return Change(change=place.fact, current=current, previous=chosen or others[0], sure=chosen is not None or alone, beside=True)


def _shares(first: str, second: str, size: int = 4) -> bool:
    """Whether two names have so many neighbouring characters in common."""
    return any(first[k : k + size] in second for k in range(len(first) - size + 1))
