"""What a number is compared with goes by the name of what is compared: 改造管网44公里，完成率95%，比上年的31公里增长42%.

Why: between the number and its previous value may stand others, of another unit.

Example: 比上年的31公里 → the words 改造管网, not 完成率. 与上年的52起、11人相比 goes back one by one to the last numbers of those units.

Left alone: rates, which are compared with the rate before them; a unit that nothing before has; a sentence with a name of its own.

Source: observed in reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.knowledge import Named, Place, Rule
from extract.rules._antecedents import CHANGES, last_level, whole
from extract.types import Fact

_TIME = (
    r"(?:[比较与]|同)(?:(?:19|20)\d\d年|上年|去年|上一年|前年|上届|上期|上[个一][\u4e00-\u9fff]{0,4}?[期季月周届轮]|年初|常年|历年|往年)"
    r"度?(?:末|底|同期)?"
)
_PREVIOUS = re.compile(_TIME + r"(?:余额|存量)?的?$")
# 满意率95.9%，比2022年首次调查的92.4%: which of the earlier ones; 占64.1%，占比较上年的65.6%.
_EARLIER = re.compile(rf"[，,](?:{_TIME}[^，,。；;：:占\d]{{2,8}}|(?:占比|比重|比例){_TIME})的$")


def _read(place: Place, decided: Sequence[Fact]) -> Named | None:
    lead = place.lead_text
    if place.quantity.dimension == "ratio" and decided and _EARLIER.fullmatch(lead):
        return _rate_before(place, decided)
    compared = _PREVIOUS.search(lead)
    if compared is None or place.quantity.dimension == "ratio":
        return None
    position, length = place.run
    before = len(decided) - position
    at = _in_step(decided[:before], place, length) if length > 1 else None
    if at is None:
        at = last_level(decided[:before], unit=place.quantity.unit)
    if at is None or (decided[at].sentence != place.sentence and lead[: compared.start()].strip("，,、；;。 ")):
        return None  # 立案数虽有增长，但仍比2019年的3520件低: the sentence has a name of its own
    at = whole(decided[:before], at)
    words = decided[at].mention.span
    return Named(words=(words,) if words else (), antecedent=at, confidence=0.8)


def _rate_before(place: Place, decided: Sequence[Fact]) -> Named | None:
    last = decided[-1]
    if last.kind != "rate" or last.sentence != place.sentence or last.mention.span is None:
        return None
    return Named(words=(last.mention.span,), antecedent=len(decided) - 1, kind="rate", confidence=0.8)


def _in_step(decided: Sequence[Fact], place: Place, length: int) -> int | None:
    """The number of the same place in the list just stated, if it has the same unit."""
    levels = [at for at, fact in enumerate(decided) if fact.kind not in CHANGES][-length:]
    at = levels[place.run[0]] if len(levels) == length else None
    return at if at is not None and decided[at].quantity.unit == place.quantity.unit else None


RULE = Rule(name="previous_value", order=38, read=_read)
