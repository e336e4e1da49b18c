"""A name that holds a numeral: 三年行动, 一带一路, 十九届六中全会, 12345热线, 5G, 5·12防灾减灾日, “四个意识”.

Why: the numeral of a name counts nothing; a check that took it for a figure would be wrong.
Example: 深入推进安全生产专项整治三年行动 → 三 is part of a name.
Left alone: quoted amounts (“12万元”), counted actions (开展3次行动), 三年 before other words.
Source: extract/data/names.txt, observed in reports.
"""

from __future__ import annotations

import re

from extract.knowledge import Pattern, Window
from extract.patterns._grammar import ANY_START, ARABIC_START, HAN_START, D, listed, numeral
from extract.types import Numeral, Span

_MONTH, _DAY = r"(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12][0-9]|0?[1-9])"
_WORD = rf"""
    [一二三四五六七八九十两{D}]{{1,3}}年(?:行动|计划|规划|攻坚|提升|改造|治理|整治)(?!期)
    |[一二三四五六七八九十]{{1,2}}组(?=[{D}]{{1,4}}[个人家件起次条项场户])
    |24小时(?=自助|无人|不打烊|营业|便利店|书房)
    |[二三四五六七八九两{D}]年(?:一贯)?制(?![定作造度止])
    |[〇零一二三四五六七八九十百]{{1,5}}届(?:[〇零一二三四五六七八九十]{{1,3}}[中次]全会|人大|政协|全国|党|中央|省|市|县|区|常委|全运|亚运|冬奥|奥运|理事)?
    |(?<=十)?十?[一二三四五六七八九]{{1,2}}大(?:报告|精神|以来|会议|召开|代表|决策|部署|提出|安排|胜利|战略|擘画)
    |(?<=[^0-9])?二?十[一二三四五六七八九]?大(?![类项中型小量多气地棚重])
    |[一二两三四五六{D}]位小数
    |十[一二三四五六七八九]五(?![{D}个名家项条件人次年日月天元万亿])
    |[{D}]{{1,2}}[·•‧・∙][{D}]{{1,2}}
    |{_MONTH}[.．]{_DAY}(?=[”"’』」]|(?:全国|国际|世界)?(?:防灾|安全宣传|消防|禁毒|宪法|国家|特别|特大|重大|较大|火灾|爆炸|坍塌|专案|透水|矿难|煤矿|亡人|事故))
    |(?:10|100|[十百])?[万千](?:人(?=[\u4e00-\u9fff]{{0,10}}率|拥有)|元(?=GDP|地区|国内|生产总值|产值|工业))|亿元(?=GDP|地区|国内|生产总值|工业增加值)
    |[{D}]{{1,2}}(?:\+[{D}]{{1,2}}){{0,4}}\+(?:[NXxn][+{D}NXxn]*|[{D}]{{1,2}}(?=模式|工程|体系|行动|机制|专项|[”"’」])|[{D}]+\s?[>＞]\s?[{D}]+)
    |[6-9][05]后(?=[\u4e00-\u9fff，。、]|$)|[01][05]后(?=[\u4e00-\u9fff])
    |[{D}]{{1,3}}[GDSKVA](?![A-Za-z{D}²³])(?=[^A-Za-z\s]|$)
    |(?<=[“"‘「])12[0-9]{{3}}(?=[\u4e00-\u9fff])
    |(?<=[“"‘「]){_MONTH}\.{_DAY}(?=[\u4e00-\u9fff]{{2,12}}日?[”"’」])
    |[12][0-9]{{3,5}}(?=[”"]?(?:政务|热线|举报|投诉|服务|便民|市民|平台|公共|消费|价格|医保|政府))
    |1(?:10|19|20|22)(?=[”"]?(?:指挥|接警|接处警|报警|热线|急救|警情|台|平台|联动|宣传|消防|、|电话))
    |[一二三四五六七八九十]{{1,2}}(?:小(?!时|時|组|型|学|区|微|水)|老(?!人|年|师|旧)|新(?!建|增|的|型|亮)|进(?!入|展|行|出|一)|清|严|查|联|定|包|乱|违|防(?!洪|汛|火|护|线)|同时|不放过|不误|必须|统一|到位|结合|覆盖|报告|提前|强化|优先|公(?!里|斤|顷|司|分|安|共|升|尺|寸|克|吨|亩|裏|布|告|示|开)|农|资|务|品|保(?!障|险|护|洁|安)|纪|史|股|讲|评|比|会(?!议)|委(?!员)|甲(?!级)|线城市|轮车|叉|脚|边形|维)
"""
_CLOSE = re.compile(r"""[^”"’」』》“‘「\n，。；]{1,14}?[”"’」』]""")
_AMOUNT_INSIDE = re.compile(rf"[{D}][{D}.,]*\s*(?:[%％‰万亿]|[个家件条项次人名户]?[”\"’」』])|[{D}]{{2,}}")
_RUN = re.compile(r"[〇零一二三四五六七八九十百千万亿两半]+|.")


def read(match: re.Match[str], where: Window) -> Numeral | None:
    text, start = where.text, match.start()
    if text[start] not in ARABIC_START:
        found = listed(match, where, "names.txt", "name")
        if found is not None:
            return found
    if match["word"] is not None and not (text[start] == "一" and match["word"][-1] in "新老小"):
        previous = text[start - 1] if start > where.start else ""
        if not (previous in "第" and previous) and not (previous.isdigit() or (previous in "." and previous)):
            return numeral(match, "name")
    # a short slogan in quotation marks that has a numeral in words: “四个意识”
    opening = max(text.rfind(mark, max(where.start, start - 8), start) for mark in "“‘「『")
    if opening >= 0 and not any(mark in text[opening:start] for mark in "”’」』，。；"):
        close = _CLOSE.match(text, start, where.end)
        if close is not None and not _AMOUNT_INSIDE.match(text, start, where.end) and text[start] not in ARABIC_START and text[start] != "零":
            last = _RUN.match(text, start).end()  # type: ignore[union-attr]
            return Numeral(span=Span(start, last), reason="name")
    return None


PATTERN = Pattern(name="name", rank=19, starts=ANY_START + "半", regex=rf"(?P<word>{_WORD})|[{HAN_START}半]", read=read)
