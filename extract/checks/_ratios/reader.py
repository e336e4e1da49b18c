"""What the ways of saying a rate look at: the levels before it, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from extract.checks._list_words import PER
from extract.checks._prose import Place, Stream, first_words, like, squeezed
from extract.checks._rates import Ratio
from extract.checks._ratios.words import covers
from extract.checks._wholes import NOISE
from extract.checks._words import alike, bare
from extract.relations import Context
from extract.types import Fact

BACK = 24
"""So many facts back the figures of a rate are looked for."""
NEAR = 10
"""The figures of a named rate stand within so many facts."""
_THAN = re.compile(r"[^，。；：]{2,}[比较](?P<what>[^，。；：比较]{2,})$")
_CLASS = re.compile(r"^(?:及以[上下])?(?:的|者|组|段|之间|[档级]|占|(?:区间|人群|群体))")
_NAMED = re.compile(r"[一-龥]")
_UP_OR_DOWN = re.compile(r"以[上下内]$")


@dataclass(frozen=True, slots=True)
class Reader:
    """One stream of a document; ``whole`` gives the total of a part by the part's id, ``shares`` are those read so far that fit."""

    context: Context
    stream: Stream
    whole: Mapping[str, Fact]
    shares: list[Ratio] = field(default_factory=list)

    def levels(self, place: Place, limit: int) -> Iterator[Place]:
        """The levels before a place, nearest first; those in other brackets and those per unit left out."""
        for p in self.stream.back(place.at, limit):
            if (
                p.level
                and p.fact.kind not in ("score", "max_score")
                and not PER.search(p.plain)
                and (not p.bracket or p.bracket == place.bracket or p.sentence == place.sentence)
                and not self.stream.compared(p)
                and not self._limits(p)
            ):
                yield p

    def _limits(self, place: Place) -> bool:
        """月收入8000元以上的占17.4%，6000—7999元的占31.8%; 10亿元以上5个; 五年以上有期徒刑63人: the limits of a class are no amount of it."""
        if place.quantity.bound in ("=", "≈"):
            return False
        counted = place.at + 1 < len(self.stream.places) and self.stream.places[place.at + 1].quantity.dimension == "count"
        words = self.stream.after(place.at)
        of_class = _NAMED.match(words) is not None and _UP_OR_DOWN.search(place.quantity.extent.of(self.context.text)) is not None
        return of_class or _CLASS.match(words) is not None or (counted and not words)

    def label(self, place: Place, rate: Place | None = None) -> str:
        """The words around a figure; those behind it that name the rate left out."""
        words = self.stream.after(place.at)
        after = first_words(words)
        if rate is not None and place.at + 1 == rate.at and after == words:
            after = ""  # 5所学校上线率70.93%: these words name the rate
        own = place.clause
        return f"{own}{bare(place.fact.mention.text)}{after}"

    def label_of(self, fact: Fact) -> str:
        """The name of a fact and the words that say it."""
        return self.context.name(fact) + bare(fact.mention.text)

    def named_places(self, place: Place, words: str, limit: int, same: Place | None = None) -> list[Place]:
        """Levels before a place whose names hold the words: those that say them as they are, else those that say as much; nearest first."""
        exact = squeezed(words)
        key = NOISE.sub("", exact) or exact
        ranked: list[list[Place]] = [[], [], []]
        for p in self.levels(place, limit):
            if same is not None and not like(p.quantity, same.quantity):
                continue
            mention = bare(p.fact.mention.text)
            label = own_clause(p) + p.quantity.unit + mention
            stripped = NOISE.sub("", label)
            if exact in label and not _denied(exact, label):
                ranked[0].append(p)
                if len(ranked[0]) == 4:
                    break
            elif (len(key) > 1 and key in stripped) or covers(key, stripped):
                ranked[1].append(p)
            elif len(key) > 2 and alike(mention, words):
                ranked[2].append(p)
        return next((found[:4] for found in ranked if found), [])

    def by_words(self, place: Place, words: str, *, exact: bool = False) -> Place | None:
        """The nearest level before a place whose name holds the words, not denied; with ``exact`` as they stand."""
        key = squeezed(words)
        found = (p for p in self.named_places(place, words, BACK) if not exact or key in self.label(p))
        return next((p for p in found if not _denied(key, self.label(p))), None)


def own_clause(place: Place) -> str:
    """The words before a figure; of 审定额比合同价3480万元 those that name what it is, not what is held against it."""
    than, mention = _THAN.search(place.clause), bare(place.fact.mention.text)
    return mention if than is not None and mention == than["what"] else place.clause


def _denied(words: str, label: str) -> bool:
    """Whether the label names the opposite: 现场查处占32.6% is not of 非现场查处85.2万起, 合格占80% not of 不合格60家."""
    return words[:1] not in "非不未无" and any(no + words in label for no in "非不未无")
