"""What a finding says to an auditor, in Chinese and in English, by the type of the leading relation."""

from __future__ import annotations

from extract import phrases
from extract.checks._figures import figure
from extract.checks._judge import Judgement, reckoned
from extract.relations import Context, Relation


def messages(relation: Relation, judgement: Judgement, context: Context) -> tuple[str, str]:
    """The message in Chinese and in English; each one sentence or two, numbers as printed."""
    if relation.note and relation.type == "implied":
        return relation.note, relation.note_en or relation.note
    names = _names(relation, context)
    if relation.type == "same":
        figures = [figure(context.by_id[i].quantity) for i in relation.roles["facts"]]
        distinct = list(dict.fromkeys(figures))
        return _end(f"“{names}”前后不一致：{'、'.join(distinct)}", relation.note), _end_en(
            f"“{names}” is stated differently: {', '.join(distinct)}", relation.note_en
        )
    if relation.type == "target":
        goal, got = judgement.stated, judgement.computed
        if relation.claim == "unmet":
            return f"“{names}”称未完成，但目标为 {goal}，实际为 {got}", f"“{names}” is said to be missed, but {got} meets {goal}"
        claimed, claimed_en = ("称已完成，但", "is claimed to be met") if relation.claim == "met" else ("未达到目标：", "misses its target")
        return f"“{names}”{claimed}目标为 {goal}，实际为 {got}", f"“{names}” {claimed_en}: target {goal}, actual {got}"
    if relation.type == "part":
        part = context.called(relation.roles["part"][0])
        return (
            f"部分大于整体：“{part}”{judgement.computed}，而“{names}”只有 {judgement.stated}",
            f"A part exceeds its whole: “{part}” {judgement.computed} of “{names}” {judgement.stated}",
        )
    if relation.type == "count":
        listed = f"（{relation.listed[0]} … {relation.listed[1]}）" if relation.listed else ""
        return (
            f"称{f'“{names}”' if names else ' '}{judgement.stated}，实际列举 {judgement.computed} 项{listed}",
            f"{f'“{names}” is' if names else 'There are'} said to be {judgement.stated}, but {judgement.computed} are listed",
        )
    if relation.type == "sum":
        chinese = f"“{names}”为 {judgement.stated}，各部分相加为 {judgement.computed}，差 {judgement.off}"
        english = f"“{names}” is stated as {judgement.stated}, its parts add up to {judgement.computed} (off by {judgement.off})"
    elif relation.type == "ratio":
        chinese = f"“{names}”为 {judgement.stated}，按所列数据计算应为 {judgement.computed}"
        english = f"“{names}” is stated as {judgement.stated}; the stated figures give {judgement.computed}"
    elif relation.type == "growth" and not judgement.off:
        chinese = f"“{names}”的增减幅 {judgement.stated} 不可能成立：{judgement.arithmetic}"
        english = f"No whole-number base gives “{names}” a change of {judgement.stated} ({phrases.english(judgement.arithmetic)})"
    elif relation.type == "growth":
        chinese = f"“{names}”的增减 {judgement.stated} 与前后数据不符，应为 {judgement.computed}"
        english = f"The change of “{names}”, {judgement.stated}, does not follow from the levels, which give {judgement.computed}"
    else:
        chinese = f"“{names}”为 {judgement.stated}，按所列数据相减为 {judgement.computed}，差 {judgement.off}"
        english = f"“{names}” is stated as {judgement.stated}; the difference of the stated figures is {judgement.computed}"
    return _end(chinese, relation.note), _end_en(english, relation.note_en)


def _names(relation: Relation, context: Context) -> str:
    role = reckoned(relation) or ("target" if relation.type == "target" else "facts")
    return context.called(relation.roles[role][0]) if relation.roles.get(role) else ""


def _end(message: str, note: str) -> str:
    return f"{message}。{note}" if note else message


def _end_en(message: str, note: str) -> str:
    return f"{message}. {note}" if note else message
