"""Which facts of a text are told as the parts of another one, and whether the text means all of its parts.

Four ways of saying so are read: brackets after a total (17起（甲4起、乙13起）), an opening word after it (其中, 包括, 分别为,
由…构成, 按类型分), a total told after its parts (合计), and a total divided in a clause of its own (9起事故中…, …其余7户).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise, takewhile

import regex

from extract import intervals as iv
from extract.checks import _totals_after as after
from extract.checks._divisions import OTHERS
from extract.checks._grade_counts import graded_sides
from extract.checks._items import items
from extract.checks._line_lists import line_lists
from extract.checks._list_words import (
    ABOVE,
    BACK,
    BRACKETED,
    OPPOSED,
    PER,
    RESTATED,
    SAID,
    SO_FAR,
    WEAK,
    by_unit,
    crowded,
    divides,
    graded,
    label_of,
    later_opener,
    leans,
    opener,
    outside,
    past,
    points_of,
    starts_sentence,
    weight_of,
)
from extract.checks._prose import LEVELS, Place, Stream, first_words, is_level, last_words, like, named_near, streams, where
from extract.checks._sides import divided, sides
from extract.checks._slips import credible, explained, mended
from extract.checks._tally import Part, PartList, Tally, adds_up, exceeds
from extract.checks._words import bare
from extract.relations import Context, once
from extract.types import Fact

MOST_PARTS = 40
"""A list of more parts than this is not read."""
FAR = 40
"""So many facts back a total that is named once more."""
OF_NAMED = regex.compile(r"^(?:在)?(?P<what>[^，。；、（）：]{3,20}?)(?<![其集年期])中，")
SET_UNDER = regex.compile(r"^(?P<what>[^，。；、（）：]{2,20}?)(?:下设|下辖|所含|内设|包含)的?[^，。；（）]{2,30}分别")
SOME = regex.compile(r"包括|包含|含")
GROUPED_BY = regex.compile(r"按[^，。；、]{1,15}?(?:分|划分|统计|分类)")
MADE_UP = regex.compile(r"^[^，。；]{0,8}(?:构成|组成)")
WITHIN = regex.compile(
    r"^[^，。；、（）]{0,20}?(?<![其集年期])中(?:，(?:已有?|共?有)?[^，。；]{0,16}|(?![心央标小型介学共高级部国层青欧稻外华医方东亚美俄日印非试文])[^，。；]{0,14})$"
)
PER_UNIT = regex.compile(r"(?:[人户车次年月日件台套所场期亩单班周村校家项平件床位]均|平均|人均|每[^，。；、均]{1,3})[^，。；、均]{0,6}$")
WIDE = regex.compile(r"具体|(?:其中|包括|如下|方面|分别)：")
REST = regex.compile(r"其余|另有|另外|剩余|剩下|余下|其它的?|其他的?$|还有")
APART = regex.compile(r"另有|另外|此外|同时")
COMPARED = regex.compile(r"(?:比|较|占|超过|高于|低于)[^，。；、]{0,16}$")
_APPOSED = regex.compile(r"[，。；\n]")
_COMMA = regex.compile(r"[，；]")
_STOP = regex.compile(r"[；。\n]")
_JOIN = regex.compile(r"[、和及与]")
_EACH = regex.compile(r"分别|依次|各")
_MEASURED = regex.compile(r"目标|计划|任务|预算|上年|去年|同期|上期|(?:19|20)\d\d年")
_OTHER_TIME = regex.compile(r"（(?:(?:19|20)\d\d年(?:度|同期)?|上年|去年|上期|同期|原?计划|年初|目标)[^，。；、]{0,4}$")
"""损失1410万元（2021年为1286万元）: no part, but the same thing at another time."""
_MINUS = regex.compile(r"扣除|剔除|减去|减掉|除去|刨除|扣减|不含|不包括")
"""恢复15条（120条扣除已抢通的105条）: what follows is taken off."""
_BASE = regex.compile(r"^(?:按|以|根据|依据|参照|基于|依照|由)")
_RECKONED = regex.compile(r"^[^）。；]{0,10}?(?:[计测核折推估换]算|基[数准]|口径|计[），]|为准)")
"""平均每处服务1.2万人（按常住人口300万人计算）: a base, no part."""
_BRACKET_OF = regex.compile(r"^(?:在)?(?P<what>[^，。；、（）：]{2,20}?)(?<![其集年期])中[，：]?")
_OF_ALL = regex.compile(r"^(?:有效|应|样本|全部|监测|实际?监测|可用|在册|参[考加评]|实有|核定|设计)[^，。；、]{0,8}$")
"""优良天数300天（有效监测360天）: what the figure is of."""
_NEXT_BRACKET = regex.compile(r"^[）][、，和与及]{1,2}[^，。；、（）]{1,12}（[^，。；（）]{0,6}$")
_FROM = regex.compile(r"(?:由|从)[^，。；、]{0,14}$")
_TO = regex.compile(r"^[^，。；、]{0,6}(?:[增降减升加少高低大小展压缩][至到为]|至|到)[^，。；、]{0,4}$")
_FORMER = regex.compile(r"[上去前]年|同期|[上前]期")
_PERSONS = frozenset({"人", "名", "位", "人次", "户", "家"})
_PART_OF = regex.compile(r"其中|[中里内](?:[，,：:]|有)|包[括含]|[（(，,、]\s*[内仅只]?含|属于|占")
_AMONG = regex.compile(r"其中[：:，]?[^，。；、中]{0,16}$")
_BODY = regex.compile(r"(?:单位|公司|企业|[队局部院校县市区镇乡村级处省国])$")
_POST = regex.compile(r"(?:医师|医生|护士|药师|技师|法官|检察官|书记员|法警|民警|辅警)$")
"""Posts of which nobody holds two, so that persons under them are counted once."""
_MEASURE = regex.compile(r"(?:处分|处理|问责|谈话|提醒|批评教育|检查|移送司法)$")
"""Measures of which a person gets one; but a party's 处分 and an office's go together."""
_OVERFULL = Decimal("1.25")
"""Parts that together are more than a quarter too much are of something else, or overlap."""
_MOSTLY = Decimal("0.8")
"""Parts after 其中 that miss more than a fifth of their whole are some of it, though their names divide it."""
_OVERLAP = regex.compile(
    r"一[件案人事企户]多[诉类项次岗案证]|重复(?:计算|统计|计入|填报)|交叉(?!口|路)|多选|(?:合计|相加|之和)[^，。；]{0,6}(?:大于|超过|多于|高于|不等于)总?"
)
"""Parts of which the document itself says that one thing may be counted under several."""
_TRAIT = regex.compile(
    r"党员|团员|群众|女|男|青年|老[年人]|儿童|民族|学历|大专|本科|研究生|硕士|博士|职称|退役|军人|劳模|先进|持证|残疾|低保|脱贫|代表|委员|重点"
)
"""Persons of one trait are often of another, too."""
_QUALITY = regex.compile(r"以上|以下|以内|重点|新增|累计|规上|规模以上|涉及|含|同时|兼|既|又|均|超过|达到|获|优秀|合格|被")


@dataclass(frozen=True, slots=True)
class Lists:
    """What a document says of parts and totals; ``whole`` gives the total of a part by the part's id."""

    sums: tuple[PartList, ...]
    parts: tuple[Part, ...]
    whole: dict[str, Fact] = field(default_factory=dict)


