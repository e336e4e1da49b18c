"""The whole that a number is a slice of: its indicator is the whole's, what the slice is called is whose it is.

A breakdown keeps the indicator of the whole (火灾起数 by cause, 年初预算数 by source of money), while its words name the slice
alone. The links by a fact's own words stay what checks compare: a slice and its whole are never one figure. What is said here is
what a fact is reported under, joined by across documents, and recognised by where it is restated.

Each rule is a way of saying, and abstains where it is not met; the first that does not decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extract.catalogue import Catalogue
from extract.link import Index, Resolved, index_of, own_indicator
from extract.naming import core, counted, narrow, open_name
from extract.types import Document, Fact, Link, Span, Table

# So many facts back, and so many characters, a number may go back to what it is a slice of.
REACH = 8
LEAD = 200
_CHANGES = frozenset({"growth", "delta"})
_SHARES = frozenset({"ratio", "percentage_point", "multiple", "doubling"})


@dataclass(slots=True)
class _Reader:
    """A document's facts and links while the wholes are looked for; ``wide`` are the links so far."""

    facts: Sequence[Fact]
    document: Document
    index: Index
    own: Mapping[str, Link]
    wide: dict[str, Link]
    rank: Mapping[str, int]
    rows: Mapping[tuple[int, int], Sequence[Fact]]
    summands: Mapping[str, Fact]
    bracketed: set[str]
    slices: dict[str, Fact]

    def linked(self, fact: Fact, words: str, how: str) -> Link | None:
        """A link of the fact to what ``words`` name: of the catalogue, else open; ``None`` where they name nothing."""
        quantity = fact.quantity
        found = self.found(fact, words)
        name = found.name if found else open_name(words, quantity.unit, quantity.dimension, fact.kind)
        return Link(fact=fact.id, indicator_id=found.id if found else None, name=name, score=found.score if found else 0.0, how=how) if name else None

    def found(self, fact: Fact, words: str) -> Resolved | None:
        """What ``words`` name beyond doubt, of the unit and kind of the fact; ``None`` for nothing."""
        quantity = fact.quantity
        said = core(words, fact.kind)
        return own_indicator(words, said, quantity.unit, quantity.dimension, fact.kind, self.index) if said else None

    def like(self, fact: Fact, other: Fact, how: str) -> Link | None:
        """A link of the fact to what the other fact measures; ``None`` where that has no name."""
        link = self.of(other)
        return replace(link, fact=fact.id, how=how, slice="") if link.name else None

    def known(self, fact: Fact, words: str, how: str) -> Link | None:
        """A link of the fact to the indicator of the catalogue that ``words`` name; ``None`` where they name none."""
        found = self.found(fact, words)
        return Link(fact=fact.id, indicator_id=found.id, name=found.name, score=found.score, how=how) if found and found.id else None

    def of(self, fact: Fact) -> Link:
        """What the fact measures, as far as it is known by now."""
        return self.wide.get(fact.id) or self.own[fact.id]

    def before(self, fact: Fact, most: int) -> Iterator[Fact]:
        """The facts before it in its section, the nearest first, at most so many."""
        rank = self.rank[fact.id]
        for other in reversed(self.facts[max(0, rank - most) : rank]):
            if other.section != fact.section:
                break
            yield other

    def lead(self, fact: Fact, within: Span) -> str:
        """The words of ``within`` before the number, at most :data:`LEAD` characters."""
        start = max(within.start, fact.quantity.extent.start - LEAD)
        return self.document.text[start : max(start, fact.quantity.extent.start)]


def wholes(links: Sequence[Link], facts: Sequence[Fact], document: Document, catalogue: Catalogue) -> tuple[Link, ...]:
    """The links, those of slices to what their wholes measure; one for each fact, in the same order."""
    rows: dict[tuple[int, int], list[Fact]] = {}
    for fact in facts:
        if fact.cell is not None:
            rows.setdefault((fact.cell.table, fact.cell.row), []).append(fact)
    reader = _Reader(
        facts=facts,
        document=document,
        index=index_of(catalogue),
        own={link.fact: link for link in links},
        wide={},
        rank={fact.id: rank for rank, fact in enumerate(facts)},
        rows=rows,
        summands=_sums(facts, {link.fact: link for link in links}),
        bracketed=set(),
        slices={},
    )
    # Changes of levels come after them, as in a table; an adjustment in money stands before its own parts.
    for fact in sorted(facts, key=lambda fact: fact.kind in _CHANGES and not (fact.kind == "delta" and fact.cell is None)):
        if found := _whole(fact, reader):
            reader.wide[fact.id] = found
            if found.how in ("slice", "sibling") and fact.kind not in _CHANGES:
                reader.slices.setdefault(core(fact.mention.text), fact)
    return tuple(reader.wide.get(link.fact, link) for link in links)


