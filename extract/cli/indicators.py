"""``heshu indicators``: the catalogue of what numbers measure."""

from __future__ import annotations

from pathlib import Path

import click

from extract.cli._options import INDICATORS, settings, together


@click.command("indicators", short_help="Search the catalogue of indicators.")
@together(click.argument("query", required=False, default="", metavar="[QUERY]"), INDICATORS)
def COMMAND(query: str, indicators: tuple[Path, ...]) -> int:  # noqa: N802
    """List the indicators of the catalogue, or those that QUERY may mean, the likeliest first.

    QUERY is a word, Chinese or English, or a part of an id. Each line is an id, a name, the usual units and the kind.
    """
    from extract import catalogue
    from extract.cli import CLEAN
    from extract.writers._style import columns, padded

    known = catalogue.load(settings(indicators=indicators).indicators)
    found = [entry for entry, _ in known.search(query)] if query else sorted(known.indicators.values(), key=lambda entry: entry.id)
    names = max((columns(entry.name) for entry in found), default=0)
    width = max((len(entry.id) for entry in found), default=0)
    for entry in found:
        print(f"{entry.id:<{width}}  {padded(entry.name, names)}  {entry.kind:<8}  {'、'.join(entry.units)}".rstrip())
    if not found:
        raise click.ClickException(f"no indicator like {query!r}; 'heshu indicators' lists all {len(known.indicators)}")
    return CLEAN
