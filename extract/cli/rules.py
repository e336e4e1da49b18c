"""``heshu rules``: every check by its code."""

from __future__ import annotations

import sys

import click

from extract.cli._options import LANG, settings, together
from extract.writers import Lang


@click.command("rules", short_help="List the checks.")
@together(click.option("--markdown", is_flag=True, help="Print the manual of every check, as RULES.md holds it."), LANG)
def COMMAND(markdown: bool, lang: Lang | None) -> int:  # noqa: N802
    """List the checks: code, severity, name, what must hold."""
    from extract.cli import CLEAN
    from extract.manual import as_markdown, pages
    from extract.writers._style import columns, padded
    from extract.writers._words import aside, word

    if markdown:
        sys.stdout.write(as_markdown())
        return CLEAN
    said = settings(lang=lang).lang
    known = [
        (page.rule, page.rule.name_zh, page.chinese[0].partition("。")[0] + "。") if said == "zh" else (page.rule, page.rule.name, page.summary)
        for page in pages()
    ]
    severities = max((columns(word(rule.severity, said)) for rule, _, _ in known), default=0)
    names = max((columns(name) for _, name, _ in known), default=0)
    for rule, name, holds in known:
        preview = aside(word("preview", said), said) if rule.preview else ""
        print(f"{rule.code}  {padded(word(rule.severity, said), severities)}  {padded(name, names)}  {holds}{preview}")
    return CLEAN
