"""What speaks against a failing relation, however well its figures could be mended: its words, or another arithmetic of the passage."""

from __future__ import annotations

import re
from decimal import Decimal

import regex

from extract import intervals as iv
from extract.checks._keys import by_value
from extract.checks._list_words import outside
from extract.checks._otherwise import otherwise
from extract.checks._own_figures import numerators
from extract.checks._rates import COMMON, says_base, sizes
from extract.checks._slips import mended, significant, tenfold
from extract.checks._values import SHARES, factor, is_rate
from extract.checks._words import bigrams, core
from extract.relations import Context, Relation
from extract.types import Fact

TELLING = 3
"""So many digits of a share say what it is a share of."""
_BEGINNING, _END = re.compile(r"[年期]初"), re.compile(r"[年期]末|\d{4}-12-31")
_OUT_OF = re.compile(r"\s*中(?:列支|支付|安排|支出|解决|开支|调剂|提取)")
_BELOW = re.compile(r"[低高]于")
_FORMER = re.compile(r"[比较][上去]年[末底]?(?:同期)?的?$|[比较与同][上去]年[^，。；\d]{0,6}率$")
_SUBTOTAL = re.compile(r"(?:前[一二两三四五六七八九十]|其中)[^，。；\d]*合计[^，。；\d]{0,6}$")
_SUBTOTAL_WORDS = 40
_BOTH = re.compile(r"[两二三四五六七八九十]\D{1,2}(?:合计|共|相加|之和)")
_PLANNED = re.compile(r"计划|目标|任务|预算")
_MONEY_PLANNED = re.compile(r"计划|目标|任务|(?<!公共)(?<!基金)(?<!经营)预算")
"""调出至一般公共预算14800万元: an account, nothing planned."""
_SPARED = re.compile(r"节[省约余支]|结余|超支")
_DONE = re.compile(r"实际|完成|已")
_THIS_YEAR = re.compile(r"本年|今年|当年|本期")
_ANEW = re.compile(r"[，,；;][较比与][^，,；;]*$")
_COUPLED = regex.compile(r"、\p{Han}{2,4}")
_DIVIDED = re.compile(r"[。；]按[^，。；]{1,8}[分看]")
_COMPARED = re.compile(r"[比较][^，。；]{1,8}(?:多|少|增加|减少)了?$")
_APART = re.compile(r"[，,；;、（(]")
_OVERALL = re.compile(r"总体|整体|总的")
_FIRST_ROUND = re.compile(r"初[检审核评筛测]|首[检测轮]")
_GONE = ("注销", "退出", "退库", "转出", "迁出", "核销")
_CAME = re.compile(r"年初|期初|新登记|新增|新设|新入")
_LIMIT = re.compile(r"(?:[低高]于|超过|不超|上限|限额)[^，。；（）]{0,20}（[^（）]*$")
_OPENS = re.compile(r"[：:]|其中|包括|分别")
_STOCK = re.compile(r"累计|[年期][初末]")
_AMONG = re.compile(r"[当之]?中(?:有|，|的)")
_ENOUGH_FOR = re.compile(r"(?:可|能)(?:供|满足|保障|覆盖|服务|解决)|相当于|折合")
_APPROPRIATED = re.compile(r"安排|预算[为数]")
_AND = re.compile(r"[^，。；：、（\d](?:以及|及|连同|加上|和|与)$")
_OF_ALL_YEARS = re.compile(r"滚存|累计结[余转存]")
_PLAN = re.compile(r"计划|目标|任务|预算|指标")
_OF_BEFORE = re.compile(r"^(?:而)?(?:上年|去年|前年|上一年度?)(?:同期)?(?!末|底|结转|结余)")
_IN_PLACE_OF = re.compile(r"实为|(?:修|更|订|改)正|连同|加上|(?:修|更|订)改为")
_EACH = re.compile(r"各(?!项|类|地|级|种|乡|镇|县|区|市|街|部|单|个|方|界|族|省|校|院|科|线|环|自)")
_MOST_EACH = 6
_TOTAL = re.compile(r"合计|总计|小计|总额|总数")
_TABLE = 60
"""So many rows above a total another one is looked for."""
_EXTRA = re.compile(r"加减分|附加分|加分项|奖励分|倒扣分")


