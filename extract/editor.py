"""Findings as you type: heshu as a language server, for every editor that speaks the Language Server Protocol.

:func:`server` makes one around any way of reading a document. It reports the findings of an open text a moment after the last
change, with their other places and the edit that mends them as a quick fix, and tells on hover how a number was understood.
Nothing leaves the machine: the editor starts the server and talks to it over standard input and output.

Source: Language Server Protocol 3.17, https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path
from pygls.workspace import PositionCodec, TextDocument

import extract
from extract.coverage import Account, coverage
from extract.errors import HeshuError
from extract.explain import explain
from extract.ingest import read_text, suffixes
from extract.types import Document, Finding, Report, Span
from extract.writers import Lang, View
from extract.writers._arithmetic import arithmetic_of, message_of
from extract.writers._places import Places
from extract.writers._words import word

QUIET = 0.4
"""Seconds without a change after which an open text is read again."""

_SEVERITIES = {"error": lsp.DiagnosticSeverity.Error, "warning": lsp.DiagnosticSeverity.Warning, "info": lsp.DiagnosticSeverity.Information}
_HOVER_WIDTH = 88


@dataclass(frozen=True, slots=True)
class Reading:
    """A report on an open text, in the positions of the editor: lines from 0, columns in the units that the editor counts in."""

    report: Report
    uri: str
    codec: PositionCodec
    lang: Lang

    def diagnostics(self) -> list[lsp.Diagnostic]:
        """The findings, in the order of the text; each at its leading place, the others beside it."""
        places, lines = Places(self.report), self._lines()
        return [self._diagnostic(finding, places, lines) for finding in self.report.findings]

    def fixes(self, wanted: lsp.Range) -> list[lsp.CodeAction]:
        """The edits that mend the findings which a place of touches ``wanted``."""
        places, lines = Places(self.report), self._lines()
        return [
            action
            for finding in self.report.findings
            if any(_touch(self._range(place.span, places, lines), wanted) for place in places.of(finding))
            for action in self._fix(finding, places, lines)
        ]

    def hover(self, position: lsp.Position) -> lsp.Hover | None:
        """How the number at ``position`` was understood, or why it is no fact; ``None`` where no number stands."""
        places, lines = Places(self.report), self._lines()
        for account in coverage(self.report):
            place = self._of_source(account.place, places, lines)
            if place.start <= position <= place.end:
                told = explain(self.report, account.fact, View(lang=self.lang, width=_HOVER_WIDTH)) if account.fact else self._no_fact(account)
                return lsp.Hover(contents=lsp.MarkupContent(kind=lsp.MarkupKind.Markdown, value=f"```text\n{told}```"), range=place)
        return None

    def _no_fact(self, account: Account) -> str:
        return f"{word('not_a_fact', self.lang)}{word('colon', self.lang)}{word(f'reason.{account.reason}', self.lang)}\n"

    def _diagnostic(self, finding: Finding, places: Places, lines: list[str]) -> lsp.Diagnostic:
        first, *others = places.of(finding)
        message = message_of(finding, self.lang)
        if finding.arithmetic:
            message += f"\n{word('arithmetic', self.lang)}{word('colon', self.lang)}{arithmetic_of(finding, self.lang)}"
        return lsp.Diagnostic(
            range=self._range(first.span, places, lines),
            message=message,
            severity=_SEVERITIES[finding.severity],
            code=finding.code,
            source="heshu",
            related_information=[
                lsp.DiagnosticRelatedInformation(
                    location=lsp.Location(uri=self.uri, range=self._range(place.span, places, lines)),
                    message=" ".join(filter(None, (word(f"role.{place.role}", self.lang), places.words(place.span)))),
                )
                for place in others
            ],
            data=finding.fingerprint,
        )

    def _fix(self, finding: Finding, places: Places, lines: list[str]) -> Iterator[lsp.CodeAction]:
        repair = places.repair(finding)
        if repair is None:
            return
        place, right = repair
        edit = lsp.TextEdit(range=self._range(place, places, lines), new_text=right)
        yield lsp.CodeAction(
            title=f"{finding.code}: {places.words(place)} → {right}",
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[self._diagnostic(finding, places, lines)],
            edit=lsp.WorkspaceEdit(changes={self.uri: [edit]}),
        )

    def _lines(self) -> list[str]:
        """The lines of the source as an editor and :class:`~extract.writers._lines.Lines` count them; ``str.splitlines`` knows more ends."""
        return self.report.document.source.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def _range(self, span: Span, places: Places, lines: list[str]) -> lsp.Range:
        return self._of_source(self.report.document.source_span(span), places, lines)

    def _of_source(self, place: Span, places: Places, lines: list[str]) -> lsp.Range:
        ends = (places.lines.of_source(offset) for offset in (place.start, place.end))
        start, end = (lsp.Position(line=line - 1, character=self.codec.client_num_units(lines[line - 1][: column - 1])) for line, column in ends)
        return lsp.Range(start=start, end=end)


class _OpenTexts:
    """The texts that are open in an editor, each read with ``analyse`` a while after its last change, one at a time."""

    def __init__(self, editor: LanguageServer, analyse: Callable[[Document], Report], lang: Lang) -> None:
        self._editor = editor
        self._analyse = analyse
        self._lang = lang
        self._readings: dict[str, Reading] = {}
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._one_at_a_time = asyncio.Lock()

    def look_at(self, uri: str, after: float) -> None:
        """Read a text so many seconds from now, unless it is asked for again before."""
        self._forget(uri)
        self._waiting[uri] = asyncio.get_running_loop().create_task(self._look(uri, after))

    def current(self, uri: str) -> Reading | None:
        """The reading of a text as it stands now; of one that changed since, positions would be wrong."""
        reading = self._readings.get(uri)
        return reading if reading and reading.report.document.source == self._editor.workspace.get_text_document(uri).source else None

    def close(self, uri: str) -> None:
        """Read the text no more, and take its findings from the editor."""
        self._forget(uri)
        self._readings.pop(uri, None)
        self._editor.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri=uri, diagnostics=[]))

    def _forget(self, uri: str) -> None:
        if uri in self._waiting:
            self._waiting.pop(uri).cancel()

    async def _look(self, uri: str, after: float) -> None:
        await asyncio.sleep(after)
        async with self._one_at_a_time:
            opened = self._editor.workspace.get_text_document(uri)
            version = opened.version
            try:
                self._readings[uri] = await asyncio.to_thread(self._read, opened, opened.source)
                found = self._readings[uri].diagnostics()
            except Exception as error:
                foreseen = isinstance(error, HeshuError)
                kind = lsp.MessageType.Info if foreseen else lsp.MessageType.Error
                told = f"heshu: {error}" if foreseen else f"heshu: internal error, {type(error).__name__}: {error}"
                self._editor.window_log_message(lsp.LogMessageParams(type=kind, message=told))
                self._readings.pop(uri, None)
                found = []
            self._editor.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri=uri, version=version, diagnostics=found))

    def _read(self, opened: TextDocument, text: str) -> Reading:
        path = to_fs_path(opened.uri) or opened.uri
        suffix = PurePath(path).suffix.lower()
        document = read_text(text, name=PurePath(path).name, suffix=suffix if suffix in suffixes() else ".txt")
        return Reading(self._analyse(replace(document, path=path)), opened.uri, opened.position_codec, self._lang)


def server(analyse: Callable[[Document], Report], lang: Lang) -> LanguageServer:
    """A language server that reads open texts with ``analyse``; it serves once its ``start_io`` is called.

    What a text cannot be read for, and what goes wrong inside, is logged in the editor; the server goes on.
    """
    here = LanguageServer("heshu", extract.__version__)
    texts = _OpenTexts(here, analyse, lang)

    @here.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        texts.look_at(params.text_document.uri, 0)

    @here.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        texts.look_at(params.text_document.uri, QUIET)

    @here.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        texts.close(params.text_document.uri)

    @here.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix]))
    def fixes(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        reading = texts.current(params.text_document.uri)
        return reading.fixes(params.range) if reading else []

    @here.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        reading = texts.current(params.text_document.uri)
        return reading.hover(params.position) if reading else None

    return here


def _touch(one: lsp.Range, other: lsp.Range) -> bool:
    return one.start <= other.end and other.start <= one.end
