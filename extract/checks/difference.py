"""S206 difference: what is said to be left, missing or apart is the difference of the figures it comes from.

What:
    剩余22条 after 943 found and 921 mended; 空编27名 beside 268 posts and 241 staff; 3.3个百分点 below a target of 90%; what was newly
    built between two levels.

Why:
    The rest is what is still to be done. One that does not follow from the figures hides work or invents it.

Fires:
    发现隐患943条，已整改921条，整改率97.7%，剩余32条正在整改。

Left alone:
    发现隐患943条，已整改921条，整改率97.7%，剩余22条正在整改。

False alarms:
    A rest of something else in the same unit.

Source:
    observed in reports
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extract import intervals as iv
from extract.checks._lists import lists
from extract.checks._prose import Place, Stream, is_level, like, streams
from extract.checks._prose_growth import changes
from extract.checks._prose_ratio import ratios
from extract.checks._words import alike, core
from extract.relations import CheckRule, Context, Relation
from extract.types import Fact

LEFT = regex.compile(r"(?:剩余|余下|剩下|尚余|剩|(?<!结)余)(?:的|约|近|还有|仍有)*$|(?:剩余|余下|剩下)[^，。；]{0,6}$")
REST = regex.compile(r"结余|结转|空编|缺编|缺口|短缺|尚缺|差额|(?:尚|仍|还)(?:有|存)|未(?!来|达|发生)|尚未|待")
UNDONE = regex.compile(r"^[^，。；]{0,10}(?:未|尚未|没有|待)(?:形成|整改|完成|办结|结案|销号|支付|使用|支出|落实|处理|兑付|竣工)")
GAP = regex.compile(r"缺口|空编|缺编|短缺|尚缺|还缺|缺")
VACANT = regex.compile(r"空编|缺编|未结案|未办结")
NEEDED = regex.compile(r"应|需|核定|编制|标准")
OVER = regex.compile(r"(?:结余|未(?:整改|办结|完成|结案|支付|支出|销号))[^，。；]{0,4}$")
NEW = regex.compile(r"(?:新建|新增|增设|新设|净增|新装)[^，。；]{0,8}$")
PAIRS = (
    (regex.compile(r"空编|缺编"), regex.compile(r"编制"), regex.compile(r"在职|实有|在岗|在编|现有")),
    (regex.compile(r"缺口|短缺|尚缺"), regex.compile(r"应|需|核定|标准|配备"), regex.compile(r"现有|在岗|在职|实有|已")),
    (regex.compile(r"未结|未办结|未审结"), regex.compile(r"立案|受理|收到|办理"), regex.compile(r"结案|办结|审结")),
    (regex.compile(r"未形成支出|结余|结转|未支出|未使用"), regex.compile(r"预算|收入|筹集|安排|下达|到位"), regex.compile(r"支出|使用|支付|列支")),
    (regex.compile(r"未整改|未完成整改|未销号"), regex.compile(r"发现|排查|隐患|问题"), regex.compile(r"整改|销号")),
)  # fmt: skip
"""What is left, out of what, after what: where the figures stand further apart than one sentence."""
BACK = 10
MANY = 16
"""At most so many figures under one name are tried, the nearest first."""


def find(context: Context) -> Iterator[Relation]:
    """Differences that the prose tells."""
    for found in changes(context).changes:
        if found.previous is not None and found.change.quantity.dimension == "percentage_point":
            yield _relation(found.change, found.current, found.previous, found.sure)
    ratio_of = {one.num.id: (one.den, one.sure) for one in reversed(ratios(context)) if not one.share}
    for stream in streams(context):
        for place in stream.places:
            if place.fact.kind in ("level", "target", "other") and is_level(place.fact):
                yield from _rest(context, stream, place, ratio_of)
    for turn in changes(context).turns:
        yield from _new(turn.before, turn.after, context)


def _relation(result: Fact, minuend: Fact, subtrahend: Fact, sure: bool) -> Relation:
    return Relation(type="diff", roles={"result": (result.id,), "minuend": (minuend.id,), "subtrahend": (subtrahend.id,)}, certain=sure)


def _holds(result: Fact, minuend: Fact, subtrahend: Fact) -> bool:
    return iv.meet(result.quantity.interval, iv.sub(minuend.quantity.interval, subtrahend.quantity.interval))


def _rest(context: Context, stream: Stream, place: Place, ratio_of: dict[str, tuple[tuple[Fact, ...], bool]]) -> Iterator[Relation]:
    clause = place.clause
    after = stream.after(place.at)
    left = LEFT.search(clause) is not None
    if not left and not REST.search(clause) and not UNDONE.search(after):
        return
    before = [p for p in stream.back(place.at, BACK) if is_level(p.fact) and like(p.quantity, place.quantity) and p.paragraph == place.paragraph]
    near = [p for p in before if p.sentence == place.sentence]
    for done in near:
        den, sure = ratio_of.get(done.fact.id, ((), False))
        if len(den) == 1 and like(den[0].quantity, place.quantity):
            yield _relation(place.fact, den[0], done.fact, (sure and left) or _holds(place.fact, den[0], done.fact))
            return
    if len(near) > 1:
        done = near[0]
        for total in near[1:4]:
            if _holds(place.fact, total.fact, done.fact):
                yield _relation(place.fact, total.fact, done.fact, True)
                return
        outer = [p for p in near if p.bracket == place.bracket]
        for n, total in enumerate(outer[2:5], 2):
            done_ = [p.fact for p in outer[:n]]
            if iv.meet(total.quantity.interval, iv.total(f.quantity.interval for f in (*done_, place.fact))):
                yield Relation(type="sum", roles={"total": (total.fact.id,), "parts": (*(f.id for f in reversed(done_)), place.fact.id)})
                return
        if left and 2 <= len(outer) <= 3:
            yield _relation(place.fact, outer[1].fact, outer[0].fact, True)
            return
    words = clause + after[:14]
    if near:
        needed = near[0].fact
        alike_ = [p.fact for p in before if p.fact is not needed and alike(p.fact.mention.text, needed.mention.text)]
        short = GAP.search(clause) is not None and NEEDED.search(near[0].plain) is not None
        for had in alike_:
            if _holds(place.fact, needed, had) or (short and len(alike_) == 1 and core(had.mention.text) == core(needed.mention.text)):
                yield _relation(place.fact, needed, had, True)
                return
    for name, whole, part in PAIRS:
        if name.search(words):
            yield from _named(context, place, whole, part, strict=VACANT.search(words) is not None)
            return


def _named(context: Context, place: Place, whole: regex.Pattern[str], part: regex.Pattern[str], *, strict: bool) -> Iterator[Relation]:
    """The two figures by their names, wherever they stand before: the first pair that fits."""
    minuends: list[Fact] = []
    subtrahends: list[Fact] = []
    rank = context.order[place.fact.id]
    whole_of = lists(context).whole
    for fact in reversed(context.facts[max(0, rank - 400) : rank]):
        if not is_level(fact) or not like(fact.quantity, place.quantity) or fact.subject != place.fact.subject:
            continue
        words = fact.mention.text + context.name(fact)
        if part.search(words):
            subtrahends.append(fact)
        elif whole.search(words) and fact.id not in whole_of:
            minuends.append(fact)
    alone = len({f.quantity.value for f in minuends}) == len({f.quantity.value for f in subtrahends}) == 1
    if alone and strict:
        yield _relation(place.fact, minuends[0], subtrahends[0], True)
        return
    for minuend in minuends[:MANY]:
        for subtrahend in subtrahends[:MANY]:
            if _holds(place.fact, minuend, subtrahend):
                yield _relation(place.fact, minuend, subtrahend, True)
                return


def _new(before: Place, after: Place, context: Context) -> Iterator[Relation]:
    """由386个增至412个，全年新建26个."""
    rank = context.order[after.fact.id]
    for fact in context.facts[rank + 1 : rank + 4]:
        if fact.sentence == after.fact.sentence and is_level(fact) and like(fact.quantity, after.quantity):
            lead = context.text[fact.sentence.start : fact.quantity.extent.start]
            if NEW.search("".join(lead.split())) and _holds(fact, after.fact, before.fact):
                yield _relation(fact, after.fact, before.fact, True)
            return


CHECK = CheckRule(code="S206", name="difference", severity="error", find=find)
