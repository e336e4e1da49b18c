"""Words that divide a whole: parts so named are all of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

OTHERS = re.compile(r"其他|其它|其余|余下")
PAIRS = (
    ("行政", "事业"),
    ("地上", "地下"),
    ("基本支出", "项目支出"),
    ("人员经费", "公用经费"),
    ("城镇", "农村"),
    ("城市", "农村"),
    ("男", "女"),
    ("上半年", "下半年"),
    ("自然人", "法人"),
    ("工程", "服务"),
    ("财政拨款", "其他"),
    ("线上", "线下"),
    ("集中", "分散"),
    ("一般隐患", "重大隐患"),
    ("一般隐患", "重大事故隐患"),
    ("维持", "撤销"),
    ("国有", "民营"),
    ("新建", "续建"),
    ("续建", "新开工"),
    ("中央", "地方"),
    ("公开", "不予公开"),
    ("税收", "非税"),
    ("单位", "个人"),
    ("优秀", "合格"),
    ("合格", "不合格"),
    ("投入", "产出"),
    ("产出", "效益"),
    ("产出", "效果"),
    ("投入", "效益"),
    ("投入", "效果"),
    ("过程", "效益"),
    ("过程", "效果"),
    ("决策", "效益"),
    ("决策", "效果"),
    ("达标", "未达标"),
    ("已完成", "正在"),
    ("已经完成", "正在"),
    ("“优”", "“不合格”"),
    ("“优”", "“差”"),
    ("“优”", "“中”"),
    ("已整改", "未整改"),
    ("在职", "退休"),
    ("一般级别", "以下"),
    ("境内", "境外"),
    ("进口", "出口"),
    ("首套", "二套"),
    ("外贸", "内贸"),
    ("归母", "少数股东"),
    ("期缴", "趸缴"),
    ("重箱", "空箱"),
    ("旧存", "新收"),
    ("结案", "未结"),
    ("第一产业", "第三产业"),
)
"""A list that names both ends names all of it."""
LEANING = (
    ("上级", "县级"),
    ("上级", "市级"),
    ("上级", "区级"),
    ("上级", "本级"),
    ("综合演练", "现场处置"),
    ("综合应急预案", "现场处置"),
    ("产业", "民生"),
    ("刑事", "党纪"),
    ("刑事", "政务处分"),
    ("党纪政务处分", "批评教育"),
    ("一般", "重大"),
    ("一般", "较大"),
    ("“优”", "“良”"),
    ("发明", "外观设计"),
    ("机动车", "非机动车"),
    ("死亡", "轻伤"),
    ("重伤", "轻伤"),
    ("特级", "三级"),
    ("一等", "三等"),
    ("公务用车", "公务接待"),
    ("公务接待", "公务用车"),
    ("夏粮", "秋粮"),
    ("制定", "修订"),
    ("缴费", "领取"),
    ("结案", "在办"),
    ("竣工", "在建"),
    ("专业技术", "工勤"),
    ("卫生技术", "工勤"),
    ("门诊", "住院"),
    ("明漏", "暗漏"),
    ("户籍", "流动"),
)
"""A list that names both ends mostly names all of it: enough where one slip of the pen explains what is missing."""
_OPPOSITES = frozenset(map(frozenset, ("东西", "南北", "内外", "上下", "新旧", "大小", "城乡", "男女", "公私", "前后", "左右", "水旱", "雨污")))
_NOT = "非"
_DOWN_TO = re.compile(r"及以下[^，。；、]{0,4}$")
_KIND = re.compile(r"(?:类|型|级)[^，。；、]{0,4}$")


def class_of(label: str) -> str:
    """The word that makes a name one of a classification: 产业类, 省级, 小型; "" where none does."""
    match = _KIND.search(label)
    return match[0][0] if match else ""


def ends(labels: Sequence[str]) -> bool:
    """Whether the last name says that there are no further parts: 其他, or the lowest class (二级及以下)."""
    if OTHERS.search(labels[-1]):
        return True
    return len(labels) > 2 and _DOWN_TO.search(labels[-1]) is not None and not any(map(_DOWN_TO.search, labels[:-1]))


def divide(labels: Sequence[str]) -> bool:
    """Whether the names of parts show that they are all of the whole: 行政 and 事业, a last one called 其他, three of one class or down to
    the lowest (二级及以下), one and what is not (居民, 非居民)."""
    if ends(labels):
        return True
    if len(labels) == 2 and len(labels[0]) > 1 and labels[1] == _NOT + labels[0]:
        return True
    if len(labels) > 2 and len({class_of(label) for label in labels}) == 1 and class_of(labels[0]):
        return True
    first, last = labels[0], labels[-1]
    return any((a in first and b in last) or (b in first and a in last and b not in a) for a, b in PAIRS)


def lean(labels: Sequence[str]) -> bool:
    """Whether the names of parts mostly are all of the whole: both ends of a scale, or two that differ in one opposite (河东, 河西)."""
    first, last = labels[0], labels[-1]
    if len(labels) == 2 and len(first) == len(last):
        apart = [frozenset(pair) for pair in zip(first, last, strict=True) if pair[0] != pair[1]]
        if len(apart) == 1 and apart[0] in _OPPOSITES:
            return True
    return any((a in first and b in last) or (b in first and a in last and b not in a) for a, b in LEANING)
