"""C505 grade: the grade is the one that the stated bands give to the stated score.

What:
    Bands that the document states (90分及以上为优, 80（含）–90分为良, 60分以下为差) against each score beside which a grade is
    stated, in a sentence or in a row of a table, and against how many are said to have got each (评为优的7个、良的1个) where one table
    has so many scores. On the edge between two bands either grade passes, unless 含 says which.

Why:
    The grade decides on next year's money; one that its own score does not give was set by hand.

Fires:
    评价等级划分为：90分（含）以上为优，80分（含）至90分为良，60分（含）至80分为中，60分以下为差。
    该项目综合得分88.5分，评价等级为“优”。

Left alone:
    评价等级划分为：90分（含）以上为优，80分（含）至90分为良，60分（含）至80分为中，60分以下为差。
    该项目综合得分90分，评价等级为“优”。

False alarms:
    Bands of another evaluation than the one that the score is from.

Source:
    observed in reports

In Chinese:
    评价等级应与得分所在的分数段一致，各等级的个数应与表中得分相符。恰在两段分界上的，两个等级都算对。
    分数段属于另一项评价的，可能误报。
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import NamedTuple

import regex

from extract.checks._grade_counts import grade_counts
from extract.checks._scores import OBTAINED
from extract.checks._tables import TOTAL, grids
from extract.checks._words import bare, squeezed
from extract.relations import CheckRule, Context, Relation
from extract.types import Fact, Span

WORD = r"(?:优秀|优等?|良好|良等?|中等|中|一般|合格|不合格|基本合格|较好|较差|差等?|好|[ABCD]级?)"
_QUOTES = r"[“”\"「」『』‘’]?"
_NUMBER = r"\d{1,3}(?:\.\d+)?"
_IN = r"(?P<{0}>[（(]?(?:不?含|包括)(?:本数)?[）)]?)?"
_RANGE = (
    # First how a range can begin: most numbers of a document are none of one.
    rf"(?=(?:{_NUMBER})[分（(不含包至到\-、及以≤<]|[≥>大不≤<低小])"
    rf"(?:(?P<low>{_NUMBER})分?{_IN.format('lowin')}分?(?:至|到|-+|、)(?P<high>{_NUMBER})分?{_IN.format('highin')}分?"
    rf"|(?P<edge>{_NUMBER})分?{_IN.format('edgein')}分?(?P<way>及?以上|以下|及以下)"
    rf"|(?P<least>{_NUMBER})分?(?P<above>≤|<)[^，。；\d]{{1,6}}(?P<below>≤|<)(?P<most>{_NUMBER})分?"
    rf"|(?P<sign>≥|>=|>|大于等于|不低于|≤|<=|<|低于|小于|不足)(?P<bound>{_NUMBER})分?)"
)
_BANDS = (
    re.compile(
        rf"{_RANGE}(?:的|者)?(?:，?(?:评定|评|确定|认定|划分?)?(?:为|是)|：|属于?|对应)?等?级?"
        rf"{_QUOTES}(?P<word>{WORD})(?:档|等次|等级)?{_QUOTES}(?=[，；、。）\s]|$|等级|的(?:标准|规定|要求))"
    ),
    regex.compile(
        rf"(?<=^|[，；、。：（为\s“”]){_QUOTES}(?P<word>{WORD})(?:档|等次|等级)?{_QUOTES}[（：](?:得分)?(?:在|为)?{_RANGE}(?=[，；、。）\s]|$)"
    ),
)
"""The range and then the grade (90分以上为优), or the grade and then its range (优（90分以上）)."""
_GRADED = re.compile(
    rf"(?:等级|等次|级别|档次|评价结论|评价结果|评定结果|自评结果|自评结论)(?:评定|确定|认定)?(?:为|是|：|属于?|属|达到|“)*{_QUOTES}(?P<word>{WORD})(?:等次|等级|级|档)?{_QUOTES}(?=[，；。、）)\s]|$|的)"
    rf"|(?:评定为|评为|被评为|确定为|认定为|属于?){_QUOTES}(?P<also>{WORD}){_QUOTES}(?:等次|等级|级|档)?(?=[，；。、）)\s]|$)"
)
_GRADE_COLUMN = re.compile(r"等级|等次|档次|评价结论|评定结果")
_CELL = re.compile(rf"^{_QUOTES}(?P<word>{WORD}){_QUOTES}$")
_TOTAL = re.compile(r"总|综合|绩效|评价|自评|考核|最终|合计")
_IN_ALL = re.compile(r"总分|总得分|综合(?:得|评)分|最终得分")
_OPENS_BANDS = re.compile(r"[（(][^（）()，。；\d]{0,12}$")
"""综合得分82分，等级为“良”（90分以上为优，80分至90分为良）."""
_STEM = {"优秀": "优", "优等": "优", "良好": "良", "良等": "良", "中等": "中", "差等": "差"}
_HOLDING = frozenset({"≥", ">=", "大于等于", "不低于", "≤", "<="})
_UPPER = frozenset({"≤", "<=", "<", "低于", "小于", "不足"})
FEWEST = 2
"""A single band (90分以上为优) says nothing of what is below it; two do."""


class Edge(NamedTuple):
    """An end of a band: where, and whether the band holds it (``None``: the words leave it open)."""

    at: Decimal
    holds: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The scores of one grade, and where it is stated."""

    word: str
    low: Edge | None
    high: Edge | None
    span: Span

    def takes(self, score: Decimal) -> bool:
        """Whether a score may be in the band: on an edge that the words leave open it may."""
        above = self.low is None or score > self.low.at or (score == self.low.at and self.low.holds is not False)
        below = self.high is None or score < self.high.at or (score == self.high.at and self.high.holds is not False)
        return above and below


