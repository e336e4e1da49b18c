"""What the documents of a store promise each other, as it is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from extract.cli import CLEAN, FOUND
from extract.cli._answers import shown
from extract.cli._outputs import keep, show
from extract.query import Answer, across, message, prepare
from extract.store import Store
from extract.writers import Lang

FORMATS = ("text", "csv", "json")
_ORDER = {"fail": 0, "review": 1, "pass": 2}
_VERDICTS: Mapping[Lang, Mapping[str, str]] = {
    "zh": {"fail": "错误", "review": "复核"},
    "en": {"fail": "error", "review": "review"},
}


def run(path: Path, *, format_name: str, output: Path | None, lang: Lang) -> int:
    """Tell what does not hold, in CSV and JSON also what holds; the exit code.

    Raises:
        click.UsageError: the format shows no answers of a store.
        HeshuError: the store cannot be read, or the output not be written.
    """
    if format_name not in FORMATS:
        raise click.UsageError(f"--store is told as {', '.join(FORMATS)}, not as {format_name}")
    with Store(path, read_only=True) as store:
        prepare(store)
        found = across(store)
    text = _text(found, lang) if format_name == "text" else shown(found, format_name, lang)
    if output is None:
        show(text)
    else:
        keep(text, output, "utf-8-sig" if format_name == "csv" else "utf-8")
    wrong = [row for row in _rows(found) if row["severity"] == "error"]
    return FOUND if wrong else CLEAN


def _rows(found: Answer) -> list[dict[str, Any]]:
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def _text(found: Answer, lang: Lang) -> str:
    rows = _rows(found)
    told = [
        f"{_VERDICTS[lang][row['verdict']]}[{row['code']}] {row['body']} {row['year']}{'：' if lang == 'zh' else ': '}{message(row, lang)}\n"
        for row in sorted(rows, key=lambda row: _ORDER[row["verdict"]])
        if row["verdict"] != "pass"
    ]
    counts = Counter(row["verdict"] for row in rows)
    if lang == "zh":
        end = f"各文件之间核对 {len(rows)} 处：相符 {counts['pass']}，错误 {counts['fail']}，复核 {counts['review']}\n"
    else:
        end = f"{len(rows)} relations between documents: {counts['pass']} hold, {counts['fail']} do not, {counts['review']} for review\n"
    return "".join([*told, end])
