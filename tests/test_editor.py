"""heshu lsp as an editor meets it: a client of the protocol that starts the command and talks to it over its standard streams."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

T = TypeVar("T")
# The first character takes two UTF-16 units: an editor counts it twice, heshu once.
WRONG = "𠮷县简报\n\n全县发生火灾32起，其中居住场所20起、公共场所10起、其他场所5起。\n"
RIGHT = WRONG.replace("32起", "35起")
URI = "file:///reports/%E7%AE%80%E6%8A%A5.txt"


class Editor:
    """A client with one open text, and the diagnostics that it was last told for it."""

    def __init__(self) -> None:
        self.client = LanguageClient("test", "1")
        self.told: asyncio.Queue[lsp.PublishDiagnosticsParams] = asyncio.Queue()
        self.logged: list[str] = []
        self.version = 0

        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
        def published(params: lsp.PublishDiagnosticsParams) -> None:
            self.told.put_nowait(params)

        @self.client.feature(lsp.WINDOW_LOG_MESSAGE)  # type: ignore[untyped-decorator]
        def logged(params: lsp.LogMessageParams) -> None:
            self.logged.append(params.message)

    async def start(self, *options: str) -> None:
        await self.client.start_io(sys.executable, "-m", "extract.cli", "lsp", "--model", "patterns", *options)
        await self.client.initialize_async(lsp.InitializeParams(capabilities=lsp.ClientCapabilities()))
        self.client.initialized(lsp.InitializedParams())

    def open(self, text: str, uri: str = URI) -> None:
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(uri, "plaintext", 0, text)))

    def type(self, text: str) -> None:
        self.version += 1
        identifier = lsp.VersionedTextDocumentIdentifier(self.version, URI)
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(identifier, [lsp.TextDocumentContentChangeWholeDocument(text)]))

    async def diagnostics(self) -> list[lsp.Diagnostic]:
        return list((await asyncio.wait_for(self.told.get(), 60)).diagnostics)

    async def stop(self) -> None:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()  # type: ignore[no-untyped-call]


def edited(work: Callable[[Editor], Awaitable[T]], *options: str) -> T:
    async def session() -> T:
        editor = Editor()
        await editor.start(*options)
        try:
            return await work(editor)
        finally:
            await editor.stop()

    return asyncio.run(session())


def _range(line: int, start: int, end: int) -> lsp.Range:
    return lsp.Range(lsp.Position(line, start), lsp.Position(line, end))


def test_a_finding_comes_and_goes_as_one_types() -> None:
    async def work(editor: Editor) -> None:
        editor.open(WRONG)
        (found,) = await editor.diagnostics()
        assert (found.code, found.severity, found.source) == ("S201", lsp.DiagnosticSeverity.Error, "heshu")
        assert found.range == _range(2, 6, 8)
        assert "20 + 10 + 5 = 35 ≠ 32" in found.message
        assert [place.location.range for place in found.related_information or ()] == [_range(2, 16, 18), _range(2, 24, 26), _range(2, 32, 33)]
        editor.type(RIGHT)
        assert await editor.diagnostics() == []

    edited(work)


def test_only_the_last_of_quick_changes_is_read() -> None:
    async def work(editor: Editor) -> list[int | None]:
        editor.open(RIGHT)
        assert await editor.diagnostics() == []
        for text in (WRONG, RIGHT, WRONG):
            editor.type(text)
        last = await asyncio.wait_for(editor.told.get(), 60)
        assert [one.code for one in last.diagnostics] == ["S201"]
        assert editor.told.empty()
        return [last.version]

    assert edited(work) == [3]


def test_columns_are_counted_in_the_units_of_the_editor() -> None:
    async def work(editor: Editor) -> lsp.Range:
        editor.open(WRONG.replace("全县", "𠮷县", 1).replace("\n\n", "\r\n\r\n"))
        (found,) = await editor.diagnostics()
        return found.range

    assert edited(work) == _range(2, 7, 9)


def test_the_repair_is_a_quick_fix_that_mends() -> None:
    async def work(editor: Editor) -> None:
        editor.open(WRONG)
        (found,) = await editor.diagnostics()
        asked = lsp.CodeActionParams(lsp.TextDocumentIdentifier(URI), found.range, lsp.CodeActionContext([found]))
        (fix,) = await editor.client.text_document_code_action_async(asked) or ()
        assert isinstance(fix, lsp.CodeAction)
        assert fix.title == "S201: 32 → 35"
        assert fix.edit is not None and fix.edit.changes is not None
        (edit,) = fix.edit.changes[URI]
        assert (edit.range, edit.new_text) == (found.range, "35")
        elsewhere = lsp.CodeActionParams(lsp.TextDocumentIdentifier(URI), _range(0, 0, 1), lsp.CodeActionContext([]))
        assert not await editor.client.text_document_code_action_async(elsewhere)

    edited(work)


def test_hover_tells_how_a_number_was_understood() -> None:
    async def work(editor: Editor) -> list[str | None]:
        editor.open(WRONG.replace("20起", "20起（见第3页）"))
        await editor.diagnostics()
        told: list[str | None] = []
        for position in (lsp.Position(2, 7), lsp.Position(2, 22), lsp.Position(2, 0)):
            hover = await editor.client.text_document_hover_async(lsp.HoverParams(lsp.TextDocumentIdentifier(URI), position))
            told.append(hover.contents.value if hover and isinstance(hover.contents, lsp.MarkupContent) else None)
        return told

    number, page, none = edited(work, "--lang", "en")
    assert number is not None and "32起" in number and "S201 fail" in number
    assert page is not None and page.startswith("```text\nno fact: ")
    assert none is None


def test_a_text_that_cannot_be_read_is_said_and_the_server_goes_on() -> None:
    async def work(editor: Editor) -> None:
        editor.open("")
        assert await editor.diagnostics() == []
        assert editor.logged == ["heshu: 简报.txt: no text in it; nothing to read"]
        editor.type(WRONG)
        assert len(await editor.diagnostics()) == 1

    edited(work)


def test_a_closed_text_has_no_findings() -> None:
    async def work(editor: Editor) -> None:
        editor.open(WRONG)
        assert len(await editor.diagnostics()) == 1
        editor.client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(URI)))
        assert await editor.diagnostics() == []

    edited(work)


def test_without_the_extra_one_line_says_what_to_install(tmp_path: Path) -> None:
    import subprocess

    block = "import sys; sys.modules['pygls'] = None; from extract.cli import main; sys.argv = ['heshu', 'lsp']; main()"
    done = subprocess.run([sys.executable, "-c", block], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (2, "heshu: heshu lsp needs the extra 'lsp': pip install 'heshu[lsp]'\n")
