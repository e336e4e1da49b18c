"""How well a report agrees with an annotated document: counts for each document, rates from their sums.

Facts are paired one to one where their numerals overlap. A found fact is *strict* where value, unit, bound and kind
agree with the annotation, *complete* where its name does too. Links are compared as clusters (B³): those that are
annotated with one indicator should be linked to one, whatever it is called. A relation is *covered* where a check looks at
its facts, *agreed* where the check judges as the annotation does. A finding is right where it names at least two facts of
a relation that does not hold. What is marked optional or only possible is counted neither way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from extract.gold import GoldDocument, GoldFact, GoldRelation, plain
from extract.types import Report

FIELDS = ("values", "units", "bounds", "kinds", "mentions")
STRICT = FIELDS[:4]
# Names agree from so great a share of common characters on (twice the common ones over all).
ALIKE = 0.6
# So much of the facts of a relation of three or more has to be in a check of it (common over all).
COVERED = 0.6
_UNIT_ALIASES = {"％": "%", "百分点": "个百分点", "平方千米": "平方公里", "元人民币": "元", "人民币元": "元"}
_TYPES_ALIKE = {"part": ("part", "sum")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A fact as a report states it, its place in the source. ``link`` is the catalogue's id or the open name; "" for none."""

    id: str
    start: int
    end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    bound: str
    kind: str
    mention: str
    link: str
    makers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A check as a report lists it: which facts, and whether they hold together (``None``: not assessable)."""

    code: str
    type: str
    facts: frozenset[str]
    verdict: str
    holds: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """A finding as a report lists it. ``places`` are the numerals it names, in the source."""

    code: str
    severity: str
    facts: frozenset[str]
    places: tuple[tuple[int, int], ...]
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a report says, as far as it is scored and compared."""

    facts: tuple[Stated, ...]
    checks: tuple[Looked, ...]
    findings: tuple[Raised, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    right: int
    of: int

    @property
    def value(self) -> float:
        """The share; 1 of nothing."""
        return self.right / self.of if self.of else 1.0


@dataclass(frozen=True, slots=True)
class Found:
    """True positives, false positives, false negatives."""

    tp: int
    fp: int
    fn: int

    @property
    def precision(self) -> float:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 1.0

    @property
    def recall(self) -> float:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 1.0

    @property
    def f1(self) -> float:
        return _f1(self.precision, self.recall)


@dataclass(frozen=True, slots=True)
class Clusters:
    """B³ over so many items."""

    precision: float
    recall: float
    items: int

    @property
    def f1(self) -> float:
        return _f1(self.precision, self.recall)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One item of a document and what is wrong with it: () for nothing.

    ``item`` is the id of the annotated fact (``f12``) or relation (``r3``), ``+1234`` for a fact too many at that place,
    ``!S201@1234`` for a false alarm; ``wrong`` are the :data:`FIELDS` that differ, or "facts" (missed, too many),
    "checks" (not covered or judged otherwise), "findings" (missed, false alarm).
    """

    item: str
    wrong: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentScore:
    """The counts of one document. ``linking`` is (annotated, linked) for each found fact."""

    name: str
    genre: str
    family: str
    counts: Mapping[str, int]
    linking: tuple[tuple[str, str], ...]
    judged: tuple[Judged, ...]

    @property
    def collection(self) -> str:
        return self.name.partition("-")[0]


@dataclass(frozen=True)
class Scores:
    """The scores of documents together. Rates are those of the sums, never means of the documents' rates."""

    documents: tuple[DocumentScore, ...]

    @cached_property
    def counts(self) -> Counter[str]:
        total: Counter[str] = Counter()
        for document in self.documents:
            total.update(document.counts)
        return total

    @property
    def facts(self) -> Found:
        return Found(self.counts["found"], self.counts["extra"], self.counts["missed"])

    @property
    def strict(self) -> Found:
        return self._right("strict")

    @property
    def complete(self) -> Found:
        return self._right("complete")

    def _right(self, key: str) -> Found:
        right, found = self.counts[key], self.counts["found"]
        return Found(right, found - right + self.counts["extra"], found - right + self.counts["missed"])

    def accuracy(self, field: str) -> Share:
        """The found facts with that field right; one of :data:`FIELDS`."""
        return Share(self.counts[field], self.counts["found"])

    @cached_property
    def linking(self) -> Clusters:
        return b_cubed([pair for document in self.documents for pair in document.linking])

    def relation_types(self) -> list[str]:
        """The types of the annotated relations, in the order of their names."""
        return sorted(key.removeprefix("relations:") for key in self.counts if key.startswith("relations:") and " " not in key)

    def relations(self, kind: str = "", *, implied: bool = True, key: str = "agreed") -> Share:
        """The relations (of one type) that are ``"covered"`` or ``"agreed"``; ``implied=False`` leaves those out."""
        name = f"relations:{kind}" if kind else "relations"
        right, of = self.counts[f"{name} {key}"], self.counts[name]
        if not kind and not implied:
            right -= self.counts[f"relations:implied {key}"]
            of -= self.counts["relations:implied"]
        return Share(right, of)

    @property
    def findings(self) -> Found:
        return Found(self.counts["finding found"], self.counts["finding extra"], self.counts["finding missed"])

    def kinds(self) -> list[str]:
        """The kinds of the annotated facts, the most frequent first."""
        sizes = {key.removeprefix("kind:"): n for key, n in self.counts.items() if key.startswith("kind:") and " " not in key}
        return sorted(sizes, key=lambda kind: (-sizes[kind], kind))

    def codes(self) -> list[str]:
        """The codes of the checks that looked at something or reported something."""
        return sorted({key.split(":")[1].split(" ")[0] for key in self.counts if key.startswith("code:")})

    def grouped(self, by: str) -> dict[str, Scores]:
        """The scores by ``"genre"``, ``"collection"``, ``"family"`` or ``"name"``, in the order of the first."""
        groups: dict[str, list[DocumentScore]] = defaultdict(list)
        for document in self.documents:
            groups[getattr(document, by)].append(document)
        return {name: Scores(tuple(members)) for name, members in groups.items()}


def score(document: GoldDocument, outcome: Outcome) -> DocumentScore:
    """How well an outcome agrees with an annotated document."""
    return _Scorer(document, outcome).score()


def outcome_of(report: Report) -> Outcome:
    """What a report says, places in the source."""
    source = report.document.source_span
    links = {link.fact: link for link in report.links}
    facts = []
    for fact in report.facts:
        place, quantity, link = source(fact.quantity.span), fact.quantity, links.get(fact.id)
        facts.append(
            Stated(
                id=fact.id,
                start=place.start,
                end=place.end,
                value=quantity.value,
                low=quantity.low,
                high=quantity.high,
                unit=quantity.unit,
                bound=quantity.bound,
                kind=fact.kind,
                mention=fact.mention.text,
                link=(link.indicator_id or link.name if link else fact.mention.text) or "",
                makers=fact.makers,
            )
        )
    places = {fact.id: (fact.start, fact.end) for fact in facts}
    return Outcome(
        facts=tuple(facts),
        checks=tuple(
            Looked(code=check.code, type=check.type, facts=frozenset(check.facts), verdict=check.verdict, holds=check.holds)
            for check in report.checks
        ),
        findings=tuple(
            Raised(
                code=finding.code,
                severity=finding.severity,
                facts=frozenset(finding.facts),
                places=tuple(sorted(places[i] for i in finding.facts)),
                message=finding.message,
            )
            for finding in report.findings
        ),
    )


def b_cubed(pairs: Sequence[tuple[str, str]]) -> Clusters:
    """B³ of two clusterings, given for each item the cluster it is in on either side; zero for no items.

    The mean over the items of how much of the one cluster is in the other (Bagga and Baldwin 1998).
    """
    if not pairs:
        return Clusters(0.0, 0.0, 0)
    gold, got, both = Counter(a for a, _ in pairs), Counter(b for _, b in pairs), Counter(pairs)
    precision = sum(n * n / got[b] for (_, b), n in both.items()) / len(pairs)
    recall = sum(n * n / gold[a] for (a, _), n in both.items()) / len(pairs)
    return Clusters(precision, recall, len(pairs))


def same_mention(gold: str, got: str) -> bool:
    """Whether two names say the same: most characters in common, or one (of two characters at least) inside the other.

    A name that the annotation does not tell agrees with any.
    """
    a, b = plain(gold), plain(got)
    if not a:
        return True
    if not b:
        return False
    shared = sum((Counter(a) & Counter(b)).values())
    return 2 * shared / (len(a) + len(b)) >= ALIKE or ((a in b or b in a) and min(len(a), len(b)) >= 2)


def pair(gold: Iterable[GoldFact], got: Iterable[Stated]) -> tuple[list[tuple[GoldFact, Stated]], list[GoldFact], list[Stated]]:
    """Facts whose numerals overlap, one to one in text order by the greatest overlap; what is missed; what is too much.

    Time grows with the facts: overlaps are looked for near the place only.
    """
    ordered = sorted(got, key=lambda fact: (fact.start, fact.end))
    longest = max((fact.end - fact.start for fact in ordered), default=0)
    used: set[int] = set()
    pairs, missed = [], []
    first = 0
    for wanted in sorted(gold, key=lambda fact: fact.start):
        while first < len(ordered) and ordered[first].start + longest <= wanted.start:
            first += 1
        best, size = -1, 0
        for at in range(first, len(ordered)):
            if ordered[at].start >= wanted.end:
                break
            overlap = min(wanted.end, ordered[at].end) - max(wanted.start, ordered[at].start)
            if at not in used and overlap > size:
                best, size = at, overlap
        if best < 0:
            missed.append(wanted)
        else:
            used.add(best)
            pairs.append((wanted, ordered[best]))
    return pairs, missed, [fact for at, fact in enumerate(ordered) if at not in used]


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _unit(text: str) -> str:
    return _UNIT_ALIASES.get(plain(text), plain(text))


def _same_value(gold: GoldFact, got: Stated) -> bool:
    if gold.bound == "range":
        return (gold.low, gold.high) == (got.low, got.high)
    return gold.value is not None and gold.value == got.value


def compared(gold: GoldFact, got: Stated) -> dict[str, bool]:
    """For each of :data:`FIELDS` whether the two agree in it."""
    return {
        "values": _same_value(gold, got),
        "units": _unit(gold.unit) == _unit(got.unit),
        "bounds": gold.bound == got.bound,
        "kinds": gold.kind == got.kind,
        "mentions": same_mention(gold.mention, got.mention),
    }


class _Scorer:
    """One document against its outcome."""

    def __init__(self, gold: GoldDocument, outcome: Outcome) -> None:
        self.gold = gold
        self.outcome = outcome
        self.counts: Counter[str] = Counter()
        self.linking: list[tuple[str, str]] = []
        self.judged: list[Judged] = []
        self.by_id = {fact.id: fact for fact in gold.facts}
        self.got: dict[str, str] = {}

    def score(self) -> DocumentScore:
        self._facts()
        self._relations()
        self._findings()
        for check in self.outcome.checks:
            self.counts[f"code:{check.code} {check.verdict}"] += 1
        return DocumentScore(
            name=self.gold.name,
            genre=self.gold.genre,
            family=self.gold.family,
            counts=dict(sorted(self.counts.items())),
            linking=tuple(self.linking),
            judged=tuple(self.judged),
        )

    def _facts(self) -> None:
        counts = self.counts
        pairs, missed, extra = pair(self.gold.facts, self.outcome.facts)
        for gold, got in pairs:
            self.got[gold.id] = got.id
            if gold.optional:
                continue
            right = compared(gold, got)
            strict = all(right[field] for field in STRICT)
            counts.update(field for field, well in right.items() if well)
            counts.update(("found", f"kind:{gold.kind}", f"kind:{gold.kind} found", f"kind:{gold.kind} as {got.kind}"))
            counts["strict"] += strict
            counts["complete"] += strict and right["mentions"]
            counts[f"kind:{gold.kind} strict"] += strict
            counts[f"kind:{gold.kind} mentions"] += right["mentions"]
            self.linking.append((gold.indicator, got.link or f"NIL-{self.gold.name}-{got.id}"))
            wrong = tuple(field for field in FIELDS if not right[field])
            self._judge(gold.id, wrong, f"{_words(gold)} → {_got(got, wrong)}" if wrong else _words(gold))
        for gold in missed:
            if not gold.optional:
                counts.update(("missed", f"kind:{gold.kind}"))
                self._judge(gold.id, ("facts",), f"missed {_words(gold)}")
        for got in extra:
            counts["extra"] += 1
            self._judge(f"+{got.start}", ("facts",), f"no fact: {_got(got, FIELDS)}")

    def _relations(self) -> None:
        by_type: dict[str, list[Looked]] = defaultdict(list)
        for check in self.outcome.checks:
            by_type[check.type].append(check)
        for relation in self.gold.relations:
            if relation.certainty == "possible":
                continue
            hits = list(self._hits(relation, by_type))
            # A change without an earlier level can only be said to be possible, or not to be assessable.
            open_growth = relation.type == "growth" and not relation.roles.get("previous") and relation.holds
            agreed = any(check.holds == relation.holds or (open_growth and check.holds is None) for check in hits)
            for key in ("relations", f"relations:{relation.type}"):
                self.counts[key] += 1
                self.counts[f"{key} covered"] += bool(hits)
                self.counts[f"{key} agreed"] += agreed
            self._judge(relation.id, () if agreed else ("checks",), f"{self._says(relation)}{' judged otherwise' if hits and not agreed else ''}")

    def _hits(self, relation: GoldRelation, by_type: Mapping[str, Sequence[Looked]]) -> Iterator[Looked]:
        want = self._wanted(relation)
        need = 1.0 if len(want) <= 2 else COVERED
        types = by_type if relation.type == "implied" else _TYPES_ALIKE.get(relation.type, (relation.type,))
        for kind in types:
            for check in by_type.get(kind, ()):
                common = len(want & check.facts)
                if common / max(1, len(want | check.facts)) >= need or (relation.type == kind == "same" and common >= 2):
                    yield check

    def _findings(self) -> None:
        # Those about wording alone name no facts and are not scored.
        raised = [finding for finding in self.outcome.findings if finding.facts]
        right: set[int] = set()
        for relation in self.gold.relations:
            if relation.holds:
                continue
            want = self._wanted(relation)
            matches = [at for at, finding in enumerate(raised) if len(finding.facts & want) >= min(2, len(want))]
            right.update(matches)
            if relation.certainty != "possible":
                self.counts["finding found" if matches else "finding missed"] += 1
                self._judge(f"{relation.id}!", () if matches else ("findings",), self._says(relation))
        for at, finding in enumerate(raised):
            if finding.severity == "info":
                continue
            self.counts[f"code:{finding.code} raised"] += 1
            if at in right:
                self.counts[f"code:{finding.code} right"] += 1
            else:
                self.counts["finding extra"] += 1
                place = finding.places[0][0] if finding.places else 0
                self._judge(f"!{finding.code}@{place}", ("findings",), f"false alarm {finding.code}: {finding.message}")

    def _wanted(self, relation: GoldRelation) -> frozenset[str]:
        return frozenset(self.got.get(i, f"?{i}") for i in relation.facts)

    def _says(self, relation: GoldRelation) -> str:
        numbers = " ".join(_number(self.by_id[i]) if i in self.by_id else i for i in relation.facts)
        return f"{relation.type} {'holds' if relation.holds else 'does not hold'}: {numbers}"

    def _judge(self, item: str, wrong: tuple[str, ...], words: str) -> None:
        self.judged.append(Judged(item=item, wrong=wrong, words=words))


def _number(fact: GoldFact | Stated) -> str:
    if fact.bound == "range":
        return f"{fact.low}..{fact.high}{fact.unit}"
    value = "?" if fact.value is None else f"{fact.value:f}"
    return f"{'' if fact.bound == '=' else fact.bound}{value}{fact.unit}"


def _words(fact: GoldFact) -> str:
    return f"{_number(fact)} {fact.kind} {fact.mention or fact.indicator}"


def _got(fact: Stated, wrong: Sequence[str]) -> str:
    """What was found in place of the annotated: only what differs."""
    parts = []
    if set(wrong) & {"values", "units", "bounds"}:
        parts.append(_number(fact))
    if "kinds" in wrong:
        parts.append(fact.kind)
    if "mentions" in wrong:
        parts.append(fact.mention or "(no name)")
    return " ".join(parts)
