"""The yearly report of a housing fund.

Why: what was paid in, lent and gained is told a section each, and each has to come to what it was used for.
Example: 缴存总额186.40亿元 … 提取总额112.75亿元 … 缴存余额73.65亿元.
Left alone: loans where some were written off or subsidised; the balance of a month.
Source: 《关于健全住房公积金信息披露制度的通知》（建金〔2015〕26号）.
"""

from __future__ import annotations

from extract.forms._form import Account, Form, Rate, named

FORM = Form(
    word="住房公积金",
    terms={
        "paid in": named(r"^[^比较]*缴存总额"),
        "held": named(r"^(?!.*月均)[^比较]*缴存余额"),
        "drawn": named(r"^[^比较]*提取总额"),
        "lent": named(r"累计发放(?:个人住房|个人|住房公积金个人住房)?贷款(?:\d.*、)?"),
        "owed": named(r"^(?!.*[占率])[^比较]*贷款余额"),
        "repaid": named(r"累计(?:回收|收回)(?:个人住房|个人|住房公积金个人住房)?贷款"),
        "gain": named(r"^(?:.*年度?，?)?增值收益"),
        "reserve": named(r"提取(?:个人)?(?:住房)?贷款风险准备金"),
        "administration": named(r"提取(?:中心)?管理费用?"),
        "public housing": named(r"提取(?:城市)?(?:廉租住房|公共租赁住房|公租房)[^，；]{0,12}建设补充资金"),
        "earned": named(r"^(?:.*年度?，?)?业务收入"),
        "paid out": named(r"^(?:.*年度?，?)?业务支出"),
        "overdue": named(r"^(?:.*(?:年末|末))?(?:个人住房|住房公积金个人住房)?贷款逾期额"),
    },
    accounts=(
        Account(
            total="paid in",
            parts=("drawn", "held"),
            note="提取总额 + 缴存余额 = 缴存总额",
            note_en="What was drawn + what is held = what was paid in",
        ),
        Account(
            total="lent",
            parts=("repaid", "owed"),
            doubts="核销|贴息贷款|项目贷款",
            note="累计回收 + 贷款余额 = 累计发放",
            note_en="What was repaid + what is owed = what was lent",
        ),
        Account(
            total="gain",
            parts=("reserve", "administration", "public housing"),
            note="增值收益分配各项之和 = 增值收益",
            note_en="What the gain is allotted to = the gain",
        ),
        Account(
            total="earned",
            parts=("paid out", "gain"),
            note="业务支出 + 增值收益 = 业务收入",
            note_en="Spending + gain = earnings",
        ),
    ),
    rates=(
        Rate(name=named(r"(?:^|贷款)逾期率"), num="overdue", den="owed"),
        Rate(name=named(r"(?:^|年末)(?:个人住房贷款率|个贷率)"), num="owed", den="held"),
    ),
)
