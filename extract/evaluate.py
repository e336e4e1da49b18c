"""What heshu finds in annotated documents, as figures: scored, cross-validated, written down, compared.

:func:`evaluate` scores any way of reading a document; :func:`cross_validate` scores one that learns, each document by what
was learnt without its family. A :class:`Run` keeps what came of it, as JSON too; :func:`page` shows runs as Markdown, and
:func:`comparison` what one gained and lost against another.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from extract.errors import MALFORMED, UnreadableError
from extract.gold import GoldDocument, data_hash, folds, present
from extract.ingest import read_text
from extract.mutants import Caught, together
from extract.scoring import FIELDS, Clusters, DocumentScore, Found, Judged, Scores, Share, outcome_of, score
from extract.types import Document, Report

FORMAT = "heshu-evaluation/1"
MARK = "<!-- heshu evaluate "
Analyse = Callable[[Document], Report]
Learn = Callable[[Sequence[GoldDocument]], Analyse]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """Characters a CPU second of the whole way, and of plain ``jieba.lcut`` on the same text in the same process."""

    characters: int
    heshu: float
    jieba: float

    @property
    def ratio(self) -> float:
        """heshu's speed as a part of jieba's."""
        return self.heshu / self.jieba


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One evaluation: of what (``name``), when (``date``, ISO), on which data (:func:`~extract.gold.data_hash`), with what result.

    ``absent`` maps the names of annotated documents whose text was not here to the reason.
    """

    name: str
    model: str
    version: str
    date: str
    data: str
    scores: Scores
    facts: int
    optional: int
    absent: Mapping[str, str]
    mutants: Mapping[str, Caught] | None = None
    speed: Speed | None = None


def evaluate(documents: Iterable[GoldDocument], analyse: Analyse) -> Scores:
    """The scores of ``analyse`` on the documents whose text is here."""
    return Scores(tuple(score(document, outcome_of(analyse(_read(document)))) for document in present(documents)))


def cross_validate(documents: Iterable[GoldDocument], learn: Learn, *, count: int | None = None) -> Scores:
    """The scores of what ``learn`` makes of other families, on each family in turn (``count`` folds, or one a family).

    The documents come back in the order that they were given in.
    """
    documents = present(documents)
    scored: dict[str, DocumentScore] = {}
    for train, test in folds(documents, count):
        scored.update((one.name, one) for one in evaluate(test, learn(train)).documents)
    return Scores(tuple(scored[document.name] for document in documents))


def run(
    name: str,
    documents: Sequence[GoldDocument],
    scores: Scores,
    *,
    model: str,
    version: str,
    date: str,
    mutants: Mapping[str, Caught] | None = None,
    speed: Speed | None = None,
) -> Run:
    """The run that these scores of these documents are."""
    here = present(documents)
    return Run(
        name=name,
        model=model,
        version=version,
        date=date,
        data=data_hash(documents),
        scores=scores,
        facts=sum(len(document.facts) for document in here),
        optional=sum(fact.optional for document in here for fact in document.facts),
        absent={document.name: document.absent for document in documents if document.text is None},
        mutants=mutants,
        speed=speed,
    )


