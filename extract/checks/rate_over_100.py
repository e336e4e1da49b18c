"""R303 rate-over-100: a share or a coverage is at most 100%.

What:
    A rate whose words say a part of a whole (占比, 覆盖率, 合格率, 满意度, 整改率) and whose figure is above 100%, in prose or in a
    table. A figure that may be above it is left alone: what was completed, collected or spent against a plan, a change, a
    rate to a base of another time.

Why:
    More than all there is was typed wrongly, or its base is another one than its name says.

Fires:
    全县饮用水水源地水质达标率为105.6%。

Left alone:
    全年财政收入预算完成率105.6%，小学毛入学率102.3%，群众满意度98.6%。

False alarms:
    A coverage that the author takes of a plan (计划覆盖率).

Source:
    observed in reports

In Chinese:
    占比、覆盖率、合格率、整改率等不应超过100%。
    以计划数为分母的“覆盖率”，可能误报。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.relations import CheckRule, Context, Relation
from extract.types import Fact

WHOLE = 100
SHARE = re.compile(
    r"占比|比重|(?:覆盖|合格|达标|满意|及时|知晓|准确|合规|参与|持证|整改|处置|销号|通过|及格|优良|完好|在位|在岗|到岗|出勤|签订|建档|"
    r"好评|投保|入库|公开|响应|就业|成活|存活|无害化处理|空置|录取|有效|正确|符合|落实)(?:率|度|比例)$|满意度$"
)
MAY_EXCEED = re.compile(
    r"毛|完成|执行|计划|目标|任务|增长|增速|增幅|提高|上升|同比|环比|较|相当|指数|超|利用|负荷|倍|进度|预算|保有|收缴|征收|产销|周转|替代|拨备|流动性|偿付|稳定资金|利息保障"
)


def find(context: Context) -> Iterator[Relation]:
    """Shares above 100%. Those below are not shown: that they may be true says nothing of them."""
    for fact in context.facts:
        if _above(fact) and _is_share(fact, context):
            note = f"“{context.called(fact)}”超过 100%"
            yield Relation(type="implied", roles={"facts": (fact.id,)}, holds=False, note=note, note_en=f"“{context.called(fact)}” is above 100%")


def _above(fact: Fact) -> bool:
    quantity = fact.quantity
    low = quantity.interval.low
    return fact.kind == "rate" and quantity.unit in ("%", "％") and low is not None and low > WHOLE


def _is_share(fact: Fact, context: Context) -> bool:
    before = "" if fact.cell is not None else context.before(fact, fact.clause)[-20:]
    words = fact.mention.text
    return bool(SHARE.search(words)) and not MAY_EXCEED.search(words + before)


CHECK = CheckRule(code="R303", name="rate-over-100", name_zh="比率超过百分之百", severity="warning", find=find, equation=False)
