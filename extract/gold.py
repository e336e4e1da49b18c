"""Annotation files as frozen values: documents whose numbers were read by hand.

A file holds offsets, values and names, never the text (annotations/GUIDELINE.md says what they mean). The text is found
by its name or by the file's ``source`` block, and taken only where its SHA-256 is the annotated one; a document whose
text is not here says in ``absent`` why.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from extract.errors import MALFORMED, UnreadableError
from extract.types import OTHER_ROLES, Bound, Kind, RelationType, Roles

SUFFIX = ".gold.json"
SHARED_VARIABLE = "HESHU_SHARED"
_NO_ROLES = frozenset({"id", "type", "code", "certainty", "note", "holds", "message", "severity", *OTHER_ROLES})
_TEXTS_OF_CORPUS = ("seeds", "dev", "written")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldFact:
    """A number that claims something, as a person read it. ``value`` is ``None`` for a range; ``mention`` is "" where it is not known."""

    id: str
    start: int
    end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    bound: Bound
    kind: Kind
    mention: str
    indicator: str
    subject: str = ""
    period: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldRelation:
    """What numbers promise each other, as a person read it. ``roles`` names fact ids as the guideline does."""

    id: str
    type: RelationType
    roles: Roles
    holds: bool
    certainty: str
    items: int | None = None
    note: str = ""

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of all facts that take part, in the order of the file."""
        return tuple(i for ids in self.roles.values() for i in ((ids,) if isinstance(ids, str) else ids))


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDocument:
    """An annotated document.

    ``text`` is ``None`` where it is not here, and ``absent`` says why. ``sha256`` is that of the text, ``digest`` that of
    the annotation file. ``genre`` is the kind of report, ``family`` what shares its author or source: a model tried on a
    document must not have learnt from its family. ``collection`` is the first word of the name (written, dev, …).
    """

    name: str
    sha256: str
    digest: str
    org: str
    region: str
    year: str
    genre: str
    family: str
    facts: tuple[GoldFact, ...] = field(repr=False)
    relations: tuple[GoldRelation, ...] = field(repr=False)
    text: str | None = field(default=None, repr=False)
    absent: str = ""

    @property
    def collection(self) -> str:
        return self.name.partition("-")[0]


def load(folders: Iterable[Path], *, shared: Path | None = None, texts: Iterable[Path] = ()) -> tuple[GoldDocument, ...]:
    """The annotated documents of the folders, in the order of folders and names.

    Their texts are looked for as ``NAME.txt`` in ``texts``, in ``documents`` beside each folder, and in the corpus below
    ``shared``, and last cut from the file that ``source`` names there.

    Raises:
        UnreadableError: a folder has no annotation files, or one of them does not hold together.
    """
    found: list[GoldDocument] = []
    texts = tuple(texts)
    for folder in folders:
        paths = sorted(folder.glob(f"*{SUFFIX}"))
        if not paths:
            raise UnreadableError(str(folder), f"no *{SUFFIX} in it", "name a folder of annotations")
        places = [*texts, folder.parent / "documents"]
        if shared is not None:
            places += corpus_texts(shared)
        found += (read(path, places=places, shared=shared) for path in paths)
    return tuple(found)


def corpus_texts(shared: Path) -> list[Path]:
    """The folders of the shared corpus that hold texts."""
    return [shared / "corpus" / name for name in _TEXTS_OF_CORPUS]


def read(path: Path, *, places: Sequence[Path] = (), shared: Path | None = None) -> GoldDocument:
    """The annotated document of one file, with its text if it is in one of ``places`` or can be cut from the corpus.

    Raises:
        UnreadableError: the file is no annotation; the line says where it breaks.
    """
    try:
        data = path.read_bytes()
        raw: dict[str, Any] = json.loads(data)
        name, sha256 = str(raw["doc"]), str(raw["sha256"])
        text, absent = _text(name, sha256, raw.get("source"), places, shared)
        return GoldDocument(
            name=name,
            sha256=sha256,
            digest=hashlib.sha256(data).hexdigest(),
            org=raw.get("org") or "",
            region=raw.get("region") or "",
            year=raw.get("year") or "",
            genre=raw.get("genre") or "other",
            family=raw.get("family") or _family(name, raw.get("source")),
            facts=tuple(_fact(fact, text) for fact in raw["facts"]),
            relations=tuple(_relation(relation, n) for n, relation in enumerate(raw["relations"], 1)),
            text=text,
            absent=absent,
        )
    except (OSError, *MALFORMED) as error:
        raise UnreadableError(str(path), f"no annotation file ({type(error).__name__}: {error})") from error


def present(documents: Iterable[GoldDocument]) -> tuple[GoldDocument, ...]:
    """Those of the documents whose text is here."""
    return tuple(document for document in documents if document.text is not None)


def data_hash(documents: Iterable[GoldDocument]) -> str:
    """One SHA-256 for all the documents whose text is here: their names, annotations and texts, whatever their order."""
    lines = sorted(f"{document.name} {document.digest} {document.sha256}\n" for document in present(documents))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def folds(documents: Iterable[GoldDocument], count: int | None = None) -> list[tuple[tuple[GoldDocument, ...], tuple[GoldDocument, ...]]]:
    """(train, test) for cross-validation: each family is tested once, by what was learnt without it.

    One fold a family; with ``count``, that many folds of about as many facts each (no more than there are families). The
    order of the documents makes no difference to what is in a fold.

    Raises:
        ValueError: ``count`` is below 2.
    """
    if count is not None and count < 2:
        raise ValueError(f"{count} folds: at least 2")
    everything = tuple(sorted(documents, key=lambda document: document.name))
    families: dict[str, list[GoldDocument]] = {}
    for document in everything:
        families.setdefault(document.family, []).append(document)
    groups = sorted(families.items(), key=lambda group: (-sum(len(document.facts) for document in group[1]), group[0]))
    bins: list[set[str]] = [set() for _ in range(min(count or len(groups), len(groups)))]
    sizes = [0] * len(bins)
    for family, members in groups:
        smallest = sizes.index(min(sizes))
        bins[smallest].add(family)
        sizes[smallest] += sum(len(document.facts) for document in members)
    return [
        (
            tuple(document for document in everything if document.family not in out),
            tuple(document for document in everything if document.family in out),
        )
        for out in bins
    ]


