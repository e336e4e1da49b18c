"""What each fact measures: an indicator of the catalogue where that is certain enough, else an open name.

Steps, in this order: what an antecedent hands down; the alias as it stands; the alias without function words; its stem
(word order and head word aside); the nearest alias by character n-grams. Each candidate must fit the unit, the kind and
the head word of the fact. Below the thresholds a fact stays unlinked: a wrong link merges different things.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, cast

from extract import ranking
from extract.catalogue import Catalogue, load
from extract.memo import remembered
from extract.naming import HEADS, core, counted, head, narrow, open_name, stem
from extract.ranking import Near
from extract.types import Document, Fact, Indicator, Kind, Link

SURE = 0.70
"""The least score of a ranked candidate that is linked: the mean of its n-gram cosine and its edit similarity."""
CLEAR = 0.04
"""How far the best candidate must be ahead of the next indicator."""

_CHANGES = frozenset({"growth", "delta"})
_SHARES = frozenset({"ratio", "multiple", "percentage_point", "doubling"})


class Resolved(NamedTuple):
    """What a mention measures; ``id`` is ``None`` where the name is open."""

    id: str | None
    name: str
    score: float
    how: str


# --- the pure core ---


def resolve(
    mention: str,
    unit: str,
    dimension: str,
    kind: Kind,
    *,
    index: Index,
    near: Mapping[str, Sequence[Near]] = MappingProxyType({}),
    antecedent: Resolved | None = None,
    previous: Resolved | None = None,
    event: str = "",
    own: tuple[str, ...] = (),
) -> Resolved:
    """The indicator that the words of a fact name, given what it goes back to and what the text around is about.

    ``antecedent`` is what the fact it takes over from measures; ``previous`` what stands before it in its sentence and
    can be what a bare 整改 or 人均 is about; ``event`` the sort of event that deaths and losses here
    come from ("生产安全事故", "火灾", "因灾", … or ""); ``own`` the names of the document's own place and body.
    """
    if antecedent is not None and (not antecedent.name or _of_other_things(antecedent, unit, dimension, kind, index)):
        antecedent = None
    words = core(mention, kind, own)
    if antecedent is not None:
        return _with_antecedent(mention, words, unit, dimension, kind, index, antecedent, event)
    if not words:
        return Resolved(None, "", 0.0, "unnamed")
    found = (
        (_beside(mention, words, unit, dimension, kind, index, previous) if previous else None)
        or _own(mention, words, unit, dimension, kind, index, event)
        or _completed(words, mention, kind, dimension, index)
        or _ranked(words, unit, dimension, kind, index, near)
    )
    return found or Resolved(None, open_name(mention, unit, dimension, kind, own), 0.0, "open")


def _with_antecedent(mention: str, words: str, unit: str, dimension: str, kind: Kind, index: Index, antecedent: Resolved, event: str) -> Resolved:
    inherited = antecedent._replace(how="antecedent")
    if kind in _CHANGES:
        return (_own(mention, words, unit, dimension, kind, index, event) if words else None) or inherited
    if dimension in _SHARES or kind == "rate":
        return _share(mention, words, unit, dimension, kind, index, antecedent, event)
    found = _own(mention, words, unit, dimension, kind, index, "") if words else None
    return found if found and _is_thing(found, dimension, antecedent, index) else inherited


def _of_other_things(whole: Resolved, unit: str, dimension: str, kind: Kind, index: Index) -> bool:
    return whole.id is not None and kind in ("level", "target") and dimension == "count" and not fits(index.entries[whole.id], unit, dimension, kind)


def _is_thing(found: Resolved, dimension: str, whole: Resolved, index: Index) -> bool:
    """Whether the words of a part name a thing of its own (重大隐患 of 隐患) and not merely label a share of the whole (火灾扑救 of 接警)."""
    if {"收入", "支出"} <= set(re.findall("收入|支出", found.name + whole.name)):
        return False  # 财政拨款 as a part of spending says where the money came from
    if dimension != "count" or found.id is None or whole.id is None:
        return True
    part, total = index.entries[found.id], index.entries[whole.id]
    name = head(whole.name)[0]
    return total.id in part.within or part.id in total.parts or any(name[at : at + 2] in found.name for at in range(len(name) - 1))


_OF = re.compile(r"^(?P<part>.*?)(?:仅|约|只)?占(?!比|地|用|有|道)(?P<whole>.*?)的?(?:比重|比例|份额|百分比)?(?:为|达到?|约)?$")
_ALL = re.compile(r"(?:(?:全|本|该|我)[省市区县镇乡村州局年国部体院校]?)?(?:全部|所有|其)?(?:合计|总数|总量|总额|总计|总体|总|比|同类)?")
_RATE = re.compile(r"(?:率|度|占比|比重|比例|比)$")


def _share(mention: str, words: str, unit: str, dimension: str, kind: Kind, index: Index, antecedent: Resolved, event: str) -> Resolved:
    """The name of a rate that stands behind what it is a rate of."""
    found = (_own(mention, words, unit, dimension, kind, index, event) if words else None) or _completed(words, mention, kind, dimension, index)
    if found:
        return found
    if dimension == "multiple":
        return _named(f"{antecedent.name}与上年之比", index, "share")
    part = _OF.match(narrow(mention))
    if part:
        whole = core(part["whole"])
        if whole and not _ALL.fullmatch(whole):
            inner = _own(whole, whole, "", "", "level", index, "")
            rate = index.rates.get((antecedent.id or "", (inner.id if inner else None) or ""))
            if rate is not None and dimension == "ratio":
                return Resolved(rate.id, rate.name, 1.0, "share")  # 实际支出1397万元，占全年预算的96.3%: 预算执行率
            return _named(f"{antecedent.name}占{inner.name if inner else whole}比重", index, "share")
        words = core(part["part"])
    if _RATE.search(words):
        # 完好率 alone says nothing of what is in order; 设备完好率 does
        return _named(words if len(words) > 4 else head(antecedent.name)[0] + words, index, "share")
    return _named(f"{head(words)[0] or antecedent.name}占比", index, "share")


_COMPLETED = re.compile(r"^(?:完成|占|达到|为)?(?:了|全年|年度|总|年初|调整后?|的)*(?P<whole>.*?)的?$")


def _completed(words: str, mention: str, kind: Kind, dimension: str, index: Index) -> Resolved | None:
    """The rate that 完成年初预算的 98.2% states: 预算完成率."""
    said = narrow(mention)
    if dimension != "ratio" or kind != "rate" or "完成" not in said:
        return None
    if found := re.search(r"完成(?:年初|全年|年度|调整后?|总)*预算数?的?$", said):
        return _own(found.group(), core(found.group()), "%", dimension, kind, index, "") or _named("预算执行率", index, "share")
    if not re.match("完成(?!率)", said):
        return None
    whole = _COMPLETED.sub(r"\g<whole>", said)
    return _named(whole if whole.endswith("率") else f"{whole}完成率", index, "share") if whole else None


def _named(name: str, index: Index, how: str) -> Resolved:
    entries = index.by_name.get(name, ())
    return Resolved(entries[0].id, entries[0].name, 1.0, how) if len(entries) == 1 else Resolved(None, name, 0.0, how)


_FALL = re.compile("下降|减少|降低|压减|缩减|回落")


def _own(mention: str, words: str, unit: str, dimension: str, kind: Kind, index: Index, event: str) -> Resolved | None:
    """The indicator that the words themselves name beyond doubt; ``None`` where they do not."""
    in_context = _dependant(words, unit, dimension, kind, index, event)
    if in_context is not None:
        return in_context
    exact = narrow(mention)
    if kind == "growth" or (kind == "target" and dimension == "ratio"):
        # 固定资产投资增速 6% is the growth of 固定资产投资
        entry = _fit(index.by_name.get(core(mention, "growth"), ()), unit, dimension, kind)
        if entry and (kind == "growth" or not _FALL.search(exact)):
            return Resolved(entry.id, entry.name, 1.0, "alias")
    entry = _fit(index.by_name.get(exact, ()), unit, dimension, kind)
    if entry:
        return Resolved(entry.id, entry.name, 1.0, "alias")
    # A short word (整改, 企业, 支出) names something only where the catalogue says just that word.
    short = len(words) <= 2 or _leans(words)
    entry = _fit(index.by_name.get(words, ()), unit, dimension, kind)
    if entry is None and not short:
        entry = _fit(index.by_core.get(words, ()), unit, dimension, kind)
    if entry:
        return Resolved(entry.id, entry.name, 0.95, "normalised alias")
    # What unit and kind make of the words may be the very name: 培训 with 人 is 培训人数.
    entry = None if _leans(words) else _fit(index.by_name.get(open_name(words, unit, dimension, kind), ()), unit, dimension, kind)
    if entry:
        return Resolved(entry.id, entry.name, 0.9, "name")
    root = stem(words)
    if short or (len(root) <= 2 and root == words):
        return None
    entry = _fit(_same_head(words, index.by_stem.get(root, ())), unit, dimension, kind)
    if entry:
        return Resolved(entry.id, entry.name, 0.9, "stem")
    return None


def _ranked(words: str, unit: str, dimension: str, kind: Kind, index: Index, nearest: Mapping[str, Sequence[Near]]) -> Resolved | None:
    """The indicator of the nearest alias, if it fits, is near enough, and ahead of the next one."""
    best: Resolved | None = None
    wanted = stem(words)
    for near in nearest.get(wanted, ()):
        if best and near.score < best.score - CLEAR:
            break
        if near.score < SURE or _letters(wanted) != _letters(near.name):
            continue
        entry = _fit(_same_head(words, index.by_stem.get(near.name, ())), unit, dimension, kind)
        if entry is None:
            continue
        if best and best.id != entry.id:
            return None
        best = best or Resolved(entry.id, entry.name, round(near.score, 3), "ranked")
    return best


# 整改12项 after 四乱问题15个, 完好率 after 消火栓326个: what is done or in order was said before.
_BARE = re.compile(
    r"(?:(?:已|均|全部|其中|完成)*(?:未|不|尚未|待|按期)?(?:整改|整治|办结|结案|销号|销案|修复|完工|竣工|开工|解决|处置|处理|办理|合格|达标|优秀|完好|通过|完成|安装|拆除|落实|更换)(?:完毕|完成|到位)?)"
    r"(?P<rate>率)?"
)
_PER = re.compile(r"(?:平均)?每[人户辆件场次期个月日天家]?|[人户车件日月亩场年]均|平均")
_DONE = re.compile(r"(?:排查|发现|受理|接收|接到|收到|检查出|梳理|整改|整治|办理)+")


@remembered(4096)
def _leans(words: str) -> bool:
    """Whether the words alone do not say what they are about."""
    return bool(_BARE.fullmatch(words) or _PER.fullmatch(words))


def _before(fact: Fact, last: Mapping[str, Fact]) -> str:
    """The id of the fact before it in its sentence that a bare word can be about: counts of the same things, sums for sums."""
    rate = fact.quantity.dimension == "ratio"
    before = last.get("count" if rate else fact.quantity.dimension)
    if before is None or before.sentence != fact.sentence:
        return ""
    same = rate or before.quantity.unit == fact.quantity.unit or bool(_PER.fullmatch(core(fact.mention.text)))
    return before.id if same else ""


def _beside(mention: str, words: str, unit: str, dimension: str, kind: Kind, index: Index, previous: Resolved) -> Resolved | None:
    """What a bare verb, rate or average beside another fact is about: 整改率 beside 四乱问题数 is 四乱问题整改率."""
    if _PER.fullmatch(words):
        return _named(words + previous.name, index, "beside")
    if previous.id is not None or not _BARE.fullmatch(words):
        return None
    thing = _DONE.sub("", head(previous.name)[0])
    entry = _own(mention, words, unit, dimension, kind, index, "")
    if not thing or (entry and set(thing) & set(head(entry.name)[0])):
        return None
    return _named(open_name(thing + words, unit, dimension, kind), index, "beside")


def own_indicator(mention: str, words: str, unit: str, dimension: str, kind: Kind, index: Index) -> Resolved | None:
    """The indicator that ``words``, the core of a mention, name beyond doubt, whatever the text around is about; ``None`` for none."""
    return _own(mention, words, unit, dimension, kind, index, "")


# --- what fits ---


def _fit(entries: Collection[Indicator], unit: str, dimension: str, kind: Kind) -> Indicator | None:
    """The only entry that unit and kind allow; ``None`` where there is none or more than one."""
    fitting = {entry.id: entry for entry in entries if fits(entry, unit, dimension, kind)}
    if not fitting and kind == "target" and dimension == "ratio":
        # 地区生产总值 5%左右 as a goal is a goal for its growth
        fitting = {entry.id: entry for entry in entries if fits(entry, unit, dimension, "growth") and entry.dimension != "ratio"}
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def fits(entry: Indicator, unit: str, dimension: str, kind: Kind) -> bool:
    """Whether a fact of this unit and kind can be about the indicator: 率 never 数, people never visits, money never counts."""
    if kind in ("score", "max_score"):
        return entry.kind == "score"
    if entry.kind == "score":
        return dimension == "score"
    if kind == "growth" or dimension in ("multiple", "doubling"):
        return True
    if dimension == "percentage_point":
        return entry.dimension in ("ratio", "percentage_point")
    if dimension == "":
        return kind != "rate" or entry.dimension in ("ratio", "")
    if dimension == "ratio" or entry.dimension == "ratio":
        return dimension == entry.dimension
    if dimension != entry.dimension:
        return False
    if dimension != "count" or unit in entry.units or not entry.units:
        return True
    classes = counted(unit)
    return any(classes & counted(each) for each in entry.units)


def _same_head(words: str, entries: Collection[tuple[Indicator, str]]) -> list[Indicator]:
    """The entries whose alias ends in a head word that says no other thing than that of ``words``."""
    own = HEADS.get(head(words)[1], "")
    fitting = []
    for entry, other in entries:
        theirs = HEADS.get(other, "")
        if own and theirs and own != theirs:
            continue
        if (own == "ratio") != (theirs == "ratio") and "ratio" in (own, theirs):
            continue
        fitting.append(entry)
    return fitting


_LIGHT = re.compile(
    "各类|各种|相关|有关|局机关|机关|本级|累计|全部|所有|所属|工作|情况|活动|人员|经费|资金|总数|数量|年度|方面|任务|开展|组织|进行|"
    "[等所类性共项次对和及与或了的地各本部个]"
)


@remembered(4096)
def _letters(name: str) -> str:
    """The characters of a stem without words that carry little, in no order: names that differ in more say other things."""
    return "".join(sorted(_LIGHT.sub("", name)))


# --- what the text around decides ---

_EVENT = re.compile(
    r"(?P<森林火灾>森林(?:草原)?火[灾情](?:事故)?)|(?P<火灾>(?:火灾|失火|火警)(?:事故)?)|"
    r"(?P<水上交通事故>水上交通(?:安全)?(?:事故)?)|(?P<道路交通事故>道路交通(?:安全)?(?:事故)?|交通事故|车祸)|"
    r"(?P<因灾>自然灾害|洪涝|洪水|台风|地震|暴雨|旱灾|干旱|滑坡|泥石流|雪灾|冰雹|风雹|强降雨|山洪|灾情|受灾|因灾|灾害)|"
    r"(?P<建筑施工事故>建筑施工事故)|(?P<生产安全事故>生产安全|安全生产|工矿商贸|安全事故|事故|应急管理|安监)"
)
_BUDGET = re.compile(
    r"(?P<一般公共预算财政拨款>一般公共预算(?:当年)?(?:财政)?拨款)|(?P<政府性基金预算财政拨款>政府性基金(?:预算)?(?:财政拨款)?)|"
    r"(?P<国有资本经营预算财政拨款>国有资本经营(?:预算)?)|(?P<三公经费>“?三公”?\s*经费)|(?P<机关运行经费>机关运行经费)|"
    r"(?P<项目>项目(?:绩效|自评|支出绩效|支出自评)|专项资金)|(?P<整体>整体支出)"
)
_DEPENDANTS = {
    **dict.fromkeys(("支出", "支出决算", "支出数", "支出总额", "实际支出", "实际支出数", "执行数", "全年执行数", "决算支出"), ("支出",)),
    **dict.fromkeys(("收入", "收入决算", "收入决算数"), ("收入",)),
    **dict.fromkeys(("死亡", "亡人", "遇难", "死亡人数", "亡人数", "亡人总数", "死亡总人数", "造成死亡", "死亡人员", "遇难人数"), ("死亡人数",)),
    **dict.fromkeys(("受伤", "受伤人数", "受伤人员", "造成受伤", "伤人", "致伤"), ("受伤人数",)),
    **dict.fromkeys(("重伤", "重伤人数"), ("重伤人数",)),
    **dict.fromkeys(("轻伤", "轻伤人数"), ("轻伤人数",)),
    **dict.fromkeys(("伤亡", "伤亡人数", "死伤", "死伤人数"), ("伤亡人数",)),
    **dict.fromkeys(("失踪", "失踪人数", "失联"), ("失踪人数",)),
    **dict.fromkeys(("损失", "财产损失", "直接财产损失", "经济损失", "直接经济损失", "造成直接经济损失"), ("直接经济损失", "直接财产损失")),
    **dict.fromkeys(("事故", "事故起数", "起数", "发生", "发生起数", "发生事故", "事故总量", "事故总数", "事故数", "事故数量"), ("起数",)),
}  # fmt: skip


def event_of(text: str) -> str:
    """The sort of event that a text speaks of last: 火灾, 道路交通事故, 因灾, 生产安全事故, …; "" if of none."""
    return _last(_EVENT, text)


def budget_of(text: str) -> str:
    """The budget or cost that a text speaks of last: 一般公共预算财政拨款, 三公经费, 项目, …; "" if of none."""
    return _last(_BUDGET, text)


def _last(pattern: re.Pattern[str], text: str) -> str:
    found = ""
    for match in pattern.finditer(text):
        found = cast(str, match.lastgroup)
    return found


def _dependant(words: str, unit: str, dimension: str, kind: Kind, index: Index, event: str) -> Resolved | None:
    """Deaths, injured, losses, bare accidents and bare spending: of what, only the text around can say."""
    names = _DEPENDANTS.get(words)
    if names is None:
        return None
    for name in names:
        entry = _fit(index.by_name.get(event + name, ()), unit, dimension, kind) if event else None
        if entry:
            return Resolved(entry.id, entry.name, 0.9, "context")
    if names[0].endswith(("损失", "支出", "收入")) or (names[0] == "起数" and not event):
        return None
    if dimension not in ("count", "") and kind not in _CHANGES:
        return None
    return Resolved(None, (event + names[0]) if event else names[0], 0.0, "context")


# --- the stage ---


def link(facts: Sequence[Fact], document: Document, catalogue: Catalogue) -> tuple[Link, ...]:
    """One link for each fact, in the same order."""
    own = _own_names(document)
    index = index_of(catalogue)
    near = _near(facts, index, own)
    context = _Context(document)
    known: dict[str, Resolved] = {}
    seen: dict[tuple[str, str, str, Kind, Resolved | None, Resolved | None, str], Resolved] = {}
    stems: dict[str, Resolved] = {}
    last: dict[str, Fact] = {}
    # Levels first: a change named before its level (in a table) still finds it.
    for fact in sorted(facts, key=lambda fact: fact.kind in _CHANGES):
        quantity = fact.quantity
        antecedent = known.get(fact.antecedent)
        words = core(fact.mention.text, fact.kind, own)
        event = context.event(fact) if words in _DEPENDANTS else ""
        previous = known.get(_before(fact, last)) if antecedent is None and _leans(words) else None
        key = (fact.mention.text, quantity.unit, quantity.dimension, fact.kind, antecedent, previous, event)
        found = seen.get(key)
        if found is None:
            found = resolve(*key[:4], index=index, near=near, antecedent=antecedent, previous=previous, event=event, own=own)
            if found.how == "open" and fact.kind in _CHANGES:
                found = stems.get(stem(words), found)
            seen[key] = found
        if fact.kind not in _CHANGES and antecedent is None and words:
            stems.setdefault(stem(words), found)
        known[fact.id] = found
        context.note(fact, found)
        if fact.kind in ("level", "target") and found.how != "beside":
            last[quantity.dimension] = fact
    resolved = ((fact.id, known[fact.id]) for fact in facts)
    return tuple(Link(fact=identity, indicator_id=found.id, name=found.name, score=found.score, how=found.how) for identity, found in resolved)


def _near(facts: Sequence[Fact], index: Index, own: tuple[str, ...]) -> Mapping[str, Sequence[Near]]:
    """The names like the mentions that no alias matches, all asked for at once."""
    wanted = {stem(core(text, kind, own)) for text, kind in {(fact.mention.text, fact.kind) for fact in facts if not fact.antecedent}}
    unknown = sorted(text for text in wanted if len(text) > 2 and text not in index.by_stem and _letters(text) in index.letters)
    return ranking.nearest(unknown, ranking.shipped()) if unknown else {}


def _own_names(document: Document) -> tuple[str, ...]:
    about = document.about
    names = {name for name in (about.org, about.region, about.region.rstrip("省市区县镇乡州")) if len(name) > 1}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


class _Context:
    """What the text around a fact is about, remembered by block and section while the facts go by."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.cases: dict[int, list[tuple[int, str]]] = {}
        self.outer: dict[tuple[str, int | None, int | None], str] = {}

    def note(self, fact: Fact, found: Resolved) -> None:
        if fact.kind not in _CHANGES and found.name.endswith("起数") and event_of(found.name):
            self.cases.setdefault(fact.block, []).append((fact.quantity.span.start, found.name[: -len("起数")]))

    def event(self, fact: Fact) -> str:
        """What deaths, losses or spending at the fact's place belong to; "" where nothing says it."""
        said = self.document.text[fact.sentence.start : fact.quantity.span.start]
        if fact.quantity.dimension == "money" and (budget := budget_of(said) or self._outer(fact, budget_of)):
            return budget
        cases = self.cases.get(fact.block, [])
        at = bisect_left(cases, (fact.quantity.span.start, ""))
        before = cases[at - 1] if at else None
        if before and before[0] >= fact.sentence.start:
            return before[1]
        return event_of(said) or (before[1] if before else "") or self._outer(fact, event_of)

    def _outer(self, fact: Fact, sort: Callable[[str], str]) -> str:
        table = fact.cell.table if fact.cell else None
        place = (sort.__name__, fact.section, table)
        if place not in self.outer:
            texts = [*reversed(self.document.section_path(fact.section)), self.document.about.title, self.document.about.org]
            if table is not None:
                texts.insert(0, self.document.tables[table].title)
            self.outer[place] = next((found for found in map(sort, texts) if found), "")
        return self.outer[place]


