"""Names of indicators: what of a mention is its content, what its head word, and the canonical name of what no catalogue has.

A mention is the words of a document (全区共排查整治隐患); its *core* is what is left without function words, the document's
own area and light verbs (排查整治隐患); its *stem* also lacks the head word that unit and kind imply anyway (隐患 of
隐患数). Two mentions of one stem and one head are taken for the same indicator.
"""

from __future__ import annotations

import re
import unicodedata

from extract.memo import remembered
from extract.types import Kind

_DROPPED = re.compile(r"[\s“”‘’\"'「」『』《》〈〉【】\[\]、，,。；;：:·•．|/\\_—–-]|(?:19|20)\d\d年(?:度|底|末)?")
# What stands before a name and is none of it: its number in a list (（二）, 3., ④), the date that an event is called by
# (“7·13”洪涝), what a date leaves behind (截至11月底支出). Several numbers are a name: 三、四标段, 一、二季度.
_FRONT = re.compile(
    r"^\s*(?:[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]|(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:、|[.．](?!\d))|[①-⑳])\s*(?![一二三四五六七八九十\d])|"
    r"^\s*(?:[“\"]\d{1,2}[·•．.]\d{1,2}[”\"]|\d{1,2}[·•]\d{1,2})(?=[一-龥])|^[底末](?=(?:累计|共|已|实际)?(?:支出|收入|拨付|到位|执行|完成|投入))"
)
_NOTE = re.compile(r"[（(](?:类|款|项|(?:含|不含|包括|其中|如|单位)[^（）()]*|[个件起家人次项条万亿元%]+)[)）]")
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]?|[)）]")

# Words before the thing measured that say nothing of what it is: time, extent, the document's own area, agents, light verbs.
_BEFORE = re.compile(
    r"""^(?:
    \d+月(?:份|底|末)?|[一二三四]季度|[上下]半年|且(?=[^\d])|其(?!他|它|余|中)|该|当地|现有|截至目前|截至|截止|目前|其中|期间|当年|当前|当日|当月|全年度?(?!预算|执行|调整)|本年度|今年以?来?|本年(?!支出|收入|预算|利润)|年内|上年度?(?!结转|结余|末|度|同期)(?=.{2})|去年(?!同期)(?=.{2})|
    本市|本区|本县|本省|本镇|本局|本级?部门|本单位|我省|我市|我区|我县|我镇|我街|我局|我单位|我院|我校|我委|我办|我队|
    全省|全市|全区|全县|全镇|全乡|全村|全街道?|全州|全旗|全局|全院|全校|全系统|全行业|全域|全部|辖区内?|境内|
    [各](?:级|类|镇街|镇|乡镇|街道|区县|县区|部门|单位|有关部门|地区?|种|项)+|有关部门|相关部门|
    累计|合计|总计|共计|一共|总共|共(?!享|青|产|用|建|治|同|有产)|现(?:共)?有|共?拥有|实有(?!人|在)|有(?!效|限|色|害|奖|组|机|关|偿|毒|线|轨|人机)|均(?!价|衡|等)|约|近|达到?|为(?!民)|
    已经?|先后|分别|陆续|同时|继续|不断|还|另有?|再|仅|只|将|拟|计划(?!生育|内|外)|预计|预期|力争|确保|要求|应当|
    用于|通过|针对|围绕|依托|利用|按照|根据|对(?!口|外|虾|公)|向(?!上)|由|在(?!职|编|建|岗|校|册|线|管|园|京|院|逃|押|用)|给予|予以(?!公)|进行了?|
    组织开展了?|开展实施|组织实施|开展了?|组织(?:了|召开|举办|参加|学习)?(?!机构|部)|举办了?|举行了?|召开了?|完成了?(?!率)|实现了?|实施了?|落实了?(?!率)|推动|推进|做好|发生了?|出现|存在|
    达|成功|全面|集中|深入|积极|认真|扎实|严格|及时(?!率)|依法|联合(?=检查|执法)|广泛|大力|切实|有效(?=处置|应对|化解)|妥善|全力|常态化|
    较大?(?=幅)|[的了]
    )""",
    re.VERBOSE,
)
# Words behind the thing measured: copulas, comparisons, adverbs, empty nouns.
_AFTER = re.compile(
    r"(?:数量|情况|工作|的|了|共?收到|预计|共计|合计|共|分别|均|仅|约|近|已|达到|达|为|是|(?<![实拥所国共现])有|(?<![理自事缘])则?由|超过|超|突破|不少于|不低于|不超过|控制在|保持在|实现|累计|完成|增至|降至|升至|减至|提高到|下降到|上升到|增加到|减少到|"
    r"(?:以上|以下|以内|左右)|大于|小于|等于|[≥≤><=＞＜＝])$"
)
_LONGEST_AFTER = 4
_CHANGE = re.compile(
    r"(?:(?:与|比|较)?(?:上年度?|去年|前年|往年|同期|上期|上月|上半年|下半年|年初|历年|均值|目标值?)*(?:同期|同比|环比|相比|比较?|均)*"
    r"(?:呈|各|分别|均|共|实际)?(?:(?:小幅|大幅|持续|稳步|继续|明显|同步)?(?:净?增加额?|增长额?|增幅|增速|上升|提高|提升|上涨|下降|减少额?|降低|下滑|回落|压减|缩减|降幅|减幅|减|升|涨|增|降|少|多|高|低|变化|变动|增减))+(?:了|率|额|幅度|约|近)?)$"
)
_COMPARED = re.compile(r"(?:(?:与|比|较)(?:上年度?|去年|前年|同期|上期|上月|年初|历年|目标值?)+(?:同期)?|同比|环比)$")

