"""The public API: what a text, a path and a document give; names, types and promises of the package."""

from __future__ import annotations

import dataclasses
import importlib
import os
import pickle
import subprocess
import sys
import typing
import zipfile
from pathlib import Path

import pytest

import extract
from extract.errors import ConfigurationError, UnreadableError

ROOT = Path(__file__).resolve().parents[1]
TEXT = "溪口镇2022年工作报告\n全年共检查企业120家，发现隐患70处。\n"


def test_a_text_a_path_and_a_document_give_the_same_facts(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="gb18030")
    from_text = extract.check(TEXT)
    assert [(fact.mention.text, str(fact.quantity.value)) for fact in from_text.facts] == [("检查企业", "120"), ("发现隐患", "70")]
    assert extract.facts(path) == extract.facts(str(path)) == extract.check(extract.read(path)).facts
    assert [fact.triple for fact in extract.facts(path)] == [fact.triple for fact in from_text.facts]


def test_every_fact_has_a_link_and_numerals_are_all_accounted_for() -> None:
    report = extract.check(TEXT)
    assert [link.fact for link in report.links] == [fact.id for fact in report.facts] == ["f1", "f2"]
    assert [numeral.span.of(report.document.text) for numeral in report.numerals] == ["2022"]


def test_a_misspelt_file_name_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"reprot\.txt"):
        extract.check("reprot.txt")
    with pytest.raises(UnreadableError):
        extract.check(tmp_path / "no-suffix")


def test_a_text_that_mentions_a_file_is_a_text() -> None:
    assert extract.read("检查企业12家，见附件report.txt。\n").text.startswith("检查企业12家")
    assert extract.read("检查企业12家").text == "检查企业12家"
    long = "全年检查企业12家，" * 40
    assert extract.read(long).text == long


def test_codes_are_selected_and_unknown_ones_refused() -> None:
    assert extract.check(TEXT, select=["d1"]).findings == ()
    with pytest.raises(ConfigurationError, match="did you mean"):
        extract.check(TEXT, ignore=["D1O1"])


def test_documents_are_compared_as_they_are_checked(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    other = TEXT.replace("工作报告", "工作总结").replace("120", "100余")
    found = extract.compare([path, other, extract.read(TEXT)])
    assert [group.documents for group in found.groups] == [(0, 1, 2)]
    assert ({check.verdict for check in found.checks}, found.findings) == ({"pass"}, ())
    assert extract.compare([path, other], ignore=["D"]).checks == ()
    with pytest.raises(ConfigurationError, match="did you mean"):
        extract.compare([path], select=["D1O1"])


def test_a_report_is_a_value(tmp_path: Path) -> None:
    report = extract.check(TEXT)
    assert extract.check(TEXT) == report
    assert pickle.loads(pickle.dumps(report)) == report
    with pytest.raises(dataclasses.FrozenInstanceError):
        report.facts[0].kind = "rate"  # type: ignore[misc]


def test_the_function_check_survives_the_stage_check() -> None:
    stage = importlib.import_module("extract.check")
    assert stage.__name__ == "extract.check"
    assert callable(extract.check)
    assert not callable(stage)


def test_every_public_name_is_there_typed_and_documented() -> None:
    assert sorted(extract.__all__) == dir(extract)
    for name in extract.__all__:
        value = getattr(extract, name)
        assert isinstance(value, str) or value.__doc__
    from extract import types

    known = {**vars(types), "str": str}
    hints = typing.get_type_hints(extract.check, {**vars(sys.modules["extract"]), **known})
    assert hints["return"] is extract.Report
    with pytest.raises(AttributeError, match="nothing"):
        _ = getattr(extract, "nothing")  # noqa: B009
    assert (ROOT / "extract" / "py.typed").exists()


def test_types_are_checked_where_the_api_is_used(tmp_path: Path) -> None:
    (tmp_path / "right.py").write_text("import extract\nreport: extract.Report = extract.check('1家')\nprint(report.facts[0].triple)\n")
    (tmp_path / "wrong.py").write_text("import extract\nextract.check(12)\nextract.chekc('x')\n")

    def mypy(name: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "mypy", "--strict", "--config-file", os.devnull, "--cache-dir", tmp_path / "cache", tmp_path / name],
            capture_output=True, text=True, check=False, env={**os.environ, "MYPYPATH": str(ROOT)},
        )  # fmt: skip
        return "\n".join(line for line in done.stdout.splitlines() if name in line)

    assert mypy("right.py") == ""
    wrong = mypy("wrong.py")
    assert "arg-type" in wrong
    assert "attr-defined" in wrong


def test_the_wheel_works_where_it_is_installed(tmp_path: Path) -> None:
    """The wheel holds code, data and models, and its command runs in a folder that has nothing to do with the project."""
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", tmp_path, ROOT], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    data = {"extract/data/schema.json", "extract/data/comparison.schema.json", "extract/data/units.toml"}
    assert {"extract/py.typed", "extract/_models/README.md", *data} <= set(names)
    assert any(name.startswith("extract/data/indicators/") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any(name.startswith(("tests/", "annotations/", "models/")) for name in names)
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "--target", tmp_path / "site", wheel], check=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "report.txt").write_text(TEXT, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run(
        [sys.executable, tmp_path / "site" / "bin" / "heshu", "facts", "report.txt", "--format", "triples"],
        cwd=elsewhere,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert "120家" in done.stdout.decode()
    program = "import extract, sys; print(extract.__file__)"
    where = subprocess.run([sys.executable, "-c", program], cwd=elsewhere, env=environment, capture_output=True, text=True, check=True)
    assert where.stdout.startswith(str(tmp_path / "site"))
