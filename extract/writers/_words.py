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
    "on_page": ("（第{}页）", " (page {})"),
    "in_cell": ("（{}）", " ({})"),
    "remark": ("注意：", "note: "),
    "more_places": ("另有 {} 处", "{} more places"),
    "clean": ("没有发现相互矛盾的数字", "no numbers that contradict each other"),
    "clean_else": ("没有别的相互矛盾的数字", "no other numbers that contradict each other"),
    "rule": ("规则", "rule"),
    "numbers": (
        "数字 {} 个：已核对的事实 {}（{}），未核对的事实 {}（{}），不是事实 {}（{}）",
        "{} numbers: facts checked {} ({}), facts not checked {} ({}), not facts {} ({})",
    ),
    "linked": (
        "事实 {} 条：对上指标目录 {}（{}），已核对 {}（{}）",
        "{} facts: {} linked to the catalogue ({}), {} checked ({})",
    ),
    "unchecked": ("未核对的事实", "facts not checked"),
    "others": ("不是事实的数字", "numbers that are no facts"),
    "reason.single_statement": ("只出现一次、无从比对", "stated once, nothing to compare it to"),
    "reason.other_scope": ("他处所述主体、时期或类别不同", "stated elsewhere for another subject, period or kind"),
    "reason.not_assessable": ("有关联但无法判断", "related, but not assessable"),
    "reason.target_without_actual": ("有目标无完成数", "target without actual"),
    "reason.rate_without_terms": ("比率未列分子分母", "rate without its terms"),
    "reason.change_without_levels": ("增减未列前后数", "change without its levels"),
    "reason.score_without_total": ("分值或得分无合计可对", "score without a total"),
    "reason.constant": ("规则常数", "constant of a rule"),
    "reason.date": ("日期", "date"),
    "reason.year": ("年份", "year"),
    "reason.clock_time": ("钟点", "clock time"),
    "reason.period": ("时段", "period"),
    "reason.section_number": ("章节序号", "section number"),
    "reason.list_number": ("列表序号", "list number"),
    "reason.ordinal": ("序数", "ordinal"),
    "reason.page_number": ("页码", "page number"),
    "reason.footnote": ("注释号", "footnote"),
    "reason.name": ("名称中的数字", "part of a name"),
    "reason.idiom": ("词语中的数字", "part of a word"),
    "reason.grade": ("等级", "grade"),
    "reason.hierarchy": ("层级", "hierarchy"),
    "reason.label": ("标签", "label"),
    "reason.code": ("代码", "code"),
    "reason.version": ("版本号", "version"),
    "reason.phone": ("电话", "phone number"),
    "reason.document_number": ("文号", "document number"),
    "reason.law_article": ("法条号", "law article"),
    "reason.formula": ("公式常数", "formula"),
    "reason.ratio_base": ("比例基数", "base of a ratio"),
    "reason.unit": ("计量单位", "unit"),
    "reason.indefinite": ("不定数", "indefinite"),
    "reason.unreadable": ("无法辨读", "unreadable"),
    "checks": ("核对 {} 项", "{} checks"),
    "findings": ("发现 {} 处", "{} findings"),
    "ignored": ("已忽略", "ignored"),
    "baseline": ("基线已有", "in the baseline"),
    "suppressed": ("另有 {} 处不再报告", "{} more not reported"),
    "verified": ("{}：{} 处发现", "{}: {} findings"),
    "verified.confirmed": ("属实", "confirmed"),
    "verified.standing": ("原文未变", "the text stands"),
    "verified.changed": ("原文已变", "the text changed"),
    "verified.differs": ("算术不同", "the arithmetic differs"),
    "stated_found": ("记为 {}，现为 {}", "stated {}, found {}"),
    "other_file": ("{} 已不是当时核对的文件（SHA-256 不同）", "{} is not the file that was checked (its SHA-256 differs)"),
    "fingerprint": ("指纹", "fingerprint"),
    "reason": ("理由", "reason"),
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
    "no_facts": ("没有读到事实", "no facts"),
}


def word(key: str, lang: Lang) -> str:
    """The word or template of ``key`` in the language; an unknown role or reason is shown by its own name."""
    chinese, english = _WORDS.get(key, (key.removeprefix("role.").removeprefix("reason."),) * 2)
    return chinese if lang == "zh" else english


def reasons(counts: tuple[tuple[str, int], ...], lang: Lang) -> str:
    """Reasons with their counts, in the order given: ``日期 12，序数 3``."""
    return listed([(f"reason.{reason}", count) for reason, count in counts], lang)


def listed(counts: list[tuple[str, int]], lang: Lang) -> str:
    """Words with their counts, zeros left out: ``相符 28，不符 3``."""
    comma = "，" if lang == "zh" else ", "
    return comma.join(f"{word(key, lang)} {count}" for key, count in counts if count)
