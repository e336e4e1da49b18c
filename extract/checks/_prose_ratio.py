"""Rates and shares of running text with the figures that they are computed from.

Three ways of saying are read: a share of something (占检查家次的5.8%, 占58%, 占比分别为…), a degree of something (完成年度计划500户次的104%,
为上年的1.2倍), and a named rate beside its two figures (发现943条，已整改921条，整改率97.7%). The words name numerator and
denominator; where they leave a choice, all readings are tried, and one that fits is enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import regex

from extract import intervals as iv
from extract.checks._list_words import PER, RESTATED, past
from extract.checks._lists import Lists, lists
from extract.checks._prose import Place, Stream, first_words, is_level, is_share, like, named_near, squeezed, streams, where
from extract.checks._rates import Ratio, explained, fits, limited, mistyped, slipped, smaller
from extract.checks._wholes import NOISE, wholes_of
from extract.checks._words import alike, bare, bigrams, core, unit_family
from extract.relations import Context, once
from extract.types import Fact

BACK = 24
"""So many facts back the figures of a rate are looked for."""
FAR = 80
"""So many facts back the figures of a compound rate are looked for."""
MOST_DENOMINATORS = 3
_TELLING = 4
"""Fewer characters of a name tell nothing of what it is."""
NEAR = 10
"""The figures of a named rate stand within so many facts."""

_JOINED = regex.compile(r"[、和及与∶:：/，]{1,2}|以及")
_LISTED = regex.compile(r"^[^，；]*[、和及与][^，；]*$")
"""63个村环境整治、41个村污水治理: two of one list."""
_SHARE = regex.compile(r"(?:占(?!用|地|有|领|道|压)|比重|比例|构成|结构)")
_EACH = regex.compile(r"分别|依次|各|结构|构成|之比")
_BARE = regex.compile(r"^(?:比(?:重|例)?|到|了|总量|总数|全部)?(?:的)?(?:比重|比例)?(?:约|近|达|为|是|超|仅|分别|各|依次|则|有|：)*$")
_OF = regex.compile(r"占(?:比)?(?P<of>[^，。；、：占]{1,30}?)(?:的)?(?:比重|比例|份额)?(?:约|近|达|为|是|超|仅|分别|各|依次|高|到)*$")
_DEGREE = regex.compile(r"(?:完成|实现|达到?|为|是|相当于|占|执行|达成)了?(?P<of>[^，。；：]{0,30}?)的?(?:约|近|达|为|超|的)*$")
_WHOLE = regex.compile(
    r"^(?:了|全|本)?(?:全[省市县区镇乡国州旗街部局校系统年体]{1,2}|总[数量额体]|[省市县区]|全部|合计|总计|整体|总体)*(?:总[数量额]|合计|的)*$"
)
_SCOPE = regex.compile(r"^(?:本|该|我)?全?(?:[省市县区镇乡国州年部]|系统|行业|社会|街道)的?$")
_DIRECT = regex.compile(r"^(?![^，。；：、]*[值额量率])[^，。；：、]{0,4}的(?:比重|比例|份额)?(?:约|近|达|为|超|高达|大约)*$")
_NOT_REACHED = regex.compile(r"未|不到|不足|没有")
_IDLE = regex.compile(r"约|其|仍|分别|均|也|共|就|已|合计|数量|总体|比重|金额|的|两者|两项|前者|后者|大约|近|达|比")
_PLACE = regex.compile(r"[省市县区镇乡国州球]|世界")
_ELSEWHEN = regex.compile(r"(?:上年|去年|同期|往年|年初|上期|20\d\d年|原来?)的?(?:约|近)?$")
_TO = regex.compile(r"^(?:提高|提升|上升|下降|降低|增长|增加|减少|扩大|缩小|缩减|回升|回落|压减|[降升增减])[到至]")
_STEM = regex.compile(
    r"(?P<stem>[^，。；、：的（）“”\d]{1,16}?)(?:比)?(?:率|度|进度|占比|比例|比重|(?<![方全表地界里])面|(?<=存贷)比)(?:只有|约|近|仅|达到?了?|为|是|超|高达|提升至|提高到|：|在|保持|稳定|到|已|也|均|分别|则|各|依次)*$"
)

_OF_WHAT = regex.compile(r"(?:完成|实现|达到?|为|是|相当于)[^，。；]{1,30}的(?:约|近)?$")
_CEILING = regex.compile(r"控制(?:数|指标|目标)|限额|指标数")
_PLANNED = regex.compile(r"预算|计划|目标|任务")
_PLAN = regex.compile(r"(?:预算|计划|目标|任务|指标)(?:总?投资|数|总?额|值|量|任务|目标)?$")
_DEGREES = regex.compile(r"完成|执行|支出|支付|到位|使用|调整|增长")
_TOTAL = regex.compile(r"总[计额]?$|合计$")
_LIABLE = regex.compile(r"(?:年末|期末|全部)?(?:负债|债务)(?:总[计额]|合计)?")
"""What is owed altogether: not 流动负债 and not 有息负债."""
_PEOPLE = regex.compile(r"(?:常住|户籍|总|平均|年末)人口")
_VITAL = regex.compile(r"出生|死亡|增长|结婚|离婚|迁[入出]")
_MEAN = regex.compile(r"平均|年均|年中")
_PRICED = regex.compile(r"(?:(?<![毛净])利|税|汇|费|折现|贴现|收益|失业)率|票息|年化|年息|月息|日息|LPR|基准利", regex.IGNORECASE)
"""Prices of money and the like are set or surveyed, not reckoned from two figures of the text: 票面利率, 税率, 登记失业率."""
_IN_TIME = regex.compile(r"法定|[限期]内|[按准及]时|[按到逾]期|当场|一次|首次|当期|现场|如期")
"""按期办结率 is of those done in time, not of those done."""
_CLASS = regex.compile(r"^(?:及以[上下])?(?:的|者|组|段|之间|[档级]|占|(?:区间|人群|群体))")
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
_ALL = regex.compile(r"^(?:截至[^，。；]{2,8})?(?:合计|共计|总计|全[省市县区镇乡村国校院系街]|全部|现有|共有|户籍|常住|在册|登记在册)")
"""What begins so is counted in full: 全县65岁及以上老年人6.15万人."""
_ASKED_OF = regex.compile(r"应|计划|目标|任务|需|拟|待")
_BESIDE = regex.compile(r"[、和及与]|以及")
_COMMA = regex.compile(r"[^，。；、：（）]{0,3}[，、][^，。；：（）]*$")
_TURNED = regex.compile(r"(?:由|从)[^，。；]*$")
_DENIED = regex.compile(r"[不未](?!良|足|动产|孕|成年|来|遂)(?P<what>[^不未率]{1,4})$")
_ANSWER = regex.compile(r"(?P<class>(?:非常|很|比较|较|基本|不太|不)?满意|一般)(?:的|为|有|是|票|：)*(?:共|计)?$")
_ASKED = regex.compile(r"问卷|调查|测评|收回|回收|有效|受访|样本|参与|评价|发放")
_QUOTES = regex.compile(r"[“”\"‘’「」]")
_DIGIT = regex.compile(r"[0-9０-９]")

_FORMER = regex.compile(r"(?:较|比|与|同)(?:上年|去年|前年|(?:19|20)\d\d年)(?:同期)?的?[^，。；]{0,4}$")
_WRIT = regex.compile(r"(?:通知|决定|意见|告知|建议|指令|任务|承诺|文)书")
_UNDONE = regex.compile(r"未(?!来|成年|遂)|尚无|没有|不(?!足|低于|少于|超过|断|含|同|动产|良)")
_DUE = regex.compile(r"^[^，。；]{0,4}应[^对急该^，。；]{1,6}$")
_DID = regex.compile(r"^[^，。；]{0,2}(?:实[际]?|已)[^，。；]{1,6}$")

RATES = tuple(
    tuple(regex.compile(pattern) for pattern in row)
    for row in (
        ("满意", "满意", "问卷|调查|测评|参与|受访|回访|建议|提案|评价|样本|有效|合计"),
        (
            "预算完成|执行|支出|支付|使用进度|资金使用",
            "支出|决算|执行|支付|使用|列支|拨付",
            "预算|安排|资金|指标|下达|筹集|拨付|投入|到位|批复|收入",
        ),
        ("编制", "在职|实有|在岗|在编|使用", "编制"),
        ("结案|办结", "办结|结案|审结", "立案|受理|收到|登记|应办|接"),
        ("调整", "调整|追加|调增|调减|压减", "年初|预算"),
        ("到位", "到位", "引资|签约|计划|应|合同|总投资|预算|协议"),
        ("^(?:[^预]*)完成$", "完成|实际|建成|安装|改造|新建|检查|抽查", "计划|目标|任务|应|需|共|安装|改造"),
    )
)
"""What a rate's name says of its numerator and denominator, where the name does not stand in the numerator itself."""

