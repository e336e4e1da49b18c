"""The damage that pages and scans do to running text, and how it is repaired: one named function for each kind.

Two steps. :func:`paragraphs` decides on whole lines which of them a page broke, and which are page furniture.
:func:`tidy` then looks inside one block: spaces that typesetting put in, and full-width characters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from extract.layout import CELL_BREAK
from extract.mapped import Edit
from extract.types import Span

_HAN_NUMBER = "[一二三四五六七八九十百零〇]"
# A line that opens a paragraph of its own by its shape. "一、二、三产业", "3、6、9月" and "1.35万" continue a sentence.
OPENER = re.compile(
    rf"""(?:
      第{_HAN_NUMBER}{{1,4}}(?:部分|[编篇章节条])
    | {_HAN_NUMBER}{{1,3}}(?:、(?!{_HAN_NUMBER}+、)|[．.])
    | [（(]{_HAN_NUMBER}{{1,3}}[）)](?![、，。；])
    | \d{{1,2}}(?:、(?!\d)|[．.](?!\d)|[)）](?![、，。；]))
    | [（(]\d{{1,2}}[）)](?![、，。；])
    | [①-⑳⑴-⒇]
    | \#{{1,6}}[ ]
    | [-*+•·●■◆□★▲>＞\uf020-\uf0ff][ ]
    | [注附][：:]
    )""",
    re.VERBOSE,
)
# "一是 …" opens a paragraph only after a finished sentence: a page breaks before it inside a paragraph too.
_LIST_WORD = re.compile(rf"(?:{_HAN_NUMBER}{{1,3}}是|第{_HAN_NUMBER}{{1,2}}[，,]|其[一二三四五六七八九][，,])")
_CLOSED = re.compile(r"[。！？!?；;：:…][”’」）)》]*$")
_OPEN_END = re.compile(r"[、，,（(《“‘「—/～~＋+－-]$")
_NEVER_FIRST = re.compile(r"[，。、；：！？）》”’」%％‰,;!?)]")
_BRACKET_OPEN = re.compile(r"[（(][^（）()]{1,20}$")
_BRACKET_CLOSED = re.compile(r"[^（）()]{1,20}[）)]")
_INNER_MARK = re.compile(r"[，。；、]")
_DIGIT_END = re.compile(r"[0-9０-９][,.，．]?$")
_POINT_END = re.compile(r"[0-9０-９][,.．]$")
_DIGIT_START = re.compile(r"[0-9０-９]")
_UNIT_START = re.compile(
    r"[百千万亿]?(?:万|亿|元|%|％|‰|个|起|人|家|吨|项|件|条|次|户|名|处|台|套|辆|艘|艇|年|月|日|天|小时|分|公里|千米|米|平方|立方|公顷|亩|"
    r"场|期|批|份|册|张|部|支|只|头|座|所|栋|间|宗|例|种|类|倍|成|余|多)"
)
_LETTER_START = re.compile(r"[A-Za-z]")
_LETTER_END = re.compile(r"[A-Za-z,;]$")
# What stands on a line of its own and takes no part in joining.
_ALONE = re.compile(
    r"""(?:
      [附]?[表图]\s*[0-9０-９一二三四五六七八九十]{1,3}(?![0-9.，。、；])
    | [（(]?(?:金额)?单\s*位\s*[：:]
    | !?\[[^\]]*\]\(
    | (?:\S\s+){4,}\S$
    | [^，。；]{1,12}[：:]$
    )""",
    re.VERBOSE,
)
_PAGE_NUMBER = re.compile(
    r"""(?:
      [-－—–―·•]+[ \u3000]*[0-9０-９]{1,4}[ \u3000]*[-－—–―·•]+
    | 第[ ]*[0-9０-９一二三四五六七八九十]{1,4}[ ]*页(?:[ ，,/]*共[ ]*[0-9０-９一二三四五六七八九十]{1,4}[ ]*页)?
    | [0-9]{1,4}[ ]*/[ ]*[0-9]{1,4}
    | [Pp]age[ ]*[0-9]{1,4}(?:[ ]*of[ ]*[0-9]{1,4})?
    )""",
    re.VERBOSE,
)
_BARE_NUMBER = re.compile(r"[0-9]{1,3}")
_RULE = re.compile(
    r"[\s|+:]*+(?:-{2,}+|={3,}+|_{3,}+|\*{3,}+|—{3,}+|─{2,}+)(?:[\s|+:]|-{2,}+|={3,}+|_{3,}+|—{3,}+|─{2,}+)*+"
    r"|(?=[^:]*:)[\s|]*:?-+:?(?:[\s|]+:?-+:?)+[\s|]*"  # the delimiter row of a Markdown table: :-:|:-
)

# A page is at most this wide (landscape, small print); longer lines are paragraphs that no page broke.
_WIDEST_PAGE = 180
_NARROWEST_PAGE = 28
# The least lines of a page.
_PAGE_LINES = 15
# Lines of one page end within this many columns of each other: a character and a mark that may not start a line.
_SLACK = 8
# The least share of the longer lines that must end near one column for it to be the edge of the page.
_EDGE_SHARE = 0.35
# The least number of lines from which an edge can be told.
_EDGE_LINES = 3
# A line that runs to this part of the page and has marks inside is running text, not a heading.
_RUNNING_SHARE = 0.55
# In a text that no page broke, a line must be this long before its open end counts as cut by a page.
_CUT_LENGTH = 80
# … and a numbered item this long.
_CUT_ITEM = 60
_REGION = 400
_LOST_LINE_ENDS = 400
# An indent of less is a slip.
_INDENT_COLUMNS = 2
_INDENT = "\u3000\u3000"
_INDENTED = re.compile(rf"(?:(?!{_INDENT}|\s).(?:(?!{_INDENT}).)*)(?<!\s)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands: its text without outer spaces, how far it is indented, how many empty lines stand before it, and the
    column at which it ends in print, if that is known."""

    span: Span
    text: str
    indent: int
    gap: int
    printed: int = 0

    @property
    def width(self) -> int:
        """Columns from the margin to the end: two for a Chinese character, one for a Latin one."""
        return self.printed or self.indent + len(self.text.encode("gb18030", "replace"))


def lines_in(text: str, start: int, end: int) -> list[Line]:
    """The lines of ``text[start:end]`` that are not empty. A line far longer than a page is wide is a text that lost its line
    ends: it is parted where an indent of two full-width spaces opens a paragraph."""
    found: list[Line] = []
    gap = 0
    at = start
    for raw in text[start:end].split("\n"):
        bare = raw.strip()
        if not bare:
            gap += 1
        else:
            left = len(raw) - len(raw.lstrip())
            indent = sum(2 if c == "\u3000" else 4 if c == "\t" else 1 for c in raw[:left]) if left else 0
            place = at + left
            if len(bare) > _LOST_LINE_ENDS and _INDENT in bare:
                for match in _INDENTED.finditer(bare):
                    found.append(Line(Span(place + match.start(), place + match.end()), match[0], indent, gap))
                    indent, gap = 2 * len(_INDENT), 0
            else:
                found.append(Line(Span(place, place + len(bare)), bare, indent, gap))
            gap = 0
        at += len(raw) + 1
    return found


def is_rule(text: str) -> bool:
    """Whether a line only underlines: ``----``, ``----\\t---``."""
    return _RULE.fullmatch(text) is not None


def is_page_number(text: str) -> bool:
    """Whether a line holds nothing but what may be the number of a page: 3, - 3 -, 第3页 共9页."""
    return _PAGE_NUMBER.fullmatch(text) is not None or _BARE_NUMBER.fullmatch(text) is not None


def furniture(lines: Sequence[Line]) -> frozenset[int]:
    """Indices of the lines that belong to the page and not to the text: page numbers in marks, ``第3页 共9页``, underlines,
    and bare numbers that count upwards, apart or a page from each other, or stand inside a sentence that a page broke."""
    found = {i for i, line in enumerate(lines) if _PAGE_NUMBER.fullmatch(line.text) or is_rule(line.text)}
    bare = [i for i, line in enumerate(lines) if _BARE_NUMBER.fullmatch(line.text)]
    counting = {i for a, b in pairwise(bare) if int(lines[b].text) == int(lines[a].text) + 1 and b > a + 1 for i in (a, b)}
    apart = {i for a, b in pairwise(bare) if {a, b} <= counting and _is_page(lines[a + 1 : b]) for i in (a, b)}
    for i in bare:
        inside = 0 < i < len(lines) - 1 and lines[i].gap and lines[i + 1].gap and _cut(lines[i - 1], lines[i + 1])
        if inside or i in apart or (i in counting and (lines[i].gap or i + 1 == len(lines) or lines[i + 1].gap)):
            found.add(i)
    return frozenset(found)


def _is_page(lines: Sequence[Line]) -> bool:
    """Whether these lines fill a page with running text, so that the bare numbers around them are those of pages."""
    return len(lines) >= _PAGE_LINES and 2 * sum(line.width >= _NARROWEST_PAGE for line in lines) > len(lines)


def _cut(before: Line, after: Line) -> bool:
    return before.width >= _CUT_LENGTH and not _CLOSED.search(before.text) and not OPENER.match(after.text)


def page_edge(lines: Sequence[Line]) -> int:
    """The column at which a page broke these lines, or 0 where no page did.

    Most of the longer lines end near it, and two of them at least inside a sentence.
    """
    long = [(width, line) for line in lines if (width := line.width) >= _NARROWEST_PAGE]
    counts = Counter(width for width, _ in long)
    near = {edge: sum(counts[w] for w in range(edge - _SLACK, edge + 1)) for edge in counts if edge <= _WIDEST_PAGE}
    if not near:
        return 0
    edge = max(near, key=lambda w: (near[w], w))
    beyond = sum(n for w, n in counts.items() if w > edge + _SLACK)
    if near[edge] < max(_EDGE_LINES, _EDGE_SHARE * len(long)) or beyond > 0.1 * len(long):
        return 0
    broken = 0
    for width, line in long:
        broken += edge - _SLACK <= width <= edge and not _CLOSED.search(line.text) and _INNER_MARK.search(line.text) is not None
        if broken > 1:
            return edge
    return 0


def paragraphs(lines: Sequence[Line], dropped: frozenset[int]) -> Iterator[list[Span]]:
    """The lines of each paragraph, in order: one span where no page broke it. ``dropped`` are the lines of page furniture."""
    kept = [i for i in range(len(lines)) if i not in dropped]
    paragraph: list[Span] = []
    for first in range(0, len(kept), _REGION):
        region = [lines[i] for i in kept[first : first + _REGION]]
        edge = page_edge(region)
        margins = _indents_mark_paragraphs(region)
        for index in range(first, min(first + _REGION, len(kept))):
            line = lines[kept[index]]
            if paragraph and continues(lines[kept[index - 1]], line, edge=edge, indents=margins, running=len(paragraph) > 1):
                paragraph.append(line.span)
                continue
            if paragraph:
                yield paragraph
            paragraph = [line.span]
    if paragraph:
        yield paragraph


def _indents_mark_paragraphs(lines: Sequence[Line]) -> bool:
    """Whether an indent opens a paragraph here: some lines have one and some have none."""
    indented = sum(line.indent >= _INDENT_COLUMNS for line in lines)
    return 0 < indented <= 0.8 * len(lines) or indented == len(lines) == 1


def continues(before: Line, after: Line, *, edge: int, indents: bool, running: bool = False) -> bool:
    """Whether ``after`` goes on in the sentence or paragraph of ``before``, which a page broke.

    ``edge`` is the column at which the page breaks lines (0: it does not), ``indents`` whether an indent opens a
    paragraph, ``running`` whether ``before`` itself goes on from a line above.
    """
    a, b = before.text, after.text
    if edge and _BRACKET_OPEN.search(a) and _BRACKET_CLOSED.match(b):
        return True
    if _ALONE.match(b) or _ALONE.match(a) or b.startswith("#") or a.startswith("#"):
        return False
    opener = OPENER.match(a)
    inner = running or _LIST_WORD.match(a) is not None or _INNER_MARK.search(a, opener.end() if opener else 0) is not None
    if inner and broken_number(a, b):
        return True
    open_end = _OPEN_END.search(a) is not None
    if OPENER.match(b) and not open_end:
        return False
    if indents and after.indent >= _INDENT_COLUMNS and not _hanging(before, after, running=running):
        return False
    if _NEVER_FIRST.match(b):
        return True
    closed = _CLOSED.search(a) is not None
    if _LIST_WORD.match(b) and (closed or (OPENER.match(a) and "。" not in a)):
        return False
    if not edge:
        return not closed and inner and before.width >= (_CUT_ITEM if opener else _CUT_LENGTH)
    needed = before.width + _first_word(b)
    full = needed > edge - _SLACK // 2 or before.width >= edge - _SLACK
    if closed:
        return full and after.gap <= before.gap + 1 and before.width <= edge + _SLACK
    if opener and not running and "。" not in a:
        # A heading, unless the line is so full that the next word had no room.
        return needed > edge - _SLACK // 2
    if full or (open_end and not _LIST_WORD.match(b)):
        return True
    return inner and before.width >= _RUNNING_SHARE * edge


def _hanging(before: Line, after: Line, *, running: bool) -> bool:
    """Whether ``after`` stands under the words of a numbered paragraph, whose first line or a later one ``before`` is."""
    if OPENER.match(before.text):
        return after.indent > before.indent >= _INDENT_COLUMNS
    return running and after.indent == before.indent


_WORD = regex.compile(r"(?:[0-9A-Za-z.,%％+-]+[\p{IsHan}]?|[（(《“][^（()）《》“”]{0,8}[）)》”]|.)[，。、；：！？）》”]?")


def _first_word(text: str) -> int:
    """How many columns the start of a line needs: a number, a word in brackets or a character is not broken, and takes a mark along."""
    match = _WORD.match(text)
    return len(match[0].encode("gb18030", "replace")) if match else 0


def broken_number(a: str, b: str) -> bool:
    """Whether a page broke a number, or parted a number from its unit, between ``a``, a line of running text, and ``b``."""
    if not _DIGIT_END.search(a):
        return False
    if _DIGIT_START.match(b):
        return _POINT_END.search(a) is not None or not OPENER.match(b)
    return _POINT_END.search(a) is None and _UNIT_START.match(b) is not None


def glue(a: str, b: str) -> str:
    """What stands between two joined lines: a space between Latin words, else nothing."""
    return " " if _LETTER_END.search(a) and _LETTER_START.match(b) else ""


# ── inside one block ────────────────────────────────────────────────────────────────────────────────────────────────

_SPACES = r"[ \u00a0\u2002-\u200a\u202f\u205f\u3000]"
_HAN = r"[\p{IsHan}〇]"
_MARK = r"[，。、；：！？（）《》“”‘’「」【】〔〕％℃…—]"
_SPACED = regex.compile(
    rf"""
      (?<=[0-9０-９.,，．%％])(?P<unit>{_SPACES})(?={_HAN}|{_MARK}|[%‰])     # 36.4 吨
    | (?<={_HAN}|{_MARK})(?P<number>{_SPACES})(?=(?:[≥≤±][ ]?)?[0-9０-９])       # 达 36.4
    | (?<=[≥≤＞＜<>＝=±])(?P<sign>{_SPACES})(?=[0-9０-９])                   # ≥ 95%
    | (?<=[，。、；：！？（《“‘「【])(?P<after>{_SPACES}+)(?={_HAN}|{_MARK}|[A-Za-z0-9(])     # 其中： 财政拨款
    | (?<=[）》”’」】％℃…—])(?P<closed>{_SPACES})(?={_HAN}|{_MARK}|[A-Za-z0-9(])          # （类） 事务
    | (?<={_HAN}|[0-9A-Za-z)])(?P<before>{_SPACES}+)(?={_MARK})              # 抽查 。
    | (?<={_HAN})(?P<letters>{_SPACES})(?={_HAN})                            # 紧 急灾情
    """,
    regex.VERBOSE,
)
_PARTED = re.compile(r"[0-9][ \u00a0\u2009\u202f][0-9]")
"""Digits with one space between them: most texts have none."""
_SPREAD_NUMBER = regex.compile(rf"(?<![0-9.,，．%][ ]?)[0-9](?:[ ][0-9])+(?![0-9.,%]|[ ][0-9])(?=[ ]?{_HAN})")
# Digits in groups of three set apart by spaces (GB/T 15835-2011, 5.1.1); 表2 186家 and 项目1 200万元 are labelled numbers.
_GROUP_SPACE = r"[ \u00a0\u2009\u202f]"
_GROUPED = regex.compile(
    rf"""
      (?<={_HAN}|[，、：；（“])(?<![第表图附注款条期号目项案段件标组栋楼线路版])[1-9][0-9]{{0,2}}(?:{_GROUP_SPACE}[0-9]{{3}})+(?=(?:\.[0-9]+)?(?:{_UNIT_START.pattern}|[，。、；：）（”*—]))
    | (?<![^\t\n])[1-9][0-9]{{0,2}}(?:{_GROUP_SPACE}[0-9]{{3}})+(?=(?:\.[0-9]+)?(?![^\t\n]))      # a cell of its own
    """,
    regex.VERBOSE,
)
_SPREAD_LABEL = regex.compile(rf"[（(]?{_HAN}(?:{_SPACES}+{_HAN}){{1,5}}[）)]?")
_SENTENCE_MARK = re.compile(r"[，。；、]")
_HAS_SPACE = re.compile(rf"{_SPACES}|{CELL_BREAK}")
_BREAKS = re.compile(rf"(?<!{_SPACES}){_SPACES}*+{CELL_BREAK}(?:{_SPACES}|{CELL_BREAK})*")

_NARROW = {c: c - 0xFEE0 for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05)}
_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ％][０-９Ａ-Ｚａ-ｚ％]*")
_WIDE_POINT = re.compile(r"(?<=[0-9])．(?=[0-9])")
_WIDE_COMMA = re.compile(r"[0-9](?<![0-9.,，].)[0-9]{0,2}(?:，[0-9]{3})+(?![0-9，])")


