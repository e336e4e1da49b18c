"""CARD.md of a model: what it learnt from, how it did on documents it had not seen, what it is no good for.

All figures are measured when the card is written: cross-validation with :func:`extract.evaluate.cross_validate`, each
document read by a model that saw nothing of its family, beside the patterns alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extract.evaluate import cross_validate, evaluate
from extract.features import BITS
from extract.gold import GoldDocument, data_hash, present
from extract.learned import AHEAD, NEAR, WIDE, Tense
from extract.pipeline import analyse
from extract.scoring import Scores, Share
from extract.train import ABLATIONS, FOLDS, Lesson, learner

_WITHOUT = {
    "near": f"the {NEAR} characters to either side",
    "wide": f"the {WIDE} characters to either side",
    "people": "annotated sentences",
    "authors": "headings of whole reports",
}


def card(model: Tense, documents: Sequence[GoldDocument], whole: Sequence[Lesson]) -> str:
    """The card as Markdown, ending in a line end."""
    here = present(documents)
    alone = evaluate(here, analyse)
    learnt = cross_validate(here, learner(here, whole), count=FOLDS)
    rows = [("patterns alone", alone), ("with the model", learnt)]
    ablations = [
        (f"without {_WITHOUT[without]}", cross_validate(here, learner(here, whole, without=without), count=FOLDS))
        for without in ABLATIONS
        if whole or without not in ("people", "authors")
    ]
    unseen = {"all": rows, "the documents `heldout-*` alone": [(name, _held_out(scores)) for name, scores in rows]}
    return "\n".join(
        (
            f"# {model.name}",
            "",
            "Written by `heshu train`; do not edit.",
            "",
            "Whether the text around a number says what is to be done. A number in prose that the patterns take for a level, a rate or a",
            f"change becomes a target where this is likelier than {AHEAD}. Nothing else is changed; `--model patterns` does without.",
            "",
            f"- Form: a weight for each of 2^{BITS} hashed pairs and triples of characters (logistic regression on sentences), summed over",
            f"  {NEAR} and {WIDE} characters to either side of the number, and three numbers that join both sums. float16, no pickle.",
            f"- File: `weights.npz`, sha256 `{model.sha256}`",
            f"- Data: {len(here)} annotated documents ({_families(here)} families), sha256 of annotations and texts `{data_hash(here)}`;",
            f"  whole reports whose headings tell plans from results: {', '.join(f'{one.name} `{one.sha256[:12]}`' for one in whole) or 'none'}.",
            f"- Split: {FOLDS} folds of whole families; a report is put aside with what was cut from it. The shipped model learnt from all.",
            "",
            "## On documents not seen",
            *(line for title, pairs in unseen.items() for line in ("", f"Of {title}:", "", *_table(pairs))),
            "",
            "## Ablations",
            "",
            *_table([*rows, *ablations]),
            "",
            "## Limits",
            "",
            "- The gain comes from plans whose headings do not say so (slices, lists of tasks); where a heading does, the patterns know.",
            "- Budgets that promise in the words of accounts (部门预算安排购置车辆1辆) are not recognised.",
            "- Speeches that urge without planning look like plans; numbers in them may be taken for targets.",
            "- Numbers in tables are never changed.",
            "",
            "## Tried and left out",
            "",
            "- Kinds and fact-or-not by one model over windows of characters, cues, unit, neighbours, headings and the patterns' kind: no",
            "  threshold beat the patterns on documents not seen (it learns to repeat them, since they are right on what it learns from).",
            "- The share of targets among neighbouring facts, bounds, periods and units as further evidence: fewer found, more false.",
            "- Taking targets back where the text looks back: as many lost as won.",
            "",
        )
    )


def _families(documents: Iterable[GoldDocument]) -> int:
    return len({document.family for document in documents})


def _held_out(scores: Scores) -> Scores:
    return Scores(tuple(one for one in scores.documents if one.collection == "heldout"))


def _table(rows: Sequence[tuple[str, Scores]]) -> Iterator[str]:
    yield "| | facts F1 | strict F1 | kinds right | targets: precision | recall |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, scores in rows:
        counts = scores.counts
        right, said = counts["kind:target as target"], sum(counts[f"kind:{kind} as target"] for kind in scores.kinds())
        yield (
            f"| {name} | {scores.facts.f1:.4f} | {scores.strict.f1:.4f} | {_share(scores.accuracy('kinds'))} "
            f"| {_share(Share(right, said))} | {_share(Share(right, counts['kind:target']))} |"
        )


def _share(share: Share) -> str:
    return f"{share.value:.3f} ({share.right} of {share.of})"