def find(context: Context) -> Iterator[Relation]:
    """Scores with a grade beside them, where the document states its bands."""
    if not context.document.tables and all(fact.kind != "score" for fact in context.facts):
        return
    bands = tuple(_bands(context.text))
    words = [band.word for band in bands]
    if len(bands) < FEWEST or len(set(words)) != len(words):
        return
    yield from _tallied(context, bands)
    for fact, word, place in (*_told(context, bands), *_tabled(context)):
        if word in words and fact.quantity.value is not None:
            fitting = grade(bands, fact.quantity.value)
            note = f"得分 {fact.quantity.digits} 按所列标准为“{fitting or '（未列）'}”，文中为“{word}”"
            note_en = f"A score of {fact.quantity.digits} is “{fitting or 'none'}” by the stated bands, the text says “{word}”"
            holds = word in fitting.split("、") if fitting else None
            yield Relation(
                type="implied", roles={"facts": (fact.id,)}, holds=holds, decides=partial(grade, bands), places=(place,), note=note, note_en=note_en
            )


def _tallied(context: Context, bands: tuple[Band, ...]) -> Iterator[Relation]:
    """评为优的7个、良的1个, and the one table of so many scores: how many of them each band takes."""
    columns = list(_scored(context))
    for found in grade_counts(context):
        stated = dict(zip(found.words, found.places, strict=True))
        scores = [column for column in columns if len(column) == sum(place.quantity.value or 0 for place in found.places)]
        if len(scores) != 1 or not stated.keys() <= {band.word for band in bands}:
            continue
        given = [grade(bands, fact.quantity.value) for fact in scores[0] if fact.quantity.value is not None]
        counted = Counter(given)
        if any(word not in {band.word for band in bands} for word in given):
            continue  # on an edge that the words leave open
        wrong = [word for word in (*stated, *(set(given) - stated.keys())) if counted[word] != (stated[word].quantity.value if word in stated else 0)]
        due = "、".join(f"“{band.word}” {counted[band.word]} 个" for band in bands if counted[band.word])
        told = "、".join(f"“{word}” {place.quantity.digits} 个" for word, place in stated.items())
        yield Relation(
            type="implied",
            roles={"facts": (*(place.fact.id for place in found.places), *(fact.id for fact in scores[0]))},
            holds=not wrong,
            note=f"按所列标准，表中 {len(given)} 个得分为{due}，文中为{told}",
            note_en=f"By the stated bands the {len(given)} scores of the table are {due}, the text says {told}",
        )


def _scored(context: Context) -> Iterator[tuple[Fact, ...]]:
    """The scores of each table that has one column of them, totals and averages left out."""
    for grid in grids(context):
        points = [c for c in grid.columns if OBTAINED.search(grid.title(c).rsplit("/", 1)[-1])]
        rows = [row for row in grid.body if not TOTAL.search(grid.label(row)) and "平均" not in grid.label(row)]
        if len(points) == 1:
            yield tuple(fact for row in rows if (fact := grid.facts.get((row, points[0]))) is not None)