BASES = tuple(
    tuple(regex.compile(pattern) for pattern in row)
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
        ("中标|成交|节约|节支", "预算|采购|公告|控制价"),
    )
)
"""What a rate is taken of, by its name: words that tie a denominator to it though it has none in common with the numerator."""

COMPOUND = tuple(
    tuple(regex.compile(pattern) for pattern in row)
    for row in (
        ("收入利润|销售利润", "利润总额|实现利润|净利润", "(?:营业|销售|业务)收入"),
        ("资产负债", "(?<!流动|有息|长期|短期)负债", "资产(?!负债)"),
        ("存贷", "贷款", "存款"),
        ("研发(?:经费)?(?:投入)?强度", "研发", "生产总值"),
    )
)
"""Rates whose names hold both their figures."""


_OF_ALL = regex.compile(r"占(?:全|总)[^，。；]{0,12}$")
_HELD = regex.compile(r"(?:控制|保持|稳定|维持)在$")
"""资产负债率控制在58%以内: what is to be, not what is."""
_BARE_SHARE = regex.compile(r"占比?[为达到约]*$")
_SHARE_OF = regex.compile(r"占[^，。；、]{2,14}的(?:比[重例])?[为达]?约?\d")


@once
def ratios(context: Context) -> tuple[Ratio, ...]:
    """All rates of the document's prose whose figures it states."""
    told = lists(context)
    found: list[Ratio] = []
    for stream in streams(context):
        found.extend(_Reader(context, stream, told).ratios())
    return tuple(_with_neighbours(found, context))


@once
def _firsts(context: Context) -> dict[tuple[str, str], Fact]:
    """The first level that a document reports under each name and in each unit."""
    found: dict[tuple[str, str], Fact] = {}
    for fact in context.facts:
        if is_level(fact) and not fact.subject and fact.quantity.bound == "=" and context.whole(fact):
            found.setdefault((context.whole(fact), unit_family(fact.quantity)), fact)
    return found


def _itself_a_share(den: Fact, rate: Fact, context: Context) -> bool:
    """等级公路1695公里，占公路总里程的99.0%。其中二级公路213公里，占12.5%: a share of what the figure before is a share of, as likely."""
    # 占全年受灾人口的44.1% is not of the two towns that had 57.8% of them
    before = context.before(rate, rate.sentence)
    of_whole = _BARE_SHARE.search(before) is not None or _OF_ALL.search(before) is not None
    return of_whole and den.sentence != rate.sentence and _SHARE_OF.search(context.after(den, den.sentence)) is not None


def _with_neighbours(found: list[Ratio], context: Context) -> Iterator[Ratio]:
    """The ratios, those shares that do not fit taken of the whole that the shares beside them are of."""
    at = where(context)
    fitting = [one.share and fits(one.rate, [one.num], one.den) for one in found]
    known = {one.den[0].id for one, fit in zip(found, fitting, strict=True) if fit}
    failing = Counter(one.den[0].id for one, fit in zip(found, fitting, strict=True) if one.share and not fit)
    for n, one in enumerate(found):
        if one.share and one.den[0].id not in known and failing[one.den[0].id] > 1:
            yield replace(one, sure=False)  # several shares that all miss: of another whole
            continue
        if one.share and not fitting[n] and one.den[0].id not in known and _itself_a_share(one.den[0], one.rate, context):
            yield replace(one, sure=False)
            continue
        if not one.share or one.sure or fitting[n] or one.rate.quantity.bound != "=":
            yield one
            continue
        beside = [m for m in (n - 1, n + 1, n - 2, n + 2) if 0 <= m < len(found) and fitting[m] and _close(found[m], one, at)]
        if not beside or not like(found[beside[0]].den[0].quantity, one.num.quantity):
            yield one
            continue
        yield replace(one, den=found[beside[0]].den, sure=True)


def _close(first: Ratio, second: Ratio, at: Mapping[str, tuple[Stream, int]]) -> bool:
    (one, a), (other, b) = at[first.rate.id], at[second.rate.id]
    return one is other and abs(a - b) <= NEAR and one.places[a].paragraph == one.places[b].paragraph


@once
def _by_words(context: Context) -> dict[str, list[Fact]]:
    """The levels by every few characters of their names, in text order."""
    found: dict[str, list[Fact]] = {}
    for fact in context.facts:
        if fact.quantity.value is not None and is_level(fact):
            name = bare(fact.mention.text)
            for words in {name[at : at + _TELLING] for at in range(len(name) - _TELLING + 1)}:
                found.setdefault(words, []).append(fact)
    return found


