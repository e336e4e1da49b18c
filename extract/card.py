"""CARD.md of a model: what it learnt from, how it did on documents it had not seen, what it is no good for.

All figures are measured when the card is written: cross-validation with :func:`extract.evaluate.cross_validate`, each
document read by a model that saw nothing of its family, beside the patterns alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from extract.evaluate import cross_validate, evaluate
from extract.features import BITS
from extract.gold import GoldDocument, data_hash, present
from extract.learned import Model
from extract.pipeline import analyse
from extract.related import SIZE as BONDS
from extract.related import SURE, Related
from extract.scoring import Scores, Share
from extract.sides import GROUPS, OTHER_SIDE, SIZE, Sides
from extract.tense import AHEAD, NEAR, WIDE, Tense
from extract.train import ABLATIONS, FOLDS, Lesson, Meant, learner
from extract.types import Document, Report

_WITHOUT = {
    "near": f"the {NEAR} characters to either side",
    "wide": f"the {WIDE} characters to either side",
    "people": "annotated sentences",
    "authors": "headings of whole reports",
    **dict.fromkeys(GROUPS, ""),
    "evidence": "how unlikely an accident is",
    "place": "where the numbers stand",
    "words": "likeness of names",
    "cues": "the words around the numbers",
    "kinds": "kinds, units, subjects, periods",
}
_ABOUT = {
    Tense.name: f"""\
Whether the text around a number says what is to be done. A number in prose that the patterns take for a level, a rate or a
change becomes a target where this is likelier than {AHEAD}. Nothing else is changed.

- Form: a weight for each of 2^{BITS} hashed pairs and triples of characters (logistic regression on sentences), summed over
  {NEAR} and {WIDE} characters to either side of the number, and three numbers that join both sums. float16, no pickle.""",
    Sides.name: f"""\