def grade(bands: tuple[Band, ...], score: Decimal) -> str:
    """The grades that may be given to a score, joined by 、; "" where no band takes it."""
    return "、".join(band.word for band in bands if band.takes(score))


def _bands(text: str) -> Iterator[Band]:
    words, at = squeezed(text)
    for pattern in _BANDS:
        found = list(pattern.finditer(words))
        for match in found:
            low, high = _ends(match)
            yield Band(word=_stem(match["word"]), low=low, high=high, span=Span(at[match.start()], at[match.end() - 1] + 1))
        if found:
            return


def _ends(match: re.Match[str]) -> tuple[Edge | None, Edge | None]:
    if match["edge"]:
        holds = _holds(match["edgein"])
        if match["way"].endswith("上"):
            return Edge(Decimal(match["edge"]), holds is not False), None
        return None, Edge(Decimal(match["edge"]), True if match["way"].startswith("及") else holds)
    if match["least"]:
        return Edge(Decimal(match["least"]), match["above"] == "≤"), Edge(Decimal(match["most"]), match["below"] == "≤")
    if match["sign"]:
        edge = Edge(Decimal(match["bound"]), match["sign"] in _HOLDING)
        return (None, edge) if match["sign"] in _UPPER else (edge, None)
    (low, low_in), (high, high_in) = sorted(
        ((Decimal(match["low"]), match["lowin"]), (Decimal(match["high"]), match["highin"])), key=lambda end: end[0]
    )
    stated = [_holds(low_in), _holds(high_in)]
    if stated.count(True) == 1 and stated.count(None) == 1:
        # 80（含）至90分: where only one end is held, the other is not
        stated = [end is True for end in stated]
    return Edge(low, stated[0]), Edge(high, stated[1])


def _holds(words: str | None) -> bool | None:
    return None if not words else "不" not in words


def _stem(word: str) -> str:
    return _STEM.get(word, word.removesuffix("级"))


def _told(context: Context, bands: tuple[Band, ...]) -> Iterator[tuple[Fact, str, Span]]:
    """Sentences with one total score and one grade after it."""
    for sentence, facts in context.by_sentence.items():
        told = _without_bands(sentence, bands, context.text)
        scores = [fact for fact in facts if fact.kind == "score" and fact.cell is None and told.overlaps(fact.quantity.span)]
        if not scores:
            continue
        words, at = squeezed(told.of(context.text))
        graded = list(_GRADED.finditer(words))
        totals = [fact for fact in scores if _IN_ALL.search(context.before(fact, fact.clause))]
        lead = totals[0] if len(totals) == 1 else scores[0]
        if len(graded) != 1 or (len(scores) > 1 and not _TOTAL.search(context.before(lead, lead.clause))):
            continue
        place = Span(sentence.start + at[graded[0].start()], sentence.start + at[graded[0].end() - 1] + 1)
        if place.start >= lead.quantity.extent.end:
            yield lead, _stem(graded[0]["word"] or graded[0]["also"]), place


def _without_bands(sentence: Span, bands: tuple[Band, ...], text: str) -> Span:
    """The sentence up to the bracket that opens with its bands; nothing of one that states them otherwise."""
    stated = [band.span for band in bands if sentence.overlaps(band.span)]
    if not stated:
        return sentence
    bracket = _OPENS_BANDS.search(text, sentence.start, min(span.start for span in stated))
    return Span(sentence.start, bracket.start() if bracket is not None else sentence.start)


def _tabled(context: Context) -> Iterator[tuple[Fact, str, Span]]:
    """Rows of tables with a column of points and one of grades."""
    for grid in grids(context):
        graded = [c for c in range(grid.table.columns) if _GRADE_COLUMN.search(grid.title(c).rsplit("/", 1)[-1])]
        points = [c for c in grid.columns if OBTAINED.search(grid.title(c).rsplit("/", 1)[-1])]
        if len(graded) != 1 or len(points) != 1:
            continue
        for row in grid.body:
            fact = grid.facts.get((row, points[0]))
            cell = grid.table.at(row, graded[0])
            match = _CELL.match(bare(cell.text)) if cell is not None else None
            if fact is not None and cell is not None and match:
                yield fact, _stem(match["word"]), cell.span


CHECK = CheckRule(code="C505", name="grade", name_zh="评价等级", severity="error", find=find, equation=False)
