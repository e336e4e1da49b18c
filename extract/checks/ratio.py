"""R301 ratio: a stated rate follows from the figures that it is computed from.

What:
    A rate, share or coverage beside its numerator and denominator, in a table or in a sentence: n ÷ d lies in the interval that
    the rate as printed stands for; so does a proportion (男女比1.07∶1). Where the definition allows several denominators (年初预算,
    全年预算), one that fits is enough.

Why:
    Rates are what targets and scores are measured by. A rate that its own figures do not give was typed, not computed.

Fires:
    表1 预算执行情况表（单位：万元）
    项目	全年预算数	实际支出数	预算执行率
    甲项目	200	150.50	75.25%
    乙项目	300	285.60	95.20%
    丙项目	312.6	298.17	95.83%

Left alone:
    表1 预算执行情况表（单位：万元）
    项目	全年预算数	实际支出数	预算执行率
    甲项目	200	150.50	75.25%
    乙项目	300	285.60	95.2%
    丙项目	312.6	298.17	95.38%

False alarms:
    A rate over a base that the document does not state.

Source:
    observed in reports

In Chinese:
    比率应由所列的分子、分母算得出；口径允许几个分母（年初预算、全年预算）的，有一个相符即可。
    分母在文中没有列出的，可能误报。
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks import _column_rates, _formulas, _ratios, _table_ratio
from extract.checks._accounts import account_rates
from extract.checks._at_rate import at_rates
from extract.checks._composition import composed_shares
from extract.checks._proportions import proportions
from extract.checks._ratios.complement import complements
from extract.checks._ratios.done_and_left import done_and_left
from extract.relations import CheckRule, Context, Relation


def find(context: Context) -> Iterator[Relation]:
    """Rates of tables, of sentences, and of the catalogue's definitions."""
    yield from _column_rates.ratios(context)
    told = _ratios.ratios(context)
    yield from (found.relation for found in told)
    known = {found.rate.id for found in told}
    yield from (found.relation for found in done_and_left(context, known))
    yield from (found.relation for found in at_rates(context))
    yield from (found.relation for found in complements(context))
    yield from proportions(context)
    yield from (found.relation for found in composed_shares(context) if found.rate.id not in known)
    yield from _table_ratio.ratios(context)
    yield from _formulas.ratios(context)
    yield from account_rates(context)


CHECK = CheckRule(code="R301", name="ratio", name_zh="比率", severity="error", find=find)
