"""What reached a later stage is at most what reached the earlier one: 立案13件…办结12件; 检查1126艘次，禁止离港23艘次.

Stages of one procedure need not be of one year (a case of last year is closed in this one), so that only what is counted on the
same sheets is certain: questionnaires that came back, were valid, were content; samples taken and found good; those trained and those who
finished. Elsewhere a later stage :data:`FAR` times the earlier one right before it is not explained by what was left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.checks._prose import LEVELS, Place, Stream, asked_places, like
from extract.checks._tally import exceeds
from extract.relations import Context
from extract.types import Fact

BACK = 5
"""So many facts back the earlier stage is looked for, in the same sentence or the one before."""
FAR = 2
_SHEETS = re.compile(r"问卷|收回|回收|有效|满意|抽检|抽样|监测|检测|合格")
_TRAINED = re.compile(r"培训|培育|参训")
_FINISHED = re.compile(r"结业|毕业")
_PER = re.compile(r"[百千万]人|[每均率]")
_LEFT_OVER = re.compile(r"结转|历年|往年|以前|上年|去年|积案|存量|累计|[含共]|此外|另|以来|复[检查]")
_EACH = re.compile(r"[每均各][^，。；]{0,4}$")
_BY_NOW = re.compile(r"(?:^|，)(?:目前|截至目前|至今)?，?已[^，。；]{0,8}$")
_STAGES = tuple(
    (re.compile(earlier + r"[^，。；、]{0,12}$"), re.compile(later))
    for earlier, later in (
        (r"(?:立案|受理|接报|收到|接到|接收|交办|转办|差评|工单)", r"^[^，。；、]{0,6}(?:办结|结案|审结|办理|答复|处结|回访|采纳|回复|赔付)"),
        (r"(?:报案|申请|申报|投诉)", r"^[^，。；、]{0,6}(?:办结|赔付|通过|获批|批准|批复|办理)"),
        (r"(?:检查|抽查|抽检|检测|监测|排查|巡查)", r"^[^，。；、]{0,8}(?:禁止|查封|停业|停产|不合格|合格|存在问题|发现问题|责令|扣押)"),
        (r"(?:发放|发出|派发|下发)[^，。；、]{0,8}(?:问卷|调查表|测评表)", r"^[^，。；、]{0,6}(?:收回|回收)"),
        (r"(?:收回|回收)", r"^[^，。；、]{0,6}有效"),
        (r"有效", r"^[^，。；、]{0,10}满意"),
        (r"(?:培训|培育|参训|参考|报名)", r"^[^，。；、]{0,6}(?:结业|取证|合格|毕业|获证)"),
        (r"(?:共设|设置|下达|确定|计划|应)", r"^[^，。；、]{0,2}(?:已)?(?:完成|修复|整改|检|达标)"),
    )
)


@dataclass(frozen=True, slots=True)
class Stage:
    """An amount at an earlier stage and what of it reached a later one."""

    whole: Fact
    part: Fact
    sure: bool = False


def stages(context: Context) -> Iterator[Stage]:
    """Pairs of stages told one after the other in the same unit; what the brackets between them hold divides the earlier one."""
    for stream, part in asked_places(context):
        if not _counts(part):
            continue
        words = part.clause
        later = [earlier for earlier, pattern in _STAGES if pattern.search(words)]
        if not later:
            continue
        for whole in stream.back(part.at, BACK):
            if whole.sentence < part.sentence - 1 or whole.paragraph != part.paragraph:
                break
            if not _counts(whole) or not like(whole.quantity, part.quantity) or whole.fact.period != part.fact.period:
                continue
            if whole.bracket not in (0, part.bracket):
                continue  # 培育428人（青年150人、妇女278人），结业422人
            if any(earlier.search(whole.plain) for earlier in later):
                yield Stage(whole.fact, part.fact, not exceeds(part.quantity, whole.quantity) or _sure(whole, part, stream))
            break


def _sure(whole: Place, part: Place, stream: Stream) -> bool:
    """Whether a later stage that is larger is an error: told at once, in the same printed unit, with nothing left over from before."""
    between = [p for p in stream.places[whole.at + 1 : part.at] if p.bracket in (0, part.bracket)]
    # 受理申请120件，涉及资金3亿元。目前，已审结340件: what is told by now goes on with what came before
    by_now = _BY_NOW.search(part.plain) is not None and not any(like(p.quantity, part.quantity) for p in between)
    if (
        (not by_now and (between or part.sentence != whole.sentence))
        or part.bracket != whole.bracket
        or _LEFT_OVER.search(part.lead + stream.after(part.at).partition("，")[0])
        or _PER.search(whole.clause)
    ):
        return False
    if part.quantity.unit != whole.quantity.unit or part.quantity.value is None or whole.quantity.value is None:
        return False
    if whole.at and whole.joins and _EACH.search(stream.places[whole.at - 1].clause):
        return False  # 每千人抽检4批次
    of_them = any(a.search(whole.clause) and b.search(part.clause) for a, b in ((_SHEETS, _SHEETS), (_TRAINED, _FINISHED)))
    return of_them or part.quantity.value >= FAR * whole.quantity.value > 0


def _counts(place: Place) -> bool:
    return place.level and place.fact.kind in LEVELS and place.quantity.dimension == "count"
