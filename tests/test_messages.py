"""What a finding says: never empty quotes, whatever has no name."""

from __future__ import annotations

from typing import Any, get_args

import pytest

import extract
from extract.checks._judge import judge
from extract.checks._message import messages
from extract.relations import Relation, context_of
from extract.types import RelationType
from tests.stating import stated

NUMBERS = "⟦8家|{0}⟧、⟦5家|{0}⟧、⟦4家|{0}⟧、⟦160%|{0}⟧、⟦22.5%|{0}|growth⟧。"
FAILING: dict[str, dict[str, Any]] = {
    "same": {"roles": {"facts": ("f1", "f2")}},
    "sum": {"roles": {"total": ("f1",), "parts": ("f2", "f3")}},
    "part": {"roles": {"whole": ("f2",), "part": ("f1",)}},
    "ratio": {"roles": {"rate": ("f4",), "num": ("f1",), "den": ("f2",)}, "note": "占比", "note_en": "a share"},
    "growth": {"roles": {"change": ("f5",), "current": ("f1",), "previous": ("f2",)}},
    "diff": {"roles": {"result": ("f1",), "minuend": ("f2",), "subtrahend": ("f3",)}},
    "target": {"roles": {"target": ("f1",), "actual": ("f2",)}, "claim": "met"},
    "count": {"roles": {"count": ("f1",)}, "items": 3},
}


def test_each_type_is_tried() -> None:
    assert {*FAILING, "implied"} == set(get_args(RelationType))


@pytest.mark.parametrize("kind", FAILING)
def test_what_has_no_name_is_called_by_its_number(kind: RelationType) -> None:
    context = context_of(*stated(NUMBERS.format("")))
    relation = Relation(type=kind, **FAILING[kind])
    assert all(context.title(fact) == "" for fact in context.facts)
    for message in messages(relation, judge(relation, context), context):
        assert "“”" not in message
        assert "“8”" in message or "“5”" in message or "“160”" in message or "“22.5”" in message


@pytest.mark.parametrize("kind", FAILING)
def test_what_has_a_name_is_called_by_it(kind: RelationType) -> None:
    context = context_of(*stated(NUMBERS.format("检查")))
    relation = Relation(type=kind, **FAILING[kind])
    assert all("“检查”" in message for message in messages(relation, judge(relation, context), context))


def test_quotation_marks_within_quotation_marks_are_single() -> None:
    found = extract.check("全年“三公”经费支出31.42万元，比上年的35.00万元减少3.58万元，下降11.39%。")
    (finding,) = found.findings
    assert finding.message.startswith("“‘三公’经费支出下降”的增减 −11.39% ")
    assert finding.message_en.startswith("The change of “‘三公’经费支出下降”, −11.39%,")
