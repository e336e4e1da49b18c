"""An article of a law: 第二十七条, 第三十二条第一款, 第(五)项, 第10条.

Why: it points at a rule and counts nothing.
Example: 违反《安全生产法》第二十七条第一款 → law_article.
Left alone: 第三次, 第二批 and other ordinals; 5条建议.
Source: Legislation Law of the PRC, article 65: laws are divided into 编 章 节 条 款 项 目.
"""

from __future__ import annotations

from extract.knowledge import Pattern
from extract.patterns._grammar import ARABIC_START, HAN_START, D, because

_N = rf"[（(]?(?:[{D}]{{1,4}}|[〇零一二三四五六七八九十百千]{{1,7}})[)）]?"
PATTERN = Pattern(
    name="law_article",
    rank=26,
    starts=ARABIC_START + HAN_START,
    needs="条款目项",
    regex=rf"""
    (?<=第){_N}\ ?(?:条(?!线|生产线|高速|地铁)(?:之[一二三四五六七八九十])?|款|目)(?:[、和至到及或]?第?{_N}\ ?[条款项目]){{0,8}}
    |(?<=第[（(]){_N}\ ?项
    """,
    read=because("law_article"),
)
