"""Every notebook runs from top to bottom, on the annotations alone; a failing cell is a failing test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from extract.gold import SHARED_VARIABLE

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
each = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)


def cells(notebook: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return found


def test_there_are_notebooks() -> None:
    assert len(NOTEBOOKS) >= 3


@each
def test_runs(notebook: Path, tmp_path: Path) -> None:
    pytest.importorskip("nbmake")
    command = [sys.executable, "-m", "pytest", "--nbmake", "--nbmake-timeout=120", "-p", "no:cacheprovider", "-q", str(notebook)]
    # An empty folder in place of the public texts: a notebook needs the annotations only.
    without = {**os.environ, SHARED_VARIABLE: str(tmp_path)}
    done = subprocess.run(command, cwd=ROOT, env=without, capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stdout + done.stderr


@each
def test_is_committed_without_paths_of_a_machine(notebook: Path) -> None:
    assert "/home/" not in notebook.read_text(encoding="utf-8")
    assert all(not output.get("ename") for cell in cells(notebook) for output in cell.get("outputs", []))


@each
def test_is_committed_without_pictures(notebook: Path) -> None:
    outputs = [output for cell in cells(notebook) for output in cell.get("outputs", [])]
    assert not any(kind.startswith("image/") for output in outputs for kind in output.get("data", {}))
    assert len(json.dumps(outputs, ensure_ascii=False)) < 10_000


@each
def test_begins_with_a_title_and_asserts_something(notebook: Path) -> None:
    first, *others = cells(notebook)
    assert first["cell_type"] == "markdown"
    assert "".join(first["source"]).startswith("# ")
    assert any(line.startswith("assert ") for cell in others if cell["cell_type"] == "code" for line in cell["source"])


@each
def test_is_listed(notebook: Path) -> None:
    assert f"| {notebook.name} |" in (ROOT / "notebooks" / "README.md").read_text(encoding="utf-8")
