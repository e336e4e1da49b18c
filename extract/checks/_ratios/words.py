"""Words of rates: what a name says of its numerator and its denominator."""

from __future__ import annotations

import re

from extract.relations import Context
from extract.types import Fact

SHARE = re.compile(r"(?:占(?!用|地|有|领|道|压)|比重|比例|构成|结构|持股|股比)")
BARE = re.compile(r"^(?:比(?:重|例)?|到|了|总量|总数|全部)?(?:的)?(?:比重|比例)?(?:约|近|达|为|是|超|仅|分别|各|依次|则|有|：)*$")
OF = re.compile(r"占(?:比)?(?P<of>[^，。；、：占]{1,30}?)(?:的)?(?:比重|比例|份额)?(?:约|近|达|为|是|超|仅|分别|各|依次|高|到)*$")
IDLE = re.compile(r"约|其|仍|分别|均|也|共(?![同享建治用])|就(?![业医诊学餐])|已|合计|数量|总体|比重|金额|的|两者|两项|前者|后者|大约|近|达|比")
PLACE = re.compile(r"[省市县区镇乡国州球]|世界")
ELSEWHEN = re.compile(
    r"(?:上年|去年|同期|往年|年初|上期|20\d\d年|原来?)的?(?:约|近)?$"
    r"|(?:[上去前]年|上一年|上一?个?(?:期|届|月|季度))(?:度|末|底)?(?:的?同期)?(?:(?:该|此|这一)[^，。；：、]{1,6})?(?:则|仅|只|才|还)?(?:为|是|有)(?:约|近)?$"
)
"""满意度93.9%，上年为92.6%: of other figures than these."""
TO = re.compile(r"^(?:提高|提升|上升|下降|降低|增长|增加|减少|扩大|缩小|缩减|回升|回落|压减|[降升增减])[到至]")
PLANNED = re.compile(r"预算|计划|目标|任务")
PRICED = re.compile(r"(?:(?<![毛净])利|税|汇|费|折现|贴现|收益|失业)率|票息|年化|年息|月息|日息|LPR|基准利", re.IGNORECASE)
"""Prices of money and the like are set or surveyed, not reckoned from two figures of the text: 票面利率, 税率, 登记失业率."""
FORMER = re.compile(r"(?:较|比|与|同)(?:上年|去年|前年|(?:19|20)\d\d年)(?:同期)?的?[^，。；]{0,4}$")
"""较上年的4507.3万元: what was there before."""
DUE = re.compile(r"^[^，。；]{0,4}应[^对急该^，。；]{1,6}$")
"""按期应结案30起: what had to be done."""
ASKED_OF = re.compile(r"应|计划|目标|任务|需|拟|待")
_DIGIT = re.compile(r"[0-9０-９]")
RATES = tuple(
    tuple(re.compile(pattern) for pattern in row)
    for row in (
        ("满意", "满意", "问卷|调查|测评|参与|受访|回访|建议|提案|评价|样本|有效|合计"),
        (
            "预算完成|执行|支出|支付|使用进度|资金使用",
            "支出|决算|执行|支付|使用|列支|拨付",
            "预算|安排|资金|指标|下达|筹集|拨付|投入|到位|批复|收入",
        ),
        ("编制", "在职|实有|在岗|在编|使用", "编制"),
        ("到会|出席|出勤|参会|到课|到岗", "实到|出席|出勤|参加|参会", "应到|应出|应参"),
        ("结案|办结", "办结|结案|[审执了]结", "立案|受理|收到|登记|应办|应结|接"),
        ("调整", "调整|追加|调增|调减|压减", "年初|预算"),
        ("到位", "到位", "引资|签约|计划|应|合同|总投资|预算|协议"),
        ("^(?:[^预]*)完成$", "完成|完工|竣工|实际|建成|安装|改造|新建|检查|抽查", "计划|目标|任务|应|需|共|安装|改造"),
    )
)
"""What a rate's name says of its numerator and denominator, where the name does not stand in the numerator itself."""


def in_digits(rate: Fact, context: Context) -> bool:
    """Whether a rate is printed in digits: 四分之三 and 一半 are figures of speech."""
    return _DIGIT.search(rate.quantity.span.of(context.text)) is not None


def covers(key: str, label: str, least: int = 3) -> bool:
    """Whether all characters of a longer key stand in a label, in their order: 检查家次 in 检查企业…家次."""
    if len(key) < least:
        return False
    at = 0
    for char in key:
        at = label.find(char, at) + 1
        if not at:
            return False
    return True


def ending_in(stem: str, label: str) -> int:
    """How many characters the end of a rate's name has in common with a label, in one piece."""
    for size in range(min(len(stem), 4), 1, -1):
        if stem[-size:] in label:
            return size
    if len(stem) == 2 and covers(stem, label, least=2):
        return 2  # 网办率 of 网上办理
    return 2 if len(stem) > 2 and stem[-3:-1] in label else 1 if stem[-2:][:1] in label and len(stem) == 1 else 0