def _whole(fact: Fact, reader: _Reader) -> Link | None:
    for rule in RULES:
        if found := rule(fact, reader):
            slice_of = core(fact.mention.text) if found.how in _SLICED and not fact.subject and not _COMES_BACK.fullmatch(fact.mention.text) else ""
            return replace(found, slice=slice_of)
    return None


# How a slice is told by its words, so that they say whose it is.
_SLICED = frozenset({"slice", "sibling", "title"})
_COMES_BACK = re.compile(r".*(?:合计|总计|共计|季度)")


def _taken_over(fact: Fact, reader: _Reader) -> Link | None:
    """What took its name over from a fact that turned out to be a slice is one too."""
    before = reader.wide.get(fact.antecedent)
    own = reader.own[fact.id]
    if (
        before is None
        or own.how != "antecedent"
        or (_RATE.search(before.name) and fact.quantity.dimension not in _SHARES and fact.kind not in _CHANGES)
    ):
        return None
    return replace(before, fact=fact.id)


# --- tables -----------------------------------------------------------------------------------------------------------

_CHANGE_COLUMN = re.compile(
    r"(?:(?:与|比|较)?(?:上年|去年)?(?:同期|同比|环比)?(?:增减|增长|增幅|增速|变化|变动|升降|下降)?(?:幅度?|率|额|数|情况)?)(?:[（(].{1,3}[）)]|[%±])?"
)
_SLICES = re.compile(
    r"单位|乡镇|镇街|街道|地区|区域|辖区|区县|县区|市县|村|社区|领域|行业|产业|季度|月份|年份|时间|项目名称|来源|类别|类型|种类|分类|名称|标段|灾种|部门|企业|学校|医院|原因|对象|级别|等级|层级|渠道"
)
_INDICATORS = re.compile(r"指标|内容|任务|事项")


def _leaf(fact: Fact, table: Table) -> str:
    """The column's header next to the cell; "" without one."""
    assert fact.cell is not None
    path = table.headers[fact.cell.column] if fact.cell.column < len(table.headers) else ()
    return narrow(path[-1]) if path else ""


def _rows_are_slices(table: Table) -> bool:
    """Whether the heads of the label columns say that a row is a body, a place, a kind, and not an indicator."""
    heads = [narrow(part) for path in table.headers[: table.label_columns] for part in path[-1:]]
    return any(_SLICES.search(head) for head in heads) and not any(_INDICATORS.search(head) for head in heads)


def _change_column(fact: Fact, reader: _Reader) -> Link | None:
    """产值 | 上年产值 | 同比: a column of changes goes on with the column before it."""
    if fact.cell is None or fact.kind not in _CHANGES:
        return None
    table = reader.document.tables[fact.cell.table]
    leaf = _leaf(fact, table)
    if not leaf or not _CHANGE_COLUMN.fullmatch(leaf):
        return None
    before = [other for other in reader.rows[fact.cell.table, fact.cell.row] if other.cell and other.cell.column < fact.cell.column]
    levels = [
        other for other in before if other.kind not in _CHANGES and (fact.kind == "growth" or other.quantity.dimension == fact.quantity.dimension)
    ]
    return reader.like(fact, levels[-1], "column") if levels else None


_BUDGET = re.compile(
    r"(?P<row>.{2,}?)(?P<of>年初预算数?(?:安排)?|(?:全年|调整后?)预算数?(?:[（(]调整后[)）])?|(?:预算)?调整数?|(?:预算)?执行率|(?:全年)?执行数?|实际支出数?|预算完成率)"
)
_FUNDS = re.compile(r"(?:拨款|收入|资金|公共预算|基金预算|整体|部门|单位|本级|来源|年度)$")
_KINDS = re.compile(r"(?:基本|项目)支出")


def _budget(fact: Fact, reader: _Reader) -> Link | None:
    """财政拨款年初预算: the budget of a row, a source of money, a kind of spending; 基本支出 and 项目支出 have their own."""
    if fact.quantity.dimension not in ("money", "ratio"):
        return None
    words = core(fact.mention.text, "level")
    said = _BUDGET.fullmatch(words)
    if said is None:
        return None
    of = said["of"]
    kinds = bool(_KINDS.fullmatch(said["row"]))
    if of.startswith("年初"):
        name = "年初预算数"
    elif of.startswith(("调整后", "全年预")):
        name = "" if kinds else "全年预算数"
    elif "调整" in of:
        name = "预算调整数"
    elif of.endswith("率"):
        name = "" if kinds else "预算执行率"
    else:
        name = "本年支出" if _FUNDS.search(said["row"]) else ""
    return reader.linked(fact, name, "column") if name else None


def _score_column(fact: Fact, reader: _Reader) -> Link | None:
    """The scores of projects and bodies, each in its row: 自评得分."""
    if fact.cell is None or fact.kind not in ("score", "max_score"):
        return None
    table = reader.document.tables[fact.cell.table]
    if not re.fullmatch("(?:自评|评价|综合|考核)?(?:得分|评分|分数|总分)(?:[（(].*)?", _leaf(fact, table)) or not _rows_are_slices(table):
        return None
    return reader.linked(fact, "自评得分", "column")


