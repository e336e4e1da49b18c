"""``heshu explain``: how a fact or a finding came about."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from extract.cli._options import DEBUG, FILE, INDICATORS, LANG, MODEL, Lang, settings, together, view


@click.command("explain", short_help="Show how a fact or a finding came about.")
@together(FILE, click.argument("identity", metavar="ID"), LANG, INDICATORS, MODEL, DEBUG)
def COMMAND(file: str, identity: str, lang: Lang | None, indicators: tuple[Path, ...], model: str | None) -> int:  # noqa: N802
    """Show how a fact (f12), a check (c9) or a finding (x1) of FILE came about: a tree, each step with its words.

    IDs are those that 'heshu facts FILE' and 'heshu check FILE' print; the fingerprint of a finding will do as well.
    """
    from extract import explain
    from extract.cli import CLEAN, UNREADABLE, _batch
    from extract.cli._analysis import prepare

    chosen = settings(lang=lang, indicators=indicators, model=model)
    shown = view("facts", chosen.lang, folder=Path(), on_screen=True)
    analyse = prepare(chosen)

    def work() -> None:
        sys.stdout.write(explain.explain(analyse(file), identity, shown))

    return CLEAN if _batch.attempt(file, work) else UNREADABLE
