"""``heshu read``: the text and the structure of a document as understood."""

from __future__ import annotations

import sys

import click

from extract.cli._options import DEBUG, FILE, together


@click.command("read", short_help="Show the text and the structure as understood.")
@together(
    FILE,
    click.option(
        "--show",
        type=click.Choice(("structure", "text", "source")),
        default="structure",
        help="structure: sections, paragraphs and tables; text: the text as repaired; source: the text that offsets count in.  [default: structure]",
    ),
    DEBUG,
)
def COMMAND(file: str, show: str) -> int:  # noqa: N802
    """Show the text of FILE as understood: sections, paragraphs, tables with their headers, labels and units."""
    from extract import structure
    from extract.cli import CLEAN, UNREADABLE, _batch, _inputs

    def work() -> None:
        document = _inputs.read(file)
        if show == "structure":
            sys.stdout.write(structure.outline(document))
        else:
            sys.stdout.write(document.text if show == "text" else document.source)

    return CLEAN if _batch.attempt(file, work) else UNREADABLE