def misread(relation: Relation, context: Context) -> bool:
    """Whether the figures of a failing relation were never meant to go together."""
    if relation.type == "growth" and _limit(relation, context):
        return True
    doubts = _DOUBTS.get(relation.type, ()) if context.order else ()
    return any(doubt(relation, context) for doubt in doubts) or otherwise(relation, context)


def _limit(relation: Relation, context: Context) -> bool:
    """比上年下降1.8个百分点，低于15%的问责线: no change, but a line to stay below."""
    change = context.by_id[relation.roles["change"][0]]
    start = change.quantity.extent.start
    return _BELOW.search(context.text[max(0, start - 2) : change.quantity.span.start]) is not None


def _dwarfed(relation: Relation, context: Context) -> bool:
    """停测4点次后监测各40点次，分别达标39点次和35点次: each of the parts is more than what they were taken to divide."""
    total, *parts = (context.by_id[i].quantity for role in ("total", "parts") for i in relation.roles[role])
    whole = total.interval.high
    if relation.roles.get("less") or whole is None or whole <= 0 or tenfold(total, iv.total(p.interval for p in parts)) or mended(total, parts):
        return False
    return all(part.interval.low is not None and part.interval.low > whole for part in parts)


def _beyond(relation: Relation, context: Context) -> bool:
    """1806列始发列车中晚点13列；终到列车1812列，晚点31列: behind a semicolon stands a figure that is more than what it was taken for a part of."""
    total, first, *parts = (context.by_id[i] for role in ("total", "parts") for i in relation.roles[role])
    whole = total.quantity.interval.high
    if whole is None or whole <= 0 or first.cell is not None:
        return False
    more = (part for part in parts if part.quantity.interval.low is not None and part.quantity.interval.low > whole)
    return any("；" in context.between(first, part) for part in more)


def _of_former(relation: Relation, context: Context) -> bool:
    """诉讼较上年12件减少3件, 2022年支出5412.90万元，本年增加277.74万元，增长5.13%: what was before is no level that changed."""
    current = context.by_id[relation.roles["current"][0]]
    if current.cell is not None:
        return False
    changes = [context.by_id[i] for name in ("step", "change") for i in relation.roles.get(name, ())]
    behind = [fact for fact in changes if fact.sentence == current.sentence]
    anew = any(_THIS_YEAR.search(context.between(current, fact)) for fact in behind[:1])
    return (anew and not relation.roles.get("previous")) or _FORMER.search(context.before(current, current.clause)) is not None


def _of_next_change(relation: Relation, context: Context) -> bool:
    """41天，比常年多14天，较上年的52天少11天: what is compared with anew is the base of the change behind it."""
    if not relation.roles.get("previous"):
        return False
    change, previous = (context.by_id[relation.roles[name][0]] for name in ("change", "previous"))
    after = context.order[previous.id] + 1
    if previous.cell is not None or not context.order[change.id] < context.order[previous.id] or after == len(context.facts):
        return False
    other = context.facts[after]
    changed = other.kind == "delta" and other.sentence == previous.sentence and _APART.search(context.between(previous, other)) is None
    return changed and _ANEW.search(context.between(change, previous)) is not None


def _of_the_other_end(relation: Relation, context: Context) -> bool:
    """年初职工1286人，年末1270人；年末职工中女职工438人，占34.7%: a part of what there is at the end is no share of what there was."""
    num, den = ([context.by_id[i].period for i in relation.roles[role]] for role in ("num", "den"))
    pairs = ((num, den), (den, num))
    return any(all(map(_END.fullmatch, ends)) and all(map(_BEGINNING.fullmatch, begins)) for ends, begins in pairs)


def _drawn_from(relation: Relation, context: Context) -> bool:
    """支出2046.7万元（从上年度提取的2110.0万元中列支），下降2.46%: what money is taken out of is no level that fell."""
    levels = (context.by_id[i] for name in ("current", "previous") for i in relation.roles.get(name, ()))
    return any(_OUT_OF.match(context.text, fact.quantity.extent.end) for fact in levels)


def _came_or_went(relation: Relation, context: Context) -> bool:
    """较上年末新增2家、减少1家: neither is by how much there are more."""
    change = context.by_id[relation.roles["change"][0]]
    at = context.order[change.id]
    if change.cell is not None or is_rate(change.quantity) or not change.quantity.value:
        return False
    value, unit = change.quantity.value, change.quantity.unit
    near = [context.facts[n] for n in (at - 1, at + 1) if 0 <= n < len(context.facts)]
    other_way = (fact for fact in near if fact.kind == "delta" and fact.quantity.unit == unit and (fact.quantity.value or 0) * value < 0)
    return any(_COUPLED.fullmatch(context.between(change, fact) or context.between(fact, change)) for fact in other_way)


