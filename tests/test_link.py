"""Links: each step of resolving a mention, open names, what the text around decides, and the learned ranking that ships."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extract import ingest, ranking
from extract.catalogue import Catalogue, Chapter, build, load
from extract.link import Resolved, budget_of, event_of, index_of, link, resolve
from extract.naming import core, open_name, stem
from extract.segments import sentences
from extract.types import Document, Fact, Interval, Kind, Mention, Quantity, Span
from extract.units import dimension

CASES = Path(__file__).parent / "cases" / "link"
_FENCE = re.compile(r"^```(link|name|same|apart)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SMALL = build([Chapter("catalogue.toml", (CASES / "catalogue.toml").read_text(encoding="utf-8"))])
INDEX = index_of(SMALL)
RANKER = ranking.fit(INDEX.by_stem)


def _fences(*sorts: str) -> Iterator[tuple[str, list[str]]]:
    for path in sorted(CASES.glob("*.md")):
        for sort, body in _FENCE.findall(path.read_text(encoding="utf-8")):
            if sort in sorts:
                yield path.stem, body.splitlines()


def _lines(sort: str) -> list[object]:
    return [pytest.param(line, id=f"{name}-{number}") for number, (name, lines) in enumerate(_fences(sort)) for line in lines]


def _resolved(text: str) -> Resolved:
    name, _, identity = text.partition(" = ")
    return Resolved(identity or None, "" if name == "-" else name, 1.0, "case")


def _said(text: str) -> tuple[str, str, str, Kind, str]:
    mention, unit, kind, *context = (part.strip() for part in text.split("|"))
    return mention, unit, dimension(unit) if unit else "", cast(Kind, kind), " ".join(context)


@pytest.mark.parametrize("line", _lines("link"))
def test_resolves(line: str) -> None:
    asked, wanted = line.split(" => ")
    mention, unit, dim, kind, context = _said(asked)
    how, _, what = context.partition(" ")
    near = ranking.nearest([stem(core(mention, kind))], RANKER)
    found = resolve(
        mention,
        unit,
        dim,
        kind,
        index=INDEX,
        near=near,
        antecedent=_resolved(what) if how == "after" else None,
        previous=_resolved(what) if how == "beside" else None,
        event=what if how == "event" else "",
    )
    assert (found.id, found.name) == _resolved(wanted)[:2]


@pytest.mark.parametrize("line", _lines("name"))
def test_open_name(line: str) -> None:
    asked, wanted = line.split(" => ")
    mention, unit, dim, kind, _ = _said(asked)
    assert open_name(mention, unit, dim, kind) == wanted


@pytest.mark.parametrize("lines", [pytest.param(lines, id=f"{name}-{number}") for number, (name, lines) in enumerate(_fences("same"))])
def test_same_name(lines: list[str]) -> None:
    assert len({open_name(*_said(line)[:4]) for line in lines}) == 1


@pytest.mark.parametrize("lines", [pytest.param(lines, id=f"{name}-{number}") for number, (name, lines) in enumerate(_fences("apart"))])
def test_different_names(lines: list[str]) -> None:
    assert len({open_name(*_said(line)[:4]) for line in lines}) == len(lines)


def test_own_place_is_no_part_of_a_name() -> None:
    assert open_name("柳湾区排查风险点", "个", "count", "level", ("柳湾区",)) == open_name("排查风险点", "个", "count", "level")


_WORDS = st.text(alphabet="全区共排查整治隐患企业家次数率人的情况完成同比增长（）“”0123年度预算支出", max_size=14)


@example("完的成00", "项", "level")
@given(_WORDS, st.sampled_from(["项", "人", "人次", "元", "%", "公里", ""]), st.sampled_from(["level", "target", "rate", "growth", "delta", "score"]))
def test_names_hold_no_marks_and_are_stable(text: str, unit: str, kind: Kind) -> None:
    name = open_name(text, unit, dimension(unit) if unit else "", kind)
    assert not re.search(r"[\s“”，。]", name)
    assert core(core(text, kind), kind) == core(text, kind)


# --- the stage ---


def _facts(document: Document, *said: tuple[str, str, Kind, str]) -> list[Fact]:
    """A fact for each (number with its unit, mention, kind, antecedent), in text order, where it stands in the document."""
    made = []
    at = 0
    for number, (amount, mention, kind, antecedent) in enumerate(said, 1):
        at = document.text.index(amount, at)
        block = next(index for index, block in enumerate(document.blocks) if block.span.start <= at < block.span.end)
        digits = re.match(r"[\d.]+", amount)
        assert digits
        span = Span(at, at + len(digits.group()))
        sentence = next(each for each in sentences(document.text, document.blocks[block].span) if each.contains(span))
        unit = amount[len(span) :]
        quantity = Quantity(
            span=span,
            extent=Span(at, at + len(amount)),
            digits=digits.group(),
            value=Decimal(digits.group()),
            unit=unit,
            dimension=dimension(unit),
            scale=Decimal(1),
            bound="=",
            interval=Interval(low=None, high=None),
            pattern="test",
        )
        made.append(
            Fact(
                id=f"f{number}",
                quantity=quantity,
                kind=kind,
                mention=Mention(span=None, text=mention, by="test"),
                antecedent=antecedent,
                block=block,
                sentence=sentence,
                clause=sentence,
                section=document.blocks[block].section,
                cell=None,
                confidence=1.0,
                makers=(),
            )
        )
        at += len(amount)
    return made


def _linked(catalogue: Catalogue, text: str, *said: tuple[str, str, Kind, str]) -> list[str]:
    document = ingest.read_text(text)
    facts = _facts(document, *said)
    links = link(facts, document, catalogue)
    assert [each.fact for each in links] == [fact.id for fact in facts]
    return [each.name for each in links]


def test_deaths_follow_the_event_before_them() -> None:
    text = "全县发生生产安全事故9起，死亡4人；发生火灾30起，死亡2人。\n\n另据统计，死亡1人。"
    assert _linked(
        SMALL,
        text,
        ("9起", "生产安全事故", "level", ""),
        ("4人", "死亡", "level", ""),
        ("30起", "火灾", "level", ""),
        ("2人", "死亡", "level", ""),
        ("1人", "死亡", "level", ""),
    ) == ["生产安全事故起数", "生产安全事故死亡人数", "火灾起数", "火灾死亡人数", "死亡人数"]


def test_deaths_follow_the_heading_where_nothing_nearer_says_it() -> None:
    text = "某县年度情况\n\n一、火灾形势\n\n全年死亡3人，上年5人。\n\n二、其他\n\n无。"
    assert _linked(SMALL, text, ("3人", "死亡", "level", ""))[0] == "火灾死亡人数"


def test_changes_find_a_level_of_the_same_words_said_later() -> None:
    text = "乱停乱放同比下降5%，全年乱停乱放120起。"
    assert _linked(SMALL, text, ("5%", "乱停乱放", "growth", ""), ("120起", "乱停乱放", "level", "")) == ["乱停乱放起数"] * 2


def test_antecedents_hand_down_through_a_chain() -> None:
    text = "共接报信息60条，其中镇街20条，同比增长5%。"
    assert (
        _linked(SMALL, text, ("60条", "接报信息", "level", ""), ("20条", "镇街", "level", "f1"), ("5%", "同比增长", "growth", "f2"))
        == ["接报信息数"] * 3
    )


def test_a_bare_rate_is_about_what_stands_beside_it_in_its_sentence() -> None:
    beside = "排查积水点40个，整改完成率95%。"
    assert _linked(SMALL, beside, ("40个", "排查积水点", "level", ""), ("95%", "完成率", "rate", "")) == ["排查积水点数", "积水点完成率"]
    apart = "排查积水点40个。完成率95%。"
    assert _linked(SMALL, apart, ("40个", "排查积水点", "level", ""), ("95%", "完成率", "rate", "")) == ["排查积水点数", "完成率"]


@pytest.mark.parametrize(
    ("text", "event"),
    [("发生道路交通事故", "道路交通事故"), ("受台风影响", "因灾"), ("森林火灾", "森林火灾"), ("火灾后安全生产", "生产安全事故"), ("财政收入", "")],
    ids=["road", "storm", "forest", "last", "none"],
)
def test_event_of(text: str, event: str) -> None:
    assert event_of(text) == event


def test_budget_of() -> None:
    assert budget_of("三、一般公共预算财政拨款支出决算情况说明") == "一般公共预算财政拨款"
    assert budget_of("三、检查情况") == ""


# --- the learned ranking ---


def test_shipped_ranking_is_current() -> None:
    """After a change of the catalogue: python -m extract.link"""
    fresh = ranking.fit(index_of(load()).by_stem)
    shipped = ranking.shipped()
    assert shipped.names == fresh.names
    assert shipped.numbers == fresh.numbers
    assert shipped.rows.tolist() == fresh.rows.tolist()
    assert abs(shipped.weights - fresh.weights).max() < 0.001
    assert abs(shipped.idf - fresh.idf).max() < 0.01


def test_ranking_is_small_and_written_alike(tmp_path: Path) -> None:
    first, second = tmp_path / "a.npz", tmp_path / "b.npz"
    ranking.save(RANKER, first)
    ranking.save(RANKER, second)
    assert first.read_bytes() == second.read_bytes()
    assert ranking.read(first).names == RANKER.names
    shipped = Path(ranking.__file__).parent / "data" / ranking.FILE
    assert shipped.stat().st_size <= 1_000_000


def test_nearest_puts_the_name_itself_first() -> None:
    found = ranking.nearest(["社会保障与就业支出", "本年支出"], RANKER)
    assert found["本年支出"][0].name == "本年支出"
    assert found["本年支出"][0].score == pytest.approx(1.0, abs=1e-3)
    assert found["社会保障与就业支出"][0].name == "社会保障和就业支出"
    assert found["社会保障与就业支出"][0].score > found["社会保障与就业支出"][-1].score


def test_nothing_like_it_is_near_nothing() -> None:
    assert ranking.nearest(["ABC"], RANKER).get("ABC", ()) == ()


def test_linking_needs_no_scikit_learn() -> None:
    code = (
        "import sys, extract.link as L; from extract.catalogue import load; "
        "assert 'numpy' not in sys.modules; L.index_of(load()); L.ranking.nearest(['检查企业'], L.ranking.shipped()); "
        "assert 'sklearn' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