_TITLE = re.compile(r"^(?:附?表\s*[一二三四五六七八九十\d]*[：:、.\s　]*|(?:19|20)\d{2}年(?:度)?)+\s*")
_TITLE_END = re.compile(r"(?:使用|完成|支出|收支|安排|分配|执行|投入|开展|实施|落实)?(?:情况|统计|明细|汇总|一览|对比|对照)+表?$|表$")
_MONEY = re.compile(
    r"费用?|经费|资金|金额|款|额|支出|收入|投资|产值|损失|价|税|预算|决算|拨款|补助|补贴|成本|利润|结余|结转|债|资产|增加值|总值|罚|奖|贷|采购|投入|救助金|薪|资$"
)
_ROLE = re.compile(
    r"(?:年度|年初|全年|本年|实际|计划|目标|累计|预算|决算)*(?:计划|实际|完成|目标|预算|决算|支出|执行|投入|安排|使用|到位|金额|合计)(?:数|额|金额|情况|率)?(?:[（(].*[）)])?"
)


def _titled(fact: Fact, reader: _Reader) -> Link | None:
    """费用类别 | 计划数 | 实际数 under 安全生产费用使用情况: the columns are roles, the rows slices; the title says of what."""
    if fact.cell is None or fact.quantity.dimension != "money" or reader.own[fact.id].indicator_id or fact.mention.by != "table_cell":
        return None
    table = reader.document.tables[fact.cell.table]
    if not table.title or not _rows_are_slices(table) or not _ROLE.fullmatch(_leaf(fact, table)):
        return None
    title = _TITLE_END.sub("", re.sub(r"[（(][^（）()]*[）)]", "", _TITLE.sub("", table.title)).strip())
    return reader.linked(fact, title, "title") if _MONEY.search(title) else None


def _grouped(fact: Fact, reader: _Reader) -> Link | None:
    """隐患排查治理 › 排查（条）: a bare verb under a header that says of what."""
    if fact.cell is None or reader.own[fact.id].indicator_id:
        return None
    table = reader.document.tables[fact.cell.table]
    path = table.headers[fact.cell.column] if fact.cell.column < len(table.headers) else ()
    verb = core(path[-1]) if path else ""
    upper = core(path[-2]) if len(path) > 1 else ""
    if len(upper) < 2 or not 2 <= len(verb) <= 3 or _ROLE.fullmatch(narrow(path[-1])) or fact.quantity.dimension == "money":
        return None
    for size in (2, 3, 4):
        for words in (upper[:size] + verb, verb + upper[:size]):
            if link := reader.known(fact, words, "column"):
                return link
    return None


# --- prose ------------------------------------------------------------------------------------------------------------

_BODY = re.compile(
    r"(?:省|市|区|县|镇|(?<!城)乡|街道|局|厅|委|公司|集团|中心|站|所|室|指挥部|[大支总中]队|部门|机关|单位|机构|(?<!农)村|社区|系统|本级|[省市县区镇乡]级|\d时|"
    r"北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|全国|我国)"
    r"(?:现有|共有|实有|去年|今年|全年|年度|全部|共|核定|实现|完成)*$"
)


_LONGEST_BODY = 30


def _of_body(fact: Fact, reader: _Reader) -> Link | None:
    """指挥中心编制数 is 编制数 of a body: what the catalogue knows, behind the name of a body or place, or behind 实现."""
    own = reader.own[fact.id]
    if own.indicator_id or own.how not in ("open", "ranked") or fact.kind in ("other", "score", "max_score"):
        return None
    words = core(fact.mention.text, fact.kind)
    for at in range(2, min(len(words) - 1, _LONGEST_BODY)):
        if not _BODY.search(words[:at]):
            continue
        if link := reader.known(fact, words[at:], "body"):
            return link
    return None


_ACHIEVED = re.compile(r"(?!.*(?:每|百元|均|率).*实现).{2,}?(?:共计?|累计|合计)?实现(?!率|值|数|情况)(?P<of>.{2,})")


def _achieved(fact: Fact, reader: _Reader) -> Link | None:
    """文化制造业实现营业收入: whose it is stands before 实现."""
    if reader.own[fact.id].indicator_id or fact.antecedent or fact.quantity.dimension != "money":
        return None
    said = _ACHIEVED.fullmatch(core(fact.mention.text, fact.kind))
    return reader.linked(fact, said["of"], "body") if said else None


# Words that say what was done with the money, not whose it is.
_VERBAL = re.compile(r"均$|每|到位|执行|节约|拨|下达|大概|安排|概算|提供|免除|结余|剩余|其余|余下|超|目标|计划|核定|节余|^[人户件车亩场]$")


