"""The words of the report for people, in Chinese and in English."""

from __future__ import annotations

from extract.writers import Lang

_WORDS: dict[str, tuple[str, str]] = {
    "error": ("错误", "error"),
    "warning": ("警告", "warning"),
    "info": ("提示", "info"),
    "pass": ("相符", "pass"),
    "fail": ("不符", "fail"),
    "review": ("待核", "review"),
    "not_assessable": ("无法判断", "not assessable"),
    "level": ("数值", "level"),
    "target": ("目标", "target"),
    "rate": ("比率", "rate"),
    "growth": ("增幅", "growth"),
    "delta": ("增减", "delta"),
    "score": ("得分", "score"),
    "max_score": ("分值", "max score"),
    "other": ("其他", "other"),
    "role.total": ("合计", "total"),
    "role.parts": ("分项", "part"),
    "role.whole": ("总体", "whole"),
    "role.part": ("其中", "part"),
    "role.rate": ("比率", "rate"),
    "role.num": ("分子", "numerator"),
    "role.den": ("分母", "denominator"),
    "role.change": ("变动", "change"),
    "role.current": ("本期", "current"),
    "role.previous": ("上期", "previous"),
    "role.result": ("结果", "result"),
    "role.minuend": ("被减数", "minuend"),
    "role.subtrahend": ("减数", "subtrahend"),
    "role.target": ("目标", "target"),
    "role.actual": ("实际", "actual"),
    "role.count": ("个数", "count"),
    "role.facts": ("", ""),
    "arithmetic": ("算式", "arithmetic"),
    "repair": ("修改", "repair"),
    "also": ("另见", "also"),
    "outside": ("（标题之外）", "(outside the headings)"),
    "more_places": ("另有 {} 处", "{} more places"),
    "clean": ("没有发现相互矛盾的数字", "no numbers that contradict each other"),
    "numbers": (
        "数字 {} 个：事实 {}，不是事实 {}",
        "{} numbers: {} facts, {} not facts",
    ),
    "linked": (
        "事实 {} 条：对上指标目录 {}（{}），参与核对 {}（{}）",
        "{} facts: {} linked to the catalogue ({}), {} looked at by checks ({})",
    ),
    "checks": ("核对 {} 项", "{} checks"),
    "findings": ("发现 {} 处", "{} findings"),
    "id": ("编号", "id"),
    "place": ("位置", "place"),
    "quantity": ("数量", "quantity"),
    "kind": ("类别", "kind"),
    "indicator": ("指标", "indicator"),
    "subject": ("主体", "subject"),
    "period": ("时期", "period"),
    "section": ("章节", "section"),
    "mention": ("指称", "mention"),
    "antecedent": ("承接", "continues"),
    "open": ("（目录之外）", "(not in the catalogue)"),
    "role.less": ("减项", "taken off"),
    "role.step": ("增量", "step"),
    "compared": ("文件 {} 份，{} 组相属", "{} documents, {} groups that belong together"),
    "apart": ("{}：不与其他文件相属，{}", "{} belongs to no other: {}"),
    "clean_across": ("各文件之间没有发现相互矛盾的数字", "no numbers of the documents that contradict each other"),
    "no_facts": ("没有读到事实", "no facts"),
}


def word(key: str, lang: Lang) -> str:
    """The word or template of ``key`` in the language; an unknown role is shown by its own name."""
    chinese, english = _WORDS.get(key, (key.removeprefix("role."),) * 2)
    return chinese if lang == "zh" else english


def listed(counts: list[tuple[str, int]], lang: Lang) -> str:
    """Words with their counts, zeros left out: ``相符 28，不符 3``."""
    comma = "，" if lang == "zh" else ", "
    return comma.join(f"{word(key, lang)} {count}" for key, count in counts if count)
