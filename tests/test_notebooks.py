"""Every notebook runs from top to bottom; a failing cell is a failing test."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs(notebook: Path) -> None:
    pytest.importorskip("nbmake")
    command = [sys.executable, "-m", "pytest", "--nbmake", "--nbmake-timeout=120", "-p", "no:cacheprovider", "-q", str(notebook)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_is_committed_without_paths_of_a_machine(notebook: Path) -> None:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    assert "/home/" not in notebook.read_text(encoding="utf-8")
    assert all(not output.get("ename") for cell in cells for output in cell.get("outputs", []))
