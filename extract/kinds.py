"""What kind of number a fact states, and the sign of a change: level, target, rate, growth, delta, score.

The words before a number decide first (同比下降, 力争, 得分), its unit second, where it stands third (a column 目标值, a
section 下一步打算).
"""

from __future__ import annotations

import re

import regex

from extract.knowledge import Named, Place
from extract.memo import remembered
from extract.types import Fact, Kind

# How far back in a sentence a promise (力争…) reaches, in characters; bounds the cost of long sentences too.
LEAD = 120
_NEAR = r"(?:了|约|近|逾|超|幅度?为|幅度?达|率为|率|：|:|\s)*$"
_RISE = re.compile(
    r"(?:增长|净?增加|上升|提高|提升|扩大|上涨|净增|增多|攀升|回升|新增|追加|调增|高于[^，,。；;]*(?<!的)|高出[^，,。；;]{0,10}(?<!的)|多出"
    r"|(?<![更许众至最很之])多(?:支出|完成|发生|排查|安排|结转|受理)[^，,。；;]{0,6}|增收|增产|增支|加快|增幅|[涨提]价"
    r"|多收|增|升|涨|(?<![正副最新])高|(?<![许众至最很之])多)" + _NEAR
)
_FALL = re.compile(
    r"(?:下降|减少|降低|下滑|缩减|压减|压缩|回落|下跌|核减|调减|低于[^，,。；;]*(?<!的)|缩短|收窄|放缓|[降减跌]幅|净减少?|减支|减产|减收|少收|少支出?|少(?:完成|发生|排查|安排|结转|受理)[^，,。；;]{0,6}|[减降跌]价|扣分?|减|降|跌|(?<![至最])少|(?<!最)低)"
    + _NEAR
)
_MAY_CHANGE = re.compile(r"[增升高扩涨追多快价降减滑缩落跌低窄缓少扣]")
"""Every rise and every fall has one of these characters."""
_DIFFERENCE = re.compile(r"(?:高于|低于|超过)[^，,。；;]*$")
_RATE_OF_CHANGE = re.compile(r"(?:增长|增|[增涨升降减跌]幅|增速|变化)率?(?:分别|均|各|约|为|是|只有|仅有?|高?达到?|保持在|回升至|回落至)*$")
# 比年度计划多降低3.1%: a change against a plan is no target.
_AGAINST_PLAN = re.compile(r"(?:比|较|超|高于|低于)[^，,。；;]{0,10}(?:计划|预算|目标|任务|要求|预期)")
_TARGET_BEFORE = re.compile(
    r"(?:力争|争取(?=实现|完成|达到|全年|到(?!的|了|上级|中央|资金|项目))|(?<!绩效)目标值?(?!的|编报|管理|申报|设置|考核)|计划(?!生育|单列|[”》]|(?:完成|执行|实现)[率比])|预期(?!寿命)|拟|任务(?![”》])数?|要求|(?<![响供适相反对效感回])应(?![急用对届聘邀变激付答诉收检办结免到缴纳交参征]|[^，,。；;]{1,6}未)|须"
    r"|计划(?:改造|整治|治理|修缮|修复|维修|建设|改建|扩建|清理|排查|培训|种植|采购|购置|招聘)[^，,。；;：:]{0,20}|需(?=完成|达到|要)|承诺(?!时限|期限|件|店|书|函|单位|商户)|控制数|指标值|规定|不少于|不低于|标准为)[^，,。；;：:]{0,12}$"
)
_NEXT_YEARS_PLAN = r"年，?[^，,。；;：:\d]{0,6}计划(?![的生单表数额安内外])"
# Each begins with a character of its own: then these alone are looked for.
_PROMISE = re.compile(
    r"今年要|要(?:完成|实现|达到|推进|新增|新建)|力争|争取(?=实现|完成|达到|全年|到(?!的|了|上级|中央|资金|项目)|在)|确保(?:全年|实现|完成)|拟(?:新|投|建|安排)|将(?:完成|实现|达到|新)|预期目标|主要目标|工作目标|目标(?:是|为(?=[^，,。；;）)\d不至超达大小约]{2}))|要求[：:]"
    r"|计划(?:完成(?!率)|投资|新|建|实施|安排|用|到)|打算(?![：:]|如下|不|落空)"
    rf"|2(?<![^，,；;\s]2)0\d\d{_NEXT_YEARS_PLAN}|明{_NEXT_YEARS_PLAN}|来{_NEXT_YEARS_PLAN}"
)
_TARGET_AFTER = re.compile(
    r"^(?:以上|以内|左右)?的?(?:年度|预期|控制|工作|全年|绩效){0,2}"
    r"(?:目标任务|目标|任务|计划(?![于在将])|[^，,。；;（(]{0,4}要求|(?<=的)[^，,。；;（(]{0,4}标准|(?<=的)[^，,。；;（(]{0,4}(?:控制|考核|警戒|及格|合格|达标|红)线)"
)
# Characters: a pattern is looked for in all that it is shown, and a paragraph may have thousands of numbers.
_LONGEST_LABEL = 40
# A paragraph that opens with 年度总体目标： tells goals to its end.
_GOAL_LABEL = re.compile(
    r"\s*(?:\d+[.．、]|[（(]?[一二三四五六七八九十]+[）)、])?(?:项目|年度|总体|全年|预期|绩效|工作|阶段性?)*目标(?:任务|内容|设定情况)?\s*[：:]"
)
# 年初确定的30公里建设任务: the task that was set, whether done or not.
_TASK_SET = re.compile(r"(?:下达|确定|分解|部署|交办|明确)的?[^，,。；;：:]{0,10}$")
_TASK_AFTER = re.compile(r"^[^，,。；;、（(]{0,8}任务(?![”》])")
# 实现全区70%以上的社区设有避难场所的目标, 完成起数下降5%以上、亡人不超过10人的目标: the goal stands at the end of its clause.
_GOAL_OPENS = re.compile(r"(?:完成|实现|达到|达成|下达|确定|设定|提出)[^，,。；;]*$")
_GOAL_ENDS = re.compile(r"[^，,。；;]{0,40}?的(?:年度|全年|预期|控制|工作|总体)*目标(?:任务)?(?=$|[，,。；;、）)])")
_GOAL_TAIL = 60
# 预算安排购置车辆1辆: what a budget buys is still to be bought, while the money is what it is.
_TO_BUY = re.compile(r"预算[^，,。；;]{0,10}(?:安排|计划|拟)(?:购置|采购|购买|新购|更新|新增|配备)")
_BUDGETED = re.compile(r"预算(?:总?额|资金|金额|经费|安排|数|共|为|约|：|:)*$")
# 10件实事全部办结, 其余5项全部完成: a promise that was kept is counted, not made.
_KEPT = re.compile(r"^[^，,。；;（(]{0,10}(?:全部|均已?|全面|如期|圆满|已)(?:完成|办结|落实|达标|竣工|实现|兑现|超额)")
# 检查不少于3次, 事故不超过10起: such words require; 至少 and 以上 also tell what was.
_NORM = re.compile(r"不得?(?:少|低|高|大|小|多)于|不得?超过")
# 到2027年，建成…; 2027年底前完成…
_DUE = regex.compile(
    r"(?<![年\d])[到至](?P<year>20\d\d)年(?:底|末)?[，,]"
    r"|(?P<year>20\d\d)年(?:底|末|\d{1,2}月底?)?(?P<before>前)[，,]?(?:全部|全面|基本|力争)?(?=完成|建成|实现|达到|建立|培育|新建|改造)"
)
_WAS = re.compile(r"共|已|了|现有|目前|截至|累计完成")
_EXPECTED = re.compile(
    r"预计[^，,。；;\d]{0,6}(?:(?<!全)年(?![度初末底内])|可|将)[^，,。；;]{0,12}$|有望[^，,。；;\d]{0,8}$"
    r"|将(?:会|在)?(?:达到?|突破|接近|增至|升至|降至)$|(?:仍|还|也|均)将(?:会|在)?$"
)
_LOST = re.compile(r"损失|受灾|伤亡|影响")
_STILL_TO_DO = re.compile(r"下一?步|下阶段|打算|计划|安排|展望|思路|存在|建议|措施|目标")
_AHEAD = re.compile(r"预计|将|拟|力争|计划|目标|争取|安排")
# 6项主要预期目标 counts goals.
_COUNTS_GOALS = frozenset({"项", "个", "件", "条"})
_HAPPENED = re.compile(r"了|实际|累计|完成情况|上年|同比")
_YEAR_ALONE = 4
_MISSED = re.compile(r"(?:未|没有?|尚未|未能)(?:能)?(?:达到?|完成|实现)(?:到)?(?:年度|预期)?$")
# What a section of plans says of the past all the same.
_OF_THE_PAST = re.compile(r"综上|回顾|以来|(?<![比较])(?:上年|去年)|总的看|总体看|共(?:发生|完成|开展|检查|实现)|已|(?<![由从])(?:目前|现有)|截至")
_ADJUSTED = re.compile(r"(?:追加|调增|调减|核减|核增|压减)(?![^，,。；;：:]*(?:在内|后的?|[到至为]$))[^，,。；;：:]{0,12}$")
# 净增98万户、突破1900万户; 超警戒水位（62.5米）1.3米.
_REACHED = re.compile(r"突破|达到?|升至|增至")
# 比合同工期215天超出15天; 目标1.8万人次，超1400人次: by how much, not above what.
_OVER = re.compile(r"超出|高出|超过?")
_COMPARES = re.compile(r"(?<![对可])[比较](?![例率重值较赛拟大小多少高低好强为])[^，,。；;：:]+$")
# 比合同工期255天提前14天
_EARLY = re.compile(r"[比较](?![大多高])[^，,。；;]{2,}提前(?:了|约)?$")
# 未列入三年计划的14个小区: what is in no plan.
_UNPLANNED = re.compile(r"(?:未|没有?|不)(?:能|被)?[列纳编]入[^，,。；;：:]*$")
_ABOVE_MARK = re.compile(r"超(?:警戒|保证|汛限|设防)(?:水位)?(?:[（(][^（）()]{0,20}[）)])?$")
_DONE = re.compile(r"已完成|完成了|实际完成|实际|累计完成|占(?!比)|超过目标|前[\d一二三]{1,2}个?(?:月|季度)")
# 提升 and the like change a rate; before an amount they end a name (支持促消费提质提升1720万元), unless they compare.
_OF_RATES = re.compile(r"(?:提高|提升|加快|放缓|优化)$")
_SCORE = re.compile(r"得分|评分|得|自评|分数|总分|成绩|扣|评价结果|绩效结果")
_DEDUCTED = re.compile(r"扣(?:了|除|减)?$")
_TOTAL = re.compile(r"共|计")
# 组织领导20分，得19分: the first are those to be had.
_GOT = re.compile(r"得分?$")
_THEN_GOT = re.compile(r"[（(，,、；;]?\s*(?:自评|实际|实)?得(?:分)?(?:为|：|:)?\d|[，,][^。；;\n]{1,50}?[，,](?:实际?)?得\d")
# （1）数量指标20分。…得20分: the points to be had head the paragraph that ends with those got.
_HEADS = re.compile(r"\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．])?[^，,。；;：:（(\d得评扣总]{2,16}[（(]?$")
_GOT_BELOW = re.compile(r"[）)]?[。；;：:][^\n]*[。，,；;][^，,。；;\d]{0,6}得\d+(?:\.\d+)?分")
# 自评满分100分，预算执行率10分，产出指标50分: so are those that the whole is made of.
_FULL_BEFORE = re.compile(r"满分(?:值)?(?:为|是|共)?\d+分(?:[，,、：:（(；;][^，,。；;：:（(\d得评扣总]{2,14}(?:\d+分)?)*$")
_FULL = re.compile(r"满分|分值|权重|总分值|标准分")
_PLANS = re.compile(
    r"下一步|工作安排|工作计划|年安排|打算|工作思路|工作部署|工作重点|目标任务|预期目标|绩效目标$|展望|下步|主要任务"
    r"|重点任务$|总体要求|发展目标"
)
_LOOKS_BACK = re.compile(r"完成情况|总结|回顾|实现情况|存在|分析|自评|得分")
_CHANGE_NAMES = re.compile(r"(?:调整数|调整额|增减[额数值量]?|变动额?|追加额?|核减额?|增加额|增减情况|增量)$")
_RATE_NAMES = re.compile(r"(?:率|比|比重|比例|强度|系数|结构|构成)$")
_RATIO_BEFORE = re.compile(r"(?:之比|收入比|比值|比例|结构|构成)(?:为|是|由|降至|降到|缩小到|缩小至|扩大到|扩大至|[^，,。；;]{0,8}的)*$")
# 每年按4%的比例递增.
_GROWN_AFTER = re.compile(r"的?(?:比例|幅度|速度|增速|速率)(?:逐年)?(?:递增|增长|增加|提高|提升|(?P<fall>递减|下降|减少))")
_NATURAL = re.compile(r"自然增长率为?$")
# 规模以上企业从9家增加到15家: what a plan starts from is what there is.
_STARTS = re.compile(r"[从由](?:目前|现在|现有|上年|去年|\d{4}年)?的?$")
_LEADS_TO = re.compile(r"[^，,。；;\d]{0,8}[到至](?=\d)")
# 下达的指标：供水量8500万立方米，实际完成101.7%: what follows says how far each was reached.
_OF_GOALS = re.compile(r"(?:指标|目标|任务|预算)[^，,。；;：:]{0,8}[：:]")
_FULFILLED = re.compile(r"[，,](?:均|也|都)?(?:实际|全年)*(?:完成(?:率)?为?[\d.]+[%％]|已(?:实现|完成|达到|达标))")
_GROWTH_NAMES = re.compile(r"(?:增长率|[增涨升降减跌]幅|增速|下降率|增长|同比|环比|增减率|增减%|增减幅度|同比增减|比上年增长?)[（(]?[%％]?[)）]?$")


