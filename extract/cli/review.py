"""``heshu review``: a page in the browser on which a folder of reports is worked through."""

from __future__ import annotations

from pathlib import Path

import click

from extract.cli._options import DEBUG, INDICATORS, LANG, MODEL, Lang, settings, together


@click.command("review", short_help="Work through a folder of reports in the browser.")
@together(
    click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".", metavar="[FOLDER]"),
    click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="The port on 127.0.0.1.  [default: that of the last time, else any]"),
    click.option("--browser/--no-browser", default=True, help="Open the page in the browser.  [default: browser]"),
    click.option("--who", metavar="NAME", help="Who decides; stands beside every decision.  [default: the user's name]"),
    LANG,
    INDICATORS,
    MODEL,
    DEBUG,
)
def COMMAND(  # noqa: N802
    folder: Path,
    port: int | None,
    browser: bool,
    who: str | None,
    lang: Lang | None,
    indicators: tuple[Path, ...],
    model: str | None,
) -> int:
    """Work through the reports in FOLDER in the browser: accept, dismiss with a reason, comment, export the working paper.

    The page is served on this machine alone (127.0.0.1), at an address with a random key. Decisions are kept in
    FOLDER/heshu-review.sqlite3; a dismissed finding also goes into .heshu-ignore.toml, as 'heshu ignore' would put it there.
    """
    from extract.cli import CLEAN
    from extract.cli._analysis import prepare

    try:
        from extract.review import serve
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing in ("", "extract"):
            raise
        raise click.ClickException(f"review needs {missing}, which is not installed; pip install 'heshu[review]'") from error
    chosen = settings(lang=lang, indicators=indicators, model=model)
    analysis = prepare(chosen)
    serve.serve(folder, settings=chosen, baseline=analysis.baseline, port=port, browser=browser, who=who or serve.user())
    return CLEAN
