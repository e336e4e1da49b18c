"""The words of the page, in Chinese and in English; those of every format are in :mod:`extract.writers._words`."""

from __future__ import annotations

from extract.writers import Lang
from extract.writers import _words as shared

_WORDS: dict[str, tuple[str, str]] = {
    "state.fail": ("不符", "fails"),
    "state.review": ("待核", "to review"),
    "state.pass": ("相符", "agrees"),
    "state.suppressed": ("不再报告", "not reported"),
    "state.not_checked": ("未核对", "not checked"),
    "state.not_a_fact": ("不是事实", "not a fact"),
    "findings": ("疑点", "Findings"),
    "document": ("原文", "Document"),
    "contents": ("目录", "Contents"),
    "places": ("位置", "places"),
    "more": ("另 {} 处", "{} more"),
    "page": ("第 {} 页", "page {}"),
    "table": ("表 {}", "Table {}"),
    "elsewhere": ("未能排入原文的数字", "numbers that stand outside of the text"),
    "review.head": ("待核的关系 {} 项（文意不能确定，不作结论）", "{} relations to review (the text may not mean them)"),
    "suppressed.head": ("不再报告的 {} 处", "{} not reported any more"),
}


def word(key: str, lang: Lang) -> str:
    """The word or template of ``key`` in the language; a key of all formats has the word that it has there."""
    pair = _WORDS.get(key)
    if pair is None:
        return shared.word(key, lang)
    return pair[0] if lang == "zh" else pair[1]
