"""Totals that say how many figures before them they add up: 以上五类合计9165件; 四个领域合计35638件; or that it is all above: 以上共计处理19人.

The figures are told by numbered paragraphs, by numbered items of one paragraph, or one after the other in a sentence. Where there
are just so many, the words leave no doubt which are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from extract.checks._column_sums import rank_of
from extract.checks._list_words import PER
from extract.checks._prose import Place, like, squeezed
from extract.checks._slips import mended
from extract.checks._tally import Tally, adds_up
from extract.outline import han_number

_TOGETHER = regex.compile(
    r"""(?:^|[，；。：])
    (?:(?:以上|上述|前述|这)(?P<count>[两二三四五六七八九十]|\d{1,2})(?:个|大)?(?![年月日季次])[^，。；：、（）\d个大]{1,8}?
    |(?P<count>[两二三四五六七八九十]|\d{1,2})(?:个|大)?[^，。；：、（）\d]{0,2}
      (?:类|项|者|地|种|部分|领域|方面|渠道|环节|板块|来源|[区县市乡镇村队组所]|街道|科室|大队|部门|行业|产业))
    (?:合计|共计|总计|一共)[^，。；：、（）\d]{0,6}$""",
    regex.VERBOSE,
)
_OVER_TIME = regex.compile(
    r"(?:^|[，；。：])(?P<count>[两二三四五六七八九十]|\d{1,2})(?:年|个?季度|个月|次|批|轮|期)(?:累计|合计|共计|总计|一共|共)[^，。；：、（）\d]{0,6}$"
)
"""三年累计 of three figures told in one breath: 分别为1240万元、1580万元和1965万元."""
_AND = re.compile(r"[、和及与]")
_ALL_ABOVE = re.compile(r"(?:^|[，；。：])(?:以上|上述)(?:各[项类]|人员)?(?:合计|共计|总计|一共|共)[^，。；：、（）\d]{0,8}$")
_WORDS = 40
"""The words that count the figures stand so few characters before the total."""
_MOST = 60
"""So many figures back the listed ones stand."""
_MARK = re.compile(
    r"(?:^|[，；。：、\n])(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]是|[①-⑳]|\d{1,2}[.．](?!\d))[^，；。：]{0,30}$"
)
_SOME = re.compile(r"其中|其余|另")
_NET = re.compile(r"去重|剔除|扣除|重复|不重")


def counted_together(tally: Tally, total: Place) -> None:
    """Takes down the figures that a total says to be the sum of so many."""
    if not total.level or total.bracket or total.at in tally.taken:
        return
    start = total.fact.quantity.extent.start
    words = squeezed(tally.context.text[max(total.fact.sentence.start, start - _WORDS) : start])
    if "计" not in words and "共" not in words:
        return
    if _ALL_ABOVE.search(words) is not None and not _NET.search(tally.stream.after(total.at)):
        _all_above(tally, total)
        return
    said = _TOGETHER.search(words)
    over = _OVER_TIME.search(words) if said is None else None
    said = said or over
    if said is None or _NET.search(words[said.start() :] + tally.stream.after(total.at)):
        return
    count = 2 if said["count"] == "两" else han_number(said["count"])
    own = start - len(said[0])
    before = [p for p in tally.stream.back(total.at, _MOST) if p.fact.quantity.extent.end <= own]
    for parts in _listed(tally, total, before):
        quantities = [part.quantity for part in parts]
        in_one = over is None or all(_AND.fullmatch(part.lead) for part in parts[1:])
        if len(parts) == count and in_one and not any(found.total.at == total.at for found in tally.sums):
            tally.add(total, parts, sure=True, holds=adds_up(total.quantity, quantities))
            return


def _all_above(tally: Tally, total: Place) -> None:
    """Takes down what a paragraph tells before 以上共计, or it and the numbered paragraphs right above; a miss, if a slip explains it."""
    before = [p for p in tally.stream.back(total.at, _MOST) if p.level and not p.bracket and p.at not in tally.taken]
    amounts = [p for p in before if p.quantity.unit == total.quantity.unit and not PER.search(p.plain)]
    own = [p for p in amounts if p.paragraph == total.paragraph][::-1]
    parts = own if len(own) > 1 else [*_of_paragraphs(tally, total, amounts), *own]
    quantities = [part.quantity for part in parts]
    if len(parts) > 1 and not any(_SOME.search(p.lead) for p in parts):
        holds = adds_up(total.quantity, quantities)
        if holds or mended(total.quantity, quantities):
            tally.add(total, parts, sure=True, holds=holds)


def _listed(tally: Tally, total: Place, before: Sequence[Place]) -> Iterator[list[Place]]:
    """The figures of numbered paragraphs, of numbered items and of the last sentence before the total, in text order."""
    amounts = [p for p in before if p.level and not p.bracket and like(p.quantity, total.quantity) and not PER.search(p.plain)]
    yield _of_paragraphs(tally, total, amounts)
    marked = [p for p in amounts if p.paragraph == total.paragraph and _MARK.search(p.lead)]
    yield marked[::-1]
    last = [p for p in amounts if p.paragraph == total.paragraph and p.sentence == amounts[0].sentence]
    if not any(_SOME.search(p.lead) for p in last) and all(first.at == second.at + 1 for first, second in pairwise(last)):
        yield last[::-1]


def _of_paragraphs(tally: Tally, total: Place, amounts: Sequence[Place]) -> list[Place]:
    """The first amount of each numbered paragraph right above the one of the total."""
    blocks = tally.context.document.blocks
    firsts: dict[int, Place] = {p.fact.block: p for p in amounts if p.fact.block < total.fact.block}
    found: list[Place] = []
    for number in range(total.fact.block - 1, -1, -1):
        words = blocks[number].span.of(tally.context.text).lstrip()
        if number not in firsts or blocks[number].cell is not None or rank_of(words) is None:
            break
        found.append(firsts[number])
    return found[::-1]
