"""A telephone number, a postal code or an id: 020-81234567, 13800138000, 邮编510000, 统一社会信用代码.

Why: contact details are digits without an amount.
Example: 联系电话：020-8123 4567 → phone.
Left alone: numbers with a unit or a scale behind them.
Source: the numbering of the public network (11 digits for mobiles, area codes beginning with 0); observed in reports.
"""

from __future__ import annotations

import re

from extract.knowledge import Pattern, Window
from extract.patterns._grammar import ARABIC_START, D, numeral
from extract.types import Numeral

_LEAD = re.compile(
    r"(?:电话|传真|热线|内线|分机|手机|联系方式|Tel|TEL|邮编|邮政编码|QQ|账号|帐号|信用代码|身份证号|邮箱)(?:号码|号)?[:：为是 （(]{0,3}$"
)


def read(match: re.Match[str], where: Window) -> Numeral | None:
    if match["led"] is None:
        return numeral(match, "phone")
    if _LEAD.search(where.text, max(where.start, match.start() - 10), match.start()):
        return numeral(match, "phone")
    return None


PATTERN = Pattern(
    name="phone",
    rank=14,
    starts=ARABIC_START,
    regex=rf"""
    (?<![{D}.])
    (?:1[3-9][{D}]{{9}}
    |0[1-9][{D}]{{1,2}}(?:[-－—\ ]?[{D}]{{7,8}}|[-－—][{D}]{{3,4}}[-\ ][{D}]{{4}})
    |[48]00-[{D}]{{3,4}}-?[{D}]{{4}}
    )(?![{D}.．万亿元])
    |(?P<led>[{D}][{D}\-－—]{{2,20}})(?![{D}.．万亿元人个年件通次条起宗户家项例批])
    """,
    read=read,
)
