"""The documentation tells what the program does: outputs are fresh, commands are documented, examples run."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from extract.cli import COMMANDS
from tests import docs

ROOT = docs.ROOT


@pytest.mark.parametrize("page", docs.PAGES)
def test_outputs_in_the_documentation_are_fresh(page: str) -> None:
    assert (ROOT / page).read_text(encoding="utf-8") == docs.fresh(page), "run: python tests/docs.py"


@pytest.mark.parametrize("page", docs.WHOLE)
def test_manuals_are_fresh(page: str) -> None:
    assert (ROOT / page).read_text(encoding="utf-8") == docs.output(docs.WHOLE[page]), "run: python tests/docs.py"


def test_every_command_is_documented() -> None:
    import click

    def below(group: click.Group, path: str) -> list[str]:
        context = click.Context(group)
        known = ((name, group.get_command(context, name)) for name in group.list_commands(context))
        shown = [(name, command) for name, command in known if command is not None and not command.hidden]
        return [
            path,
            *(
                line
                for name, command in shown
                for line in (below(command, f"{path} {name}") if isinstance(command, click.Group) else [f"{path} {name}"])
            ),
        ]

    assert docs.commands("docs/commands.md") == [f"{path} --help" for path in below(COMMANDS, "heshu")]


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_both_readmes_show_a_real_report_with_a_finding(page: str) -> None:
    shown = [command for command in docs.commands(page) if command.startswith("heshu check annotations/documents/")]
    assert len(shown) == 1
    assert re.search(r"(错误|error)\[[A-Z][0-9]{3}\]", docs.output(shown[0]))


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_python_examples_run(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = (ROOT / page).read_text(encoding="utf-8")
    examples = "\n".join(re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    test = doctest.DocTestParser().get_doctest(examples, {}, page, page, 0)
    assert len(test.examples) >= 3
    assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test).failed == 0


def test_both_readmes_have_the_same_commands() -> None:
    def blocks(page: str) -> list[str]:
        return re.findall(r"^```(?:sh|python)\n(.*?)^```$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)

    assert blocks("README.md") == blocks("README.zh-CN.md")


def test_links_inside_the_project_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("benchmarks/*.md")]
    assert ROOT / "docs" / "cluster.md" in pages
    for path in pages:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path}: {target}"


def test_the_test_command_of_the_readme_is_what_ci_runs() -> None:
    assert "\n.ci/run\n" in (ROOT / "README.md").read_text(encoding="utf-8")
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    text = script.read_text(encoding="utf-8")
    assert "set -euo pipefail" in text
    for tool in ("ruff check", "mypy", "lint-imports", "pytest"):
        assert f".venv/bin/{tool}" in text


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package, with a ``heshu`` in ``bin`` that runs it."""
    shutil.copytree(ROOT / "extract", tmp_path / "extract", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "models", tmp_path / "models")
    tool = tmp_path / "bin" / "heshu"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nPYTHONPATH="{tmp_path}" exec "{sys.executable}" -m extract.cli "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    return tmp_path


_RECIPE = re.compile(r"^## (?P<title>.+?)\n(?P<body>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def recipes() -> dict[str, list[str]]:
    """The ``sh`` blocks of CONTRIBUTING.md by the heading above them, those that add something."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    found = {}
    for match in _RECIPE.finditer(text):
        blocks = re.findall(r"^```sh\n(.*?)^```$", match["body"], re.MULTILINE | re.DOTALL)
        if match["title"].startswith("Add "):
            found[match["title"]] = blocks
    return found


@pytest.mark.parametrize("title", recipes())
def test_recipes_work_as_written(title: str, copy: Path) -> None:
    """Each recipe is run in a copy of the project; ``# → words`` after a command are in its output."""
    blocks = recipes()[title]
    assert blocks
    expected = [line.removeprefix("# → ").strip() for block in blocks for line in block.splitlines() if line.startswith("# → ")]
    assert expected, "a recipe shows that it worked"
    done = subprocess.run(
        ["bash", "-e", "-c", "\n".join(blocks)],
        cwd=copy,
        env={**os.environ, "PATH": f"{copy / 'bin'}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        check=False,
        timeout=120,
    )
    shown = done.stdout.decode()
    assert done.returncode == 0, shown + done.stderr.decode()
    for words in expected:
        assert words in shown
