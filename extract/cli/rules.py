"""``heshu rules``: every check by its code."""

from __future__ import annotations

import sys

import click


@click.command("rules", short_help="List the checks.")
@click.option("--markdown", is_flag=True, help="Print the manual of every check, as RULES.md holds it.")
def COMMAND(markdown: bool) -> int:  # noqa: N802
    """List the checks: code, severity, name in English and in Chinese, what must hold."""
    from extract.cli import CLEAN
    from extract.manual import as_markdown, pages
    from extract.writers._style import columns, padded

    if markdown:
        sys.stdout.write(as_markdown())
        return CLEAN
    known = pages()
    width = max((len(page.rule.name) for page in known), default=0)
    wide = max((columns(page.rule.name_zh) for page in known), default=0)
    for page in known:
        preview = " (preview)" if page.rule.preview else ""
        print(f"{page.rule.code}  {page.rule.severity:<7}  {page.rule.name:<{width}}  {padded(page.rule.name_zh, wide)}  {page.summary}{preview}")
    return CLEAN
