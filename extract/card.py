"""CARD.md of a model: what it learnt from, how it did on documents it had not seen, what it is no good for.

All figures are measured when the card is written: cross-validation with :func:`extract.evaluate.cross_validate`, each
document read by a model that saw nothing of its family, beside the patterns alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extract.evaluate import cross_validate, evaluate
from extract.features import BITS
from extract.gold import GoldDocument, data_hash, present
from extract.learned import Model
from extract.pipeline import analyse
from extract.scoring import Scores, Share
from extract.sides import GROUPS, OTHER_SIDE, SIZE, Sides
from extract.tense import AHEAD, NEAR, WIDE, Tense
from extract.train import ABLATIONS, FOLDS, Lesson, learner

_WITHOUT = {
    "near": f"the {NEAR} characters to either side",
    "wide": f"the {WIDE} characters to either side",
    "people": "annotated sentences",
    "authors": "headings of whole reports",
    **dict.fromkeys(GROUPS, ""),
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

## Ablations

{_table([*rows, *ablations])}

## Limits

{_LIMITS[name]}
"""


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
