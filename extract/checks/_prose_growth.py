"""Changes told in running text, with the levels that they lead from and to.

The level reached stands before the change (事故22起，同比下降26.7%), is named by it (死亡人数减少3人), or follows a turn (由398起降至371起,
下降6.8%). The earlier level stands between (较上年的1120家次增长14.8%), in brackets (1410.5万元（2021年为1286.9万元）), at the start of the
turn, or in another place of the document under the same name for the year before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from extract import intervals as iv
from extract.checks._columns import OUTPUT
from extract.checks._judge import factor, is_rate
from extract.checks._list_words import PER, past
from extract.checks._lists import Lists, lists
from extract.checks._prose import CHANGES, Place, Stream, is_level, is_share, last_words, like, named_near, streams
from extract.checks._rates import limited
from extract.checks._slips import mended
from extract.checks._topics import topics
from extract.checks._two_years import Row, telling, two_years
from extract.checks._words import alike, bare, core
from extract.relations import Context, once
from extract.types import Fact, Quantity

_TELLING = 3
"""A change of fewer digits may fit two levels by chance."""
BACK = 16
"""So many facts back the level of a change is looked for in the text."""

_UP = r"(?:增长|增加|增|提高|提升|上升|升|扩大|跃升|攀升|发展|回升|延长|上涨|涨|新增|净增|多)"
_DOWN = r"(?:减少|减|下降|降低|降|缩小|缩减|缩短|压减|压缩|回落|下滑|少)"
_TURN = regex.compile(
    rf"^[^，。；]{{0,12}}?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?P<to>到|至|为)了?(?:年末|年底|目前|现在|今年|本年|20\d\d年)?的?(?:约|近)?$"
)
_FROM = regex.compile(r"(?:由|从)[^，。；]{0,16}$|(?:上年|去年|同期|年初|年前|20\d\d年)[^，。；]{0,6}$")
_THAN = regex.compile(r"(?:比|较|与|低于|高于|超过)(?P<what>[^，。；、]{0,24}?)的?（?(?:约|近|为)?$")
_SCOPE = regex.compile(r"^(?:全部|所有|整个|规模以上|规上|总体)+|(?:增速|增幅|总体|平均)+$")
"""What is said of all of a thing, or of its growth: 快于全部规模以上文化企业."""
_APART = regex.compile(
    r"(?:比|较|[低高快慢]于|超过|超|高出|领先于?|落后于?)(?P<what>[^，。；、]{2,24}?)(?:要|仍)?(?:低|高|多|少|下降|提高|上升)?(?:了|约|近)?$"
)
_PLANNED = regex.compile(r"目标|预期|计划|任务|要求|指标值")
_PLAN = regex.compile(r"(?:计划|目标|任务|预算)(?:数|值|量)?$")
_WHEN = regex.compile(r"上年|去年|同期|上期|年初|年末|上月|上季|前年|20\d\d年|环比|期末|年底|年前")
_FILLER = regex.compile(
    r"(?:与|较|比)(?:去年|上年|前年|20\d\d年)[^，。；]{0,8}?(?=分别|各|均|相比|增|减|上升|下降|提高|降低|多|少|净)|同比|环比|与|较|比|相比|上年末?|去年|同期|上期|年初|本年度?|20\d\d年(?:度)?|年末|分别|各|均|也|又|都|约|近|大幅|小幅|略|净?增[长加幅]?|减[少幅]?|上升|下降|提高|提升|降低|降[幅]?|新增|"
    r"上涨|回落|多|少|高|低|了|为|是|达|的|率|幅度?|度|升|涨|按可比(?:价格?|口径)计算|按不变价格?计算?|其中|：|，|、|年均|累计|将|要|以上|度相"
)
_CONSTANT = regex.compile(r"可比|不变价|同口径|名义|实际增长|扣除价格")
_LONG_TIME = regex.compile(r"年均|平均|累计|以来|[两二三四五六七八九十]年|期间|连续|增速|增幅比")
_STEADY = regex.compile(r"年均|平均每年|每年|月均|复合")
_JOINED = regex.compile(r"[、和及与/]{1,2}|以及")
_PACE = regex.compile(r"(?:增速|增幅|降幅|涨幅)?(?:比|较)[^，。；]{2,12}(?:加快|提高|回升|回落|放缓|扩大|收窄|提升|下降)$")
_BETTER = regex.compile(r"提[高升]")
_WITH = regex.compile(r"^(?:其中)?[对与向和由]|来自")
_SHARED = regex.compile(r"占|比重|比例|率|(?:完成|实现|达到?|为)[^，。；]{0,12}(?:计划|预算|目标|任务|指标)")
_EACH = regex.compile(r"分别|各")
_MORE = regex.compile(r"[、和及与，]{1,2}(?:分别)?(?:增长|增加|提高|提升|上升|下降|减少|降低|回落)(?:了)?")
_BASE = regex.compile(r"(?:较|比|与)(?:上年|去年|前年|20\d\d年|历年|常年|多年|上期|上月|年初)")
_GROSS = regex.compile(r"其中[：:，]?[^，。；]{0,6}新增")
_FLAT = regex.compile(r"(?:[、和及与，]|以及)(?:基本)?持平")
_END = regex.compile(r"[。！？]")
_COMPARED = regex.compile(r"^）?相?比(?:较)?，")
_AGAINST = regex.compile(r"(?:与|同|和|较|比)(?:上年|去年|前年|上年同期|去年同期|(?:19|20)\d\d[年届])(?:同期)?的?[^，。；]{0,6}$")
_REACHED = regex.compile(r"[，、](?:总[数量额]|累计|共|已)?(?:达到?了?|突破|增[至到]|增加[至到]|超过?)(?:约|近)?")
_BASIS = regex.compile(r"为(?:基[数期准]|底数|参照)")
_EARLIER = ("上年", "去年", "上年同期", "去年同期", "上年末", "上一年")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change with its level; ``previous`` where the document states one, ``step`` an absolute change beside a rate."""

    change: Fact
    current: Fact
    previous: Fact | None = None
    step: Fact | None = None
    sure: bool
    beside: bool = False
    """Whether the earlier level stands in the same sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """由A增至B: two levels and the way that the words say."""

    before: Place
    after: Place
    up: bool
    better: bool = False
    """Whether the words may mean better instead of more: 精度由10米提高到1米."""


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes and turns of a document's prose."""

    changes: tuple[Change, ...]
    turns: tuple[Turn, ...]


