"""S205 balance: what was carried in, plus what came, less what went, is what is carried out.

What:
    年初结转结余 + 本年收入 − 本年支出 = 年末结转结余 where one section, one table row or four rows of a table state all four (上年结转 + 新收 −
    办结 = 结转下年); 年初 + 本年增加 − 本年减少 = 年末 and the three net flows of cash where a sentence tells them;
    审定价 − 已付 − 质保金 = 应付 of a settlement;
    期初 + 增加 − 减少 = 期末 in the rows of a table of stocks (年初库存, 调入, 发放, 期末结存) that most other rows keep; and the accounts of fixed
    forms whose figures stand in sections of their own (收、支总计 of a settlement, also of its 财政拨款; a housing fund's 缴存总额, loans and gain).

Why:
    The balance is the one equation that every account must keep. Where it breaks, one of the four was copied from elsewhere.

Fires:
    一、收支情况
    年初结转和结余10.20万元，本年收入300.00万元，本年支出295.10万元，年末结转和结余12.10万元。

Left alone:
    一、收支情况
    年初结转和结余10.20万元，本年收入300.00万元，本年支出298.10万元，年末结转和结余12.10万元。

False alarms:
    结余分配 or 使用非财政拨款结余 that the section does not state as a number.

Source:
    《政府会计制度——行政事业单位会计科目和报表》（财会〔2017〕25号）：结转结余的计算口径

In Chinese:
    年初结转结余＋本年收入－本年支出应等于年末结转结余；库存、案件等的期初、增加、减少、期末也应如此。
    另有结余分配、使用非财政拨款结余而没有写出数额的，可能误报。
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extract import intervals as iv
from extract.checks._accounts import accounts
from extract.checks._lists import lists
from extract.checks._prose_balance import balances
from extract.checks._still_to_pay import still_to_pay
from extract.checks._tables import asked_grids
from extract.checks._values import interval_of
from extract.checks._words import bare
from extract.relations import CheckRule, Context, Relation
from extract.types import Fact

_HELD = r"[^，。；、]{0,6}?(?:结转|结余|结存|节余|余额|存量|库存)[^，。；、]{0,5}$"
_TOTAL = r"(?:合计|总额|总计|数|额)?[为共计达]{0,2}$"
TERMS = {
    "opening": re.compile(rf"(?:年初|期初|上年(?!末)|上年末){_HELD}|^(?:期初|年初)(?:数|余额)?$"),
    "income": re.compile(rf"(?:^|本年|当年|全年|年度|本期)(?:收入|增加){_TOTAL}"),
    "spending": re.compile(rf"(?:^|本年|当年|全年|年度|本期)(?:支出|减少){_TOTAL}"),
    "closing": re.compile(rf"(?:年末|期末){_HELD}|^(?:期末|年末)(?:数|余额)?$"),
}
ROWS = {
    "closing": re.compile(r"(?:年末|期末)(?:结转|结余|结存|节余|余额|库存|未[办结])|结转下年|结转到?下一?年"),
    "opening": re.compile(r"(?:年初|期初|上年)(?:结转|结余|结存|节余|余额|库存|未[办结])"),
    "income": re.compile(r"本年(?:度)?(?:新收|新增|收入合计|收入$)|^新收|新收[^，。；]{0,12}数量?$|(?:本期|本年)增加"),
    "spending": re.compile(r"(?:办理结果|办结|处理结果)[^，。；]{0,10}(?:总计|合计|小计)$|本年(?:度)?(?:支出合计|支出$|办结)|(?:本期|本年)减少"),
}
"""What the rows of a table say that they are, where the four terms stand below each other; the first pattern that fits."""
MORE = re.compile(r"结余分配|使用非财政拨款结余|用事业基金弥补|使用专用结余")
OPENED = re.compile(r"(?:年初|期初|月初|季初|上年|上期|上月|原)(?:末|底)?(?:库存|结存|结转|结余|余额|存量|在册|未[办结]|数|户数|人数)?")
CLOSED = re.compile(r"(?:年末|期末|月末|季末|年底|现)(?:库存|结存|结转|结余|余额|存量|在册|未[办结]|数)?|结存|库存|结余|剩余|余额|未办结|存量")
CAME = re.compile(r"调入|购入|采购|购置|收入|收到|接收|入库|补充|新增|增加|新收|受理|新立|下达|拨入|捐赠|转入")
WENT = re.compile(r"调出|发放|发出|支出|出库|领用|消耗|使用|减少|报废|核销|办结|结案|拨出|转出|注销|退出|销号")
ENOUGH = 2
"""A table of stocks is believed if so many other rows keep the balance."""
_FUND = re.compile(r"(?P<what>[^，。；：、]{3,}?)(?:年初|期初|上年)")
_REACH = 16
_OWED = re.compile(r"借款|贷款|债|欠|应[收付]|存款|保证金")
"""What is lent, owed or deposited is not what income and spending leave."""
NEAR = 4
"""The four stand within this many blocks of each other."""


def find(context: Context) -> Iterator[Relation]:
    """Balances of sections and of tables."""
    yield from accounts(context)
    yield from still_to_pay(context)
    yield from _in_prose(context)
    yield from balances(context)
    yield from _in_tables(context)
    yield from _stocks(context)
    yield from _rows(context)


def _in_prose(context: Context) -> Iterator[Relation]:
    for facts in context.by_section.values():
        levels = [fact for fact in facts if fact.cell is None and fact.kind == "level"]
        openings = [fact for fact in levels if _role(fact, context, ("opening",))]
        terms = [(role, fact) for fact in levels if (role := _role(fact, context))] if openings else []
        for opening in openings[:NEAR]:
            near = [(role, fact) for role, fact in terms if abs(fact.block - opening.block) <= NEAR and _like(opening, fact)]
            chosen = {role: min((f for r, f in near if r == role), key=lambda f: _distance(opening, f), default=None) for role in TERMS}
            if all(chosen.values()):
                four = {role: fact for role, fact in chosen.items() if fact is not None}
                if _inside(four, context) or _held_without(four) or _of_one_fund(four, context):
                    continue
                yield _relation(four, more=_more(facts, context) or _another(four, facts))


def _inside(four: dict[str, Fact], context: Context) -> bool:
    """收入总计…，其中：…上年结转…; 支出总计…，其中：…结转下年: a total that holds what was carried in or out is not changed by it again."""
    whole = lists(context).whole
    sides = (("opening", "income"), ("closing", "spending"))
    return any(whole.get(four[part].id) is four[total] for part, total in sides)


def _held_without(four: dict[str, Fact]) -> bool:
    """收入总计2013.55万元…支出1928.65万元，年末结余84.90万元: a total that holds what was carried in, without saying so, leaves just what is left."""
    income, spending, closing = (interval_of(four[role]) for role in ("income", "spending", "closing"))
    return iv.meet(closing, iv.sub(income, spending)) and (four["opening"].quantity.value or 0) != 0


def _of_one_fund(four: dict[str, Fact], context: Context) -> bool:
    """收入486万元…，支出412万元…，其中统筹基金年初结余330万元: what is carried in is named, and what came and went before is not its."""
    opening = four["opening"]
    named = _FUND.search(bare(context.before(opening, opening.clause)))
    flows = (four["income"], four["spending"])
    return named is not None and any(
        fact.quantity.span.start < opening.quantity.span.start and named["what"] not in context.before(fact, fact.clause) for fact in flows
    )


def _another(four: dict[str, Fact], facts: tuple[Fact, ...]) -> bool:
    """Whether one more figure told between the four is just what they miss one another by: 利息收入1.2万元."""
    first, last = (pick(fact.quantity.span.start for fact in four.values()) for pick in (min, max))
    chosen = {fact.id for fact in four.values()}
    values = {role: interval_of(fact) for role, fact in four.items()}
    due = iv.sub(iv.add(values["opening"], values["income"]), values["spending"])
    gaps = iv.sub(values["closing"], due), iv.sub(due, values["closing"])
    others = (f for f in facts if first < f.quantity.span.start < last and f.id not in chosen and f.kind == "level" and _like(four["closing"], f))
    return any(iv.meet(gap, interval_of(fact)) for fact in others for gap in gaps)


def _role(fact: Fact, context: Context, roles: Iterable[str] = TERMS) -> str:
    """The first of the roles that the words before a fact give it; "" for none."""
    words = bare(context.before(fact, fact.clause))[-_REACH:]
    found = next((role for role in roles if TERMS[role].search(words)), "")
    return "" if found and _OWED.search(words) else found


def _like(first: Fact, second: Fact) -> bool:
    return first.quantity.dimension == second.quantity.dimension


def _distance(first: Fact, second: Fact) -> int:
    return abs(first.quantity.span.start - second.quantity.span.start)


def _more(facts: tuple[Fact, ...], context: Context) -> bool:
    start, end = facts[0].sentence.start, facts[-1].sentence.end
    return bool(MORE.search(context.text, start, end))


def _in_tables(context: Context) -> Iterator[Relation]:
    for grid in asked_grids(context):
        columns = {role: [c for c in grid.columns if pattern.search(grid.header(c)[-1] if grid.header(c) else "")] for role, pattern in TERMS.items()}
        if any(len(found) != 1 for found in columns.values()):
            continue
        for row in grid.body:
            chosen = {role: fact for role, (column,) in columns.items() if (fact := grid.facts.get((row, column)))}
            if len(chosen) == len(TERMS):
                yield _relation(chosen, more=any(MORE.search(title) for title in map(grid.title, grid.columns)))


def _stocks(context: Context) -> Iterator[Relation]:
    """Tables of what is in store: 年初库存 + 调入 − 发放 = 期末结存, believed if most other rows keep it."""
    for grid in asked_grids(context):
        columns = [c for c in grid.columns if grid.header(c) and grid.added(c)]
        first = [c for c in columns if OPENED.search(grid.title(c))]
        last = [c for c in columns if CLOSED.search(grid.title(c)) and c not in first]
        if len(first) != 1 or len(last) != 1 or first[0] > last[0]:
            continue
        between = [c for c in columns if first[0] < c < last[0]]
        came = [c for c in between if CAME.search(grid.title(c)) and not WENT.search(grid.title(c))]
        went = [c for c in between if WENT.search(grid.title(c)) and not CAME.search(grid.title(c))]
        if not came or not went or len(came) + len(went) < len(between):
            continue
        rows = [row for row in grid.body if all((row, c) in grid.facts for c in (*first, *between, *last))]
        found = []
        for row in rows:
            start, end = grid.facts[row, first[0]], grid.facts[row, last[0]]
            more, less = ([grid.facts[row, c] for c in side] for side in (came, went))
            if all(_like(start, fact) for fact in (*more, *less, end)):
                holds = iv.meet(interval_of(end), iv.sub(iv.total(map(interval_of, (start, *more))), iv.total(map(interval_of, less))))
                found.append((start, more, less, end, holds))
        kept = sum(holds for *_, holds in found)
        for start, more, less, end, holds in found:
            sure = kept - holds >= ENOUGH and (kept - holds) * 3 >= (len(found) - 1) * 2
            roles = {"total": (end.id,), "parts": (start.id, *(f.id for f in more)), "less": tuple(f.id for f in less)}
            note = "期初 + 增加 − 减少 = 期末"
            yield Relation(type="sum", roles=roles, certain=sure, note=note, note_en="Opening stock + in − out = closing stock")


def _rows(context: Context) -> Iterator[Relation]:
    """Tables whose rows are the four terms, in one column each (新收, 上年结转, 办理结果总计, 结转下年度) or on two sides (收入 | 支出)."""
    for grid in asked_grids(context):
        sides = {side: [c for c in grid.columns if grid.sides.get(c) == side and grid.added(c)] for side in {grid.sides.get(c) for c in grid.columns}}
        found: dict[str, list[tuple[int, int | None]]] = {}
        more: list[tuple[int, int | None]] = []
        for side, columns in sides.items():
            for row in grid.body if columns else ():
                label = grid.label(row, columns[0])
                words = label if side is not None else "".join(grid.path(row))
                role = next((role for role, pattern in ROWS.items() if pattern.search(words)), None)
                if role is not None:
                    found.setdefault(role, []).append((row, side))
                elif MORE.search(words):
                    more.append((row, side))
        if any(len(found.get(role, ())) != 1 for role in ROWS):
            continue
        places = {role: rows[0] for role, rows in found.items()}
        across = len({side for _, side in places.values()}) > 1
        terms: list[tuple[dict[str, Fact], bool]] = []
        for n in range(1 if across else len(sides[places["opening"][1]])):
            chosen = {role: fact for role, (row, side) in places.items() if len(sides[side]) > n and (fact := grid.facts.get((row, sides[side][n])))}
            extra = any((fact := grid.facts.get((row, sides[side][n]))) and fact.quantity.value for row, side in more if len(sides[side]) > n)
            if len(chosen) == len(ROWS) and len({fact.quantity.dimension for fact in chosen.values()}) == 1:
                terms.append((chosen, extra))
        kept = [_kept(chosen) for chosen, _ in terms]
        for (chosen, extra), ok in zip(terms, kept, strict=True):
            others = sum(kept) - ok
            if ok or not extra:
                yield replace(_relation(chosen, more=extra), certain=not extra and (len(terms) == 1 or 0 < len(terms) - 1 <= others * 2))


def _kept(terms: dict[str, Fact]) -> bool:
    values = {role: interval_of(fact) for role, fact in terms.items()}
    return iv.meet(values["closing"], iv.sub(iv.add(values["opening"], values["income"]), values["spending"]))


def _relation(terms: dict[str, Fact], *, more: bool) -> Relation:
    roles = {"total": (terms["closing"].id,), "parts": (terms["opening"].id, terms["income"].id), "less": (terms["spending"].id,)}
    note = "年初结转结余 + 本年收入 − 本年支出 = 年末结转结余"
    return Relation(type="sum", roles=roles, certain=not more, note=note, note_en="Opening balance + income − spending = closing balance")


CHECK = CheckRule(code="S205", name="balance", name_zh="收支结余", severity="error", find=find)