Whether the words after a number name it. Where the tagger of objects sees words there and the rules took others (before the
number, or an earlier fact's), those after it are taken where this is likelier than {OTHER_SIDE}. Nothing else is changed.

- Form: a weight for each of {SIZE} hashed features (logistic regression): unit and rule, lengths, the characters beside the
  number, whether the words are a place's or a body's, the fact before, how often both names occur. float16, no pickle.""",
    Related.name: f"""\
Which numbers belong to one relation where the patterns find none. Candidates are numbers that do by arithmetic: equal values,
runs that add up to another number, pairs of amounts that give a rate, pairs of levels that give a change, figures that meet
a target. What a number asks for is looked up by value in the whole document. A candidate is listed as a check that passes
where it is likelier than its type's threshold ({", ".join(f"{kind} {likely}" for kind, likely in SURE.items())}), of candidates that
exclude each other the likeliest. No finding rests on it: what does not hold is never listed.

- Form: a weight for each of {BONDS} hashed features (logistic regression): how many numbers one expects where this one was
  found (its rounding as a part of the powers of ten that the document's numbers of its unit reach over), digits; place,
  order, table; likeness of names, labels and headings; the words around and between; kinds, units, subjects. float16, no pickle.""",
}
_LIMITS = {
    Tense.name: """\
- The gain comes from plans whose headings do not say so (slices, lists of tasks); where a heading does, the patterns know.
- Budgets that promise in the words of accounts (部门预算安排购置车辆1辆) are not recognised.
- Speeches that urge without planning look like plans; numbers in them may be taken for targets.
- Numbers in tables are never changed.

## Tried and left out

- Kinds and fact-or-not by one model over windows of characters, cues, unit, neighbours, headings and the patterns' kind: no
  threshold beat the patterns on documents not seen (it learns to repeat them, since they are right on what it learns from).
- The share of targets among neighbouring facts, bounds, periods and units as further evidence: fewer found, more false.
- Taking targets back where the text looks back: as many lost as won.""",
    Sides.name: """\
- Few numbers have words on both sides that could name them: the cases to learn from are about 130, so the gain is small.
- A name that several numbers share, said once above all of them (营业收入, then industries), is never found so.

## Tried and left out

- A ranking of all candidates (before, after, earlier facts' names, the clause before, the text after, cells to the left):
  +0.6 points of names right, but links (B³ −0.002) and relations (−6) got worse, since what was right was often replaced by
  what was right as well and linked otherwise. Learnt as "the rules are wrong and this one is right", with words after the
  number alone, links and relations keep as they were; that is this model.
- Characters and pairs of the words themselves, head words of the catalogue's names: no gain beside the features here.""",
    Related.name: """\
- It lists what agrees and is blind to what does not: a wrong number has no candidates.
- Of what is listed and not annotated, read one by one, three in four are meant by the text all the same (a subtotal
  opened into its parts, one sum stated in two places); the rest are equal or fitting figures of other things. Columns that
  mix items with subtotals are the likeliest accidents.
- Parts without a total that they add up to (其中), and a change without its earlier level, are left to the patterns.

## Tried and left out

- Heads: for each number, which number near it is its divisor, numerator, total, level or target, or none, by the same features
  but for the arithmetic; its choices were then judged. Of what the patterns do not list it found 15 targets, 3 sums and 2 ratios
  (1 in 3 of its choices right; 106 wrong sums before the judge), which the candidates hold as well.
- Parts and wholes (other than of sums): at no threshold more right than wrong, since that a part is smaller is no evidence.
- A change and its level alone, the earlier level not stated: 2 of 8 right on documents not seen.
- Learning only from candidates that the patterns do not decide, or giving these more weight: fewer found at the same precision.""",
}


def card(model: Model, documents: Sequence[GoldDocument], whole: Sequence[Lesson]) -> str:
    """The card as Markdown, ending in a line end."""
    here = present(documents)
    name = model.name
    reports = whole if name == Tense.name else ()
    rows = [("patterns alone", evaluate(here, analyse)), ("with the model", cross_validate(here, learner(here, reports, names=[name]), count=FOLDS))]
    ablations = [
        (f"without {_WITHOUT[without] or without}", cross_validate(here, learner(here, reports, names=[name], without=without), count=FOLDS))
        for without in ABLATIONS[name]
        if reports or without not in ("people", "authors")
    ]
    listed = f"\n## What is listed\n\n{_listed(here)}\n" if name == Related.name else ""
    held_out = [(title, Scores(tuple(one for one in scores.documents if one.collection == "heldout"))) for title, scores in rows]
    used = ", ".join(f"{one.name} `{one.sha256[:12]}`" for one in reports) or "none"
    used = f"- Whole reports whose headings tell plans from results: {used}; each\n  is put aside with what was cut from it.\n"
    return f"""\
# {name}

Written by `heshu train`; do not edit. `--model patterns` does without.

{_ABOUT[name]}
- File: `weights.npz`, sha256 `{model.sha256}`
- Data: {len(here)} annotated documents ({_families(here)} families), sha256 of annotations and texts `{data_hash(here)}`
{used if name == Tense.name else ""}- Split: {FOLDS} folds of whole families. The shipped model learnt from all of them.

## On documents not seen

{_table(rows)}

Of these, the documents `heldout-*` alone:

{_table(held_out)}
{listed}
## Ablations

{_table([*rows, *ablations])}

## Limits

{_LIMITS[name]}
"""


def _listed(documents: Sequence[GoldDocument]) -> str:
    """The checks that the model adds on documents not seen, by type, and how many of them are annotated."""
    by_name = {document.name: document for document in documents}
    counts: Counter[tuple[str, bool]] = Counter()
    learn = learner(documents, names=[Related.name])

    def watched(known: Iterable[GoldDocument]) -> Callable[[Document], Report]:
        read = learn(known)

        def look(document: Document) -> Report:
            report = read(document)
            meant = Meant(by_name[document.name], report)
            counts.update((check.type, meant.says(check)) for check in report.checks if check.by)
            return report

        return look

    cross_validate(documents, watched, count=FOLDS)
    rows = [(kind, counts[kind, True], counts[kind, True] + counts[kind, False]) for kind in SURE]
    rows.append(("all", sum(right for _, right, _ in rows), sum(total for *_, total in rows)))
    lines = [f"| {kind} | {total} | {_share(Share(right, total))} |" for kind, right, total in rows]
    return "\n".join(("| type | listed | annotated (certain, likely or possible) |", "| --- | --- | --- |", *lines))


def _families(documents: Iterable[GoldDocument]) -> int:
    return len({document.family for document in documents})


def _table(rows: Sequence[tuple[str, Scores]]) -> str:
    return "\n".join(_lines(rows))


def _lines(rows: Sequence[tuple[str, Scores]]) -> Iterator[str]:
    yield "| | strict F1 | kinds right | names right | links B³ | relations agreed | targets: precision | recall |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for name, scores in rows:
        counts = scores.counts
        right, said = counts["kind:target as target"], sum(counts[f"kind:{kind} as target"] for kind in scores.kinds())
        cells = (
            name,
            f"{scores.strict.f1:.4f}",
            _share(scores.accuracy("kinds")),
            _share(scores.accuracy("mentions")),
            f"{scores.linking.f1:.4f}",
            _share(scores.relations(implied=False)),
            _share(Share(right, said)),
            _share(Share(right, counts["kind:target"])),
        )
        yield f"| {' | '.join(cells)} |"


def _share(share: Share) -> str:
    return f"{share.value:.3f} ({share.right} of {share.of})"
