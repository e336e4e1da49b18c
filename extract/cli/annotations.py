"""``heshu annotations``: the workshop of those who read numbers by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extract.cli._options import DEBUG, INDICATORS, MODEL, settings, together
from extract.workshop.files import formats

if TYPE_CHECKING:
    from extract.exchange import Annotated
    from extract.settings import Settings
    from extract.types import Document, Report
    from extract.workshop.agreement import Agreement
    from extract.workshop.choose import Ranked

PATTERNS = "patterns"
"""The model that has learned nothing; where another one reads, the numbers on which the two differ are worth a look."""

_FORMAT = click.option(
    "--format", "format_name", type=click.Choice([each.name for each in formats()]), required=True, help="Format of the other tool."
)
_TEXTS = click.option(
    "--texts", multiple=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Where the texts of gold files are, too."
)
_SHOW = click.option("--format", "format_name", type=click.Choice(("text", "json")), default="text", help="Format of the output.  [default: text]")


@click.group("annotations", short_help="Annotate by hand: exchange, pre-annotate, choose, compare, check.")
def COMMAND() -> None:  # noqa: N802
    """Annotate documents by hand: to and from annotation tools, drafts to correct, what to read next, agreement, checks.

    A gold file NAME.gold.json holds the annotation of NAME.txt, which is looked for beside it, in the folder documents next
    to its own, and in the folders named by --texts.
    """


@COMMAND.command("export", short_help="Write annotations for another tool.")
@together(
    click.argument("documents", nargs=-1, required=True, metavar="DOC..."),
    _FORMAT,
    click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="OUT", help="The file to write; for brat a folder."),
    _TEXTS,
    INDICATORS,
    MODEL,
    DEBUG,
)
def _export(
    documents: tuple[str, ...], format_name: str, output: Path, texts: tuple[Path, ...], indicators: tuple[Path, ...], model: str | None
) -> int:
    """Write annotations for Label Studio, doccano, brat or spaCy.

    DOC is a gold file, a folder of gold files, or a document. A document that has no gold file yet is annotated by heshu
    first; Label Studio gets that as predictions.
    """
    from extract.cli import CLEAN, UNREADABLE, _batch
    from extract.workshop import files

    chosen = settings(indicators=indicators, model=model)
    found: list[Annotated] = []
    good = True
    for source in _sources(documents):
        good &= _batch.attempt(str(source), partial(_load, source, texts, chosen, found))
    if good:
        good = _batch.attempt(str(output), lambda: files.exported(found, files.exchanged(format_name), output))
    return CLEAN if good else UNREADABLE


@COMMAND.command("import", short_help="Read annotations back from another tool.")
@together(
    click.argument("file", type=click.Path(path_type=Path), metavar="FILE"),
    _FORMAT,
    click.option(
        "-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, metavar="GOLD_DIR", help="Where the gold files go."
    ),
    _TEXTS,
    DEBUG,
)
def _import(file: Path, format_name: str, output: Path, texts: tuple[Path, ...]) -> int:
    """Read annotations back from Label Studio, doccano, brat (a folder) or spaCy, into a gold file for each document.

    What the tool does not show is kept as it was exported; of a number that is new, value, unit and bound are read from the text.
    """
    from extract.cli import CLEAN, UNREADABLE, _batch
    from extract.errors import UnreadableError
    from extract.workshop import drafts, files

    found: list[Annotated] = []

    def read() -> None:
        try:
            found.extend(files.exchanged(format_name).read(file))
        except OSError as error:
            raise UnreadableError(str(file), error.strerror or type(error).__name__) from None

    good = _batch.attempt(str(file), read)
    for document in found:
        good &= _batch.attempt(document.doc, partial(_keep, document, output, texts, drafts.completed))
    return CLEAN if good else UNREADABLE


def _keep(document: Annotated, output: Path, texts: Sequence[Path], complete: Callable[[Annotated], Annotated]) -> None:
    from extract.workshop import files

    files.imported(complete(document), output, texts)


@COMMAND.command("pre", short_help="Draft annotations for a person to correct.")
@together(
    click.argument("documents", nargs=-1, required=True, metavar="DOC..."),
    click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, metavar="DIR", help="Where the drafts go."),
    click.option("--force", is_flag=True, help="Write over gold files, too."),
    INDICATORS,
    MODEL,
    DEBUG,
)
def _pre(documents: tuple[str, ...], output: Path, force: bool, indicators: tuple[Path, ...], model: str | None) -> int:
    """Draft the annotation of documents by the current model: a gold file for each, marked by its field made_by.

    A gold file that is no draft is not written over. The text goes beside the draft where it is not plain UTF-8 already.
    """
    from extract.cli import CLEAN, UNREADABLE, _batch, _inputs, complain
    from extract.errors import UnreadableError
    from extract.gold import SUFFIX
    from extract.workshop import files

    chosen = settings(indicators=indicators, model=model)
    seen: set[str] = set()

    def work(name: str) -> None:
        made = _draft(_inputs.read(name), chosen)
        target = output / f"{files.named(made.gold)}{SUFFIX}"
        if made.doc in seen:
            raise UnreadableError(name, f"another document is called {made.doc} too", "draft them into two folders")
        seen.add(made.doc)
        if target.exists() and not force and "made_by" not in files.read(target).gold:
            raise UnreadableError(str(target), "a person's work, no draft", "--force writes over it")
        files.imported(made, output, [Path(name).parent])

    good = True
    for name in _inputs.expand(documents):
        if isinstance(name, str):
            good &= _batch.attempt(name, partial(work, name))
        else:
            complain(name)
            good = False
    return CLEAN if good else UNREADABLE


@COMMAND.command("next", short_help="Show what is most worth reading by hand.")
@together(
    click.argument("documents", nargs=-1, metavar="[DIR]..."),
    click.option("--limit", type=click.IntRange(min=1), default=20, metavar="N", help="So many documents and so many numbers.  [default: 20]"),
    click.option(
        "--against",
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        metavar="DIR",
        help="Another reading: what another model or version wrote by heshu facts --format json --output-dir DIR.",
    ),
    click.option(
        "--annotated",
        multiple=True,
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        metavar="DIR",
        help="Leave out the documents that have a gold file in DIR.",
    ),
    _SHOW,
    INDICATORS,
    MODEL,
    DEBUG,
)
def _next(
    documents: tuple[str, ...],
    limit: int,
    against: Path | None,
    annotated: tuple[Path, ...],
    format_name: str,
    indicators: tuple[Path, ...],
    model: str | None,
) -> int:
    """Show the documents and the numbers most worth a person's time, each with a score and its reasons.

    Reasons are what heshu itself doubts, and what a model sees otherwise than the patterns, or than the reading of --against.

    DIR is a folder of documents, or a document.  [default: the working directory]
    """
    from extract.cli import CLEAN, UNREADABLE, _batch, _inputs, complain
    from extract.workshop import choose, files
    from extract.writers.json import as_object

    chosen = settings(indicators=indicators, model=model)
    done: set[str] = set()
    ranked: list[Ranked] = []

    def skip() -> None:
        done.update(str(files.read(path).gold["sha256"]) for path in _gold_files(map(str, annotated)))

    def work(name: str) -> None:
        document = _inputs.read(name)
        if files.sha256(document.source) not in done:
            other = choose.other_reading(against, _inputs.stem(name), document.sha256) if against else None
            others = {"the other": other} if other is not None else {}
            if chosen.model != PATTERNS:
                others[PATTERNS] = as_object(_analyse(document, replace(chosen, model=PATTERNS)), subject="facts")
            ranked.append(choose.ranked(_analyse(document, chosen), name, others))

    good = _batch.attempt("--annotated", skip)
    for name in _inputs.expand(documents or (".",)):
        if isinstance(name, str):
            good &= _batch.attempt(name, partial(work, name))
        else:
            complain(name)
            good = False
    print(*(_as_json if format_name == "json" else _as_text)(choose.in_order(ranked), limit), sep="\n")
    return CLEAN if good else UNREADABLE


@COMMAND.command("agreement", short_help="Compare two passes over the same documents.")
@together(click.argument("first", metavar="A"), click.argument("second", metavar="B"), _TEXTS, _SHOW, DEBUG)
def _agreement(first: str, second: str, texts: tuple[Path, ...], format_name: str) -> int:
    """Show how far two passes over the same documents agree, and list every disagreement.

    A and B are gold files or folders of them. Spans and relations are compared by F1, fields by their share, kinds and bounds
    also beyond chance (Cohen's kappa).
    """
    from extract.cli import CLEAN, UNREADABLE, _batch
    from extract.errors import UnreadableError
    from extract.workshop.agreement import agreement

    def work() -> None:
        passes = [[_gold_document(path, texts) for path in _gold_files([side])] for side in (first, second)]
        try:
            found = agreement(*passes)
        except ValueError as error:
            raise UnreadableError(f"{first} and {second}", str(error)) from None
        print(*_compared(found, format_name), sep="\n")

    return CLEAN if _batch.attempt(first, work) else UNREADABLE


# The name that is quicker to type.
COMMAND.add_command(click.Command("agree", params=_agreement.params, callback=_agreement.callback, help=_agreement.help, hidden=True))


@COMMAND.command("check", short_help="Find what is broken in gold files.")
@together(click.argument("paths", nargs=-1, required=True, metavar="PATH..."), _TEXTS, DEBUG)
def _check(paths: tuple[str, ...], texts: tuple[Path, ...]) -> int:
    """Find what is broken in gold files: spans, values that the numerals do not read as, kinds and bounds, ids, relations.

    PATH is a gold file, or a folder with all below it. Exit code 1 where something is broken, 2 where a file cannot be read.
    """
    from extract.cli import CLEAN, FOUND, UNREADABLE, _batch, complain
    from extract.workshop import files, vet

    broken = 0

    def work(path: Path) -> None:
        nonlocal broken
        file = files.read(path, texts=texts)
        if file.text is None:
            complain(f"{path}: {file.absent}; spans and values are not compared with it")
        for problem in vet.vet(file.gold, file.text):
            broken += 1
            place = f" at {problem.start}" if problem.start >= 0 else ""
            print(_clean(f"{path}: {problem.subject}{place} {problem.what}"))

    good = True
    for path in files.find(paths):
        if isinstance(path, Path):
            good &= _batch.attempt(str(path), partial(work, path))
        else:
            complain(path)
            good = False
    return UNREADABLE if not good else FOUND if broken else CLEAN


# --- what several of them do ------------------------------------------------------------------------------------------


def _analyse(document: Document, chosen: Settings) -> Report:
    from extract.cli import _models

    return _models.analyser(chosen.model, chosen.indicators)(document)


def _draft(document: Document, chosen: Settings) -> Annotated:
    import extract
    from extract.workshop import drafts

    return drafts.draft(_analyse(document, chosen), made_by=f"heshu {extract.__version__} ({chosen.model})")


def _sources(arguments: Sequence[str]) -> Iterator[Path]:
    """Gold files and documents that the arguments name: a folder means its gold files, where it has none its documents."""
    from extract.cli import _inputs
    from extract.gold import SUFFIX

    for argument in arguments:
        path = Path(argument)
        held = sorted(path.rglob(f"*{SUFFIX}")) if path.is_dir() else [path] if argument.endswith(SUFFIX) else []
        yield from held or (Path(name) if isinstance(name, str) else Path(argument) for name in _inputs.expand([argument]))


def _load(source: Path, texts: Sequence[Path], chosen: Settings, found: list[Annotated]) -> None:
    """The annotation of a source: its gold file's, else heshu's draft."""
    from extract.cli import _inputs
    from extract.gold import SUFFIX
    from extract.workshop import files

    gold = source if source.name.endswith(SUFFIX) else files.gold_of(source) if source.is_file() else None
    found.append(files.read(gold, texts=[*texts, source.parent]).annotated() if gold else _draft(_inputs.read(str(source)), chosen))


def _gold_files(arguments: Any) -> Iterator[Path]:
    """The gold files that the arguments name.

    Raises:
        UnreadableError: a folder has none.
    """
    from extract.workshop import files

    for path in files.find(arguments):
        if not isinstance(path, Path):
            raise path
        yield path


def _gold_document(path: Path, texts: Sequence[Path]) -> Any:
    from extract import gold
    from extract.workshop import files

    return gold.read(path, places=files.places(path.parent, texts), shared=gold.find_shared())


def _clean(line: str) -> str:
    """The line without characters that steer a terminal."""
    return "".join(char if char.isprintable() else " " for char in line)


def _as_text(documents: Sequence[Ranked], limit: int) -> Iterator[str]:
    from extract.workshop.choose import numerals

    for document in documents[:limit]:
        reasons = ", ".join(f"{reason} {count}" for reason, count in sorted(document.reasons.items(), key=lambda entry: (-entry[1], entry[0])))
        yield _clean(f"{document.score:.3f}  {document.document}  {document.numerals} numbers: {reasons or 'no doubt'}")
    yield ""
    for each in numerals(documents)[:limit]:
        yield _clean(f"{each.score:.2f}  {each.document}:{each.line}:{each.column}  {each.text}  ({'; '.join(each.reasons)})")


def _as_json(documents: Sequence[Ranked], limit: int) -> Iterator[str]:
    import json
    from dataclasses import asdict

    from extract.workshop.choose import numerals

    kept = [
        {
            "document": document.document,
            "score": round(document.score, 4),
            "numerals": document.numerals,
            "reasons": dict(sorted(document.reasons.items())),
        }
        for document in documents[:limit]
    ]
    yield json.dumps({"documents": kept, "numerals": [asdict(each) for each in numerals(documents)[:limit]]}, ensure_ascii=False, indent=1)


def _compared(found: Agreement, format_name: str) -> Iterator[str]:
    import json

    if format_name == "json":
        shares = {"spans": found.spans, "exact": found.exact, **found.fields, "relations": found.relations, "holds": found.holds}
        figures = {name: round(share.value, 4) for name, share in shares.items()}
        kappa = {field: round(value, 4) for field, value in found.kappa.items()}
        whole = {"documents": found.documents, "facts": found.facts, **figures, "kappa": kappa, "disagreements": found.lines}
        yield json.dumps(whole, ensure_ascii=False, indent=1)
        return
    yield f"{found.documents} documents, {found.facts[0]} and {found.facts[1]} facts"
    rows = [("spans that overlap, F1", found.spans), ("spans alike, F1", found.exact), *found.fields.items()]
    for name, share in (*rows, ("relations, F1", found.relations), ("holds", found.holds)):
        beyond = f"  kappa {found.kappa[name]:.3f}" if name in found.kappa else ""
        yield f"{name:<24}{share.value:.3f}  {share.same}/{share.total}{beyond}"
    if found.lines:
        yield ""
    yield from map(_clean, found.lines)
