"""What the page answers: the list of reports, a report beside its findings, uploads, decisions, corrections, exports.

Reports are named by ids that no path can be made from; what changes anything is a POST with JSON (or, for an upload, the bytes
of the file), which :mod:`extract.review.guard` lets through only from the page itself.
"""

from __future__ import annotations

import hashlib
import io
import json
import threading
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any, cast, get_args
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from extract.errors import HeshuError, UnreadableError
from extract.gold import SUFFIX
from extract.ingest import MAX_BYTES, suffixes
from extract.review import folder
from extract.review.decisions import Amendment, ConflictError, MeaninglessError, Verdict, day
from extract.review.desk import Desk, Row, Standing
from extract.review.guard import Guard, Secrets
from extract.review.reasons import in_chinese
from extract.review.words import words
from extract.types import Kind, Report, stated
from extract.workshop.files import dumped
from extract.workshop.files import sha256 as text_sha256
from extract.writers import Lang, View, _paper
from extract.writers._html import words as html_words
from extract.writers._html.body import body
from extract.writers._html.cases import cases
from extract.writers._html.marks import marks
from extract.writers._html.panel import Panel
from extract.writers._html.tags import joined, shown
from extract.writers._values import indicator_name, links_by_fact, period_of, subject_of, with_unit

KINDS: tuple[str, ...] = get_args(Kind)
_KEPT_PAGES = 8
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_BODY = 64 * 1024
_STATIC = {"review.css": "text/css", "review.js": "text/javascript", "icon.svg": "image/svg+xml"}
_LANG = "heshu_lang"
_SHORTCUTS = (
    (("J", "K"), "move"),
    (("N",), "open"),
    (("A",), "accept"),
    (("D",), "dismiss"),
    (("C",), "comment"),
    (("U",), "reopen"),
    (("Ctrl", "Z"), "undo"),
    (("H",), "history"),
    (("P",), "places"),
    (("E",), "correct"),
    (("[", "]"), "reports"),
    (("/",), "search"),
    (("L",), "list"),
    (("Ctrl", "Enter"), "save"),
    (("Esc",), "escape"),
)


def application(desk: Desk, *, lang: Lang, who: str, secrets: Secrets, port: int) -> ASGIApp:
    """The page of a desk, served on ``port``, in the language ``lang`` until somebody chooses another; ``who`` is told with
    every decision."""
    page = _Page(desk, lang, who, secrets)
    routes = [
        Route("/", page.index),
        Route("/rows", page.rows),
        Route("/upload", page.upload, methods=["POST"]),
        Route("/decisions", page.decide, methods=["POST"]),
        Route("/corrections", page.correct, methods=["POST"]),
        Route("/documents/{identity}", page.document),
        Route("/documents/{identity}/state", page.state),
        Route("/documents/{identity}/history/{fingerprint}", page.history),
        Route("/documents/{identity}/facts/{fact}", page.fact),
        Route("/documents/{identity}/original", page.original),
        Route("/working-paper.xlsx", page.paper),
        Route("/annotations.zip", page.annotations),
        Route("/static/{name}", page.static),
        Route("/favicon.ico", page.icon),
    ]
    app = Starlette(routes=routes, exception_handlers={HeshuError: _refused, HTTPException: _plain})
    return Guard(app, known=secrets, port=port)


