"""``heshu train``: the models that ship, from the annotated documents."""

from __future__ import annotations

from pathlib import Path

import click

from extract.cli._gold import GOLD, SHARED, TEXTS
from extract.cli._options import DEBUG, together


@click.command("train", short_help="Train the models from annotated documents.")
@together(
    GOLD,
    SHARED,
    TEXTS,
    click.option(
        "--output",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("models"),
        metavar="DIR",
        help="Where the models go, a folder each.  [default: models]",
    ),
    click.option("--no-card", is_flag=True, help="Train only; measuring for CARD.md takes most of the time."),
    DEBUG,
)
def COMMAND(  # noqa: N802
    gold: tuple[Path, ...], shared: Path | None, texts: tuple[Path, ...], output: Path, no_card: bool
) -> int:
    """Train the models from annotated documents, and measure by cross-validation what they add to the patterns.

    The same documents give the same bytes. Documents whose text is not here are left out; the card says which data was used.
    """
    from extract.cli import CLEAN, _gold
    from extract.gold import find_shared
    from extract.learned import FILE, NAMES, read

    documents = _gold.documents(gold, shared, texts)
    _gold.tell_absent(documents)
    from extract import card, train

    place = shared or find_shared()
    whole = train.reports(place, documents) if place is not None else ()
    try:
        made = {name: train.trained(name, documents, whole) for name in NAMES}
    except ValueError as error:
        raise click.ClickException(f"{error}; name more annotations with --gold, or the public texts with --shared") from error
    for name, data in made.items():
        folder = output / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_bytes(data)
        print(f"{folder / FILE}  {read(name, data).sha256}")
    if not no_card:
        for name, data in made.items():
            path = output / name / "CARD.md"
            path.write_text(card.card(read(name, data), documents, whole), encoding="utf-8")
            print(path)
    return CLEAN
