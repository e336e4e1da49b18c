"""What is left of something, under its own words: 剩余22条, 空编2名, 缺口120万元, 未整改的9处.

The figures that it is left of and after stand right before, or make a rate, or stand further back under names that go with that of the rest.
The readings are tried in the order in which words bind: the first that is meant is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from extract import intervals as iv
from extract.checks._difference import Difference
from extract.checks._formulas import weighed
from extract.checks._list_words import SO_FAR, past
from extract.checks._lists import lists
from extract.checks._prose import Place, Stream, first_words, is_level, is_share, like
from extract.checks._rates import fits
from extract.checks._slips import LONG, mended, significant
from extract.checks._totals_after import of_named
from extract.checks._undone import STILL
from extract.checks._words import alike, bigrams, core, spelled
from extract.relations import Context, Relation
from extract.types import Fact

_LEFT = re.compile(r"(?:剩余|余下|剩下|尚余|[尚仍还]欠|剩|(?<!结)余)(?:的|约|近|还有|仍有)*$|(?:剩余|余下|剩下)[^，。；]{0,6}$")
_REST = re.compile(r"节约|节支|结余|结转|空编|缺编|编制尚?[空缺]|缺口|短缺|尚缺|差额|(?:尚|仍|还)(?:有|存)|未(?!来|达|发生)|尚未|(?<![接招对期])待")
_IN_ALL = re.compile(r"累计(?:结余|结转|结存)")
"""加上年初结余386万元，年末累计结余980万元: more than what is left of this year."""
_APART = re.compile(r"(?:扣除|剔除|除去|不含|不包括|不计|加上|包括|含)[^，。；]{0,8}(?:节约|结余|结转)")
"""支出462万元；剔除结转后支出390万元: what is left is named, but not told."""
_UNDONE = re.compile(r"^[^，。；]{0,10}(?:未|尚未|没有|待)(?:形成|整改|完成|办结|结案|销号|支付|使用|支出|落实|处理|兑付|竣工)")
_GAP = re.compile(r"缺口|空编|缺编|短缺|尚缺|还缺|缺")
_VACANT = re.compile(r"空编|缺编|编制尚?[空缺]|未结案|未办结")
_NEEDED = re.compile(r"应|需|核定|编制|标准")
_SAVED = re.compile(r"节约|节支|节省")
_UNDONE_BY = re.compile(r"(?:未|没有?|尚未)(?P<what>[办审]结(?=案件)|结案|[^，。；、的]{2,4}?)(?:案?件)?的?$")
_UNDONE_BEHIND = re.compile(r"^的?(?:未|尚未)(?P<what>[^，。；、的]{2})(?:的|隐患|问题|案件|事项|任务)")
_SUMMED = re.compile(r"合计|共计|退休|^[多少]")
_CARRIED = re.compile(r"结转(?:下|次)一?年|转入?下年|跨年")
_BROUGHT = re.compile(r"[上去前]年|年初|旧存|期初|结转(?![下次])")
_PAIRS = (
    (re.compile(r"节约|节支|节省"), re.compile(r"预算|委托|计划|概算|控制价"), re.compile(r"实际|实采|成交|中标|完成|支出")),
    (re.compile(r"空编|缺编|编制尚?[空缺]"), re.compile(r"编制"), re.compile(r"在职|实有|在岗|在编|现有")),
    (re.compile(r"缺口|短缺|尚缺"), re.compile(r"应|需|核定|标准|配备|配套"), re.compile(r"现有|在岗|在职|实有|已|到位")),
    (re.compile(r"未结|未办结|未审结"), re.compile(r"立案|受理|收到|办理"), re.compile(r"结案|办结|审结")),
    (
        re.compile(r"未形成支出|结余|结转|未支出|未使用"),
        re.compile(r"预算|收入|筹集|安排|下达|到位|投资"),
        re.compile(r"支出|使用|支付|列支|执行"),
    ),
    (_CARRIED, re.compile(r"项目|工程"), re.compile(r"竣工|完工|建成|投产")),
    (re.compile(r"未整改|未完成整改|未销号"), re.compile(r"发现|排查|隐患|问题"), re.compile(r"整改|销号")),
    (_CARRIED, re.compile(r"受理|[新共]收|立案|办理|申请|隐患|问题"), re.compile(r"结案|办结|审结|销号|整改|答复")),
)  # fmt: skip
"""How what is left is called, what it is left of, and what was taken off, where the figures stand further apart than one sentence."""
Rated = dict[str, tuple[tuple[Fact, ...], bool]]
"""The figures that a rate of the prose divides by, by the id of its numerator, and whether no others can be meant."""
_NEXT_POINT = re.compile(r"[；。](?:[一二三四五六七八九十]{1,2}是|（[一二三四五六七八九十\d]{1,2}）|第?[一二三四五六七八九十]{1,2}[，、])")
_ALREADY = re.compile(r"^(?:[^，。；：、（）]{0,4})已(?!知|有)")
_SO_FAR = re.compile(r"累计|[已共]")
_ALL_OF_IT = re.compile(r"总额|总量|总数|预算|计划|任务|目标")
_BACK = 10
_FAR_BACK = 24
"""What parts and a rest make just so is looked for so many facts back."""
_MOST_RATES = 200
"""A rest that is told apart from its figures is tried on so many rates, the last ones first."""
_MANY = 16
"""At most so many figures under one name are tried, the nearest first."""
_NAMED_BACK = 400
_LIKE_NAMED_BACK = 100
"""So many facts back figures are looked for by their names."""


def rest(context: Context, stream: Stream, place: Place, ratio_of: Rated, base_of: Mapping[str, tuple[Fact, ...]]) -> Relation | None:
    """What the figure is left of and after; ``None`` where its words say no rest, or nobody can tell of what."""
    after = stream.after(place.at)
    left = _LEFT.search(place.clause) is not None
    if not left and not _REST.search(place.clause) and not _UNDONE.match(after):
        return None
    if _APART.search(place.clause) or _IN_ALL.search(place.clause):
        return None
    before = [p for p in stream.back(place.at, _BACK) if p.level and like(p.quantity, place.quantity) and p.paragraph == place.paragraph]
    nearest = next((p for p in before if p.sentence == place.sentence), None)
    if nearest is not None and _NEXT_POINT.search(stream.between(nearest.at, place.at)):
        return None  # 一是检查4500家，下半年还要查2185家；二是剩余3家销号
    if before and of_named(stream, before[0], place):
        return None
    return _Rest(context=context, stream=stream, place=place, after=after, left=left, before=before, ratio_of=ratio_of, base_of=base_of).relation()


@dataclass(frozen=True, kw_only=True)
class _Rest:
    """A figure whose words say that it is a rest (``left``: in so many words), and the levels ``before`` it in its paragraph, the nearest first."""

    context: Context
    stream: Stream
    place: Place
    after: str
    left: bool
    before: list[Place]
    ratio_of: Rated
    base_of: Mapping[str, tuple[Fact, ...]]

    def relation(self) -> Relation | None:
        """The first reading that is meant."""
        found = self._beside_it_if_it_holds() or self._of_a_rate_if_it_holds() or self._of_the_rate_before() or self._with_the_parts_before()
        found = found or self._after_what_is_done()
        found = found or self._beside_it() or self._of_a_rate_here() or self._near_if_it_holds() or self._of_the_one_whole()
        if found is not None:
            return found
        if self.left and 2 <= len(self._outer) <= 3:
            return self._of_the_last_two()
        return self._of_a_goal() or self._of_what_is_needed() or self._elsewhere() or self._under_names()

    def _told(self, minuend: Fact, subtrahend: Fact, *, sure: bool = True) -> Difference:
        return Difference(self.place.fact, minuend, subtrahend, sure)

    @cached_property
    def _near(self) -> list[Place]:
        return [p for p in self.before if p.sentence == self.place.sentence]

    @cached_property
    def _outer(self) -> list[Place]:
        return [p for p in self._near if p.bracket == self.place.bracket]

    @cached_property
    def _words(self) -> str:
        return self.place.clause + self.after[:14]

    @cached_property
    def _beside(self) -> Difference | None:
        """编制21名，在职19人，空编2名: the two figures right before, if their words and those of the rest say what is taken from what."""
        place, near = self.place, self._near
        if len(near) < 2 or near[0].at != place.at - 1 or near[1].at != place.at - 2 or not near[0].bracket == near[1].bracket == place.bracket:
            return None
        told = self._told(near[1].fact, near[0].fact)
        undone = _UNDONE_BY.search(place.clause)
        if undone is not None and undone["what"] in near[0].clause and undone["what"] not in near[1].clause:
            return told
        for name, whole, part in _PAIRS:
            of_what = near[1].clause + first_words(self.stream.after(near[1].at))  # 项目23个, 23个项目
            if name.search(place.clause) and whole.search(of_what) and part.search(near[0].clause) and not part.search(near[1].clause):
                return told
        return None

    @cached_property
    def _rated(self) -> list[Difference]:
        """The rest of what a rate divides by after what it divides, for the rates before it."""
        known = ((one.fact, *self.ratio_of[one.fact.id]) for one in self.before if one.fact.id in self.ratio_of)
        return [self._told(den[0], part, sure=sure) for part, den, sure in known if len(den) == 1 and like(den[0].quantity, self.place.quantity)]

    def _beside_it_if_it_holds(self) -> Relation | None:
        return self._beside.relation if self._beside is not None and self._beside.holds else None

    def _of_a_rate_if_it_holds(self) -> Relation | None:
        fitting = next((one for one in self._rated if one.holds), None)
        return None if fitting is None else self._told(fitting.minuend, fitting.subtrahend).relation

    def _beside_it(self) -> Relation | None:
        if self._beside is None:
            return None
        found, fact = self._beside.relation, self.place.fact
        clause = self.place.clause
        among = self._near[1].quantity.dimension == "count" and first_words(self.stream.after(self._near[1].at)).endswith("中")
        carried = _CARRIED.search(clause) and (among or not _BROUGHT.search(self.context.before(fact, self.context.document.blocks[fact.block].span)))
        strict = carried or _VACANT.search(self._words) or _GAP.search(clause) or _UNDONE_BY.search(clause) or _SAVED.search(clause)
        found = found if strict else weighed(found, self.context)
        return found if found.certain else None

    def _of_a_rate_here(self) -> Relation | None:
        here = {one.fact.id for one in self._near}
        one = next((one for one in self._rated if one.subtrahend.id in here), None)
        if one is None:
            return None
        meant = one.sure and (self.left or self._right_behind_the_rate_of(one.subtrahend) or _paired(self.place.clause, one.minuend, one.subtrahend))
        return one.relation if meant else weighed(one.relation, self.context)

    def _right_behind_the_rate_of(self, part: Fact) -> bool:
        """344户中已完工331户，完工率96.2%，尚有13户: whether just the rate of what was done stands between it and what is left."""
        at = self.place.at
        before = self.stream.places[max(0, at - 2) : at]
        if len(before) < 2 or STILL.match(self.after) is None:
            return False
        return before[0].fact is part and is_share(before[1].fact) and before[0].sentence == self.place.sentence

    def _near_if_it_holds(self) -> Relation | None:
        """What is left after one figure of the sentence, or after several."""
        if len(self._near) < 2:
            return None
        found = [self._told(total.fact, self._near[0].fact) for total in self._near[1:4]]
        if len(self._outer) > 1:
            found.append(self._told(self._outer[0].fact, self._outer[1].fact))  # 已用286万元；全年预算520万元，剩余234万元
        holding = next((one for one in found if one.holds), None)
        if holding is not None:
            return holding.relation
        for n, total in enumerate(self._outer[2:5], 2):
            done = [p.fact for p in self._outer[:n]]
            if iv.meet(total.quantity.interval, iv.total(f.quantity.interval for f in (*done, self.place.fact))):
                parts = (*(f.id for f in reversed(done)), self.place.fact.id)
                return Relation(type="sum", roles={"total": (total.fact.id,), "parts": parts})
        return None

    def _with_the_parts_before(self) -> Relation | None:
        """完成造林1.72万亩…。按树种分，杉木0.83万亩、枫香0.41万亩，其余0.48万亩: a figure told before is just what these make."""
        if len(self._outer) < 2 or self.place.bracket:
            return None
        back = (p for p in self.stream.back(self._near[-1].at, _FAR_BACK) if p.level and like(p.quantity, self.place.quantity) and not p.bracket)
        wholes = [p.fact for p in back if p.sentence != self.place.sentence and p.quantity.bound == "="]
        parts = [p.fact for p in reversed(self._outer)]
        made = iv.total(fact.quantity.interval for fact in (*parts, self.place.fact))
        whole = next((fact for fact in wholes if len(significant(fact)) >= LONG and iv.meet(fact.quantity.interval, made)), None)
        if whole is None:
            return None
        return Relation(type="sum", roles={"total": (whole.id,), "parts": (*(fact.id for fact in parts), self.place.fact.id)})

    def _after_what_is_done(self) -> Relation | None:
        """漏种168剂次，已补种121剂次，尚余47剂次: what is done right before what is left, what there was to do right before that."""
        if not self.left or len(self._outer) < 2 or self.place.bracket:
            return None
        done, whole = self._outer[:2]
        # 6栋（C级4栋、D级2栋）已拆除5栋: what divides it in brackets goes between
        beside = all(one.bracket for one in self.stream.places[whole.at + 1 : done.at])
        near = done.at == self.place.at - 1 and beside and _ALREADY.match(done.clause.lstrip("）")) is not None
        if not near or self._near_if_it_holds() is not None or "其中" in self.stream.between(whole.at, self.place.at):
            return None
        told = self._told(whole.fact, done.fact)
        if (whole.quantity.value or 0) > (done.quantity.value or 0):
            return told.relation
        # 督办2家，已销案4家，剩余1家: few were miscounted
        few = all(p.quantity.bound == "=" and p.quantity.dimension == "count" for p in (whole, done, self.place))
        return replace(told.relation, certain=True) if few and (told.of_few or told.tenfold) else None

    def _of_the_one_whole(self) -> Relation | None:
        """总额400万元，…兑现90万元和85万元，…累计兑现270万元，余130万元: what was done so far right before, and one figure that is all of it."""
        if not self.left or not self._outer or _SO_FAR.search(self._outer[0].clause) is None or self._outer[0].at != self.place.at - 1:
            return None
        wholes = [p for p in self._outer[1:] if _ALL_OF_IT.search(p.clause) and not _SO_FAR.search(p.clause)]
        if len(wholes) != 1:
            return None
        whole, done = wholes[0].fact, self._outer[0].fact
        telling = len(significant(done)) > 1 and len(significant(self.place.fact)) > 1
        return self._told(whole, done).relation if telling and mended(whole.quantity, (done.quantity, self.place.quantity)) else None

    def _of_the_rate_before(self) -> Relation | None:
        """总支出1918.08万元，包括…，为总投资的98.36%，结余31.92万元: of what the rate right before is of, after what it is the rate of."""
        rate = self.stream.places[self.place.at - 1] if self.place.at else None
        den = self.base_of.get(rate.fact.id, ()) if rate is not None else ()
        if rate is None or rate.sentence != self.place.sentence or len(den) != 1 or not like(den[0].quantity, self.place.quantity):
            return None
        done = [p.fact for p in self._near if fits(rate.fact, [p.fact], den) and len(significant(p.fact)) >= LONG]
        return self._told(den[0], done[0]).relation if len(done) == 1 else None

    def _of_the_last_two(self) -> Relation | None:
        """52个项目…。又完工2个，累计完工51个，仅余1个: of what a sentence before says, else of the first of the two."""
        done = self._near[0].fact
        wholes = (self._told(p.fact, done) for p in self.before if p.sentence != self.place.sentence)
        whole = next((one for one in wholes if one.holds), None)
        if whole is not None:
            return whole.relation
        last, first = self._outer[:2]
        between = self.stream.between(first.at, last.at)
        if "其余" in self.place.clause and "、" in between and "，" not in between:
            return None  # 定期存款4260万元、国债2500万元，其余1862万元: parts of one whole
        if SO_FAR.search(last.clause) and (first.quantity.value or 0) < (last.quantity.value or 0):
            return None
        if all(self._has_share(p) for p in (first, last)):
            return None  # 加工贸易38.26亿元，占17.6%；保税物流24.57亿元，占11.3%；其余12.59亿元: parts of one whole
        return self._told(first.fact, last.fact).relation

    def _has_share(self, place: Place) -> bool:
        after = self.stream.places[place.at + 1]
        return is_share(after.fact) and after.sentence == place.sentence

    def _of_a_goal(self) -> Relation | None:
        """目标接入基地50个 in one cell, 接入34个，尚余16个 in the next."""
        if not self.left or not self._near:
            return None
        done = self._near[0]
        words = core(done.fact.mention.text)
        goals = [p.fact for p in self.before if p.fact.kind == "target" and spelled(words, core(p.fact.mention.text))]
        if len({goal.quantity.value for goal in goals}) != 1:
            return None
        told = self._told(goals[0], done.fact)
        return self._told(goals[0], done.fact, sure=told.holds or done.at == self.place.at - 1).relation

    def _of_what_is_needed(self) -> Relation | None:
        if not self._near:
            return None
        needed = self._near[0].fact
        alike_ = [p.fact for p in self.before if p.fact is not needed and alike(p.fact.mention.text, needed.mention.text)]
        had = next((fact for fact in alike_ if self._told(needed, fact).holds), None)
        if had is None and _GAP.search(self.place.clause) and _NEEDED.search(self._near[0].plain):
            had = _most_like(needed, alike_)
        return None if had is None else self._told(needed, had).relation

    def _elsewhere(self) -> Relation | None:
        told = self._of_a_rate_elsewhere(first_words(self.after) or self.place.plain) if self.left else None
        if told is None and self._near and (self.left or _GAP.search(self.place.clause)):
            done = self._near[0].fact
            named = tuple(_of_name(self.context, done))
            found = (self._told(fact, done) for fact in (*(p.fact for p in self.before), *named) if fact is not done)
            told = next((one for one in found if one.holds), None)
            # 核定编制216名，现空编6名: what is needed is nothing that was done
            needed = _NEEDED.search(self._near[0].clause) is not None
            if told is None and not needed and len({fact.quantity.value for fact in named}) == 1:
                told = self._told(named[0], done)
                told = told if told.slipped and self._named_so(named[0]) else None
        return None if told is None else told.relation

    def _named_so(self, whole: Fact) -> bool:
        """Whether a figure may be what the words say that something is left of: 现空编6名 of 编制, not of 教职工262人."""
        pairs = [names for name, *names in _PAIRS if name.search(self._words)]
        return not pairs or any(names[0].search(whole.mention.text + self.context.name(whole)) for names in pairs)

    def _of_a_rate_elsewhere(self, what: str) -> Difference | None:
        """完成剩余2.3公里改造任务, long after 46.5公里 planned and 44.2公里 done: the one rate of the document whose figures are so far apart;
        else the one of which ``what`` is said, if a slip explains why they are not."""
        rates = [
            (self._told(den[0], self.context.by_id[part]), sure)
            for part, (den, sure) in islice(self.ratio_of.items(), _MOST_RATES)
            if len(den) == 1 and like(den[0].quantity, self.place.quantity)
        ]
        found = {_values(one): one for one, _ in rates if one.holds}
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
        named = {_values(one): one for one, sure in rates if sure and bigrams(what) & bigrams(one.minuend.mention.text)}
        only = next(iter(named.values())) if len(named) == 1 else None
        return only if only is not None and only.slipped else None

    def _under_names(self) -> Relation | None:
        """The two figures by their names, wherever they stand before: the first pair that fits."""
        for name, whole, part in _PAIRS:
            if name.search(self._words):
                return self._named(whole, part)
        return None

    def _named(self, whole: re.Pattern[str], part: re.Pattern[str]) -> Relation | None:
        minuends, subtrahends = self._by_name(whole, part)
        strict = _VACANT.search(self._words) is not None
        alone = len({f.quantity.value for f in minuends}) == len({f.quantity.value for f in subtrahends}) == 1
        if alone and strict:
            return self._told(minuends[0], subtrahends[0]).relation
        clause = self.place.clause
        undone = _UNDONE_BY.search(clause) or _UNDONE_BY.search(clause[:-2]) or _UNDONE_BEHIND.match(self.after)
        done = [f for f in subtrahends if f.id in self.ratio_of and undone is not None and undone["what"] in f.mention.text]
        rated = [self._told(self.ratio_of[f.id][0][0], f) for f in done]
        if len(set(map(_values, rated))) == 1 and (strict or (rated[0].slipped and not rated[0].holds)):
            # 立案3286件，结案3121件，结案率95%; 年底未结案件165件
            return rated[0].relation
        pairs = (self._told(minuend, subtrahend) for minuend in minuends[:_MANY] for subtrahend in subtrahends[:_MANY])
        fitting = next((one for one in pairs if one.holds), None)
        if fitting is not None:
            return fitting.relation
        # in one paragraph the nearest two by those names are meant, if a slip explains why they do not fit
        block, year = self.place.fact.block, self.context.document.about.year
        if past(self.place.fact.period, year):
            return None  # 年初结转58万元 was left of the year before
        here = [[f for f in facts if f.block == block and not past(f.period, year)] for facts in (minuends, subtrahends)]
        missed = weighed(self._told(here[0][0], here[1][0]).relation, self.context) if all(here) else None
        return missed if missed is not None and missed.certain else None

    def _by_name(self, whole: re.Pattern[str], part: re.Pattern[str]) -> tuple[list[Fact], list[Fact]]:
        """What it may be left of and after by the names, the nearest first."""
        minuends: list[Fact] = []
        subtrahends: list[Fact] = []
        context, place = self.context, self.place
        rank = context.order[place.fact.id]
        whole_of = lists(context).whole
        for fact in reversed(context.facts[max(0, rank - _NAMED_BACK) : rank]):
            if not is_level(fact) or not like(fact.quantity, place.quantity) or fact.subject != place.fact.subject:
                continue
            words = fact.mention.text + context.name(fact)
            if part.search(words):
                subtrahends += [] if _SUMMED.search(words) else [fact]
            elif whole.search(words) and fact.id not in whole_of:
                minuends.append(fact)
        return minuends, subtrahends


def _values(one: Difference) -> tuple[object, object]:
    return one.minuend.quantity.value, one.subtrahend.quantity.value


def _most_like(needed: Fact, had: list[Fact]) -> Fact | None:
    """专职消防员40人 before 消防员29人 where 应配备专职消防员52人: the one figure whose name ends that of what is needed in most words."""
    words = core(needed.mention.text)
    ending = [fact for fact in had if words.endswith(core(fact.mention.text)) and core(fact.mention.text) != words]
    longest = max((len(core(fact.mention.text)) for fact in ending), default=0)
    best = [fact for fact in ending if len(core(fact.mention.text)) == longest]
    return best[0] if len(best) == 1 else None


def _paired(clause: str, whole: Fact, part: Fact) -> bool:
    """Whether what is left, what it is left of and what was taken are named alike: 结余 of 资金 after 支出."""
    a, b = whole.mention.text, part.mention.text
    return any(name.search(clause) and total.search(a) and taken.search(b) for name, total, taken in _PAIRS)


def _of_name(context: Context, fact: Fact) -> Iterator[Fact]:
    """Levels before whose name is in that of ``fact``: 市级配套1700万元 for 市级配套到位1388万元."""
    rank = context.order[fact.id]
    for other in reversed(context.facts[max(0, rank - _LIKE_NAMED_BACK) : rank]):
        if is_level(other) and like(other.quantity, fact.quantity):
            words = core(other.subject or other.mention.text)
            if len(words) > 2 and words in core(fact.mention.text):
                yield other