async def _plain(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return PlainTextResponse(f"{error.detail}\n", error.status_code)


async def _refused(request: Request, error: Exception) -> Response:
    """What was not kept, as JSON that the script can tell: 409 decided elsewhere, 422 means nothing, 507 may be asked for again."""
    kind, status = "disk", 507
    extra: dict[str, object] = {}
    if isinstance(error, ConflictError):
        kind, status = "conflict", 409
        extra["standing"] = asdict(error.standing) if error.standing is not None else None
    elif isinstance(error, MeaninglessError):
        kind, status = "refused", 422
    return JSONResponse({"error": kind, "line": str(error), **extra}, status)


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("extract.review"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: shown(value) if isinstance(value, str) else value,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["reason"] = lambda line, lang: in_chinese(line) if lang == "zh" else line
    return templates


class _Page:
    """The answers, over one desk."""

    def __init__(self, desk: Desk, lang: Lang, who: str, secrets: Secrets) -> None:
        self.desk, self.lang, self.who, self.secrets = desk, lang, who, secrets
        self._rendered: dict[tuple[str, str, str], _Shown] = {}
        self._rendering = threading.Lock()
        self.place = hashlib.sha256(str(desk.folder.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    # --- pages --------------------------------------------------------------------------------------------------------

    def index(self, request: Request) -> Response:
        return self._html(request, "index.html", **self._list(request), trouble=self.desk.trouble(), suffixes=",".join(suffixes()))

    def rows(self, request: Request) -> Response:
        return self._html(request, "rows.html", **self._list(request))

    def static(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _STATIC:
            raise HTTPException(404)
        return Response(_asset(name), media_type=_STATIC[name])

    def document(self, request: Request) -> Response:
        row = self._row(request)
        file = row.analysis.file
        if row.analysis.progress != "ready":
            self.desk.analyses.hurry(file.id)
            return self._html(request, "waiting.html", name=file.name, id=file.id, error=row.analysis.error)
        lang = self._lang(request)
        try:
            report = self.desk.analyses.report(file.id)
        except UnreadableError as error:
            return self._html(request, "waiting.html", name=file.name, id=file.id, error="; ".join(filter(None, (error.what, error.advice))))
        shown = self._shown(row.analysis.key, report, lang)
        listed = [one for one in self.desk.rows() if one.analysis.progress == "ready"]
        ids = [one.analysis.file.id for one in listed]
        here = ids.index(file.id) if file.id in ids else -1
        turned = listed[here + 1 :] + listed[: max(here, 0)]
        return self._html(
            request,
            "document.html",
            id=file.id,
            name=file.name,
            key=row.analysis.key,
            body=shown.body,
            entries=[one for one in shown.entries if one.fingerprint],
            left=[one for one in shown.entries if not one.fingerprint],
            left_head=html_words.word("review.head", lang).format(sum(not one.fingerprint for one in shown.entries)),
            remarks=[getattr(remark, lang) for remark in report.document.remarks],
            before=ids[here - 1] if here > 0 else "",
            after=ids[here + 1] if 0 <= here < len(ids) - 1 else "",
            todo=next((one.analysis.file.id for one in turned if one.decided < one.asked), ""),
            kinds={kind: html_words.word(kind, lang) for kind in KINDS},
            reasons=list(self.desk.decisions.reasons()),
            indicators=shown.indicators,
            trouble=self.desk.trouble(),
            state=self._state(row, report),
        )

    def fact(self, request: Request) -> Response:
        """What a number of a report claims, for who looks at it or corrects it."""
        row = self._row(request)
        if row.analysis.progress != "ready":
            raise HTTPException(404)
        report = self.desk.analyses.report(row.analysis.file.id)
        fact = next((one for one in report.facts if one.id == request.path_params["fact"]), None)
        if fact is None:
            raise HTTPException(404)
        link = links_by_fact(report).get(fact.id)
        place = report.document.source_span(fact.quantity.span)
        said = {one.field: one.after for one in self.desk.corrections(report) if (one.start, one.end) == (place.start, place.end)}
        before = {
            "indicator": indicator_name(fact, link),
            "unit": fact.quantity.unit,
            "period": fact.period,
            "subject": fact.subject,
            "kind": fact.kind,
            "fact": "",
        }
        return JSONResponse(
            {
                "id": fact.id,
                "text": text_sha256(report.document.source),
                "start": place.start,
                "end": place.end,
                "printed": fact.quantity.span.of(report.document.text),
                "written": with_unit(report, fact.quantity),
                "quote": " ".join(fact.clause.of(report.document.text).split())[:200],
                "value": stated(fact.quantity),
                "period_meant": period_of(report, fact),
                "subject_meant": subject_of(report, fact, link),
                "linked": link is not None and link.indicator_id is not None,
                "before": before,
                "now": before | said,
                "corrected": sorted(said),
            }
        )

    def icon(self, request: Request) -> Response:
        return Response(_asset("icon.svg"), media_type=_STATIC["icon.svg"])

    def paper(self, request: Request) -> Response:
        """The working paper of a report, or of all that can be read, with what was decided as the reviewer's opinion.

        How many reports it lacks, because they cannot be read or are still being analysed, stands in its name.
        """
        lang = self._lang(request)
        told = words(lang)
        wanted = request.query_params.get("document")
        listed = [row for row in self.desk.rows() if wanted in (None, row.analysis.file.id)]
        rows = [row for row in listed if row.analysis.progress == "ready"]
        if not rows:
            raise HTTPException(404)
        view = View(lang=lang, folder=self.desk.folder)
        parts = []
        for row in rows:
            opinions = {one.finding.fingerprint: _opinion(one, told) for one in row.findings}
            parts.append(_paper.part(self.desk.analyses.report(row.analysis.file.id), view, opinions))
        name = rows[0].analysis.file.path.stem if wanted else self.desk.folder.resolve().name
        if len(rows) < len(listed):
            name += told["paper_lacks"].format(len(listed) - len(rows))
        return _download(_paper.book(parts, view), _XLSX, told["paper_name"].format(name))

    def annotations(self, request: Request) -> Response:
        """The corrected reports, each as a gold file with its text, to be unpacked where ``heshu annotations`` is to find them."""
        buffer = io.BytesIO()
        taken: set[str] = set()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for one in self.desk.annotations():
                name = stem = "".join("_" if char in "/\\:" or not char.isprintable() else char for char in one.doc).lstrip(".") or "report"
                number = 1
                while name.casefold() in taken:
                    number += 1
                    name = f"{stem}-{number}"
                taken.add(name.casefold())
                archive.writestr(f"{name}.txt", one.text.encode("utf-8", "surrogatepass"))
                archive.writestr(f"{name}{SUFFIX}", dumped({**one.gold, "doc": name}).encode("utf-8", "surrogatepass"))
        return _download(buffer.getvalue(), "application/zip", "annotations.zip")

    def original(self, request: Request) -> Response:
        """The file itself, to be saved, never to be shown in this origin."""
        row = self._row(request)
        file = row.analysis.file
        if not file.path.resolve().is_relative_to(self.desk.folder.resolve()):
            raise HTTPException(404)
        return FileResponse(file.path, media_type="application/octet-stream", filename=file.path.name, content_disposition_type="attachment")

    # --- what the script asks -----------------------------------------------------------------------------------------

    def state(self, request: Request) -> Response:
        row = self._row(request)
        report = self.desk.analyses.report(row.analysis.file.id) if row.analysis.progress == "ready" else None
        return JSONResponse(self._state(row, report))

    def history(self, request: Request) -> Response:
        self._row(request)
        found = self.desk.decisions.history(request.path_params["fingerprint"])
        return JSONResponse([asdict(one) for one in found])

    async def upload(self, request: Request) -> Response:
        """One report, its name in the address and its bytes as the body."""
        told = words(self._lang(request))
        name = request.query_params.get("name", "")
        length = request.headers.get("content-length", "")
        try:
            limit = MAX_BYTES
            if length.isdecimal() and int(length) > limit:
                raise folder.RefusedError("size", name[:80], "too large", parts=(limit // 2**20,))
            kept, fresh = await folder.take(self.desk.folder, name, request.stream())
        except folder.RefusedError as error:
            status = {"disk": 507, "count": 507, "size": 413}.get(error.kind, 422)
            return JSONResponse({"error": error.kind, "line": told[f"refused.{error.kind}"].format(error.where, *error.parts)}, status)
        self.desk.analyses.look()
        line = told["already_there"].format(kept) if not fresh else told["uploaded"].format(kept)
        if fresh and kept != name:
            line = told["uploaded_as"].format(name, kept)
        return JSONResponse({"name": kept, "new": fresh, "line": line})

    async def decide(self, request: Request) -> Response:
        from starlette.concurrency import run_in_threadpool

        body = await _body(request)
        row = self.desk.row(_text(body, "document"))
        fingerprint = _text(body, "fingerprint")
        finding = next((one.finding for one in row.findings if one.finding.fingerprint == fingerprint), None) if row is not None else None
        verdict = Verdict(
            request=_text(body, "request"),
            fingerprint=fingerprint,
            state=cast(Any, _text(body, "state")),
            reason=_text(body, "reason").strip(),
            comment=_text(body, "comment").strip(),
            who=self.who,
            # A decision that was kept back in the browser is kept even where its finding has gone meanwhile.
            document=row.analysis.file.name if row is not None else "",
            code=finding.code if finding is not None else "",
            message=finding.message if finding is not None else "",
        )
        seen = body.get("seen")
        if not (seen is None or (isinstance(seen, int) and not isinstance(seen, bool))):
            raise HTTPException(400, "seen is the number of a decision")
        decision, warning = await run_in_threadpool(self.desk.decide, verdict, seen=seen)
        return JSONResponse({"decision": asdict(decision), "warning": warning})

    async def correct(self, request: Request) -> Response:
        from starlette.concurrency import run_in_threadpool

        body = await _body(request)
        changes = body.get("changes")
        place = body.get("start"), body.get("end")
        if not isinstance(changes, dict) or not all(isinstance(one, int) for one in place):
            raise HTTPException(400, "a correction has a start, an end and changes")
        amendments = [
            Amendment(
                request=_text(body, "request"),
                text_sha256=_text(body, "text"),
                start=cast(int, place[0]),
                end=cast(int, place[1]),
                printed=_text(body, "printed"),
                field=cast(Any, field),
                before=_text(change, "before"),
                after=_text(change, "after").strip(),
                who=self.who,
                document=_text(body, "name"),
            )
            for field, change in changes.items()
            if isinstance(change, dict)
        ]
        await run_in_threadpool(self.desk.correct, amendments)
        return JSONResponse({})

    # --- how ----------------------------------------------------------------------------------------------------------

    def _row(self, request: Request) -> Row:
        row = self.desk.row(request.path_params["identity"])
        if row is None:
            raise HTTPException(404)
        return row

    def _list(self, request: Request) -> dict[str, object]:
        lang = self._lang(request)
        rows = [_Line(row, lang) for row in self.desk.rows()]
        kinds = Counter(row.kind for row in rows)
        counts = {"all": len(rows), **{kind: kinds[kind] for kind in ("todo", "done", "clean", "failed", "running", "queued") if kinds[kind]}}
        return {"rows": rows, "counts": counts, "asked": sum(row.asked for row in rows), "decided": sum(row.decided for row in rows)}

    def _shown(self, key: str, report: Report, lang: Lang) -> _Shown:
        """The report as HTML; the last few are kept, for auditors go back and forth."""
        name = (key, report.document.path or "", lang)
        with self._rendering:
            if name not in self._rendered:
                found = cases(report, lang)
                marked = marks(report, found)
                panel = Panel(report, marked, lang)
                names = sorted({link.name for link in report.links if link.name})
                entries = tuple(_Entry(id=one.id, fingerprint=one.fingerprint, weight=one.weight, html=panel.case(one)) for one in found)
                self._rendered[name] = _Shown(body=joined(*body(report, marked, lang)), entries=entries, indicators=tuple(names))
                while len(self._rendered) > _KEPT_PAGES:
                    self._rendered.pop(next(iter(self._rendered)))
            return self._rendered[name]

    def _state(self, row: Row, report: Report | None) -> dict[str, object]:
        corrections = self.desk.corrections(report) if report is not None else ()
        places = {(one.start, one.end) for one in corrections}
        facts: list[str] = []
        if report is not None and places:
            spans = {one.id: report.document.source_span(one.quantity.span) for one in report.facts}
            facts = [identity for identity, span in spans.items() if (span.start, span.end) in places]
        return {
            "corrected": facts,
            "key": row.analysis.key,
            "progress": row.analysis.progress,
            "asked": row.asked,
            "decided": row.decided,
            "standings": {one.finding.fingerprint: _told(one) for one in row.findings},
        }

    def _lang(self, request: Request) -> Lang:
        chosen = request.query_params.get("lang") or request.cookies.get(_LANG)
        return cast(Lang, chosen) if chosen in ("zh", "en") else self.lang

    def _html(self, request: Request, template: str, **values: object) -> Response:
        lang = self._lang(request)
        told = words(lang)
        text = (
            _templates()
            .get_template(template)
            .render(
                lang=lang,
                other="en" if lang == "zh" else "zh",
                w=told,
                token=self.secrets.token,
                place=self.place,
                folder=str(self.desk.folder),
                folder_name=self.desk.folder.resolve().name,
                shortcuts=_SHORTCUTS,
                who=self.who,
                **values,
            )
        )
        answer = HTMLResponse(text.encode("utf-8", "replace"))
        if request.query_params.get("lang") == lang:
            answer.set_cookie(_LANG, lang, samesite="strict", path="/")
        return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A case in the panel; ``fingerprint`` is "" for what is only left for review."""

    id: str
    fingerprint: str
    weight: str
    html: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """A report as HTML, and the names that its numbers have, for who corrects one."""

    body: Markup
    entries: tuple[_Entry, ...]
    indicators: tuple[str, ...]


class _Line:
    """A report as a line of the list shows it."""

    def __init__(self, row: Row, lang: Lang) -> None:
        self.analysis, self.findings = row.analysis, row.findings
        self.asked, self.decided, self.last = row.asked, row.decided, row.last
        outline = row.analysis.outline
        self.about = outline.document.about if outline is not None else None
        self.remarks = [getattr(remark, lang) for remark in outline.document.remarks] if outline is not None else []
        severities = Counter(one.finding.severity for one in row.findings)
        self.errors, self.warnings, self.remarks_found = severities["error"], severities["warning"], severities["info"]
        ready = "todo" if row.decided < row.asked else "done" if row.asked else "clean"
        self.kind = ready if row.analysis.progress == "ready" else row.analysis.progress
        about = (self.about.title, self.about.org, self.about.region, self.about.year) if self.about is not None else ()
        self.words = " ".join(filter(None, (row.analysis.file.name, *about))).casefold()


def _asset(name: str) -> bytes:
    return (resources.files("extract.review") / "static" / name).read_bytes()


def _download(data: bytes, media_type: str, name: str) -> Response:
    return Response(data, media_type=media_type, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"})


def _opinion(standing: Standing, told: Mapping[str, str]) -> str:
    """What a reviewer said, as it stands in the working paper: 忽略：含上年结转；备注：见台账（王 2026-11-22）; "" for nothing."""
    state = told[standing.state] if standing.state != "open" else ""
    said = told["opinion.said"].format(state, standing.reason) if state and standing.reason else state
    comment = told["opinion.comment"].format(standing.comment) if standing.comment else ""
    by = told[f"by_{standing.by}"] if standing.by in ("file", "baseline") else ""
    who = " ".join(filter(None, (by, standing.who, day(standing.at))))
    text = told["opinion.and"].join(filter(None, (said, comment)))
    return text + told["opinion.by"].format(who) if text and who else text


def _told(standing: Standing) -> dict[str, object]:
    return {key: getattr(standing, key) for key in ("state", "reason", "comment", "who", "at", "by", "decision")}


async def _body(request: Request) -> Mapping[str, Any]:
    """The JSON object that the script sent.

    Raises:
        HTTPException: it is none, or too long.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise HTTPException(415, "JSON is wanted")
    data = b""
    async for piece in request.stream():
        data += piece
        if len(data) > _LONGEST_BODY:
            raise HTTPException(413, "too long")
    try:
        body = json.loads(data)
    except (ValueError, RecursionError):
        raise HTTPException(400, "no JSON") from None
    if not isinstance(body, dict):
        raise HTTPException(400, "a JSON object is wanted")
    return body


def _text(body: Mapping[str, Any], key: str) -> str:
    value = body.get(key, "")
    if not isinstance(value, str):
        raise HTTPException(400, f"{key} is a text")
    return value
