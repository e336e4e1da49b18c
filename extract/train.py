"""Models from annotated documents and whole reports: the same data and libraries give the same bytes.

``sides`` learns from the names that people annotated, ``relations`` from their relations. For ``tense``, two teachers say which sentences look
ahead: people, by the numbers that they annotated as targets, and authors, by the headings of whole reports (2024年工作回顾,
2025年工作安排). How far that can be trusted is then learnt from numbers of documents put aside. A report is put aside with
every annotated document that was cut from it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.candidates import candidates
from extract.candidates._numbers import GROUPS as EVIDENCE
from extract.candidates._numbers import Candidate
from extract.features import BITS, SIZES, ngrams
from extract.gold import GoldDocument, GoldRelation, docx_paragraphs, present
from extract.ingest import read_text
from extract.kinds import in_plan
from extract.learned import NAMES, Model, read
from extract.pipeline import Stated, analyse, stated
from extract.related import SIZE as BONDS
from extract.related import Related, hashed
from extract.relations import context_of
from extract.scoring import outcome_of, pair, same_mention
from extract.segments import sentences
from extract.sides import GROUPS, SIZE, Sides, cases
from extract.tense import Tense, may_change, stretches
from extract.types import OTHER_ROLES, Check, Document, Fact, Report, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Documents of the training data are put aside in so many parts in turn, to see how far the sentences' weights can be trusted.
PARTS = 5
# Cross-validation puts whole families aside in so many folds.
FOLDS = 10
# Inverse strengths of regularisation; by cross-validation a third or three times as much makes no difference.
SENTENCES_C = 300.0
STRETCHES_C = 1.0
SIDES_C = 1.0
RELATIONS_C = 0.3
# A whole report teaches by its headings where it has so many sentences under plans, and as many that are not.
LEAST_OF_EACH = 20
# Sentences of at least so many characters that show, so many of them, that a document was cut from a report.
_TELLING, _SAME_TEXT = 12, 3
# Shorter ones are headings and remains of lists.
_SENTENCE = 6
# Shorter sentences teach as if they were so long: a few characters prove nothing.
SHORTEST = 40
_STRETCHES = ("near", "wide")
ABLATIONS = {Sides.name: GROUPS, Related.name: EVIDENCE, Tense.name: (*_STRETCHES, "people", "authors")}
"""What a model may be learnt without: a group of features; or one of the stretches, or what one of the two teachers says of
sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A document to learn from: sentences with whether they look ahead, facts with whether they are targets, features of
    facts with whether only the words after the number name it (``sides``), and features of numbers that may belong
    together with whether they do (``bonds``).

    ``whole`` is whether its author's headings say so, not a person's annotation; ``sha256`` is that of the text.
    ``counts`` holds the n-grams of the sentences, each by its share in its sentence; documents of one ``family`` are
    never learnt from and tried at once.
    """

    name: str
    family: str
    whole: bool
    sha256: str
    document: Document = field(repr=False)
    counts: Any = field(repr=False)
    ahead: tuple[bool, ...] = field(repr=False)
    facts: tuple[Fact, ...] = field(repr=False)
    targets: tuple[bool, ...] = field(repr=False)
    sides: tuple[tuple[tuple[tuple[int, ...], ...], bool], ...] = field(repr=False, default=())
    bonds: tuple[tuple[Mapping[str, Sequence[int]], bool], ...] = field(repr=False, default=())


def annotated(gold: GoldDocument, *, bonds: bool = True) -> Lesson:
    """What an annotated document teaches: a sentence of prose looks ahead where one of its facts is a target.

    Without ``bonds`` it teaches nothing about relations, and takes less time.
    """
    document = read_text(gold.text or "", name=gold.name)
    kinds = {fact.start: fact.kind for fact in gold.facts if not fact.optional}
    found = stated(document)
    facts, targets = [], []
    spans: dict[Span, bool] = {}
    for fact in found.facts:
        kind = kinds.get(document.source_span(fact.quantity.span).start)
        if kind is None or fact.cell is not None:
            continue
        spans[fact.sentence] = spans.get(fact.sentence, False) or kind == "target"
        if may_change(fact, document.about.year):
            facts.append(fact)
            targets.append(kind == "target")
    lesson = _lesson(gold.name, gold.family, False, document, list(spans.items()), facts, targets)
    return replace(lesson, sides=tuple(_sides(gold, document, found)), bonds=tuple(_bonds(gold, document)) if bonds and gold.relations else ())


def _bonds(gold: GoldDocument, document: Document) -> Iterator[tuple[Mapping[str, Sequence[int]], bool]]:
    """What may belong together, and whether the annotation says so."""
    report = analyse(document)
    meant = Meant(gold, report)
    for candidate in candidates(context_of(document, report.facts, report.links)):
        yield hashed(candidate), meant.says(candidate)


class Meant:
    """What an annotation says of the relations of a report: of these numbers, or of others that state the same."""

    def __init__(self, gold: GoldDocument, report: Report) -> None:
        found = {wanted.id: got.id for wanted, got in pair(gold.facts, outcome_of(report).facts)[0]}
        self._annotated, self._equal = _Equal(), _Equal()
        for relation in gold.relations:
            if relation.type == "same" and relation.holds:
                members = [found.get(identity, f"?{identity}") for identity in relation.facts]
                self._annotated.join(members)
                self._equal.join(members)
        for check in report.checks:
            if check.type == "same" and check.holds and not check.by:
                self._equal.join(check.facts)
        self._keys = {self._key(relation, found) for relation in gold.relations}

    def says(self, relation: Candidate | Check) -> bool:
        """Whether the annotation has the relation, as certain, likely or possible."""
        if relation.type == "same":
            return len({self._annotated.root(identity) for identity in relation.facts}) == 1
        return self._key(relation, {}) in self._keys

    def _key(self, relation: GoldRelation | Candidate | Check, found: Mapping[str, str]) -> tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]:
        """The type of a relation and who takes which part in it, up to what is stated twice."""
        roles = ((role, (ids,) if isinstance(ids, str) else ids) for role, ids in relation.roles.items() if role not in OTHER_ROLES)
        return relation.type, tuple(sorted((role, tuple(sorted(self._equal.root(found.get(i, i)) for i in ids))) for role, ids in roles))


class _Equal:
    """Facts that state the same, joined pair by pair."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}

    def root(self, identity: str) -> str:
        """One of the facts that state what this one does, the same for all of them."""
        while (parent := self._parents.get(identity, identity)) != identity:
            identity = parent
        return identity

    def join(self, facts: Sequence[str]) -> None:
        for identity in facts[1:]:
            self._parents[self.root(identity)] = self.root(facts[0])


