"""E551 list-count: the number of things announced is the number of things listed.

What:
    内设机构6个，分别为A、B…; A、B、C三个领域; 三个方面的问题：一是…二是…三是…; 3份清单《…》《…》《…》. What is announced is counted where the list is
    plain: names between 、 with one 和 at most, marks of a list, or titles in 《》. A list that ends in 等 shows only some.
    How many of the values that a paragraph lists lie above or below a mark (八天…，日均51.6万人次，有五天高于日均水平).

Why:
    A list that is one short was cut, or the number was carried over from the year before.

Fires:
    内设机构6个，分别为办公室、应急指挥科、安全生产基础科、防汛抗旱科、政策法规科。

Left alone:
    内设机构6个，分别为办公室、应急指挥科、安全生产基础科、危化监管科、防汛抗旱科、政策法规科。下设办公室、指挥科等6个科室。

False alarms:
    Names that hold 、 or 和 themselves.

Source:
    observed in reports

In Chinese:
    所称的数目应与实际列举的项数一致（内设机构6个、三个方面、3份清单）。以“等”结尾的列举只算部分。
    称有几个高于或低于某数的，应与所列数值相符（八天中有五天高于日均水平）。
    名称本身含有顿号或“和”的，可能误报。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.checks._above_mark import counts_above
from extract.checks._amount_lists import amount_list
from extract.checks._headed_items import headed_items
from extract.checks._listed import Listed
from extract.checks._lists import lists
from extract.checks._marked_items import marked_items
from extract.checks._prose import LONG, Place, Stream, squeezed, streams
from extract.checks._table_counts import class_names, in_tables
from extract.checks._words import bare
from extract.relations import CheckRule, Context, Relation, once
from extract.types import Fact

HEAD = 140
"""The names of a class are listed within so many characters behind the number that announces them."""
MOST = 200
"""Larger numbers announce no list that is written out."""
LONGEST = 24
"""Longer pieces between two 、 are no names."""
_AFTER = re.compile(r"^[^，。；：、（）\d]{0,14}?[，：（]?(?:分别(?:是|为|有|驻|设在|位于)?|即|包括|依次为|具体为|有|为)：?(?P<list>[^。；\n]+)")
_COLON = re.compile(r"^[^，。；：、（）\d]{0,10}：(?P<list>[^。；：\n]+)")
_OPENED = re.compile(r"^.*(?:包括|包含|涵盖|分为)(?=.*、)")
"""文化核心领域包括A、B、C3个行业: what the names are of is no name."""
_AND = re.compile(r"以及|和|与|及")
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_OPEN_END = re.compile(r"等(?:$|[^级]|(?=\d))")
_DIGIT = re.compile(r"\d|[一二三四五六七八九十两]+[个项条家]")
_STRICT = re.compile(r"[^，。；：、（）\d]{0,14}?[，：（]?(?:分别(?:是|为|驻|设在|位于)|即|依次为|具体为)")
_HOLDS = re.compile(r"[，：]?包括")
_UNITS = re.compile(
    r"(?:(?:预算|决算|下属|所属|直属|[一二三]级)[^，。；、]{0,4}单位|(?:内设|下设)[^，。；、]{0,4}(?:机构|科室|处室|部门))(?:共有?|共计|有|为)?[个家]?$"
)
_ARE = re.compile(r"[^，。；：、（）\d]{0,14}?(?:分别)?(?:是|为)：")
_NAMES = re.compile(r"、|以及|和|与|及")
_TAIL = re.compile(r"[，）]")
_COMMA = re.compile(r"[，；]")
_PAIR = re.compile(r"[^，、]{2,16}(?:和|与|及)[^，、]{2,10}")
_NO_QUOTES = str.maketrans("", "", '“”"')
_TITLES = re.compile(r"《[^《》]{2,60}》")
_TITLES_WITHIN = 600
"""Characters before or behind a number in which its titles stand."""
_ROW_OF_TITLES = re.compile(r"(?:《[^《》]{2,60}》(?:（[^（）]{1,20}）)?(?:、|和|及|以及)?)+《[^《》]{2,60}》(?:（[^（）]{1,20}）)?(?:这|共)?$")
_COUNTED_TITLES = re.compile(
    r"(?P<titles>(?:《[^《》]{2,60}》(?:（[^（）]{1,20}）)?(?:、|和|及|以及)?){3,})[\d一二三四五六七八九十]+(?P<unit>[份个项部件本篇套])(?P<noun>[一-龥]{2})"
)
_HEADED = 10
"""Within so many characters behind a number stands the word for what it counts."""
_IN_BRACKET = re.compile(r"^(?P<what>[^，。；：、（）\d]{0,8})（(?P<list>[^（）；。]+)）")
_NO_LIST = re.compile(r"[^、]{0,4}(?:单位|含|除|其中|如|例|以|主要|原|见|每|按|指|不|占|均|由|分布|位于|涉及|已|未|即将|拟)")
_OVER = re.compile(r"(?:余下|剩余|其余|尚余|剩下)的?$")
"""余下3项转入下年: they are not told."""
_STRUCTURE = re.compile(r"(?:机构|科室|股室|处室|部门|[一二三]级指标|方面|领域|环节|维度|模块|板块|步骤|阶段|标段|大类)[^，。；、]{0,4}$")
_KINDS = re.compile(r"^[个大]{0,2}(?:重点|主要|关键|重要)?(?:领域|方面|环节|维度|要素|步骤)")
_EACH_CLAUSE = re.compile(r"[^，。；：]+")
FEWEST = 3
"""Fewer names are no list of a class."""
_CLASSES = re.compile(
    r"^(?:个|家|条|所|座)(?:重点|主要|下属|直属|所属|内设|轨道|国家级|省级|市级|地铁)*"
    r"(?:行业|领域|产业|部门|单位|机构|科室|股室|处室|街道|乡镇|街镇|镇街|镇|乡|村|社区|县区?|区县?(?!域)|市|片区|园区|新线|线路|航线|校区|院区|系列|赛道|板块)"
    r"(?![a-zA-Z0-9的]?[^，。；、（）]{0,2}(?:企业|家庭|群众|点位))"
)
"""What a list of names before a number is counted as: A服务、B服务、C制造3个行业."""
_CAMPAIGNS = re.compile(r"[个项]专项(?:整治|治理|检查|攻坚|执法|监督)*(?:行动|活动|工作)?(?:[，。；：]|$)")
"""Of campaigns some may be left out without a word: one more than is named is a slip, more are not."""
_PLACES = re.compile(r"(?:街道|乡镇|街镇|镇街|镇|乡|村|社区|县区?|区县?|市|片区|园区|学校|企业)$")
_SORTS = re.compile(r"^大?类[^，。；、\d]{1,8}")
_CLASS_WORDS = 8
SHORT = 10
"""Longer pieces between two 、 before a number may hold more than a name."""
MANY = 4
"""More names than these between commas, behind 是：, are a list and no statement."""


def find(context: Context) -> Iterator[Relation]:
    """Numbers that announce a list, with the list."""
    for stream in streams(context):
        for count, above in counts_above(stream):
            note, note_en = "逐个比较所列数值", "The listed values compared one by one"
            yield Relation(type="count", roles={"count": (count.fact.id,)}, items=above.items, listed=above.ends, note=note, note_en=note_en)
        for place in stream.places:
            value = _announced(context, place)
            found = _found(context, stream, place, value) if value else None
            if found is not None:
                yield Relation(type="count", roles={"count": (place.fact.id,)}, items=found.items, listed=found.ends, certain=found.sure)


def _announced(context: Context, place: Place) -> int:
    """How many things a number may announce; 0 for one that announces none."""
    fact, quantity = place.fact, place.quantity
    value = quantity.value
    if fact.kind not in ("level", "target", "other") or quantity.bound != "=" or value is None or value != value.to_integral_value():
        return 0
    if not 1 <= value <= MOST or quantity.dimension not in ("count", "") or (fact.cell is not None and len(context.by_cell[fact.cell]) < 2):
        return 0
    return 0 if _OVER.search(place.plain) else int(value)


def _found(context: Context, stream: Stream, place: Place, value: int) -> Listed | None:
    """How many things are listed beside a number, whether that is beyond doubt, and the first and the last of them."""
    if value == 1:
        after = _behind(context, stream, place)
        readings = (_after(after, value), marked_items(context, place, value), _before(place, value, after))
        return next((found for found in readings if found is not None and found.sure and found.items > 1), None)
    after = _behind(context, stream, place)
    return (
        _bracketed(place, value, after)
        or in_tables(context, place, value, after)
        or _titles(context, place, value)
        or _after(after, value, _UNITS.search(place.clause + place.quantity.unit) is not None, _breaks(context, stream, place))
        or marked_items(context, place, value)
        or _before(place, value, after)
        or _told(context, place, value)
        or headed_items(context, place)
        or amount_list(context, place)
    )


def _breaks(context: Context, stream: Stream, place: Place) -> bool:
    """Whether the next numeral is in words, so that it may be part of a name."""
    following = stream.places[place.at + 1 : place.at + 2]
    return any(not context.text[p.quantity.span.start].isdecimal() for p in following)


def _behind(context: Context, stream: Stream, place: Place) -> str:
    """The words behind a number, up to the next fact or the end of its block."""
    start, end = place.fact.quantity.extent.end, context.document.blocks[place.fact.block].span.end
    if place.at + 1 < len(stream.places):
        end = min(end, stream.places[place.at + 1].fact.quantity.extent.start)
    return squeezed(context.text[start : min(end, start + LONG)])


def _bracketed(place: Place, value: int, after: str) -> Listed | None:
    """7个（A、B…）: names in a bracket right behind the number and what it counts."""
    match = _IN_BRACKET.match(after)
    if match is None or _NO_LIST.match(match["list"]) or _OPEN_END.search(match["list"]) or _DIGIT.search(match["list"]):
        return None
    found = _counted(match["list"], value, strict=_STRUCTURE.search(place.clause + match["what"]) is not None)
    return found if found is not None and (found.sure or found.items == value) else None


def _after(after: str, value: int, units: bool = False, broken: bool = False) -> Listed | None:
    """6个，分别为A、B…: names after the number, up to the end of the sentence; of the ``units`` of a body 包括 names all. Where the
    words are ``broken`` off by a numeral that may stand in a name (百馆千场惠民演出), names may be missing."""
    words = _BRACKETED.sub("", after)
    strict = _STRICT.match(words) is not None or (units and _HOLDS.match(words) is not None)
    match = _AFTER.match(words) or _COLON.match(words)
    if match is None:
        return None
    listed = _TAIL.split(match["list"], 1)[0]
    if _OPEN_END.search(listed) or _DIGIT.search(listed):
        return None
    if _COMMA.search(match["list"]):
        wide = _COMMA.split(match["list"])
        if len(wide) == value > 2 and not _OPEN_END.search(wide[-1]) and not any(_DIGIT.search(name) for name in wide):
            return Listed(value, True, (wide[0], wide[-1]))  # 16个小类是：A，B，C、D服务，…
        most = sum(len(_NAMES.split(name)) for name in wide)
        plain = len(wide) > MANY and not _OPEN_END.search(wide[-1]) and all(len(name) <= LONGEST and not _DIGIT.search(name) for name in wide)
        if plain and _ARE.match(words) is not None and not len(wide) <= value <= most:
            return Listed(len(wide), True, (wide[0], wide[-1]))
        if "、" not in listed:
            return None
    found = _counted(listed, value, strict)
    return None if broken and found is not None and found.items < value and match.end() == len(words) else found


def _counted(listed: str, value: int, strict: bool) -> Listed | None:
    names = [name for name in listed.split("、") if name]
    if len(names) < 2 and not _AND.search(listed):
        return None
    least, most = len(names), sum(len(_AND.split(name)) for name in names)
    ends = (names[0], names[-1])
    if least <= value <= most:
        return Listed(value, True, ends)
    near = [one for name in names for one in (_AND.split(name) if value <= 2 * most else [name])]
    clean = strict and len(names) > 1 and all(len(one) <= LONGEST for one in near)
    return Listed(least if value < least else most, clean, ends)


def _before(place: Place, value: int, after: str) -> Listed | None:
    """A、B、C三个领域: names before the number, up to the last comma."""
    words = _OPENED.sub("", place.clause.translate(_NO_QUOTES))
    if "）" in words:
        return None  # 青河（5处）、白河（6处: the names are apart
    listed = words if "、" in words[:-1] else ""
    if "在内" in words:
        return None
    if not listed:
        pair = _PAIR.fullmatch(words)
        if pair is None or value != 2:
            return None
        return Listed(2, True)
    counted = place.quantity.unit + after
    if _OPEN_END.search(listed):
        listed = listed.removesuffix("等")
        names = listed.split("、")
        most = sum(len(_AND.split(name)) for name in names)
        if len(names) <= value <= most:
            return Listed(value, True, (names[0], names[-1]))
        # A线、B线、C线等2条新线: more than there are
        over = value < len(names) > 2 and _CLASSES.match(counted) is not None and all(len(name) <= SHORT for name in names[1:])
        return Listed(len(names), True, (names[0], names[-1])) if over else None
    kinds = _KINDS.match(counted) is not None and listed.count("、") > 1 and all(len(n) <= SHORT for n in listed.split("、")[1:])
    classes = (
        listed.count("、") > 1
        and not _AND.search(listed.partition("、")[2])
        and not _DIGIT.search(listed)
        and _named(listed.split("、"), value, _CLASSES.match(counted))
    )
    sorts = _SORTS.match(counted) is not None and all(len(name) <= LONGEST for name in listed.split("、")) and not _DIGIT.search(listed)
    names = listed.split("、")
    campaigns = _CAMPAIGNS.match(counted) is not None and value == len(names) + 1 > FEWEST + 1 and all(len(name) <= LONGEST for name in names)
    found = _counted(listed, value, strict=kinds or classes or sorts or campaigns)
    return found if found is not None and (found.items == value or found.sure) else None


def _named(names: Sequence[str], value: int, counted: re.Match[str] | None) -> bool:
    """Whether names are those of the things counted, not of what they lie in: 东镇、西镇12个社区."""
    if counted is None or value < len(names):
        return counted is not None
    ends = {name[-1:] for name in names[1:]}
    return _PLACES.search(counted[0]) is None and (len(ends) > 1 or bool(ends & set(counted[0])))


def _told(context: Context, place: Place, value: int) -> Listed | None:
    """5个街镇共受理42件，A街道、B镇…分别为…: the names of that class further on in the sentence."""
    text, fact = context.text, place.fact
    end = fact.quantity.extent.end
    names = class_names(bare(fact.quantity.unit + text[end : end + _CLASS_WORDS]))
    if names is None:
        return None
    for clause in _EACH_CLAUSE.finditer(text, end, min(end + HEAD, fact.sentence.end)):
        listed, respectively, _ = clause[0].partition("分别")
        said = [bare(name) for name in listed.split("、")]
        if len(said) < FEWEST or not all(names.search(name) for name in said):
            continue
        if len(said) == value or (respectively and _shared_out(context, fact, clause.start(), len(said))):
            return Listed(len(said), True, (said[0], said[-1]))
    return None


def _shared_out(context: Context, fact: Fact, start: int, names: int) -> bool:
    """Whether the first figures behind ``start``, one for each of the names, are parts that reach their total: then no name is missing."""
    behind = [f.id for f in context.by_sentence.get(fact.sentence, ()) if f.quantity.span.start >= start][:names]
    totals = {_reached(context).get(identity) for identity in behind}
    return len(behind) == names and len(totals) == 1 and None not in totals


@once
def _reached(context: Context) -> dict[str, str]:
    """The totals that their parts reach, by the parts."""
    return {place.fact.id: found.total.fact.id for found in lists(context).sums if found.holds for place in found.parts}


def _titles(context: Context, place: Place, value: int) -> Listed | None:
    """《A》《B》《C》3份清单: titles of the same sentence, before the number or after it."""
    text, fact = context.text, place.fact
    if fact.quantity.unit not in ("份", "个", "项", "部", "件", "本", "篇", "套"):
        return None
    start, end = fact.quantity.extent.start, fact.quantity.extent.end
    before = text[max(fact.sentence.start, start - _TITLES_WITHIN) : start]
    row = _ROW_OF_TITLES.search("".join(before.split()))
    if row is not None:
        titles = _TITLES.findall(row[0])
        return Listed(len(titles), len(titles) > 2, (titles[0], titles[-1]))
    for words in (before, text[end : min(fact.sentence.end, end + _TITLES_WITHIN)]):
        titles = _TITLES.findall(words)
        if len(titles) == value:
            return Listed(value, True, (titles[0], titles[-1]))
    return _titles_below(context, fact)


def _titles_below(context: Context, fact: Fact) -> Listed | None:
    """一是更新完善3份目录清单。…对《A》《B》《C》3份清单进行了更新: titles that the same paragraph counts by the same word, once."""
    text, block = context.text, context.document.blocks[fact.block].span
    told = context.after(fact, fact.sentence)
    if "《" in fact.sentence.of(text) or fact.cell is not None or "《" not in text[fact.sentence.end : fact.sentence.end + _TITLES_WITHIN]:
        return None
    below = "".join(text[fact.sentence.end : min(block.end, fact.sentence.end + _TITLES_WITHIN)].split())
    rows = [row for row in _COUNTED_TITLES.finditer(below) if row["unit"] == fact.quantity.unit and row["noun"] in told[:_HEADED]]
    titles = _TITLES.findall(rows[0]["titles"]) if len(rows) == 1 else []
    # 修订5项制度。重点对《A》《B》《C》3项制度…: some of them, where no slip of the pen makes ten times as many of it
    sure = fact.quantity.value in (len(titles), len(titles) * 10)
    return Listed(len(titles), sure, (titles[0], titles[-1])) if len(titles) > 2 else None


CHECK = CheckRule(code="E551", name="list-count", name_zh="列举数目", severity="error", find=find, equation=False)