def _bare_label(fact: Fact, reader: _Reader) -> Link | None:
    """甲营业收入5亿元，乙3亿元: an amount of money whose words name no money goes on with the one before it."""
    own = reader.own[fact.id]
    if (
        fact.cell is not None
        or fact.quantity.dimension != "money"
        or fact.kind != "level"
        or own.indicator_id
        or own.how not in ("open", "antecedent")
    ):
        return None
    words = core(fact.mention.text)
    if (
        not words
        or _NAMES_MONEY.search(words)
        or _VERBAL.search(words)
        or _per(fact.mention.text)
        or (own.how == "antecedent" and _NAMES_MONEY.search(own.name))
    ):
        return None
    for other in reader.before(fact, REACH):
        if other.cell is not None:
            break
        if other.kind == "level" and other.quantity.dimension == "money":
            link = reader.of(other)
            if _per(reader.own[other.id].name) or _per(other.mention.text):
                continue
            return (
                replace(link, fact=fact.id, how="sibling")
                if _NAMES_MONEY.search(link.name) or (link.indicator_id and not _RATE.search(link.name))
                else None
            )
    return None


_RATE = re.compile(r"率$|比重$|占比$|比例$")
# What a name for money ends in.
_NAMES_MONEY = re.compile(
    r"(?:费用?|经费|资金|金额|款|额|支出|收入|投资|产值|损失|价|税|预算|决算|拨款|补助|补贴|成本|利润|结余|结转|债|资产|增加值|总值|罚没?|奖励?|贷|采购|投入|救助金|薪|[^投]资|金|值|标准|规模)(?:合计|总计|总额|数|额)?$"
)


def _per(words: str) -> bool:
    return words.endswith("均") or "每" in words or words in ("人", "户", "件", "车", "亩", "场")


def _summands(fact: Fact, reader: _Reader) -> Link | None:
    """Numbers that are told one by one and make up one told before are its slices (甲、乙分别立案12件、9件 after 立案21件)."""
    whole = reader.summands.get(fact.id)
    return reader.like(fact, whole, "slice") if whole is not None else None


LEAST_TOTAL = 10
# What says in which state things are, or names a thing with its measure, is an indicator of its own, though it adds up.
_OWN_THING = re.compile(
    r"职数|满分|扣分|采购|节约|办结|检$|未|不|已|达标|合格|满意|整改|销号|完成|剩余|其余|余|产业|增加值|收入|支出|编制|损失|投入|得分|偏差|存在"
)


def _sums(facts: Sequence[Fact], own: Mapping[str, Link]) -> dict[str, Fact]:
    """For each number of a run that makes up an earlier number of its section, that number. A run is of one unit and one sentence."""
    found: dict[str, Fact] = {}
    runs: dict[tuple[object, str], list[int]] = {}
    for rank, fact in enumerate(facts):
        if fact.cell is None and fact.kind == "level" and fact.quantity.value is not None and fact.quantity.bound == "=":
            runs.setdefault((fact.sentence, fact.quantity.unit), []).append(rank)
    for (_, unit), ranks in runs.items():
        earlier: dict[object, Fact] = {}
        first = facts[ranks[0]]
        for rank in range(max(0, ranks[0] - 3 * REACH), ranks[-1]):
            other = facts[rank]
            if (
                other.section == first.section
                and other.kind == "level"
                and counted(other.quantity.unit) & counted(unit)
                and other.quantity.dimension == first.quantity.dimension
            ):
                earlier[other.quantity.value] = other
        for start in range(len(ranks) - 1):
            total = facts[ranks[start]].quantity.value or 0
            for end in range(start + 1, min(len(ranks), start + 12)):
                total += facts[ranks[end]].quantity.value or 0
                whole = earlier.get(total)
                if whole is None or whole.quantity.span.start >= facts[ranks[start]].quantity.span.start or (total < LEAST_TOTAL and end - start < 2):
                    continue
                for rank in ranks[start : end + 1]:
                    fact = facts[rank]
                    if (
                        own[fact.id].indicator_id is None
                        and not _OWN_THING.search(fact.mention.text)
                        and not (fact.antecedent and fact.antecedent != whole.id and own[fact.id].how == "antecedent")
                    ):
                        found.setdefault(fact.id, whole)
    return found


# 分别立案12件、9件和4件: what was done stands between 分别 and the first of the numbers.
_DONE = re.compile(
    r"(?:分别|依次|各)(?P<of>(?!为|是|有|达|增|减|上升|下降|占|比|较|由|从)[^\d，,。；;、分别]{2,8})(?:\d[\d,.]*[^\d，,。；;、和]{0,4}[、和])*$"
)


