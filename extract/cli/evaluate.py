"""``heshu evaluate``: how right heshu is on documents that people have read."""

from __future__ import annotations

import sys
from pathlib import Path

import click

import extract
from extract.cli._gold import GOLD, SHARED, TEXTS
from extract.cli._options import DEBUG, MODEL, settings, together

PAGE = "EVALUATION.md"
_FILE = click.Path(path_type=Path, dir_okay=False)
WRONG = ("facts", "values", "units", "bounds", "kinds", "mentions", "checks", "findings", "mutants")


@click.command("evaluate", short_help="Score heshu on annotated documents.")
@together(
    GOLD,
    SHARED,
    TEXTS,
    MODEL,
    click.option("--only", multiple=True, metavar="NAME", help="Only these documents, or beginnings of their names."),
    click.option("--errors", type=click.Choice(WRONG), help="List what is wrong there, in place of the tables."),
    click.option(
        "--mutants",
        type=click.IntRange(min=0),
        metavar="N",
        help="Break up to N numbers a document, in three draws.  [default: 0; with --write 40]",
    ),
    click.option("--write", is_flag=True, help=f"Write the tables to {PAGE}, with broken numbers and speed."),
    click.option("--beside", multiple=True, type=_FILE, metavar="RUN.json", help="Show the figures of these runs beside."),
    click.option("--name", metavar="NAME", help="What the run is called.  [default: the model]"),
    click.option("--json", "json_file", type=_FILE, metavar="FILE", help="Keep the run in FILE."),
    click.option("--compare", nargs=2, type=_FILE, metavar="OLD.json NEW.json", help="What a run gained and lost; nothing is scored."),
    DEBUG,
)
def COMMAND(  # noqa: N802
    gold: tuple[Path, ...],
    shared: Path | None,
    texts: tuple[Path, ...],
    model: str | None,
    only: tuple[str, ...],
    errors: str | None,
    mutants: int | None,
    write: bool,
    beside: tuple[Path, ...],
    name: str | None,
    json_file: Path | None,
    compare: tuple[Path, Path] | None,
) -> int:
    """Score heshu on annotated documents: facts, names, links, relations, findings, each rate with what it is a rate of.

    The texts of some annotations are public documents that are not part of heshu; those that are not here are left out.
    """
    from datetime import date

    from extract import evaluate
    from extract.cli import CLEAN, _gold, _models
    from extract.mutants import PER_DOCUMENT, caught, missed
    from extract.report import save

    if compare is not None:
        sys.stdout.write(evaluate.comparison(*map(evaluate.load, compare)))
        return CLEAN
    others = [evaluate.load(path) for path in beside]
    chosen = settings(model=model)
    documents = [one for one in _gold.documents(gold, shared, texts) if not only or one.name.startswith(only)]
    _gold.tell_absent(documents)
    analyse = _models.analyser(chosen.model, chosen.indicators)
    if errors == "mutants":
        for line in missed(documents, analyse, most=mutants or PER_DOCUMENT):
            print(line)
        return CLEAN
    scores = _models.scores(chosen.model, documents, analyse, shared)
    if not scores.documents:
        raise click.ClickException("no annotated document with a text; name the texts with --shared or --texts")
    if errors is not None:
        print(*evaluate.errors(scores, errors), sep="\n")
        return CLEAN
    most = PER_DOCUMENT if mutants is None and write else mutants or 0
    done = evaluate.run(
        name or chosen.model,
        documents,
        scores,
        model=chosen.model,
        version=extract.__version__,
        date=date.today().isoformat(),
        mutants=caught(documents, analyse, most=most) if most else None,
        speed=evaluate.speed(documents, analyse) if write else None,
    )
    page = evaluate.page([done, *others])
    sys.stdout.write(page)
    if json_file is not None:
        save(evaluate.to_json(done), json_file)
    if write:
        save(page, Path(PAGE))
    return CLEAN