@once
def changes(context: Context) -> Changes:
    """The changes of the document's prose whose level it states."""
    told = lists(context)
    found: list[Change] = []
    turns: list[Turn] = []
    for stream in streams(context):
        reader = _Reader(context, stream, told)
        turns.extend(reader.turns.values())
        found.extend(reader.changes())
    return Changes(tuple(found), tuple(turns))


def follows(change: Quantity, current: Quantity, previous: Quantity) -> bool:
    """Whether a change follows from two levels within rounding."""
    if not is_rate(change) or change.unit == current.unit:
        return iv.meet(change.interval, iv.sub(current.interval, previous.interval))
    computed = iv.growth(current.interval, previous.interval)
    return computed is not None and iv.meet(iv.scaled(change.interval, factor(change)), computed)


def _stepped(change: Quantity, current: Quantity, step: Quantity) -> bool:
    """Whether a rate of change follows from a level and the amount that led to it."""
    if current.value is None or step.value is None:
        return False
    return follows(change, current, replace(current, value=current.value - step.value, interval=iv.sub(current.interval, step.interval)))


def _slipped(change: Fact, current: Fact, previous: Fact) -> bool:
    """Whether one slip of the pen explains why a change does not lead from one level to the other."""
    return mended(current.quantity, (change.quantity, previous.quantity))


def _turned(change: Quantity, current: Quantity, previous: Quantity) -> bool:
    """Whether a change follows from two levels if it went the other way, to the digit."""
    if change.value is None or change.bound != "=" or len(change.digits) < _TELLING:
        return False
    back = replace(change, value=-change.value, interval=iv.sub(iv.point(iv.ZERO), change.interval))
    return follows(back, current, previous) and not iv.contains(iv.sub(current.interval, previous.interval), iv.ZERO)


