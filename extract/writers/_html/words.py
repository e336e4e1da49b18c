"""The words of the page, in Chinese and in English; those of every format are in :mod:`extract.writers._words`."""

from __future__ import annotations

from extract.writers import Lang
from extract.writers import _words as shared

_WORDS: dict[str, tuple[str, str]] = {
    "state.fail": ("涉及疑点", "in a finding"),
    "state.review": ("待核", "to review"),
    "state.pass": ("相符", "agrees"),
    "state.suppressed": ("不再报告", "not reported"),
    "state.not_checked": ("未核对", "not checked"),
    "state.not_a_fact": ("不是事实", "not a fact"),
    "findings": ("疑点", "Findings"),
    "findings.count": ("发现 {} 处", "{} findings"),
    "document": ("原文", "Document"),
    "contents": ("目录", "Contents"),
    "overview": ("概览", "Overview"),
    "skip": ("跳到疑点", "Skip to the findings"),
    "card.coverage": ("核对了多少数字", "How many numbers were checked"),
    "card.rules": ("哪些规则有疑点", "Which rules found something"),
    "card.indicators": ("同一指标的各处数值", "One indicator throughout the document"),
    "indicator.choose": ("指标", "Indicator"),
    "reasons": ("未核对的原因", "Why not the others"),
    "filter.severity": ("级别", "Severity"),
    "filter.all": ("全部规则", "All rules"),
    "filter.search": ("搜索疑点", "Search the findings"),
    "filter.shown": ("显示 {} / {} 处", "{} of {} shown"),
    "filter.states": ("在原文中标出", "Marked in the document"),
    "keys": ("键盘", "Keyboard"),
    "keys.on": ("使用单键快捷键", "Use single keys"),
    "key.case": ("下一处、上一处疑点", "next, previous finding"),
    "key.place": ("到原文；再按到下一位置", "to its place in the text; again: to the next"),
    "key.back": ("回到疑点", "back to the finding"),
    "key.number": ("下一个、上一个标出的数字", "next, previous marked number"),
    "key.search": ("搜索", "search"),
    "inspector": ("所选数字", "The chosen number"),
    "close": ("关闭", "Close"),
    "made_by": ("生成", "Made by"),
    "models": ("模型", "Models"),
    "catalogue": ("指标目录", "Catalogue"),
    "silence": (
        "没有疑点不等于正确：各处一致的数字仍可能有误。本页不含任何外部资源，不发送任何数据。",
        "Silence is no certificate: numbers that agree everywhere can still be wrong. This page loads nothing and sends nothing.",
    ),
    "more": ("另有 {} 条", "{} more"),
    "table": ("表 {}", "Table {}"),
    "review.head": ("待核的关系 {} 项（文意不能确定，不作结论）", "{} relations to review (the text may not mean them)"),
    "suppressed.head": ("不再报告的 {} 处", "{} not reported any more"),
}


def word(key: str, lang: Lang) -> str:
    """The word or template of ``key`` in the language; a key of all formats has the word that it has there."""
    pair = _WORDS.get(key)
    if pair is None:
        return shared.word(key, lang)
    return pair[0] if lang == "zh" else pair[1]
