"""What a document says of itself: its title, the body it comes from, the place, the year it reports on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import regex

from extract.types import About, Block

_BODY = (
    r"(?:人民政府|政府办公室|委员会办公室|领导小组办公室|指挥部办公室|委员会|指挥部|办公室|办事处|[\p{IsHan}]{1,10}局|"
    r"[\p{IsHan}]{1,8}厅|[\p{IsHan}]{1,8}委|支队|总队|大队|中心|法院|检察院|学校|医院|集团|公司)"
)
_PROVINCE = r"[\p{IsHan}]{2,4}(?:省|自治区)"
_CITY = r"[\p{IsHan}]{2,4}?(?:市(?!场)|州|盟|地区)"
_COUNTY = r"[\p{IsHan}]{1,4}?(?:区|县|旗|市(?!场))"
_TOWN = r"[\p{IsHan}]{1,4}?(?:镇|乡|街道)(?=人民政府|党委|政府|办事处|办)"
_PLACE = regex.compile(rf"(?P<province>{_PROVINCE})?(?P<city>{_CITY})?(?P<local>(?:{_COUNTY})?(?:{_TOWN})?)")
_NAMED = regex.compile(
    r"(?:(?:填报|编报|报送|报告|申报|自评|评价)?(?:单位|部门)(?:名称)?|填报机关)\s*(?:[（(](?:盖章|公章|签章)[）)])?\s*[：:\s]\s*"
    rf"(?P<body>[\p{{IsHan}}]{{2,20}}?{_BODY})"
)
_IN_TITLE = regex.compile(rf"(?P<body>[\p{{IsHan}}]{{2,20}}?{_BODY})(?=[\d二〇年关整部单绩工自财决预项交政文（(]|$)")
_IN_SENTENCE = regex.compile(rf"(?m)^(?P<body>[\p{{IsHan}}]{{2,16}}?{_BODY})(?=(?:19|20)\d\d年)")
_GOVERNMENT = regex.compile(r"在(?P<place>[\p{IsHan}]{2,9}[省市县区旗州])第[\p{IsHan}]{1,4}届人民代表大会")
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)\s*年")
_HAN_YEAR = re.compile(r"二[〇○零][〇○零一二三四五六七八九]{2}(?=年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_FISCAL = re.compile(r"(?P<year>(?:19|20)\d\d)\s*年?度")
_DATE = re.compile(r"(?P<year>(?:19|20)\d\d)\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?")
_TITLE = re.compile(
    r"(?:报告|总结|自评表|汇总表|情况表|统计表|说明|公报|通报|情况|方案|年报|决算|预算|白皮书|通知|意见)(?:\s*[（(][^（）()]{1,12}[）)])?$"
)
# The line above a title that is no first half of it: a label, a document number, a date.
_NO_TITLE = re.compile(r"[：:。，；）)\d月日]$|文件$|〔|第.*号")
_PLACE_IN_TEXT = regex.compile(r"[\p{IsHan}]{2,3}市(?P<place>(?![我本全各该县市区])[\p{IsHan}]{1,3}(?:区|县))")
_NUMBERED = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、．.](?!\d)")
HEAD_BLOCKS = 16
_TAIL_BLOCKS = 12
_SHORTEST_TITLE = 6
_READ_FOR_YEAR = 200_000
_READ_FOR_BODY = 4000


def about(text: str, blocks: Sequence[Block]) -> About:
    """Title, organisation, region and year of the report, "" where the text does not say."""
    head = [text[b.span.start : b.span.end] for b in blocks[:HEAD_BLOCKS]]
    tail = [text[b.span.start : b.span.end] for b in blocks[-_TAIL_BLOCKS:]]
    title = _title(head)
    org = _org(title, head, tail, text)
    region = _region(org or title) or ("" if org else _most_named(text))
    return About(title=title, org=org, region=region, year=_year(title, head, text))


def _most_named(text: str) -> str:
    """The district that the text names most often behind its city, if twice at least."""
    named = Counter(match["place"] for match in _PLACE_IN_TEXT.finditer(text[:_READ_FOR_YEAR])).most_common(1)
    return named[0][0] if named and named[0][1] > 1 else ""


def _title(head: Sequence[str]) -> str:
    above = ""
    for line in head:
        line = line.lstrip("# ").strip()
        if _SHORTEST_TITLE <= len(line) <= 60 and _TITLE.search(line) and not _NUMBERED.match(line):
            joined = _SHORTEST_TITLE <= len(above) <= 40 and not _NO_TITLE.search(above) and not _TITLE.search(above)
            return f"{above}{line}" if joined else line
        above = line
    for line in head:
        line = line.lstrip("# ").strip()
        if _SHORTEST_TITLE <= len(line) <= 60 and not _NUMBERED.match(line) and not re.search(r"\d日?$|[：:]$|[。；]", line):
            return line
    return ""


def _org(title: str, head: Sequence[str], tail: Sequence[str], text: str) -> str:
    named = _NAMED.search("\n".join(head))
    if named:
        return str(named["body"])
    match = _IN_TITLE.match(re.sub(r"\s", "", title))
    if match:
        return str(match["body"])
    for line, below in zip(tail, [*tail[1:], ""], strict=False):
        if len(line) <= 30 and (not below or _DATE.fullmatch(below.strip())) and regex.fullmatch(rf"[\p{{IsHan}}]{{2,20}}?{_BODY}", line.strip()):
            return line.strip()
    government = _GOVERNMENT.search(text[:_READ_FOR_BODY])
    if government:
        return f"{government['place']}人民政府"
    said = _IN_SENTENCE.search(text[:_READ_FOR_BODY])
    return str(said["body"]) if said else ""


def _region(name: str) -> str:
    """The place that a body's name or a title starts with, without the cities and provinces above a county."""
    name = name.removeprefix("关于")
    match = _PLACE.match(name)
    if not match or len(match[0]) == len(name) or re.match(r"[我本全各该]", name):
        return ""
    return next((match[group] for group in ("local", "city", "province") if match[group]), "")


def _year(title: str, head: Sequence[str], text: str) -> str:
    for line in (_HAN_YEAR.sub(lambda found: found[0].translate(_DIGITS), title), *head):
        match = _FISCAL.search(line) or (_YEAR.search(line) if len(line) <= 60 and not _DATE.search(line) else None)
        if match:
            return str(match["year"])
    years = Counter(m["year"] for m in _YEAR.finditer(text[:_READ_FOR_YEAR]))
    if not years:
        return ""
    year, count = max(years.items(), key=lambda item: (item[1], item[0]))
    # A single year far from the head may be any year the text happens to name.
    dated = next((m["year"] for line in head for m in [_DATE.search(line)] if m), "")
    return year if count > 1 else dated
