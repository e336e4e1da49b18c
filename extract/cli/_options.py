"""Options that several commands share, and how they join with heshu.toml."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal, TypeVar

import click

from extract.report import formats
from extract.settings import LANGUAGES, MODELS, Settings, find, load
from extract.writers import Subject, View

_F = TypeVar("_F", bound=Callable[..., object])
Lang = Literal["zh", "en"]


def _codes(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for value in values for code in value.replace(",", " ").split())


def _jobs(ctx: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    if value is None:
        return None
    if value == "auto":
        return 0
    if not value.isdecimal():
        raise click.BadParameter(f"{value!r} is no number of processes; write 1, 2, … or auto")
    return int(value)


FILES = click.argument("files", nargs=-1, required=True, metavar="FILE...")
FILE = click.argument("file", metavar="FILE")
SELECT = click.option("--select", multiple=True, callback=_codes, metavar="CODES", help="Only these codes, or beginnings of them: S,R301.")
IGNORE = click.option("--ignore", multiple=True, callback=_codes, metavar="CODES", help="Not these codes, or beginnings of them.")
EXTEND_SELECT = click.option("--extend-select", multiple=True, callback=_codes, metavar="CODES", help="These codes too, beside those of heshu.toml.")
EXTEND_IGNORE = click.option("--extend-ignore", multiple=True, callback=_codes, metavar="CODES", help="Nor these codes, beside those of heshu.toml.")
LANG = click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the report.  [default: zh]")
INDICATORS = click.option("--indicators", multiple=True, type=click.Path(path_type=Path), metavar="FILE", help="A catalogue of your own beside ours.")
MODEL = click.option("--model", type=click.Choice(MODELS), help="With all that was learned, or patterns alone.  [default: default]")
OUTPUT = click.option("--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to FILE.")
OUTPUT_DIR = click.option(
    "--output-dir", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Write a file for each document into DIR."
)
JOBS = click.option(
    "--jobs", callback=_jobs, metavar="N", help="Look at so many documents at once, in processes of their own; auto for all cores.  [default: 1]"
)
TIMEOUT = click.option(
    "--timeout", type=click.IntRange(1), metavar="SECONDS", help="Give up a document that takes longer.  [default: 600 with --jobs]"
)
MEMORY = click.option(
    "--memory", type=click.IntRange(1), metavar="MB", help="Give up a document that takes more memory (Linux).  [default: 4096 with --jobs]"
)
STORE = click.option("--store", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Put all into FILE, a store of facts.")
FRESH = click.option("--fresh", is_flag=True, help="Do again what an earlier run into --output-dir or --store finished.")
DEBUG = click.option("--debug", is_flag=True, expose_value=False, help="Show the traceback of an internal error.")


def format_option(subject: Subject) -> Callable[[_F], _F]:
    """The option --format, with the formats that can show the subject."""
    choices = click.Choice(formats(subject))
    return click.option("--format", "format_name", type=choices, default="text", help="Format of the report.  [default: text]")


def together(*decorators: Callable[[_F], _F]) -> Callable[[_F], _F]:
    """One decorator for several, the first shown first."""

    def decorate(function: _F) -> _F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


def settings(
    *,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    extend_select: tuple[str, ...] = (),
    extend_ignore: tuple[str, ...] = (),
    strict: bool | None = None,
    lang: Lang | None = None,
    indicators: tuple[Path, ...] = (),
    model: str | None = None,
    baseline: Path | None = None,
    jobs: int | None = None,
    timeout: int | None = None,
    memory: int | None = None,
) -> Settings:
    """The settings of the nearest heshu.toml, with those in place of them that were given on the command line, and those
    beside them that extend.

    Raises:
        HeshuError: heshu.toml, or a setting in it, means nothing; a code to ignore is none.
    """
    stored = load(find(Path.cwd()))
    if (ignore or extend_ignore) and not (select or extend_select):
        # Said in full, so that no longer beginning in heshu.toml selects what the command line ignores.
        from extract.pipeline import codes_of

        ignore, extend_ignore = codes_of(ignore), codes_of(extend_ignore)
    return Settings(
        select=select or stored.select,
        ignore=ignore or stored.ignore,
        extend_select=(*stored.extend_select, *extend_select),
        extend_ignore=(*stored.extend_ignore, *extend_ignore),
        strict=stored.strict if strict is None else strict,
        lang=lang or stored.lang,
        indicators=indicators or stored.indicators,
        model=model or stored.model,
        baseline=baseline or stored.baseline,
        per_file_ignores=stored.per_file_ignores,
        jobs=stored.jobs if jobs is None else jobs,
        timeout=timeout or stored.timeout,
        memory=memory or stored.memory,
    )


def view(subject: Subject, lang: Lang, *, folder: Path, on_screen: bool) -> View:
    """How a report is shown: on the screen with colours, as wide as the terminal; in a file without; ``folder`` is where it goes."""
    shown = View(subject=subject, lang=lang, folder=folder)
    return replace(shown, colour=colour_wanted(), width=terminal_width()) if on_screen else shown


def colour_wanted() -> bool:
    """Whether to paint what goes to standard output: only on a terminal, and not where NO_COLOR is set (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def terminal_width() -> int:
    """The columns of the terminal; 100 where the output goes elsewhere, so that it is the same everywhere."""
    return min(shutil.get_terminal_size().columns, 140) if sys.stdout.isatty() else 100
