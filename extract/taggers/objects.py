"""Marks the words before and after each quantity that may name what it measures.

Why: Chinese reports put the name before the number (检查企业12.37万家次) or after it (7个镇), and the choice needs
both candidates.

Example: 推动7个镇 → "before" 推动 (a verb only, score 0.5) and "after" 镇 (a noun, score 1).

Left alone: adverbs, light verbs, conjunctions and words for the document's own area (共, 已, 全区) are trimmed off
both ends; a candidate of nothing else is none.

Source: observed in reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set

from extract.knowledge import Tagger
from extract.types import Document, Quantified, Span, Tag, Token

# A candidate longer than this is a sentence, not a name; the words nearest the number are kept.
LONGEST_BEFORE = 40
LONGEST_AFTER = 24
NOUN = 1.0
VERB_ONLY = 0.5

_STOPS = frozenset("，,。；;！!？?\n\t")
_COLON = frozenset("：:∶")
_OPENING = {"（": "）", "(": ")", "《": "》", "“": "”", "「": "」", "[": "]", "【": "】"}
_BRACKETS_OPEN = frozenset("（(【[")
_CLOSING = {closing: opening for opening, closing in _OPENING.items()}
_TRIMMED_BEFORE = frozenset({"filler", "scope", "sum", "compare", "of_which", "each", "plan", "share"})
_TRIMMED_AFTER = frozenset({"filler", "sum", "reach", "rise", "fall", "compare", "each", "of_which", "full_score"})
# 过程满分30分，得28分: the verb names nothing, while 综合得分 does.
_BARE_VERBS = frozenset({"得", "占", "占到", "约占", "转为", "转", "翻"})
# A name after the number may not begin with these; other cue words there are passed over (500场次新《条例》的宣讲).
_NO_NAME_AFTER = frozenset({"sum", "total", "reach", "rise", "fall", "compare", "each", "share", "of_which", "plan"})
_JOINERS = frozenset("、和与及") | {"以及", "或", "或者", "并"}
# Words for a time at either end of a candidate: 2023年度…, …由上年, 比2005年.
_YEAR = r"(?:19|20)\d{2}年?(?:度|末|底|初)?"
_TIME = re.compile(
    rf"前?(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})个月|(?:比|较|与)(?:{_YEAR}|上年|去年|上一年|年初)?(?:年初)?(?:预算|决算|计划|目标)数?(?:相比)?(?:的|，|,)?"
    rf"|(?:比|较|与|由|从|在|至|到)?(?:{_YEAR}|\d{{1,2}}[至到—－–~～-]\d{{1,2}}月(?:份)?|今年|本年(?![收支度])|\d{{1,2}}月(?:份|\d{{1,2}}日|[末底初])?|上年[末底]|上年度?+(?!结|收)|去年|上一年度?+|本年度?+(?!收|支)|(?<=本)年度(?!收|支)|年初(?!预|结|存|余)|上[季月]|(?<=[本上])季度|同期|以来|之前|当前)+"
    r"(?:同期)?(?:相比)?(?:的|，|,)?"
)
_TIME_AT_END = re.compile(
    rf"(?:由|从|比|较|与)?(?:{_YEAR}|上年|去年|上一年|年初|上年末|上个?月|[上一二三四]季度|上半年|同期|以来|当前"
    r"|(?<=[高低大小多少])(?:为|是|在|出现在)\d{1,2}月\d{1,2}日)+(?:同期)?(?:相比)?(?:的)?$"
)
# 2025年|底前建成水厂: what a date leaves behind.
_DUE = re.compile(r"[底末]?前[，,]?|时间(?:内|里)?(?=..)")
# What a time leaves behind where its second half was cut off: 上年末.
_LEFT = frozenset({"上", "去", "前", "本"})
_DATED = frozenset("年月日底末")
# 较3年前, 比上一届: what the number is compared with names nothing.
_COMPARED = re.compile(
    r"(?:较(?![大多重高低为])|比(?![重例率赛值较]))[^，,。；;]{1,14}$|[按以]?(?:不变|可比|现行|当年)(?:价格?(?:口径)?|口径)(?:计算)?$|按[^，,。；;]{1,12}计算$"
)
# 二是对欠税列单催缴: the number of a point in a list.
_POINT = re.compile(r"[一二三四五六七八九十]{1,2}(?:是(?:对|把|将)?|要)(?=..)")
_LAST_FROM = re.compile(r"(?:由|从)$")
_MARKS_AT_END = frozenset("、：:（( -—－·~～＝=>≥≤∶/／“‘「") | _BARE_VERBS | {"优于", "好于", "不及", "力争", "争取", "确保", "预计"}
# Conjunctions, prepositions, adverbs and pronouns at the ends of a candidate; negations change what is counted.
_LINKING = frozenset({"c", "p", "d", "r", "u", "y", "uj", "ul"})
_RANKED = re.compile(r"[一二两三四五六七八九十0-9]+(?:[名位强批]|$)")
# 三项与土地直接相关: what follows is no name.
_WITH = frozenset({"与", "同", "跟"})
_NAMELESS = _WITH | _BRACKETS_OPEN | {"", "/", "／"}
# 生师比18:1, 城乡收入比2.03: here 比 ends a name; 临港所11件: and so does 所.
_RATIO = "比"
_OFFICE = "所"
# 逾期94件 is named by it, 逾期违约金 by what follows.
_LATE = "逾期"
# A paragraph begins with the number of a point, or with its subject in brackets: 1.完成, （2）质量指标, 【医疗】门急诊.
_LABEL = re.compile(
    r"^[ 　]*(?:\d{1,2}[.．、](?!\d)|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]|【[^】\n]{1,12}(?<![区县市镇乡村街道局院所厂司校队部科])】)",
    re.MULTILINE,
)
_HEADS_ALONE = frozenset({"率", "额", "量", "度", "价"})
# 对12户企业减免税费, 为两地近百家店减免费用: what a noun stands behind to which something is done, at most so many words before it.
_TO = frozenset({"对", "为", "向", "给", "替", "帮助", "协助", "指导", "组织", "支持", "引导", "动员"})
_WHOM_BEFORE = 6
# What the name of a sum of money ends in, and within so many words behind its verb.
_FUNDS = ("资金", "经费", "补助", "补贴", "补偿", "专款", "基金", "债券", "国债", "奖金", "奖补", "补助金", "救助金", "慰问金")
_FUND_WORDS = 4
_NEGATIONS = frozenset({"未", "不", "没", "没有", "无", "非", "尚未", "未能", "不予", "其余", "其他", "其它", "各", "各类", "每"})
# Parts of speech that end the noun phrase after a number: verbs, adverbs, prepositions, conjunctions of clauses.
_PLACES = frozenset({"ns", "nr", "nrt", "nrfg"})
_PREDICATES = ("v", "d", "p", "y", "r")


def is_noun(tag: str) -> bool:
    """Whether a jieba tag can head a name: nouns (places and persons are none), verbal nouns, abbreviations, unknown words."""
    return (tag[0] in "njlix" and tag not in _PLACES) or tag in {"vn", "an", "eng"}


def _window_before(tokens: Sequence[Token], at: int, labels: Set[int]) -> int:
    """Index of the first token of the candidate before token ``at``; ``labels`` are where labels of paragraphs end."""
    depth = 0
    low = at
    while low > 0:
        token = tokens[low - 1]
        word = token.word
        if token.tag in ("quantity", "gap") or token.end in labels:
            break
        if word in _STOPS and depth == 0:
            break
        if word == "】" and depth == 0:
            break  # 【护理】全院护士584人: a head before the sentence
        if word in _CLOSING:
            depth += 1
        elif word in _OPENING:
            if depth == 0 and word in "（(":
                break
            depth = max(0, depth - 1)
        elif (word in _COLON and depth == 0) or word in "\n\t":
            break
        if tokens[at].start - token.start > LONGEST_BEFORE:
            break
        low -= 1
    return low


def _trim(tokens: Sequence[Token], low: int, high: int) -> tuple[int, int]:
    while (
        low < high
        and not _names(tokens, low, high)
        and (
            tokens[low].cue in _TRIMMED_BEFORE
            or tokens[low].word in "、，,。；;：:） )·-—和与及∶/／ "
            or (tokens[low].tag == "t" and (tokens[low].word != _LATE or low + 1 < high))
            or (tokens[low].tag in _LINKING and tokens[low].word not in _NEGATIONS)
            or (tokens[low].cue == "total" and low + 1 < high)
        )
    ):
        low += 1
    while low < high and (
        tokens[high - 1].cue in _TRIMMED_AFTER
        or tokens[high - 1].word in _MARKS_AT_END
        or (tokens[high - 1].tag in _LINKING and tokens[high - 1].word not in _NEGATIONS and not _ends_name(tokens, low, high))
    ):
        high -= 1
    return low, high


def _ends_name(tokens: Sequence[Token], low: int, high: int) -> bool:
    """Whether a linking word right before the number ends a name: 医护比1:1.42, 北塘所15件."""
    if high - 1 <= low or high >= len(tokens) or tokens[high].tag != "quantity":
        return False
    last, before = tokens[high - 1].word, tokens[high - 2]
    return last == _OFFICE or (last == _RATIO and before.tag[0] in "nv" and not before.cue)


def _names(tokens: Sequence[Token], low: int, high: int) -> bool:
    """Whether the first word belongs to the second all the same: 折合率, 前三名."""
    if low + 1 >= high:
        return False
    second = tokens[low + 1].word
    return (low + 2 == high and second in _HEADS_ALONE) or (tokens[low].word == "前" and _RANKED.match(second) is not None)


def _before(tokens: Sequence[Token], at: int, labels: Set[int]) -> tuple[int, int]:
    if at and tokens[at - 1].word in _JOINERS:
        return at, at  # 25个模块、36个重点: what stands before the joiner belongs to the number before
    low = _window_before(tokens, at, labels)
    trimmed = _trim(tokens, low, at)
    if trimmed[0] >= trimmed[1] and low > 0 and tokens[low - 1].word in _COLON:
        # 内设科室：8个 — the name stands before the colon.
        above = _window_before(tokens, low - 1, labels)
        trimmed = _trim(tokens, above, low - 1)
    return trimmed


def _after(tokens: Sequence[Token], at: int, money: bool = False) -> tuple[int, int]:
    low = at + 1
    while low < len(tokens) and tokens[low].cue in ("filler", "scope") and tokens[low].word not in _JOINERS:
        low += 1
    if low < len(tokens) and (tokens[low].cue in _NO_NAME_AFTER or tokens[low].word.strip() in _NAMELESS):
        return low, low
    high, nouns, depth = low, 0, 0
    while high < len(tokens):
        token = tokens[high]
        word = token.word
        if token.tag in ("quantity", "gap") or word in _STOPS or word in _COLON:
            break
        if word in _OPENING:
            depth += 1
        elif word in _CLOSING:
            if depth == 0:
                break
            depth -= 1
        elif depth == 0:
            if word == "、" and not nouns:
                break
            if nouns and ((token.tag[0] in _PREDICATES and token.tag != "vn") or token.cue in _TRIMMED_AFTER):
                high = _end_of_fund(tokens, high) if money else high
                break
            nouns += is_noun(token.tag)
        if token.end - tokens[low].start > LONGEST_AFTER:
            break
        high += 1
    while high > low and (tokens[high - 1].cue in _TRIMMED_AFTER or tokens[high - 1].word in "、的和与及或 " or tokens[high - 1].word in _OPENING):
        high -= 1
    return low, high


def _end_of_fund(tokens: Sequence[Token], verb: int) -> int:
    """Where the name of a fund ends that the verb at ``verb`` belongs to (省级专项补助, 困难职工帮扶资金); ``verb`` where it names none."""
    for high in range(verb + 1, min(verb + _FUND_WORDS, len(tokens)) + 1):
        closed = high == len(tokens) or tokens[high].tag in ("quantity", "gap") or tokens[high].word in _STOPS
        if closed:
            return high if tokens[high - 1].word.endswith(_FUNDS) else verb
    return verb


def _tag(tokens: Sequence[Token], document: Document, quantified: Quantified) -> Iterable[Tag]:
    labels = frozenset(match.end() for match in _LABEL.finditer(document.text))
    at, noun = 0, (0, 0)
    for index, quantity in enumerate(quantified.quantities):
        while at < len(tokens) and tokens[at].start < quantity.extent.start:
            at += 1
        if at >= len(tokens) or tokens[at].start != quantity.extent.start:
            continue
        before, after = _done_to(tokens, _before(tokens, at, labels), noun), _after(tokens, at, quantity.dimension == "money")
        noun = after
        for label, (low, high) in (("before", before), ("after", after)):
            if low < high:
                span = _without_time(document.text, Span(tokens[low].start, tokens[high - 1].end))
                if len(span):
                    yield Tag(span=span, label=label, by=TAGGER.name, quantity=index, score=_score(tokens[low:high], label))


def _done_to(tokens: Sequence[Token], before: tuple[int, int], noun: tuple[int, int]) -> tuple[int, int]:
    """对36家企业开展专项检查52次: the noun that the number before has behind it is whom something was done to, and what was done begins
    the name."""
    low, high = before
    start, end = noun
    if not low < end < high or tokens[end].tag != "v" or not any(is_noun(token.tag) for token in tokens[end + 1 : high]):
        return before
    # the number stands before its noun, and whom is said before the number
    for token in reversed(tokens[max(0, start - _WHOM_BEFORE) : start - 1]):
        if token.word in _STOPS or token.tag == "quantity":
            break
        if token.word in _TO:
            return end, high
    return before


def _without_time(text: str, span: Span) -> Span:
    """The candidate without words for a time at its ends."""
    start, end = span.start, span.end
    if _COMPARED.match(text, start, end):
        return Span(end, end)
    point = _POINT.match(text, start, end)
    if point:
        start = point.end()
    lead = _TIME.match(text, start, end)
    if lead:
        start = lead.end()
    due = _DUE.match(text, start, end)
    if due and text[start - 1 : start] in _DATED:
        start = due.end()
    tail = _TIME_AT_END.search(text[start:end])
    if tail:
        end = start + tail.start()
    if _LAST_FROM.search(text[start:end]):
        end -= 1
    if text[start:end] in _LEFT:
        return Span(end, end)
    if text[start:end].startswith(("（", "(")) and text[start:end].endswith(("）", ")")):
        return Span(end, end)  # 春节期间（除夕至初七）: a remark alone names nothing
    return Span(start, end)


def _score(tokens: Sequence[Token], label: str) -> float:
    """1 where a noun names something; 0.5 where only a verb or a place stands, or, before a number, the last word is a
    verb without its object (推动, 重点围绕): what follows the number is then its object."""
    nouns = [token for token in tokens if is_noun(token.tag)]
    if not nouns or (label == "before" and all(token.tag == "vn" for token in nouns)):
        return VERB_ONLY
    if label == "before" and tokens[-1].tag in ("v", "vd", "p", "d", "c", "ad") and not tokens[-1].cue:
        return VERB_ONLY
    return NOUN


TAGGER = Tagger(name="objects", tag=_tag)
