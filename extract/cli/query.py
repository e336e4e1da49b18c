"""``heshu query``: questions to a store of facts."""

from __future__ import annotations

from pathlib import Path

import click

from extract.cli._options import DEBUG, INDICATORS, LANG, OUTPUT, Lang, settings, together


@click.command("query", short_help="Ask a store of facts.")
@together(
    click.argument("store", metavar="STORE", type=click.Path(path_type=Path, dir_okay=False)),
    click.argument("question", nargs=-1, metavar="[QUESTION]..."),
    click.option("--sql", "statement", metavar="SELECT", help="Ask in SQL instead; nothing but the store can be reached."),
    click.option("--list", "listing", is_flag=True, help="Say what can be asked, and which tables and columns there are."),
    click.option(
        "--format", "format_name", type=click.Choice(("text", "csv", "json")), default="text", help="Format of the answer.  [default: text]"
    ),
    OUTPUT,
    LANG,
    INDICATORS,
    DEBUG,
)
def COMMAND(  # noqa: N802
    store: Path,
    question: tuple[str, ...],
    statement: str | None,
    listing: bool,
    format_name: str,
    output: Path | None,
    lang: Lang | None,
    indicators: tuple[Path, ...],
) -> int:
    """Ask a store of facts that heshu facts or heshu check filled (--store).

    QUESTION is words in any order: what is asked (figures where nothing is said), an indicator by any of its names, a body, a place,
    years, a rule's code, and what to group by:

    \b
      heshu query facts.duckdb 死亡人数 2021 按地区
      heshu query facts.duckdb "预算执行率 2019-2023 by body"
      heshu query facts.duckdb outliers 2023
      heshu query facts.duckdb 疑点 S2 按单位
    """
    from extract.catalogue import load
    from extract.cli import CLEAN
    from extract.cli._answers import shown
    from extract.cli._outputs import keep, show
    from extract.query import ask, manual, prepare, sql
    from extract.store import Store

    if listing:
        show(manual())
        return CLEAN
    if bool(question) == bool(statement):
        raise click.UsageError("ask a QUESTION or give --sql; --list says what can be asked")
    chosen = settings(lang=lang, indicators=indicators)
    with Store(store, read_only=True) as opened:
        prepare(opened)
        answer = sql(opened, statement) if statement else ask(opened, question, load(chosen.indicators))
    text = shown(answer, format_name, chosen.lang)
    if output is None:
        show(text)
    else:
        keep(text, output, "utf-8-sig" if format_name == "csv" else "utf-8")
    return CLEAN
