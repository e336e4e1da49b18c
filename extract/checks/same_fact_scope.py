"""D102 same-fact-scope-doubt: statements that differ by a scope word only are told apart on purpose.

What:
    The same indicator with two values, where one statement carries a scope word (及下属单位, 在编) that the other lacks.

Why:
    Either the scope explains the difference, and the report should say so, or one of the figures is wrong. An auditor asks.

Fires:
    一、基本情况
    我局及下属单位核定编制31名。
    二、机构设置
    我局核定编制14名。

Left alone:
    一、基本情况
    我局及下属单位核定编制31名。
    二、机构设置
    我局及下属单位核定编制31名，在职人员25人。

False alarms:
    A scope that the reader takes from the heading and that no word of the sentence names.

Source:
    observed in reports
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks._same import statements
from extract.relations import CheckRule, Context, Relation


def find(context: Context) -> Iterator[Relation]:
    """Statements with disjoint values whose scope words differ."""
    for conflict in statements(context).conflicts:
        if conflict.scope:
            yield conflict.relation


CHECK = CheckRule(code="D102", name="same-fact-scope-doubt", severity="warning", find=find)
