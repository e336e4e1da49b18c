"""The shipped models: what they change, what they leave alone, and what they need."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import extract
from extract import features, ingest, learned, pipeline, sides, tense
from extract.types import Report
from tests.test_cli import heshu

ROOT = Path(__file__).resolve().parents[1]
MODEL = learned.shipped("tense")
MAKER = learned.maker(MODEL)
SIDES = learned.shipped("sides")
# A page of a plan without a heading and without a word beside the numbers that says that they are targets.
PLAN = "".join(
    f"（{number}）{what}" + "\n"
    for number, what in zip(
        "一二三四五六七八",
        (
            "加快推进产业转型升级，大力培育先进制造业集群，新建20家中试基地，深化科技体制改革，完善创新生态，强化企业创新主体地位。",
            "持续优化营商环境，推动政务服务提质增效，深入实施市场准入制度，加强知识产权保护，激发各类经营主体活力。",
            "加快建设现代综合交通体系，推进城市更新，改造老旧小区300个，完善公共服务设施，提升城市治理水平。",
            "全面推进乡村振兴，严守耕地红线，加强高标准农田建设，发展特色农业，农村户用卫生厕所普及率达到85%，促进农民持续增收。",
            "扎实推进生态环境治理，打好污染防治攻坚战，加强重点流域保护，推动绿色低碳发展，完善生态补偿机制。",
            "加强基层治理，健全矛盾纠纷化解机制，深化平安建设，提升应急救援能力，坚决防范重特大事故。",
            "强化就业优先政策，支持高校毕业生创业，完善社会保障体系，扩大养老托育服务供给，健全分层分类救助制度。",
            "坚持过紧日子，严控一般性支出，强化审计监督，加强干部队伍建设，切实转变工作作风，推动各项任务落地见效。",
        ),
        strict=True,
    )
)
PAST = (
    "2024年，全区共检查企业320家次，发现隐患1,204处，已全部完成整改。同比下降12.5%。全年发生火灾17起，较上年减少3起，未发生人员伤亡。"
    "已建成老旧小区改造项目12个，惠及居民4,300户，投入资金2.6亿元，占年初预算的98.2%。办理行政处罚案件45件，罚款138万元。\n"
) * 6


def both(text: str) -> tuple[Report, Report]:
    document = ingest.read_text(text)
    return pipeline.analyse(document), pipeline.analyse(document, models=learned.models())


def test_numbers_of_a_plan_become_targets_and_say_who_says_so() -> None:
    alone, with_models = both(PLAN)
    assert {fact.kind for fact in alone.facts} == {"level", "rate"}
    assert {fact.kind for fact in with_models.facts} == {"target"}
    for before, after in zip(alone.facts, with_models.facts, strict=True):
        assert MAKER in after.makers and after.makers[-1] == before.makers[-1]
        assert tense.AHEAD < after.confidence <= 1 or after.confidence == before.confidence
        assert replace(after, kind=before.kind, makers=before.makers, confidence=before.confidence) == before


def test_numbers_of_what_was_done_stay_as_they_are() -> None:
    alone, with_models = both(PAST)
    assert len(alone.facts) > 40
    assert with_models.facts == alone.facts


def test_a_plan_around_a_table_or_an_earlier_year_changes_neither() -> None:
    table = "| 指标 | 数量（个） |\n| --- | --- |\n| 老旧小区 | 300 |\n"
    text = PLAN + "\n" + table + "\n" + PLAN.replace("新建20家", "2019年新建20家")
    alone, with_models = both("关于2025年工作的报告\n" + text)
    kept = [after for before, after in zip(alone.facts, with_models.facts, strict=True) if before.kind == after.kind]
    assert any(fact.cell is not None for fact in kept)
    assert any(fact.period == "2019" for fact in kept)


def test_a_few_words_are_no_evidence() -> None:
    """A sentence that speaks of a requirement must not turn the number that misses it into one."""
    _, with_models = both("全年人均学时54学时，达到不少于60学时的要求。")
    assert with_models.facts[0].kind == "level"


def test_a_planned_fall_is_positive() -> None:
    alone, with_models = both(PLAN.replace("新建20家中试基地", "万元产值能耗下降2%"))
    falls = [(before, after) for before, after in zip(alone.facts, with_models.facts, strict=True) if before.kind == "growth"]
    assert [(before.quantity.value, after.quantity.value, after.kind) for before, after in falls] == [(Decimal(-2), Decimal(2), "target")]


# Words on both sides of the number: a place or a body names nothing, what is left over is no verb's object.
ELSEWHERE = "今天，青山市河口镇录得122.4毫米的大暴雨，市水务局昨晚紧急向下游调运700条编织袋。"
HERE = "排查隐患3668条，整改3593条，剩余75条已落实管控措施。全年罚没收入14万元已全部上缴国库。"


def test_words_after_a_number_name_it_where_a_place_stands_before() -> None:
    document = ingest.read_text(ELSEWHERE)
    found = pipeline.stated(document)
    revised = learned.revised(document, found.facts, found.after, [SIDES])
    assert [fact.mention.text for fact in revised] == ["大暴雨", "编织袋"]
    for before, after in zip(found.facts, revised, strict=True):
        if before.mention.text == after.mention.text:
            continue
        assert after.makers == (before.makers[0], learned.maker(SIDES), *before.makers[1:]) and after.confidence <= before.confidence
        assert after.mention.span is not None and after.mention.span.of(document.text) == after.mention.text
        assert replace(after, mention=before.mention, makers=before.makers, confidence=before.confidence) == before


def test_what_follows_what_is_left_over_names_nothing() -> None:
    document = ingest.read_text(HERE)
    found = pipeline.stated(document)
    assert list(sides.cases(document, found.facts, found.after))
    assert learned.revised(document, found.facts, found.after, [SIDES]) == found.facts


def test_patterns_alone_are_untouched_by_models() -> None:
    report = pipeline.analyse(ingest.read_text(PLAN))
    assert report.made_by.models == {}
    assert not any(maker.startswith("tagger:") for fact in report.facts for maker in fact.makers)
    assert learned.models("patterns") == ()


def test_the_report_names_its_models() -> None:
    wanted = {name: hashlib.sha256((ROOT / "models" / name / learned.FILE).read_bytes()).hexdigest() for name in learned.NAMES}
    assert extract.check(PLAN).made_by.models == wanted == {model.name: model.sha256 for model in learned.models("default")}


def test_the_command_line_chooses(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    found = {
        model: json.loads(heshu("facts", path, "--format", "json", *(["--model", model] if model else [])).stdout)
        for model in ("", "default", "patterns")
    }
    assert found[""] == found["default"]
    assert found["default"]["made_by"]["models"] == {name: learned.shipped(name).sha256 for name in learned.NAMES}
    assert found["patterns"]["made_by"]["models"] == {}
    assert {fact["kind"] for fact in found["default"]["facts"]} == {"target"}
    assert not any(fact["kind"] == "target" for fact in found["patterns"]["facts"])


def test_reading_needs_no_scikit_learn() -> None:
    program = f"import sys, extract; extract.check({PLAN!r}); print(*[name for name in ('sklearn', 'scipy', 'pickle5') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_shipped_files_are_small_and_hold_no_pickle() -> None:
    files = [path for path in (ROOT / "models").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 2_000_000
    assert {path.suffix for path in files} <= {".npz", ".md"}
    for name in learned.NAMES:
        with np.load(ROOT / "models" / name / learned.FILE, allow_pickle=False) as arrays:
            assert {arrays[key].dtype.kind for key in arrays.files} == {"f"}


def test_a_file_with_a_pickle_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    np.savez(path, weights=np.array([{}], object), stretches=np.zeros(3))
    with pytest.raises(ValueError, match="allow_pickle"):
        learned.read("tense", path.read_bytes())


@pytest.mark.parametrize("name", learned.NAMES)
def test_the_card_is_of_the_model(name: str) -> None:
    card = (ROOT / "models" / name / "CARD.md").read_text(encoding="utf-8")
    assert learned.shipped(name).sha256 in card
    for heading in ("On documents not seen", "Ablations", "Limits", "Tried and left out"):
        assert f"\n## {heading}\n" in card


@given(st.text(), st.text(max_size=20))
def test_sums_of_a_text_do_not_depend_on_what_stands_before(text: str, before: str) -> None:
    weights = np.arange(1 << features.BITS, dtype=np.float32) / np.float32(1000)
    alone = np.diff(features.sums(text, weights))
    behind = np.diff(features.sums(before + text, weights))[len(before) :]
    assert len(alone) == len(text)
    assert np.allclose(alone, behind)


def test_long_texts_are_hashed_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = np.arange(1 << features.BITS, dtype=np.float32) / np.float32(1000)
    whole = features.sums(PAST, weights)
    monkeypatch.setattr(features, "_PIECE", 7)
    assert np.allclose(features.sums(PAST, weights), whole)


def test_digits_count_as_one() -> None:
    assert (features.ngrams("增长5.2%") == features.ngrams("增长９.8%")).all()
    assert (features.ngrams("增长5.2%") != features.ngrams("下降5.2%")).any()
