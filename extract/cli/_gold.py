"""Which annotated documents a command works on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.cli import complain

if TYPE_CHECKING:
    from extract.gold import GoldDocument

_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)
GOLD = click.option("--gold", multiple=True, type=_FOLDER, metavar="DIR", help="A folder of annotations.  [default: annotations/gold and /standoff]")
SHARED = click.option("--shared", type=_FOLDER, metavar="DIR", help="The folder of public texts.  [default: $HESHU_SHARED, ../shared]")
TEXTS = click.option("--texts", multiple=True, type=_FOLDER, metavar="DIR", help="A folder with texts that are missing, as NAME.txt.")


def documents(gold: Sequence[Path], shared: Path | None, texts: Sequence[Path]) -> tuple[GoldDocument, ...]:
    """The annotated documents; those without a text too.

    Raises:
        click.ClickException: there are no annotations.
        HeshuError: one of them is broken.
    """
    from extract.gold import find_annotations, find_shared, load

    folders = tuple(gold) or find_annotations()
    if not folders:
        raise click.ClickException("no annotations here; name a folder of them with --gold DIR")
    return load(folders, shared=shared or find_shared(), texts=texts)


def tell_absent(documents: Iterable[GoldDocument]) -> None:
    """A line on standard error for each document whose text is not here."""
    for one in documents:
        if one.absent:
            complain(f"{one.name} left out: {one.absent}")