def _planned(relation: Relation, context: Context) -> bool:
    """What is to be is no share of what is; and no share of what was done is one of what was planned, unless it says so."""
    rate = context.by_id[relation.roles["rate"][0]]
    goals = [i for i in relation.roles["den"] if context.by_id[i].kind == "target"]
    said = _PLAN.search(context.before(rate, rate.clause)) or _PLAN.search(rate.mention.text)
    return rate.kind == "target" or (bool(goals) and rate.cell is None and "占比" in context.before(rate, rate.clause) and said is None)


def _of_plan(relation: Relation, context: Context) -> bool:
    """计划检测水样1440份，实际检测1512份: what was done is no part of what was planned."""
    whole, part = (context.by_id[relation.roles[role][0]] for role in ("whole", "part"))
    planned = whole.cell is None and _PLANNED.search(context.before(whole, whole.clause)) is not None
    return planned and part.cell is None and _DONE.search(context.before(part, part.clause)) is not None


def _of_change(relation: Relation, context: Context) -> bool:
    """合计 增减额264.15, 其中：甲类363.61: by how much a part rose may well be more than by how much the whole did."""
    whole, part = (context.by_id[relation.roles[role][0]] for role in ("whole", "part"))
    return part.cell is not None and {whole.kind, part.kind} <= {"delta", "growth"}


def _unheaded(relation: Relation, context: Context) -> bool:
    """Figures without a unit in a column that no header names may be rates, of which a part may be more than the whole."""
    whole, part = (context.by_id[relation.roles[role][0]] for role in ("whole", "part"))
    if part.cell is None or whole.cell is None or part.quantity.unit or whole.quantity.unit:
        return False
    headers = context.document.tables[part.cell.table].headers
    return part.cell.column >= len(headers) or not any(headers[part.cell.column])


def _of_another_division(relation: Relation, context: Context) -> bool:
    """按来源分…其他捐赠412.8万元。按形式分，货币资金2795.4万元: the second division is not of the last item of the first."""
    whole, part = (context.by_id[relation.roles[role][0]] for role in ("whole", "part"))
    return part.cell is None and whole.block == part.block and _DIVIDED.search(context.between(whole, part)) is not None


def _side_by_side(relation: Relation, context: Context) -> bool:
    """窗口办理18.62万笔，网上办理171.3万笔，网办率90.2%: the two make the whole that the rate is of."""
    whole, part = (context.by_id[relation.roles[role][0]] for role in ("whole", "part"))
    if part.cell is not None or whole.sentence != part.sentence:
        return False
    both = iv.add(whole.quantity.interval, part.quantity.interval)
    share = iv.ratio(part.quantity.interval, both)
    rates = (fact for fact in context.by_sentence.get(part.sentence, ()) if fact.kind == "rate" and len(significant(fact)) >= TELLING)
    return share is not None and any(iv.meet(iv.percent(share), iv.scaled(rate.quantity.interval, factor(rate.quantity))) for rate in rates)


def _whole_itself(relation: Relation, context: Context) -> bool:
    """甲类105人中有101人，乙类286人中有279人: what has parts of its own told behind it is no part of the whole before."""
    whole, part = (context.by_id[relation.roles[role][0]] for role in ("whole", "part"))
    if part.cell is not None or whole.sentence != part.sentence:
        return False
    behind = context.facts[context.order[whole.id] + 1 : context.order[part.id] + 1]
    return any(_AMONG.match(context.text, fact.quantity.extent.end) for fact in behind)


def _serves(relation: Relation, context: Context) -> bool:
    """秧田2.14万亩，可供大田6万余亩: what something is enough for is no part of it."""
    part = context.by_id[relation.roles["part"][0]]
    return part.cell is None and _ENOUGH_FOR.match(context.before(part, part.clause)) is not None


def _stock(relation: Relation, context: Context) -> bool:
    """去重用户21.36万人…，周末累计注册用户184.72万人; 当年结余1286万元，…，年末滚存结余9642万元: what has come together over years is no part of
    what came in a week or a year."""
    whole, part = (context.before(fact, fact.clause) for fact in (context.by_id[relation.roles[role][0]] for role in ("whole", "part")))
    if context.by_id[relation.roles["part"][0]].cell is not None:
        return False
    return any(stock.search(part) is not None and stock.search(whole) is None for stock in (_STOCK, _OF_ALL_YEARS))


