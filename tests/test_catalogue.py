"""The catalogue of indicators: every entry that ships is whole, and one that is not never loads."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from extract.catalogue import Chapter, build, load
from extract.errors import KnowledgeError, UnreadableError
from extract.types import Indicator
from extract.units import unit

HAN = re.compile(r"[\u4e00-\u9fff]")
ENTRY = '[[indicator]]\nid = "{id}"\nname = "{name}"\nenglish = "Something"\nunits = ["{unit}"]\n{more}\n'


def chapter(*entries: tuple[str, str, str, str], name: str = "a.toml") -> Chapter:
    return Chapter(name, "\n".join(ENTRY.format(id=id, name=title, unit=measure, more=more) for id, title, measure, more in entries))


@pytest.fixture(scope="module")
def entries() -> list[Indicator]:
    return list(load().indicators.values())


def test_enough_of_them(entries: list[Indicator]) -> None:
    assert len(entries) >= 300
    assert sum(len(entry.aliases) for entry in entries) >= 2000


def test_every_entry_is_whole(entries: list[Indicator]) -> None:
    for entry in entries:
        assert re.fullmatch(r"[a-z_0-9]+(\.[a-z_0-9]+)+", entry.id), entry.id
        assert HAN.search(entry.name) and not HAN.search(entry.english), entry.id
        assert entry.english and entry.source.strip(), entry.id
        assert not any(re.search(r"\s|,|，|、$|。", word) for word in (entry.name, *entry.aliases)), entry.id
        assert not re.match(r"[19２2]\d{3}年", entry.name), entry.id


def test_units_are_known_and_of_the_dimension(entries: list[Indicator]) -> None:
    for entry in entries:
        for measure in entry.units:
            found = unit(measure)
            # 元/人 is a way to state money
            assert found is not None and found.dimension.split("/")[0] == entry.dimension.split("/")[0], (entry.id, measure)


def test_references_resolve_and_formulas_say_them(entries: list[Indicator]) -> None:
    ids = load().indicators
    referring = 0
    for entry in entries:
        for each in (*entry.numerator, *entry.parts, *entry.within, *(id for ids_ in entry.denominators for id in ids_)):
            assert each in ids and each != entry.id, entry.id
            referring += 1
        assert bool(entry.numerator) == bool(entry.denominators), entry.id
        for whole in (*entry.within, *entry.parts):
            assert ids[whole].dimension == entry.dimension, entry.id
    assert referring > 200


def test_containment_has_no_circle(entries: list[Indicator]) -> None:
    ids = load().indicators

    def above(id: str, seen: tuple[str, ...]) -> None:
        assert id not in seen, seen
        for whole in ids[id].within:
            above(whole, (*seen, id))

    for entry in entries:
        above(entry.id, ())


def test_names_lead_to_their_entries(entries: list[Indicator]) -> None:
    by_name = load().by_name
    for entry in entries:
        for word in (entry.name, *entry.aliases):
            assert entry in by_name[word]
    for word, found in by_name.items():
        assert len({entry.dimension for entry in found}) == len(found), word


def test_ratios_as_auditors_use_them() -> None:
    ids = load().indicators
    rate = ids["budget.execution_rate"]
    assert rate.name == "预算执行率" and rate.kind == "ratio" and rate.dimension == "ratio"
    assert rate.numerator == ("budget.spending",)
    assert ("budget.initial", "budget.adjustment") in rate.denominators
    assert set(ids["budget.spending"].parts) == {"budget.spending.basic", "budget.spending.project"}
    assert "safety.casualties" in ids["safety.deaths"].within
    assert ids["safety.accidents.count"].direction == "less"


def test_one_word_for_a_sum_and_its_share() -> None:
    assert {entry.dimension for entry in load().by_name["满意度"]} == {"ratio", "score"}


@pytest.mark.parametrize(
    ("query", "id"),
    [
        ("预算执行率", "budget.execution_rate"),
        ("亡人数", "safety.deaths"),
        ("排查出隐患", "hazards.found"),
        ("fatal accidents", "safety.accidents.fatal"),
        ("fines", "enforcement.fines"),
        ("budget execution rate", "budget.execution_rate"),
        ("forest_fire.area", "forest_fire.area"),
    ],
    ids=["name", "alias", "verb", "english_words", "english", "english_name", "id"],
)
def test_search_finds(query: str, id: str) -> None:
    found = load().search(query)
    assert found[0][0].id == id
    assert all(0.5 <= score <= 1 for _, score in found)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def test_search_finds_nothing_for_nothing() -> None:
    assert load().search("  ") == []
    assert load().search("zzzzqqqq") == []


@pytest.mark.parametrize(
    ("chapters", "says"),
    [
        ([chapter(("a.b", "甲数", "个", ""), ("a.b", "乙数", "个", ""))], ["a.b", "甲数", "乙数", "a.toml:2"]),
        ([chapter(("a.b", "甲数", "个", "")), chapter(("a.c", "甲数", "元", ""), name="b.toml")], ["甲数", "a.b", "a.c", "b.toml:2"]),
        (
            [chapter(("a.b", "甲数", "个", 'aliases = ["丙"]'), ("a.c", "乙数", "起", 'aliases = ["丙"]'))],
            ["丙", "a.b", "a.c", "a.toml:9", "a.toml:2"],
        ),
        ([chapter(("a.b", "甲数", "个", 'aliases = ["乙数"]'), ("a.c", "乙数", "个", ""))], ["乙数", "a.b", "a.c"]),
        ([chapter(("a.b", "甲数", "个", 'parts = ["a.z"]'))], ["a.b", "a.z", "parts", "a.toml:2"]),
        ([chapter(("a.b", "甲率", "%", 'numerator = ["a.b"]'))], ["a.b", "numerator"]),
        ([chapter(("a.b", "甲数", "个", 'colour = "red"'))], ["a.b", "colour"]),
        ([chapter(("a.b", "甲数", "个", 'aliases = "丙"'))], ["a.b", "aliases"]),
        ([chapter(("a.b", "甲数", "个", 'aliases = ["丙", "丙"]'))], ["a.b", "丙"]),
        ([chapter(("a.b", "甲数", "个", 'kind = "heap"'))], ["a.b", "heap", "stock"]),
        ([chapter(("a.b", "甲数", "个", 'source = " "'))], ["a.b", "source"]),
        ([chapter(("a.b", "甲数", "嘟嘟", ""))], ["a.b", "嘟嘟"]),
        ([chapter(("a.b", "", "个", ""))], ["a.b", "name"]),
        ([Chapter("a.toml", "[[indicator]\n")], ["a.toml", "line 1"]),
        ([Chapter("a.toml", "[other]\nx = 1\n")], ["a.toml"]),
    ],
    ids=(
        [
            "id",
            "name",
            "alias",
            "alias_is_name",
            "dangling",
            "itself",
            "unknown_key",
            "wrong_type",
            "twice",
            "kind",
            "source",
            "unit",
            "empty",
            "syntax",
            "tables",
        ]
    ),
)
def test_what_does_not_hold_together_never_loads(chapters: list[Chapter], says: list[str]) -> None:
    with pytest.raises(KnowledgeError) as caught:
        build(chapters)
    for word in says:
        assert word in str(caught.value)


def test_an_alias_may_serve_two_dimensions() -> None:
    found = build([chapter(("a.b", "甲数", "个", 'aliases = ["丙"]'), ("a.c", "甲额", "元", 'aliases = ["丙"]'))])
    assert {entry.id for entry in found.by_name["丙"]} == {"a.b", "a.c"}


def test_defaults() -> None:
    built = build([chapter(("a.b", "甲率", "%", ""), ("a.c", "乙分", "分", ""), ("a.d", "丙数", "起", 'kind = "stock"'), ("a.e", "丁数", "起", ""))])
    assert [(each.dimension, each.kind) for each in built.indicators.values()] == [
        ("ratio", "ratio"),
        ("score", "score"),
        ("count", "stock"),
        ("count", "flow"),
    ]
    assert {each.source for each in built.indicators.values()} == {"observed in reports"}


def test_extra_files(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(ENTRY.format(id="own.things", name="自家物件数", unit="件", more='within = ["hazards.found"]'), encoding="utf-8-sig")
    own = load([file])
    assert own.indicators["own.things"].within == ("hazards.found",)
    assert own.digest != load().digest and len(own.indicators) == len(load().indicators) + 1
    file.write_text(ENTRY.format(id="own.things", name="预算执行率", unit="%", more=""), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"预算执行率.*own\.things.*budget\.execution_rate"):
        load([file])
    with pytest.raises(UnreadableError):
        load([tmp_path / "none.toml"])


def test_read_once_and_frozen() -> None:
    assert load() is load()
    assert re.fullmatch(r"[0-9a-f]{64}", load().digest)
    with pytest.raises(TypeError):
        load().indicators["x"] = load().indicators["safety.deaths"]  # type: ignore[index]


def test_loading_is_light() -> None:
    code = (
        "import sys; import extract.catalogue as c; c.load();"
        "print([m for m in ('sklearn', 'scipy', 'spacy', 'jieba', 'rapidfuzz') if m in sys.modules])"
    )
    heavy = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert heavy == "[]"
