"""``heshu check``: what the numbers of documents promise each other, and what does not hold."""

from __future__ import annotations

from pathlib import Path

import click

from extract.cli._options import (
    DEBUG,
    EXTEND_IGNORE,
    EXTEND_SELECT,
    FILES,
    FRESH,
    IGNORE,
    INDICATORS,
    JOBS,
    LANG,
    MEMORY,
    MODEL,
    OUTPUT,
    OUTPUT_DIR,
    SELECT,
    STORE,
    TIMEOUT,
    Lang,
    format_option,
    settings,
    together,
)

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("check", short_help="Find numbers that contradict each other.")
@together(
    FILES,
    format_option("check"),
    OUTPUT,
    OUTPUT_DIR,
    STORE,
    FRESH,
    SELECT,
    IGNORE,
    EXTEND_SELECT,
    EXTEND_IGNORE,
    click.option("--baseline", type=_FILE, metavar="FILE", help="Do not report the findings that are in FILE."),
    click.option("--write-baseline", type=_FILE, metavar="FILE", help="Write what is found into FILE, for --baseline; exit code 0."),
    click.option("--strict/--no-strict", default=None, help="Warnings give exit code 1 too."),
    LANG,
    INDICATORS,
    MODEL,
    JOBS,
    TIMEOUT,
    MEMORY,
    click.option("--exit-zero", is_flag=True, help="Exit code 0 whatever is found."),
    click.option("--statistics", is_flag=True, help="Count the findings by code on standard error."),
    DEBUG,
)
def COMMAND(  # noqa: N802
    files: tuple[str, ...],
    format_name: str,
    output: Path | None,
    output_dir: Path | None,
    store: Path | None,
    fresh: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    extend_select: tuple[str, ...],
    extend_ignore: tuple[str, ...],
    baseline: Path | None,
    write_baseline: Path | None,
    strict: bool | None,
    lang: Lang | None,
    indicators: tuple[Path, ...],
    model: str | None,
    jobs: int | None,
    timeout: int | None,
    memory: int | None,
    exit_zero: bool,
    statistics: bool,
) -> int:
    """Find numbers that contradict each other.

    FILE is a document, an archive (.zip) or a folder with all in it, a pattern such as 'reports/**/*.txt', or - for standard input.
    """
    from extract.cli import CLEAN, UNREADABLE, _batch

    chosen = settings(
        select=select,
        ignore=ignore,
        extend_select=extend_select,
        extend_ignore=extend_ignore,
        baseline=baseline,
        strict=strict,
        lang=lang,
        indicators=indicators,
        model=model,
        jobs=jobs,
        timeout=timeout,
        memory=memory,
    )
    outcome = _batch.run(
        _batch.Request(
            files=files,
            subject="check",
            format=format_name,
            output=output,
            output_dir=output_dir,
            settings=chosen,
            write_baseline=write_baseline,
            statistics=statistics,
            store=store,
            fresh=fresh,
        )
    )
    code = outcome.exit_code(strict=chosen.strict)
    return CLEAN if (exit_zero or write_baseline) and code != UNREADABLE else code
