"""A real Spark on two threads of this machine: the facts of one process, and a job that outlives its documents and its workers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from extract import scripts, spark, stream
from extract.cli.spark import COMMAND
from extract.columns import TABLES
from extract.errors import HeshuError
from extract.settings import Settings
from tests.test_compare import BUDGET, FORM, LAST_YEAR, NARRATIVE, SETTLEMENT, SETTLEMENT_BEFORE, changed

TEXTS = (
    FORM,
    changed(NARRATIVE, "检查生产经营单位1,286家次", "检查生产经营单位1,268家次"),
    changed(LAST_YEAR, "20.15万元", "21.50万元"),
    SETTLEMENT,
    SETTLEMENT_BEFORE,
    BUDGET,
)
PLAIN = Settings(model="patterns")
QUICK = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.files.openCostInBytes": "16m",
    "spark.sql.files.maxPartitionBytes": "64m",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m",
}
"""A session that is soon there; four files are a task, so that there are several."""
DEADLY = """
import os, sys

if "pyspark.daemon" in sys.orig_argv:
    from pathlib import Path

    from extract import ingest

    read, marker = ingest.read_bytes, Path({marker!r})

    def deadly(data, **named):
        if data.decode(errors="replace").startswith("致命"):
            os.kill(os.getpid(), 9)
        if data.decode(errors="replace").startswith("一次") and not marker.exists():
            marker.touch()
            os.kill(os.getpid(), 9)
        return read(data, **named)

    ingest.read_bytes = deadly
"""
"""What Python does first where it is a worker: documents that begin so take it down, always, or once."""


@pytest.fixture(scope="module")
def marker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("deadly") / "died"


@pytest.fixture(scope="module")
def session(marker: Path) -> Iterator[Any]:
    """A session whose workers die of some documents."""
    pytest.importorskip("pyspark", reason="no pyspark here: pip install 'heshu[spark]'")
    if shutil.which("java") is None:
        pytest.skip("no Java on this machine: apt-get install openjdk-17-jre-headless")
    (marker.parent / "sitecustomize.py").write_text(DEADLY.format(marker=str(marker)), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(marker.parent))
        with spark.session("local[2]", QUICK) as made:
            yield made


def sorted_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows by document and position: f2 comes before f10."""
    return sorted(rows, key=lambda row: [(len(str(value)), str(value)) for value in list(row.values())[:2]])


def in_one_process(paths: list[Path]) -> dict[str, list[dict[str, Any]]]:
    batches = list(stream.analysed(stream.read(paths), PLAIN))
    names = {table: [column.name for column in columns] for table, columns in stream.TABLES.items()}
    return {table: sorted_rows([dict(zip(names[table], row, strict=True)) for row in stream.rows_of(table, batches)]) for table in stream.TABLES}


def kept(folder: Path) -> dict[str, list[dict[str, Any]]]:
    return {table: sorted_rows(kept_table(folder, table)) for table in stream.TABLES}


def kept_table(folder: Path, table: str) -> list[dict[str, Any]]:
    parquet = pytest.importorskip("pyarrow.parquet")
    assert (folder / table / "_SUCCESS").exists()
    rows: list[dict[str, Any]] = parquet.read_table(folder / table).to_pylist()
    return rows