@remembered(256)
def in_plan(path: tuple[str, ...]) -> bool:
    """Whether a section, by its headings, speaks of what is still to come."""
    last = path[-1] if path else ""
    return any(_PLANS.search(title) and not _LOOKS_BACK.search(title) for title in (last, *path[:1]) if title)


def distance(place: Place, base: Fact | None) -> int:
    """1 or −1 where a number tells by how much something is exceeded or undercut (超出15天, 提前14天), else 0.

    Such words tell so beside a comparison, or right behind the goal ``base``.
    """
    quantity = place.quantity
    text = place.document.text
    if place.block.cell is not None or quantity.dimension in ("ratio", "multiple", ""):
        return 0
    lead = text[place.clause.start : quantity.extent.start]
    if quantity.bound == "=" and _EARLY.search(lead):
        return -1
    word = _OVER.match(text, quantity.extent.start, quantity.span.start) if quantity.bound == ">" else None
    if word is None:
        return 0
    if _COMPARES.search(lead):
        return 0 if _RISE.search(lead) or _FALL.search(lead) else 1
    if base is None or base.quantity.value is None or quantity.value is None or word[0] == "超过" or lead.strip("，,、 "):
        return 0
    near = base.kind == "target" and base.sentence == place.sentence and base.quantity.unit == quantity.unit
    return int(near and quantity.value < base.quantity.value)