def _limit_in_brackets(relation: Relation, context: Context) -> bool:
    """累计付款6958万元，低于约定的上限（合同价的80%，即7012.72万元）: a mark to stay below is no part."""
    whole, part = (context.by_id[relation.roles[role][0]] for role in ("whole", "part"))
    between = context.between(whole, part) if whole.block == part.block else ""
    return _LIMIT.search(between) is not None


def _of_before(relation: Relation, context: Context) -> bool:
    """基金收入21350万元，其中土地出让19872万元，上年同期为28968万元: what it was the year before is no part of this year's."""
    whole, part = (context.by_id[relation.roles[role][0]] for role in ("whole", "part"))
    told = part.cell is None and whole.cell is None and whole.sentence == part.sentence
    return told and _OF_BEFORE.match(context.before(part, part.clause)) is not None and whole.period != part.period


def _in_place_of(relation: Relation, context: Context) -> bool:
    """三个委员会15名、5名和7名，其中3人兼任，实为24人; 报价275.20万元…，修正为276.40万元: of all, or instead of it."""
    whole, part = (context.by_id[relation.roles[role][0]] for role in ("whole", "part"))
    words = context.between(whole, part) if whole.sentence == part.sentence else context.before(part, part.sentence)
    return part.cell is None and whole.block == part.block and _IN_PLACE_OF.search(words) is not None


def _for_each(relation: Relation, context: Context) -> bool:
    """男、女各奖前三名，奖金依次为6万元、4万元、3万元，共26万元: what each gets, so many times."""
    parts, total = [context.by_id[i] for i in relation.roles["parts"]], context.by_id[relation.roles["total"][0]]
    if parts[0].cell is not None or relation.roles.get("less") or _EACH.search(context.before(parts[0], parts[0].sentence)) is None:
        return False
    added = iv.total(part.quantity.interval for part in parts)
    return any(iv.meet(iv.scaled(added, Decimal(times)), total.quantity.interval) for times in range(2, _MOST_EACH))


def _full_marks(relation: Relation, context: Context) -> bool:
    """综合评分93.5分（满分100分，90分及以上为优良）: full marks and the marks of a grade are no parts of a score."""
    return any(context.by_id[i].kind == "max_score" for i in relation.roles["parts"]) and context.by_id[relation.roles["total"][0]].kind == "score"


def _of_other_things(relation: Relation, context: Context) -> bool:
    """费用合计 below 收入合计 and the rows that make it: a total of other things, whose own rows the table does not tell."""
    total, parts = context.by_id[relation.roles["total"][0]], [context.by_id[i] for i in relation.roles["parts"]]
    if total.cell is None or relation.roles.get("less") or any(part.cell is None for part in parts):
        return False
    added = iv.total(part.quantity.interval for part in parts)
    own, members = _things(total), {total.id, *relation.roles["parts"]}
    rows = range(max(0, total.cell.row - _TABLE), total.cell.row)
    above = (fact for row in rows for fact in context.cell(total.cell.table, row, total.cell.column) if fact.id not in members)
    made = (fact for fact in above if iv.meet(fact.quantity.interval, added) and len(significant(fact)) > TELLING)
    return any(own and (others := _things(fact)) and not own & others for fact in made)


def _things(total: Fact) -> frozenset[str]:
    """The pairs of characters of what a total is of."""
    return bigrams(_TOTAL.sub("", core(total.mention.text)))


def _extra_points(relation: Relation, context: Context) -> bool:
    """四个板块平均30.04、22.01、17.70、17.93分，总分平均87.78分 where 另设加减分项: what is added beside the parts is told elsewhere."""
    total = context.by_id[relation.roles["total"][0]]
    return total.kind == "score" and total.cell is None and _EXTRA.search(context.text) is not None


def _of_comparison(relation: Relation, context: Context) -> bool:
    """面积6万亩，比今年多0.04万亩；剩下的三百多亩: by how much there is more is nothing that was taken off."""
    whole, taken = (context.by_id[relation.roles[role][0]] for role in ("minuend", "subtrahend"))
    return taken.cell is None and whole.kind != taken.kind and _COMPARED.search(context.before(taken, taken.clause)) is not None


