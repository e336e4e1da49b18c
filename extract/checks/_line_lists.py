"""A total told once more line by line, each line a place or a body: 分县看： 东平县　受灾3.1万人，… 西岭县　受灾2.4万人，….

What every line says in the same words is a column, as in numbered items; the line before the list says that it divides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.checks._items import Item, columns_of_items, key_of
from extract.checks._list_words import past
from extract.checks._prose import Place, Stream, first_words, like, squeezed
from extract.checks._sides import Side, divided
from extract.checks._slips import explained
from extract.relations import Context

NEAR = 40
"""So many facts back from the first line the total stands that it misses."""
REACH = 30
"""A heading is looked for in so many characters at the end of a block."""
LEAST = 3
"""Fewer lines are no list of a total's parts."""
_OPENS = re.compile(r"(?:(?P<split>[分按](?!别)[^，。；：]{1,12}?(?:来?看|划分|统计))|(?:情况|分布|数据|明细)如下)：$")
_LINE = re.compile(r"^\s*(?P<name>[一-龥（）()]{2,20}?)(?:\s+|[：:，,]|(?=\d))")
_TOTAL = re.compile(r"^\s*(?:合计|总计|共计|小计|全[省市县区州])")


def line_lists(stream: Stream, context: Context) -> Iterator[Side]:
    """Every total that the lines of the running text behind a heading (分县看：) divide."""
    if stream.in_table:
        return
    for split, run in _runs(stream, context):
        for key, parts in columns_of_items(run):
            found = divided(stream, context, parts, alike=lambda place, key=key: key_of(place) == key)  # type: ignore[misc]
            if found is None and split:
                found = _missed(stream, key, parts, context.document.about.year)
            if found is not None:
                yield found


def _missed(stream: Stream, key: str, parts: Sequence[Place], year: str) -> Side | None:
    """The one figure of that name right before the heading, if one slip explains why the lines miss it: 分县看 leaves no county out."""
    first = parts[0]
    before = [p for p in stream.back(first.at, NEAR) if p.paragraph >= first.paragraph - 2 and p.level and not p.bracket]
    # the lines are of the day to which the total counts (截至7月23日), and do not say so again
    now = [p for p in before if first.fact.period in ("", p.fact.period) and not past(p.fact.period, year)]
    alike = [p for p in now if like(p.quantity, first.quantity)]
    named = [p for p in alike if key and key in p.clause + "，" + first_words(stream.after(p.at))]  # 受灾2.1万人, 2.1万人受灾
    if len(named) == 1 and explained(named[0].quantity, [p.quantity for p in parts]):
        return Side(named[0], tuple(parts), holds=False)
    return None


def _runs(stream: Stream, context: Context) -> Iterator[tuple[bool, list[Item]]]:
    """Lines that begin with a name each and state figures, behind a heading; and whether that says that all is divided."""
    places: dict[int, list[Place]] = {}
    for place in stream.places:
        places.setdefault(place.fact.block, []).append(place)
    split = False
    run: list[Item] | None = None
    for number, block in enumerate(context.document.blocks):
        if block.cell is not None:
            continue
        words = block.span.of(context.text)
        if run is not None and number in places and _LINE.match(words) and not _TOTAL.match(words):
            run.append((words.strip(), places[number]))
            continue
        if run is not None and len(run) >= LEAST:
            yield split, run
        end = words[-REACH:]
        opens = _OPENS.search(squeezed(end)) if "：" in end or ":" in end else None
        run, split = ([], bool(opens["split"])) if opens is not None else (None, False)
    if run is not None and len(run) >= LEAST:
        yield split, run
