"""The name stands before the number: 共检查企业12.37万家次, 整改率97.83%, 综合得分：96分.

Why: it is the commonest way of stating a fact.

Example: 发放宣传资料2万份 → the words 发放宣传资料.

Left alone: a verb alone before the number while a noun follows it (成立11个汛前督查组): the noun names it.

Source: observed in reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.knowledge import Named, Place, Rule
from extract.rules._antecedents import composed
from extract.types import Fact, Span

_NEAR = 4
_REMAINDER = frozenset({"剩余", "其余", "尚余", "余下"})
_CAUSES = re.compile(r"(?:造成|导致|致使|致|引发|酿成)$")
_COUNTED = frozenset({"count", ""})
# Between name and number: 主要的48个山头, 医疗器械、新材料等3个产业, 下属单位中已有19家接入.
_LEADS_ON = re.compile(r"的|等|中|之")
# 未达到100%的目标, 高于省定80%的要求: what a number is set beside stands before.
_SET_BESIDE = re.compile(
    r"远|未|(?:远|明显|大幅)?(?:未|没有?)?(?:达到?|满足|符合)|(?:远|明显|大幅)?(?:高于|低于|优于|不及|超过|达到?)?(?:[国省市县区部行]定|国家|规定)|比例"
)
# 立案数为甲镇11件、乙镇14件, 年度目标为满意率90%、解决率85%: a list, and the first of it behind the verb.
_LIST = re.compile(r"(?<![作成认因以行视称最])(?:为|是)(?P<first>[\u4e00-\u9fff]{2,10})$")
_LIST_GOES_ON = re.compile(r"[、，][\u4e00-\u9fff]{2,10}$")
# 下达5亿元中央预算内投资: what was handed out is named behind.
_HANDED_OUT = re.compile(r"(?:下达|[下预调]?拨付?|划拨|拨出|安排|投入|筹[集措]|发放|兑[付现]|争取|落实)$")
_FUND = re.compile(
    r"(?!用于|支持|保障|开展|作为)[^，。；]{0,16}(?:资金|投资|补[助贴偿]金?|经费|专款|基金|贷款|国债|债券|奖[补金励]|(?:保险|救助|慰问)金|物资)"
)
_SAME_BREATH = re.compile(r"(?!的)[^，,。；;：:、（(]+")


def _read(place: Place, decided: Sequence[Fact]) -> Named | None:
    before, after = place.before, place.after
    if before is None or (decided and composed(place, decided[-1])):
        return None
    text = place.document.text
    words = before.span.of(text)
    # 4000余个水体纳入国家清单，其余近万个水体: what the rest is of, said once more
    again = after is not None and any(fact.sentence == place.sentence and fact.mention.text == after.span.of(text) for fact in decided[-_NEAR:])
    if words in _REMAINDER and not again:
        return Named(words=(before.span,), confidence=0.75)
    if place.quantity.dimension == "money" and after is not None and _HANDED_OUT.search(words) and _FUND.fullmatch(after.span.of(text)):
        return None
    if _SET_BESIDE.fullmatch(words) and decided and decided[-1].sentence == place.sentence:
        return None
    if place.quantity.dimension in _COUNTED and after is not None:
        if _CAUSES.search(words) or (words.count("、") > 1 and after.score >= 1):
            # 造成3人死亡; 甲公司、乙公司、丙公司3家单位.
            return None
        if after.score >= 1 and (before.score < 1 or _LEADS_ON.match(text, before.span.end)):
            return None
        if decided and decided[-1].sentence == place.sentence and _SAME_BREATH.fullmatch(place.gap_text):
            # 造成5个乡镇48,620人受灾: 乡镇 belongs to the number before it.
            return None
    if (first := _LIST.search(words)) and _LIST_GOES_ON.fullmatch(place.tail_text) and place.tail.end < place.sentence.end:
        return Named(words=(Span(before.span.start + first.start("first"), before.span.end),), confidence=0.75)
    return Named(words=(before.span,), confidence=0.9 if before.score >= 1 else 0.75)


RULE = Rule(name="value_after_object", order=50, read=_read)