def _of_plan_and_deed(relation: Relation, context: Context) -> bool:
    """投资4.26亿元，完成年度目标4亿元的106.5%: what was done and what was planned of it are no two parts."""
    parts = [context.by_id[i] for i in relation.roles["parts"]]
    return parts[0].quantity.dimension == "money" and len({part.kind == "target" for part in parts}) > 1


def _saved(relation: Relation, context: Context) -> bool:
    """管道21.56万元（预算23万元，节省1.44万元）: what was planned and what was saved of it are no parts of what it cost."""
    words = [context.before(part, part.clause) for part in map(context.by_id.__getitem__, relation.roles["parts"])]
    return any(map(_SPARED.search, words)) and any(map(_MONEY_PLANNED.search, words))


def _of_some(relation: Relation, context: Context) -> bool:
    """其中城关、新区两个所合计接报…, 前三个单位合计…: some of what was told before is not divided by what is told behind."""
    whole = context.by_id[relation.roles["total" if relation.type == "sum" else "whole"][0]]
    start = whole.quantity.extent.start
    words = context.text[max(whole.sentence.start, start - _SUBTOTAL_WORDS) : start]
    parts = relation.roles["parts" if relation.type == "sum" else "part"]
    return _SUBTOTAL.search(words) is not None and all(context.order[i] > context.order[whole.id] for i in parts)


def _left(relation: Relation, context: Context) -> bool:
    """现有301家，其中新登记24家、注销9家，年初为286家: those who left are no part of those who are there."""
    if relation.roles.get("less"):
        return False
    parts = [context.before(fact, fact.clause) for fact in map(context.by_id.__getitem__, relation.roles["parts"])]
    gone = [any(word in words for word in _GONE) for words in parts]
    return any(gone) and any(_CAME.search(words) for words, left in zip(parts, gone, strict=True) if not left)


def _available(relation: Relation, context: Context) -> bool:
    """党建14.5分（满分15分）: the points that can be had are no part of those that were."""
    whole, part = (context.by_id[relation.roles[role][0]] for role in ("whole", "part"))
    return part.kind == "max_score" and whole.kind == "score"


def _of_first_round(relation: Relation, context: Context) -> bool:
    """初检不合格38批次，复检后…: what was found at first is no total of what it came to."""
    total, *parts = (context.by_id[i] for role in ("total", "parts") for i in relation.roles[role])
    first = _FIRST_ROUND.search(context.before(total, total.clause))
    return first is not None and not any(_FIRST_ROUND.search(context.before(part, part.clause)) for part in parts)


def _one_uncounted(relation: Relation, context: Context) -> bool:
    """市政府及38个部门、12个乡镇，共51个: what stands before the first part without a figure is a part too."""
    first = min((context.by_id[i] for i in relation.roles["parts"]), key=lambda fact: context.order[fact.id])
    return first.cell is None and _AND.search(context.before(first, first.clause)) is not None


def _one_divided(relation: Relation, context: Context) -> bool:
    """火灾11起，已查明10起：雷击3起、用火3起、吸烟4起: one of the parts is what the others make."""
    first, *rest = (context.by_id[i] for i in relation.roles["parts"])
    if first.cell is not None or len(rest) < 2 or first.sentence != rest[0].sentence or _OPENS.search(context.between(first, rest[0])) is None:
        return False
    return iv.meet(first.quantity.interval, iv.total(fact.quantity.interval for fact in rest))


def _turned_over(relation: Relation, context: Context) -> bool:
    """占18.7%（1.85亿元）、化验占21.3%（2.10亿元）: what a share comes to is no share of a smaller figure before."""
    rate = context.by_id[relation.roles["rate"][0]]
    num, den = sizes(relation, context)
    low = (rate.quantity.value or iv.ZERO) * factor(rate.quantity) < iv.HUNDRED
    behind = all(context.order[i] > context.order[rate.id] for i in relation.roles["num"])
    tied = any(bigrams(rate.mention.text) & bigrams(context.by_id[i].mention.text) - COMMON for i in relation.roles["den"])
    return rate.cell is None and behind and low and num > den and not tied and not says_base(relation, context)


def _taken_together(relation: Relation, context: Context) -> bool:
    """甲地192人、乙地101人，两地合计占74%: the share is of both, and 两 counts no people."""
    counts = (context.by_id[i].quantity for i in relation.roles["num"])
    return any(_BOTH.match(context.text[q.span.start : q.extent.end + 2]) is not None for q in counts)