@once
def lists(context: Context) -> Lists:
    """All sums and parts of the document's prose."""
    sums: list[PartList] = []
    parts: list[Part] = []
    for stream in streams(context):
        reader = _Reader(stream, context)
        sums.extend(reader.sums)
        parts.extend(reader.parts)
        sums.extend(_from_sides(stream, context, reader.sums))
    sums = [found for found in sums if found.holds or not _overlapping(found, context)]
    whole: dict[str, Fact] = {}
    for found in sums:
        if (found.holds or found.sure or found.suspected) and not found.budget:
            for place in found.parts:
                whole.setdefault(place.fact.id, found.total.fact)
    for one in parts:
        if one.sure:
            whole.setdefault(one.part.fact.id, one.whole.fact)
    return Lists(tuple(sums), tuple(parts), whole)


def _overlapping(found: PartList, context: Context) -> bool:
    """Whether the text says that its parts overlap: 因一件多诉，各类合计大于总数."""
    last = found.parts[-1].fact
    return _OVERLAP.search(context.text, found.total.fact.quantity.extent.end, max(last.sentence.end, last.quantity.extent.end)) is not None


def _from_sides(stream: Stream, context: Context, known: Sequence[PartList]) -> Iterator[PartList]:
    """Totals divided in a later sentence or by numbered items, unless the sentence itself was found to divide a nearer one."""
    told = {tuple(p.at for p in found.parts) for found in known}
    held = {p.at for found in known if found.holds for p in found.parts}
    for side in (*sides(stream, context), *items(stream, context), *line_lists(stream, context), *graded_sides(stream)):
        own = tuple(p.at for p in side.parts)
        if own not in told and (side.holds or not set(own) <= held):
            yield PartList(stream=stream, total=side.total, parts=side.parts, sure=side.holds, holds=side.holds, suspected=not side.holds)


