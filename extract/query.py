"""Questions to a store of facts: the common ones in a small grammar, Chinese and English; plain SQL for the rest.

A question is words in any order: what is asked (``outliers``, 离群值; figures where nothing is said), an indicator by any name that
the catalogue knows, a body, a place, a year or years (2021, 2019-2023), a rule's code, and what to group by (``by region``, 按地区).
The common questions are the SQL files of ``queries/``; each is a view of the store, too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from extract.catalogue import Catalogue
from extract.columns import TABLES
from extract.errors import HeshuError
from extract.scripts import Script, in_order, scripts, views
from extract.store import KEPT, SQL, Store
from extract.writers import Lang
from extract.writers._values import SCALE_WORDS

_YEARS = re.compile(r"(?P<first>(?:19|20)\d\d)年?度?(?:\s*(?:-|–|—|~|～|至|到|\.\.)\s*(?P<last>(?:19|20)\d\d)年?度?)?")
_CODE = re.compile(r"[A-Za-z]\d{0,3}")
_BY = re.compile(r"by|per|按|分", re.IGNORECASE)
_BY_WHAT = re.compile(r"[按分](?P<what>.+)")
_ALL = re.compile(r"(?:all|everything|全部|所有)", re.IGNORECASE)
_DIMENSIONS = {
    "region": ("地区", "区域", "地方"),
    "body": ("单位", "部门", "机构"),
    "year": ("年份", "年度", "年"),
    "document": ("文件", "文档", "报告"),
    "matter": ("事项", "项目"),
    "indicator": ("指标",),
    "code": ("规则", "代码"),
    "severity": ("级别", "严重程度"),
    "state": ("结论", "处理"),
    "unit": ("计量单位",),
    "kind": ("类型",),
}
"""What answers can be grouped by: columns of the views, and what they are called in Chinese."""
FIGURES = "figures"
"""The question that is meant where none is named."""


class QuestionError(HeshuError):
    """A question that means nothing to the store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A table: the names of its columns, and its rows of plain values; ``keys`` are the columns that only lead to other tables."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...] = field(repr=False)
    keys: tuple[str, ...] = ()


def prepare(store: Store) -> None:
    """Make the common questions and the statements of the checks across documents views of this connection."""
    for script in (*in_order(scripts("queries")), *views("across")):
        store.connection.execute(f"CREATE OR REPLACE TEMPORARY VIEW {script.name} AS {script.sql}")


def ask(store: Store, question: Sequence[str], catalogue: Catalogue) -> Answer:
    """The answer to a question in words; the store is prepared.

    Raises:
        QuestionError: a word of it means nothing; the line says which, and what would.
    """
    wanted = _read([word for part in question for word in part.split()], store)
    columns = [row[0] for row in store.connection.execute(f"DESCRIBE {wanted.script.name}").fetchall()]
    conditions, values = _conditions(wanted, columns, store, catalogue)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    if wanted.by:
        for name in wanted.by:
            _has(wanted.script, columns, name)
        keys = ", ".join(dict.fromkeys((*wanted.by, *filter(None, wanted.script["keeps"].split(", ")))))
        query = f"SELECT {keys}, {wanted.script['sums']} FROM {wanted.script.name}{where} GROUP BY {keys} ORDER BY {keys}"
    else:
        query = f"SELECT * FROM {wanted.script.name}{where} ORDER BY {wanted.script['order']}"
    return replace(_answer(store, query, values), keys=tuple(wanted.script["keys"].split(", ")))


def sql(store: Store, query: str) -> Answer:
    """The answer to a statement of SQL, on a store that is open for reading and prepared.

    Raises:
        QuestionError: it is no SQL, asks for what is not there, or reaches out of the store.
    """
    import duckdb

    try:
        return _answer(store, query, [])
    except duckdb.Error as error:
        raise QuestionError("--sql", str(error).partition("\n")[0], "heshu query STORE --list shows tables and columns") from error


def across(store: Store) -> Answer:
    """What the documents of the store promise each other: the rows of every check of ``across/`` that looked at something, with
    the words, places and documents of its figures. The store is prepared."""
    found = [_answer(store, _TOLD.format(check=check.sql), [check.name, check["severity"]]) for check in scripts("across")]
    return Answer(columns=found[0].columns, rows=tuple(row for answer in found for row in answer.rows))