class _Reader:
    """The rates of one stream."""

    def __init__(self, context: Context, stream: Stream, told: Lists) -> None:
        self.context = context
        self.stream = stream
        self.whole = told.whole

    def ratios(self) -> Iterator[Ratio]:
        places = self.stream.places
        at = 0
        while at < len(places):
            if not is_share(places[at].fact):
                at += 1
                continue
            run = [places[at]]
            while at + len(run) < len(places) and _goes_on(run[-1], places[at + len(run)]):
                run.append(places[at + len(run)])
            if len(run) > 1:
                yield from self._parallel(run)
            else:
                yield from self._single(run[0])
            at += len(run)

    # --- one rate ---

    def _single(self, rate: Place) -> Iterator[Ratio]:
        clause = rate.clause
        before = self.stream.places[rate.at - 1] if rate.at else None
        inside = before is not None and _same_clause(rate, before)
        share = _SHARE.search(clause)
        if _ELSEWHEN.search(clause) or _TO.search(self.stream.after(rate.at)):
            return
        if _NOT_REACHED.search(clause) or _PRICED.search(clause) or self.stream.compared(rate):
            return
        told = self._in_bracket(rate)
        if told is not None:
            yield told
            return
        if inside and before is not None and is_level(before.fact) and _DIRECT.match(rate.lead):
            yield from self._of_stated(rate, before)
            return
        if share and _BARE.match(clause[share.end() :]):
            head = clause[: share.start()]
            yield from self._bare(rate, head)
            return
        if (of := _OF.search(clause)) is not None:
            yield from self._of_words(rate, of["of"], clause[: of.start()], share=True)
            return
        if rate.quantity.unit == "倍" or _OF_WHAT.search(clause):
            degree = _DEGREE.search(clause)
            if degree is not None and degree["of"] and not clause.endswith("率"):
                yield from self._of_words(rate, degree["of"], clause[: degree.start()], share=False)
                return
        yield from self._named(rate)

    def _in_bracket(self, rate: Place) -> Ratio | None:
        """合格率97.9%（46座合格）: the numerator stands in brackets behind the rate, the denominator is what fits it before."""
        if rate.at + 1 >= len(self.stream.places):
            return None
        num = self.stream.places[rate.at + 1]
        if num.host != rate.at or not num.lead.endswith("（") or len(num.lead) > 1 or not is_level(num.fact):
            return None
        for p in self._levels(rate, BACK):
            if p.paragraph == rate.paragraph and like(p.quantity, num.quantity) and limited(p.fact) and fits(rate.fact, [num.fact], [p.fact]):
                return Ratio(rate=rate.fact, num=num.fact, den=(p.fact,), sure=True)
        return None

    def _of_stated(self, rate: Place, den: Place) -> Iterator[Ratio]:
        """占全区罚款总额1025.7万元的40.2%; 完成年度计划500户次的104%."""
        # 占年度计划6.0亿元的104.5%: a plan is reached, it is no whole
        share = None if _PLAN.search(den.clause) else _SHARE.search(den.plain)
        candidates = [p for p in self._levels(den, BACK) if like(p.quantity, den.quantity) and p.paragraph == rate.paragraph][:4]
        candidates = [p for p in candidates if p.sentence == candidates[0].sentence]
        if not candidates:
            return
        chosen = next((p for p in candidates if fits(rate.fact, [p.fact], [den.fact])), None)
        alone = len({p.quantity.value for p in candidates}) == 1 or self._sibling(candidates[0], candidates)
        yield Ratio(
            rate=rate.fact,
            num=(chosen or candidates[0]).fact,
            den=(den.fact,),
            sure=chosen is not None or (alone and rate.quantity.bound == "=" and _in_digits(rate.fact, self.context)),
            share=share is not None,
            part=share is not None,
        )

    def _sibling(self, nearest: Place, candidates: Sequence[Place]) -> bool:
        return nearest.at + 1 == candidates[0].at + 1 and not self.whole.get(nearest.fact.id)

    def _bare(self, rate: Place, head: str) -> Iterator[Ratio]:
        """A数10件，占58%: a share of what the part is a part of."""
        own = _IDLE.sub("", head)
        num = None
        if len(own) > 1:
            num = self._by_words(rate, own, exact=True) or self._part_called(rate, head)
        else:
            near = [p for p in self._levels(rate, 6) if p.sentence == rate.sentence]
            num = next((p for p in near if p.bracket == rate.bracket), near[0] if near else None)
        if num is None:
            return
        if num.sentence < rate.sentence and (own_pair := self._own_pair(rate)) is not None:
            yield from own_pair
            return
        dens, sure = self._wholes(num)
        if not sure and not any(fits(rate.fact, [num.fact], [d]) for d in dens):
            dens = [*dens, *self._far(rate, num.fact)]
        # 女性1480万人，所占比重47.8%，其中高级161万人，所占比重38.3%: of what the first one is a share of, not of it
        parallel = sure and self._own_share(dens[0], num)
        likely = [] if sure or parallel else self._first_of_name(num)
        yield from self._choose(rate, num.fact, dens, sure=sure and not parallel, share=True, slips=not parallel, likely=likely)

    def _first_of_name(self, num: Place) -> list[Fact]:
        """夜间火灾241起，占18.7%: what the document first states under that name, for all of it."""
        first = _firsts(self.context).get((self.context.whole(num.fact), unit_family(num.quantity)))
        return [first] if first is not None and first.id != num.fact.id and not smaller(first, num.fact) else []

    def _own_share(self, whole: Fact, part: Place) -> bool:
        """Whether a whole is itself told to be a share of something, before its parts are."""
        at = next((p.at for p in self.stream.back(part.at, BACK) if p.fact.id == whole.id), None)
        beside = self.stream.places[at + 1 : min(at + 4, part.at)] if at is not None else ()
        for place in beside:
            if is_share(place.fact):
                share = _SHARE.search(place.clause)
                return share is not None and _BARE.match(place.clause[share.end() :]) is not None
            if is_level(place.fact):
                return False
        return False

    def _wholes(self, num: Place) -> tuple[list[Fact], bool]:
        whole = self.whole.get(num.fact.id)
        if whole is not None:
            return [whole], True
        found: list[Place] = []
        for p in self._levels(num, BACK):
            if p.paragraph < num.paragraph - 1 or len(found) == 4:
                break
            if like(p.quantity, num.quantity) and not smaller(p.fact, num.fact):
                found.append(p)
        found.sort(key=lambda p: bool(RESTATED.search(p.plain)))
        return [p.fact for p in found], False

    def _far(self, rate: Place, num: Fact, of: str = "") -> list[Fact]:
        """What else of the document a share may be of, if it fits: what bears the name that is told, or a total of the unit."""
        named, totals = wholes_of(self.context)
        unit = unit_family(num.quantity)
        telling = len(rate.quantity.digits.replace(".", "")) > 2 and rate.quantity.bound == "="
        found = [*named.get((unit, core(NOISE.sub("", of) or of)), ()), *(totals.get(unit, ()) if telling else ())]
        year = self.context.document.about.year
        found = [f for f in found if past(f.period, year) is past(num.period, year)]
        return [f for f in found if f.id != num.id and limited(f) and limited(num) and not smaller(f, num) and fits(rate.fact, [num], [f])][:1]

    def _of_words(self, rate: Place, of: str, head: str, *, share: bool) -> Iterator[Ratio]:
        """占检查家次的5.8%; 完成年初预算的98%: the denominator is named, not stated beside it."""
        of = of.removesuffix("的")
        own = head if len(_IDLE.sub("", head)) > 1 else ""
        num = self._by_words(rate, _IDLE.sub("", own)) if own else None
        if own and num is None:
            if _PLANNED.search(of) and not share:
                yield from self._of_goal(rate, own)
            return
        near = [p for p in self._levels(rate, 8) if p.sentence == rate.sentence]
        nums = [num] if num is not None else sorted(near, key=lambda p: p.bracket != rate.bracket)[:3]
        if not nums:
            return
        if _CEILING.search(of) if share else _PLANNED.search(of):
            dens = [p for p in self._named_places(rate, of, BACK, same=nums[0]) if p.at not in {n.at for n in nums[:1]}]
            goals = [p.fact for p in dens]
            if not goals:
                goals = [f for f in named_near(self.context, nums[0].fact) if f.kind == "target" and like(f.quantity, nums[0].quantity)]
                # 实际补贴237台，仅完成目标的79%, in the row of a table beside the target of 300台
                beside = (p.fact for p in self.stream.back(rate.at, NEAR) if p.paragraph == rate.paragraph and p.fact.kind == "target")
                goals += [f for f in beside if like(f.quantity, nums[0].quantity) and fits(rate.fact, [nums[0].fact], [f])]
            back = 1 if len(NOISE.sub("", of)) > 2 else 0
            sure = bool(dens) and dens[0].sentence >= rate.sentence - back
            yield from self._choose(rate, nums[0].fact, goals[:3], sure=sure, share=False, strict=bool(dens))
            return
        first: tuple[Place, list[Fact], bool] | None = None
        likely: list[Fact] = []
        slips = True
        for n in nums:
            dens_ = self._scoped(n, of) if share and (_WHOLE.match(of) or _SCOPE.search(of)) else []
            same = None if share else n
            everywhere = _PLACE.search(of) is not None and len(NOISE.sub("", of)) < 3
            places = (
                []
                if everywhere
                else [p for p in self._named_places(rate, of, 400, same=same) if p.at != n.at and (not share or not smaller(p.fact, n.fact))]
            )
            named = [p.fact for p in places[:3]]
            far = 2 if len(NOISE.sub("", of)) > 2 else 0
            close = bool(places) and places[0].paragraph == rate.paragraph and places[0].sentence >= rate.sentence - far
            close = close and self._said(places[0], of)
            every = [*named, *dens_]
            if share and not everywhere and not close and not any(fits(rate.fact, [n.fact], [d]) for d in every):
                every += self._far(rate, n.fact, of)
            if any(fits(rate.fact, [n.fact], [d]) for d in every):
                yield from self._choose(rate, n.fact, every, sure=True, share=share)
                return
            if n is nums[0] and not everywhere:
                likely = [p.fact for p in places[:3] if self._said(p, of)] or self._bearing(of, n.fact)
                whole = self.whole.get(n.fact.id)
                likely += self._first_of_name(n) if _WHOLE.match(of) or _SCOPE.search(of) else []
                likely += [whole] if whole is not None and _WHOLE.match(of.removesuffix(bare(whole.mention.text)[-2:])) else []
                first = n, [], False
            if n is nums[0] and every:
                said = bool(named) and squeezed(of) in bare(named[0].mention.text)
                whole = self.whole.get(n.fact.id)
                # 占项目支出的96.33% is of no whole that is called 支出
                key = NOISE.sub("", squeezed(of))
                called = len(key) < 2 or key in NOISE.sub("", self._label_of(every[0]))
                meant = called and whole is not None and every[0] is whole and not _PLACE.search(of)
                first = n, every, (close and (share or said)) or meant
                slips = called or close
        if first is not None:
            n, every, sure = first
            if every or likely:
                yield from self._choose(rate, n.fact, every, sure=sure and bool(every), share=share, slips=slips, likely=likely)

    def _of_goal(self, rate: Place, own: str) -> Iterator[Ratio]:
        """城镇新增就业完成年度任务的107.7%: the figure and its goal stand in a table or a note, each once."""
        words = core(_IDLE.sub("", squeezed(own)))
        named = [f for f in _by_words(self.context).get(words[:_TELLING], ())[:BACK] if words in bare(f.mention.text)]
        goals = [f for f in named if f.kind == "target" and limited(f)]
        year = self.context.document.about.year
        done = [f for f in named if f.kind == "level" and not past(f.period, year)]
        pairs = [(f, g) for f in done for g in goals if like(f.quantity, g.quantity)]
        fitting = next((pair for pair in pairs if fits(rate.fact, [pair[0]], [pair[1]])), None)
        meant = [pair for pair in pairs if explained(rate.fact, *pair)]
        if fitting is not None or len(meant) == 1:
            num, den = fitting or meant[0]
            yield Ratio(rate=rate.fact, num=num, den=(den,), sure=True)

    def _bearing(self, of: str, num: Fact) -> list[Fact]:
        """What bears the name that is told, wherever the document states it, if it states one figure under it."""
        key = core(NOISE.sub("", of) or of)
        named = wholes_of(self.context)[0].get((unit_family(num.quantity), key), []) if len(key) > 1 else []
        return named[:1] if len({fact.quantity.value for fact in named}) == 1 else []

    def _scoped(self, num: Place, of: str) -> list[Fact]:
        """The same thing measured for the whole: 占全县的57.8%."""
        found: list[Fact] = []
        rank = self.context.order
        year = self.context.document.about.year
        named = named_near(self.context, num.fact)
        for fact in sorted(named, key=lambda f: (rank[f.id] > rank[num.fact.id], abs(rank[f.id] - rank[num.fact.id]))):
            if fact.id == num.fact.id or fact.subject or past(fact.period, year) is not past(num.fact.period, year):
                continue
            if is_level(fact) and like(fact.quantity, num.quantity) and smaller(num.fact, fact):
                found.append(fact)
        whole = self.whole.get(num.fact.id)
        return [whole, *found[:5]] if whole is not None and not _PLACE.search(of) else found[:6]

    def _choose(
        self,
        rate: Place,
        num: Fact,
        dens: Sequence[Fact],
        *,
        sure: bool,
        share: bool,
        strict: bool = False,
        part: bool = False,
        slips: bool = True,
        likely: Sequence[Fact] = (),
    ) -> Iterator[Ratio]:
        """``slips`` is whether a slip of the pen that explains the difference makes a doubtful relation sure, if chance would hardly do as
        much; of the ``likely`` denominators, which the words leave no choice but to take, any slip is enough."""
        full = rate.quantity.value == iv.HUNDRED
        dens, likely = (
            [d for d in found if d.id != num.id and limited(d) and (full or d.quantity.value != num.quantity.value)] for found in (dens, likely)
        )
        if not dens and not likely:
            return
        # 完成投资92.3亿元，占年度计划的107.3%: more than all is no part
        part = (share or part) and (rate.quantity.value is None or rate.quantity.value <= iv.HUNDRED)
        told = rate.quantity.bound == "=" and _in_digits(rate.fact, self.context)
        meant = next((d for d in likely if explained(rate.fact, num, d)), None) if told and not full else None
        # 近5万人 beside 48620人 is no other reading: what is told roughly gives way to what is told exactly
        dens = [d for d in dens if not any(_finer(other, d) for other in (*dens, *likely))]
        # a figure that is printed to the last digit goes before one told roughly: 近5万人
        fitting = [d for d in (*dens, *likely) if fits(rate.fact, [num], [d])]
        chosen = next((d for d in fitting if d.quantity.bound == "=" or meant is None), None)
        first = dens[0] if dens else likely[0]
        if strict and chosen is not None and chosen is not first and first.quantity.value != chosen.quantity.value:
            chosen = None
        if chosen is None and meant is not None:
            yield Ratio(rate=rate.fact, num=num, den=(meant,), sure=True, share=share, part=part)
            return
        sure = chosen is not None or (told and (sure or (slips and (slipped(rate.fact, num, first) or mistyped(rate.fact, num, first)))))
        yield Ratio(rate=rate.fact, num=num, den=(chosen or first,), sure=sure, share=share, part=part)

    # --- a named rate ---

    def _named(self, rate: Place) -> Iterator[Ratio]:
        words = _STEM.search(rate.clause) or _STEM.search(bare(rate.fact.mention.text))
        stem = words["stem"] if words else ""
        if not stem or (rate.quantity.bound != "=" and _HELD.search(rate.clause)):
            return
        numerator, denominator = next(((n, d) for name, n, d in RATES if name.search(stem)), (None, None))
        nears = [p for p in self._levels(rate, BACK) if p.paragraph == rate.paragraph and p.sentence >= rate.sentence - 2]
        if "调整" in stem:
            nears = sorted(
                (*nears, *(p for p in self.stream.back(rate.at, NEAR) if p.fact.kind == "delta" and p.sentence == rate.sentence)), key=lambda p: -p.at
            )
        if "满意" in stem and (told := self._satisfied(rate, nears)) is not None:
            yield told
            return
        planned = self._against_plan(rate, stem)
        if planned is not None:
            yield from self._choose(rate, planned[0], [planned[1]], sure=True, share=False)
            return
        compound = list(self._compound(rate, stem))
        if compound:
            yield from compound
            return
        num = None
        by_stem = 0
        # 下发整改通知书1128份 is no number of things mended
        nears = [p for p in nears if not _FORMER.search(p.clause) and ("书" in stem or not _WRIT.search(self._label(p, rate)))]
        for p in sorted(nears, key=lambda p: p.bracket not in (0, rate.bracket)):
            label = self._label(p, rate)
            hit = _shared(stem, label) if numerator is None or not numerator.search(label) else 9
            if hit > by_stem and any((like(q.quantity, p.quantity) and q.at < p.at) or self.whole.get(p.fact.id) for q in nears):
                num, by_stem = p, hit
        if num is None:
            return
        others = [p for p in nears if p.at < num.at and like(p.quantity, num.quantity)]
        shared = self.whole.get(num.fact.id)
        asked = denominator.search if denominator is not None else None
        others = [p for p in others if shared is None or self.whole.get(p.fact.id) is not shared or (asked and asked(p.clause))]
        within = [p for p in others if p.sentence == num.sentence] or [p for p in others if p.fact.id not in self.whole] or others
        own = self._label(num)
        within = [p for p in within if p.fact.id not in self.whole] or within
        within.sort(key=lambda p: (-len(bigrams(stem) & bigrams(self._label(p))), -len(bigrams(own) & bigrams(self._label(p)))))
        dens = [p.fact for p in (*within, *(p for p in others if p not in within))]
        if denominator is not None:
            dens.sort(key=lambda f: not denominator.search(self._label_of(f)))
        whole = self.whole.get(num.fact.id)
        if whole is not None:
            dens.insert(0, whole)
        carried = self._carried(num, stem)
        if carried is not None:
            dens.insert(0, carried)
        dens = list({d.id: d for d in dens}.values())[:4]
        opposite = self._opposite(stem, num, nears)
        if opposite is not None and fits(rate.fact, [num.fact], [opposite, num.fact]):
            yield Ratio(rate=rate.fact, num=num.fact, den=(opposite, num.fact), sure=True)
            return
        if not dens:
            return
        if not any(fits(rate.fact, [num.fact], [d]) for d in dens):
            # 结案371件（含上年结转22件）；本年立案的已结349件，结案率90.4%: another figure of its name gives the rate
            nearer = [p for p in nears if p.at > num.at and p.sentence == rate.sentence and like(p.quantity, num.quantity)]
            fitting = next(((p, d) for p in nearer for d in dens if fits(rate.fact, [p.fact], [d])), None)
            if fitting is not None:
                yield Ratio(rate=rate.fact, num=fitting[0].fact, den=(fitting[1],), sure=True)
                return
            # 床位960张，入住546人，入住率56.9%: beds are filled by persons
            own_pair = self._own_pair(rate) if num.sentence < rate.sentence else None
            if own_pair is not None:
                yield from own_pair
                return
            here = [p.fact for p in self._levels(rate, BACK) if p.sentence == rate.sentence and p.at < num.at and p.quantity.dimension == "count"]
            if any(fits(rate.fact, [num.fact], [d]) for d in here):
                yield from self._choose(rate, num.fact, here, sure=True, share=False)
                return
        named = denominator is None or bool(denominator.search(self._label_of(dens[0])))
        rivals = [p for p in within if denominator is not None and denominator.search(self._label_of(p.fact))]
        sensible = not smaller(dens[0], num.fact) or "完成" in stem or "执行" in stem
        clear = len(within) == 1 or (sensible and len(rivals) < 2)
        full = rate.fact.quantity.value == iv.HUNDRED
        head = stem[:-by_stem] if numerator is None and by_stem < len(stem) else ""
        twin = len(head) > 1 and _shared(stem, self._label_of(dens[0])) >= by_stem and not bigrams(head) & bigrams(self._label_of(dens[0]))
        # 深造1616人，其中本科生深造1535人，本科生深造率28.60%: not of those who went on, but of those who could have
        done = numerator is None and len(stem) > 3 and stem[-2:] in self._label_of(dens[0]) and not _ASKED_OF.search(self._label_of(dens[0]))
        twin = twin or (done and not bigrams(stem[:-2]) & bigrams(self._label_of(dens[0])))
        # 高血压规范管理2.14万人，糖尿病规范管理0.86万人，规范管理率71.1%: nor of those of another kind who did
        twin = twin or (numerator is None and stem in self._label_of(dens[0]) and not _ASKED_OF.search(self._label_of(dens[0])))
        if _UNDONE.search(self._label(num, rate)) and not _UNDONE.search(stem):
            return  # 32项指标中5项未量化，量化率84.38%: the rate is of the others
        # 完成改造31个，…；设备采购完成率82.6%: behind a semicolon a rate of something else needs its own figures
        own_thing = stem[:-by_stem] if by_stem < len(stem) else ""
        apart = len(own_thing) > 1 and "；" in self.stream.between(num.at, rate.at) and not bigrams(own_thing) & bigrams(own)
        # 死亡率7.99‰ is of the population, which need not be stated
        apart = apart or (rate.quantity.unit == "‰" and not _PEOPLE.search(self._label_of(dens[0])))
        timed = _IN_TIME.search(stem)
        apart = apart or (timed is not None and timed[0] not in f"{own}{self._label_of(num.fact)}")
        # 出生率6.19‰ is of the mean population, which that at the end of the year is near to
        apart = apart or self._of_mean(rate, num, dens[0], stem)
        firm = self._firm(dens[0], num, nears, stem, asked=denominator is not None and named, negative=opposite is not None)
        # 治理率由33.1%提高到38.6% is reached over years
        started = self.stream.places[rate.at - 1] if rate.at and _TO.search(rate.lead) else rate
        turned = _TURNED.search(started.clause) is not None and not _ELSEWHEN.search(started.clause)
        firm = firm and not twin and not apart and len(stem) > 1 and not turned
        sure = num.sentence == rate.sentence and by_stem >= 2 and named and clear and not full and firm
        part = not _DEGREES.search(stem) and opposite is None
        likely = [] if twin or apart or turned or opposite is not None or by_stem < 2 else self._right_before(num, rate, stem)
        yield from self._choose(rate, num.fact, dens, sure=sure, share=False, part=part, slips=firm, likely=likely)

    def _of_mean(self, rate: Place, num: Place, den: Fact, stem: str) -> bool:
        """Whether a vital rate misses a population that is none of the mean by no more than that grows in half a year."""
        values = (rate.quantity.value, num.quantity.value, den.quantity.value)
        if rate.quantity.unit != "‰" or not _VITAL.search(stem) or _MEAN.search(self._label_of(den)) or not all(values):
            return False
        stated, part, whole = (value or iv.HUNDRED for value in values)
        return abs(part * 1000 / whole - stated) <= stated / 20

    def _compound(self, rate: Place, stem: str) -> Iterator[Ratio]:
        """营业收入利润率: both figures are in the name; told earlier, perhaps paragraphs before."""
        numerator, denominator = next(((n, d) for name, n, d in COMPOUND if name.search(stem)), (None, None))
        if numerator is None or denominator is None:
            return
        levels = [p for p in self._levels(rate, FAR) if p.quantity.dimension == "money" and not past(p.fact.period, self.context.document.about.year)]
        num = next((p for p in levels if numerator.search(self._label_of(p.fact))), None)
        terms = [p for p in levels if denominator.search(self._label_of(p.fact)) and not numerator.search(self._label_of(p.fact))]
        if num is not None and terms:
            # 文化企业实现利润总额 over 文化企业实现营业收入, not over what some of them took
            own = bigrams(self._label_of(num.fact))
            dens = sorted((p.fact for p in terms), key=lambda den: -len(own & bigrams(self._label_of(den))))
            totals = [p.fact for p in terms if p.paragraph == rate.paragraph and _TOTAL.search(p.fact.mention.text)]
            told = num.paragraph == rate.paragraph and len(totals) == 1 and _LIABLE.fullmatch(bare(num.fact.mention.text)) is not None
            dens = [*totals, *(den for den in dens if den is not totals[0])] if told else dens
            yield from self._choose(rate, num.fact, dens, sure=told, share=False, slips=False, likely=dens[:MOST_DENOMINATORS])

    def _right_before(self, num: Place, rate: Place, stem: str) -> list[Fact]:
        """对12起火灾开展调查（甲7起、乙5起），已办结11起，办结率91.7%: the one figure of the sentence before the numerator that it may be of."""
        named = self._own_whole(num, rate)
        if named is not None:
            return [named]
        between = self.stream.places[num.at + 1 : rate.at]
        if num.sentence != rate.sentence or any(is_level(p.fact) and p.bracket == num.bracket for p in between):
            return []

        asked = next((words for name, _, words in RATES if name.search(stem)), None)

        def tied(den: Fact) -> bool:
            known = asked is not None and asked.search(self._label_of(den)) is not None
            return known or any(name.search(stem) and words.search(self._label_of(den)) for name, words in BASES)

        before = (p for p in self._levels(num, NEAR) if p.sentence == num.sentence and p.bracket == num.bracket and like(p.quantity, num.quantity))
        den = next(before, None)
        if (
            den is None
            or ("；" in self.stream.between(den.at, rate.at) and not tied(den.fact))
            or (den.at + 1 == num.at and _LISTED.search(num.lead) and not tied(den.fact))
        ):
            return []
        return [den.fact]

    def _own_whole(self, num: Place, rate: Place) -> Fact | None:
        """需重建72户，…；重建户已开工68户，开工率94.4%: the one figure of the paragraph whose name the numerator repeats."""
        label = bare(num.clause)
        found = [
            p.fact
            for p in self._levels(num, NEAR)
            if p.paragraph == rate.paragraph
            and like(p.quantity, num.quantity)
            and len(name := core(p.fact.mention.text)) > 1
            and label.startswith(name)
        ]
        return found[0] if len({fact.quantity.value for fact in found}) == 1 else None

    def _firm(self, den: Fact, num: Place, nears: Sequence[Place], stem: str, *, asked: bool, negative: bool) -> bool:
        """Whether the words tie a denominator to the rate: it is the whole of the numerator, or what such a rate is taken of; or it has a word
        in common with the numerator or the rate and stands before it in one stretch, neither behind a semicolon nor in one list with it."""
        if self.whole.get(num.fact.id) is den or self._carried(num, stem) is den:
            return True
        place = next((p for p in nears if p.fact is den), None)
        base = (
            asked
            or _ASKED_OF.search(self._label_of(den)) is not None
            or any(name.search(stem) and words.search(self._label_of(den)) for name, words in BASES)
        )
        if place is None:
            return base
        if place.at + 1 == num.at and _BESIDE.match(num.lead):
            return False  # 63个村环境整治、41个村污水治理
        joined = place.at > 0 and place.joins
        called = f"{self.stream.places[place.at - 1].clause if joined else ''}{place.clause}"  # 全县65岁及以上常住老年人
        if base and ("；" not in self.stream.between(place.at, num.at) or not smaller(place.fact, num.fact)):
            return True  # not 孕产妇系统管理2864人，…；新生儿访视2931人，访视率98.1%
        if _ALL.search(called) and place.sentence == num.sentence:
            return True
        if negative:
            return False
        theirs = bigrams(self._label(place)) - _COMMON
        if place.sentence != num.sentence or "；" in self.stream.between(place.at, num.at):
            # 纳入恢复重建60户…。重建户已竣工57户，竣工率95%
            return place.sentence >= num.sentence - 1 and bool(theirs & bigrams(num.clause))
        return bool((bigrams(stem) | bigrams(self._label(num))) & theirs)

    def _carried(self, num: Place, stem: str) -> Fact | None:
        """信访416件，其中首次信访83件，化解79件，化解率95.2%: a clause that is a verb alone speaks of what the clause before told."""
        verb = squeezed(_IDLE.sub("", num.clause))
        if not num.at or num.bracket or not 0 < len(verb) <= 2 or verb not in stem or not _COMMA.match(num.lead):
            return None
        before = self.stream.places[num.at - 1]
        fitting = is_level(before.fact) and not before.bracket and like(before.quantity, num.quantity)
        if fitting and smaller(before.fact, num.fact):
            # 参考1420人、合格1447人 is a slip; 其中重大3条，整改921条 goes back further, and what is disposed of may come from the year before
            fitting = "其中" not in before.plain and before.fact.id not in self.whole and not any(name.search(stem) for name, _, _ in RATES)
        return before.fact if fitting and before.sentence == num.sentence else None

    def _own_pair(self, rate: Place) -> list[Ratio] | None:
        """12个国考断面中11个达到Ⅲ类，优良比例91.7%: the figures of the rate's own sentence; ``[]`` if none gives it."""
        here = [p for p in self._levels(rate, NEAR) if p.sentence == rate.sentence and not p.bracket]
        pairs = [(p, q) for p in here for q in here if q.at < p.at and like(p.quantity, q.quantity) and not smaller(q.fact, p.fact)]
        if not pairs:
            return None
        return [Ratio(rate=rate.fact, num=p.fact, den=(q.fact,), sure=True) for p, q in pairs if fits(rate.fact, [p.fact], [q.fact])][:1]

    def _opposite(self, stem: str, num: Place, nears: Sequence[Place]) -> Fact | None:
        """批捕386人，不批捕241人，不捕率38.4%: those of whom the contrary is told; the rate is of both."""
        denied = _DENIED.search(stem)
        if denied is None:
            return None
        what = denied["what"]
        for p in nears:
            label = p.clause + bare(p.fact.mention.text)
            beside = p.at != num.at and p.sentence == num.sentence and like(p.quantity, num.quantity)
            if beside and not _DENIED.search(label) and _covers(what, label, least=1):
                return p.fact
        return None

    def _satisfied(self, rate: Place, nears: Sequence[Place]) -> Ratio | None:
        """“很满意”231家、“满意”164家、“一般”17家，满意度95.87%: the satisfied ones together, of all that were asked or that answered."""
        near = [p for p in nears if p.sentence >= rate.sentence - 1]
        classes = [p for p in near if (found := _ANSWER.search(_QUOTES.sub("", p.clause))) is not None and found["class"]]
        if len(classes) < 2 or not all(like(p.quantity, classes[0].quantity) for p in classes):
            return None
        graded_ = [(p, str(_ANSWER.search(_QUOTES.sub("", p.clause))["class"])) for p in classes]
        content = [p for p, name in graded_ if "满意" in name and not name.startswith("不")]
        fully = [p for p, name in graded_ if p in content and not name.startswith(("基本", "比较", "较"))]
        fair = [*content, *(p for p, name in graded_ if name == "一般")]
        asked = [p for p in nears if p not in classes and _ASKED.search(p.clause) and p.quantity.dimension == "count"]
        wholes = [tuple(p.fact for p in classes), *((p.fact,) for p in asked)]
        for some in (content, fully, fair):
            for den in wholes:
                if some and fits(rate.fact, [p.fact for p in some], den):
                    return Ratio(rate=rate.fact, num=some[0].fact, also=tuple(p.fact for p in some[1:]), den=den, sure=True)
        if not content:
            return None
        den = (asked[0].fact,) if asked else wholes[0]
        return Ratio(rate=rate.fact, num=content[0].fact, also=tuple(p.fact for p in content[1:]), den=den, sure=False)

    def _against_plan(self, rate: Place, stem: str) -> tuple[Fact, Fact] | None:
        """安装5240只，计划数为5200只，完成率…; 满分35分，得31.19分，得分率…: what was reached and what was meant to, the two figures before."""
        if rate.at < 2:
            return None
        first, second = self.stream.places[rate.at - 2], self.stream.places[rate.at - 1]
        if not first.sentence == second.sentence == rate.sentence or first.bracket != rate.bracket or second.bracket != rate.bracket:
            return None
        if stem == "得分" and {first.fact.kind, second.fact.kind} == {"score", "max_score"}:
            got, full = (first, second) if first.fact.kind == "score" else (second, first)
            return got.fact, full.fact
        if like(first.quantity, second.quantity) and _DUE.search(first.clause) and _DID.search(second.clause):
            return second.fact, first.fact
        if stem.endswith("完成") and like(first.quantity, second.quantity) and is_level(first.fact) and is_level(second.fact):
            planned = [p for p in (first, second) if p.fact.kind == "target" and _PLANNED.search(p.clause)]
            done = [p for p in (first, second) if p not in planned and p.fact.kind == "level"]
            if len(planned) == len(done) == 1 and (planned[0].fact.antecedent == done[0].fact.id or self._one_thing(planned[0], done[0])):
                return done[0].fact, planned[0].fact
        return None

    def _one_thing(self, first: Place, second: Place) -> bool:
        return self.context.name(first.fact) == self.context.name(second.fact)

    # --- several rates ---

    def _parallel(self, run: Sequence[Place]) -> Iterator[Ratio]:
        """21起、死亡11人，分别占全区的65.6%和73.3%; 占比分别为60.1%、26.2%…"""
        first = run[0]
        clause = first.clause
        size = len(run)
        if not (_SHARE.search(clause) or _EACH.search(clause)) or "率" in clause or _PRICED.search(clause):
            return
        levels = [p for p in self._levels(first, size + 4) if p.paragraph == first.paragraph]
        for skip in range(max(1, len(levels) - size + 1)):
            nums = levels[skip : skip + size][::-1]
            if len(nums) < size:
                return
            of = _OF.search(clause)
            tried: list[tuple[Place, Place, list[Fact], bool]] = []
            for rate, num in zip(run, nums, strict=True):
                if of is not None and of["of"] and not _BARE.match(of["of"]):
                    dens = [*self._scoped(num, of["of"])]
                    sure = False
                else:
                    dens, sure = self._wholes(num)
                if not sure and not any(fits(rate.fact, [num.fact], [d]) for d in dens):
                    dens = [*dens, *self._far(rate, num.fact)]
                tried.append((rate, num, dens, sure))
            hits = sum(any(fits(rate.fact, [num.fact], [d]) for d in dens) for rate, num, dens, _ in tried)
            if not hits:
                # 分别为482起、263起、218起，占37.5%、20.5%、17.0%，三者合计963起: of all, not of the three
                tried = [(rate, num, self._far(rate, num.fact), False) for rate, num, _, _ in tried]
                hits = sum(bool(dens) for _, _, dens, _ in tried)
            if hits * 2 >= size:
                every = list({d.id: d for *_, dens, _ in tried for d in dens}.values())
                for rate, num, _dens, _sure in tried:
                    best = self._voted(tried, [d for d in every if like(d.quantity, num.quantity)])
                    yield from self._choose(rate, num.fact, best, sure=True, share=True)
                return

    def _voted(self, tried: Sequence[tuple[Place, Place, list[Fact], bool]], dens: list[Fact]) -> list[Fact]:
        return sorted(dens, key=lambda d: -sum(fits(r.fact, [n.fact], [d]) for r, n, _, _ in tried))

    # --- words ---

    def _levels(self, place: Place, limit: int) -> Iterator[Place]:
        """The levels before a place, nearest first; those in other brackets and those per unit left out."""
        for p in self.stream.back(place.at, limit):
            if (
                is_level(p.fact)
                and p.fact.kind not in ("score", "max_score")
                and not PER.search(p.plain)
                and (not p.bracket or p.bracket == place.bracket or p.sentence == place.sentence)
                and not self.stream.compared(p)
                and not self._limits(p)
            ):
                yield p

    def _limits(self, place: Place) -> bool:
        """月收入8000元以上的占17.4%，6000—7999元的占31.8%: the limits of a class are no amount of it."""
        return place.quantity.bound not in ("=", "≈") and _CLASS.match(self.stream.after(place.at)) is not None

    def _part_called(self, place: Place, words: str) -> Place | None:
        """The part before a place whose name begins as the words do: 电气火灾 after 电气故障137起."""
        start = squeezed(words)[:2]
        return next((p for p in self._levels(place, NEAR) if p.sentence == place.sentence and start in self._label(p)), None)

    def _label(self, place: Place, rate: Place | None = None) -> str:
        words = self.stream.after(place.at)
        after = first_words(words)
        if rate is not None and place.at + 1 == rate.at and after == words:
            after = ""  # 5所学校上线率70.93%: these words name the rate
        own = place.clause
        return f"{own}{bare(place.fact.mention.text)}{after}"

    def _label_of(self, fact: Fact) -> str:
        return self.context.name(fact) + bare(fact.mention.text)

    def _named_places(self, place: Place, words: str, limit: int, same: Place | None = None) -> list[Place]:
        """Levels before a place whose names hold the words: those that say them as they are, else those that say as much; nearest first."""
        exact = squeezed(words)
        key = NOISE.sub("", exact) or exact
        ranked: list[list[Place]] = [[], [], []]
        for p in self._levels(place, limit):
            if same is not None and not like(p.quantity, same.quantity):
                continue
            mention = bare(p.fact.mention.text)
            label = p.clause + p.quantity.unit + mention
            stripped = NOISE.sub("", label)
            if exact in label and (exact[:1] in "非不未无" or not regex.search(rf"[非不未无]{regex.escape(exact)}", label)):
                ranked[0].append(p)
                if len(ranked[0]) == 4:
                    break
            elif (len(key) > 1 and key in stripped) or _covers(key, stripped):
                ranked[1].append(p)
            elif len(key) > 2 and alike(mention, words):
                ranked[2].append(p)
        return next((found[:4] for found in ranked if found), [])

    def _said(self, place: Place, words: str) -> bool:
        """Whether the words before a place, or its mention, say the words, the idle ones left out."""
        label = place.clause + place.quantity.unit
        key = NOISE.sub("", squeezed(words)) or words
        # 本年预算支出 is not what 国家预算规定债款支出 is called, though all its characters stand there
        return key in NOISE.sub("", label) or (place.quantity.dimension != "money" and _covers(key, NOISE.sub("", label)))

    def _by_words(self, place: Place, words: str, *, exact: bool = False) -> Place | None:
        key = squeezed(words)
        found = [p for p in self._named_places(place, words, BACK) if not exact or key in self._label(p)]
        # 现场查处占32.6% is not of 非现场查处85.2万起, 合格占80% not of 不合格60家
        negated = regex.compile(rf"[非不未无]{regex.escape(key)}")
        found = [p for p in found if key not in self._label(p) or not negated.search(self._label(p))] if key[:1] not in "非不未无" else found
        return found[0] if found else None


