"""Reports as rows of plain values: whole, in order, and with what joins documents computed beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from extract import arrow, ingest
from extract.columns import TABLES, Value
from extract.pipeline import analyse
from extract.records import made_by, records
from extract.types import Report
from tests.test_compare import NARRATIVE

pyarrow = pytest.importorskip("pyarrow")
WRONG = "白石县民政局2023年工作总结\n全年检查企业120家，其中甲镇70家、乙镇60家。\n"


def read(text: str, name: str = "text") -> Report:
    return analyse(ingest.read_text(text, name=name))


def entries(text: str, table: str) -> list[Mapping[str, Value]]:
    columns = [column.name for column in TABLES[table]]
    return [dict(zip(columns, row, strict=True)) for row in records(read(text))[table]]


def fact(text: str, words: str) -> Mapping[str, Value]:
    (found,) = [entry for entry in entries(text, "facts") if entry["text"] == words]
    return found


@pytest.mark.parametrize("text", [NARRATIVE, WRONG, "没有数字。"])
def test_every_row_fits_its_table_and_comes_back_from_arrow_as_it_was(text: str) -> None:
    found = records(read(text))
    assert found == records(read(text))
    assert list(found) == list(TABLES) and len(found["documents"]) == 1
    for table, rows in found.items():
        batch = arrow.batch(table, rows)
        assert batch.schema == arrow.schema(table) and batch.num_rows == len(rows)
        for row, back in zip(rows, batch.to_pylist(), strict=True):
            assert [list(value) if isinstance(value, tuple) else value for value in row] == list(back.values())


def test_columns_are_named_once_and_explained() -> None:
    for columns in TABLES.values():
        assert len({column.name for column in columns}) == len(columns)
        assert all(column.what for column in columns)


def test_a_document_its_facts_checks_and_findings_share_one_key() -> None:
    report = read(WRONG)
    found = records(report)
    keys = {table: {row[0] for row in rows} for table, rows in found.items()}
    assert set(map(frozenset, keys.values())) == {frozenset({report.document.sha256})}
    (document,) = entries(WRONG, "documents")
    assert (document["body"], document["region"], document["year"], document["warnings"]) == ("白石县民政局", "白石县", 2023, 1)
    (finding,) = entries(WRONG, "findings")
    assert finding["message"] and finding["message_en"] and finding["suppressed"] is None
    assert isinstance(finding["checks"], tuple) and set(finding["checks"]) <= {row[1] for row in found["checks"]}


def test_what_made_a_report_is_one_line_that_tells_selections_apart() -> None:
    made = read(WRONG).made_by
    assert "\n" not in made_by(made) and made_by(made) == made_by(made, {}) != made_by(made, {"select": ["S"]})


def test_places_lead_into_the_source() -> None:
    text = "<html><body><p>全年检查企业120家。</p></body></html>"
    found = analyse(ingest.read_text(text, name="page.html"))
    (row,) = records(found)["facts"]
    start, end = row[2], row[3]
    assert isinstance(start, int) and isinstance(end, int)
    assert found.document.source[start:end] == "120"


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [("22起", Decimal(22) / Decimal("0.7335"), Decimal(22) / Decimal("0.7325")), ("9人", Decimal(12), Decimal(12))],
    ids=["rate", "amount"],
)
def test_a_change_implies_the_level_of_the_year_before(words: str, low: Decimal, high: Decimal) -> None:
    found = fact(NARRATIVE, words)
    least, greatest = found["before_low"], found["before_high"]
    assert isinstance(least, Decimal) and isinstance(greatest, Decimal)
    assert least <= low and high <= greatest and greatest - least - (high - low) < Decimal("1E-11")
    assert (found["before"], found["before_doubt"]) == ("2021", "")


def test_a_change_on_the_month_or_at_constant_prices_is_told_apart() -> None:
    assert fact(NARRATIVE.replace("事故起数同比", "事故起数环比"), "22起")["before"] is None
    grown = "白石县2022年国民经济公报\n全年实现地区生产总值186.4亿元，按可比价格计算增长6.1%。\n"
    assert fact(grown, "186.4亿元")["before_doubt"]


def test_a_sentence_keeps_its_key_when_its_numbers_change() -> None:
    first = "全县共排查整治各类安全隐患320处，整改率达到98.5%。"
    second, third = first.replace("320", "415"), first.replace("排查整治", "发现")
    keys = [(entries(text, "facts")[0]["sentence"], entries(text, "facts")[0]["figures"]) for text in (first, second, third)]
    assert keys[0][0] == keys[1][0] != keys[2][0]
    assert keys[0][1] != keys[1][1] and keys[0][1] == keys[2][1]
    assert fact("共320处。", "320处")["sentence"] is None


def test_the_place_above_a_town_and_a_county() -> None:
    town = "青石县柳河镇人民政府2022年工作报告\n全年检查企业120家。"
    county = "丰安市青石县应急管理局2022年工作总结\n全年检查企业120家。"
    assert [(entries(text, "documents")[0]["region"], entries(text, "documents")[0]["within"]) for text in (town, county)] == [
        ("青石县柳河镇", "青石县"),
        ("青石县", "丰安市"),
    ]


@pytest.mark.parametrize("number", ["1E30", "0.0000000000001", "NaN", "Infinity"])
def test_half_a_surrogate_pair_and_numbers_beyond_all_measure_are_kept_out_of_arrow(number: str) -> None:
    columns = TABLES["facts"]
    row = tuple("损\ud800" if column.sort == "words" else Decimal(number) if column.sort == "number" else None for column in columns)
    (back,) = arrow.batch("facts", [row]).to_pylist()
    assert back["mention"] == "损\N{REPLACEMENT CHARACTER}" and back["value"] is None
