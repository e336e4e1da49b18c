"""``heshu dev``: what a change to heshu changes in what it finds."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.cli._gold import GOLD, SHARED, TEXTS
from extract.cli._options import DEBUG, MODEL, settings, together
from extract.errors import HeshuError

if TYPE_CHECKING:
    from extract.types import Document

CORPUS = click.argument("corpus", nargs=-1, required=True, metavar="CORPUS...")
NOW = "now"


@click.group("dev", short_help="Compare versions of heshu; count rules.")
def COMMAND() -> None:  # noqa: N802
    """For those who change heshu: what a change changes, and how often each rule fires."""


@COMMAND.command("diff", short_help="Facts and findings gained, lost, changed.")
@together(
    click.argument("old", metavar="OLD"),
    click.argument("new", metavar="NEW"),
    CORPUS,
    click.option("--limit", type=click.IntRange(min=0), default=20, metavar="N", help="At most N a group, 0 for all.  [default: 20]"),
    DEBUG,
)
def diff(old: str, new: str, corpus: tuple[str, ...], limit: int) -> int:
    """What NEW finds that OLD does not, and the other way round, on CORPUS (files, folders, patterns).

    OLD and NEW are folders of JSON, as 'heshu check --format json --output-dir DIR CORPUS' writes them, or revisions
    that git knows (HEAD~3), or 'now' for heshu as it is. Facts are grouped by the rule or tagger that named them,
    findings by code, each with its words in the text.
    """
    from extract import differences
    from extract.cli import CLEAN

    with _output(old, corpus) as before, _output(new, corpus) as after:
        found = differences.compare(before, after)
    texts = {document.name: document.source for document in _read(corpus)}

    def quote(name: str, place: tuple[int, int]) -> str:
        return differences.quoted(texts[name], place) if name in texts else ""

    sys.stdout.write(differences.as_text(found, quote, limit=limit))
    return CLEAN


@COMMAND.command("rules", short_help="How often each rule and check fires.")
@together(CORPUS, MODEL, GOLD, SHARED, TEXTS, DEBUG)
def rules(corpus: tuple[str, ...], model: str | None, gold: tuple[Path, ...], shared: Path | None, texts: tuple[Path, ...]) -> int:
    """How often each naming rule and each check fires on CORPUS (files, folders, patterns): a table.

    A rule fires where it does not abstain, names where it is the first to, overlaps where others fire too, conflicts
    where one of those gives other words. Where documents of CORPUS are annotated, it says how often each is right.
    """
    from extract import firing
    from extract.cli import CLEAN, _gold, _models
    from extract.gold import find_annotations

    chosen = settings(model=model)
    known = {one.sha256: one for one in _gold.documents(gold, shared, texts)} if gold or find_annotations() else {}
    counted = firing.count(_read(corpus), _models.analyser(chosen.model, chosen.indicators), known)
    sys.stdout.write(firing.as_text(counted))
    return CLEAN


def _read(corpus: Sequence[str]) -> Iterator[Document]:
    """The documents of the corpus that can be read; a line on standard error for each of the others."""
    from extract.cli import _inputs, complain

    for name in _inputs.expand(corpus):
        try:
            if not isinstance(name, str):
                raise name
            yield _inputs.read(name)
        except HeshuError as error:
            complain(error)


@contextmanager
def _output(side: str, corpus: Sequence[str]) -> Iterator[Path]:
    """The folder with the JSON of one side; made in a temporary folder for a revision and for now."""
    if Path(side).is_dir():
        yield Path(side)
        return
    root = Path(__file__).resolve().parents[2]
    with tempfile.TemporaryDirectory() as folder:
        if side != NOW:
            root = _checked_out(side, root, Path(folder))
        out = Path(folder) / "output"
        # In a process of its own, with the package of that revision first on the path.
        program = f"import sys; sys.path.insert(0, {str(root)!r}); from extract.cli import main; main()"
        command = [sys.executable, "-c", program, "check", "--format", "json", "--exit-zero", "--output-dir", str(out), *corpus]
        done = subprocess.run(command, check=False)
        if not out.is_dir():
            raise click.ClickException(f"{side}: heshu check ended with {done.returncode} and wrote nothing")
        yield out


def _checked_out(revision: str, root: Path, folder: Path) -> Path:
    """The package as it is in a revision of the checkout, in a folder of its own."""
    archive = folder / "package.tar"
    command = ["git", "-C", str(root), "archive", f"--output={archive}", "--end-of-options", revision]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError as error:
        raise click.ClickException(f"{revision}: no such folder, and git is not here ({error.strerror})") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise click.ClickException(f"{revision}: no such folder, and no revision of {root} ({said[-1] if said else done.returncode})")
    import tarfile

    with tarfile.open(archive) as packed:
        packed.extractall(folder / "package", filter="data")
    return folder / "package"