def narrowed(text: str) -> str:
    """The text, of the same length, with full-width digits, Latin letters and ％ narrow, and ．and ， too inside a number."""
    text = _WIDE.sub(lambda m: m[0].translate(_NARROW), text)
    if "．" in text:
        text = _WIDE_POINT.sub(".", text)
    return _WIDE_COMMA.sub(lambda m: m[0].replace("，", ","), text) if "，" in text else text


def tidy(text: str, at: int, *, cell: bool = False) -> list[Edit]:
    """The edits that take typesetting's spaces out of one block; ``at`` is where it starts in the text to edit.

    A single space beside a digit, a mark or between Chinese characters goes. It stays where it parts columns (two spaces
    or more) and where it is the only punctuation of a headline (both sides longer than a character, no mark in the
    block, no ``cell``: narrow cells break their words over lines). The letters of 合  计 and the digits of ``2 6 个``
    close up, and so do the thousands of ``18 426万元``. A break inside a cell becomes one space after a word and nothing after a mark.
    """
    if not _HAS_SPACE.search(text):
        return []
    if _SPREAD_LABEL.fullmatch(text):
        return [(at + i, at + i + 1, "") for i, c in enumerate(text) if c.isspace()]
    prose = cell or _SENTENCE_MARK.search(text) is not None
    edits: dict[int, Edit] = {}
    for match in _BREAKS.finditer(text):
        start, end = match.span()
        mark = start == 0 or end == len(text) or re.match(_MARK, text[start - 1]) is not None
        edits[start] = (at + start, at + end, "" if mark else " ")
    if _PARTED.search(text):
        for match in _SPREAD_NUMBER.finditer(text):
            for i in range(match.start() + 1, match.end(), 2):
                edits.setdefault(i, (at + i, at + i + 1, ""))
        for match in _GROUPED.finditer(text):
            for i in range(match.end() - 4, match.start(), -4):
                edits.setdefault(i, (at + i, at + i + 1, ""))
    for match in _SPACED.finditer(text):
        if match["letters"] is not None and not prose and not _spread_here(text, match.start()):
            continue
        edits.setdefault(match.start(), (at + match.start(), at + match.end(), ""))
    return _in_order(edits)


def _spread_here(text: str, space: int) -> bool:
    """Whether the space at ``space`` stands between letters set apart: a space on the other side of a neighbour too."""
    return (space < 2 or text[space - 2].isspace()) or (space + 2 >= len(text) or text[space + 2].isspace())


def _in_order(edits: dict[int, Edit]) -> list[Edit]:
    ordered: list[Edit] = []
    for start in sorted(edits):
        if not ordered or edits[start][0] >= ordered[-1][1]:
            ordered.append(edits[start])
    return ordered