def _sides(gold: GoldDocument, document: Document, found: Stated) -> Iterator[tuple[tuple[tuple[int, ...], ...], bool]]:
    names = {fact.start: fact.mention for fact in gold.facts if not fact.optional and fact.mention}
    for case in cases(document, found.facts, found.after):
        fact = found.facts[case.at]
        name = names.get(document.source_span(fact.quantity.span).start)
        if name is not None:
            yield case.features, same_mention(name, case.after.of(document.text)) and not same_mention(name, fact.mention.text)


def reported(name: str, text: str, golds: Iterable[GoldDocument]) -> Lesson | None:
    """What a whole report teaches by its headings; ``None`` where they do not tell plans from what was done.

    Its family is that of the first of ``golds`` that was cut from it, else ``name``.
    """
    document = read_text(text, name=name)
    plans = {block.section: in_plan(document.section_path(block.section)) for block in document.blocks}
    spans = [
        (sentence, plans[block.section])
        for block in document.blocks
        if block.kind == "paragraph"
        for sentence in sentences(document.text, block.span)
        if len(sentence) >= _SENTENCE
    ]
    ahead = sum(label for _, label in spans)
    if min(ahead, len(spans) - ahead) < LEAST_OF_EACH:
        return None
    lines = {sentence.of(document.text).strip() for sentence, _ in spans}
    families = [gold.family for gold in golds if _cut_from(gold, lines)]
    facts = [fact for fact in stated(document).facts if fact.kind == "target" or may_change(fact, document.about.year)]
    facts = [fact for fact in facts if fact.cell is None]
    targets = [fact.kind == "target" for fact in facts]
    return _lesson(name, families[0] if families else name, True, document, spans, facts, targets)


