"""What the review page answers, to whom, and to whom not: the door, uploads, decisions, corrections, exports."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import quote

import openpyxl
import pytest
from starlette.testclient import TestClient

from extract import ingest, pipeline, suppressions
from extract.errors import UnreadableError
from extract.review import analyses
from extract.review import folder as folders
from extract.review.analyses import Analyses, decoded, encoded
from extract.review.app import application
from extract.review.decisions import FILE_NAME, Decisions
from extract.review.desk import Desk
from extract.review.folder import File
from extract.review.guard import TOKEN_HEADER, Secrets
from extract.settings import Settings
from extract.types import Report
from tests.test_cli import RIGHT, WRONG, heshu

PORT = 8123
BASE = f"http://127.0.0.1:{PORT}"
HOSTILE = "<img src=x onerror=alert(1)>\"'&"
SECRETS = Secrets(key="the-key", cookie="the-cookie", token="the-token")


class Place:
    """A folder with a page over it."""

    def __init__(self, path: Path, cached: Path) -> None:
        self.path = path
        self.decisions = Decisions(path / FILE_NAME)
        self.analyses = Analyses(path, Settings(model="patterns"), cached=cached)
        self.ignore_file = path / suppressions.FILE_NAME
        self.desk = Desk(folder=path, decisions=self.decisions, analyses=self.analyses, ignore_file=self.ignore_file)
        self.app = application(self.desk, lang="zh", who="王", secrets=SECRETS, port=PORT)

    def client(self, *, known: bool = True) -> TestClient:
        client = TestClient(self.app, base_url=BASE, follow_redirects=False)
        if known:
            client.get("/", params={"key": SECRETS.key})
            client.headers.update({"origin": BASE, TOKEN_HEADER: SECRETS.token})
        return client

    def ready(self) -> None:
        self.analyses.look()
        assert self.analyses.wait(60)

    @property
    def identity(self) -> str:
        return folders.identity("wrong.txt")


class Here:
    """Analyses in this process, where everything is loaded already."""

    def __init__(self, settings: Settings) -> None:
        assert settings.model == "patterns"

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def analyse(self, file: File, ignore: tuple[str, ...], closing: threading.Event) -> Report:
        return pipeline.analyse(ingest.read(file.path), ignore=ignore)


@pytest.fixture(autouse=True)
def here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "process" not in request.node.name:
        monkeypatch.setattr(analyses, "Worker", Here)


@pytest.fixture(scope="module")
def cached(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def place(tmp_path: Path, cached: Path) -> Iterator[Place]:
    (tmp_path / "wrong.txt").write_text(WRONG, encoding="utf-8")
    found = Place(tmp_path, cached)
    found.analyses.start()
    found.ready()
    yield found
    found.analyses.close()
    found.decisions.close()


@pytest.fixture
def client(place: Place) -> TestClient:
    return place.client()


def state(client: TestClient, place: Place) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/documents/{place.identity}/state").json()
    return found


def said(place: Place, client: TestClient, **changes: object) -> dict[str, object]:
    [fingerprint] = state(client, place)["standings"]
    return {"request": "r1", "document": place.identity, "fingerprint": fingerprint, "state": "accepted", "seen": None} | changes


# --- the door ---------------------------------------------------------------------------------------------------------

PAGES = ["/", "/rows", "/static/review.js", "/annotations.zip", "/documents/{}", "/documents/{}/state", "/documents/{}/original", "/missing"]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_shown_to_who_does_not_know_the_key(place: Place, path: str) -> None:
    stranger = place.client(known=False)
    assert stranger.get(path.format(place.identity)).status_code == 403
    assert stranger.get(path.format(place.identity), params={"key": "the-kex"}).status_code == 403
    stranger.cookies.set(f"heshu_{PORT}", "the-cookiee")
    answer = stranger.get(path.format(place.identity))
    assert answer.status_code == 403
    assert "wrong" not in answer.text


def test_the_key_is_exchanged_for_a_cookie_that_scripts_and_other_sites_do_not_get(place: Place) -> None:
    stranger = place.client(known=False)
    answer = stranger.get("/", params={"key": SECRETS.key}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 200
    assert SECRETS.key not in answer.text
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert SECRETS.cookie in cookie
    assert stranger.get("/").status_code == 200
    assert place.client(known=False).get("/rows", params={"key": SECRETS.key}).status_code == 403, "the key opens the front door alone"


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:80", f"127.0.0.1.evil.example:{PORT}", f"0.0.0.0:{PORT}", ""]
)
def test_another_host_name_is_refused_even_with_the_cookie(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421
    assert client.get("/", params={"key": SECRETS.key}, headers={"host": host}).status_code == 421


def test_localhost_is_this_machine(client: TestClient) -> None:
    assert client.get("/", headers={"host": f"localhost:{PORT}", "cookie": f"heshu_{PORT}={SECRETS.cookie}"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {TOKEN_HEADER: ""},
        {TOKEN_HEADER: "the-tokem"},
        {"origin": "https://evil.example"},
        {"origin": f"http://127.0.0.1:{PORT + 1}"},
        {"origin": "null"},
        {"origin": ""},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"cookie": "heshu_8123=other"},
    ],
)
@pytest.mark.parametrize("path", ["/decisions", "/corrections", "/upload?name=a.txt"])
def test_only_the_page_itself_may_change_anything(place: Place, client: TestClient, path: str, headers: dict[str, str]) -> None:
    body = said(place, client)
    assert client.post(path, content=json.dumps(body), headers={"content-type": "application/json"} | headers).status_code == 403
    assert place.decisions.standing() == {}
    assert sorted(one.name for one in place.path.iterdir() if one.suffix == ".txt") == ["wrong.txt"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"])
def test_no_other_method_is_known(client: TestClient, method: str) -> None:
    assert client.request(method, "/").status_code == 405


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_forbids_scripts_and_frames_of_others(place: Place, client: TestClient, path: str) -> None:
    for one in (client, place.client(known=False)):
        headers = one.get(path.format(place.identity)).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert not any(name.startswith("access-control") for name in headers)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/app.py",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/static/app.py",
        "/documents/..%2f..%2fetc%2fpasswd/original",
        "/documents/wrong.txt/original",
        "/documents/%00/original",
        "/documents/0000000000000000",
        "/documents/0000000000000000/state",
        "/heshu-review.sqlite3",
    ],
)
def test_no_path_leads_anywhere_else(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"{", 400),
        (b"\xff", 400),
        (b'{"request": 1}', 400),
        (b'{"seen": "1"}', 400),
        (b'{"seen": true}', 400),
        (b"{}", 422),
        (b'{"state": "accepted", "fingerprint": "x", "reason": "' + b"x" * 70_000 + b'"}', 413),
        (b"[" * 5000, 400),
    ],
)
def test_bodies_that_mean_nothing_are_refused(place: Place, client: TestClient, body: bytes, status: int) -> None:
    assert client.post("/decisions", content=body, headers={"content-type": "application/json"}).status_code == status
    assert client.post("/decisions", content=body, headers={"content-type": "text/plain"}).status_code == 415
    assert place.decisions.standing() == {}


# --- hostile names and documents --------------------------------------------------------------------------------------


def test_hostile_names_and_texts_are_only_ever_text(place: Place, client: TestClient) -> None:
    name = f"{HOSTILE.replace('/', '')}</script>.txt".replace("/", "／")
    text = f"{HOSTILE}\n{WRONG}二、{HOSTILE}</script><script>alert(2)</script>\u202e\n{HOSTILE}企业70家。<!--\n"
    (place.path / name).write_text(text, encoding="utf-8")
    place.ready()
    identity = folders.identity(name)
    [fingerprint] = client.get(f"/documents/{identity}/state").json()["standings"]
    body = said(place, client, document=identity, fingerprint=fingerprint, state="dismissed", reason=f"</script>{HOSTILE}", comment=HOSTILE)
    assert client.post("/decisions", json=body).status_code == 200
    for path in ("/", "/rows", f"/documents/{identity}", f"/documents/{identity}?lang=en", '/?lang="><script>'):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "<img" not in answer.text
        assert re.findall(r"<script(?![^>]*(?:type=\"application/json\"|src=\"/static/review\.js\"))", answer.text) == []
        assert len(re.findall(r"</script>", answer.text)) == len(re.findall(r"<script ", answer.text))
        assert "\u202e" not in answer.text
        assert "\x00" not in answer.text
    assert client.get(f"/documents/{identity}/original").headers["content-disposition"].startswith("attachment")


def test_a_link_that_leads_out_of_the_folder_is_not_followed(place: Place, client: TestClient, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.txt"
    outside.write_text(WRONG, encoding="utf-8")
    (place.path / "innocent.txt").symlink_to(outside)
    (place.path / "inner.txt").symlink_to(place.path / "wrong.txt")
    place.ready()
    assert [one.file.name for one in place.analyses.all()] == ["inner.txt", "wrong.txt"]
    assert client.get(f"/documents/{folders.identity('innocent.txt')}/original").status_code == 404


# --- uploads ----------------------------------------------------------------------------------------------------------


def upload(client: TestClient, name: str, data: bytes = WRONG.encode()) -> Any:
    return client.post("/upload", params={"name": name}, content=data)


def names(place: Place) -> list[str]:
    return sorted(one.name for one in place.path.iterdir() if FILE_NAME not in one.name)


def test_an_upload_is_kept_and_analysed(place: Place, client: TestClient) -> None:
    answer = upload(client, "新报告.txt", RIGHT.encode("gb18030"))
    assert answer.json() == {"name": "新报告.txt", "new": True, "line": "已收下 新报告.txt"}
    assert (place.path / "新报告.txt").read_bytes() == RIGHT.encode("gb18030")
    place.ready()
    assert "新报告.txt" in client.get("/rows").text


def test_the_same_report_again_stays_and_another_of_its_name_gets_a_number(place: Place, client: TestClient) -> None:
    assert upload(client, "a.txt", b"1").json()["name"] == "a.txt"
    assert upload(client, "a.txt", b"1").json() == {"name": "a.txt", "new": False, "line": "a.txt 已在文件夹里，内容相同"}
    assert upload(client, "a.txt", b"2").json() == {"name": "a-2.txt", "new": True, "line": "已收下 a.txt，存为 a-2.txt"}
    assert upload(client, "a.txt", b"2").json()["new"] is False
    assert names(place) == ["a-2.txt", "a.txt", "wrong.txt"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("", "name"),
        ("../a.txt", "name"),
        ("..\\a.txt", "name"),
        ("/etc/cron.d/a.txt", "name"),
        ("C:\\a.txt", "name"),
        ("a:b.txt", "name"),
        (".heshu-ignore.txt", "name"),
        ("~$a.docx", "name"),
        ("..", "name"),
        ("a\x00.txt", "name"),
        ("a\n.txt", "name"),
        ("a\u202etxt.txt", "name"),
        ("CON.txt", "name"),
        ("aux .txt", "name"),
        (" a.txt", "name"),
        ("a.txt.", "name"),
        ("长" * 80 + ".txt", "name"),
        ("heshu-review.sqlite3", "suffix"),
        ("heshu.toml", "suffix"),
        ("a.exe", "suffix"),
        ("a", "suffix"),
        ("a.txt/", "name"),
    ],
)
def test_names_that_lead_elsewhere_or_nowhere_are_refused(place: Place, client: TestClient, name: str, kind: str) -> None:
    answer = upload(client, name)
    assert (answer.status_code, answer.json()["error"]) == (422, kind)
    assert names(place) == ["wrong.txt"]


def test_an_empty_or_too_large_upload_is_refused_and_leaves_nothing(place: Place, client: TestClient) -> None:
    assert upload(client, "a.txt", b"").json()["error"] == "empty"
    answer = client.post("/upload?name=a.txt", headers={"content-length": str(200 * 2**20)}, content=b"x")
    assert (answer.status_code, answer.json()["error"]) == (413, "size")

    def pieces() -> Iterator[bytes]:
        yield from [b"x" * 2**20] * 3

    with patch.object(folders.take, "__kwdefaults__", {"limit": 2 * 2**20}):
        answer = client.post("/upload?name=a.txt", content=pieces())
    assert (answer.status_code, answer.json()["error"]) == (413, "size")
    assert names(place) == ["wrong.txt"]


def test_a_full_folder_takes_no_more(place: Place, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "MOST_DOCUMENTS", 1)
    answer = upload(client, "a.txt")
    assert (answer.status_code, answer.json()["error"]) == (507, "count")
    assert names(place) == ["wrong.txt"]


def test_an_upload_onto_a_full_disk_is_said_and_leaves_nothing(place: Place, client: TestClient) -> None:
    with patch.object(os, "fsync", side_effect=OSError(errno.ENOSPC, "No space left on device")):
        answer = upload(client, "a.txt")
    assert (answer.status_code, answer.json()["error"]) == (507, "disk")
    assert "No space left" in answer.json()["line"]
    assert names(place) == ["wrong.txt"]


def test_what_a_crash_left_of_an_upload_is_taken_away_and_never_read(place: Place, client: TestClient) -> None:
    (place.path / ".heshu-upload-0123.part").write_bytes(b"half")
    assert len(place.analyses.all()) == 1
    folders.clean(place.path)
    assert names(place) == ["wrong.txt"]


# --- decisions --------------------------------------------------------------------------------------------------------


def test_a_decision_is_kept_and_shown_with_who_and_when(place: Place, client: TestClient) -> None:
    answer = client.post("/decisions", json=said(place, client, comment="见台账"))
    assert answer.status_code == 200
    assert answer.json()["warning"] == ""
    found = state(client, place)
    [standing] = found["standings"].values()
    assert (standing["state"], standing["comment"], standing["who"], standing["by"]) == ("accepted", "见台账", "王", "page")
    assert (found["decided"], found["asked"]) == (1, 1)
    [decision] = place.decisions.standing().values()
    assert (decision.document, decision.code) == ("wrong.txt", "S201")
    assert decision.message
    fingerprint = decision.fingerprint
    assert [one["state"] for one in client.get(f"/documents/{place.identity}/history/{fingerprint}").json()] == ["accepted"]


def test_the_second_window_is_told_what_the_first_decided(place: Place, client: TestClient) -> None:
    assert client.post("/decisions", json=said(place, client)).status_code == 200
    answer = client.post("/decisions", json=said(place, client, request="r2", state="dismissed", reason="口径不同"))
    assert answer.status_code == 409
    assert answer.json()["standing"]["state"] == "accepted"
    assert state(client, place)["standings"] == {fp: one for fp, one in state(client, place)["standings"].items() if one["state"] == "accepted"}


def test_a_dismissal_without_a_reason_is_not_saved(place: Place, client: TestClient) -> None:
    answer = client.post("/decisions", json=said(place, client, state="dismissed", reason=" 　"))
    assert (answer.status_code, answer.json()["error"]) == (422, "refused")
    assert place.decisions.standing() == {}


def test_a_full_disk_is_said_and_the_same_request_is_saved_once_there_is_room(place: Place, client: TestClient) -> None:
    body = said(place, client, state="dismissed", reason="理" * 3000)
    pages = place.decisions._connection.execute("PRAGMA page_count").fetchone()[0]
    place.decisions._connection.execute(f"PRAGMA max_page_count = {pages}")
    answer = client.post("/decisions", json=body)
    assert (answer.status_code, answer.json()["error"]) == (507, "disk")
    assert place.decisions.standing() == {}
    place.decisions._connection.execute("PRAGMA max_page_count = 100000")
    assert client.post("/decisions", json=body).status_code == 200
    assert client.post("/decisions", json=body).status_code == 200
    assert len(place.decisions.history(str(body["fingerprint"]))) == 1


def test_a_file_of_decisions_that_is_away_is_said_and_asked_for_again(place: Place, client: TestClient) -> None:
    body = said(place, client)
    file, away = place.path / FILE_NAME, place.path / "away"
    file.rename(away)
    assert client.post("/decisions", json=body).status_code == 507
    away.rename(file)
    assert client.post("/decisions", json=body).status_code == 200


def test_a_decision_whose_report_has_gone_is_kept_all_the_same(place: Place, client: TestClient) -> None:
    body = said(place, client)
    (place.path / "wrong.txt").unlink()
    place.ready()
    assert client.post("/decisions", json=body).status_code == 200
    assert body["fingerprint"] in place.decisions.standing()


def test_decisions_survive_edits_elsewhere_and_another_run(place: Place, client: TestClient) -> None:
    assert client.post("/decisions", json=said(place, client)).status_code == 200
    (place.path / "wrong.txt").write_text("\n\n" + WRONG.replace("一、检查情况", "一、引言\n以下为检查情况。\n二、检查情况"), encoding="utf-8")
    place.ready()
    assert [one["state"] for one in state(client, place)["standings"].values()] == ["accepted"]
    place.decisions.close()
    place.decisions = place.desk.decisions = Decisions(place.path / FILE_NAME)
    assert [one["state"] for one in state(client, place)["standings"].values()] == ["accepted"]
    (place.path / "wrong.txt").write_text(WRONG.replace("120", "140"), encoding="utf-8")
    place.ready()
    assert [one["state"] for one in state(client, place)["standings"].values()] == ["open"], "another number is another finding"


# --- suppressions -----------------------------------------------------------------------------------------------------


def test_a_dismissal_is_a_suppression_for_the_command_line(place: Place, client: TestClient) -> None:
    assert heshu("check", "wrong.txt", "--model", "patterns", cwd=place.path).returncode == 1
    assert client.post("/decisions", json=said(place, client, state="dismissed", reason="含上年结转")).status_code == 200
    [entry] = suppressions.load(place.ignore_file)
    assert (entry.reason, entry.code, entry.file, entry.who) == ("含上年结转", "S201", "wrong.txt", "王")
    done = heshu("check", ".", "--model", "patterns", cwd=place.path)
    assert (done.returncode, done.stderr) == (0, "")
    [standing] = state(client, place)["standings"].values()
    changed = said(place, client, request="r2", state="dismissed", reason="口径不同", seen=standing["decision"])
    assert client.post("/decisions", json=changed).json()["warning"] == ""
    assert [one.reason for one in suppressions.load(place.ignore_file)] == ["口径不同"]
    [standing] = state(client, place)["standings"].values()
    assert client.post("/decisions", json=said(place, client, request="r3", state="open", seen=standing["decision"])).json()["warning"] == ""
    assert suppressions.load(place.ignore_file) == ()
    assert heshu("check", "wrong.txt", "--model", "patterns", cwd=place.path).returncode == 1


def test_what_people_suppressed_by_hand_counts_and_stays_theirs(place: Place, client: TestClient) -> None:
    [fingerprint] = state(client, place)["standings"]
    written = f"[[ignore]]\nreason = '附注三'\nfingerprint = '{fingerprint}'  # 每年如此\n"
    place.ignore_file.write_text(written, encoding="utf-8")
    [standing] = state(client, place)["standings"].values()
    assert (standing["state"], standing["by"], standing["reason"], standing["decision"]) == ("dismissed", "file", "附注三", None)
    answer = client.post("/decisions", json=said(place, client))
    assert answer.status_code == 200
    assert "as people wrote it" in answer.json()["warning"]
    assert place.ignore_file.read_text(encoding="utf-8") == written
    assert [one["state"] for one in state(client, place)["standings"].values()] == ["accepted"], "what is said on the page wins there"


def test_a_decision_is_saved_even_where_the_suppression_cannot_be(place: Place, client: TestClient) -> None:
    place.ignore_file.write_text("[[ignore]\n", encoding="utf-8")
    answer = client.post("/decisions", json=said(place, client, state="dismissed", reason="含上年结转"))
    assert answer.status_code == 200
    assert "not readable as TOML" in answer.json()["warning"]
    assert "忽略清单读不了" in client.get("/").text
    assert [one["state"] for one in state(client, place)["standings"].values()] == ["dismissed"]
    place.ignore_file.write_text("", encoding="utf-8")
    assert place.desk.settle() == "", "made up for as soon as it can be"
    assert [one.reason for one in suppressions.load(place.ignore_file)] == ["含上年结转"]


# --- the working paper ------------------------------------------------------------------------------------------------


def cells(data: bytes) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [str(value) for row in book.worksheets[0].iter_rows(values_only=True) for value in row if value is not None]


def test_the_working_paper_has_the_decisions_in_it(place: Place, client: TestClient) -> None:
    body = said(place, client, state="dismissed", reason="=1+1", comment="见台账")
    assert client.post("/decisions", json=body).status_code == 200
    (place.path / "other.txt").write_text(RIGHT, encoding="utf-8")
    place.ready()
    for query in ({}, {"document": place.identity}):
        answer = client.get("/working-paper.xlsx", params=query)
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("attachment")
        [opinion] = [text for text in cells(answer.content) if "忽略" in text]
        assert opinion.startswith("忽略：=1+1；备注：见台账（王 20")
    assert "dismissed: =1+1; comment: 见台账 (王 20" in "\n".join(cells(client.get("/working-paper.xlsx?lang=en").content))
    assert client.get("/working-paper.xlsx?document=0").status_code == 404


def test_a_working_paper_that_lacks_reports_says_so_in_its_name(place: Place, client: TestClient) -> None:
    (place.path / "empty.txt").write_bytes(b"")
    place.ready()
    assert quote("（缺1份）") in client.get("/working-paper.xlsx").headers["content-disposition"]
    assert quote("缺") not in client.get("/working-paper.xlsx", params={"document": place.identity}).headers["content-disposition"]


def test_the_working_paper_says_what_the_file_of_suppressions_says(place: Place, client: TestClient) -> None:
    [fingerprint] = state(client, place)["standings"]
    place.ignore_file.write_text(f"[[ignore]]\nreason = '附注三'\nfingerprint = '{fingerprint}'\n", encoding="utf-8")
    assert "忽略：附注三（忽略清单）" in cells(client.get("/working-paper.xlsx").content)


# --- corrections ------------------------------------------------------------------------------------------------------


def test_corrections_are_kept_and_leave_as_annotations(place: Place, client: TestClient, tmp_path: Path) -> None:
    fact = client.get(f"/documents/{place.identity}/facts/f1").json()
    assert (fact["printed"], fact["before"]["unit"], fact["now"]["unit"]) == ("120", "家", "家")
    body = {key: fact[key] for key in ("text", "start", "end", "printed")} | {"request": "q1", "name": "wrong.txt"}
    changes = {
        "unit": {"before": "家", "after": "家次"},
        "period": {"before": "", "after": "2021"},
        "indicator": {"before": "x", "after": "检查家次"},
    }
    assert client.post("/corrections", json=body | {"changes": changes}).status_code == 200
    other = client.get(f"/documents/{place.identity}/facts/f2").json()
    wrong = {key: other[key] for key in ("text", "start", "end", "printed")} | {"request": "q2", "changes": {"fact": {"before": "", "after": "no"}}}
    assert client.post("/corrections", json=wrong).status_code == 200
    assert client.post("/corrections", json=wrong | {"request": "q3", "changes": {"value": {"before": "1", "after": "2"}}}).status_code == 422
    assert client.get(f"/documents/{place.identity}/facts/f1").json()["now"]["unit"] == "家次"
    assert state(client, place)["corrected"] == ["f1", "f2"]

    answer = client.get("/annotations.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert sorted(archive.namelist()) == ["wrong.gold.json", "wrong.txt"]
        archive.extractall(tmp_path / "annotated")
    gold = json.loads((tmp_path / "annotated" / "wrong.gold.json").read_text(encoding="utf-8"))
    assert [(one["unit"], one["indicator"], one.get("period"), one.get("corrected")) for one in gold["facts"]][:1] == [
        ("家次", "检查家次", "2021", ["indicator", "period", "unit"])
    ]
    assert [one["start"] for one in gold["facts"]] == sorted({fact["start"], *(one["start"] for one in gold["facts"])} - {other["start"]})
    assert "corrected by 王" in gold["made_by"]
    assert heshu("annotations", "check", tmp_path / "annotated").returncode == 0


def test_without_corrections_there_are_no_annotations(client: TestClient) -> None:
    with zipfile.ZipFile(io.BytesIO(client.get("/annotations.zip").content)) as archive:
        assert archive.namelist() == []


# --- the analyses -----------------------------------------------------------------------------------------------------


def test_a_report_that_cannot_be_read_is_said_and_the_others_go_on(place: Place, client: TestClient) -> None:
    (place.path / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    (place.path / "empty.txt").write_bytes(b"")
    (place.path / "packed.zip").write_bytes(b"PK")
    (place.path / "~$wrong.txt").write_bytes(b"open in Word")
    place.ready()
    assert [(one.file.name, one.progress) for one in place.analyses.all()] == [
        ("broken.pdf", "failed"),
        ("empty.txt", "failed"),
        ("packed.zip", "failed"),
        ("wrong.txt", "ready"),
    ]
    rows = client.get("/rows").text
    assert "无法读取" in rows and "这是压缩包，不是文档；请先解压，" in rows
    assert "无法读取" in client.get(f"/documents/{folders.identity('broken.pdf')}").text


def test_a_report_is_analysed_once_and_again_when_it_changes(place: Place, cached: Path) -> None:
    before = sorted(cached.iterdir())
    (place.path / "copy.txt").write_text(WRONG, encoding="utf-8")
    place.ready()
    assert sorted(cached.iterdir()) == before, "the same content under another name is known"
    assert place.analyses.report(folders.identity("copy.txt")).document.name == "copy"
    (place.path / "copy.txt").write_text(WRONG.replace("溪口", "上溪口"), encoding="utf-8")
    place.ready()
    assert len(list(cached.iterdir())) == len(before) + 1


def test_an_analysis_is_read_back_as_it_was(place: Place) -> None:
    report = place.analyses.report(place.identity)
    assert decoded(encoded(report)) == report


def test_a_cache_that_is_damaged_is_not_believed(place: Place, cached: Path, tmp_path: Path) -> None:
    for path in cached.iterdir():
        path.write_bytes(path.read_bytes()[:-20])
    again = Analyses(place.path, Settings(model="patterns"), cached=cached)
    again.start()
    assert again.wait(60)
    assert [one.progress for one in again.all()] == ["ready"]
    again.close()


def test_a_process_that_dies_fails_one_report_and_no_other(place: Place) -> None:
    large, small = place.path / "large.txt", place.path / "wrong.txt"
    large.write_text(WRONG * 3000, encoding="utf-8")
    with analyses.Worker(Settings(model="patterns")) as worker:
        threading.Thread(target=_kill, args=(worker,)).start()
        with pytest.raises(UnreadableError, match="the process that read it ended"):
            worker.analyse(File(id="", name="large.txt", path=large, stamp=(0, 0)), (), threading.Event())
        report = worker.analyse(File(id="", name="wrong.txt", path=small, stamp=(0, 0)), (), threading.Event())
        assert [finding.code for finding in report.findings] == ["S201"]
        monkeypatch = pytest.MonkeyPatch()
        with monkeypatch.context() as patched:
            patched.setattr(analyses, "LONGEST", 0.0)
            with pytest.raises(UnreadableError, match="given up"):
                worker.analyse(File(id="", name="large.txt", path=large, stamp=(0, 0)), (), threading.Event())


def _kill(worker: analyses.Worker) -> None:
    while worker.process is None or worker.process.pid is None:
        time.sleep(0.01)
    worker.process.kill()


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", ["starlette", "uvicorn", "msgspec", "platformdirs"])
def test_where_the_extra_is_not_installed_one_line_says_what_to_do(tmp_path: Path, module: str) -> None:
    program = f"import sys\nsys.modules[{module!r}] = None\nsys.argv = ['heshu', 'review', {str(tmp_path)!r}]\nfrom extract.cli import main\nmain()"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == f"heshu: review needs {module}, which is not installed; pip install 'heshu[review]'\n"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_which_the_decisions_are_damaged_is_one_line(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no database" * 1000)
    done = heshu("review", tmp_path, "--no-browser")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"heshu: {tmp_path / FILE_NAME}: not usable for decisions")
    assert done.stderr.count("\n") == 1


# --- the end ----------------------------------------------------------------------------------------------------------

INTERRUPTED_WHILE_IT_STARTS = """
import os, signal, sys, webbrowser
from pathlib import Path
from extract.review import serve
from extract.settings import Settings

class Finalised:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        sum(range(1000))

def opened(address):
    Finalised()  # an exception that is raised while this goes is ignored by Python

webbrowser.open = opened
try:
    serve.serve(Path(sys.argv[1]), settings=Settings(model="patterns"), baseline=(), port=None, browser=True, who="王")
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are Unix")
def test_an_interruption_while_the_page_starts_is_not_lost(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    (tmp_path / "reports").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_WHILE_IT_STARTS, str(tmp_path / "reports")],
        capture_output=True,
        text=True,
        env=environment,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1:] == ["interrupted"]