def _listed(fact: Fact, reader: _Reader) -> Link | None:
    """甲、乙分别为8件、6件 goes on with the count before the list."""
    own = reader.own[fact.id]
    if fact.mention.by != "respectively" or fact.antecedent or own.indicator_id or fact.kind != "level" or fact.cell is not None:
        return None
    if said := _DONE.search(reader.lead(fact, fact.sentence)):
        return reader.linked(fact, said["of"], "slice")
    if _NAMES_MONEY.search(core(fact.mention.text)):
        return None
    for other in reader.before(fact, REACH):
        if other.block != fact.block:
            break
        if other.mention.by == "respectively" and other.sentence == fact.sentence and other.id not in reader.wide:
            continue
        if other.kind == "level" and other.quantity.unit == fact.quantity.unit and (other.quantity.value or 0) >= (fact.quantity.value or 0):
            return reader.like(fact, other, "slice")
    return None


def _labelled(fact: Fact, reader: _Reader) -> Link | None:
    """道路运输案件增长18% after 道路运输立案12件: a change of what was told to be a slice."""
    if fact.kind not in _CHANGES or reader.own[fact.id].indicator_id or fact.cell is not None:
        return None
    said = core(fact.mention.text, fact.kind)
    for size in range(len(said), 2, -1):
        if other := reader.slices.get(said[:size]):
            return reader.like(fact, other, "slice")
    return None


def _adjusted(fact: Fact, reader: _Reader) -> Link | None:
    """年初预算数 after which 追加 tells by how much: 预算调整数."""
    if fact.kind != "delta" or fact.quantity.dimension != "money" or not fact.antecedent:
        return None
    before = reader.wide.get(fact.antecedent) or reader.own[fact.antecedent]
    if "预算数" not in before.name or not re.search("追加|调[增减整]|核[增减]", fact.mention.text):
        return None
    return reader.linked(replace(fact, kind="level"), "预算调整数", "column")


_REST = re.compile(r"剩余|其余|余下|比例|平均|未|[“”]|多|少")


def _unnamed(fact: Fact, reader: _Reader) -> Link | None:
    """A number without words of its own is of what was said before it."""
    if reader.own[fact.id].name or fact.cell is not None or _REST.search(fact.mention.text):
        return None
    for other in reader.before(fact, REACH):
        if other.block != fact.block:
            break
        if reader.of(other).name == "" or (other.mention.by == "respectively" and fact.mention.by == "respectively"):
            continue
        if fact.kind == "growth" or (
            other.quantity.dimension == fact.quantity.dimension and counted(other.quantity.unit) & counted(fact.quantity.unit)
        ):
            return reader.like(fact, other, "sibling")
    return None


def _share_of_slice(fact: Fact, reader: _Reader) -> Link | None:
    """占46% behind 道路运输12起, a slice of the accidents: the share is of what the slice is of."""
    own = reader.own[fact.id]
    if fact.quantity.dimension != "ratio" or own.how != "share" or own.indicator_id or not fact.antecedent:
        return None
    before = reader.wide.get(fact.antecedent) or reader.own[fact.antecedent]
    if before.how not in ("antecedent", "slice", "sibling") or not before.name or not own.name.endswith("占比"):
        return None
    return reader.linked(replace(fact, kind="rate"), before.name + "占比", "slice")


def _points(fact: Fact, reader: _Reader) -> Link | None:
    """Points that a plan gives to its tasks: 推进数据共享（5分）."""
    if fact.mention.by != "bracketed_score" or fact.kind != "max_score" or reader.own[fact.id].indicator_id:
        return None
    return Link(fact=fact.id, indicator_id=None, name="分值", score=0.0, how="slice")


# --- ways of saying what is measured ----------------------------------------------------------------------------------

_OF_BUDGET = re.compile(r"占(?:全年|年初|调整后?)?预算数?(?:占比|比重)|为预算数?占比|(?:占|为)(?:全年|年初)?预算数?$")
_PROGRESS = re.compile(r"(?:支出|执行|预算执行)进度(?:[约为达到已的完成]*)$")


def _execution(fact: Fact, reader: _Reader) -> Link | None:
    """占预算数的 98%, 支出进度 93%: 预算执行率."""
    if fact.quantity.dimension != "ratio" or fact.kind in _CHANGES:
        return None
    own = reader.own[fact.id]
    before = reader.lead(fact, fact.clause)
    if (own.indicator_id is None and ("预算" in own.name and _OF_BUDGET.search(own.name))) or _PROGRESS.search(before):
        return reader.linked(fact, "预算执行率", "said")
    return None


_AMONG = re.compile(r"在(?:全[国省市区县])?(?P<whole>[^，。；在中]{2,10})中，")


def _among(fact: Fact, reader: _Reader) -> Link | None:
    """在工业总产值中，国营工业所占的比重: the share is of 工业总产值."""
    if fact.quantity.dimension != "ratio" or fact.kind in _CHANGES or fact.cell is not None or "比重" not in fact.mention.text:
        return None
    said = _AMONG.search(reader.lead(fact, fact.sentence))
    return reader.linked(replace(fact, kind="rate"), said["whole"] + "占比", "slice") if said else None


