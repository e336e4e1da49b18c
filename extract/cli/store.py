"""``heshu store``: what a store of facts holds, and what goes in and out beside the reports."""

from __future__ import annotations

from pathlib import Path

import click

from extract.cli._options import DEBUG, together


@click.command("store", short_help="Look after a store of facts.")
@together(
    click.argument("store", metavar="STORE", type=click.Path(path_type=Path, dir_okay=False)),
    click.option("--export", type=click.Path(path_type=Path), metavar="DIR", help="Write every table as a Parquet file into a new folder DIR."),
    click.option(
        "--take",
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        metavar="DIR",
        help="Put the tables of DIR in, of --export or of heshu spark; the store is made where there is none.",
    ),
    click.option(
        "--decisions",
        type=click.Path(path_type=Path, dir_okay=False, exists=True),
        metavar="FILE",
        help="Take the decisions of heshu review over from its FILE (heshu-review.sqlite3).",
    ),
    DEBUG,
)
def COMMAND(store: Path, export: Path | None, take: Path | None, decisions: Path | None) -> int:  # noqa: N802
    """Say what a store of facts holds; export it; put tables in, and the decisions of the review page.

    The tables, their columns and the views are told by heshu query STORE --list.
    """
    from extract.cli import CLEAN
    from extract.store import Store

    if take is not None:
        with Store(store) as opened:
            opened.take(take)
    elif not store.is_file():
        raise click.UsageError(f"{store} is no store; heshu facts DIR --store {store} makes one")
    if decisions is not None:
        from extract.review.decisions import Decisions

        with Decisions(decisions) as kept:
            standing = sorted(kept.standing().values(), key=lambda one: one.fingerprint)
        with Store(store) as opened:
            opened.decide([(one.fingerprint, one.state, one.reason, one.comment, one.who, one.at) for one in standing])
    with Store(store, read_only=True) as opened:
        if export is not None:
            opened.export(export)
        counts = opened.counts()
    width = max(map(len, counts))
    for table, count in counts.items():
        print(f"{table:<{width}}  {count}")
    return CLEAN
