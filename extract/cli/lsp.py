"""``heshu lsp``: findings as you type, in an editor."""

from __future__ import annotations

from pathlib import Path

import click

from extract.cli._options import DEBUG, INDICATORS, LANG, MODEL, Lang, settings, together


@click.command("lsp", short_help="Serve an editor: findings as you type.")
@together(LANG, INDICATORS, MODEL, DEBUG)
def COMMAND(lang: Lang | None, indicators: tuple[Path, ...], model: str | None) -> int:  # noqa: N802
    """Serve an editor over standard input and output (Language Server Protocol): the findings in an open .txt, .md, .csv or .html
    file as you type, the edit that mends each, and on hover how a number was understood.

    The editor starts it, with the folder whose heshu.toml counts as its working directory. It needs the extra: pip install 'heshu[lsp]'.
    """
    from extract.cli import CLEAN
    from extract.cli._analysis import prepare

    try:
        from extract.editor import server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise click.ClickException("heshu lsp needs the extra 'lsp': pip install 'heshu[lsp]'") from error
    chosen = settings(lang=lang, indicators=indicators, model=model)
    server(prepare(chosen).of, chosen.lang).start_io()
    return CLEAN