class _Reader:
    """One pass over a stream; ``sums`` and ``parts`` are what it found."""

    def __init__(self, stream: Stream, context: Context) -> None:
        self.stream = stream
        self.context = context
        self.tally = Tally(stream, context)
        self.sums, self.parts, self.taken = self.tally.sums, self.tally.parts, self.tally.taken
        self._opening: set[int] = set()
        self._wide = False
        self._open_part = False
        self._brackets()
        for place in stream.places:
            self._opened(place)
            for read in (after.total_after, after.budget, after.so_far, after.rest, after.either):
                read(self.tally, place)

    def _brackets(self) -> None:
        """17起（甲4起、乙13起）: what stands in brackets behind a total."""
        inside: dict[int, list[Place]] = {}
        chained = self._chained()
        for place in self.stream.places:
            if place.bracket:
                inside.setdefault(place.bracket, []).append(place)
        for places in inside.values():
            host = places[0].host
            if host is None or len(places) > MOST_PARTS:
                continue
            opening = places[0].lead.rpartition("（")
            attached = _APPOSED.split(opening[0])
            if len(attached) > 1 or len(attached[0]) > 20:
                continue
            total = self.stream.places[host]
            changed = total.fact.kind == "delta"
            parts = [p for p in places if is_level(p.fact) or (changed and p.fact.kind == "delta")]
            year = self.context.document.about.year
            parts = [p for p in parts if not (_OTHER_TIME.search(p.lead) or (p.fact.period != total.fact.period and past(p.fact.period, year)))]
            if not parts or (len(places) == 1 and places[0].at in chained):
                continue
            if PER_UNIT.search(total.plain) or (_BASE.search(opening[2]) and _RECKONED.search(self.stream.after(places[-1].at))):
                continue
            if any(_MINUS.search(p.plain.rpartition("（")[2]) for p in places):
                self._difference(total, parts)
                continue
            named = self._bracket_of(opening[2], host, parts)
            if named is not None and named is not total:
                total = named
                parts = list(takewhile(lambda p, first=parts[0]: p is first or "；" not in p.lead, parts))  # type: ignore[misc]
            of_all = SO_FAR.search(opening[2]) or (len(parts) == 1 and _OF_ALL.search(opening[2]))
            if of_all and parts[:1] == places[:1] and like(parts[0].quantity, total.quantity):
                self.parts.append(Part(whole=parts[0], part=total, sure=False))  # 新增2400户（累计3600户）
                continue
            weak = bool(WEAK.search(places[0].plain.rpartition("（")[2] or opening[2]))
            for segment in by_unit(self.stream, parts):
                self._list([total], segment, strong=not weak, weak=weak)

    def _difference(self, total: Place, parts: Sequence[Place]) -> None:
        """120条扣除已抢通的105条: the first figure less the others, if they leave the total."""
        less = tuple(parts[1:])
        if less and all(like(p.quantity, total.quantity) for p in parts) and adds_up(total.quantity, [parts[0].quantity], [p.quantity for p in less]):
            self.sums.append(PartList(stream=self.stream, total=total, parts=(parts[0],), sure=True, holds=True, less=less))

    def _bracket_of(self, words: str, host: int, parts: Sequence[Place]) -> Place | None:
        """死亡4人、失踪2人（死亡人员中，甲县3人、乙县1人）: the figure before the bracket that the words in it name."""
        named = _BRACKET_OF.search(words)
        if named is None:
            # 受伤12人、死亡2人（受伤人员已送医，其中重伤3人）
            before = (p for p in self.stream.back(host, BACK) if p.sentence == parts[0].sentence)
            begun = (p for p in before if is_level(p.fact) and like(p.quantity, parts[0].quantity) and not p.bracket)
            own = bare(last_words(self.stream.places[host].plain))
            if own and words.startswith(own[-2:]):
                return None
            return next((p for p in begun if len(label := bare(last_words(p.plain))) > 1 and words.startswith(label[-2:])), None)
        what = bare(named["what"])
        for place in (self.stream.places[host], *self.stream.back(host, BACK)):
            if place.sentence != parts[0].sentence:
                return None
            label = bare(last_words(place.plain) or place.fact.mention.text)
            label_ = bare(place.fact.mention.text)
            told = len(label) > 1 and (label[-2:] in what or what in label)
            if is_level(place.fact) and like(place.quantity, parts[0].quantity) and (told or (len(label_) > 1 and label_[-2:] in what)):
                return place
        return None

    def _chained(self) -> set[int]:
        """5次，分布在6月（2次）、7月（3次）: every part in a bracket of its own."""
        found: set[int] = set()
        for first in self.stream.places:
            if first.at in found or not first.bracket or first.host is None or first.host != first.at - 1:
                continue
            total = self.stream.places[first.host]
            chain = [first]
            for place in self.stream.places[first.at + 1 : first.at + 1 + MOST_PARTS]:
                if not _NEXT_BRACKET.search(place.lead) or not like(place.quantity, first.quantity):
                    break
                chain.append(place)
            if len(chain) < 2 or not like(total.quantity, first.quantity) or not all(is_level(p.fact) for p in (total, *chain)):
                continue
            found.update(place.at for place in chain)
            if adds_up(total.quantity, [p.quantity for p in chain]):
                self.tally.add(total, chain, sure=True, holds=True)
            elif credible(total.quantity, [p.quantity for p in chain]):
                self.tally.add(total, chain, sure=False, holds=False, suspected=True)
        return found

    def _opened(self, first: Place) -> None:
        """其中A、B、C: the list that the words before a fact open."""
        if not is_level(first.fact) and first.fact.kind != "delta":
            return
        strength, start = opener(first)
        at = first.at
        if strength is None:
            previous = self.stream.places[at - 1] if at else None
            if self._of_named(first):
                return
            if previous is None or previous.sentence != first.sentence or previous.quantity.dimension not in ("count", "money"):
                return
            if not WITHIN.search(first.lead) or not like(previous.quantity, first.quantity) or not is_level(previous.fact):
                return
            region = self._families(self._region(first))[0]
            self._segmented([previous], region, strong=any(REST.search(p.plain) for p in region[1:]), weak=True, mixed=False)
            return
        if start == "" and (self.stream.places[at - 1].sentence != first.sentence if at else True):
            self._opening.add(first.sentence)
        if "在内" in self.stream.after(at)[:24]:
            return
        whole = self._region(first)
        if PER_UNIT.search(first.plain):
            whole = whole[1:]  # 其中发电机每台1.2万元，共7.2万元
        if not whole:
            return
        if any(OPPOSED.search(p.plain) for p in whole):
            return
        groups = self._families(whole)
        if self._alongside(first, groups[0]):
            return
        if self._assorted(first, whole, groups):
            return
        if self._in_columns(first, groups, strength, start):
            return
        closing = self._closing(whole[-1])
        for number, region in enumerate(groups):
            if strength == "grouped" and len(region) < 2:
                continue
            closed = closing is not None and number == 0 and self._closed(closing, region)
            self._open_part = SOME.search(first.plain) is not None
            totals = self._totals(first, region[0], strength, start)
            # 案件86件104人；盗窃案件612件，其中诈骗147件398人: behind the semicolon no persons are told
            totals = [
                t for t in totals if strength != "weak" or not self._passed(t, first) or not any(exceeds(p.quantity, t.quantity) for p in region)
            ]
            if not any(adds_up(t.quantity, [p.quantity for p in region]) for t in totals):
                totals = [*self._terms(first, region), *totals]
                if strength in ("strong", "grouped"):
                    totals += self._far_totals(region)
            if not totals:
                side = divided(self.stream, self.context, region) if strength == "strong" and number == 0 and len(region) > 2 else None
                if side is not None and side.holds:
                    self.tally.add(side.total, region, sure=True, holds=True)
                continue
            strong = (strength in ("strong", "made") and number == 0) or closed
            sorted_ = strength == "grouped" and number == 0 and len(region) > 1
            strong = strong or (sorted_ and (GROUPED_BY.search(first.plain) is not None or divides(self.stream, region)))
            if strength == "made":
                made = next((n for n, p in enumerate(region) if MADE_UP.search(self.stream.after(p.at))), None)
                if made is None:
                    continue
                region = region[: made + 1]
            self._wide = WIDE.search(first.plain) is not None
            if number and len(region) == len(groups[0]) > 2 and self.sums and self.sums[-1].holds and self.sums[-1].parts == tuple(groups[0]):
                self._list(totals[:1], region, strong=len(totals) == 1, weak=False)
                continue
            self._segmented(totals, region, strong=strong, weak=strength in ("weak", "grouped"), mixed=number > 0, opened=strength == "weak")

    def _passed(self, total: Place, first: Place) -> bool:
        """Whether a semicolon stands between a total and its parts, and behind it another level that they may be of."""
        between = self.stream.places[total.at + 1 : first.at]
        return (
            total.sentence == first.sentence
            and any("；" in outside(p.lead) for p in between)
            and any(is_level(p.fact) for p in between)
            and "；" not in outside(first.lead)
        )

    def _alongside(self, first: Place, region: Sequence[Place]) -> bool:
        """减排量分别为4127吨、236吨，完成目标（年度目标依次为3900吨、210吨）: in brackets, one by one what stands before them."""
        if not first.bracket or first.host is None or len(region) < 2:
            return False
        opening = first.lead.rpartition("（")[2]
        if _MEASURED.search(opening):
            return True
        hosts = [p for p in self.stream.places[max(0, first.host - len(region) + 1) : first.host + 1] if is_level(p.fact)]
        run = len(hosts) == len(region) and all(_JOIN.fullmatch(outside(p.lead)) for p in hosts[1:])
        return run and _EACH.search(opening) is not None

    def _region(self, first: Place) -> list[Place]:
        """The level facts from ``first`` to the end of its list: of its sentence and bracket, sub-lists left out."""
        found = [first]
        nested = False
        for place in self.stream.places[first.at + 1 : first.at + 1 + MOST_PARTS]:
            if place.sentence != first.sentence or (first.bracket and place.bracket != first.bracket and place.bracket < first.bracket):
                break
            if first.bracket and "）" in outside(place.lead) and place.bracket != first.bracket:
                break
            if place.bracket != first.bracket:
                continue
            if (APART.search(place.plain) and not WITHIN.search(first.lead)) or SAID.search(place.plain):
                break
            if later_opener(place.plain):
                nested = "；" not in place.plain.partition(later_opener(place.plain))[2]
            elif nested and _COMMA.search(outside(place.lead)):
                nested = False
            if PER_UNIT.search(place.plain):
                continue  # 保有量23辆，车均2.66万元
            level = is_level(place.fact) and (place.fact.kind in LEVELS or first.fact.kind == place.fact.kind)
            if not nested and (level or self._parallel(first, place)):
                found.append(place)
        return found

    def _parallel(self, first: Place, place: Place) -> bool:
        """Whether a change is none: 支持外贸发展370万元，支持商业增长30万元."""
        if place.fact.kind != "delta" or not is_level(first.fact) or not like(first.quantity, place.quantity):
            return False
        return len(place.clause) > 3 and bare(place.clause)[:2] == first.fact.mention.text[:2]

    def _closing(self, last: Place) -> Place | None:
        """The figure right behind a list that sums it up: 其中甲340万元、乙120万元，合计460万元."""
        found = self.stream.places[last.at + 1] if last.at + 1 < len(self.stream.places) else None
        if found is None or found.sentence != last.sentence or found.bracket != last.bracket or not is_level(found.fact):
            return None
        return found if SAID.search(found.plain) else None

    def _closed(self, closing: Place, region: Sequence[Place]) -> bool:
        """Whether a closing figure sums up a whole list, but for one slip; if only its last parts, those are taken down."""
        if len(region) < 2 or not like(closing.quantity, region[0].quantity):
            return False
        quantities = [p.quantity for p in region]
        if adds_up(closing.quantity, quantities):
            self.tally.add(closing, region, sure=True, holds=True)
            return True
        if any(adds_up(closing.quantity, quantities[start:]) for start in range(1, len(region) - 1)) or not mended(closing.quantity, quantities):
            return False
        self.tally.add(closing, region, sure=True, holds=False)
        return True

    def _gap(self, first: Place, last: Place) -> str:
        """The words between two parts, brackets and what is in them left out."""
        words = "".join(self.stream.places[k].lead for k in range(first.at + 1, last.at + 1))
        previous = None
        while previous != words:
            previous, words = words, BRACKETED.sub("", words)
        return words

    def _families(self, region: list[Place]) -> list[list[Place]]:
        """The facts of a region by what they count, the family of the first one first."""
        groups: list[list[Place]] = []
        for place in region:
            for group in groups:
                if like(group[0].quantity, place.quantity) and points_of(group[0]) == points_of(place):
                    group.append(place)
                    break
            else:
                groups.append([place])
        return groups

    def _in_columns(self, first: Place, groups: list[list[Place]], strength: str, start: str) -> bool:
        """上半年发生14起、死亡7人，下半年发生18起、死亡8人: where the parts of one measure reach their total, the list is complete, and so
        must those of the other. Whether one does and another does not."""
        size = len(groups[0])
        columns = [group for group in groups if len(group) == size]
        if size < 2 or len(columns) < 2 or not all(a[n].at < b[n].at for a, b in pairwise(columns) for n in range(size)):
            return False
        if not all(a[n].at > b[n - 1].at for a, b in zip(columns, columns[-1:] * len(columns), strict=True) for n in range(1, size)):
            return False
        found: list[tuple[Place, list[Place], bool]] = []
        for column in columns:
            totals = self._totals(first, column[0], strength, start)
            fitting = next((t for t in totals if adds_up(t.quantity, [p.quantity for p in column])), None)
            named = [t for t in totals if self.context.name(t.fact) == self.context.name(column[0].fact)]
            total = fitting or next(iter(named or totals[:1] if len(totals) < 2 or named else ()), None)
            if total is not None:
                found.append((total, column, fitting is not None))
        if len({holds for *_, holds in found}) < 2:
            return False
        for total, column, holds in found:
            self.tally.add(total, column, sure=True, holds=holds)
        return True

    def _totals(self, first: Place, part: Place, strength: str, start: str) -> list[Place]:
        """Facts that the parts may divide, the likeliest first."""
        found: list[Place] = []
        opens = first.sentence in self._opening or strength == "grouped"
        for place in self.stream.back(first.at, BACK):
            if place.sentence != first.sentence and not opens:
                break
            if place.sentence < first.sentence - 3 or place.paragraph < first.paragraph - 1:
                break
            if place.paragraph != first.paragraph and strength != "grouped":
                break
            if place.bracket and place.bracket != first.bracket:
                continue
            if place.at in self.taken and not self._adjoins(place, first):
                continue
            if not is_level(place.fact) or not like(place.quantity, part.quantity) or PER.search(place.plain) or COMPARED.search(place.plain):
                continue
            if points_of(place) != points_of(part) or self._left_behind(place):
                continue
            year = self.context.document.about.year
            if place.fact.period != part.fact.period and (past(place.fact.period, year) or _FORMER.search(part.fact.period)):
                continue  # 上年分别为31起、13人: of another period, no parts
            found.append(place)
            if len(found) == 4:
                break
        found.sort(key=lambda place: (bool(RESTATED.search(place.plain)), self._by_times(place, part)))
        return found

    @staticmethod
    def _by_times(place: Place, part: Place) -> bool:
        """检查2163家次，责令停业21家。其中抽查864家次: visits are of visits, not of the 21 that were visited."""
        own, other = place.quantity.unit, part.quantity.unit
        return own != other and own.removesuffix("次") == other.removesuffix("次")

    def _left_behind(self, place: Place) -> bool:
        """由182.6万人次增至196.4万人次，其中…: what a figure rose from has no part in what it is now."""
        following = self.stream.places[place.at + 1] if place.at + 1 < len(self.stream.places) else None
        return following is not None and _FROM.search(place.clause) is not None and _TO.match(following.lead) is not None

    def _terms(self, first: Place, region: list[Place]) -> list[Place]:
        """The term of a sum before the list that the parts add up to: 收到156件，上年结转4件，合计160件。其中自然人131件、法人25件."""
        taken = (p for p in self.stream.back(first.at, 4) if p.at in self.taken and p.sentence >= first.sentence - 1 and is_level(p.fact))
        reached = (p for p in taken if like(p.quantity, region[0].quantity) and adds_up(p.quantity, [one.quantity for one in region]))
        return list(reached)[:1] if len(region) > 1 else []

    def _adjoins(self, place: Place, first: Place) -> bool:
        """Whether only attributes of ``place`` (its share, its change) stand between it and ``first``."""
        between = self.stream.places[place.at + 1 : first.at]
        return not any(is_level(p.fact) for p in between) and not any(_STOP.search(p.lead) for p in (*between, first))

    def _far_totals(self, region: list[Place]) -> list[Place]:
        """The one fact further back under the name of all parts that they add up to."""
        names = {self.context.name(p.fact) for p in region}
        if len(region) < 2 or len(names) != 1:
            return []
        known = where(self.context)
        values = set()
        for fact in reversed(named_near(self.context, region[0].fact, names.pop())):
            stream, at = known.get(fact.id, (None, 0))
            if stream is not self.stream or at >= region[0].at or fact.subject or not is_level(fact):
                continue
            if adds_up(fact.quantity, [p.quantity for p in region]):
                return [self.stream.places[at]]
            values.add((fact.quantity.value, at))
        alone = len(values) == 1 and len(region) > 2 and len({p.fact.subject for p in region}) == len(region)
        return [self.stream.places[at] for _, at in values] if alone else []

    def _assorted(self, first: Place, region: list[Place], groups: list[list[Place]]) -> bool:
        """Things of several kinds that together are so many pieces: 物资2316件，其中帐篷86顶、棉被1240床…"""
        if len(region) < 3 or len(groups) < 3 or any(p.quantity.dimension != "count" for p in region):
            return False
        for total in self.stream.back(first.at, 3):
            if (
                total.quantity.dimension in ("count", "")
                and total.quantity.unit
                and total.sentence == first.sentence
                and adds_up(total.quantity, [p.quantity for p in region])
            ):
                self.tally.add(total, region, sure=False, holds=True)
                return True
        return False

    def _segmented(self, totals: list[Place], region: list[Place], *, strong: bool, weak: bool, mixed: bool, opened: bool = False) -> None:
        """The parts up to where the list ends; what follows a semicolon may divide the same total once more."""
        if len(region) < 2:
            self._weakly(totals, region)
            return
        readings = self._readings(region)
        for total in totals:
            for n, reading in enumerate(readings):
                if len(reading) > 1 and adds_up(total.quantity, [p.quantity for p in reading]):
                    self.tally.add(total, reading, sure=strong or n == 0, holds=True)
                    rest = region[len(reading) :]
                    self._again(total, rest)
                    return
        for total in totals:
            pieces = self._pieces(region)
            if any(len(piece) > 1 and adds_up(total.quantity, [p.quantity for p in piece]) for piece in pieces):
                for piece in pieces:
                    self._again(total, piece)
                return
        plain = readings[0]
        first, second = plain[:2]
        if weak and not strong and not mixed and not self._wide and opened and weight_of(self._gap(first, second)) == 3:
            # 18.6万卷，其中文书12.1万卷；接待2316人次，利用5412卷次, but not 其中甲税收到5亿元，完成…；乙税收到3亿元
            between = self.stream.places[first.at + 1 : second.at]
            alike_ = bare(first.clause)[-2:] == bare(second.clause)[-2:] and not any(is_level(p.fact) for p in between)
            parallel = len(plain) > 2 and [p.quantity.unit for p in between] == [
                p.quantity.unit for p in self.stream.places[second.at + 1 : plain[2].at]
            ]
            plain = plain if alike_ or parallel else plain[:1]
        if weak and not mixed:
            plain = next((reading for reading in readings if len(reading) > 1 and divides(self.stream, reading)), plain)
        # 任务1.6万亩，实际建成1.62万亩，…面积分别为: what was planned is not divided
        reached = [t for t in totals if t.fact.kind == totals[0].fact.kind or t.fact.kind != "target"]
        several = len({t.quantity.value for t in reached}) > 1 and not self._adjoins(totals[0], region[0])
        self._list(totals, plain, strong=strong and not several and not mixed, weak=weak, several=several or mixed, divided=strong)
        for piece in self._pieces(region)[1:] if plain == self._pieces(region)[0] else ():
            self._again(totals[0], piece)

    def _pieces(self, region: list[Place]) -> list[list[Place]]:
        """The parts of a region between semicolons."""
        pieces = [region[:1]]
        for a, b in pairwise(region):
            if weight_of(self._gap(a, b)) == 3:
                pieces.append([])
            pieces[-1].append(b)
        return pieces

    def _again(self, total: Place, parts: list[Place]) -> None:
        """One more list that divides a total which another list of the sentence divides already."""
        if len(parts) < 2:
            return
        quantities = [p.quantity for p in parts]
        if adds_up(total.quantity, quantities):
            self.tally.add(total, parts, sure=False, holds=True)
        elif credible(total.quantity, quantities):
            self.tally.add(total, parts, sure=False, holds=False, suspected=True)

    def _readings(self, region: list[Place]) -> list[list[Place]]:
        """Where the list may end: at the first mark that divides more than the one between its first two parts."""
        marks = [weight_of(self._gap(a, b)) for a, b in pairwise(region)]
        ends = [n for n, mark in enumerate(marks) if mark > marks[0]]
        found = [region[: end + 1] for end in ends[:3]]
        found.append(region)
        # a list does not end between two names that 、 joins
        found.extend(region[:size] for size in range(len(region) - 1, 1, -1) if marks[size - 1] > 1)
        unique: list[list[Place]] = []
        for reading in found:
            if reading not in unique:
                unique.append(reading)
        return unique

    def _list(self, totals: Sequence[Place], parts: list[Place], *, strong: bool, weak: bool, several: bool = False, divided: bool = False) -> None:
        """A list of parts under its total: a sum where they are all of it, else parts of a whole; ``several`` if it may be another
        total's, ``divided`` if the words say that they are all of one."""
        total = totals[0]
        same = [p for p in parts if like(p.quantity, total.quantity)]
        if len(same) < 2:
            loose = [p for p in parts if p.quantity.dimension == "count"]
            if len(loose) > 1 and total.quantity.dimension == "count" and adds_up(total.quantity, [p.quantity for p in loose]):
                self.tally.add(total, loose, sure=False, holds=True)
            else:
                self._weakly(totals, same)
            return
        quantities = [p.quantity for p in same]
        if adds_up(total.quantity, quantities):
            self.tally.add(total, same, sure=True, holds=True)
            return
        if graded([place.plain + place.fact.mention.text for place in same]):
            self._weakly(totals, same)
            # 亿元以上21个、5亿元以上8个: the wider class holds the narrower one
            steps = [(a, b) for a, b in pairwise(same) if ABOVE.search(a.plain) and ABOVE.search(b.plain)]
            self.parts.extend(Part(whole=a, part=b, sure=False) for a, b in steps if not exceeds(b.quantity, a.quantity))
            return
        wider = self._wider(totals, same)
        if wider is not None:
            self.tally.add(wider[0], wider[1], sure=False, holds=True)
            return
        if strong:
            self.tally.add(total, same, sure=not crowded(self.stream, same), holds=False)
            return
        if several and divided:
            likely = [t for t in totals if credible(t.quantity, quantities)]
            if likely and len({t.quantity.value for t in likely}) == 1:
                self.tally.add(likely[0], same, sure=False, holds=False, suspected=True)
                return
        if weak and not several and divides(self.stream, same) and not self._lacking(total, same):
            self.tally.add(total, same, sure=True, holds=False)
            return
        slip = credible(total.quantity, quantities)
        if (
            weak
            and not several
            and (
                slip or self._overfull(total, same) or self._nearly(total, same) or (leans(self.stream, same) and mended(total.quantity, quantities))
            )
        ):
            self.tally.add(total, same, sure=False, holds=False, suspected=True)
            return
        self._weakly(totals, same)

    def _nearly(self, total: Place, parts: list[Place]) -> bool:
        """追责84人，其中政务处分19人、诫勉谈话27人、批评教育36人: parts told in one breath right behind their whole, but for one slip."""
        if not explained(total.quantity, [p.quantity for p in parts]) or crowded(self.stream, parts):
            return False
        labels = [bare(label_of(place)) for place in parts]
        told = len(set(labels)) == len(labels) and "" not in labels and not any(_QUALITY.search(place.plain) for place in parts)
        told = told and not any(_TRAIT.search(label) for label in labels)
        return told and len({weight_of(self._gap(a, b)) for a, b in pairwise(parts)}) == 1 and self._adjoins(total, parts[0])

    def _lacking(self, total: Place, parts: list[Place]) -> bool:
        """资金32.4亿元，其中中央预算内资金4.15亿元、地方债券11.2亿元: 其中 named only some of it, unless a slip explains what is missing."""
        whole, added = total.quantity, iv.total(p.quantity.interval for p in parts)
        if OTHERS.search(label_of(parts[-1])) or whole.interval.low is None or added.high is None:
            return False
        return added.high < whole.interval.low * _MOSTLY and not mended(whole, [p.quantity for p in parts])

    def _overfull(self, total: Place, parts: list[Place]) -> bool:
        """县道26公里、乡道43公里、村道69公里 of 128公里: parts of one classification that together are more than the whole."""
        added = iv.total(p.quantity.interval for p in parts)
        whole = total.quantity.interval.high
        if added.low is None or whole is None or added.low <= whole:
            return False
        labels = [bare(label_of(place)) for place in parts]
        marks = {weight_of(self._gap(a, b)) for a, b in pairwise(parts)}
        if len(set(labels)) < len(labels) or "" in labels or len(marks) != 1:
            return False
        if len(parts) > 2 and len({label[-1:] for label in labels}) == 1 and marks == {1}:
            return True
        # Persons, and what is told by a quality, may be counted under several heads: 其中党员12人、女性8人.
        listed = parts[0].at == total.at + 1 and parts[-1].at - parts[0].at == len(parts) - 1 and _AMONG.search(parts[0].plain) is not None
        apart = all(_BODY.search(label) for label in labels) or (marks == {1} and all(_POST.search(label) for label in labels))
        apart = apart or (all(_MEASURE.search(label) for label in labels) and sum("处分" in label for label in labels) < 2)
        persons = parts[0].quantity.unit in _PERSONS and marks != {3} and not apart
        return listed and not persons and added.low <= whole * _OVERFULL and not any(_QUALITY.search(place.plain) for place in parts)

    def _wider(self, totals: Sequence[Place], parts: list[Place]) -> tuple[Place, list[Place]] | None:
        """A total further back that the nearest one and the parts together reach: the nearest one is the first part."""
        for number, whole in enumerate(totals[1:], 1):
            first = totals[number - 1]
            if first.at < parts[0].at and whole.at < first.at and adds_up(whole.quantity, [first.quantity, *(p.quantity for p in parts)]):
                return whole, [first, *parts]
        return None

    def _weakly(self, totals: Sequence[Place], parts: list[Place]) -> None:
        """Parts that are only some of the whole."""
        marks = [weight_of(self._gap(a, b)) for a, b in pairwise(parts)]
        even = self._wide and set(marks) == {3}
        end = next((n for n, mark in enumerate(marks) if mark == 3 and not even), len(parts) - 1) if parts else 0
        largest = max(parts, key=lambda p: p.quantity.value or 0) if parts else None
        shared = self._whole_of(parts[0], totals) if parts else None
        if shared is not None and largest is not None and exceeds(largest.quantity, shared.quantity):
            shared = self._whole_of(largest, totals)
        for number, part in enumerate(parts[: end + 1]):
            near = shared if shared is not None and like(shared.quantity, part.quantity) else self._whole_of(part, totals)
            if near is not None and part.at != near.at:
                others = [t for t in totals if t is not near and not self._by_times(t, part)]
                close = near.sentence == part.sentence or (not others and near.paragraph == part.paragraph)
                alone = close and near is totals[0] and (even or all(mark == 1 for mark in marks[:number]))
                alone = alone or (self.context.name(near.fact) == self.context.name(part.fact) and near.paragraph == part.paragraph)
                over = exceeds(part.quantity, near.quantity)
                beside = part.at == near.at + 1 and part.quantity.unit == near.quantity.unit and not first_words(self.stream.after(part.at))
                apart = self._open_part and not beside
                doubted = over and (
                    apart
                    or not _PART_OF.search(self.context.between(near.fact, part.fact))
                    or self._one_of_many(near)
                    or self._roomier(part, near)
                    or any(not exceeds(part.quantity, t.quantity) for t in totals if like(t.quantity, part.quantity))
                )
                doubted = doubted and not (beside and self._class_of(part, near))  # 37个（亿元以上21个）
                self.parts.append(Part(whole=near, part=part, sure=alone and not doubted))

        for part in parts[end + 1 :]:
            # 其中甲税收到5亿元，完成…；乙税收到3亿元: the same words go on behind the semicolon
            if shared is not None and bare(part.clause)[-2:] == bare(parts[0].clause)[-2:] and not exceeds(part.quantity, shared.quantity):
                self.parts.append(Part(whole=shared, part=part, sure=False))

    def _class_of(self, part: Place, near: Place) -> bool:
        """37个（亿元以上21个、…）: a class from a size upwards, first in the bracket right behind its whole."""
        return part.bracket != near.bracket and part.host == near.at and ABOVE.search(part.plain.rpartition("（")[2] or part.plain) is not None

    def _one_of_many(self, place: Place) -> bool:
        """三季度完成29.6亿元，四季度完成25.7亿元。其中公路78.5亿元: of all of them, not of the last."""
        before = self.stream.places[place.at - 1] if place.at else None
        alike = before is not None and before.sentence == place.sentence and like(before.quantity, place.quantity)
        return before is not None and alike and len(place.clause) > 3 and bare(before.clause)[-2:] == bare(place.clause)[-2:]

    def _roomier(self, part: Place, near: Place) -> bool:
        """Whether what a part exceeds is one of a list, and the sentence has a level that can hold it: 132人，法官46人、法警15人，其中女71人."""
        if "、" not in near.lead or near.bracket != part.bracket:
            return False
        for p in self.stream.back(part.at, BACK):
            if p.sentence != part.sentence:
                return False
            listed = is_level(p.fact) and not p.bracket and not COMPARED.search(p.plain)
            if listed and like(p.quantity, part.quantity) and not exceeds(part.quantity, p.quantity):
                return True
            if "；" in p.lead:
                return False
        return False

    def _whole_of(self, part: Place, totals: Sequence[Place]) -> Place | None:
        """Which of the totals a part belongs to: the one of its name, else the nearest that is not smaller, else the nearest."""
        fitting = [t for t in totals if like(t.quantity, part.quantity)]
        name = self.context.name(part.fact)
        for total in fitting:
            words = bare(total.fact.mention.text)
            if (self.context.name(total.fact) == name and not self._by_times(total, part)) or (len(words) > 1 and words in part.plain):
                return total
        return next((t for t in fitting if not exceeds(part.quantity, t.quantity)), fitting[0] if fitting else None)

    def _of_named(self, first: Place) -> bool:
        """查处的超限车辆中，A17辆…；B1640辆: parts of a figure that is named once more, in the paragraph or, if they reach it, before."""
        named = OF_NAMED.search(first.plain) or SET_UNDER.search(first.plain)
        if named is None or not starts_sentence(first):
            return False
        what = bare(named["what"]).replace("的", "")
        region = self._families(self._region(first))[0]
        for total in self.stream.back(first.at, FAR):
            words = bare(total.fact.mention.text).replace("的", "")
            if not is_level(total.fact) or not like(total.quantity, first.quantity) or points_of(total) != points_of(first):
                continue
            if len(words) < 2 or (words not in what and what not in words):
                continue
            # 其他收入1960万元。医疗收入中，…: income of another kind
            label = bare(last_words(total.plain)).replace("的", "")
            if words in what and words != what and label != words and label.endswith(words) and not (label.endswith(what) or what.endswith(label)):
                continue
            if len(region) > 1 and adds_up(total.quantity, [p.quantity for p in region]):
                self.tally.add(total, region, sure=True, holds=True)
                return True
            if total.paragraph != first.paragraph or total.at < first.at - BACK:
                continue
            if len(region) > 1 and divides(self.stream, region):
                self.tally.add(total, region, sure=True, holds=False)
            elif len(region) > 1 and credible(total.quantity, [p.quantity for p in region]):
                self.tally.add(total, region, sure=False, holds=False, suspected=True)
            else:
                for part in region:
                    self.parts.append(Part(whole=total, part=part, sure=part is first))
            return True
        return False
