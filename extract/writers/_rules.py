"""The checks as the writers show them: name and manual by code."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import cast

from extract.knowledge import discover
from extract.relations import CheckRule
from extract.writers import Lang


@cache
def rules() -> Mapping[str, CheckRule]:
    """Every check by its code, in the order of the codes."""
    found = cast(tuple[CheckRule, ...], discover("extract.checks", "CHECK"))
    return {rule.code: rule for rule in sorted(found, key=lambda rule: rule.code)}


def rule_label(code: str, lang: Lang) -> str:
    """The code of a check with its name."""
    return f"{code} {rule_name(code, lang)}".strip()


def rule_name(code: str, lang: Lang) -> str:
    """The name of the check with that code; "" where there is none any more."""
    rule = rules().get(code)
    return "" if rule is None else rule.name_zh or rule.name if lang == "zh" else rule.name