def kind_and_sign(
    place: Place, named: Named, words: str, path: tuple[str, ...], period: str, *, ahead: bool = False, base: Kind | None = None, apart: int = 0
) -> tuple[Kind, int]:
    """The kind of the number at ``place`` called ``words``, and −1 where it is a fall.

    ``path`` are the headings above it, ``period`` the time it is for ("" for the document's own), ``ahead`` whether the text
    there tells what is to be done, ``base`` the kind of the fact that it goes back to, ``apart`` what ``distance`` says of it.
    """
    if apart:
        return "delta", apart
    quantity = place.quantity
    dimension = quantity.dimension
    text = place.document.text
    start = max(place.block.span.start, quantity.extent.start - LEAD)
    start = max(start, text.rfind("。", start, quantity.extent.start) + 1)
    lead = text[start : quantity.extent.start]
    gap = place.lead_text.rstrip()
    tail = place.tail_text
    reached = place.run[0] > 0 and _REACHED.match(text, quantity.extent.start)
    rise, fall = (None, None) if reached or not _MAY_CHANGE.search(gap) else (_RISE.search(gap), _FALL.search(gap))
    sign = -1 if fall and not (rise and rise.start() < fall.start() and rise.end() == fall.end()) else 1
    changed = bool(rise or fall)
    stated = _is_stated_target(place, lead, gap, tail, changed)
    begins = _STARTS.search(gap) is not None and _LEADS_TO.match(text, quantity.extent.end) is not None
    planned = not begins and (stated or (not (changed and base == "level") and _is_ahead(place, lead, gap, path, period, ahead)))
    if dimension == "money" and _BUDGETED.search(gap):
        planned = False
    if dimension == "percentage_point":
        return "delta", sign
    if dimension == "doubling":
        return "target" if planned else "growth", sign
    if dimension in ("ratio", "multiple"):
        return _of_ratio(place, named, words, gap, sign, planned=planned, rise=bool(rise), fall=bool(fall))
    if dimension == "score" or quantity.unit == "分":
        return _of_score(place, named, words, lead, gap)
    if _CHANGE_NAMES.search(words):
        return "delta", sign
    if (dimension == "money" and _ADJUSTED.search(gap)) or (dimension == "length" and _ABOVE_MARK.search(lead)):
        return "delta", sign
    compared = place.cue("compare") is not None
    if changed and (compared or not (_OF_RATES.search(gap) or planned)) and _states_change(place, named, dimension):
        return "delta", sign
    if planned:
        return "target", 1
    if not quantity.unit and (quantity.pattern == "ratio" or _RATE_NAMES.search(words) or _RATIO_BEFORE.search(place.lead_text)):
        return "rate", 1
    return named.kind or "level", 1


