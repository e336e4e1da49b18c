"""Kinds, dimensions and words that several ways of saying ask for."""

from __future__ import annotations

import re

from extract.types import Kind

CHANGES: frozenset[Kind] = frozenset({"growth", "delta"})
SHARES = frozenset({"ratio", "percentage_point", "multiple", "doubling"})
RATE = re.compile(r"率$|比重$|占比$|比例$")
# What a name for money ends in.
NAMES_MONEY = re.compile(
    r"(?:费用?|经费|资金|金额|款|额|支出|收入|投资|产值|损失|价|税|预算|决算|拨款|补助|补贴|成本|利润|结余|结转|债|资产|增加值|总值|罚没?|奖励?|贷|采购|投入|救助金|薪|[^投]资|金|值|标准|规模)(?:合计|总计|总额|数|额)?$"
)
# What was done to have or use the money, before what it is.
LIGHT = re.compile(r"^(?:筹集|统筹|筹措|争取|落实|安排|投入|使用|接报|遭受|认定|支持|发现|各类|一般|一般程序|另|层层|入户)+(?=.{2})")


def per(words: str) -> bool:
    """Whether the words name something for each one of many."""
    return words.endswith("均") or "每" in words or words in ("人", "户", "件", "车", "亩", "场")
