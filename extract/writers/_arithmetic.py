"""What a finding or a check says, as reports show it: its message, the steps of its arithmetic, and the reasons, in the language asked for."""

from __future__ import annotations

from extract.phrases import in_lang
from extract.types import Check, Finding
from extract.writers import Lang
from extract.writers._words import word


def message_of(finding: Finding, lang: Lang) -> str:
    """What is wrong, in one sentence."""
    return in_lang(finding.message, finding.message_en, lang)


def arithmetic_of(one: Finding | Check, lang: Lang) -> str:
    """All of the arithmetic as one line."""
    return word("stop", lang).join(steps(one, lang))


def steps(one: Finding | Check, lang: Lang) -> tuple[str, ...]:
    """The lines of arithmetic, one for each relation."""
    return tuple(filter(None, in_lang(one.arithmetic, one.arithmetic_en, lang).split("；")))


def note_of(check: Check, lang: Lang) -> str:
    """Why the figures of a check are related, or why they cannot be judged; "" where nothing is to be said."""
    return in_lang(check.note, check.note_en, lang)