def speed(documents: Iterable[GoldDocument], analyse: Analyse, *, repeat: int = 3) -> Speed:
    """How fast ``analyse`` is, beside jieba: both warm, on the same texts in turn, the median of ``repeat`` rounds."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba

    jieba.setLogLevel(30)
    texts = [document.text for document in present(documents) if document.text]
    works: list[Callable[[str], object]] = [lambda text: analyse(read_text(text)), jieba.lcut]
    times: list[list[float]] = [[], []]
    for n in range(repeat + 1):
        for work, taken in zip(works, times, strict=True):
            start = time.process_time()
            for text in texts:
                work(text)
            if n:  # the first round warms up
                taken.append(time.process_time() - start)
    characters = sum(map(len, texts))
    return Speed(characters=characters, heshu=characters / median(times[0]), jieba=characters / median(times[1]))


def _read(document: GoldDocument) -> Document:
    return read_text(document.text or "", name=document.name)


# Runs as JSON


def to_json(run: Run) -> str:
    """The run as one JSON object; what is right is left out of the list of judgements."""
    documents = [
        {
            **asdict(document),
            "judged": [asdict(item) for item in document.judged if item.wrong],
        }
        for document in run.scores.documents
    ]
    plain = {
        "format": FORMAT,
        **{key: getattr(run, key) for key in ("name", "model", "version", "date", "data", "facts", "optional")},
        "absent": dict(run.absent),
        "mutants": {kind: asdict(one) for kind, one in run.mutants.items()} if run.mutants is not None else None,
        "speed": asdict(run.speed) if run.speed is not None else None,
        "documents": documents,
    }
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def from_json(text: str, where: str = "-") -> Run:
    """The run that :func:`to_json` wrote.

    Raises:
        UnreadableError: it is no such text.
    """
    try:
        raw: dict[str, Any] = json.loads(text)
        if raw["format"] != FORMAT:
            raise ValueError(f"format {raw['format']!r}, not {FORMAT!r}")
        return Run(
            **{key: raw[key] for key in ("name", "model", "version", "date", "data", "facts", "optional", "absent")},
            scores=Scores(tuple(_document(document) for document in raw["documents"])),
            mutants={kind: Caught(**one) for kind, one in raw["mutants"].items()} if raw["mutants"] is not None else None,
            speed=Speed(**raw["speed"]) if raw["speed"] is not None else None,
        )
    except MALFORMED as error:
        raise UnreadableError(where, f"no run of 'heshu evaluate --json' ({error})") from error


def load(path: Path) -> Run:
    """The run in a file.

    Raises:
        UnreadableError: there is none.
    """
    try:
        return from_json(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(str(path), str(getattr(error, "strerror", None) or error)) from error


def _document(raw: dict[str, Any]) -> DocumentScore:
    return DocumentScore(
        **{key: raw[key] for key in ("name", "genre", "family", "counts")},
        linking=tuple((gold, got) for gold, got in raw["linking"]),
        judged=tuple(Judged(item=item["item"], wrong=tuple(item["wrong"]), words=item["words"]) for item in raw["judged"]),
    )


# Figures


Figure = Found | Share | Clusters


def figures(scores: Scores) -> dict[str, Figure]:
    """The figures by their names, in the order in which they are shown."""
    return {
        "facts F1": scores.facts,
        "strict F1": scores.strict,
        "complete F1": scores.complete,
        **{f"{field} right": scores.accuracy(field) for field in FIELDS},
        "linking B³ F1": scores.linking,
        "relations covered": scores.relations(key="covered"),
        "relations agreed": scores.relations(),
        "relations covered, without implied": scores.relations(implied=False, key="covered"),
        "relations agreed, without implied": scores.relations(implied=False),
        "findings precision": Share(scores.findings.tp, scores.findings.tp + scores.findings.fp),
        "findings recall": Share(scores.findings.tp, scores.findings.tp + scores.findings.fn),
    }


def value(figure: Figure) -> float:
    """The rate of a figure: F1, or the share."""
    return figure.value if isinstance(figure, Share) else figure.f1


def _of(figure: Figure) -> str:
    """What the rate is a rate of."""
    if isinstance(figure, Share):
        return f"{figure.right:,} of {figure.of:,}"
    if isinstance(figure, Found):
        return f"{figure.tp:,} right, {figure.fp:,} too many, {figure.fn:,} missed"
    return f"P {figure.precision:.3f}, R {figure.recall:.3f}, {figure.items:,} links"


# Markdown


def header(run: Run) -> str:
    """The line of a page that a program can read: format, date, data, model, denominators."""
    fields = {
        "format": FORMAT,
        "date": run.date,
        "data": run.data,
        "version": run.version,
        "model": run.model,
        "documents": len(run.scores.documents),
        "facts": run.facts,
        "relations": run.scores.counts["relations"],
    }
    return f"{MARK}{json.dumps(fields)} -->"


def page(runs: Sequence[Run]) -> str:
    """The runs as a page: the figures side by side, the tables of the first."""
    first = runs[0]
    documents = first.scores.documents
    families = len({document.family for document in documents})
    lines = [
        "# Evaluation",
        "",
        header(first),
        "",
        "Written by `heshu evaluate --write`; no figure here was typed. "
        f"{first.date}, heshu {first.version}, model `{first.model}`, data `{first.data[:12]}`: {len(documents)} documents of {families} "
        f"families with {first.facts:,} facts ({first.optional:,} of them optional, not scored) and {first.scores.counts['relations']:,} "
        "certain or likely relations. What the words mean stands in `extract/scoring.py`, what is a fact in `annotations/GUIDELINE.md`. "
        "Models learnt from these documents: what they do on documents not seen stands in `models/*/CARD.md`.",
        "",
    ]
    if first.absent:
        lines += ["Not here, so not scored:", "", *(f"- {name}: {why}." for name, why in sorted(first.absent.items())), ""]
    lines += ["## Figures", "", *_side_by_side(runs), ""]
    if first.mutants is not None:
        lines += ["## One number broken", "", *_mutant_table(first.mutants), ""]
    return "\n".join(lines) + "\n" + tables(first.scores)


def tables(scores: Scores) -> str:
    """The scores in detail: by collection, genre, document, kind, type of relation, code."""
    parts = [
        ("By collection", _groups(scores, "collection")),
        ("By genre", _groups(scores, "genre")),
        ("By kind", _kinds(scores)),
        ("By type of relation", _relation_types(scores)),
        ("By code", _codes(scores)),
        ("By document", _groups(scores, "name")),
    ]
    return "\n".join(f"## {title}\n\n" + "\n".join(lines) + "\n" for title, lines in parts)


def _side_by_side(runs: Sequence[Run]) -> list[str]:
    columns = [figures(run.scores) for run in runs]
    names = list(columns[0])
    rows = [[name, *(cell for column in columns for cell in (f"{value(column[name]):.3f}", _of(column[name])))] for name in names]
    if any(run.mutants is not None for run in runs):
        totals = [together(run.mutants) if run.mutants is not None else None for run in runs]
        for name in ("found", "located"):
            shares = [Share(getattr(one, name), one.mutants) if one else None for one in totals]
            cells = [(f"{share.value:.3f}", _of(share)) if share else ("", "") for share in shares]
            rows.append([f"broken numbers {name}", *(cell for pair in cells for cell in pair)])
    if any(run.speed for run in runs):
        cells = [(f"{run.speed.ratio:.2f}", f"{run.speed.characters:,} characters") if run.speed else ("", "") for run in runs]
        rows.append(["speed, as a part of jieba.lcut's", *(cell for pair in cells for cell in pair)])
    return _table(["", *(cell for run in runs for cell in (run.name, "of"))], rows)


def _groups(scores: Scores, by: str) -> list[str]:
    head = ["", "documents", "facts", "facts F1", "strict F1", "kinds", "names", "B³ F1", "relations", "agreed", "findings", "too many", "missed"]
    groups = scores.grouped(by)
    rows = [_row(name, groups[name]) for name in (groups if by == "name" else sorted(groups))]
    rows.append(_row("all", scores))
    if by == "name":
        del head[1]
        rows = [[row[0], *row[2:]] for row in rows]
    return ["Relations and those agreed are without `implied`; findings are the broken relations that were found.", "", *_table(head, rows)]


def _row(name: str, scores: Scores) -> list[str]:
    facts, relations, findings = scores.facts, scores.relations(implied=False), scores.findings
    return [
        name,
        str(len(scores.documents)),
        str(facts.tp + facts.fn),
        f"{facts.f1:.3f}",
        f"{scores.strict.f1:.3f}",
        f"{scores.accuracy('kinds').value:.3f}",
        f"{scores.accuracy('mentions').value:.3f}",
        f"{scores.linking.f1:.3f}",
        str(relations.of),
        f"{relations.value:.3f}" if relations.of else "",
        str(findings.tp),
        str(findings.fp),
        str(findings.fn),
    ]


def _kinds(scores: Scores) -> list[str]:
    rows = []
    for kind in scores.kinds():
        count = scores.counts
        found = count[f"kind:{kind} found"]
        taken = {key.split(" as ")[1]: n for key, n in count.items() if key.startswith(f"kind:{kind} as ")}
        wrong = sorted((key for key in taken if key != kind), key=lambda key: (-taken[key], key))
        rows.append(
            [
                kind,
                str(count[f"kind:{kind}"]),
                str(found),
                f"{Share(taken.get(kind, 0), found).value:.3f}",
                f"{Share(count[f'kind:{kind} strict'], found).value:.3f}",
                f"{Share(count[f'kind:{kind} mentions'], found).value:.3f}",
                ", ".join(f"{key} {taken[key]}" for key in wrong[:3]),
            ]
        )
    return _table(["", "facts", "found", "kind right", "strict", "name right", "taken for"], rows)


def _relation_types(scores: Scores) -> list[str]:
    rows = []
    for kind in scores.relation_types():
        covered, agreed = scores.relations(kind, key="covered"), scores.relations(kind)
        rows.append([kind, str(agreed.of), f"{covered.value:.3f}", f"{agreed.value:.3f}"])
    return _table(["", "relations", "covered", "agreed"], rows)


def _codes(scores: Scores) -> list[str]:
    rows = []
    for code in scores.codes():
        counts = [scores.counts[f"code:{code} {key}"] for key in ("pass", "fail", "review", "not_assessable", "raised", "right")]
        rows.append([code, *map(str, counts), str(counts[-2] - counts[-1])])
    return _table(["", "pass", "fail", "review", "not assessable", "reported", "right", "false alarms"], rows)


def _mutant_table(by_type: Mapping[str, Caught]) -> list[str]:
    rows = [[kind, *_caught(one)] for kind, one in [*by_type.items(), ("all", together(by_type))]]
    intro = "One numeral of a relation that holds is changed so that it cannot hold (`extract/mutants.py`, three fixed seeds)."
    return [intro, "", *_table(["", "mutants", "found", "located"], rows)]


def _caught(one: Caught) -> tuple[str, str, str]:
    return str(one.mutants), f"{Share(one.found, one.mutants).value:.3f}", f"{Share(one.located, one.mutants).value:.3f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table whose columns line up as plain text too; all but the first flush right where they begin with a digit."""
    rows = [list(row) for row in rows]
    widths = [max(3, *(len(row[at]) for row in [head, *rows])) for at in range(len(head))]
    right = [bool(rows) and all(row[at][:1].isdigit() or not row[at] for row in rows) and at > 0 and "," not in head[at] for at in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        padded = (cell.rjust(width) if flush else cell.ljust(width) for cell, width, flush in zip(cells, widths, right, strict=True))
        return f"| {' | '.join(padded)} |"

    rule = f"| {' | '.join('-' * (width - 1) + ':' if flush else '-' * width for width, flush in zip(widths, right, strict=True))} |"
    return [line(head), rule, *map(line, rows)]


# Comparison


def comparison(old: Run, new: Run) -> str:
    """What ``new`` gained and lost against ``old``: the figures that differ, then the items, document by document."""
    lines = [f"{old.name} ({old.date}, {old.model}) → {new.name} ({new.date}, {new.model})"]
    if old.data != new.data:
        lines.append("The data differ: only the documents that are in both are compared.")
    mine = {document.name: document for document in old.scores.documents}
    both = [(mine[document.name], document) for document in new.scores.documents if document.name in mine]
    a, b = Scores(tuple(before for before, _ in both)), Scores(tuple(after for _, after in both))
    rows = []
    for (name, before), after in zip(figures(a).items(), figures(b).values(), strict=True):
        change = value(after) - value(before)
        if _of(before) != _of(after):
            rows.append([name, f"{value(before):.3f}", f"{value(after):.3f}", f"{change:+.3f}", f"{_of(before)} → {_of(after)}"])
    lines += ["", *_table(["", "old", "new", "change", "of"], rows)] if rows else ["", "No figure differs."]
    for title, changes in _changes(both).items():
        if changes:
            lines += ["", f"{title}: {len(changes)}", *changes]
    return "\n".join(lines) + "\n"


def _changes(both: Iterable[tuple[DocumentScore, DocumentScore]]) -> dict[str, list[str]]:
    """Items that went right, that went wrong, and that are wrong in another way."""
    found: dict[str, list[str]] = {"gained": [], "lost": [], "wrong in another way": []}
    for before, after in both:
        was = {item.item: item for item in before.judged if item.wrong}
        now = {item.item: item for item in after.judged if item.wrong}
        for name in (*was, *(name for name in now if name not in was)):
            one, other = was.get(name), now.get(name)
            if one is not None and other is None:
                found["gained"].append(f"  {before.name} {name} {_wrong(one)}: {one.words}")
            elif other is not None and one is None:
                found["lost"].append(f"  {before.name} {name} {_wrong(other)}: {other.words}")
            elif one is not None and other is not None and one.wrong != other.wrong:
                found["wrong in another way"].append(f"  {before.name} {name} {_wrong(one)} → {_wrong(other)}: {other.words}")
    return found


def _wrong(item: Judged) -> str:
    return ", ".join(item.wrong)


def errors(scores: Scores, field: str) -> list[str]:
    """What is wrong in a field ("facts", one of :data:`~extract.scoring.FIELDS`, "checks", "findings"), a line each."""
    return [f"{document.name} {item.item}: {item.words}" for document in scores.documents for item in document.judged if field in item.wrong]
