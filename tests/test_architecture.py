"""The house: arrows only go down, help pages load nothing heavy, every piece of knowledge explains itself."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEAVY = ("spacy", "jieba", "sklearn", "scipy", "numpy", "pandas", "lxml", "rapidfuzz.process", "rich", "matplotlib", "duckdb", "pyarrow")
FOLDERS = {
    "readers": ("READER", ("Why", "Example", "Left alone", "Source")),
    "patterns": ("PATTERN", ("Why", "Example", "Left alone", "Source")),
    "taggers": ("TAGGER", ("Why", "Example", "Left alone", "Source")),
    "rules": ("RULE", ("Why", "Example", "Left alone", "Source")),
    "checks": ("CHECK", ("What", "Why", "Fires", "Left alone", "False alarms", "Source", "In Chinese")),
    "writers": ("WRITER", ("Why", "Example", "Left alone", "Source")),
    "forms": ("FORM", ("Why", "Example", "Left alone", "Source")),
    "exchange": ("FORMAT", ("Why", "Example", "Left alone", "Source")),
}
KNOWLEDGE = [
    (folder, info.name) for folder in FOLDERS for info in pkgutil.iter_modules([str(ROOT / "extract" / folder)]) if not info.name.startswith("_")
]
SOURCES = sorted(path for folder in ("extract", "tests", "benchmarks") for path in (ROOT / folder).rglob("*.py"))
# The manual of a piece of knowledge is the docstring of its module.
HOUSE = [path for path in SOURCES if path.is_relative_to(ROOT / "extract") and path.parent.name not in FOLDERS]


def test_arrows_only_go_down() -> None:
    done = subprocess.run([Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "command", [["--help"], ["check", "--help"], ["rules"], ["rule", "S201"], ["indicators"], ["query", "STORE", "--list"], ["--version"]]
)
def test_commands_about_heshu_itself_load_nothing_heavy(command: list[str]) -> None:
    program = (
        "import sys\nfrom extract.cli import main\n"
        f"sys.argv = ['heshu', *{command!r}]\n"
        "try:\n    main()\nfinally:\n"
        f"    print('LOADED', *[name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1].split() == ["LOADED"]


def test_importing_the_package_loads_nothing_heavy() -> None:
    program = f"import extract, sys; extract.Fact; extract.check; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_checking_a_text_loads_no_library_that_only_training_and_pipelines_need() -> None:
    program = (
        "import sys\nimport extract\nreport = extract.check('全年检查企业120家，其中甲镇70家、乙镇60家。')\n"
        "print(len(report.findings), *[name for name in ('spacy', 'sklearn', 'scipy', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1"]


@pytest.mark.parametrize(("folder", "name"), KNOWLEDGE, ids=[f"{folder}.{name}" for folder, name in KNOWLEDGE])
def test_knowledge_declares_itself_and_says_why(folder: str, name: str) -> None:
    module = importlib.import_module(f"extract.{folder}.{name}")
    declared, headings = FOLDERS[folder]
    assert hasattr(module, declared)
    manual = module.__doc__ or ""
    found = re.findall(rf"^({'|'.join(headings)}):(?=[ \n])", manual, re.MULTILINE)
    assert found == list(headings)
    parts = re.split(rf"^(?:{'|'.join(headings)}):", manual, flags=re.MULTILINE)
    assert all(part.strip() for part in parts), "a heading without text"
    source = parts[-1].strip()
    assert source not in {"?", "-", "unknown"}
    assert manual.splitlines()[0].endswith("."), "the first line says in one sentence what it is"


def test_regex_reads_only_what_re_cannot() -> None:
    """Scripts, look-behinds of several lengths, a name used twice; ``re`` reads the rest in much less time."""
    import regex

    simple: list[str] = []
    for path in HOUSE:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if "import regex" not in path.read_text(encoding="utf-8") or name.endswith("__main__"):
            continue
        for key, value in vars(importlib.import_module(name)).items():
            if isinstance(value, regex.Pattern):
                try:
                    re.compile(value.pattern, value.flags & (re.IGNORECASE | re.MULTILINE | re.DOTALL | re.VERBOSE))
                except re.error:
                    continue
                simple.append(f"{name}.{key}")
    assert simple == []


def test_every_folder_of_knowledge_is_filled() -> None:
    assert {folder for folder, _ in KNOWLEDGE} == set(FOLDERS)


@pytest.mark.parametrize("path", SOURCES, ids=[str(path.relative_to(ROOT)) for path in SOURCES])
def test_modules_explain_themselves_in_english_names(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "a module without a docstring"
    for node in ast.walk(tree):
        name = getattr(node, "name", None) or getattr(node, "id", None) or getattr(node, "arg", None)
        assert not isinstance(name, str) or name.isascii(), name


@pytest.mark.parametrize("path", HOUSE, ids=[str(path.relative_to(ROOT)) for path in HOUSE])
def test_public_names_say_what_comes_back_and_take_what_they_name(path: Path) -> None:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} has no docstring"
        if isinstance(node, ast.FunctionDef):
            assert node.args.kwarg is None, f"{node.name} passes **{node.args.kwarg} on"


def test_nothing_names_the_machine_that_it_was_written_on() -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    marks = tuple("/" + folder for folder in ("work/main", "work/shared", "tmp/w/"))
    for name in filter(None, tracked.stdout.decode().split("\0")):
        path = ROOT / name
        if path.is_file() and path.suffix in {".py", ".md", ".toml", ".txt", ".ipynb", ".cfg", ""} and "annotations" not in path.parts:
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not any(mark in text for mark in marks), name