_SPENT = re.compile(r"(?:实际|累计|共计?)*(?:支出|执行|使用)数?")
_OF_BODY = frozenset({"年初预算数", "全年预算数", "预算调整数", "本年支出", "预算", "本年收入"})


def _spent(fact: Fact, reader: _Reader) -> Link | None:
    """A bare 支出 or 执行: of the body behind its budget, of the project behind that of a project, of the funds told before."""
    if (
        fact.quantity.dimension != "money"
        or fact.kind != "level"
        or reader.own[fact.id].indicator_id
        or not _SPENT.fullmatch(core(fact.mention.text))
    ):
        return None
    for other in reader.before(fact, REACH):
        if other.quantity.dimension != "money":
            continue
        name = reader.of(other).name
        if "项目" in name or "专项" in name:
            return reader.linked(fact, "项目支出", "said")
        if name in _OF_BODY:
            return reader.linked(fact, "本年支出", "said")
        if name.endswith(("资金", "经费")):
            return reader.linked(fact, _LIGHT.sub("", name) + "支出", "said")
    return None


def _total_row(fact: Fact, reader: _Reader) -> Link | None:
    """总计 of an account of income and spending; 合计 under a title that says of what; the full mark of a sheet of scores."""
    if fact.cell is None or reader.own[fact.id].indicator_id:
        return None
    table = reader.document.tables[fact.cell.table]
    at = table.at(fact.cell.row, fact.cell.column)
    labels = table.context(at)[0] if at is not None else ()
    label = narrow(labels[-1]).strip("*") if labels else ""
    if label not in ("合计", "总计", "总分"):
        return None
    if fact.kind == "max_score":
        return reader.linked(replace(fact, kind="score"), "自评得分", "title")
    if fact.quantity.dimension != "money":
        return None
    if label == "总计" and re.search("收入支出|收支", table.title):
        return reader.linked(fact, "收入支出总计", "title")
    if "三公" in table.title and re.search("决算|支出|执行", _leaf(fact, table)):
        return reader.linked(fact, "三公经费支出", "title")
    return None


_SOURCE = re.compile(
    r"(?:其中)?(?:财政拨款|财政资金|其他资金|自有资金|自筹(?:资金)?|社会资金|单位资金|上级(?:资金|补助)?|(?:中央|省|市|县|区)级?(?:财政)?(?:资金|补助|配套)?|上年结转(?:资金)?)"
)


def _by_source(fact: Fact, reader: _Reader) -> Link | None:
    """实际支出数 › 合计 | 财政拨款 | 其他资金: the sources of what stands under 合计."""
    if fact.cell is None or fact.quantity.dimension != "money":
        return None
    table = reader.document.tables[fact.cell.table]
    path = table.headers[fact.cell.column] if fact.cell.column < len(table.headers) else ()
    if len(path) < 2 or not _SOURCE.fullmatch(narrow(path[-1])):
        return None
    for other in reader.rows[fact.cell.table, fact.cell.row]:
        theirs = table.headers[other.cell.column] if other.cell and other.cell.column < len(table.headers) else ()
        if theirs[:-1] == path[:-1] and narrow(theirs[-1]) in ("合计", "小计", "总计", "总额"):
            return reader.like(fact, other, "slice")
    return None


_YIELD = re.compile(r"总?产量?|单产")


def _yield(fact: Fact, reader: _Reader) -> Link | None:
    """粮食播种面积41万亩、总产17万吨: the bare 总产 is that of the crop before."""
    if reader.own[fact.id].indicator_id or fact.quantity.dimension == "money" or not _YIELD.fullmatch(core(fact.mention.text)):
        return None
    for other in reader.before(fact, 3):
        crop = re.sub("(?:播种|种植|收获)?(?:总)?面积$", "", core(other.mention.text))
        if other.sentence == fact.sentence and crop and crop != core(other.mention.text):
            return reader.linked(fact, crop + ("单产" if "单" in fact.mention.text else "产量"), "said")
    return None


_SATISFIED = re.compile(r".{1,8}满意(?P<of>度得分|度)")


def _satisfied(fact: Fact, reader: _Reader) -> Link | None:
    """居民满意度: whose satisfaction it is is no part of the name."""
    if reader.own[fact.id].indicator_id:
        return None
    name = reader.own[fact.id].name
    said = _SATISFIED.fullmatch(name)
    return reader.linked(fact, "满意" + said["of"], "body") if said else None


_LIGHT = re.compile(r"^(?:筹集|统筹|筹措|争取|落实|安排|投入|使用|接报|遭受|认定|支持|发现|各类|一般|一般程序|另|层层|入户)+(?=.{2})")