def in_duckdb(folder: Path) -> list[tuple[Any, ...]]:
    """What the checks across documents find in the tables, asked of the other engine."""
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as store:
        for table in TABLES:
            store.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{folder}/{table}/*.parquet')")
        for view in scripts.views(spark.ACROSS):
            store.execute(f"CREATE VIEW {view.name} AS {view.sql}")
        query = "SELECT *, '{}', CASE verdict WHEN 'fail' THEN '{}' ELSE 'info' END FROM ({})"
        asked = [query.format(script.name, script["severity"], script.sql) for script in scripts.scripts(spark.ACROSS)]
        return [row for script in asked for row in store.execute(script).fetchall()]


def test_a_cluster_finds_what_one_process_finds(session: Any, marker: Path, tmp_path: Path) -> None:
    source, output = tmp_path / "报告", tmp_path / "tables"
    (source / "2023").mkdir(parents=True)
    for number, text in enumerate(TEXTS):
        (source / f"{number}.txt").write_text(text, encoding="utf-8")
    (source / "2023" / "once.txt").write_text("一次检查企业120家，其中甲镇70家、乙镇60家。\n", encoding="utf-8")
    good = [path for path in source.rglob("*.*") if path.is_file()]
    (source / "deadly.txt").write_text("致命检查企业120家。\n", encoding="utf-8")
    (source / "empty.txt").touch()
    (source / "damaged.docx").write_bytes(b"PK")
    (source / "picture.png").write_bytes(b"?")

    counts = spark.run(session, str(source), str(output), PLAIN)

    expected, found = in_one_process(good), kept(output)
    assert marker.exists()
    for table in ("documents", "paths", "facts", "checks", "findings"):
        assert found[table] == expected[table], table
        assert counts.tables[table] == len(expected[table]) > 0
    failed = {Path(row["path"]).name: row["error"] for row in found["failures"]}
    assert sorted(failed) == ["damaged.docx", "deadly.txt", "empty.txt"] and counts.tables["failures"] == 3
    assert "its process ended (by SIGKILL)" in failed["deadly.txt"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("tables")] == ["tables"]

    between = in_duckdb(output)
    assert sorted((tuple(row.values()) for row in kept_table(output, spark.ACROSS)), key=str) == sorted(between, key=str)
    assert counts.across.total() == len(between) and counts.across["fail", "error"] > 0 and counts.across["pass", "info"] > 0

    with pytest.raises(HeshuError, match="exists already"):
        spark.run(session, str(source), str(output), PLAIN)
    with pytest.raises(HeshuError, match="no such file or folder"):
        spark.run(session, str(tmp_path / "nowhere"), str(tmp_path / "other"), PLAIN)
    with pytest.raises(HeshuError, match="no file in it that heshu reads"):
        spark.run(session, str(marker.parent), str(tmp_path / "other"), PLAIN)


def test_the_command_keeps_copies_once_and_leaves_nothing_half_made(session: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, output = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for name in ("a", "b"):
        (source / f"{name}.txt").write_text("全年检查企业120家，其中甲镇70家、乙镇60家。\n", encoding="utf-8")
    monkeypatch.setattr(session, "stop", lambda: None)
    monkeypatch.chdir(tmp_path)
    command = ["--input", f"{source}/*.txt", "--output", str(output), "--model", "patterns"]

    with monkeypatch.context() as patch:
        patch.setattr(spark, "_tables", lambda *_: 1 / 0)
        assert isinstance(CliRunner().invoke(COMMAND, command).exception, ZeroDivisionError)
    broken = CliRunner().invoke(COMMAND, ["--input", "nofs://a/b", "--output", str(output)])
    assert isinstance(broken.exception, HeshuError) and "Spark" in str(broken.exception)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]

    done = CliRunner().invoke(COMMAND, [*command, "--strict"], standalone_mode=False)
    assert done.exception is None and done.return_value == 1, done.output
    assert "1 documents" in done.output and "1 documents have the bytes of another one" in done.output
    found = kept(output)
    assert [row["path"] for row in found["documents"]] == [f"{source}/a.txt"]
    assert [row["path"] for row in found["paths"]] == [f"{source}/a.txt", f"{source}/b.txt"]
    assert len(found["findings"]) == 1


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(__import__("sys").modules, "pyspark.sql", None)
        with pytest.raises(HeshuError, match=r"pip install 'heshu\[spark\]'"), spark.session():
            pass
    assert "is no KEY=VALUE" in CliRunner().invoke(COMMAND, ["--input", "a", "--output", "b", "--conf", "c"]).output


def test_without_java_there_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark", reason="no pyspark here: pip install 'heshu[spark]'")
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(HeshuError, match="Java is not installed"), spark.session():
        pass