def _is_available(place: Place, lead: str, gap: str) -> bool:
    """Whether points are those that could be had: the text tells behind them, or before them, how they stand to others."""
    if _GOT.search(gap):
        return False
    text, end = place.document.text, place.quantity.extent.end
    if _THEN_GOT.match(text, end, place.sentence.end) or _FULL_BEFORE.search(lead):
        return True
    heads = _HEADS.fullmatch(text, place.block.span.start, place.quantity.extent.start)
    return heads is not None and _GOT_BELOW.match(text, end, place.block.span.end) is not None


def _of_ratio(place: Place, named: Named, words: str, gap: str, sign: int, *, planned: bool, rise: bool, fall: bool) -> tuple[Kind, int]:
    """The kind and sign of a percentage or a multiple."""
    grown = _GROWN_AFTER.match(place.tail_text)
    if grown and not planned:
        return "growth", -1 if grown["fall"] else 1
    if _NATURAL.search(gap):
        return "rate", 1
    if planned and (named.kind != "rate" or _TARGET_AFTER.match(place.tail_text)):
        return "target", 1
    if named.kind in ("target", "growth", "rate"):
        return named.kind, 1
    changed = rise or (fall and place.quantity.dimension == "ratio")
    if changed or ((_RATE_OF_CHANGE.search(gap) or _GROWTH_NAMES.search(words)) and not _DIFFERENCE.search(gap)):
        return "growth", sign
    return "rate", 1