def _cut_from(gold: GoldDocument, lines: set[str]) -> bool:
    text = gold.text or ""
    return sum(len(line) >= _TELLING and line in text for line in lines) >= _SAME_TEXT


def _lesson(
    name: str, family: str, whole: bool, document: Document, spans: Sequence[tuple[Span, bool]], facts: Sequence[Fact], targets: Sequence[bool]
) -> Lesson:
    import numpy as np
    from scipy.sparse import csr_matrix

    grams = ngrams(document.text)
    rows = [np.repeat(row, len(span) * len(SIZES)) for row, (span, _) in enumerate(spans)]
    columns = [grams[span.start : span.end].ravel() for span, _ in spans]
    shares = [np.full(len(column), 1 / max(len(span), SHORTEST)) for column, (span, _) in zip(columns, spans, strict=True)]
    joined = [np.concatenate(parts) if parts else np.empty(0) for parts in (shares, rows, columns)]
    counts = csr_matrix((joined[0], (joined[1], joined[2])), shape=(len(spans), 1 << BITS))
    return Lesson(
        name=name,
        family=family,
        whole=whole,
        sha256=document.sha256,
        document=document,
        counts=counts,
        ahead=tuple(label for _, label in spans),
        facts=tuple(facts),
        targets=tuple(targets),
    )


def reports(shared: Path, golds: Sequence[GoldDocument]) -> tuple[Lesson, ...]:
    """What the whole reports of the public corpus below ``shared`` teach: .txt and .docx files of its folder ``files``."""
    found = []
    for path in sorted((shared / "corpus" / "files").glob("*")):
        if path.suffix in (".txt", ".docx"):
            text = path.read_text("utf-8") if path.suffix == ".txt" else docx_paragraphs(path)
            found.append(reported(path.name, text, golds))
    return tuple(lesson for lesson in found if lesson is not None)


def learner(
    documents: Iterable[GoldDocument], whole: Sequence[Lesson] = (), *, names: Sequence[str] = NAMES, without: str = ""
) -> Callable[[Iterable[GoldDocument]], Callable[[Document], Report]]:
    """For :func:`extract.evaluate.cross_validate`: from the documents to learn from, a way of reading any other.

    ``documents`` are all that there are; a report of ``whole`` whose family is among them is learnt from only together with
    documents of that family. ``names`` are the models to learn, ``without`` one of their :data:`ABLATIONS`. A model that
    nothing can be learnt for is left out.
    """
    lessons = {gold.name: annotated(gold, bonds=Related.name in names) for gold in present(documents)}

    def learn(train: Iterable[GoldDocument]) -> Callable[[Document], Report]:
        known = {gold.name for gold in train}
        out = {lesson.family for lesson in lessons.values() if lesson.name not in known}
        chosen = [lesson for lesson in (*lessons.values(), *whole) if lesson.family not in out]
        models: list[Model] = []
        for name in names:
            with suppress(ValueError):
                models.append(read(name, fit(name, chosen, without=without)))
        return partial(analyse, models=models)

    return learn


def trained(name: str, documents: Iterable[GoldDocument], whole: Sequence[Lesson] = ()) -> bytes:
    """The file of the model that all the documents whose text is here, and the reports, teach; raises as :func:`fit`."""
    return fit(name, [*(annotated(gold, bonds=name == Related.name) for gold in sorted(present(documents), key=lambda gold: gold.name)), *whole])


def fit(name: str, lessons: Sequence[Lesson], *, without: str = "") -> bytes:
    """The file of the model of that name that the lessons teach.

    Raises:
        ValueError: the lessons know no case of what is to be learnt, or nothing else.
    """
    from threadpoolctl import threadpool_limits

    # In how many parts a sum is done decides its last digit.
    with threadpool_limits(1):
        return {Sides.name: _fit_sides, Related.name: _fit_relations}.get(name, _fit_tense)(lessons, without)