class _Reader:
    def __init__(self, context: Context, stream: Stream, told: Lists) -> None:
        self.context = context
        self.stream = stream
        self.whole = told.whole
        self.turns = {turn.after.at: turn for turn in self._turns()}
        self.beside = dict(self._in_brackets())
        self.rows = two_years(context)
        year = context.document.about.year
        self.earlier = {*_EARLIER, *((str(int(year) - 1), f"{int(year) - 1}-12-31") if year.isdigit() else ())}
        self.now = {"", year}

    def _turns(self) -> Iterator[Turn]:
        places = self.stream.places
        for before, after in pairwise(places):
            turn = _TURN.search(after.lead)
            if turn is None or before.sentence != after.sentence or not like(before.quantity, after.quantity):
                continue
            # 压减到11.88万元 states a level, whatever its verb made of it
            reached = after.fact.kind == "delta" and turn["to"] != "为" and (after.quantity.value or iv.ZERO) > 0
            if before.fact.kind in CHANGES or (after.fact.kind in CHANGES and not reached) or not _FROM.search(before.plain):
                continue
            yield Turn(before=before, after=after, up=turn["up"] is not None, better=_BETTER.search(turn[0]) is not None)

    def _in_brackets(self) -> Iterator[tuple[str, Place]]:
        """1410.5万元（2021年为1286.9万元）: the level by its id, and the earlier one."""
        for place in self.stream.places:
            if place.bracket and place.host is not None and place.host == place.at - 1:
                host = self.stream.places[place.host]
                if like(host.quantity, place.quantity) and (_WHEN.search(place.plain.rpartition("（")[2]) and place.fact.kind not in CHANGES):
                    yield host.fact.id, place

    def changes(self) -> Iterator[Change]:
        places = self.stream.places
        at = 0
        last: Change | None = None
        last_at = -9
        compared = dict(self._compared())
        while at < len(places):
            place = places[at]
            if place.fact.kind not in CHANGES or place.at in self.turns:
                at += 1
                continue
            if place.at in compared:
                yield from self._in_rows(compared[place.at])
                last, last_at = None, -9
                at += 1
                continue
            if _GROSS.search(place.plain):
                at += 1
                continue  # 净减14个；其中新增11个，注销25个: what came in is not the change
            mixed = self._mixed(place)
            if mixed:
                at += mixed
                last, last_at = None, -9
                continue
            run = [place]
            while (
                at + len(run) < len(places) and places[at + len(run)].fact.kind == place.fact.kind and _JOINED.fullmatch(places[at + len(run)].lead)
            ):
                run.append(places[at + len(run)])
            if len(run) > 1:
                told = list(self._parallel(run))
                told += [Change(change=p.fact, current=row.current, previous=row.previous, sure=False) for p, row in self._unsaid(run, told)]
                for one in told:
                    yield from self._in_rows(one)
                last = None
            else:
                # 较多年平均的980毫米偏多14.9%，较上年偏少6.2%: each against a base of its own
                based = _BASE.search(place.clause) is not None and last is not None and last.previous is not None
                beside = last if last_at == at - 1 and not _own_words(place) and not based else None
                if based and last_at == at - 1:
                    at += 1
                    continue
                found = self._single(place, beside)
                if found is None and not _STEADY.search(place.plain):
                    yield from (Change(change=p.fact, current=row.current, previous=row.previous, sure=False) for p, row in self._unsaid(run, ()))
                if found is not None:
                    yield from self._in_rows(found)
                    if beside is not None and is_rate(place.quantity) and not is_rate(beside.change.quantity) and beside.current is found.current:
                        yield Change(change=place.fact, current=found.current, step=beside.change, sure=found.sure and beside.sure)
                    last, last_at = found, at
            at += len(run)

    def _mixed(self, first: Place) -> int:
        """How many changes of several sorts stand in one run (分别增长3.2%、0.4个百分点和11.6%): who is whose is not told; else 0."""
        run = [first]
        for place in self.stream.places[first.at + 1 : first.at + 9]:
            if place.fact.kind not in CHANGES or not (_JOINED.fullmatch(place.lead) or _MORE.fullmatch(place.lead)):
                break
            run.append(place)
        dimensions = {place.quantity.dimension for place in run}
        return len(run) if len(dimensions) > 1 and "percentage_point" in dimensions and _EACH.search(first.plain) else 0

    def _compared(self) -> Iterator[tuple[int, Change]]:
        """与上年的36起、18人、1286.9万元相比，起数、亡人分别下降11.1%和16.7%，损失上升9.6%: levels, levels before, changes, in one order."""
        places = self.stream.places
        for last in places:
            if _COMPARED.match(self.stream.after(last.at)) is None or last.fact.kind in CHANGES:
                continue
            formers = [last]
            while _JOINED.fullmatch(formers[-1].lead) and formers[-1].at:
                formers.append(places[formers[-1].at - 1])
            if not _AGAINST.search(formers[-1].lead):
                continue
            formers.reverse()
            currents = self._before(formers)
            after = [p for p in places[last.at + 1 : last.at + 1 + 2 * len(formers)] if p.sentence == last.sentence and p.fact.kind in CHANGES]
            if currents is None:
                continue
            if len(formers) == 1:
                yield from self._against(last, currents[0], after)
            elif len(after) >= len(formers) and all(is_rate(p.quantity) for p in after):
                for change, current, former in zip(after, currents, formers, strict=False):
                    yield change.at, Change(change=change.fact, current=current.fact, previous=former.fact, sure=True, beside=True)

    def _against(self, former: Place, nearest: Place, after: Sequence[Place]) -> Iterator[tuple[int, Change]]:
        """与2022届（6433人）相比，毕业生总数增加268人，增幅4.17%: of the level that leads there, else of the only one."""
        near = [p for p in self.stream.back(former.at, BACK) if p.paragraph == former.paragraph and is_level(p.fact) and p.fact.kind not in CHANGES]
        levels = [p for p in near if like(p.quantity, former.quantity) and not self.stream.compared(p)]
        for change in after:
            if not _fitting(change.fact, nearest.fact):
                continue
            chosen = next((p for p in levels if follows(change.quantity, p.quantity, former.quantity)), None)
            alone = len({p.quantity.value for p in levels}) == 1
            current = (chosen or nearest).fact
            yield change.at, Change(change=change.fact, current=current, previous=former.fact, sure=chosen is not None or alone, beside=True)

    def _before(self, formers: Sequence[Place]) -> list[Place] | None:
        """As many levels before as there are earlier ones, of the same units in the same order; ``None`` where there are none."""
        found: list[Place] = []
        wanted = list(formers)
        for p in self.stream.back(formers[0].at, 3 * len(formers)):
            if p.paragraph != formers[0].paragraph or not wanted:
                break
            if is_level(p.fact) and p.fact.kind not in CHANGES and like(p.quantity, wanted[-1].quantity):
                found.append(p)
                wanted.pop()
            elif found and is_level(p.fact):
                return None
        return found[::-1] if not wanted else None

    # --- levels in a table ---

    def _in_rows(self, found: Change) -> Iterator[Change]:
        """A change with its levels, those of the row of a table that states them for both years among them."""
        row = self._row(found.change, found.current) if found.step is None and not found.beside else None
        if row is None:
            yield found
            return
        fits = follows(found.change.quantity, row.current.quantity, row.previous.quantity)
        # 增长6.1% of money is often told at constant prices
        if not fits and _priced(found.change, row.current):
            yield found
            return
        sure = fits or (found.sure and found.change.quantity.dimension != "ratio") or (found.sure and row.current.quantity.dimension == "count")
        elsewhere = found.current.quantity.value != row.current.quantity.value
        if found.previous is None and not elsewhere:
            yield replace(found, previous=row.previous, sure=sure)
        elif not elsewhere:
            yield found
        if found.current is not row.current:
            yield Change(change=found.change, current=row.current, previous=row.previous, sure=sure)

    def _unsaid(self, run: Sequence[Place], told: Sequence[Change]) -> Iterator[tuple[Place, Row]]:
        """Changes of a run whose levels the text does not state, with the row that does."""
        known = {one.change.id for one in told}
        for place in run:
            row = self._row(place.fact, None) if place.fact.id not in known else None
            if row is not None:
                yield place, row

    def _row(self, change: Fact, current: Fact | None) -> Row | None:
        """The row of a table that a change is of: it is about what the text is about, or states the level that the text states."""
        if change.quantity.dimension == "percentage_point":
            return None
        beside = current is not None and current.sentence == change.sentence and current.cell is None
        stated = self.rows.stating(current) if current is not None and beside else ()
        rows = [row for row in stated if telling(current) or follows(change.quantity, row.current.quantity, row.previous.quantity)]
        words = [change.mention.text, *((current.mention.text, current.subject) if current is not None else ())]
        for label in dict.fromkeys((*words, *topics(self.context, change))):
            rows += self.rows.called(label)
        fitting = [row for row in rows if _fitting(change, row.current) and row.current is not change]
        if beside and current is not None:
            fitting = [
                row
                for row in fitting
                if like(row.current.quantity, current.quantity) and iv.agree(row.current.quantity.interval, current.quantity.interval)
            ]
        else:
            name = core(change.mention.text)
            fitting = [row for row in fitting if name and (alike(name, row.title) or name == core(row.label))]
        return next(
            (row for row in fitting if follows(change.quantity, row.current.quantity, row.previous.quantity)),
            fitting[0] if len(fitting) == 1 else None,
        )

    # --- one change ---

    def _single(self, place: Place, beside: Change | None) -> Change | None:
        steady = _STEADY.search(place.plain)
        if steady:
            return None
        if beside is not None and (_fitting(place.fact, beside.current) or beside.current.kind == "delta"):
            return Change(change=place.fact, current=beside.current, previous=beside.previous, sure=beside.sure, beside=beside.beside)
        before = self.stream.places[place.at - 1] if place.at else None
        if before is not None:
            turn = self.turns.get(before.at)
            if turn is not None and before.sentence == place.sentence and _fitting(place.fact, turn.before.fact):
                return Change(change=place.fact, current=turn.after.fact, previous=turn.before.fact, sure=True, beside=True)
            if before.sentence == place.sentence and place.joins and before.fact.kind not in CHANGES and _fitting(place.fact, before.fact):
                than = _THAN.search(before.lead if before.bracket else before.plain)
                if than is not None:
                    return self._than(place, before, than["what"])
            if (
                place.quantity.dimension == "percentage_point"
                and _PACE.search(place.clause)
                and before.sentence == place.sentence
                and before.fact.kind == "growth"
                and before.quantity.dimension == "ratio"
            ):
                return Change(change=place.fact, current=before.fact, sure=False)
        return self._apart(place) or self._reached(place) or self._followed(place)

    def _reached(self, place: Place) -> Change | None:
        """面积比上年增加21万亩，达到300万亩: the level that an amount leads to follows."""
        if place.at + 1 >= len(self.stream.places) or is_rate(place.quantity):
            return None
        after = self.stream.places[place.at + 1]
        if after.sentence != place.sentence or not like(place.quantity, after.quantity) or not _REACHED.fullmatch(after.lead):
            return None
        return Change(change=place.fact, current=after.fact, sure=False)

    def _apart(self, place: Place) -> Change | None:
        """比部门整体执行率低10.17个百分点: the other rate is named, not stated beside it."""
        apart = _APART.search(place.clause)
        if place.quantity.dimension != "percentage_point" or apart is None:
            return None
        what = bare(apart["what"])
        rates = [
            p.fact
            for p in self.stream.back(place.at, 4)
            if p.sentence == place.sentence and p.fact.kind not in ("delta", "target") and p.quantity.dimension == "ratio"
        ]
        if not rates:
            return None
        current = rates[0]
        if _PLANNED.search(what):
            others = [f for f in named_near(self.context, current) if f.kind == "target" and f.quantity.dimension == "ratio"]
            others = [f for f in others if limited(f)] or others  # 6%以上 is set for the next year, or says too little
        elif _WHEN.search(what):
            return None
        else:
            named = [
                p.fact
                for p in self.stream.back(place.at, 200)
                if p.quantity.dimension == "ratio" and p.fact is not current and p.fact.kind == current.kind
            ]
            known = [(f, name) for f in named if len(name := bare(f.mention.text)) > 2]
            others = [f for f, name in known if name in what or what in name]
            # 快于全部规模以上文化企业6.9个百分点, of 文化企业营业收入
            shared = [] if others else [f for f, name in known if _shares(what, name)]
            fitting = [f for f in shared if follows(place.quantity, current.quantity, f.quantity)]
            own = _SCOPE.sub("", what)
            told = [f for f, name in known if len(own) > 2 and own in name and f.block == place.fact.block]
            others = others or fitting or [f for f in told if _slipped(place.fact, current, f)]
        chosen = next((f for f in others if follows(place.quantity, current.quantity, f.quantity)), None)
        if not others:
            return None
        if chosen is None:
            # of several figures of that name the one that a slip leads to, if it is one
            likely = [f for f in others if _slipped(place.fact, current, f)]
            others = likely if len({f.quantity.value for f in likely}) == 1 else others
        alone = len({f.quantity.value for f in others}) == 1
        return Change(change=place.fact, current=current, previous=chosen or others[0], sure=chosen is not None or alone, beside=True)

    def _than(self, place: Place, previous: Place, what: str) -> Change | None:
        """较上年的1120家次增长14.8%: the earlier level stands between."""
        candidates = []
        for p in self.stream.back(previous.at, 8):
            if p.sentence != place.sentence:
                break
            if p.fact.kind in CHANGES or not like(p.quantity, previous.quantity) or (p.bracket and p.bracket != previous.bracket):
                continue
            candidates.append(p.fact)
            whole = self.whole.get(p.fact.id)
            if whole is not None:
                candidates.append(whole)
        sentence = sure = bool(candidates)
        if not candidates or _own_words(previous, what):
            named = [f for f in reversed(named_near(self.context, previous.fact)) if f.period in self.now and f is not previous.fact]
            candidates.extend(
                f for f in named if f.subject == previous.fact.subject and like(f.quantity, previous.quantity) and f.kind not in CHANGES
            )
            sure = sure or len({f.quantity.value for f in candidates}) == 1
        chosen = next((f for f in candidates if follows(place.quantity, f.quantity, previous.quantity)), None)
        if chosen is None and not sentence:
            # 毕业生5855人。…毕业生总数比2023届的5502人增加353人: a level of the paragraph to which it leads, under whatever name
            near = (p.fact for p in self.stream.back(previous.at, BACK) if p.paragraph == place.paragraph and is_level(p.fact))
            chosen = next((f for f in near if like(f.quantity, previous.quantity) and follows(place.quantity, f.quantity, previous.quantity)), None)
        # 6842人，比上年的5914人减少928人: the amount is right, the way is not
        chosen = chosen or next((f for f in candidates if _turned(place.quantity, f.quantity, previous.quantity)), None)
        if not candidates and chosen is None:
            return None
        alone = len({f.quantity.value for f in candidates}) == 1
        return Change(
            change=place.fact, current=chosen or candidates[0], previous=previous.fact, sure=chosen is not None or (sure and alone), beside=True
        )

    def _followed(self, place: Place) -> Change | None:
        """The change of a level stated or named before; its earlier level may stand elsewhere."""
        current, sure = self._current(place)
        if current is None:
            return None
        return self._earlier(place, current, sure)

    def _earlier(self, place: Place, current: Fact, sure: bool) -> Change:
        bracket = self._bracketed(current)
        if bracket is not None and not _CONSTANT.search(place.plain):
            return Change(change=place.fact, current=current, previous=bracket, sure=sure, beside=True)
        if _LONG_TIME.search(place.plain) or _CONSTANT.search(place.plain) or "环比" in place.plain or _priced(place.fact, current):
            return Change(change=place.fact, current=current, sure=False)
        previous = self._year_before(current)
        if len({f.quantity.value for f in previous}) == 1:
            said = self._beside_current(previous[0], current)
            if said is not False:
                return Change(change=place.fact, current=current, previous=previous[0], sure=sure and said is True)
        return Change(change=place.fact, current=current, sure=sure)

    def _beside_current(self, previous: Fact, current: Fact) -> bool | None:
        """Whether the figure that stands beside an earlier one in its row is the current one; ``None`` where none does."""
        if previous.cell is None:
            return None
        named = named_near(self.context, current)
        row = (previous.cell.table, previous.cell.row)
        beside = [
            f
            for f in named
            if f.cell is not None and (f.cell.table, f.cell.row) == row and f.period in self.now and like(f.quantity, current.quantity)
        ]
        return any(iv.agree(f.quantity.interval, current.quantity.interval) for f in beside) if beside else None

    def _bracketed(self, current: Fact) -> Fact | None:
        previous = self.beside.get(current.id)
        return previous.fact if previous is not None else None

    def _year_before(self, current: Fact) -> list[Fact]:
        if current.period not in self.now:
            return []
        named = named_near(self.context, current)
        return [
            f
            for f in named
            if f.period in self.earlier and f.subject == current.subject and f.kind == current.kind and like(f.quantity, current.quantity)
        ]

    def _current(self, place: Place) -> tuple[Fact | None, bool]:
        fact = place.fact
        words = _own_words(place)
        if not words:
            near = self._near(place)
            if near is not None:
                return near, not self._object(place)
        name = self.context.name(fact)
        rank = self.context.order
        level = self.stream.places[place.at - 1] if place.at else None
        # 21个试验区进出口增长14.5%: the words between name what grows, not the zones
        apart = words and level is not None and level.sentence == place.sentence and place.joins
        named = [
            f
            for f in named_near(self.context, fact, name)
            if f.kind not in CHANGES and f.kind != "target" and f.subject == fact.subject and _fitting(fact, f)
        ]
        # 较上年净增108起 names the year that it is compared with
        now = fact.period in self.now or fact.period in self.earlier
        named = [f for f in named if f.period == fact.period or (f.period in self.now and now)]
        if apart and level is not None and words not in core(level.plain):
            named = [f for f in named if f is not level.fact]
        else:
            level = None
        before = [f for f in named if rank[f.id] < rank[fact.id]]
        if before:
            alone = len({f.quantity.value for f in before}) == 1 and before[-1].block == fact.block
            return before[-1], alone and (not words or core(before[-1].mention.text).endswith(words))
        for p in self.stream.back(place.at, BACK):
            if p.paragraph < place.paragraph:
                break
            if p is level or self._former(p, place) or p.fact.kind in CHANGES or not _fitting(fact, p.fact) or p.fact.kind == "target":
                continue
            own = core(last_words(p.plain) or p.fact.mention.text)
            if words and own and (words in own or own in words or (core(p.fact.mention.text) and core(p.fact.mention.text) in words)):
                # 少数民族毕业生489人, 毕业生总数增加268人: of some of them
                return p.fact, len(own) > 1 and (own == words or words not in own)
        antecedent = self.context.by_id.get(fact.antecedent)
        if antecedent is not None and antecedent.kind not in CHANGES and _fitting(fact, antecedent):
            return antecedent, False
        if named:
            return named[0], False
        return None, False

    def _object(self, place: Place) -> bool:
        """Whether the level before a change is whom it is with: 对五国增长44%."""
        before = self.stream.places[place.at - 1]
        clause = before.clause
        return place.joins and _WITH.search(clause) is not None

    def _goal(self, place: Place) -> bool:
        """占年度计划82.5亿元的104.7%: what was planned, not what was reached."""
        return _PLAN.search(place.clause) is not None and self.stream.after(place.at).startswith("的")

    def _former(self, level: Place, change: Place) -> bool:
        """Whether a level is of the period before (上年分别为31起、13人), to which a change of this period does not lead."""
        if _BASIS.match(self.stream.after(level.at)):
            return True  # 以2020年的800家为基数
        period = level.fact.period
        return period != change.fact.period and (period in _EARLIER or (level.at + 1 < change.at and past(period, self.context.document.about.year)))

    def _near(self, place: Place) -> Fact | None:
        """The level right before a change: of its sentence, past brackets, shares and other changes."""
        for p in self.stream.back(place.at, 8):
            if p.sentence < place.sentence - (1 if _starts_sentence(place) else 0) or p.paragraph != place.paragraph:
                break
            if p.bracket and p.bracket != place.bracket:
                continue
            if self._former(p, place):
                continue
            if p.fact.kind in CHANGES or p.fact.kind == "target" or (p.at + 1 != place.at and PER.search(p.plain) and not PER.search(place.plain)):
                continue
            if self._goal(p):
                continue
            if is_share(p.fact) and place.quantity.dimension != "percentage_point" and p.quantity.unit in ("%", "％") and _SHARED.search(p.plain):
                continue
            if not _fitting(place.fact, p.fact):
                if not is_rate(place.quantity):
                    continue
                return None
            whole = self.whole.get(p.fact.id)
            if whole is not None and (place.at - p.at > 1 or self._of_whole(place, whole, p.fact)):
                return whole
            return p.fact
        return None

    def _of_whole(self, place: Place, whole: Fact, part: Fact) -> bool:
        """案件27起，其中甲类24起、乙类3起，同比减少6起，下降18.2%: amount and rate are no change of the last part, so of the whole."""
        if place.at + 1 >= len(self.stream.places) or is_rate(place.quantity) or not like(place.quantity, whole.quantity):
            return False
        rate = self.stream.places[place.at + 1]
        if rate.sentence != place.sentence or rate.fact.kind not in CHANGES or not is_rate(rate.quantity):
            return False
        return not _stepped(rate.quantity, part.quantity, place.quantity)

    # --- several changes ---

    def _parallel(self, run: Sequence[Place]) -> Iterator[Change]:
        """同比分别下降22.5%和14.29%; 同比增加2起、3人."""
        first = run[0]
        size = len(run)
        names = [self.context.name(p.fact) for p in run]
        levels = [
            p
            for p in self.stream.back(first.at, size + 6)
            if (is_level(p.fact) or is_share(p.fact)) and p.fact.kind != "target" and p.paragraph == first.paragraph and not self._former(p, first)
        ]
        levels = [p for p in levels if p.sentence == first.sentence or not _own_words(first)]
        currents: Sequence[Fact | None]
        if not is_rate(first.quantity):
            currents = [next((p.fact for p in levels if like(p.quantity, c.quantity)), None) for c in run]
            sure = True
        elif (len(levels) >= size and (_EACH.search(first.plain) or _in_a_row(levels[:size], first)) and not _own_words(first)) or (
            len(levels) >= size and len(set(names)) == size and [self.context.name(p.fact) for p in levels[:size][::-1]] == names
        ):
            # 47起、31人、28人，分别下降14.5%、16.2%和持平: one level more than changes
            flat = _FLAT.match(self.stream.after(run[-1].at)) is not None
            if flat and len(levels) <= size:
                return
            currents = [p.fact for p in levels[: size + flat][::-1]][:size]
            sure = True
        else:
            currents = [self._current(p)[0] for p in run]
            sure = False
        if len({f.id for f in currents if f is not None}) < sum(f is not None for f in currents):
            return
        formers = [p.fact for p in self.stream.back(first.at, size) if p.sentence == first.sentence and self._former(p, first)][::-1]
        for n, (place, current) in enumerate(zip(run, currents, strict=True)):
            if current is None or not _fitting(place.fact, current):
                continue
            if len(formers) == size and formers[n] not in currents and like(formers[n].quantity, current.quantity):
                yield Change(change=place.fact, current=current, previous=formers[n], sure=sure, beside=True)
            else:
                yield self._earlier(place, current, sure)


