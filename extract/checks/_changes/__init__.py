"""Changes told in running text, with the levels that they lead from and to.

The level reached stands before the change (事故22起，同比下降26.7%), is named by it (死亡人数减少3人), or follows a turn (由398起降至371起,
下降6.8%). The earlier level stands between (较上年的1120家次增长14.8%), in brackets (1410.5万元（2021年为1286.9万元）), at the start of the
turn, or in another place of the document under the same name for the year before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.checks._changes.compared import compared_changes
from extract.checks._changes.earlier import levels_in_brackets
from extract.checks._changes.last_year import behind_last_year
from extract.checks._changes.reader import Change, Reader
from extract.checks._changes.rows import in_rows, unsaid
from extract.checks._changes.second_measure import second_measure
from extract.checks._changes.several import mixed_run, parallel_changes
from extract.checks._changes.single import single_change
from extract.checks._changes.turns import Turn, turns_of
from extract.checks._changes.words import EARLIER, JOINED, STEADY, own_words
from extract.checks._lists import lists
from extract.checks._prose import CHANGES, Place, Stream, streams
from extract.checks._two_years import two_years
from extract.checks._values import is_rate
from extract.relations import Context, once

_BASE = re.compile(r"(?:较|比|与)(?:上年|去年|前年|20\d\d年|历年|常年|多年|上期|上月|年初)")
_ANY_BASE = re.compile(r"同比|环比|[较比与]")
_YEAR_BASE = re.compile(r"同比|[较比与](?:上|去)年(?:同期)?(?!末|底|初)")
_GROSS = re.compile(r"其中[：:，]?[^，。；]{0,6}新增")


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes and turns of a document's prose."""

    changes: tuple[Change, ...]
    turns: tuple[Turn, ...]


@once
def changes(context: Context) -> Changes:
    """The changes of the document's prose whose level it states."""
    found: list[Change] = []
    turns: list[Turn] = []
    for stream in streams(context):
        reader = _reader(context, stream)
        turns.extend(reader.turns.values())
        found.extend(_of_stream(reader))
    return Changes(tuple(found), tuple(turns))


def _of_stream(reader: Reader) -> Iterator[Change]:
    places = reader.stream.places
    at = 0
    last: Change | None = None
    last_at = -9
    compared = dict(compared_changes(reader))
    while at < len(places):
        place = places[at]
        if place.fact.kind not in CHANGES or place.at in reader.turns:
            at += 1
            continue
        if place.at in compared:
            yield from in_rows(reader, compared[place.at])
            last, last_at = None, -9
            at += 1
            continue
        if _GROSS.search(place.plain):
            at += 1
            continue  # 净减14个；其中新增11个，注销25个: what came in is not the change
        mixed = mixed_run(reader, place)
        if mixed:
            at += mixed
            last, last_at = None, -9
            continue
        run = [place]
        while at + len(run) < len(places) and places[at + len(run)].fact.kind == place.fact.kind and JOINED.fullmatch(places[at + len(run)].lead):
            run.append(places[at + len(run)])
        risen = behind_last_year(reader, run)
        if risen:
            yield from risen
            last = None
        elif len(run) > 1:
            told = list(parallel_changes(reader, run))
            told += list(unsaid(reader, run, told))
            for one in told:
                yield from in_rows(reader, one)
            last = None
        else:
            # 较多年平均的980毫米偏多14.9%，较上年偏少6.2%: each against a base of its own
            based = _BASE.search(place.clause) is not None and last is not None and last.previous is not None
            beside = last if last_at == at - 1 and not own_words(place) and not based else None
            if based and last_at == at - 1:
                at += 1
                continue
            found = single_change(reader, place, beside)
            if found is None and not STEADY.search(place.plain):
                yield from unsaid(reader, run, ())
            if found is not None:
                yield from in_rows(reader, found)
                yield from second_measure(reader, place, found)
                if beside is not None and is_rate(place.quantity) and not is_rate(beside.change.quantity) and beside.current is found.current:
                    yield Change(change=place.fact, current=found.current, step=beside.change, sure=found.sure and beside.sure)
                elif (
                    beside is not None and is_rate(beside.change.quantity) and beside.current is found.current and _of_one_base(places[at - 1], place)
                ):
                    yield Change(change=beside.change, current=found.current, step=place.fact, sure=found.sure and beside.sure)
                last, last_at = found, at
        at += len(run)


def _of_one_base(rate: Place, step: Place) -> bool:
    """同比增长11.6%，较上年增加6.5亿元: rate and step of one change; 同比增长11.6%，较年初增加6.5亿元 are of two."""
    told = _ANY_BASE.search(rate.plain)
    return not is_rate(step.quantity) and _YEAR_BASE.search(step.plain) is not None and (told is None or _YEAR_BASE.search(rate.plain) is not None)


def _reader(context: Context, stream: Stream) -> Reader:
    year = context.document.about.year
    last = (str(int(year) - 1), f"{int(year) - 1}-12-31") if year.isdigit() else ()
    return Reader(
        context=context,
        stream=stream,
        whole=lists(context).whole,
        turns={turn.after.at: turn for turn in turns_of(stream)},
        beside=dict(levels_in_brackets(stream)),
        rows=two_years(context),
        earlier=frozenset({*EARLIER, *last}),
        now=frozenset({"", year}),
    )
