"""``heshu rule``: the manual of one check."""

from __future__ import annotations

import click

from extract.cli._options import LANG, settings, together
from extract.writers import Lang


@click.command("rule", short_help="Explain a check.")
@together(click.argument("code", metavar="CODE"), LANG)
def COMMAND(code: str, lang: Lang | None) -> int:  # noqa: N802
    """Explain the check CODE (S201): what must hold, what may be reported though it is right, an example, what it leaves alone."""
    from extract.cli import CLEAN
    from extract.manual import as_text, pages
    from extract.settings import nearest

    known = {page.rule.code: page for page in pages()}
    page = known.get(code.upper())
    if page is None:
        raise click.ClickException(f"no check {code!r}; {nearest(code.upper(), sorted(known))}")
    print(as_text(page, settings(lang=lang).lang), end="")
    return CLEAN
