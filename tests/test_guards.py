"""What is asked first because it is quick to tell rules out nothing that the pattern behind it would have found."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import kinds, periods
from extract.rules import compared_with


@pytest.mark.parametrize(
    ("pattern", "guard"),
    [
        pytest.param(kinds._RISE, kinds._MAY_CHANGE, id="rise"),
        pytest.param(kinds._FALL, kinds._MAY_CHANGE, id="fall"),
        pytest.param(compared_with._CHANGE, compared_with._MAY_END, id="change"),
    ],
)
@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_what_matches_passes_its_guard(pattern: re.Pattern[str], guard: re.Pattern[str], data: st.DataObject) -> None:
    text = data.draw(st.from_regex(pattern))
    assert guard.search(text), text


@given(st.from_regex(compared_with._CHANGE))
@settings(max_examples=300, deadline=None)
def test_a_change_is_found_at_the_end_alone(text: str) -> None:
    whole, end = compared_with._CHANGE.search(text), compared_with._change(text)
    assert whole is not None
    assert end is not None
    assert whole.span() == end.span()


@given(st.from_regex(periods._PERIOD))
@settings(max_examples=300, deadline=None)
def test_a_period_has_one_of_its_characters(text: str) -> None:
    named = [match for match in periods._PERIOD.finditer(text) if any(match[name] for name in periods._NAMING)]
    assert not named or periods._NAMED_BY.search(text)
