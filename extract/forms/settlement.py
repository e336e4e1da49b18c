"""The explanation of a body's settlement of the year.

Why: what came in and what went is told a section each, and both have to come to one total.
Example: 收、支总计均为4,846.52万元 … 本年收入合计4,612.08万元 … 年初结转和结余234.44万元.
Left alone: 结余分配 and 使用非财政拨款结余 without an amount; the totals of one source of money, but for 财政拨款.
Source: 《政府会计制度——行政事业单位会计科目和报表》（财会〔2017〕25号）.
"""

from __future__ import annotations

from extract.forms._form import Account, Form, named

_BOTH = r"(?:收、?支|收入、?支出|收入支出)(?:决算)?总(?:计|额|数)"
_OF_ONE = r"(?!.*(?:财政拨款|政府性基金|一般公共预算|国有资本|事业单位经营|[上去]年(?!结转)))"
_FISCAL = r"(?!.*(?:政府性基金|国有资本|[上去]年(?!结转)))"

FORM = Form(
    word="结转和结余",
    terms={
        "total": named(rf"^{_OF_ONE}.*{_BOTH}"),
        "income": named(rf"^{_OF_ONE}.*(?:^|本年|年度?)收入(?:决算)?合计"),
        "spending": named(rf"^{_OF_ONE}.*(?:^|本年|年度?)支出(?:决算)?合计"),
        "opening": named(rf"^{_OF_ONE}.*(?:年初|上年)结转和?结余"),
        "closing": named(rf"^{_OF_ONE}.*(?:年末|期末)结转和?结余"),
        "used": named(r"使用非财政拨款结余(?:和专用结余)?"),
        "allotted": named(r"结余分配"),
        "fiscal total": named(rf"^{_FISCAL}.*财政拨款{_BOTH}"),
        "fiscal income": named(rf"^{_FISCAL}(?!.*一般公共预算)(?:.*(?:其中|本年|年度?))?财政拨款收入(?:合计)?"),
        "fiscal spending": named(rf"^{_FISCAL}(?:.*(?:其中|本年|年度?))?(?:一般公共预算)?财政拨款支出(?:合计)?"),
        "fiscal opening": named(rf"^{_FISCAL}(?!.*一般公共预算).*年初财政拨款结转和?结余"),
        "fiscal closing": named(rf"^{_FISCAL}(?!.*一般公共预算).*年末财政拨款结转和?结余"),
    },
    accounts=(
        Account(
            total="total",
            parts=("income", "opening"),
            more=("used",),
            doubts=r"用事业基金弥补|使用(?:非财政拨款|专用)结余",
            note="本年收入合计 + 年初结转和结余 = 收、支总计",
            note_en="Income of the year + what was carried in = the total of either side",
        ),
        Account(
            total="total",
            parts=("spending", "closing"),
            more=("allotted",),
            doubts="结余分配",
            note="本年支出合计 + 年末结转和结余 = 收、支总计",
            note_en="Spending of the year + what is carried out = the total of either side",
        ),
        Account(
            total="fiscal total",
            parts=("fiscal income", "fiscal opening"),
            note="财政拨款收入 + 年初财政拨款结转和结余 = 财政拨款收、支总计",
            note_en="Fiscal income + fiscal money carried in = the fiscal total of either side",
        ),
        Account(
            total="fiscal total",
            parts=("fiscal spending", "fiscal closing"),
            doubts=r"政府性基金(?:预算)?(?:财政拨款)?支出\s*(?:决算)?[为共]?\s*(?!0(?:\.0+)?\s*[万元])\d|国有资本经营(?:预算)?(?:财政拨款)?支出\s*[为共]?\s*(?!0(?:\.0+)?\s*[万元])\d",
            note="财政拨款支出 + 年末财政拨款结转和结余 = 财政拨款收、支总计",
            note_en="Fiscal spending + fiscal money carried out = the fiscal total of either side",
        ),
    ),
)
