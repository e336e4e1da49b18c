"""``heshu explain``: how a fact or a finding came about."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from extract.cli._options import DEBUG, FILE, INDICATORS, LANG, Lang, colour_wanted, settings, terminal_width, together


@click.command("explain", short_help="Show how a fact or a finding came about.")
@together(FILE, click.argument("identity", metavar="ID"), LANG, INDICATORS, DEBUG)
def COMMAND(file: str, identity: str, lang: Lang | None, indicators: tuple[Path, ...]) -> int:  # noqa: N802
    """Show how a fact (f12), a check (c9) or a finding (x1) of FILE came about: a tree, each step with its words.

    IDs are those that 'heshu facts FILE' and 'heshu check FILE' print.
    """
    from extract import catalogue, explain, learned
    from extract.cli import CLEAN, UNREADABLE, _batch, _inputs
    from extract.pipeline import analyse
    from extract.writers import View

    chosen = settings(lang=lang, indicators=indicators)
    view = View(lang=chosen.lang, colour=colour_wanted(), width=terminal_width())

    def work() -> None:
        known = catalogue.load(chosen.indicators)
        found = analyse(_inputs.read(file), catalogue=known, select=chosen.select, ignore=chosen.ignore, models=learned.models(chosen.model))
        sys.stdout.write(explain.explain(found, identity, view))

    return CLEAN if _batch.attempt(file, work) else UNREADABLE
