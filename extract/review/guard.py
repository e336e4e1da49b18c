"""Who may ask the page anything: the browser that came by the address that was printed, and no other site, host or program.

A random key in the printed address is exchanged for a cookie at the first visit and leaves the address bar. Every request
must name this machine as its host (a name that an attacker's DNS moves here is refused), carry the cookie, and, to change
anything, come from the page itself with a second secret in a header, which no other site can send.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN_HEADER = "X-Heshu-Token"
_POLICY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_SAFE = frozenset({"GET", "HEAD"})


def _random() -> str:
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What only this run of the server and its pages know: the key of the printed address, the cookie, the token of the page."""

    key: str = field(default_factory=_random)
    cookie: str = field(default_factory=_random)
    token: str = field(default_factory=_random)


class Guard:
    """The ASGI application ``app`` behind a door. ``port`` is the one on which it is served."""

    def __init__(self, app: ASGIApp, *, known: Secrets, port: int) -> None:
        self._app, self._known = app, known
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        # Cookies know no ports: two folders open at once must not log each other out.
        self._cookie = f"heshu_{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _POLICY.items():
                    headers[name] = value
            await send(message)

        await (self._answer(scope) or self._app)(scope, receive, guarded)

    def _answer(self, scope: Scope) -> Response | None:
        """What is said instead of the page; ``None`` where the request is welcome."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return PlainTextResponse("This host is not served here.\n", 421)
        if scope["method"] not in (*_SAFE, "POST"):
            return PlainTextResponse("GET, HEAD or POST.\n", 405)
        key = parse_qs(scope["query_string"].decode("latin-1")).get("key", [""])[0]
        if key and scope["path"] == "/" and scope["method"] in _SAFE:
            if not _same(key, self._known.key):
                return _unknown()
            # Not a redirect: after one, a strict cookie is not sent if the address was clicked somewhere else.
            answer = HTMLResponse('<!doctype html><title>heshu</title><meta http-equiv="refresh" content="0; url=/">')
            answer.set_cookie(self._cookie, self._known.cookie, httponly=True, samesite="strict", path="/")
            return answer
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return PlainTextResponse("Only this page may ask.\n", 403)
        if not _same(_cookie(headers, self._cookie), self._known.cookie):
            return _unknown()
        if scope["method"] not in _SAFE:
            if headers.get("origin") != f"http://{hosts[0]}":
                return PlainTextResponse("Only this page may change anything.\n", 403)
            if not _same(headers.get(TOKEN_HEADER, ""), self._known.token):
                return PlainTextResponse("This page is from an earlier run: reload it.\n", 403)
        return None


def _unknown() -> Response:
    return PlainTextResponse("请打开 heshu review 在终端里给出的完整地址。\nOpen the whole address that heshu review printed in the terminal.\n", 403)


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found is not None else ""


def _same(told: str, known: str) -> bool:
    return secrets.compare_digest(told.encode("utf-8", "surrogatepass"), known.encode())