def manual() -> str:
    """What can be asked, which tables and columns there are, and what the checks across documents are: Markdown."""
    parts = ["# The facts store", "", "## Questions", ""]
    parts += ["`heshu query STORE QUESTION`; each is a view of the store, too.", ""]
    for script in scripts("queries"):
        parts += [f"### {script.name}（{'，'.join(script['zh'].split())}）", "", script.title, "", script["what"], ""]
        parts += [f"Why: {script['why']}", "", f"Columns: {script['columns']}", ""]
    parts += ["## Checks across documents", "", "`heshu compare --store STORE`", ""]
    for script in scripts("across"):
        parts += [f"### {script['codes']} {script.name}", "", script.title, "", script["what"], ""]
        parts += [f"Why: {script['why']}", "", f"Fails: {script['fails']}", "", f"For review: {script['review']}", ""]
    parts += ["## Tables", ""]
    for table, columns in (*TABLES.items(), *KEPT.items()):
        parts += [f"### {table}", "", "| column | type | |", "| --- | --- | --- |"]
        parts += [f"| {column.name} | {SQL[column.sort]} | {column.what} |" for column in columns]
        parts += [""]
    return "\n".join(parts)


_TOLD = """
SELECT
    x.code, x.verdict, CASE x.verdict WHEN 'fail' THEN $2 ELSE 'info' END AS severity, $1 AS "check", d.body, d.year, f.mention AS words,
    d.name AS document, f.line, f.text, CASE WHEN b.value < 0 AND b.text NOT LIKE '-%' THEN '−' ELSE '' END || b.text AS change,
    e.name AS other_document, o.line AS other_line, o.text AS other_text,
    x.low, x.high, f.scale, f.unit, x.note, x.note_en, x.document AS sha256, x.fact, x.basis, x.other_document AS other_sha256, x.other_fact
FROM ({check}) x
JOIN documents d ON d.document = x.document
JOIN facts f ON f.document = x.document AND f.id = x.fact
JOIN documents e ON e.document = x.other_document
JOIN facts o ON o.document = x.other_document AND o.id = x.other_fact
LEFT JOIN facts b ON b.document = x.document AND b.id = x.basis
ORDER BY x.code, d.body, d.year, d.name, f.start, e.name, o.start
"""


# --- how a question is read -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    script: Script
    by: tuple[str, ...]
    years: tuple[int, int] | None
    code: str
    places: tuple[tuple[str, str], ...]
    """Columns (body, region) with the value that they should have."""
    words: str
    """What is left: the name of an indicator."""


def _read(words: Sequence[str], store: Store) -> _Wanted:
    named = {name.casefold(): script for script in scripts("queries") for name in (script.name, *script["zh"].split())}
    script = next(one for one in scripts("queries") if one.name == FIGURES)
    by: list[str] = []
    years: tuple[int, int] | None = None
    code = ""
    places: list[tuple[str, str]] = []
    left: list[str] = []
    rest = iter(words)
    for word in rest:
        if word.casefold() in named:
            script = named[word.casefold()]
        elif match := _YEARS.fullmatch(word):
            years = int(match["first"]), int(match["last"] or match["first"])
        elif _BY.fullmatch(word):
            by.append(_grouping(next(rest, "")))
        elif (match := _BY_WHAT.fullmatch(word)) and (dimension := _dimension(match["what"])):
            by.append(dimension)
        elif _CODE.fullmatch(word):
            code = word.upper()
        elif place := _place(word, store):
            places.append(place)
        elif not _ALL.fullmatch(word):
            left.append(word)
    return _Wanted(script=script, by=tuple(by), years=years, code=code, places=tuple(places), words=" ".join(left))


def _grouping(name: str) -> str:
    if dimension := _dimension(name):
        return dimension
    raise QuestionError(f"by {name}".strip(), "nothing to group by", ", ".join(f"{column} {words[0]}" for column, words in _DIMENSIONS.items()))


