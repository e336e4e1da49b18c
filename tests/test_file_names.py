"""A file name that is no text stops neither the report on its file nor the reports on the others."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names of files are text there")
@pytest.mark.parametrize("form", ["text", "sarif", "junit", "github"])
def test_a_name_that_is_no_text_is_shown_escaped(tmp_path: Path, form: str) -> None:
    folder = os.fsencode(tmp_path)
    for name in (b"\xff\xe4.txt", b"other.txt"):
        Path(os.fsdecode(folder + b"/" + name)).write_text("全年支出22万元，其中甲10万元、乙15万元。\n", encoding="utf-8")
    command = [sys.executable, "-m", "extract.cli", "check", "--exit-zero", "--format", form, "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    assert "other.txt" in done.stdout.decode("utf-8")
    if form == "sarif":
        assert "%FF%E4.txt" in [artifact["location"]["uri"] for artifact in json.loads(done.stdout)["runs"][0]["artifacts"]]
