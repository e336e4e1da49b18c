"""The number of a document or an order: 云财绩〔2023〕11号, 国发[2021]5号, 国务院493号令, 2023年第4号公告.

Why: it names a paper; year and number in it are no figures.
Example: 《关于…的通知》（府办〔2022〕18号） → 2022 and 18 are one document number.
Left alone: years in round brackets with nothing behind them (（2022）).
Source: Regulations on Handling Official Documents of Party and Government Organs (2012), article 9, on 发文字号.
"""

from __future__ import annotations

from extract.knowledge import Pattern
from extract.patterns._grammar import ARABIC_START, D, because

PATTERN = Pattern(
    name="document_number",
    rank=12,
    starts=ARABIC_START,
    needs="〕]］】）)﹞号风",
    regex=rf"""
    (?<=[〔\[［【（(﹝])[{D}]{{4}}[〕\]］】）)﹞]\s?(?:第\s?)?[{D}]+\s?[-－—至、]?[{D}]*\s?号
    |[{D}]{{4}}[〕\]﹞]
    |[{D}]{{1,5}}\s?号(?:令|文|通报|公告|通知|文件|决定|提案|建议|议案|案|批复|公报)
    |(?<=台风)[{D}]{{4}}
    """,
    read=because("document_number"),
)