def _dimension(name: str) -> str:
    """The column that a word means which things are grouped by, Chinese or English, one or many; "" for none."""
    return next((column for column, words in _DIMENSIONS.items() if name.casefold() in (column, f"{column}s", *words)), "")


def _place(word: str, store: Store) -> tuple[str, str] | None:
    """The column, and the value in it, that a word means which is the name of a place or of a body of the store."""
    for column, name in (("region", "region"), ("body", "body"), ("body", "org")):
        if row := store.connection.execute(f"SELECT {column} FROM documents WHERE {name} = ? LIMIT 1", [word]).fetchone():
            return column, row[0]
    return None


def _conditions(wanted: _Wanted, columns: Sequence[str], store: Store, catalogue: Catalogue) -> tuple[list[str], list[object]]:
    conditions: list[str] = []
    values: list[object] = []

    def ask_for(column: str, condition: str, *told: object) -> None:
        _has(wanted.script, columns, column)
        conditions.append(condition)
        values.extend(told)

    if wanted.years is not None:
        ask_for("year", "year BETWEEN ? AND ?", *wanted.years)
    if wanted.code:
        ask_for("code", "code LIKE ?", f"{wanted.code}%")
    for column, value in wanted.places:
        ask_for(column, f"{column} = ?", value)
    if wanted.words:
        ids = _ids(wanted.words, catalogue)
        if ids:
            ask_for("indicator_id", "list_contains(?, indicator_id)", ids)
        else:
            known = store.connection.execute("SELECT 1 FROM facts WHERE indicator = ? LIMIT 1", [wanted.words]).fetchone()
            if not known:
                raise QuestionError(wanted.words, "no question, indicator, body or place of the store", _alternatives(wanted.words, catalogue))
            ask_for("indicator", "indicator = ?", wanted.words)
    return conditions, values


def _ids(words: str, catalogue: Catalogue) -> list[str]:
    """The indicators that go by a name: Chinese, English, an alias, or an id."""
    if words in catalogue.by_name:
        return [entry.id for entry in catalogue.by_name[words]]
    name = words.casefold()
    return [entry.id for entry in catalogue.indicators.values() if name in (entry.id, entry.english.casefold())]


def _alternatives(words: str, catalogue: Catalogue) -> str:
    names = [entry.name for entry, _ in catalogue.search(words)[:3]]
    return f"like it: {'、'.join(names)}" if names else "heshu query STORE --list shows what can be asked"


def _has(script: Script, columns: Sequence[str], column: str) -> None:
    if column not in columns:
        raise QuestionError(script.name, f"has no {column}", f"it has {', '.join(columns)}")


def _answer(store: Store, query: str, values: Sequence[object]) -> Answer:
    found = store.connection.execute(query, list(values))
    return Answer(columns=tuple(column[0] for column in found.description or ()), rows=tuple(found.fetchall()))


# --- what is told of the documents of a store ------------------------------------------------------------------------


def message(row: Mapping[str, Any], lang: Lang) -> str:
    """What a row of :func:`across` says, in one line."""
    script = next(one for one in scripts("across") if one.name == row["check"])
    told = script["message" if lang == "zh" else "english"].format(**{**row, "range": _range(row)})
    note = row["note" if lang == "zh" else "note_en"]
    return f"{told}{'；' if lang == 'zh' else '; '}{note}" if note else told


def _range(row: Mapping[str, Any]) -> str:
    """The interval of a row in the scale of its figure: 30起, 21.5–21.6万元."""
    scale = row["scale"] or Decimal(1)
    unit = f"{SCALE_WORDS.get(scale.normalize(), '')}{row['unit']}"
    if row["low"] is None or row["high"] is None:
        end = row["high"] if row["low"] is None else row["low"]
        return "?" if end is None else f"{'≤' if row['low'] is None else '≥'}{_short(end / scale)}{unit}"
    low, high = row["low"], row["high"]
    if scale == 1 and (whole := low.to_integral_value(ROUND_CEILING)) == high.to_integral_value(ROUND_FLOOR):
        return f"{whole:f}{unit}"
    first, last = _short(low / scale), _short(high / scale)
    return f"{first}{unit}" if first == last else f"{first}–{last}{unit}"


def _short(value: Decimal) -> str:
    return f"{round(value, 2).normalize():f}"
