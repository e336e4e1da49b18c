"""Gold files as they are, with every field: found, read with their texts, and written whole or not at all.

:mod:`extract.gold` reads the same files as frozen values for training and measuring, and leaves out what those do not need;
here nothing may be lost, and a broken file must be readable enough to say what is broken.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from extract.decode import decode
from extract.errors import UnreadableError
from extract.exchange import Annotated, Format, Gold
from extract.gold import SUFFIX, corpus_texts, find_shared, find_text
from extract.knowledge import discover


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldFile:
    """A gold file: its path, its object, its text (``None`` where that is not here, and ``absent`` says why)."""

    path: Path
    gold: Gold
    text: str | None
    absent: str

    def annotated(self) -> Annotated:
        """The text with its annotation.

        Raises:
            UnreadableError: the text is not here.
        """
        if self.text is None:
            raise UnreadableError(str(self.path), self.absent, "name the folder of its text with --texts")
        return Annotated(text=self.text, gold=self.gold)


def find(arguments: Iterable[str]) -> Iterator[Path | UnreadableError]:
    """The gold files that the arguments name, each once: files, and folders with all below them that end in .gold.json."""
    seen: set[Path] = set()
    for argument in arguments:
        path = Path(argument)
        files = sorted(path.rglob(f"*{SUFFIX}")) if path.is_dir() else [path]
        if not files:
            yield UnreadableError(argument, f"no *{SUFFIX} in it", "name a folder of annotations")
        for file in files:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def read(path: Path, *, texts: Sequence[Path] = ()) -> GoldFile:
    """The gold file at ``path``. Its text is looked for in ``texts``, beside it, in the folder ``documents`` next to its own,
    and in the shared corpus.

    Raises:
        UnreadableError: no such file, no JSON, or not the object of a gold file.
    """
    try:
        gold = json.loads(path.read_bytes())
    except OSError as error:
        raise UnreadableError(str(path), error.strerror or type(error).__name__) from None
    except (ValueError, RecursionError) as error:
        raise UnreadableError(str(path), f"no JSON ({error})") from None
    shaped = isinstance(gold, dict) and all(
        isinstance(gold.get(key), list) and all(isinstance(each, dict) for each in gold[key]) for key in ("facts", "relations")
    )
    if not shaped or not all(isinstance(gold.get(key), str) for key in ("doc", "sha256")):
        raise UnreadableError(str(path), "no annotation: it has doc, sha256, a list of facts and a list of relations", "see annotations/GUIDELINE.md")
    try:
        text, absent = find_text(gold, places=places(path.parent, texts), shared=find_shared())
    except (KeyError, TypeError, ValueError, OSError) as error:
        text, absent = None, f"its text cannot be found by its source ({type(error).__name__}: {error})"
    return GoldFile(path=path, gold=gold, text=text, absent=absent)


def gold_of(document: Path) -> Path | None:
    """The gold file of a document, beside it or in the folder ``gold`` next to its own; ``None`` where it has none for this text."""
    name = f"{document.stem}{SUFFIX}"
    for candidate in (document.parent / name, document.parent.parent / "gold" / name):
        if candidate.is_file():
            text = read(candidate, texts=[document.parent]).text
            if text is not None and text == decode(document.read_bytes(), str(document))[0]:
                return candidate
    return None


def named(gold: Gold) -> str:
    """The name of the document, which files can be called by.

    Raises:
        UnreadableError: it could lead out of a folder, or is none.
    """
    name = str(gold.get("doc", ""))
    if not name or name.startswith(".") or not name.isprintable() or any(char in name for char in "/\\:"):
        raise UnreadableError(repr(name), "no name that a file can have", "rename the document")
    return name


def places(folder: Path, texts: Sequence[Path] = ()) -> list[Path]:
    """Where the texts of gold files in a folder may be: in ``texts``, in it, in the folder ``documents`` beside it, in the corpus."""
    shared = find_shared()
    corpus = corpus_texts(shared) if shared else []
    return [*texts, folder, folder.parent / "documents", *corpus]


def exchanged(name: str) -> Format:
    """The format of that name of the folder ``exchange/``.

    Raises:
        UnreadableError: there is none.
    """
    for candidate in formats():
        if candidate.name == name:
            return candidate
    raise UnreadableError(name, "no such format", f"one of {', '.join(each.name for each in formats())}")


@cache
def formats() -> tuple[Format, ...]:
    """The formats of the folder ``exchange/``, in the order of their names."""
    return cast(tuple[Format, ...], discover("extract.exchange", "FORMAT"))


def exported(documents: Sequence[Annotated], form: Format, out: Path) -> None:
    """Write the documents to ``out`` in a format: a file, or a folder where the format is one.

    Raises:
        UnreadableError: two have one name, a fact has no place in its text, or it cannot be written.
    """
    seen: set[str] = set()
    for document in documents:
        if named(document.gold) in seen:
            raise UnreadableError(document.doc, "two documents have this name", "export them one after the other")
        seen.add(document.doc)
    save_all(form.write(documents, out.name), out.parent if form.suffix else out)


def imported(document: Annotated, folder: Path, texts: Sequence[Path] = ()) -> Path:
    """Write the gold file of a document that came back into a folder, and its text beside it where it is nowhere else.

    Raises:
        UnreadableError: the text is not the one that went out, or it cannot be written.
    """
    name, found = named(document.gold), sha256(document.text)
    if document.gold.get("sha256", found) != found:
        raise UnreadableError(name, "its text is not the one that was annotated", "the tool must not change it")
    rest = {key: value for key, value in document.gold.items() if key not in ("doc", "sha256")}
    gold = {"doc": name, "sha256": found, **rest}
    if find_text(gold, places=places(folder, texts), shared=find_shared())[0] is None:
        save(document.text.encode(), folder / f"{name}.txt")
    path = folder / f"{name}{SUFFIX}"
    save(dumped(gold).encode(), path)
    return path


def sha256(text: str) -> str:
    """The hash by which a gold file names its text: that of its UTF-8 bytes."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def dumped(gold: Gold) -> str:
    """The gold file as text: the document's own fields each on a line, then a fact a line, then a relation a line."""
    rows = [f" {_json(key)}: {_json(value)}" for key, value in gold.items() if key not in ("facts", "relations")]
    for key in ("facts", "relations"):
        entries = ",\n".join(f"  {_json(entry)}" for entry in gold[key])
        rows.append(f" {_json(key)}: [\n{entries}\n ]" if entries else f" {_json(key)}: []")
    return "{\n" + ",\n".join(rows) + "\n}\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def save(data: bytes, path: Path) -> None:
    """Write ``data`` to ``path`` whole or not at all: a file beside it first, then one rename. Its folder is made.

    Raises:
        UnreadableError: it cannot be written.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as error:
        raise UnreadableError(str(path), error.strerror or type(error).__name__, "name another place") from None
    finally:
        partial.unlink(missing_ok=True)


def save_all(files: Mapping[str, bytes], folder: Path) -> None:
    """Write several files into a folder, each whole or not at all.

    Raises:
        UnreadableError: one cannot be written.
    """
    for name, data in files.items():
        save(data, folder / name)
