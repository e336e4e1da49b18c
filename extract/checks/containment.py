"""B801 containment: a subset is not larger than what contains it.

What:
    Indicators that the catalogue puts within one another (死亡人数 within 伤亡人数, 基本支出 within 本年支出), for one subject and year:
    in one sentence, or in one row or column of a table, where the words are those of the catalogue. Elsewhere, where the document
    states each of them once, and for amounts of money, which reports cut in many ways, a subset that is larger is put up for
    review; but 总计 of accounts is never less than the income or the spending that it takes in, nor a figure under the catalogue's
    words less than its subset right behind it.

Why:
    More injured than were in the accident, more spent on cars than on all: one of the two is another year's, another unit's, or
    a slip.

Fires:
    全县紧急转移安置1286人，集中安置2186人。

Left alone:
    全县紧急转移安置1286人，集中安置218人。

False alarms:
    A subset of a wider whole that the sentence does not name.

Source:
    The catalogue of indicators (within, parts).

In Chinese:
    子项不应大于包含它的整体：死亡人数不超过伤亡人数，基本支出不超过本年支出。
    句中没有点明的、更大范围的子项，可能误报。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks._values import interval_of
from extract.checks._words import core, spelled
from extract.relations import CheckRule, Context, Relation
from extract.types import Fact, Interval

_BARE = re.compile(r"(?:年初)?(?:支出|收入)?(?:预算|决算)数?")
_OWN = re.compile(r"^[本我](?:部门|单位|年度?|级|[局院校县市区镇乡])")


def find(context: Context) -> Iterator[Relation]:
    """Each subset with the one statement of each of its wholes beside it, else with the one that the document makes."""
    stated: dict[object, list[Fact]] = {}
    told: dict[object, set[Interval]] = {}
    wholes: dict[object, set[Interval]] = {}
    stating = [fact for fact in context.facts if _states(fact)]
    if not context.asks(stating):
        return
    stating = _without_lines(stating)
    parents: dict[str, set[str]] = {}
    for indicator in filter(None, map(context.catalogue.get, {context.name(fact) for fact in stating})):
        parents.setdefault(indicator.id, set()).update(indicator.within)
        for part in indicator.parts:
            parents.setdefault(part, set()).add(indicator.id)
    compared = {name for part, above in parents.items() if above for name in (part, *above)}
    stating = [fact for fact in stating if context.name(fact) in compared]
    for fact in stating:
        key = (context.name(fact), *_whose(fact, context))
        told.setdefault(key, set()).add(interval_of(fact))
        if _is_slice(fact):
            continue
        wholes.setdefault(key, set()).add(interval_of(fact))
        for place in (None, *_places(fact)):
            stated.setdefault((key, place), []).append(fact)
    for fact in stating:
        whose = _whose(fact, context)
        for name in sorted(parents.get(context.name(fact), ())):
            lines = [found[0] for place in _places(fact) if len(found := stated.get(((name, *whose), place), [])) == 1]
            own = (told if _is_slice(fact) else wholes)[context.name(fact), *whose]
            once = len(wholes.get((name, *whose), ())) == len(own) == 1
            if not lines and not once:
                continue
            whole = lines[0] if lines else stated[(name, *whose), None][0]
            # 总计 takes in the income of the year and what was brought forward, wherever it is stated
            account = once and core(whole.mention.text).endswith("总计") and core(fact.mention.text).endswith(("收入", "支出"))
            if whole.quantity.dimension == fact.quantity.dimension and (account or not _is_slice(fact)):
                sure = account or (bool(lines) and _named(whole, context) and _named(fact, context))
                sure = sure or (once and _follows(fact, whole) and _called(whole, context) and _called(fact, context) and _names(fact, whole))
                yield Relation(type="part", roles={"whole": (whole.id,), "part": (fact.id,)}, certain=sure)


def _without_lines(stating: list[Fact]) -> list[Fact]:
    """Without 支出决算 said alone of several amounts: each is of the line that its paragraph is about, whatever all of them link to."""
    amounts: dict[str, set[Interval]] = {}
    for fact in stating:
        if fact.cell is None and _BARE.fullmatch(fact.mention.text):
            amounts.setdefault(fact.mention.text, set()).add(interval_of(fact))
    return [fact for fact in stating if len(amounts.get(fact.mention.text, ())) < 2 or fact.cell is not None]


def _places(fact: Fact) -> tuple[object, ...]:
    """The sentence, or the row and the column of a table, in which a fact stands."""
    if fact.cell is None:
        return (fact.sentence,)
    return ("row", fact.cell.table, fact.cell.row), ("column", fact.cell.table, fact.cell.column)


def _states(fact: Fact) -> bool:
    """Whether a fact is a level of which no more is said than that 其中 puts it under another one."""
    return fact.kind == "level" and fact.quantity.value is not None and not {*fact.qualifiers} - {"其中"} and bool(fact.quantity.dimension)


def _named(fact: Fact, context: Context) -> bool:
    """Whether the words of a count are those of its indicator: 行政在职 is a narrower whole than 在职."""
    return fact.quantity.dimension != "money" and _called(fact, context)


def _is_slice(fact: Fact) -> bool:
    """Whether the text puts a fact under another figure, so that its whole is that one."""
    return bool(fact.qualifiers) or _is_kind(fact)


def _is_kind(fact: Fact) -> bool:
    """Whether the subject of a slice is the kind that it is of (其中财政拨款收入), and no body (其中甲镇)."""
    return bool(fact.subject) and fact.subject == fact.mention.text


def _called(fact: Fact, context: Context) -> bool:
    """Whether the words of a fact are those of its indicator, said of one's own body: 本部门政府采购预算."""
    indicator = context.indicator(fact)
    words = core(_OWN.sub("", fact.mention.text))
    return indicator is not None and any(words == core(name) for name in (indicator.name, *indicator.aliases))


def _names(part: Fact, whole: Fact) -> bool:
    """Whether the words of the part hold those of the whole: 预留政府采购项目预算金额 of 政府采购预算."""
    return spelled(core(_OWN.sub("", whole.mention.text)), core(part.mention.text))


def _follows(part: Fact, whole: Fact) -> bool:
    """Whether the part is told in prose right behind the whole: in its sentence, its paragraph or the next one of the section."""
    return part.cell is None and whole.cell is None and part.section == whole.section and part.block - whole.block in (0, 1)


def _whose(fact: Fact, context: Context) -> tuple[str, str]:
    year = fact.period[:4] if fact.period[:4].isdigit() else fact.period
    return "" if _is_kind(fact) else fact.subject, "" if year == context.document.about.year else year


CHECK = CheckRule(code="B801", name="containment", name_zh="包含关系", severity="warning", find=find)
