"""How documents are read under the name that ``--model`` gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from extract.types import Document, Report

if TYPE_CHECKING:
    from extract.gold import GoldDocument
    from extract.scoring import DocumentScore, Scores


def analyser(model: str, indicators: Iterable[Path] = ()) -> Callable[[Document], Report]:
    """All stages with that model, on one document; "patterns" is the way without anything learned.

    Raises:
        HeshuError: a catalogue file does not hold together.
    """
    from extract import catalogue, learned, pipeline

    return partial(pipeline.analyse, catalogue=catalogue.load(tuple(indicators)), models=learned.models(model))


def scores(model: str, documents: Sequence[GoldDocument], analyse: Callable[[Document], Report], shared: Path | None) -> Scores:
    """The scores of the patterns; or of what is learned as the models that ship were, each document by what was learnt from
    the others and the project's own annotations without its family (the shipped models have learnt from all of them).
    """
    from extract import evaluate

    if model == "patterns":
        return evaluate.evaluate(documents, analyse)
    from extract import gold, train
    from extract.scoring import Scores

    place = shared or gold.find_shared()
    names = {one.name for one in documents}
    ours = gold.load(gold.find_annotations(), shared=place)
    everything = gold.present([*documents, *(one for one in ours if one.name not in names)])
    learn = train.learner(everything, train.reports(place, everything) if place is not None else ())
    scored: dict[str, DocumentScore] = {}
    for known, unseen in gold.folds(everything, train.FOLDS):
        wanted = [one for one in unseen if one.name in names]
        if wanted:
            scored.update((one.name, one) for one in evaluate.evaluate(wanted, learn(known)).documents)
    return Scores(tuple(scored[one.name] for one in documents if one.name in scored))