_MEASURE = re.compile(r"(?:[深宽高长厚]度|水位|雨量|降水|降雨|半径|直径|流程|高程|距离?|里程|车程|面积|深|宽|高)$")

# Transitive verbs that a report puts before their noun, and its tables behind it: 发放宣传资料, 宣传资料发放数.
_VERBS = (
    "发放|派发|印发|印制|发送|发布|收缴|安装|加装|更换|维修|修复|修订|修编|编制|制定|拆除|采购|购置|购买|配备|配发|调拨|调运|投放|清理|清除|整治|改造|新建|建成|创建|"
    "新增|签订|签署|张贴|悬挂|播放|播出|推送|受理|办结|办理|查处|查扣|扣押|查封|取缔|关闭|关停|约谈|曝光|移送|移交|评查|督办|销号|资助|引进|筹集|开设|开通|"
    "设立|增设|成立|出动|出台|制作|组建|疏浚|加固"
)
_VERB_FIRST = re.compile(rf"^((?:{_VERBS}){{1,2}})了?(?=[^数率费款额金支收总量比度面人件起次]..?)")
_VERB_LAST = re.compile(rf"(?:{_VERBS})$")

# The head words that end a name, the longest first, and the class of each: what may not be mixed up.
HEADS: dict[str, str] = {
    "人数": "person", "总人数": "person", "人次数": "visit", "人次": "visit", "总人次": "visit",
    "家次数": "household_visit", "家次": "household_visit", "户次": "household_visit",
    "起数": "case", "宗数": "case", "件数": "case", "案件数": "case", "例数": "case",
    "场次数": "occasion", "场次": "occasion", "场数": "occasion", "次数": "occasion", "批次": "occasion", "轮次": "occasion", "期数": "occasion",
    "户数": "household", "家数": "thing", "个数": "thing", "项数": "thing", "条数": "thing", "份数": "thing", "处数": "thing", "座数": "thing",
    "台数": "thing", "套数": "thing", "间数": "thing", "栋数": "thing", "册数": "thing", "辆数": "thing",
    "总数": "", "数": "", "总量": "", "量": "",
    "面积": "area", "总面积": "area", "长度": "length", "总长度": "length", "里程": "length", "总里程": "length", "距离": "length",
    "金额": "money", "总金额": "money", "总额": "money", "资金额": "money", "额": "money",
    "率": "ratio", "占比": "ratio", "比重": "ratio", "比例": "ratio", "比": "ratio", "满意度": "ratio",
    "得分": "score", "分值": "score", "分数": "score", "评分": "score", "自评分": "score", "权重": "score",
}  # fmt: skip
_HEAD = re.compile("(?:" + "|".join(sorted(HEADS, key=len, reverse=True)) + ")$")
_RATIO_NAME = re.compile(r"(?:率|占比|比重|比例|之比|收入比|比|度|指数|强度|系数|率得分)$")
_KEEPS_HEAD = re.compile(
    r"(?:户籍|常住|指|系|参|基|函|少|多|岁|财政|权)数$|"
    r"(?:总|质|数|容|流|储|存|产|销|用|雨|水|吞吐|能|货运|客运|交易|保有|排放|降|载)量$|"
    r"(?:总|零售|余|差|税|限|定|名|交易|成交|销售|进出口|进口|出口|营业|份|产|配)额$|[性对类无]比$"
)

