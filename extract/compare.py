"""What documents that belong together promise each other: a form and its report, this year and last, budget and settlement.

Which belong together is read from what they say of themselves: the body, what the title is about (部门整体支出, one project), and
the year, the same or the next. The checks of ``checks/`` that know how to look across documents then do so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import localcontext
from itertools import pairwise

import regex

from extract import intervals as iv
from extract.catalogue import load
from extract.check import check_across
from extract.checks._figures import figure, plain, unit_label
from extract.checks._values import factor, is_rate
from extract.relations import Context, Together, context_of
from extract.types import Apart, Check, Comparison, Document, Fact, Finding, Group, Indicator, Quantity, Report

_BRACKETED = re.compile(r"[（(][^（）()]*[)）]")
_PLACE_OF_TITLE = regex.compile(r"(?P<place>[\p{IsHan}]{1,14}(?:[省市县区镇乡州旗盟村局委办院厅处]|街道))(?=(?:19|20)\d\d年)")
_NAMED_PROJECT = regex.compile(r"项目名称[：:\s|]+(?P<name>[\p{IsHan}A-Za-z0-9“”（）()]{2,30})")
_HEADER = re.compile(r"预算|金额|单位|主管|执行|负责|类别|编码|性质|名称|概况|内容|数$")
_GENRE = re.compile(
    r"(?:19|20)\d\d|[\s“”\"《》\-—·#*]|年度?|部门|单位|本级|整体支出|项目支出|专项支出|支出|收支|财政|资金|经费|专项|项目|绩效|自评价?|自我评价|评价|评估|目标|完成|任务|"
    r"情况|报告书?|总结|工作|汇总|统计|一览|[表册]|信息|公开|说明|预算|决算|编制|草案|执行|关于|报送|附件?\d*|三公|年报|汇报|述职|及其?|[和与的]"
)
_READ = 3000
ALONE = ("没有同一单位、同一事项、同年或相邻年份的其他文件", "no other document of its body, its matter, and its year or the next")
NO_BODY = ("没有读到编报单位", "it names no body")
NO_YEAR = ("没有读到年份", "it names no year")


def compare(
    reports: Sequence[Report],
    *,
    together: bool = False,
    catalogue: Mapping[str, Indicator] | None = None,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
) -> Comparison:
    """Everything that the reports, as :func:`extract.pipeline.analyse` gives them, state of each other's numbers.

    ``together`` puts all of them into one group, whatever they say of themselves. ``catalogue`` is the one that ships unless
    another is given; ``select`` and ``ignore`` are codes or their beginnings.
    """
    known = load().indicators if catalogue is None else catalogue
    groups, apart = _groups(reports) if not together else ([Group(name="", documents=tuple(range(len(reports))))], [])
    checks: list[Check] = []
    findings: list[Finding] = []
    for group in groups:
        joined = Together(tuple(_context(n, reports[n], known) for n in group.documents))
        looked_at, found = check_across(joined, select=select, ignore=ignore)
        facts = {fact.id: fact for context in joined.contexts for fact in context.facts}
        renamed = {check.id: f"c{len(checks) + n}" for n, check in enumerate(looked_at, 1)}
        checks += [replace(check, id=renamed[check.id]) for check in looked_at]
        by_id = {check.id: check for check in looked_at}
        for finding in found:
            lead = by_id[finding.checks[0]]
            message, message_en = _messages(finding, lead, facts, reports)
            findings.append(
                replace(
                    finding,
                    id=f"x{len(findings) + 1}",
                    checks=tuple(renamed[check] for check in finding.checks),
                    places=(),
                    message=message,
                    message_en=message_en,
                    # of two documents that differ nobody can tell which one is wrong
                    repair=finding.repair if lead.type == "same" and len(lead.facts) > 2 else None,
                )
            )
    return Comparison(reports=tuple(reports), groups=tuple(groups), apart=tuple(apart), checks=tuple(checks), findings=tuple(findings))


def _context(number: int, report: Report, catalogue: Mapping[str, Indicator]) -> Context:
    """The context of a document whose facts are named with its number, from 1."""
    mark = f"{number + 1}:"
    facts = tuple(replace(fact, id=mark + fact.id, antecedent=fact.antecedent and mark + fact.antecedent) for fact in report.facts)
    links = tuple(replace(link, fact=mark + link.fact) for link in report.links)
    return context_of(report.document, facts, links, catalogue)


# --- which documents belong together ----------------------------------------------------------------------------------


def _groups(reports: Sequence[Report]) -> tuple[list[Group], list[Apart]]:
    """Documents of one body about one matter whose years follow each other; and those that are left, each with the reason."""
    apart: dict[int, tuple[str, str]] = {}
    files: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for n, report in enumerate(reports):
        whose, year = body(report.document), report.document.about.year
        if not whose or not year:
            apart[n] = NO_YEAR if whose else NO_BODY
        else:
            files.setdefault((whose, matter(report.document)), []).append((int(year), n))
    groups: list[Group] = []
    for (whose, what), members in files.items():
        members.sort()
        runs: list[list[tuple[int, int]]] = [[members[0]]]
        for before, after in pairwise(members):
            if after[0] - before[0] > 1:
                runs.append([])
            runs[-1].append(after)
        for run in runs:
            if len(run) == 1:
                apart[run[0][1]] = ALONE
                continue
            years = dict.fromkeys(str(year) for year in (run[0][0], run[-1][0]))
            groups.append(Group(name=" ".join(filter(None, (whose, what, "–".join(years)))), documents=tuple(sorted(n for _, n in run))))
    groups.sort(key=lambda group: group.documents)
    return groups, [Apart(document=n, reason=why, reason_en=english) for n, (why, english) in sorted(apart.items())]


def body(document: Document) -> str:
    """The body that a document is of, without the province and city above it (甲市乙县丙局 is 乙县丙局); its region where it names none."""
    about = document.about
    before_year = _PLACE_OF_TITLE.match(about.title)
    name = about.org or about.region or (before_year["place"] if before_year else "")
    at = name.find(about.region)
    return str(_BRACKETED.sub("", name[max(at, 0) :]))


def matter(document: Document) -> str:
    """What a document is about beside its body's year as a whole: the name of a project, a field of work; "" for the whole."""
    title = _BRACKETED.sub("", document.about.title)
    for name in (document.about.org, body(document)):
        title = title.replace(name, "") if name else title
    words = _GENRE.sub("", title)
    if "项目" in title and not words:
        named = _NAMED_PROJECT.search(document.text[:_READ])
        if named is not None and not _HEADER.search(named["name"]):
            words = _GENRE.sub("", _BRACKETED.sub("", named["name"]).replace(document.about.org or "\0", ""))
        else:
            # a project that nobody names is nobody else's
            words = document.name
    return str(words)


