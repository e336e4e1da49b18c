"""Texts that are hard to read in time: each is one thing said again and again, made for any number of times.

A function's name is the name of the text; its docstring says what is repeated. ``FULL`` says how often for the command.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

_HEAD = "清溪县应急管理局2023年度工作报告\n一、基本情况\n"


def table_rows(n: int) -> str:
    """Rows of a table of tabs, with a sum across and a total below."""
    rows = "".join(f"第{i}组\t{i % 97}\t{i % 89}\t{i % 97 + i % 89}\n" for i in range(n))
    return f"{_HEAD}表1 检查情况\n单位：家\n名称\t上半年\t下半年\t合计\n{rows}合计\t{sum(i % 97 for i in range(n))}\t1\t2\n"


def dense_columns(n: int) -> str:
    """Rows of amounts that crowd between the same bounds, and of what they make of each other."""
    rows = []
    for i in range(n):
        planned = 1000 + i * 7919 % 98_999
        spent, firms, dangers = planned - i * 104_729 % 900, i * 31 % 900, i * 17 % 97
        rows.append(f"第{i}单位\t{planned / 100:.2f}\t{spent / 100:.2f}\t{firms}\t{dangers}\t{spent / planned:.2%}\n")
    return f"{_HEAD}表1 执行情况\n单位：万元\n单位\t预算数\t决算数\t检查家次\t隐患数\t完成率\n{''.join(rows)}"


def table_columns(n: int) -> str:
    """Columns of a table of three rows."""
    header = "\t".join(f"指标{i}" for i in range(n))
    return f"{_HEAD}名称\t{header}\n" + "".join(f"{name}\t" + "\t".join(str(i % 83) for i in range(n)) + "\n" for name in ("甲镇", "乙镇", "合计"))


def markdown_rows(n: int) -> str:
    """Rows of a Markdown table."""
    return "| 名称 | 数量 |\n| --- | --- |\n" + "".join(f"| 第{i}组 | {i % 97}家 |\n" for i in range(n))


def sentence_rows(n: int) -> str:
    """Rows of a table whose cells are sentences of several numbers."""
    return f"{_HEAD}单位\t完成情况\n" + "".join(f"第{i}组\t检查企业{i % 97}家，其中化工{i % 89}家，整改率9{i % 10}.1%。\n" for i in range(n))


def spaced_rows(n: int) -> str:
    """Rows of a table whose columns nothing but spaces parts."""
    return f"{_HEAD}单位：万元\n项目        预算数      支出数\n" + "".join(f"项目{i}支出        {i % 97}.00      {i % 89}.00\n" for i in range(n))


def long_sentence(n: int) -> str:
    """Clauses of one sentence that never ends."""
    return _HEAD + "全年检查企业12家，整改隐患3项，" * n


def words_alone(n: int) -> str:
    """Words of one sentence without a number or a mark."""
    return _HEAD + "全面加强安全生产监督管理工作" * n


def equal_numbers(n: int) -> str:
    """Sentences that say the same of the same thing."""
    return _HEAD + "全年检查企业120家。" * n


def equal_bare_numbers(n: int) -> str:
    """One number in one clause, over and over."""
    return _HEAD + "120家、" * n


def unequal_numbers(n: int) -> str:
    """Sentences that say of the same thing another number each."""
    return _HEAD + "".join(f"全年检查企业{i + 100}家。" for i in range(n))


def nested_brackets(n: int) -> str:
    """Brackets one in the other, a number in each."""
    return _HEAD + "检查企业120家" + "（其中12家" * n + "）" * n + "。"


def open_brackets(n: int) -> str:
    """Brackets that are never closed."""
    return _HEAD + "检查企业120家" + "（" * n + "12家。"


def headings(n: int) -> str:
    """Headings, each with one sentence below."""
    return _HEAD + "".join(f"（{'一二三四五六七八九十'[i % 10]}）第{i}项工作\n检查企业{i}家。\n" for i in range(n))


def markdown_headings(n: int) -> str:
    """Headings of Markdown, level below level."""
    return "".join(f"{'#' * (i % 6 + 1)} 工作{i}\n\n检查企业{i}家。\n\n" for i in range(n))


def nested_sections(n: int) -> str:
    """Sections of all levels, one in the other and back."""
    marks = ("第一章 总体", "第一节 分述", "一、概况", "（一）检查", "1.企业", "（1）矿山", "①大型")
    return "".join(f"{marks[i % len(marks)]}\n检查企业{i}家。\n" for i in range(n))


def list_markers(n: int) -> str:
    """Marks of a list in one line."""
    return _HEAD + "".join(f"（{i % 99 + 1}）检查企业；" for i in range(n))


def ordinals(n: int) -> str:
    """一是…二是… without end."""
    return _HEAD + "".join(f"{'一二三四五六七八九十'[i % 10]}是检查企业12家；" for i in range(n))


def digits(n: int) -> str:
    """Digits of one number."""
    return _HEAD + "检查企业" + "1234567890" * (n // 10) + "家。"


def han_digits(n: int) -> str:
    """Characters of one number written out."""
    return _HEAD + "检查企业" + "数十" * (n // 2) + "家。" + "三千五百万" * (n // 5) + "元"


def enumerated(n: int) -> str:
    """Numbers with 、 between them."""
    return _HEAD + "分别为" + "、".join(str(i % 97) for i in range(n)) + "家。"


def respectively(n: int) -> str:
    """Places, and their numbers after 分别为."""
    places = "、".join(f"{'甲乙丙丁戊己庚辛'[i % 8]}{i}镇" for i in range(n))
    return f"{_HEAD}{places}分别检查企业{'、'.join(str(i % 97) for i in range(n))}家。"


def of_which(n: int) -> str:
    """其中 after 其中."""
    return _HEAD + "检查企业120000家，" + "其中化工企业12家，" * n


def of_which_and_totals(n: int) -> str:
    """Totals, each with parts."""
    return _HEAD + "".join(f"第{i}组检查企业30家，其中甲镇12家、乙镇18家。" for i in range(n))


def spaces(n: int) -> str:
    """Spaces between two numbers, and at the end of lines."""
    return f"{_HEAD}检查企业{' ' * n}12家{'　' * n}整改\n12{' ' * n}\n{' ' * n}3家"


def rules(n: int) -> str:
    """Lines that would only underline, if they did not end in a word."""
    return _HEAD + "".join(f"{sign * n}甲\n" for sign in ("-", "=", "_", "—", "─", "- ", "=-", ":-|", "|-", "+--"))


def bars(n: int) -> str:
    """Bars of all widths."""
    return _HEAD + "｜" * n + "12家" + "|" * n + "\n" + "| " * n + "\n"


def dots(n: int) -> str:
    """Dots that lead to a page number, and dots between digits."""
    return f"{_HEAD}一、概况{'…' * n}1\n二、检查{'.' * n}2\n三、整改{'·' * n}3\n{'.' * n}"


def dotted_digits(n: int) -> str:
    """1.1.1.1 without end."""
    return _HEAD + "检查1" + ".1" * n + "家"


def commas_and_digits(n: int) -> str:
    """1,1,1,1 without end, and thousands that never end."""
    return _HEAD + "检查1" + ",1" * n + "家，罚款1" + ",111" * n + "元"


def percent_signs(n: int) -> str:
    """Percent signs of both widths."""
    return _HEAD + "整改率95" + "％" * n + "，完成率12" + "%" * n + "。"


def dashes(n: int) -> str:
    """Dashes and tildes between numbers."""
    return _HEAD + "检查12" + "-13" * n + "家，" + "12～" * n + "家。"


def colons(n: int) -> str:
    """Colons between digits and words."""
    return _HEAD + "1:" * n + "\n" + "检查：" * n + "12家"


def growth_chain(n: int) -> str:
    """Years, each with its level and its growth over the year before."""
    return _HEAD + "".join(f"{2000 + i % 100}年检查企业{100 + i}家，同比增长{i % 50}%。" for i in range(n))


def long_name(n: int) -> str:
    """Characters of one name of what is counted."""
    return _HEAD + "检查" + "化工矿山危险化学品经营" * (n // 11) + "企业12家，" + "化工矿山" * (n // 4) + "企业13家。"


def targets(n: int) -> str:
    """Targets and what came of them."""
    return _HEAD + "".join(f"计划检查企业{i % 10 + 50}家，实际检查企业{i % 12 + 45}家，完成率9{i % 10}%。" for i in range(n))


def ratios(n: int) -> str:
    """Numerators, denominators and shares."""
    return _HEAD + "".join(f"排查隐患{i % 90 + 100}项，整改{i % 90 + 90}项，整改率9{i % 10}.1%。" for i in range(n))


def dates(n: int) -> str:
    """Dates one after the other."""
    return _HEAD + "".join(f"{2000 + i % 30}年{i % 12 + 1}月{i % 28 + 1}日、" for i in range(n))


def short_lines(n: int) -> str:
    """Lines of one number each."""
    return _HEAD + "".join(f"{i % 97}\n" for i in range(n))


def blank_lines(n: int) -> str:
    """Lines without anything."""
    return _HEAD + "\n" * n + "检查企业12家。" + "\r\n" * n + "整改12家。"


def html_tags(n: int) -> str:
    """Paragraph tags in plain text, opened and never closed."""
    return _HEAD + "<p>检查企业12家" * n + "<" * n


def quotes(n: int) -> str:
    """Quotation marks and book title marks that do not match."""
    return _HEAD + "《检查“12家" * n


def unreadable(n: int) -> str:
    """Characters that could not be decoded."""
    return _HEAD + "全年检查\ufffd企业12家，" * n


def distinct_names(n: int) -> str:
    """Numbers of as many different things."""
    return _HEAD + "".join(f"全年完成{_name(i)}项目{i % 89 + 2}个。" for i in range(n))


def _name(number: int) -> str:
    """A word of its own for each number."""
    words = "山水木石林田桥路井渠仓塔院馆站场棚窑坊园"
    return "".join(words[number // 20**place % 20] for place in range(5))


def name_variants(n: int) -> str:
    """Names of bodies that are almost the same."""
    return _HEAD + "".join(f"{_name(i)}有限公司投入资金{i % 89 + 2}万元。" for i in range(n))


def small_tables(n: int) -> str:
    """Tables of two rows, a caption above each."""
    return _HEAD + "".join(f"表{i} 检查情况\n单位：家\n名称\t数量\n甲镇\t{i % 97}\n合计\t{i % 97}\n" for i in range(n))


def score_rows(n: int) -> str:
    """Rows of a table of targets, their rules and scores."""
    rows = "".join(f"第{i}项\t≥{i % 50 + 50}%\t{i % 60 + 40}%\t10\t{i % 11}\t每降低1%扣0.5分\n" for i in range(n))
    return f"{_HEAD}指标\t年度指标值\t实际完成值\t分值\t得分\t评分标准\n{rows}总分\t\t\t100\t{n % 100}\t\n"


def printed_rows(n: int) -> str:
    """Rows of a table as a page prints it, some columns blank and every third slipped."""
    rows = "".join(
        f"{' ' * (i % 3 == 0)}201   {i % 90:02}   行政运行      {i % 97}.50{'' if i % 5 else '     ' + str(i % 89) + '.25'}\n" for i in range(n)
    )
    return f"{_HEAD}单位：万元\n                     本年收        其中：财\n  科目编码  科目名称    入        政拨款\n{rows}"


def printed_heads(n: int) -> str:
    """Headers and two rows each, with nothing between."""
    return _HEAD + "".join(
        f"项目        本年        上年\n            决算数      决算数\n甲        {i % 97}.50       {i % 89}.5\n乙                   {i % 83}.5\n"
        for i in range(n)
    )


FULL: Mapping[Callable[[int], str], int] = {
    table_rows: 100_000, dense_columns: 40_000, table_columns: 10_000, markdown_rows: 100_000, sentence_rows: 20_000, spaced_rows: 20_000,
    long_sentence: 50_000, words_alone: 75_000, equal_numbers: 50_000, equal_bare_numbers: 50_000, unequal_numbers: 50_000, nested_brackets: 10_000,
    open_brackets: 100_000, headings: 50_000, markdown_headings: 50_000, nested_sections: 50_000, list_markers: 100_000, ordinals: 50_000,
    digits: 1_000_000, han_digits: 1_000_000, enumerated: 1_000_000, respectively: 10_000, of_which: 20_000, of_which_and_totals: 20_000,
    spaces: 1_000_000, rules: 100_000, bars: 1_000_000, dots: 1_000_000, dotted_digits: 500_000, commas_and_digits: 500_000, percent_signs: 500_000,
    dashes: 300_000, colons: 300_000, growth_chain: 10_000, long_name: 100_000, targets: 20_000, ratios: 20_000, dates: 50_000, short_lines: 100_000,
    blank_lines: 500_000, html_tags: 50_000, quotes: 50_000, unreadable: 50_000, distinct_names: 20_000, name_variants: 20_000, small_tables: 20_000,
    score_rows: 20_000, printed_rows: 20_000, printed_heads: 5_000,
}  # fmt: skip
"""How often each is repeated in full."""