def _of_score(place: Place, named: Named, words: str, lead: str, gap: str) -> tuple[Kind, int]:
    """The kind and sign of a number of points."""
    if named.kind == "max_score":
        return "max_score", 1
    if _DEDUCTED.search(gap):
        return "delta", -1
    if _FULL.search(gap[-12:]) or place.tail_text.startswith(("满分", "制")) or _is_available(place, lead, gap):
        return "max_score", 1
    if _SCORE.search(lead[-40:]) or _SCORE.search(words):
        return "score", 1
    return ("max_score" if _TOTAL.search(gap) else "score"), 1


def _states_change(place: Place, named: Named, dimension: str) -> bool:
    """新增 with a counted noun after it is a level (新增停车位800个 has it before); a bare 增加2起 is a change."""
    own_object = place.after is not None and place.after.score >= 1 and dimension == "count"
    return not own_object or place.cue("compare") is not None or named.antecedent is not None


def _is_stated_target(place: Place, lead: str, gap: str, tail: str, changed: bool) -> bool:
    """Whether the words right beside the number make it a target."""
    quantity = place.quantity
    counts_goals = quantity.unit in _COUNTS_GOALS
    if counts_goals and _KEPT.match(tail):
        return False
    if _FULFILLED.match(place.document.text, quantity.extent.end) and _OF_GOALS.search(lead):
        return True
    if not counts_goals:
        if _TARGET_AFTER.match(tail) or (_TASK_SET.search(gap) and _TASK_AFTER.match(tail)):
            return True
        text = place.document.text
        if _GOAL_OPENS.search(lead) and _GOAL_ENDS.match(text, quantity.extent.end, min(place.sentence.end, quantity.extent.end + _GOAL_TAIL)):
            return True
    if _MISSED.search(gap):
        return True
    if place.block.cell is None and _NORM.match(place.document.text, quantity.extent.start) and not _OF_THE_PAST.search(gap):
        return True
    if _EXPECTED.search(gap) and not _LOST.search(gap):
        return True
    # 为年初计划的106.7%、调整计划的98.7%: what was reached of it
    done = (
        _DONE.search(gap)
        or (changed and _AGAINST_PLAN.search(gap))
        or (quantity.dimension == "ratio" and gap.startswith("、") and gap.endswith("的"))
    )
    return not (done or _UNPLANNED.search(gap)) and _TARGET_BEFORE.search(gap) is not None and not gap.endswith("完成")


