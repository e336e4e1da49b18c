"""What a document says of itself: its title, the body it comes from, the place, the year it reports on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex

from extract.types import About, Block

_BODY = (
    r"(?:人民政府|政府办公室|委员会办公室|委员会|管理委员会|领导小组办公室|指挥部办公室|指挥部|办公室|办事处|财政厅|管理局|工作局|[\p{IsHan}]{1,10}局|"
    r"[\p{IsHan}]{1,8}厅|[\p{IsHan}]{1,8}委|支队|总队|大队|中心|法院|检察院|学校|医院|集团|公司)"
)
_PLACE = regex.compile(r"(?:[\p{IsHan}]{2,4}(?:省|自治区))?(?:[\p{IsHan}]{2,4}?(?:市|州|盟|地区))?(?:[\p{IsHan}]{1,4}?(?:区|县|旗|市))?(?:[\p{IsHan}]{1,4}?(?:镇|乡|街道))?")
_NAMED = regex.compile(
    rf"(?:(?:填报|编报|报送|报告|申报|自评|评价)?(?:单位|部门)(?:名称)?|填报机关)\s*(?:[（(](?:盖章|公章)[）)])?\s*[：:\t]\s*(?P<body>[\p{{IsHan}}]{{2,20}}?{_BODY})"
)
_IN_TITLE = regex.compile(rf"(?P<body>[\p{{IsHan}}]{{2,20}}?{_BODY})(?=[\d二〇年关整部单绩工自财决预项交政文（(]|$)")
_GOVERNMENT = regex.compile(r"在(?P<place>[\p{IsHan}]{2,9}[省市县区旗州])第[\p{IsHan}]{1,4}届人民代表大会")
_YEAR = regex.compile(r"(?P<year>(?:19|20)\d\d)\s*年")
_FISCAL = regex.compile(r"(?P<year>(?:19|20)\d\d)\s*年?度")
_DATE = regex.compile(r"(?P<year>(?:19|20)\d\d)\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?")
_TITLE = regex.compile(r"(?:报告|总结|自评表|汇总表|说明|公报|通报|情况|方案|年报|决算|预算|白皮书|通知|意见)(?:[（(][^（）()]{1,12}[）)])?$")
_HEAD_BLOCKS = 14
_TAIL_BLOCKS = 12


def about(text: str, blocks: Sequence[Block]) -> About:
    """Title, organisation, region and year of the report, "" where the text does not say."""
    head = [text[b.span.start : b.span.end] for b in blocks[:_HEAD_BLOCKS]]
    tail = [text[b.span.start : b.span.end] for b in blocks[-_TAIL_BLOCKS:]]
    title = _title(head)
    org = _org(title, head, tail, text)
    return About(title=title, org=org, region=_region(org), year=_year(title, head, text))


def _title(head: Sequence[str]) -> str:
    for index, line in enumerate(head):
        line = line.lstrip("# ").strip()
        if len(line) <= 60 and _TITLE.search(line):
            above = head[index - 1].strip() if index else ""
            joined = above and len(above) <= 40 and not regex.search(r"[：:。，；）)\d]$|文件$|〔|第.*号", above) and not _TITLE.search(above)
            return f"{above}{line}" if joined else line
    return next((line.lstrip("# ").strip() for line in head if 4 <= len(line) <= 60 and not _DATE.fullmatch(line.strip())), "")


def _org(title: str, head: Sequence[str], tail: Sequence[str], text: str) -> str:
    named = _NAMED.search("\n".join(head))
    if named:
        return named["body"]
    match = _IN_TITLE.match(title)
    if match:
        return match["body"]
    for line, below in zip(tail, [*tail[1:], ""], strict=True):
        if len(line) <= 30 and regex.fullmatch(rf"[\p{{IsHan}}]{{2,20}}?{_BODY}", line.strip()) and (_DATE.fullmatch(below.strip()) or not below):
            return line.strip()
    government = _GOVERNMENT.search(text[:3000])
    return f"{government['place']}人民政府" if government else ""


def _region(org: str) -> str:
    match = _PLACE.match(org)
    place = match[0] if match else ""
    return place if len(place) < len(org) else ""


def _year(title: str, head: Sequence[str], text: str) -> str:
    for line in (title, *head):
        match = _FISCAL.search(line) or (_YEAR.search(line) if len(line) <= 60 and not _DATE.search(line) else None)
        if match:
            return match["year"]
    years = Counter(m["year"] for m in _YEAR.finditer(text[:200_000]))
    return years.most_common(1)[0][0] if years else ""
