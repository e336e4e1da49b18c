"""Parts in brackets behind their total: 17起（甲4起、乙13起）."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from extract.checks._list_words import BACK, SO_FAR, WEAK, by_unit, past
from extract.checks._lists.divided import take_down
from extract.checks._lists.net_change import read_net
from extract.checks._lists.reader import Reader
from extract.checks._lists.words import MOST_PARTS, PER_UNIT
from extract.checks._prose import Place, last_words, like
from extract.checks._slips import credible
from extract.checks._tally import Part, PartList, adds_up
from extract.checks._words import bare

_APPOSED = re.compile(r"[，。；\n]")
_OTHER_TIME = re.compile(r"（(?:(?:19|20)\d\d年(?:度|同期)?|上年|去年|上期|同期|原?计划|年初|目标)[^，。；、]{0,4}$")
"""损失1410万元（2021年为1286万元）: no part, but the same thing at another time."""
_ALL_YEARS = re.compile(r"[两二三四五六七八九十\d]{1,2}年(?:来|间)?[^，。；]{0,6}(?:累计|共|合计|总)")
_MINUS = re.compile(r"扣除|剔除|减去|减掉|除去|刨除|扣减|不含|不包括")
"""恢复15条（120条扣除已抢通的105条）: what follows is taken off."""
_BASE = re.compile(r"^(?:按|以|根据|依据|参照|基于|依照|由)")
_RECKONED = re.compile(r"^[^）。；]{0,10}?(?:[计测核折推估换]算|基[数准]|口径|计[），]|为准)")
"""平均每处服务1.2万人（按常住人口300万人计算）: a base, no part."""
_BRACKET_OF = re.compile(r"^(?:在)?(?P<what>[^，。；、（）：]{2,20}?)(?<![其集年期])中[，：]?")
_OF_ALL = re.compile(r"^(?:有效|应|样本|全部|监测|实际?监测|可用|在册|参[考加评]|实有|核定|设计)[^，。；、]{0,8}$")
"""优良天数300天（有效监测360天）: what the figure is of."""
_NEXT_BRACKET = re.compile(r"^[）][、，和与及]{1,2}[^，。；、（）]{1,12}（[^，。；（）]{0,6}$")


def read_brackets(reader: Reader) -> None:
    """17起（甲4起、乙13起）: what stands in brackets behind a total."""
    inside: dict[int, list[Place]] = {}
    chained = _chained(reader)
    for place in reader.stream.places:
        if place.bracket:
            inside.setdefault(place.bracket, []).append(place)
    for places in inside.values():
        host = places[0].host
        if host is None or len(places) > MOST_PARTS:
            continue
        opening = places[0].lead.rpartition("（")
        attached = _APPOSED.split(opening[0])
        if len(attached) > 1 or len(attached[0]) > 20:
            continue
        total = reader.stream.places[host]
        changed = total.fact.kind == "delta"
        parts = [p for p in places if p.level or (changed and p.fact.kind == "delta")]
        year = reader.context.document.about.year
        if not _by_years(total, parts):
            parts = [p for p in parts if not (_OTHER_TIME.search(p.lead) or (p.fact.period != total.fact.period and past(p.fact.period, year)))]
        if not parts or (len(places) == 1 and places[0].at in chained):
            continue
        if PER_UNIT.search(total.plain) or (_BASE.match(opening[2]) and _RECKONED.match(reader.stream.after(places[-1].at))):
            continue
        if any(_MINUS.search(p.plain.rpartition("（")[2]) for p in places):
            _difference(reader, total, parts)
            continue
        if read_net(reader, total, places):
            continue
        named = _named_in_bracket(reader, opening[2], host, parts)
        if named is not None and named is not total:
            total = named
            parts = list(takewhile(lambda p, first=parts[0]: p is first or "；" not in p.lead, parts))  # type: ignore[misc]
        of_all = SO_FAR.search(opening[2]) or (len(parts) == 1 and _OF_ALL.match(opening[2]))
        if of_all and parts[:1] == places[:1] and like(parts[0].quantity, total.quantity):
            reader.tally.parts.append(Part(whole=parts[0], part=total, sure=False))  # 新增2400户（累计3600户）
            continue
        weak = bool(WEAK.search(places[0].plain.rpartition("（")[2] or opening[2]))
        for segment in by_unit(parts):
            take_down(reader, [total], segment, strong=not weak, weak=weak)


def _by_years(total: Place, parts: Sequence[Place]) -> bool:
    """四年累计7.06亿元（2021年1.63亿元、2022年1.74亿元…）: years that make up the total."""
    listed = len(parts) > 1 and all(like(p.quantity, total.quantity) for p in parts)
    return listed and (_ALL_YEARS.search(total.plain) is not None or adds_up(total.quantity, [p.quantity for p in parts]))


def _difference(reader: Reader, total: Place, parts: Sequence[Place]) -> None:
    """120条扣除已抢通的105条: the first figure less the others, if they leave the total."""
    less = tuple(parts[1:])
    if less and all(like(p.quantity, total.quantity) for p in parts) and adds_up(total.quantity, [parts[0].quantity], [p.quantity for p in less]):
        reader.tally.sums.append(PartList(stream=reader.stream, total=total, parts=(parts[0],), sure=True, holds=True, less=less))


def _named_in_bracket(reader: Reader, words: str, host: int, parts: Sequence[Place]) -> Place | None:
    """死亡4人、失踪2人（死亡人员中，甲县3人、乙县1人）: the figure before the bracket that the words in it name."""
    named = _BRACKET_OF.match(words)
    if named is None:
        # 受伤12人、死亡2人（受伤人员已送医，其中重伤3人）
        before = (p for p in reader.stream.back(host, BACK) if p.sentence == parts[0].sentence)
        begun = (p for p in before if p.level and like(p.quantity, parts[0].quantity) and not p.bracket)
        own = bare(last_words(reader.stream.places[host].plain))
        if own and words.startswith(own[-2:]):
            return None
        return next((p for p in begun if len(label := bare(last_words(p.plain))) > 1 and words.startswith(label[-2:])), None)
    what = bare(named["what"])
    for place in (reader.stream.places[host], *reader.stream.back(host, BACK)):
        if place.sentence != parts[0].sentence:
            return None
        label = bare(last_words(place.plain) or place.fact.mention.text)
        name = bare(place.fact.mention.text)
        told = len(label) > 1 and (label[-2:] in what or what in label)
        if place.level and like(place.quantity, parts[0].quantity) and (told or (len(name) > 1 and name[-2:] in what)):
            return place
    return None


def _chained(reader: Reader) -> set[int]:
    """5次，分布在6月（2次）、7月（3次）: every part in a bracket of its own."""
    found: set[int] = set()
    for first in reader.stream.places:
        if first.at in found or not first.bracket or first.host is None or first.host != first.at - 1:
            continue
        total = reader.stream.places[first.host]
        chain = [first]
        for place in reader.stream.places[first.at + 1 : first.at + 1 + MOST_PARTS]:
            if not _NEXT_BRACKET.match(place.lead) or not like(place.quantity, first.quantity):
                break
            chain.append(place)
        if len(chain) < 2 or not like(total.quantity, first.quantity) or not all(p.level for p in (total, *chain)):
            continue
        found.update(place.at for place in chain)
        if adds_up(total.quantity, [p.quantity for p in chain]):
            reader.tally.add(total, chain, sure=True, holds=True)
        elif credible(total.quantity, [p.quantity for p in chain]):
            reader.tally.add(total, chain, sure=False, holds=False, suspected=True)
    return found