def find_annotations() -> tuple[Path, ...]:
    """The folders of annotations of this checkout, or of the working directory; () where there are none."""
    for root in (Path(__file__).resolve().parents[1], Path.cwd()):
        found = tuple(root / "annotations" / name for name in ("gold", "standoff") if (root / "annotations" / name).is_dir())
        if found:
            return found
    return ()


def find_shared() -> Path | None:
    """The folder of public texts: $HESHU_SHARED, else ``shared`` beside the checkout; ``None`` where there is none."""
    named = os.environ.get(SHARED_VARIABLE)
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared"
    return folder if (folder / "corpus").is_dir() else None


def _family(name: str, source: Mapping[str, Any] | None) -> str:
    if name.startswith("seed-"):
        return "seed"
    return str(source["file"]) if source else name


def _decimal(raw: Mapping[str, Any], key: str) -> Decimal | None:
    return Decimal(raw[key]) if raw.get(key) is not None else None


def _fact(raw: Mapping[str, Any], text: str | None) -> GoldFact:
    mention = raw.get("mention") or ""
    if not mention and text is not None and "mention_start" in raw:
        mention = re.sub(r"\s+", "", text[raw["mention_start"] : raw["mention_end"]])
    return GoldFact(
        id=raw["id"],
        start=raw["start"],
        end=raw["end"],
        value=_decimal(raw, "value"),
        low=_decimal(raw, "low"),
        high=_decimal(raw, "high"),
        unit=raw["unit"],
        bound=cast(Bound, raw["bound"]),
        kind=cast(Kind, raw["kind"]),
        mention=mention,
        indicator=raw["indicator"],
        subject=raw.get("subject") or "",
        period=raw.get("period") or "",
        optional=bool(raw.get("optional")),
    )


def _relation(raw: Mapping[str, Any], n: int) -> GoldRelation:
    roles = {
        role: value if isinstance(value, str) else tuple(i for i in value if isinstance(i, str))
        for role, value in raw.items()
        if role not in _NO_ROLES and isinstance(value, str | list)
    }
    return GoldRelation(
        id=raw.get("id") or f"r{n}",
        type=cast(RelationType, raw["type"]),
        roles=roles,
        holds=raw["holds"],
        certainty=raw.get("certainty") or "certain",
        items=raw.get("items"),
        note=raw.get("note") or "",
    )


def find_text(raw: Mapping[str, Any], *, places: Iterable[Path] = (), shared: Path | None = None) -> tuple[str | None, str]:
    """The text that the object of an annotation file was made for and "", or ``None`` and why it is not here.

    ``NAME.txt`` is looked for in ``places``, then the text is cut from the file below ``shared`` that ``source`` names.
    """
    return _text(str(raw["doc"]), str(raw["sha256"]), raw.get("source"), places, shared)


def _text(name: str, sha256: str, source: Mapping[str, Any] | None, places: Iterable[Path], shared: Path | None) -> tuple[str | None, str]:
    """The text with that hash and "", or ``None`` and why it is not here."""
    other = ""
    for place in places:
        path = place / f"{name}.txt"
        if path.is_file():
            data = path.read_bytes()
            if hashlib.sha256(data).hexdigest() == sha256:
                return data.decode("utf-8"), ""
            other = f"{path} is not the text that was annotated"
    if other:
        return None, other
    if source is None or shared is None:
        return None, "its text is not here" if shared else "its text is not here; name the shared corpus with --shared"
    path = shared / "corpus" / source["file"]
    if not path.is_file():
        return None, f"{path} is not here"
    reader = _SOURCES.get(source["reader"])
    if reader is None:
        return None, f"no way to get a text out of {path.name} as {source['reader']!r}; name a folder that has {name}.txt with --texts"
    try:
        text = reader(path)[source["start"] : source["end"]]
    except ImportError as error:
        return None, f"{path.name} needs {error.name}, which is not installed"
    if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != sha256:
        return None, f"{path.name} read as {source['reader']!r} has not the text that was annotated"
    return text, ""


def _decoded(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


@lru_cache(maxsize=4)
def docx_paragraphs(path: Path) -> str:
    """The paragraphs of a .docx file that have characters, a line each."""
    import zipfile
    from xml.etree import ElementTree

    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    paragraphs = ("".join(run.text or "" for run in paragraph.iter(f"{word}t")) for paragraph in root.iter(f"{word}p"))
    return "\n".join(paragraphs)


@lru_cache(maxsize=4)
def _pypdfium2(path: Path) -> str:
    """The text of the pages as pypdfium2 gives it, one after the other."""
    import importlib

    pages = importlib.import_module("pypdfium2").PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pages)


_SOURCES: Mapping[str, Callable[[Path], str]] = {"decoded": _decoded, "docx-paragraphs": docx_paragraphs, "pypdfium2": _pypdfium2}


def plain(text: str) -> str:
    """The text without white space, compatibility forms made one (NFKC): how words are compared with what was annotated."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