# --- the names of the catalogue ---


@dataclass(frozen=True, slots=True)
class Index:
    """The names of a catalogue by what they look like: as they stand, their core, their stem (with the alias's head word).

    ``letters`` are those of all stems: what has none of them need not be ranked. ``rates`` are those that one indicator is of
    another, by the two.
    """

    by_name: Mapping[str, tuple[Indicator, ...]]
    by_core: Mapping[str, tuple[Indicator, ...]]
    by_stem: Mapping[str, tuple[tuple[Indicator, str], ...]]
    letters: frozenset[str]
    entries: Mapping[str, Indicator]
    rates: Mapping[tuple[str, str], Indicator]


_LAST_INDEX: list[tuple[str, Index]] = []
"""The catalogue last asked for, by its digest: it is the same one for all documents of a run."""


def index_of(catalogue: Catalogue) -> Index:
    """The catalogue's names ready for :func:`resolve`, built once as long as the catalogue stays the same."""
    if not _LAST_INDEX or _LAST_INDEX[0][0] != catalogue.digest:
        _LAST_INDEX[:] = [(catalogue.digest, _build(catalogue))]
    return _LAST_INDEX[0][1]


def _build(catalogue: Catalogue) -> Index:
    by_name: dict[str, dict[str, Indicator]] = {}
    by_core: dict[str, dict[str, Indicator]] = {}
    by_stem: dict[str, dict[tuple[str, str], tuple[Indicator, str]]] = {}
    for name, entries in catalogue.by_name.items():
        plain = narrow(name)
        words = core(plain) or plain
        for entry in entries:
            by_name.setdefault(plain, {})[entry.id] = entry
            by_core.setdefault(words, {})[entry.id] = entry
            last = head(words)[1]
            by_stem.setdefault(stem(words), {})[entry.id, last] = (entry, last)
    return Index(
        {name: tuple(entries.values()) for name, entries in by_name.items()},
        {name: tuple(entries.values()) for name, entries in by_core.items()},
        {name: tuple(entries.values()) for name, entries in by_stem.items()},
        frozenset(map(_letters, by_stem)),
        catalogue.indicators,
        _rates(catalogue.indicators.values()),
    )


def _rates(entries: Iterable[Indicator]) -> dict[tuple[str, str], Indicator]:
    """The rates of one indicator in another one, by the two; none where several are defined so."""
    found: dict[tuple[str, str], list[Indicator]] = {}
    for entry in entries:
        for whole in entry.denominators if len(entry.numerator) == 1 else ():
            if len(whole) == 1:
                found.setdefault((entry.numerator[0], whole[0]), []).append(entry)
    return {pair: rates[0] for pair, rates in found.items() if len(rates) == 1}


def train(path: Path) -> None:
    """Learn the ranking for the catalogue that ships, and write it to ``path``."""
    ranking.save(ranking.fit(index_of(load()).by_stem), path)


if __name__ == "__main__":
    train(Path(__file__).parent / "data" / ranking.FILE)
