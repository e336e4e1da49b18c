"""Satisfaction rates from the answers to a survey: “很满意”231家、“满意”164家、“一般”17家."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.checks._prose import Place, like
from extract.checks._rates import Ratio, fits

_ANSWER = re.compile(r"(?P<class>(?:非常|很|比较|较|基本|不太|不)?满意|一般)(?:的|为|有|是|票|：)*(?:共|计)?$")
_ASKED = re.compile(r"问卷|调查|测评|收回|回收|有效|受访|样本|参与|评价|发放")
_QUOTES = re.compile(r"[“”\"‘’「」]")


def satisfaction(rate: Place, nears: Sequence[Place]) -> Ratio | None:
    """“很满意”231家、“满意”164家、“一般”17家，满意度95.87%: the satisfied ones together, of all that were asked or that answered."""
    near = [p for p in nears if p.sentence >= rate.sentence - 1]
    graded_ = [(p, found["class"]) for p in near if (found := _ANSWER.search(_QUOTES.sub("", p.clause))) is not None]
    classes = [p for p, _ in graded_]
    if len(classes) < 2 or not all(like(p.quantity, classes[0].quantity) for p in classes):
        return None
    content = [p for p, name in graded_ if "满意" in name and not name.startswith("不")]
    fully = [p for p, name in graded_ if p in content and not name.startswith(("基本", "比较", "较"))]
    fair = [*content, *(p for p, name in graded_ if name == "一般")]
    asked = [p for p in nears if p not in classes and _ASKED.search(p.clause) and p.quantity.dimension == "count"]
    wholes = [tuple(p.fact for p in classes), *((p.fact,) for p in asked)]
    for some in (content, fully, fair):
        for den in wholes:
            if some and fits(rate.fact, [p.fact for p in some], den):
                return Ratio(rate=rate.fact, num=some[0].fact, also=tuple(p.fact for p in some[1:]), den=den, sure=True)
    if not content:
        return None
    den = (asked[0].fact,) if asked else wholes[0]
    return Ratio(rate=rate.fact, num=content[0].fact, also=tuple(p.fact for p in content[1:]), den=den, sure=False)
