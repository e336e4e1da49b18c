"""``heshu spark``: many documents on a cluster, or on all cores of this machine, into Parquet tables."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from extract.cli._options import (
    DEBUG,
    EXTEND_IGNORE,
    EXTEND_SELECT,
    IGNORE,
    INDICATORS,
    MEMORY,
    MODEL,
    SELECT,
    TIMEOUT,
    settings,
    together,
)


def _pairs(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for value in values:
        key, equals, said = value.partition("=")
        if not (key and equals):
            raise click.BadParameter(f"{value!r} is no KEY=VALUE", ctx, parameter)
        found[key] = said
    return found


@click.command("spark", short_help="Read many documents on a cluster into Parquet tables.")
@together(
    click.option("--input", "source", required=True, metavar="DIR", help="A folder with all below it, or a pattern, as Spark names them."),
    click.option("--output", required=True, metavar="DIR", help="Make DIR, with a folder of Parquet files for each table."),
    click.option("--master", metavar="URL", help="The cluster: yarn, spark://…, local[2].  [default: all cores of this machine]"),
    click.option("--conf", multiple=True, callback=_pairs, metavar="KEY=VALUE", help="A setting of Spark."),
    SELECT,
    IGNORE,
    EXTEND_SELECT,
    EXTEND_IGNORE,
    INDICATORS,
    MODEL,
    TIMEOUT,
    MEMORY,
    click.option("--strict/--no-strict", default=None, help="Warnings give exit code 1 too."),
    click.option("--exit-zero", is_flag=True, help="Exit code 0 whatever is found."),
    DEBUG,
)
def COMMAND(  # noqa: N802
    source: str,
    output: str,
    master: str | None,
    conf: dict[str, str],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    extend_select: tuple[str, ...],
    extend_ignore: tuple[str, ...],
    indicators: tuple[Path, ...],
    model: str | None,
    timeout: int | None,
    memory: int | None,
    strict: bool | None,
    exit_zero: bool,
) -> int:
    """Read many documents on a cluster (or on all cores of this machine) with Apache Spark, and write what they state and what does
    not hold as Parquet tables: documents, facts, checks, findings, failures.

    A document that cannot be read is a row of failures; the others go on. It needs Java 17 or later and the extra: pip install
    'heshu[spark]'. On a cluster, see docs/cluster.md.
    """
    from extract import spark
    from extract.cli import CLEAN, FOUND, UNREADABLE, _batch
    from extract.cli._analysis import prepare

    chosen = settings(
        select=select,
        ignore=ignore,
        extend_select=extend_select,
        extend_ignore=extend_ignore,
        indicators=indicators,
        model=model,
        timeout=timeout,
        memory=memory,
        strict=strict,
    )
    chosen = replace(chosen, timeout=chosen.timeout or _batch.TIMEOUT, memory=chosen.memory or _batch.MEMORY)
    prepare(chosen, baseline=False)
    with spark.session(master, conf) as running:
        counts = spark.run(running, source, output, chosen)
    click.echo(f"{output}: " + ", ".join(f"{count:,} {table}" for table, count in counts.tables.items()))
    if counts.copies:
        click.echo(f"{counts.copies:,} documents have the bytes of another one and are kept once")
    told = [f"{count:,} {verdict} ({severity})" for (verdict, severity), count in sorted(counts.across.items())]
    click.echo(f"across documents: {', '.join(told) or 'nothing to hold against each other'}")
    if counts.tables["failures"]:
        return UNREADABLE
    wrong = counts.severities["error"] + counts.across["fail", "error"]
    if chosen.strict:
        wrong += counts.severities["warning"] + counts.across["fail", "warning"]
    return FOUND if wrong and not exit_zero else CLEAN