def _is_ahead(place: Place, lead: str, gap: str, path: tuple[str, ...], period: str, ahead: bool) -> bool:
    """Whether the text around the number tells what is to be done: the sentence, the paragraph, the section, the document."""
    if place.quantity.unit in _COUNTS_GOALS and _KEPT.match(place.tail_text):
        return False
    begin = place.block.span.start
    if _GOAL_LABEL.match(place.document.text, begin, min(place.quantity.extent.start, begin + _LONGEST_LABEL)) and not _DONE.search(gap):
        return True
    if place.block.cell is None and "20" in lead and (due := _DUE.search(lead)) and not (_WAS.search(lead) or _DONE.search(lead, due.end())):
        about = place.document.about
        if due["year"] > about.year or (due["year"] == about.year and (due["before"] or (about.year not in about.title and "末" not in due[0]))):
            return True
    promises = list(_PROMISE.finditer(lead))
    if promises and not _DONE.search(lead[promises[-1].start() :]):
        return True
    if place.quantity.dimension != "money" and (buys := _TO_BUY.search(lead)) and not _DONE.search(lead, buys.end()):
        return True
    return ((ahead or in_plan(path)) and not _OF_THE_PAST.search(lead)) or _is_later(place, period, lead, path)


def _is_later(place: Place, period: str, lead: str, path: tuple[str, ...]) -> bool:
    """Whether the text looks ahead to a time after the document's year.

    A whole year after the one that the title names is still to come, unless the sentence tells what was done in it.
    """
    about = place.document.about
    if not (about.year and period[:4].isdigit() and period[:4] > about.year):
        return False
    if _AHEAD.search(lead) or (path and _STILL_TO_DO.search(path[-1])):
        return True
    whole = len(period) == _YEAR_ALONE or period.endswith("12-31")
    return whole and about.year in about.title and place.quantity.dimension != "money" and not (_OF_THE_PAST.search(lead) or _HAPPENED.search(lead))
