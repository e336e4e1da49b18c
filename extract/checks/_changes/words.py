"""Words of changes, and what is left of a clause without them."""

from __future__ import annotations

import re

from extract.checks._prose import Place
from extract.checks._words import core

CONSTANT = re.compile(r"可比|不变价|同口径|名义|实际增长|扣除价格")
"""Words of a change that is not that of the printed figures."""
WHEN = re.compile(r"上年|去年|同期|上期|年初|年末|上月|上季|前年|20\d\d年|环比|期末|年底|年前")
_FILLER = re.compile(
    r"(?:与|较|比)(?:去年|上年|前年|20\d\d年)[^，。；]{0,8}?(?=分别|各|均|相比|增|减|上升|下降|提高|降低|多|少|净)|同比|环比|与|较|比|相比|上年末?|去年|同期|上期|年初|本年度?|20\d\d年(?:度)?|年末|分别|各|均|也|又|都|约|近|大幅|小幅|略|净?增[长加幅]?|减[少幅]?|上升|下降|提高|提升|降低|降[幅]?|新增|"
    r"上涨|回落|压缩|压减|缩短|缩减|下滑|多|少|高|低|了|为|是|达|的|率|幅度?|度|升|涨|按可比(?:价格?|口径)计算|按不变价格?计算?|其中|：|，|、|年均|累计|将|要|以上|度相"
)
STEADY = re.compile(r"年均|平均每年|每年|月均|复合")
JOINED = re.compile(r"[、和及与/]{1,2}|以及")
SAID_FORMER = re.compile(r"(?<![比较与同])(?:[上去]年|上期|前年)(?:度|同期|同月)?(?:为|是|仅|只有)?$")
"""Words right before a figure of the year before that say so: 产销差率11.99%，上年为12.88%."""
EARLIER = ("上年", "去年", "上年同期", "去年同期", "上年末", "上一年")


def own_words(place: Place, words: str | None = None) -> str:
    """What the clause of a change names, its verbs and comparisons left out: 死亡人数 in 死亡人数同比减少."""
    clause = place.clause if words is None else words
    left: str = _FILLER.sub("", clause)
    return core(left) if len(left) > 1 else ""
