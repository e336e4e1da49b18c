"""``heshu compare``: what the numbers of documents that belong together promise each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.cli._options import DEBUG, IGNORE, INDICATORS, LANG, MODEL, OUTPUT, SELECT, Lang, format_option, settings, together

if TYPE_CHECKING:
    from extract.types import Report


@click.command("compare", short_help="Find numbers of several documents that contradict each other.")
@together(
    click.argument("files", nargs=-1, metavar="[FILE]..."),
    click.option("--store", type=click.Path(path_type=Path, dir_okay=False), metavar="STORE", help="The documents of a store of facts."),
    click.option("--together", "one_group", is_flag=True, help="All documents belong together, whatever they say of themselves."),
    format_option("compare"),
    OUTPUT,
    SELECT,
    IGNORE,
    click.option("--strict/--no-strict", default=None, help="Warnings give exit code 1 too."),
    LANG,
    INDICATORS,
    MODEL,
    click.option("--exit-zero", is_flag=True, help="Exit code 0 whatever is found."),
    DEBUG,
)
def COMMAND(  # noqa: N802
    files: tuple[str, ...],
    store: Path | None,
    one_group: bool,
    format_name: str,
    output: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    strict: bool | None,
    lang: Lang | None,
    indicators: tuple[Path, ...],
    model: str | None,
    exit_zero: bool,
) -> int:
    """Find numbers of several documents that contradict each other.

    Documents belong together that are of one body and about one matter, for the same year or the next: a self-assessment form
    and its report, this year's report and last year's, a budget and its settlement. What belongs to nothing is named.

    FILE is a document, an archive (.zip) or a folder with all in it, or a pattern such as 'reports/**/*.txt'. What a single document contradicts
    itself in is told by heshu check.
    """
    from extract import report as reports
    from extract.catalogue import load
    from extract.cli import CLEAN, FOUND, UNREADABLE, _batch, _options
    from extract.cli._outputs import keep, refuse_terminal, show
    from extract.compare import compare
    from extract.learned import models
    from extract.pipeline import analyse, known_codes

    if bool(files) == bool(store):
        raise click.UsageError("name the FILEs to compare, or a --store that holds them")
    chosen = settings(select=select, ignore=ignore, strict=strict, lang=lang, indicators=indicators, model=model)
    if store is not None:
        from extract.cli import _across

        if one_group or select or ignore:
            raise click.UsageError("--store looks at all that belongs together; leave --together, --select and --ignore out")
        code = _across.run(store, format_name=format_name, output=output, lang=chosen.lang)
        return CLEAN if exit_zero else code
    writer = reports.writer(format_name)
    catalogue = load(chosen.indicators)
    selected, ignored = known_codes(chosen.select), known_codes(chosen.ignore)
    learned = models(chosen.model)
    if output is None and writer.encoding is None:
        refuse_terminal(format_name, writer.suffix)
    read, unreadable = _read(files, partial(analyse, catalogue=catalogue, models=learned))
    if len(read) < 2 and not unreadable:
        raise click.UsageError(f"{len(read)} document; compare needs two or more")
    found = compare(read, together=one_group, catalogue=catalogue.indicators, select=selected, ignore=ignored)
    view = _options.view("compare", chosen.lang, folder=output.parent if output else Path(), on_screen=output is None)
    shown = reports.compared(found, format_name, view)
    if output is None:
        show(shown, writer.encoding)
    else:
        unreadable += not _batch.attempt(str(output), lambda: keep(shown, output, writer.encoding))
    if unreadable:
        return UNREADABLE
    wrong = {finding.severity for finding in found.findings}
    return FOUND if not exit_zero and ("error" in wrong or (chosen.strict and "warning" in wrong)) else CLEAN


def _read(files: Iterable[str], analyse: Callable[..., Report]) -> tuple[list[Report], int]:
    """The documents as they are read, without what each promises itself, which is not asked here; and how many cannot be read."""
    from extract.check import check_rules
    from extract.cli import _batch, _inputs, complain

    every = tuple(rule.code for rule in check_rules())
    found: list[Report] = []
    unreadable = 0

    def work(name: str) -> None:
        found.append(analyse(_inputs.read(name), ignore=every))

    for name in _inputs.expand(files):
        if isinstance(name, str):
            unreadable += not _batch.attempt(name, partial(work, name))
        else:
            complain(name)
            unreadable += 1
    return found, unreadable
