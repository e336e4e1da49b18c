"""Rates whose names hold both their figures: 营业收入利润率, 资产负债率."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks._list_words import past
from extract.checks._prose import Place
from extract.checks._rates import Ratio
from extract.checks._ratios.choice import choose
from extract.checks._ratios.reader import Reader
from extract.checks._words import bare, bigrams

_FAR = 80
"""So many facts back the figures of a compound rate are looked for."""
_MOST_DENOMINATORS = 3
_TOTAL = re.compile(r"总[计额]?$|合计$")
_LIABLE = re.compile(r"(?:年末|期末|全部)?(?:负债|债务)(?:总[计额]|合计)?")
"""What is owed altogether: not 流动负债 and not 有息负债."""
_COMPOUND = tuple(
    tuple(re.compile(pattern) for pattern in row)
    for row in (
        ("收入利润|销售利润", "利润总额|实现利润|净利润", "(?:营业|销售|业务)收入"),
        ("资产负债", "(?<!流动|有息|长期|短期)负债", "资产(?!负债)"),
        ("存贷", "贷款", "存款"),
        ("^(?:贷款)?拨备覆盖$", "拨备(?!覆盖)|(?:减值|损失)准备", "不良贷款"),
        ("^(?:[^，。]{0,6}贷款)?逾期$", "逾期(?!率)", "贷款余额"),
        ("^不良(?:贷款)?$", "不良贷款", "贷款余额"),
        ("^个贷$", "贷款余额", "缴存余额"),
        ("^产销$", "销售产值", "总产值"),
        ("研发(?:经费)?(?:投入)?强度", "研发", "生产总值"),
    )
)
"""Rates whose names hold both their figures."""


def compound_rate(reader: Reader, rate: Place, stem: str) -> Iterator[Ratio]:
    """营业收入利润率: both figures are in the name; told earlier, perhaps paragraphs before."""
    numerator, denominator = next(((n, d) for name, n, d in _COMPOUND if name.search(stem)), (None, None))
    if numerator is None or denominator is None:
        return
    levels = [p for p in reader.levels(rate, _FAR) if p.quantity.dimension == "money" and not past(p.fact.period, reader.context.document.about.year)]
    num = next((p for p in levels if numerator.search(f"{p.clause}，{reader.label_of(p.fact)}")), None)
    terms = [p for p in levels if denominator.search(reader.label_of(p.fact)) and not numerator.search(reader.label_of(p.fact))]
    if num is not None and terms:
        # 文化企业实现利润总额 over 文化企业实现营业收入, not over what some of them took
        own = bigrams(reader.label_of(num.fact))
        dens = sorted((p.fact for p in terms), key=lambda den: -len(own & bigrams(reader.label_of(den))))
        totals = [p.fact for p in terms if p.paragraph == rate.paragraph and _TOTAL.search(p.fact.mention.text)]
        told = num.paragraph == rate.paragraph and len(totals) == 1 and _LIABLE.fullmatch(bare(num.fact.mention.text)) is not None
        dens = [*totals, *(den for den in dens if den is not totals[0])] if told else dens
        yield from choose(reader, rate, num.fact, dens, sure=told, share=False, slips=False, likely=dens[:_MOST_DENOMINATORS])
