"""The page served on this machine: the socket, the address, the browser, and an orderly end."""

from __future__ import annotations

import getpass
import os
import signal
import socket
import threading
import webbrowser
from collections.abc import Collection
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import platformdirs
import uvicorn

from extract import suppressions
from extract.errors import HeshuError
from extract.review import folder as folders
from extract.review.analyses import Analyses
from extract.review.app import application
from extract.review.decisions import FILE_NAME, Decisions
from extract.review.desk import Desk
from extract.review.guard import Secrets
from extract.settings import Settings

_HOST = "127.0.0.1"
_PORT_NOTE = "port"
_WORKERS = 2
"""Two, so that one report that takes very long does not keep all others waiting."""


def user() -> str:
    """The name of the user of this machine; "" where it has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without users
        return ""


def serve(folder: Path, *, settings: Settings, baseline: Collection[str], port: int | None, browser: bool, who: str) -> None:
    """Serve the page of a folder until it is interrupted; its address goes to standard output.

    Without a ``port`` that of the last time is taken again if it is free: a page that still waits with something that was
    not saved lives at the same origin then.

    Raises:
        HeshuError: the decisions cannot be opened, or the port is taken.
        KeyboardInterrupt: it was interrupted, and everything is closed.
    """
    interruption = _Interruption()
    with ExitStack() as stack:
        stack.enter_context(interruption)
        decisions = stack.enter_context(Decisions(folder.resolve() / FILE_NAME))
        listening = stack.enter_context(_socket(port, decisions.note(_PORT_NOTE)))
        number = int(listening.getsockname()[1])
        if decisions.note(_PORT_NOTE) != str(number):
            decisions.keep(_PORT_NOTE, str(number))
        folders.clean(folder)
        analyses = Analyses(folder, settings, cached=platformdirs.user_cache_path("heshu") / "review", workers=_WORKERS)
        analyses.start()
        stack.callback(analyses.close)
        desk = Desk(folder=folder, decisions=decisions, analyses=analyses, ignore_file=suppressions.place(Path.cwd()), baseline=baseline)
        desk.settle()
        secrets = Secrets()
        app = application(desk, lang=settings.lang, who=who, secrets=secrets, port=number)
        address = f"http://{_HOST}:{number}/?key={secrets.key}"
        print(address, flush=True)
        if browser:
            webbrowser.open(address)
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="off", timeout_graceful_shutdown=5)
        )
        interruption.stops(server)
        server.run(sockets=[listening])
    if interruption.came:
        raise KeyboardInterrupt


class _Interruption:
    """What an interruption does while the page starts: it is remembered, and the server does not begin to wait.

    A KeyboardInterrupt that is raised at any place of the start is lost where Python ignores exceptions, as in a finaliser,
    and the page would be served for ever. The second interruption is raised: somebody insists.
    """

    def __init__(self) -> None:
        self.came = False
        self._server: uvicorn.Server | None = None
        self._before: Any = None

    def __enter__(self) -> None:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._note)

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def stops(self, server: uvicorn.Server) -> None:
        """From now on an interruption ends this server; at once if there was one."""
        self._server = server
        server.should_exit = self.came

    def _note(self, *_: object) -> None:
        if self.came and not (self._server and self._server.started):
            raise KeyboardInterrupt
        self.came = True
        if self._server is not None:
            self._server.should_exit = True


def _socket(port: int | None, last: str) -> socket.socket:
    """A socket that listens on this machine alone."""
    wanted = [port] if port is not None else [int(last), 0] if last.isdecimal() and 0 < int(last) < 65536 else [0]
    for number in wanted:
        found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            if os.name != "nt":  # there, it would let two programs share the port
                found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            found.bind((_HOST, number))
            found.listen(128)
        except OSError as error:
            found.close()
            refusal = error
        else:
            return found
    raise HeshuError(f"{_HOST}:{wanted[-1]}", f"the port cannot be used ({refusal.strerror})", "name another --port")