def _of_other_figures(relation: Relation, context: Context) -> bool:
    """破案547起，其中当年立案案件破案率为59.3%: of some of them; 城镇化率53.99%，比上年末的53.17%提高…: of another year's."""
    rate, num = (context.by_id[relation.roles[role][0]] for role in ("rate", "num"))
    if rate.cell is not None or rate.quantity.dimension not in SHARES:
        return False
    own = context.before(rate, rate.clause)
    of_some = num.sentence == rate.sentence and "其中" in outside(context.between(num, rate)) and not _OVERALL.search(own)
    return (of_some and not _parts_between(relation, context)) or _FORMER.search(own) is not None


def _parts_between(relation: Relation, context: Context) -> bool:
    """罚款412.6万元，其中单位356.8万元、个人55.8万元，占罚款总额1025.7万元的40.2%: what goes between is all of the numerator."""
    rate, num, *den = (context.by_id[i] for role in ("rate", "num", "den") for i in relation.roles[role])
    told = context.facts[context.order[num.id] + 1 : context.order[rate.id]]
    parts = [fact.quantity.interval for fact in told if fact not in den]
    return len(parts) > 1 and iv.meet(iv.total(parts), num.quantity.interval)


def _of_what(relation: Relation, context: Context) -> bool:
    """生态林1.71万亩，占75%: what two digits are a share of is not to be guessed from another paragraph."""
    rate = context.by_id[relation.roles["rate"][0]]
    far = all(context.by_id[i].block != rate.block for i in relation.roles["den"])
    share = context.before(rate, rate.clause).endswith("占")
    return rate.cell is None and far and share and len(rate.quantity.digits.replace(".", "")) < TELLING and not says_base(relation, context)


def _of_the_rest(relation: Relation, context: Context) -> bool:
    """合格866份，…。不合格9份，不合格率5.4%: those that are not are no share of those that are."""
    num, den = (core(context.by_id[relation.roles[role][0]].mention.text) for role in ("num", "den"))
    return len(den) > 1 and any(num.endswith(no + den[-2:]) and not den.endswith(no + den[-2:]) for no in ("不", "未"))


def _told_in_a_row(relation: Relation, context: Context) -> bool:
    """（一）出国费。决算4.76万元，完成预算的99.17%, and the row of a table with 4.80, 4.76 and 99.17: of another figure there."""
    rate, num = (context.by_id[relation.roles[role][0]] for role in ("rate", "num"))
    if rate.quantity.value is None or len(significant(rate)) < TELLING or len(relation.roles["num"]) != 1:
        return False
    own = numerators(context)
    told = by_value(context).get(rate.quantity.value.normalize(), ())
    return any(own.get(fact.id) == num.quantity.value and fact is not rate for fact in told)


def _of_draft(relation: Relation, context: Context) -> bool:
    """预备费安排5000万元，占一般公共预算支出的1.3% in a draft budget: of what is planned there, not of what another section says was spent."""
    rate, num = (context.by_id[relation.roles[role][0]] for role in ("rate", "num"))
    dens = [context.by_id[i] for i in relation.roles["den"]]
    if rate.cell is not None or _APPROPRIATED.search(context.before(num, num.clause)) is None:
        return False
    return all(den.section != rate.section and _APPROPRIATED.search(context.before(den, den.clause)) is None for den in dens)


_DOUBTS = {
    "growth": (_of_former, _of_next_change, _came_or_went, _drawn_from),
    "ratio": (_of_the_other_end, _planned, _turned_over, _taken_together, _of_other_figures, _of_what, _of_draft, _of_the_rest, _told_in_a_row),
    "sum": (
        _dwarfed,
        _beyond,
        _of_plan_and_deed,
        _of_some,
        _left,
        _saved,
        _of_first_round,
        _one_uncounted,
        _one_divided,
        _for_each,
        _full_marks,
        _extra_points,
        _of_other_things,
    ),
    "part": (
        _available,
        _of_some,
        _of_plan,
        _of_change,
        _unheaded,
        _of_another_division,
        _side_by_side,
        _whole_itself,
        _serves,
        _stock,
        _limit_in_brackets,
        _of_before,
        _in_place_of,
    ),
    "diff": (_of_comparison,),
}
"""What speaks against a relation of each kind, however well its figures could be mended."""