# --- what a finding says ----------------------------------------------------------------------------------------------


def _messages(finding: Finding, check: Check, facts: Mapping[str, Fact], reports: Sequence[Report]) -> tuple[str, str]:
    """The message in Chinese and in English; each figure with the document that states it."""

    def whose(fact: Fact) -> str:
        return reports[int(fact.id.partition(":")[0]) - 1].document.called

    if check.type == "growth":
        change, current, previous = (facts[str(check.roles[role])] for role in ("change", "current", "previous"))
        words, by, now, then = current.called, figure(change.quantity), figure(current.quantity), figure(previous.quantity)
        would = _implied(change.quantity, current.quantity)
        chinese = f"“{words}”{now}、变动 {by}（{whose(change)}），推算上年为 {would}，而 {whose(previous)} 所报为 {then}"
        english = f"“{words}”, {now} after {by} ({whose(change)}), was {would} the year before; {whose(previous)} states {then}"
    else:
        shown = list(dict.fromkeys(f"{whose(facts[i])} {figure(facts[i].quantity)}" for i in check.facts))
        words = facts[check.facts[0]].called
        chinese = f"“{words}”在各文件中不一致：{'，'.join(shown)}" + (f"。{check.note}" if check.note else "")
        english = f"“{words}” is stated differently: {', '.join(shown)}"
    if others := len(finding.checks) - 1:
        chinese += f"；同一原因还使另外 {others} 处关系不成立"
        english += f"; the same cause breaks {others} more relation(s)"
    return chinese, english


def _implied(change: Quantity, current: Quantity) -> str:
    """The earlier level that a change and the current level give, in the unit of the current one; "?" where they give none."""
    if change.value is None or current.value is None or (is_rate(change) and change.value * factor(change) <= -iv.HUNDRED):
        return "?"
    with localcontext(iv.CONTEXT):
        now = current.value / current.scale
        if not is_rate(change):
            return f"{plain(now - change.value / current.scale)} {unit_label(current)}".rstrip()
        before = now / (1 + change.value * factor(change) / iv.HUNDRED)
        return f"{plain(round(before, iv.decimals_of(current.digits)))} {unit_label(current)}".rstrip()