def _shares(first: str, second: str, size: int = 4) -> bool:
    """Whether two names have so many neighbouring characters in common."""
    return any(first[k : k + size] in second for k in range(len(first) - size + 1))


def _in_a_row(levels: Sequence[Place], change: Place) -> bool:
    """Whether levels are listed right before a change: 分别为14起、8人，同比下降17.6%、20%."""
    *later, opening = levels
    joined = all(_JOINED.fullmatch(level.lead) for level in later) and all(a.at == b.at + 1 for a, b in pairwise(levels))
    return joined and levels[0].at == change.at - 1 and _EACH.search(opening.clause) is not None


def _priced(change: Fact, level: Fact) -> bool:
    """Whether a growth rate is one of output, which is told at constant prices whether or not the text says so (T8)."""
    return is_rate(change.quantity) and level.quantity.dimension == "money" and OUTPUT.search(change.mention.text + level.mention.text) is not None


def _starts_sentence(place: Place) -> bool:
    return _END.search(place.lead) is not None


def _fitting(change: Fact, level: Fact) -> bool:
    """Whether a change can be one of a level: points of a rate, a rate of anything, an amount of the same unit."""
    quantity = change.quantity
    if quantity.dimension == "percentage_point":
        return level.quantity.dimension == "ratio"
    if is_rate(quantity):
        return True
    return like(quantity, level.quantity) and is_level(level)


def _own_words(place: Place, words: str | None = None) -> str:
    """What the clause of a change names, its verbs and comparisons left out: 死亡人数 in 死亡人数同比减少."""
    clause = place.clause if words is None else words
    left: str = _FILLER.sub("", clause)
    return core(left) if len(left) > 1 else ""


def directions(turns: Iterable[Turn]) -> Iterator[tuple[Turn, bool | None]]:
    """Each turn with whether its two levels go the way it says; ``None`` where they may be equal."""
    for turn in turns:
        a, b = turn.before.quantity.interval, turn.after.quantity.interval
        low, high = (a, b) if turn.up else (b, a)
        better = turn.better and turn.after.quantity.dimension != "ratio"
        if better or low.low is None or high.high is None:
            yield turn, None
        else:
            yield turn, low.low < high.high
