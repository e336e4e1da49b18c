"""X981 cut-text: a statement is there to its end.

What:
    Running text that stops where it has to go on (…死亡0人，同比), a cell that begins in the middle of a sentence, and characters that
    could not be read. A relation whose numbers stand in a statement that was cut is not assessable.

Why:
    The missing words may hold the figure that a sum lacks. The file should be read again, or the original asked for.

Fires:
    表1 指标完成情况表
    指标	完成情况
    生产安全事故	全年发生事故22起、死亡13人，其中：建筑事故6起，同比增加2起；交通事故14起，同比

Left alone:
    表1 指标完成情况表
    指标	完成情况
    生产安全事故	全年发生事故22起、死亡13人，其中：建筑事故6起，同比增加2起；交通事故16起，同比增加5起

False alarms:
    A note that its author broke off.

Source:
    observed in reports

In Chinese:
    文字应当完整：句子中断、单元格从半句开始、无法辨认的字都会提示，所涉数字不作判断。
    作者自己没有写完的批注，可能误报。
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks._cut import cuts
from extract.relations import CheckRule, Context, Relation

_SHOWN = 12


def find(context: Context) -> Iterator[Relation]:
    """Places where text is missing beyond doubt."""
    text = context.text
    for cut in cuts(context):
        if cut.sure:
            words = text[max(cut.sentence.start, cut.place.end - _SHOWN) : cut.place.end].strip()
            yield Relation(
                type="implied",
                roles={},
                holds=False,
                places=(cut.place,),
                note=f"文字疑似在提取时被截断：“…{words}”，涉及此处的核对不作判断",
                note_en=f"Text was cut by the extraction: “…{words}”; what touches it is not assessed",
            )


CHECK = CheckRule(code="X981", name="cut-text", name_zh="文字截断", severity="info", find=find, preview=True)
