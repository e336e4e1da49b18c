"""spaCy DocBin: a .spacy file to train or to look at with spaCy, no pickle in it.

Why: ``spacy train``, ``spacy debug data`` and displaCy read it as it is.

Example: ``doc.spans["facts"]`` holds a span for each fact, its label the kind and its id the number of the fact;
``doc.spans["mentions"]`` the words that name it where they stand together; ``doc.user_data["heshu"]`` all of it as JSON.

Left alone: spaCy's words. A token is a character: a number does not always begin and end where a word does.

Source: spacy.io/api/docbin, spacy.io/api/spangroup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import UnreadableError
from extract.exchange import Annotated, Format
from extract.exchange._marks import Mark, checked, empty, packed, restored, unpacked

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_KEY = "heshu"


def _write(documents: Sequence[Annotated], name: str) -> Mapping[str, bytes]:
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    vocab = Vocab()
    docs = [_doc(vocab, checked(document)) for document in documents]
    return {name: DocBin(attrs=[], store_user_data=True, docs=docs).to_bytes()}


def _doc(vocab: Vocab, document: Annotated) -> Doc:
    from spacy.tokens import Doc, Span

    doc = Doc(vocab, words=list(document.text), spaces=[False] * len(document.text))
    facts = document.gold["facts"]
    doc.spans["facts"] = [Span(doc, fact["start"], fact["end"], label=fact["kind"], span_id=str(n)) for n, fact in enumerate(facts, 1)]
    named = [(n, fact["mention_start"], fact["mention_end"]) for n, fact in enumerate(facts, 1) if "mention_start" in fact and "mention_end" in fact]
    doc.spans["mentions"] = [Span(doc, start, end, label="mention", span_id=str(n)) for n, start, end in named if 0 <= start < end <= len(doc)]
    doc.user_data[_KEY] = packed(document.gold)
    return doc


def _read(path: Path) -> Sequence[Annotated]:
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    try:
        docs = list(DocBin().from_bytes(path.read_bytes()).get_docs(Vocab()))
    except OSError:
        raise
    except Exception as error:
        # zlib, msgpack and spaCy each have errors of their own for what is no DocBin.
        raise UnreadableError(str(path), f"no DocBin of spaCy ({type(error).__name__}: {error})") from None
    return [_annotated(str(path), doc, n) for n, doc in enumerate(docs, 1)]


def _annotated(where: str, doc: Doc, number: int) -> Annotated:
    base = unpacked(where, doc.user_data[_KEY]) if _KEY in doc.user_data else empty(f"doc-{number}")
    marks = []
    for span in doc.spans.get("facts", ()):
        known = span.id_.isdecimal() and 0 < int(span.id_) <= len(base["facts"])
        marks.append(Mark(start=span.start_char, end=span.end_char, kind=span.label_, origin=int(span.id_) - 1 if known else None, fields={}))
    return Annotated(text=doc.text, gold=restored(base, marks, None))


FORMAT = Format(name="docbin", suffix=".spacy", write=_write, read=_read)