def _fit_relations(lessons: Sequence[Lesson], without: str) -> bytes:
    seen = [case for lesson in lessons for case in lesson.bonds]
    rows = [sorted({feature for group, features in groups.items() if group != without for feature in features}) for groups, _ in seen]
    labels = [label for _, label in seen]
    if len(set(labels)) < 2:
        raise ValueError("no numbers that belong together, or no others, to learn from")
    return _fit_linear(rows, labels, BONDS, RELATIONS_C)


def _fit_sides(lessons: Sequence[Lesson], without: str) -> bytes:
    seen = [case for lesson in lessons for case in lesson.sides]
    labels = [label for _, label in seen]
    if len(set(labels)) < 2:
        raise ValueError("no number that is named by the words after it, or no other, to learn from")
    rows = [[feature for group, features in zip(GROUPS, groups, strict=True) if group != without for feature in features] for groups, _ in seen]
    return _fit_linear(rows, labels, SIZE, SIDES_C)


def _fit_linear(rows: Sequence[Sequence[int]], labels: Sequence[bool], size: int, strength: float) -> bytes:
    """A weight for each of ``size`` features, from the features of each row."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    columns = np.concatenate([np.array(row) for row in rows])
    table = csr_matrix((np.ones(len(columns)), (np.repeat(np.arange(len(rows)), [len(row) for row in rows]), columns)), shape=(len(rows), size))
    fitted = LogisticRegression(C=strength, max_iter=1000).fit(table, np.array(labels))
    return packed({"weights": np.asarray(fitted.coef_[0], np.float16), "bias": np.asarray(fitted.intercept_[0], np.float32)})


def _fit_tense(lessons: Sequence[Lesson], without: str) -> bytes:
    """How much the stretches count is seen on documents whose families were put aside."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    families = sorted({lesson.family for lesson in lessons})
    seen: list[NDArray[Any]] = []
    targets: list[bool] = []
    for part in range(min(PARTS, len(families))):
        aside = set(families[part::PARTS])
        weights = _weights([lesson for lesson in lessons if lesson.family not in aside], without)
        for lesson in lessons:
            if lesson.family in aside and lesson.facts:
                seen.append(stretches(lesson.document, lesson.facts, weights))
                targets += lesson.targets
    if len(set(targets)) < 2:
        raise ValueError("no target, or nothing else, among the facts to learn from")
    table = np.vstack(seen)
    if without in _STRETCHES:
        table[:, _STRETCHES.index(without)] = 0
    both = LogisticRegression(C=STRETCHES_C).fit(table, np.array(targets))
    joined = np.array([*both.coef_[0], both.intercept_[0]], np.float32)
    return packed({"weights": _weights(lessons, without).astype(np.float16), "stretches": joined})


def _weights(lessons: Sequence[Lesson], without: str) -> NDArray[Any]:
    import numpy as np
    from scipy.sparse import vstack
    from sklearn.linear_model import LogisticRegression

    taught = [lesson for lesson in lessons if lesson.ahead and without != ("authors" if lesson.whole else "people")]
    labels = np.array([label for lesson in taught for label in lesson.ahead])
    if len(set(labels.tolist())) < 2:
        raise ValueError("no sentence that looks ahead, or none that does not, to learn from")
    fitted = LogisticRegression(C=SENTENCES_C, class_weight="balanced", solver="liblinear", random_state=0)
    fitted.fit(vstack([lesson.counts for lesson in taught]), labels)
    # As the file keeps them, so that what is measured is what ships.
    return np.asarray(fitted.coef_[0], np.float16).astype(np.float32)


def packed(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """The bytes of a model's file: the same arrays give the same bytes."""
    import numpy as np

    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in sorted(arrays.items()):
            content = io.BytesIO()
            np.lib.format.write_array(content, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), content.getvalue(), zipfile.ZIP_DEFLATED, 9)
    return data.getvalue()
