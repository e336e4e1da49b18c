"""Parts of a figure that is named once more: 查处的超限车辆中，A17辆…；B1640辆."""

from __future__ import annotations

import re

from extract.checks._divisions import OTHERS
from extract.checks._list_words import BACK, crowded, divides, label_of, leans, points_of, starts_sentence
from extract.checks._lists.divided import exceeds_together
from extract.checks._lists.reader import Reader
from extract.checks._lists.region import families, region_of
from extract.checks._lists.segments import again, pieces_of
from extract.checks._prose import Place, like
from extract.checks._slips import FEW, LONG, credible, mended, significant
from extract.checks._tally import Part, adds_up
from extract.checks._words import bare

_TIME = re.compile(r"^(?:全年|今年|本年|当年|年内|本期|当期|上半年)")
_NEW = re.compile(r"新[增建购]了?")
_FAR = 40
"""So many facts back a total that is named once more."""
_OF_NAMED = re.compile(r"^(?:在)?(?P<what>[^，。；、（）：]{3,20}?)(?<![其集年期])中，")
_WITHIN_NAMED = re.compile(r"^(?P<what>[^，。；、（）：\d]{3,12}?)(?<![其集年期])中(?=[^，。；、：]{1,8}$)")
"""专任教师中女教师91人: without a comma only what bears just that name."""
_SET_UNDER = re.compile(r"^(?P<what>[^，。；、（）：]{2,20}?)(?:下设|下辖|所含|内设|包含)的?[^，。；（）]{2,30}分别")


def read_named_again(reader: Reader, first: Place) -> bool:
    """查处的超限车辆中，A17辆…；B1640辆: parts of a figure that is named once more, in the paragraph or, if they reach it, before."""
    opened = first.plain.rpartition("；")
    within = _WITHIN_NAMED.match(opened[2])
    named = _OF_NAMED.match(opened[2]) or _SET_UNDER.match(opened[2]) or within
    if named is None or not (opened[1] or starts_sentence(first)):
        return False
    what = bare(named["what"]).replace("的", "")
    region = families(region_of(reader, first))[0]
    for total in reader.stream.back(first.at, _FAR):
        words = bare(total.fact.mention.text).replace("的", "")
        # 全年新增3.84万册。新增图书中，…: what came has parts as what is there has
        amount = total.level or (total.fact.kind == "delta" and _NEW.fullmatch(_TIME.sub("", bare(total.clause))) is not None)
        if not amount or not like(total.quantity, first.quantity) or points_of(total) != points_of(first):
            continue
        if named is within and what not in (words, bare(label_of(total))):
            continue
        label = _TIME.sub("", bare(label_of(total)).replace("的", ""))
        begun = len(label) > 1 and what.startswith(label)  # 省级77项；省级奖项中
        if not begun and (len(words) < 2 or (words not in what and what not in words)):
            continue
        # 其他收入1960万元。医疗收入中，…: income of another kind
        another = words and words in what and label.endswith(words) and words not in (what, label)
        if another and not (label.endswith(what) or what.endswith(label)):
            continue
        if len(region) > 1 and adds_up(total.quantity, [p.quantity for p in region]):
            reader.tally.add(total, region, sure=True, holds=True)
            return True
        piece, *others = pieces_of(reader, region)
        if len(piece) > 1 and adds_up(total.quantity, [p.quantity for p in piece]):
            # 教师中女91人、男47人；高级18人、…、二级及以下58人: divided twice
            reader.tally.add(total, piece, sure=True, holds=True)
            for other in others:
                again(reader, total, other)
            return True
        if total.paragraph != first.paragraph or total.at < first.at - BACK:
            if _all_of_it(reader, total, region):
                reader.tally.add(total, region, sure=True, holds=False)
                return True
            continue
        if len(region) > 1 and divides(reader.stream, region):
            reader.tally.add(total, region, sure=True, holds=False)
        elif len(region) > 1 and _slipped(reader, total, region, exact=begun or what == words):
            reader.tally.add(total, region, sure=False, holds=False, suspected=True)
        else:
            for part in region:
                reader.tally.parts.append(Part(whole=total, part=part, sure=part is first))
        return True
    return False


def _all_of_it(reader: Reader, total: Place, parts: list[Place]) -> bool:
    """道路运输案件中，A336件、B418件、C97件、其他1133件: whether a slip explains why parts that end with the others miss what an earlier
    paragraph tells."""
    closed = len(parts) >= FEW and OTHERS.search(parts[-1].plain) is not None
    return closed and total.quantity.bound == "=" and len(significant(total.fact)) >= LONG and mended(total.quantity, [p.quantity for p in parts])


def _slipped(reader: Reader, total: Place, parts: list[Place], *, exact: bool) -> bool:
    """Whether a slip of the pen explains why parts miss a total that they likely are all of: more than all of what is named they are not."""
    quantities = [p.quantity for p in parts]
    if exact and exceeds_together(total, parts) and len(significant(total.fact)) >= LONG and mended(total.quantity, quantities):
        return not crowded(reader.stream, parts)
    return credible(total.quantity, quantities) or (leans(reader.stream, parts) and mended(total.quantity, quantities))
