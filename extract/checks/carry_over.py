"""S209 carry-over: a year opens with what the year before closed with.

What:
    年初结转结余 of one year against 年末结转结余 of the year before, under the same words and of the same funds: in one document
    that states both, and across documents (`heshu compare`), in last year's report and in this year's.

Why:
    The balance carried over is one number that two years state. Where they differ, money appeared or went between two reports.

Fires:
    南山县应急管理局2022年度部门决算说明
    一、结转结余情况
    2021年末结转和结余20.51万元，其中项目支出结转8.20万元。
    二、收入支出情况
    2022年年初结转和结余20.15万元，本年收入1,012.30万元。

Left alone:
    南山县应急管理局2022年度部门决算说明
    一、结转结余情况
    2021年末结转和结余20.15万元，其中项目支出结转8.20万元。
    二、收入支出情况
    2022年年初结转和结余20.15万元，本年收入1,012.30万元。

False alarms:
    An opening balance that was corrected (会计差错更正, 收回存量资金) in a place that the text does not tell of.

Source:
    《政府会计制度——行政事业单位会计科目和报表》（财会〔2017〕25号）：结转结余的计算口径

In Chinese:
    本年年初结转结余应等于上年年末结转结余，资金性质相同的才比较。
    会计差错更正、收回存量资金等使年初数调整而文中没有说明的，可能误报。
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks._across import carried
from extract.relations import CheckRule, Context, Relation, Together


def find(context: Context) -> Iterator[Relation]:
    """The end of one year and the start of the next, both stated in one document."""
    if "结转" in context.text or "结余" in context.text:
        yield from carried(Together((context,)))


CHECK = CheckRule(code="S209", name="carry-over", name_zh="上下年衔接", severity="error", find=find, across=carried)
