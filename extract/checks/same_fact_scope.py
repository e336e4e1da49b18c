"""D102 same-fact-scope-doubt: statements that differ by a scope word only are told apart on purpose.

What:
    The same indicator with two values, where one statement carries a scope word (及下属单位, 在编) that the other lacks. Across
    documents (`heshu compare`) also the fund (财政拨款) or the budget (年初, 调整后) that one of them does not name: for review.

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

In Chinese:
    同一指标有两个数值，其中一处带有范围词（及下属单位、在编）而另一处没有，应核实口径是否不同。
    范围只在标题中写明、句中没有的，可能误报。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract import intervals as iv
from extract.checks._across import UNSAID, matches
from extract.checks._keys import SCOPE, WIDER
from extract.checks._words import alike, unit_family
from extract.relations import CheckRule, Context, Relation, Together
from extract.types import Fact

OWN = re.compile(r"本级|机关|局本部|不含")
MOST = 40
"""So many statements with a wider scope are looked at; a report that has more of them says whose its figures are."""


def find(context: Context) -> Iterator[Relation]:
    """Staff, posts, assets: figures of a body with its subordinate units against the same figure of nobody in particular."""
    scoped = [fact for fact in context.facts if SCOPE & set(fact.qualifiers) and fact.kind == "level"][:MOST]
    for fact in scoped:
        words = WIDER.sub("", fact.mention.text)
        if len(words) < 2 or "不" in "".join(SCOPE & set(fact.qualifiers)):
            continue
        for other in context.facts:
            if _comparable(fact, other, words, context) and iv.disjoint(fact.quantity.interval, other.quantity.interval):
                first, second = sorted((fact, other), key=lambda f: f.quantity.span)
                note = "其中一处含下属单位，另一处未说明口径"
                yield Relation(type="same", roles={"facts": (first.id, second.id)}, note=note, note_en="One includes subordinate units")
                break


def _comparable(fact: Fact, other: Fact, words: str, context: Context) -> bool:
    if other.kind != "level" or other.block == fact.block or SCOPE & set(other.qualifiers) or other.antecedent:
        return False
    if unit_family(other.quantity) not in (unit_family(fact.quantity), "") or not alike(words, other.mention.text):
        return False
    return not OWN.search(context.before(other, other.sentence))


def across(together: Together) -> Iterator[Relation]:
    """What several documents state alike but for a scope that one of them does not name."""
    for match in matches(together):
        if match.doubt == UNSAID:
            yield match.relation


CHECK = CheckRule(code="D102", name="same-fact-scope-doubt", name_zh="同一事实口径存疑", severity="warning", find=find, across=across)