# 公务接待费支出 is 公务接待费: what a cost is for has been said.
_SPENT = re.compile(r"(?<=费)(?:实际)?(?:支出)?(?:决算)?$")

# What a measure word counts. Words of one class can stand for each other (隐患3条 and 3项), of two never (人 and 人次).
_CLASSES: dict[str, frozenset[str]] = {
    **dict.fromkeys(("人", "名", "位", "口"), frozenset({"person"})),
    **dict.fromkeys(("人次", "名次", "人（次）"), frozenset({"visit"})),
    **dict.fromkeys(("家次", "户次", "单位次", "企业次", "所次", "点次", "处次", "间次"), frozenset({"household_visit"})),
    **dict.fromkeys(("起", "宗", "例"), frozenset({"case"})),
    "件": frozenset({"case", "thing"}),
    **dict.fromkeys(("次", "场", "场次", "轮", "轮次", "批", "批次", "回"), frozenset({"occasion"})),
    "期": frozenset({"occasion", "thing"}),
    **dict.fromkeys(("户",), frozenset({"household"})),
}  # fmt: skip
_THING = frozenset({"thing"})
_SUFFIX = {
    "人": "人数", "名": "人数", "位": "人数", "人次": "人次", "起": "起数", "次": "次数", "场": "场次", "场次": "场次",
    "轮": "轮次", "轮次": "轮次", "批": "批次", "批次": "批次", "期": "期数", "户": "户数", "栋": "栋数", "幢": "栋数", "间": "间数",
}  # fmt: skip


def counted(unit: str) -> frozenset[str]:
    """The classes of things that a measure word counts; no two classes are ever the same indicator."""
    if unit.endswith("次") and unit not in _CLASSES:
        return frozenset({"time_of_" + unit[:-1]})
    return _CLASSES.get(unit, _THING)


