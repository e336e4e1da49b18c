"""heshu inside spaCy: a tokenizer that keeps quantities whole, and two components for anybody's pipeline.

``heshu_quantities`` puts the quantities of a ``Doc`` into ``doc.spans["heshu_quantities"]``, labelled by dimension;
``heshu_facts`` puts the facts into ``doc.spans["heshu_facts"]``, labelled by kind and with the linked indicator as
``kb_id``, and the whole :class:`~extract.types.Report` into ``doc.user_data["heshu"]``. Both work on any tokenizer:
a quantity that its tokens cut is widened to whole tokens. Importing this module imports spaCy, which also finds the
components by their entry points.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as SpacySpan
from spacy.util import registry
from spacy.vocab import Vocab

from extract import ingest, learned
from extract.pipeline import analyse
from extract.quantify import quantify
from extract.tokenise import pieces
from extract.types import Document, Span

QUANTITIES = "heshu_quantities"
FACTS = "heshu_facts"


class Tokenizer:
    """jieba's words with quantities unbreakable; the tokens joined give the text. It holds nothing that needs saving."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        document = _document(text)
        extents = _in_source(document, (quantity.extent for quantity in quantify(document).quantities)) if document else []
        found = list(pieces(text, extents))
        words, tags = [word for word, _ in found], [tag for _, tag in found]
        return Doc(self.vocab, words=words, spaces=[False] * len(words), tags=tags)

    def __reduce__(self) -> tuple[type[Tokenizer], tuple[Vocab]]:
        return Tokenizer, (self.vocab,)

    def to_bytes(self, **_: Any) -> bytes:
        return b""

    def from_bytes(self, data: bytes, **_: Any) -> Tokenizer:
        return self

    def to_disk(self, path: Any, **_: Any) -> None:
        return None

    def from_disk(self, path: Any, **_: Any) -> Tokenizer:
        return self


@registry.tokenizers("heshu.Tokenizer.v1")  # type: ignore[untyped-decorator]
def make_tokenizer() -> Any:
    """What makes the tokenizer of a pipeline, for the ``[nlp.tokenizer]`` of a spaCy configuration."""
    return lambda nlp: Tokenizer(nlp.vocab)


@Language.component("heshu_quantities")
def quantities(doc: Doc) -> Doc:
    """The ``Doc`` with its quantities in ``doc.spans["heshu_quantities"]``, labelled by dimension ("" for a bare number)."""
    document = _document(doc.text)
    found = quantify(document).quantities if document else ()
    extents = _in_source(document, (quantity.extent for quantity in found)) if document else []
    doc.spans[QUANTITIES] = [_span(doc, extent, quantity.dimension) for extent, quantity in zip(extents, found, strict=True)]
    return doc


@Language.component("heshu_facts")
def facts(doc: Doc) -> Doc:
    """The ``Doc`` with its facts in ``doc.spans["heshu_facts"]`` and its report in ``doc.user_data["heshu"]``."""
    document = _document(doc.text)
    if document is None:
        doc.spans[FACTS] = []
        return doc
    report = analyse(document, models=learned.models())
    links = {link.fact: link.indicator_id or "" for link in report.links}
    extents = _in_source(document, (fact.quantity.extent for fact in report.facts))
    doc.spans[FACTS] = [_span(doc, extent, fact.kind, links[fact.id]) for extent, fact in zip(extents, report.facts, strict=True)]
    doc.user_data["heshu"] = report
    return doc


def load() -> Language:
    """A Chinese pipeline with heshu's tokenizer and both components."""
    import spacy

    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "heshu.Tokenizer.v1"}}})
    nlp.add_pipe("heshu_quantities")
    nlp.add_pipe("heshu_facts")
    return nlp


def _document(text: str) -> Document | None:
    """The document of a text as it stands; ``None`` for a blank one."""
    return ingest.read_text(text, name="text") if text.strip() else None


def _in_source(document: Document, spans: Iterable[Span]) -> list[Span]:
    return [document.source_span(span) for span in spans]


def _span(doc: Doc, place: Span, label: str, identity: str = "") -> SpacySpan:
    span = doc.char_span(place.start, place.end, label=label, kb_id=identity, alignment_mode="expand")
    assert span is not None, "a place in the text lies within its tokens"
    return span
