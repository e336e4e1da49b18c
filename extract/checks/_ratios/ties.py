"""What ties a denominator to a named rate: its words, its place, the clause that goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.checks._prose import Place, like, squeezed
from extract.checks._rates import smaller
from extract.checks._ratios.reader import NEAR, Reader
from extract.checks._ratios.words import ASKED_OF, IDLE, RATES
from extract.checks._words import bare, bigrams, core
from extract.types import Fact

_LISTED = re.compile(r"^[^，；]*[、和及与][^，；]*$")
"""63个村环境整治、41个村污水治理: two of one list."""
_COMMON = frozenset(
    [
        "案件",
        "人员",
        "项目",
        "工作",
        "情况",
        "企业",
        "单位",
        "群众",
        "全年",
        "共计",
        "完成",
        "资金",
        "金额",
        "数量",
        "人数",
        "其中",
        "以上",
        "年度",
        "累计",
        "实际",
        "开展",
        "各类",
    ]
)
"""Words that so many names hold that two of them have little in common by it."""
_ALL = re.compile(r"^(?:截至[^，。；]{2,8})?(?:合计|共计|总计|全[省市县区镇乡村国校院系街]|全部|现有|共有|户籍|常住|在册|登记在册)")
"""What begins so is counted in full: 全县65岁及以上老年人6.15万人."""
_BESIDE = re.compile(r"[、和及与]|以及")
_COMMA = re.compile(r"[^，。；、：（）]{0,3}[，、][^，。；：（）]*$")
_BASES = tuple(
    tuple(re.compile(pattern) for pattern in row)
    for row in (
        ("整改|整治|治理|销号|消除|处置|处理|督改", "隐患|问题|排查|发现|查出|反馈|移交|清单|应|收到|接报"),
        ("合格|达标|优良|优秀|及格|通过", "抽检|抽查|检测|检查|监测|检验|抽样|断面|点位|样品|批次|评价|考核|参加|参考|评定|测评|试验|培训"),
        ("破案|侦破|抓获", "立案|受理|发案|发生|立"),
        ("调解|化解|调处|和解|撤诉|调撤|息诉", "受理|排查|纠纷|矛盾|接|信访|委派|审结|收"),
        ("办结|答复|回复|采纳|满意|受理|响应|反馈|按期", "受理|收到|接|办理|制发|发出|提出|来电|来信|工单|诉求|建议|提案|申请"),
        ("入住|使用|利用|出租", "床位|房|套|间|面积|泊位|总|可"),
        ("上线|录取|升学|报到|就业|落实|毕业", "参加|报考|考生|毕业生|计划|应|录取"),
        ("覆盖|参保|建档|安装|入户|签约|接种|筛查|访视|管理|普及", "应|总|全部|共有|户籍|常住|在册|登记|用户|产妇|活产|新生儿|对象|患者"),
        ("竣工|开工|完工|投产", "项目|工程|计划|实施|列入|下达"),
        ("出勤|参会|到会|返岗", "应|总|共"),
        ("药占|耗占|占", "收入|支出|总"),
        ("网办|网上办|全程办|即办|掌办", "受理|办件|办理|收件|申请|事项"),
        ("治疗", "存活|登记|患者|病例|确诊|感染者"),
        ("亏损|盈利", "企业|单位|户"),
        ("中标|成交|节约|节支", "预算|采购|公告|控制价"),
    )
)
"""What a rate is taken of, by its name: words that tie a denominator to it though it has none in common with the numerator."""


def right_before(reader: Reader, num: Place, rate: Place, stem: str) -> list[Fact]:
    """对12起火灾开展调查（甲7起、乙5起），已办结11起，办结率91.7%: the one figure of the sentence before the numerator that it may be of."""
    named = _own_whole(reader, num, rate)
    if named is not None:
        return [named]
    between = reader.stream.places[num.at + 1 : rate.at]
    if num.sentence != rate.sentence or any(p.level and p.bracket == num.bracket for p in between):
        return []

    asked = next((words for name, _, words in RATES if name.search(stem)), None)

    def tied(den: Fact) -> bool:
        known = asked is not None and asked.search(reader.label_of(den)) is not None
        return known or any(name.search(stem) and words.search(reader.label_of(den)) for name, words in _BASES)

    before = (p for p in reader.levels(num, NEAR) if p.sentence == num.sentence and p.bracket == num.bracket and like(p.quantity, num.quantity))
    den = next(before, None)
    if (
        den is None
        or (den.at + 1 == num.at and _BESIDE.fullmatch(num.lead))  # 分别为2批次和0批次
        or ("；" in reader.stream.between(den.at, rate.at) and not tied(den.fact))
        or (den.at + 1 == num.at and _LISTED.match(num.lead) and not tied(den.fact))
    ):
        return []
    return [den.fact]


def firm_tie(reader: Reader, den: Fact, num: Place, nears: Sequence[Place], stem: str, *, asked: bool, negative: bool) -> bool:
    """Whether the words tie a denominator to the rate: it is the whole of the numerator, or what such a rate is taken of; or it has a word
    in common with the numerator or the rate and stands before it in one stretch, neither behind a semicolon nor in one list with it."""
    if reader.whole.get(num.fact.id) is den or carried_on(reader, num, stem) is den:
        return True
    place = next((p for p in nears if p.fact is den), None)
    base = (
        asked
        or ASKED_OF.search(reader.label_of(den)) is not None
        or any(name.search(stem) and words.search(reader.label_of(den)) for name, words in _BASES)
    )
    if place is None:
        return base
    if place.at + 1 == num.at and _BESIDE.match(num.lead):
        return False  # 63个村环境整治、41个村污水治理
    joined = place.at > 0 and place.joins
    called = f"{reader.stream.places[place.at - 1].clause if joined else ''}{place.clause}"  # 全县65岁及以上常住老年人
    if base and ("；" not in reader.stream.between(place.at, num.at) or not smaller(place.fact, num.fact)):
        return True  # not 孕产妇系统管理2864人，…；新生儿访视2931人，访视率98.1%
    if _ALL.match(called) and place.sentence == num.sentence:
        return True
    if negative:
        return False
    theirs = bigrams(reader.label(place)) - _COMMON
    if place.sentence != num.sentence or "；" in reader.stream.between(place.at, num.at):
        # 纳入恢复重建60户…。重建户已竣工57户，竣工率95%
        return place.sentence >= num.sentence - 1 and bool(theirs & bigrams(num.clause))
    return bool((bigrams(stem) | bigrams(reader.label(num))) & theirs)


def carried_on(reader: Reader, num: Place, stem: str) -> Fact | None:
    """信访416件，其中首次信访83件，化解79件，化解率95.2%: a clause that is a verb alone speaks of what the clause before told."""
    verb = squeezed(IDLE.sub("", num.clause))
    if not num.at or num.bracket or not 0 < len(verb) <= 2 or verb not in stem or not _COMMA.match(num.lead):
        return None
    before = reader.stream.places[num.at - 1]
    fitting = before.level and not before.bracket and like(before.quantity, num.quantity)
    if fitting and smaller(before.fact, num.fact):
        # 参考1420人、合格1447人 is a slip; 其中重大3条，整改921条 goes back further, and what is disposed of may come from the year before
        fitting = "其中" not in before.plain and before.fact.id not in reader.whole and not any(name.search(stem) for name, _, _ in RATES)
    return before.fact if fitting and before.sentence == num.sentence else None


def _own_whole(reader: Reader, num: Place, rate: Place) -> Fact | None:
    """需重建72户，…；重建户已开工68户，开工率94.4%: the one figure of the paragraph whose name the numerator repeats."""
    label = bare(num.clause)
    found = [
        p.fact
        for p in reader.levels(num, NEAR)
        if p.paragraph == rate.paragraph and like(p.quantity, num.quantity) and len(name := core(p.fact.mention.text)) > 1 and label.startswith(name)
    ]
    return found[0] if len({fact.quantity.value for fact in found}) == 1 else None
