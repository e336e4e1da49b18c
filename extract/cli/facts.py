"""``heshu facts``: what the numbers of documents claim."""

from __future__ import annotations

from pathlib import Path

import click

from extract.cli._options import (
    DEBUG,
    FILES,
    FRESH,
    INDICATORS,
    JOBS,
    LANG,
    MEMORY,
    MODEL,
    OUTPUT,
    OUTPUT_DIR,
    STORE,
    TIMEOUT,
    Lang,
    format_option,
    settings,
    together,
)


@click.command("facts", short_help="List what the numbers claim.")
@together(
    FILES,
    format_option("facts"),
    OUTPUT,
    OUTPUT_DIR,
    STORE,
    FRESH,
    LANG,
    INDICATORS,
    MODEL,
    JOBS,
    TIMEOUT,
    MEMORY,
    DEBUG,
)
def COMMAND(  # noqa: N802
    files: tuple[str, ...],
    format_name: str,
    output: Path | None,
    output_dir: Path | None,
    store: Path | None,
    fresh: bool,
    lang: Lang | None,
    indicators: tuple[Path, ...],
    model: str | None,
    jobs: int | None,
    timeout: int | None,
    memory: int | None,
) -> int:
    """List what the numbers of documents claim: subject, indicator, quantity.

    FILE is a document, an archive (.zip) or a folder with all in it, a pattern such as 'reports/**/*.txt', or - for standard input.
    """
    from extract.cli import CLEAN, UNREADABLE, _batch

    chosen = settings(lang=lang, indicators=indicators, model=model, jobs=jobs, timeout=timeout, memory=memory)
    outcome = _batch.run(
        _batch.Request(
            files=files, subject="facts", format=format_name, output=output, output_dir=output_dir, settings=chosen, store=store, fresh=fresh
        )
    )
    return UNREADABLE if outcome.failures else CLEAN