def _light(fact: Fact, reader: _Reader) -> Link | None:
    """统筹救灾资金: the funds, whatever was done to have them."""
    if fact.quantity.dimension not in ("money", "count") or reader.own[fact.id].indicator_id or fact.antecedent:
        return None
    words = core(fact.mention.text)
    said = _LIGHT.sub("", words)
    return reader.known(fact, said, "said") if said != words and (len(said) > 3 or fact.quantity.dimension == "money") else None


_CASE = re.compile(
    r"事故|(?<![放玩用])火|案|警|灾|事件|纠纷|违|诉|险情|救援|抢险|复议|诉讼|信访|举报|隐患|任务|处置|办结|结案|立案|出动|调查|件|罚|查|伤|亡|病|疫|故障|中毒|报"
)


def _bare_case(fact: Fact, reader: _Reader) -> Link | None:
    """道路运输12起 after 事故26起: cases whose words name no sort of case are of those told before."""
    own = reader.own[fact.id]
    if (
        fact.cell is not None
        or fact.quantity.unit not in ("起", "宗")
        or fact.kind != "level"
        or own.indicator_id
        or own.how not in ("open", "antecedent")
    ):
        return None
    words = core(fact.mention.text)
    if not words or _CASE.search(words) or (own.how == "antecedent" and _CASE.search(own.name)):
        return None
    for other in reader.before(fact, REACH):
        if other.cell is not None:
            break
        if other.kind == "level" and other.quantity.unit == fact.quantity.unit:
            link = reader.of(other)
            return replace(link, fact=fact.id, how="sibling") if _CASE.search(link.name) else None
    return None


# What is done, in what it is counted, and what that is called, whoever it is done to and whatever it is about.
_ACTIVITIES: tuple[tuple[re.Pattern[str], frozenset[str], str], ...] = (
    (
        re.compile(r".{0,8}培训|(?:免费|集中|轮训|组织|业务)*培训.{2,20}(?:人员|人才|干部|职工|员工|群众|骨干|对象|队员|负责人|学员|农民|教师)"),
        frozenset({"人次"}),
        "培训人次",
    ),
    (re.compile(r".{0,20}(?:检查|巡查|抽查).{0,16}"), frozenset({"家次"}), "检查企业家次数"),
    (re.compile(r".{1,6}(?<!消防)(?<!灭火)(?<!疏散)演练"), frozenset({"场", "次", "场次"}), "应急演练场次"),
    (re.compile(r"(?:共|先后|累计)?启动.{0,14}应急响应"), frozenset({"次"}), "应急响应启动次数"),
    (re.compile(r".{0,24}专题研究安全生产(?:工作)?"), frozenset({"次"}), "专题研究安全生产次数"),
)


def _activity(fact: Fact, reader: _Reader) -> Link | None:
    """培训基层骨干 in 人次 is 培训人次: whom one trains, and what one checks, is no part of the name."""
    if reader.own[fact.id].indicator_id or fact.kind not in ("level", "target") or fact.quantity.dimension != "count" or fact.antecedent:
        return None
    words = core(fact.mention.text)
    for pattern, units, name in _ACTIVITIES:
        if fact.quantity.unit in units and pattern.fullmatch(words):
            return reader.linked(fact, name, "activity")
    return None


_SCORED = re.compile(r"(?P<of>.{2,6}?)(?:类?指标)?(?:小计|合计|得分)*")


def _section_score(fact: Fact, reader: _Reader) -> Link | None:
    """过程类指标, 产出小计: the score of a section of the sheet."""
    if fact.kind not in ("score", "max_score") or reader.own[fact.id].indicator_id:
        return None
    said = _SCORED.fullmatch(re.sub(r"(?:得分|分值|评分|权重|满分)$", "", core(fact.mention.text, fact.kind)))
    return reader.known(fact, said["of"] + "得分", "said") if said else None


_LAST_YEAR = re.compile(r"(?:上年度?|去年|上期|同期)同?期?(?P<of>.{2,})")


def _last_year(fact: Fact, reader: _Reader) -> Link | None:
    """总产值 | 上年产值: the column of last year is of what a column before it is of."""
    if fact.cell is None or reader.own[fact.id].indicator_id:
        return None
    table = reader.document.tables[fact.cell.table]
    said = _LAST_YEAR.match(_leaf(fact, table))
    if said is None:
        return None
    of = re.sub(r"[（(].*", "", said["of"])
    for other in reader.rows[fact.cell.table, fact.cell.row]:
        assert other.cell is not None
        if other.cell.column < fact.cell.column and re.sub(r"[（(].*", "", _leaf(other, table)).endswith(of):
            return reader.like(fact, other, "column")
    return None


_REQUESTS = re.compile(r"(?:本?年)?(?:新收|收办|收到|受理|接收)(?:到)?(?:的)?(?:政府)?(?:信息公开)?(?:申请)?(?:案件|件)?数?量?")


