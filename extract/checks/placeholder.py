"""Q953 placeholder: no words of a draft are left where a figure belongs.

What:
    共计多少2.06万方, XX万元, ××年×月, ＿＿人次, 共计……万元, 共计万元: a question, letters, crosses, a line or nothing where a
    number stands or should stand; 待补充, 此处填写 and the like in brackets or at the end of a statement.

Why:
    The figure was filled in late or never; who wrote it did not read it again, and what it should be is not in the report.

Fires:
    一、灾情
    全年发生滑坡7次，塌方量共计多少2.06万方，修复道路XX公里。

Left alone:
    一、灾情
    全年发生滑坡7次，塌方量共计2.06万方，不管花多少钱都要修好。联系电话138****5678，预案有待补充完善。

False alarms:
    A form or a model text that is printed to be filled in.

Source:
    observed in reports

In Chinese:
    应填数字的地方不应留有草稿痕迹（共计多少2.06万方、XX万元、待补充）。
    供填写的空白表格和范本，可能误报。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from extract.relations import CheckRule, Context, Relation
from extract.types import Block, Document, Span

_TOTAL = r"(?:共计|总计|合计|累计|共有|总额|总量|共)"
_SUM = r"(?:(?:资金|金额|总额|经费|投入|支出|罚款|损失|投资)?(?:共计|总计|合计|累计|共|约|达|(?<![均都皆])为))"
_MONEY = r"[万亿]?元"
_MEASURE = (
    r"(?:[百千万亿]{0,2}元|[%％]|人次|家次|场次|件次|户次|公里|千米|平方米|公顷|立方米|吨|亩|天|小时|年(?!出?生(?!产))|月|日|起|户|宗|例"
    r"|[条件次场项个人家名份期辆台套处](?=[，。；、）]|$))"
)
"""What is counted where crosses stand for a number; before other words (××分公司, ××号) they stand for a name."""
_BLANK = regex.compile(
    rf"""
      (?P<asked>(?:{_TOTAL}|[量额数积](?:共|约|达|为)?)\s*多少)\s*(?=\d)
    | (?P<asked_unit>{_TOTAL}\s*多少)\s*(?=[百千万亿]*(?:元|吨|方|人次|户|亩|公里|平方米)[，。；])
    | (?<!\p{{IsHan}}|\d)(?P<asked_number>多少)\s*(?=\d)
    | (?P<crossed_date>(?:[XxＸ×]{{1,4}}\s*年\s*)?[XxＸ×]{{1,2}}\s*月\s*[XxＸ×]{{1,2}}\s*日)
    | (?<![A-Za-z0-9*×✕“])(?P<crosses>[XxＸｘ]{{2,}}+|[×✕＊]{{2,}}+|\*{{3,}}+)\s*(?={_MEASURE})
    | (?<![_＿﹍])(?P<line>[_＿﹍]{{2,}}+)\s*(?![年月日])(?=[百千万亿]{{0,2}}{_MEASURE})
    | {_SUM}(?P<dots>(?:…|\.{{3}}|。{{3}}|[?？])[….。?？]*+)\s*(?={_MONEY}|人次|家次|[%％])
    | (?P<nothing>{_SUM})\s*(?={_MONEY}(?:[，。；]|$))
    | [（(\[【]\s*(?P<note>(?:此处|这里)?(?:待|需|请|须)(?:补充|填写|填报|补填|核实|核对|确认|更新|补)[^（）()\[\]【】]{{0,12}})\s*[）)\]】]
    | (?<![有亟尚仍还所])(?P<waits>待(?:补充|填写|填报|补填|完善数据|补))(?=[，。；]|$)
    | (?P<mark>TODO|TBD|此处(?:填写|插入|补充|填入)(?:\p{{IsHan}}{{0,6}}))
    """,
    regex.VERBOSE,
)
_LIKELY = re.compile(
    r"[多XxＸｘ×✕＊*_＿﹍….。?？元待T此需请须](?:(?<=[＿﹍…?？元待])|(?<=多)少|(?<=[XxＸｘ×✕＊])[XxＸｘ×✕＊]|(?<=[XxＸ×])\s*[年月]"
    r"|(?<=\*)\*\*|(?<=_)_|(?<=\.)\.\.|(?<=。)。。|(?<=T)(?:ODO|BD)|(?<=此)处|(?<=[需请须])(?:补|填|核|确|更))"
)
"""What every residue has in it: most blocks are passed over at once. One class comes first, which is looked for faster than a choice."""
_UNIT_TOLD = re.compile(r"(?:单位|币种|[注说标]明)[^。；]{0,16}$")
"""除另有说明外，单位均为万元 tells the unit; nothing is left out."""
_FORM = re.compile(r"填报说明|填表说明|填写说明|范本|模板|样表|示例|例如|格式")
_MANY = 6
"""A text with more places than this is printed to be filled in."""
_RULE = re.compile(r"[*_\s-]+")


def find(context: Context) -> Iterator[Relation]:
    """Places where a figure belongs and a draft's words stand."""
    document = context.document
    if _FORM.search(document.about.title):
        return
    found = [span for block in document.blocks for span in _residues(block, document)]
    if len(found) > _MANY:
        return
    for place in found:
        words = place.of(document.text).strip()
        shown = f"“{words}”" if words else ""
        yield Relation(
            type="implied",
            roles={},
            holds=False,
            places=(place,),
            note=f"疑似编辑残留：{shown}处应为确定的数或内容",
            note_en=f"Left over from a draft: {shown} stands where a figure belongs",
        )


def _residues(block: Block, document: Document) -> Iterator[Span]:
    text = block.span.of(document.text)
    if not _LIKELY.search(text) or _RULE.fullmatch(text):
        return
    if _FORM.search("/".join(document.section_path(block.section))):
        return
    for match in _BLANK.finditer(text):
        name = match.lastgroup or ""
        if name == "nothing" and (block.cell is not None or block.kind != "paragraph" or not _is_statement(text, match.start())):
            continue
        if name == "nothing" and _UNIT_TOLD.search(text, 0, match.end(name)):
            continue
        start, end = match.span(name)
        yield Span(block.span.start + start, block.span.start + end)


def _is_statement(text: str, at: int) -> bool:
    """Whether the words around are a sentence and no label of a column: 投入资金万元 in brackets or without a mark is a header."""
    return "。" in text and text.rfind("（", 0, at) <= text.rfind("）", 0, at)


CHECK = CheckRule(code="Q953", name="placeholder", name_zh="编辑残留", severity="info", find=find, preview=True)