def _in_digits(rate: Fact, context: Context) -> bool:
    """Whether a rate is printed in digits: 四分之三 and 一半 are figures of speech."""
    return _DIGIT.search(rate.quantity.span.of(context.text)) is not None


def _finer(fact: Fact, other: Fact) -> bool:
    """Whether a figure says more exactly what another one says."""
    a, b = fact.quantity.interval, other.quantity.interval
    if a.low is None or a.high is None or b.low is None or b.high is None or not like(fact.quantity, other.quantity):
        return False
    return b.low <= a.low <= a.high <= b.high and a.high - a.low < b.high - b.low


def _goes_on(last: Place, place: Place) -> bool:
    """Whether a rate is the next one of a run: 60.1%、26.2%和13.7%; 22.2∶38.9∶38.9."""
    if place.quantity.unit == last.quantity.unit == "" and place.lead in ("∶", "：", ":"):
        return True
    return is_share(place.fact) and _JOINED.fullmatch(place.lead) is not None


def _covers(key: str, label: str, least: int = 3) -> bool:
    """Whether all characters of a longer key stand in a label, in their order: 检查家次 in 检查企业…家次."""
    if len(key) < least:
        return False
    at = 0
    for char in key:
        at = label.find(char, at) + 1
        if not at:
            return False
    return True


def _shared(stem: str, label: str) -> int:
    """How many characters the end of a rate's name has in common with a label, in one piece."""
    for size in range(min(len(stem), 4), 1, -1):
        if stem[-size:] in label:
            return size
    if len(stem) == 2 and _covers(stem, label, least=2):
        return 2  # 网办率 of 网上办理
    return 2 if len(stem) > 2 and stem[-3:-1] in label else 1 if stem[-2:][:1] in label and len(stem) == 1 else 0


def _same_clause(rate: Place, before: Place) -> bool:
    return rate.sentence == before.sentence and rate.joins and "、" not in rate.lead