def _requests(fact: Fact, reader: _Reader) -> Link | None:
    """新收 in a report on the disclosure of information: the requests received."""
    if reader.own[fact.id].indicator_id or fact.quantity.unit != "件" or not _REQUESTS.fullmatch(core(fact.mention.text, fact.kind)):
        return None
    about = "".join(reader.document.section_path(fact.section)) + reader.lead(fact, reader.document.blocks[fact.block].span)
    return reader.linked(replace(fact, kind="level"), "政府信息公开申请受理数", "said") if "信息公开" in about or "依申请公开" in about else None


def _in_brackets(fact: Fact, reader: _Reader) -> Link | None:
    """年中追加30万元（甲8万元、乙22万元）: what stands in brackets makes up the number before them."""
    if fact.mention.by != "part_of_total" or fact.quantity.dimension != "money" or fact.cell is not None:
        return None
    rank = reader.rank[fact.id]
    if rank == 0:
        return None
    before = reader.facts[rank - 1]
    between = reader.document.text[before.quantity.extent.end : fact.quantity.extent.start]
    if before.quantity.dimension != "money" or before.sentence != fact.sentence or (before.kind != "delta" and before.id not in reader.bracketed):
        return None
    if (between[:1] in "（(" if before.kind == "delta" else between[:1] in "、，,和") and (before.kind != "delta" or before.id in reader.wide):
        reader.bracketed.add(fact.id)
        return reader.like(fact, before, "slice")
    return None


_OFFICE = re.compile(r"决算|预算|部门|单位|自评")


def _income(fact: Fact, reader: _Reader) -> Link | None:
    """The bare 收入 and 支出 of a report on a body's budget."""
    words = core(fact.mention.text)
    if (
        fact.quantity.dimension != "money"
        or fact.kind != "level"
        or reader.own[fact.id].indicator_id
        or words not in ("收入", "支出")
        or fact.cell is not None
    ):
        return None
    about = reader.document.about.title + "".join(reader.document.section_path(fact.section))
    if reader.lead(fact, fact.clause).endswith("其他" + words):
        return reader.linked(fact, "其他" + words, "said")
    return reader.linked(fact, "本年" + words, "said") if _OFFICE.search(about) else None


_EVALUATION = re.compile(r"自评|绩效|评价")
_RATED = re.compile(r"(?:绩效)?(?:评级|评价|评定|自评|结果|等级|等次|评|项目|为|的)*(?:优秀?|良好?|中|差|不?合格|较差|一般)(?:等级|等次|的|级|项目)*")


def _projects(fact: Fact, reader: _Reader) -> Link | None:
    """对15个项目开展绩效自评, 评为优的7个: the projects of an evaluation, all or by their grade."""
    own = reader.own[fact.id]
    if fact.quantity.unit not in ("个", "项") or fact.kind not in ("level", "target") or own.indicator_id or fact.cell is not None:
        return None
    end = min(fact.sentence.end, fact.quantity.extent.end + LEAD)
    words, said = core(fact.mention.text), reader.lead(fact, fact.sentence) + reader.document.text[fact.quantity.extent.start : end]
    about = reader.document.about.title + "".join(reader.document.section_path(fact.section))
    if "项目" not in said or not (_EVALUATION.search(about) or _EVALUATION.search(said)):
        return None
    bare = not words and fact.mention.text == "项目" and (_EVALUATION.search(said) or "得分" in said)
    return reader.linked(fact, "绩效自评项目数", "said" if bare else "slice") if bare or _RATED.fullmatch(words) else None


_REMAINDER = re.compile(r"(?:其余|剩余|余下|尚余|还剩|剩)(?:的)?")
_DONE_WITH = re.compile(r"(?:已|已经)?(?:整改|整治|销号|销案|办结|结案|处置|修复|拆除|竣工|完工|开工|审结|化解|验收)")


def _remainder(fact: Fact, reader: _Reader) -> Link | None:
    """隐患26条，已整改20条，剩余6条: what is not yet done."""
    if not _REMAINDER.fullmatch(fact.mention.text) or fact.kind not in ("level", "target"):
        return None
    for other in reader.before(fact, REACH):
        if other.block != fact.block:
            break
        if other.quantity.unit == fact.quantity.unit and other.kind == "level":
            name = reader.of(other).name
            return reader.linked(fact, "未" + name, "said") if name and _DONE_WITH.match(core(other.mention.text)) else None
    return None


RULES: tuple[Callable[[Fact, _Reader], Link | None], ...] = (
    _change_column,
    _adjusted,
    _budget,
    _score_column,
    _by_source,
    _titled,
    _total_row,
    _grouped,
    _last_year,
    _section_score,
    _execution,
    _among,
    _spent,
    _income,
    _yield,
    _requests,
    _in_brackets,
    _projects,
    _remainder,
    _satisfied,
    _light,
    _activity,
    _achieved,
    _of_body,
    _summands,
    _listed,
    _labelled,
    _bare_label,
    _bare_case,
    _points,
    _share_of_slice,
    _taken_over,
    _unnamed,
)