def narrow(text: str) -> str:
    """The text without spaces, quotes, separators and years; full-width characters narrowed."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text))


def _strip(text: str, own: tuple[str, ...], *, change: bool) -> str:
    while True:
        start = text
        for word in own:
            if len(word) > 1 and text.startswith(word) and len(text) > len(word) + 1:
                text = text[len(word) :]
        if (found := _BEFORE.match(text)) and len(text) - found.end() >= 2:
            text = text[found.end() :]
        if (found := _AFTER.search(text, max(0, len(text) - _LONGEST_AFTER))) and found.start() >= 2:
            text = text[: found.start()]
        found = (_CHANGE if change else _COMPARED).search(text)
        if found and (found.start() >= 2 or change):
            text = text[: found.start()]
        if text == start:
            return text


def core(mention: str, kind: Kind = "level", own: tuple[str, ...] = ()) -> str:
    """The words of a mention that say what is measured; "" where none do (同比增长).

    ``own`` are the names of the document's own place and body, which are no part of a name. Words of change at the end
    are dropped for changes only: 死亡人数下降 is 死亡人数 as growth, but 下降率 as a target keeps its name.
    """
    return _core(mention, kind in ("growth", "delta"), own)


@remembered(1 << 15)
def _core(mention: str, change: bool, own: tuple[str, ...]) -> str:
    """Remembered for the names of a long table: where each row has its own, every stage asks for all of them again."""
    text = _NOTE.sub("", narrow(mention[found.end() :] if (found := _FRONT.match(mention)) else mention))
    mine = tuple(narrow(word) for word in own)
    text = _strip(text, mine, change=change)
    if (joined := _joined(text)) != text:
        text = _strip(joined, mine, change=change)  # 完的成 is 完成 once it is joined
        text = _joined(text) if text != joined else text
    return "" if EMPTY.fullmatch(text) or _AGAINST.fullmatch(text) else text


def _joined(text: str) -> str:
    if "的" in text:
        text = _INNER_OF.sub("", text)
    return _TWICE.sub(r"\g<said>", text) if "收入" in text or "支出" in text else text


_INNER_OF = re.compile(r"(?<=.)的(?=.)")
# A row's label and its column's header may say one thing twice: 基本支出 › 实际支出, 本年收入合计 › 收入.
_TWICE = re.compile(
    r"(?P<said>(?<=.)收入(?=(?:合计|总计)?(?:实际|全年|当年)*收入数?$)|(?<=.)支出(?=(?:合计|总计)?(?:实际|全年|当年)*(?:支出|执行)数?$)|"
    r"年[初末]结转和?结余(?=(?:收入|支出)$)).+$"
)
# Words that only say what is compared with: 高于全国, 按可比价格计算, 较去年同期.
_AGAINST = re.compile(
    r"(?:高于|低于|快于|慢于|好于|优于|多于|少于|超过)全[国省市区县].{0,4}|按?(?:照|以)?(?:不变|可比)(?:价格?|口径)?计?算?|[较比与](?:上|去|前|往)年.{0,6}"
)


EMPTY = re.compile(
    r"(?:合计|总计|小计|共计|总数|总量|总共|共|数|数量|上年|去年|今年|本年|同期|上年同期|去年同期|同比|环比|当年|全年|年度|年初|[上下]半年|[一二三四]+个?季度|增长|增加|减少|下降|上升|提高|新增|净增|占比?|比重|比例|完成|达到|其中|累计|目前|"
    r"年度任务|目标任务|目标值?|任务|计划|结果|平均|最高|最低|最多|最少|第[一二三四五六七八九十]|前[一二两三四五六七八九十\d]+[名位强批]|实际|已|仅|约|为|达|其他|其它|其余|余下|剩余|该项|项目|个|年|月|日)*"
)


def head(text: str) -> tuple[str, str]:
    """(the text without its head word, the head word); the head word is "" where the name has none to spare."""
    found = _HEAD.search(text)
    if found is None or found.start() < 2 or _KEEPS_HEAD.search(text):
        return text, ""
    return text[: found.start()], found.group()


@remembered(4096)
def stem(text: str) -> str:
    """The part of a core that names the thing alike in prose and tables: no head word, the verb behind its noun."""
    text = _BRACKETS.sub("", text) or text
    text = _SPENT.sub("", head(text)[0])
    if (found := _VERB_FIRST.match(text)) and not _VERB_LAST.search(text):
        text = text[found.end() :] + found.group(1)
    return text


def open_name(mention: str, unit: str, dimension: str, kind: Kind, own: tuple[str, ...] = ()) -> str:
    """The canonical name of what no catalogue has: the same for the same thing said elsewhere; "" if nothing names it.

    The suffix follows from unit and kind: 排查整治隐患 with 项 is 排查整治隐患数, 参演人员 with 人次 参演人员人次.
    """
    text = core(mention, kind, own)
    if not text:
        return ""
    if kind in ("score", "max_score"):
        return (_POINTS.sub("", text) or text.removesuffix("得分")) + "得分"
    if _is_ratio(dimension, kind):
        return text if _RATIO_NAME.search(text) else _ratio(text, kind)
    if kind == "growth" or (kind == "delta" and dimension in ("percentage_point", "multiple", "ratio")):
        return text
    if dimension == "count":
        return text if _HEAD.fullmatch(text) else _counted_name(stem(text), unit)
    if dimension in ("length", "area") and not _MEASURE.search(text):
        return stem(text) + ("长度" if dimension == "length" else "面积")
    if dimension == "money":
        return _SPENT.sub("", re.sub(r"(?<=[^总])(?:总?金额|数)$", "", text))
    return text


_POINTS = re.compile(r"(?:得分|自评分|分值|分数|评分|权重|满分|标准分)$")


def _is_ratio(dimension: str, kind: Kind) -> bool:
    return (dimension == "ratio" and kind not in ("growth", "delta")) or (kind == "rate" and dimension == "")


def _ratio(text: str, kind: Kind) -> str:
    if kind == "target" and (found := _CHANGE.search(text)) and found.start() >= 2:
        return text[: found.start()] + ("下降率" if re.search("[降减少低落滑]", found.group()) else "增长率")
    return text + "占比"


def _counted_name(name: str, unit: str) -> str:
    suffix = _SUFFIX.get(unit) or (unit + "数" if unit.endswith("次") else "数")
    # 人口数, 人员数, 负责人数: the person is in the name already
    return name + ("数" if suffix == "人数" and name.endswith(("人", "人口", "人员")) else suffix)
