"""The studio's own pages: what is hosted, the inbox, the clock, what has changed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import lxml.html
import pytest
from werkzeug.test import Client

from studio.server.application import Application
from studio.server.watching import ClientFiles
from studio.site.messages import Message
from tests.server.given import MOMENT, PLACE, asked, get, json_of, new_server, pages, sample

if TYPE_CHECKING:
    from pathlib import Path

    from werkzeug.test import TestResponse

    from studio.server.backend import Server

JSON = {"Accept": "application/json"}


@pytest.fixture
def server() -> Server:
    return new_server("fakebrand", "strusic")


@pytest.fixture
def client(server: Server) -> Client:
    return asked(server)


def document(answer: TestResponse) -> lxml.html.HtmlElement:
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    return lxml.html.document_fromstring(answer.text)


def sms(code: str | None = "0815", text: str = "FakeBrand: 0815 <b>") -> Message:
    return Message(
        kind="sms",
        sender="FakeBrand",
        recipient="+4799912345",
        text=text,
        code=code,
        when=MOMENT,
    )


def move(
    client: Client,
    *,
    data: dict[str, str] | bytes | str | None = None,
    json: dict[str, str] | None = None,
    content_type: str | None = None,
    headers: dict[str, str] | None = None,
) -> TestResponse:
    return client.post(
        "/studio/clock",
        base_url=PLACE.origin,
        data=data,
        json=json,
        content_type=content_type,
        headers=headers,
    )


def test_the_first_page_shows_each_client(client: Client) -> None:
    page = document(get(client, "/"))
    assert page.xpath("//h2/bdi/text()") == ["FakeBrand", "Strusic"]
    assert page.xpath("//a[@class='button']/@href") == [
        "/services/fakebrand/",
        "/services/strusic/",
    ]
    request = page.xpath("//li[1]//details//code/text()")[0]
    assert request.startswith(f"{PLACE.issuer}/authorize?client_id=fakebrand&response_type=code")
    assert "redirect_uri=fakebrand%3A%2F%2Fconnect%2Foauth2callback" in request
    assert "+4799912345" in page.text_content()
    assert "correct horse" in page.text_content()


def test_the_first_page_shows_a_client_that_registered_itself(client: Client) -> None:
    asks = {
        "redirect_uris": ["http://localhost:9999/back"],
        "client_name": "Own <b>",
        "token_endpoint_auth_method": "none",
    }
    registered = client.post("/oauth/register", base_url=PLACE.origin, json=asks)
    assert registered.status_code == 201
    page = document(get(client, "/"))
    assert page.xpath("//h2/bdi/text()")[-1] == "Own <b>"
    assert page.xpath("//li[3]//dd/code/text()")[1:2] == ["http://localhost:9999/back"]
    assert not page.xpath("//li[3]//a")


def test_each_client_has_its_header_colour(client: Client) -> None:
    css = get(client, "/studio/headers.css")
    assert css.mimetype == "text/css"
    header = sample("fakebrand").client.branding.header.css()
    assert css.text.splitlines()[0] == f".header-0 {{ background: {header} }}"
    (swatch, _) = document(get(client, "/")).xpath("//*[contains(@class, 'swatch')]/@class")
    assert swatch == "swatch header-0"


def test_the_first_page_shows_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    path = tmp_path / "own.client.yaml"
    path.write_text("good", "utf-8")

    def read(path: Path) -> object:
        if path.read_text("utf-8") != "good":
            raise ValueError("own.client.yaml:1:1 <b> is wrong")
        return sample("fakebrand")

    files = ClientFiles([path], read)  # type: ignore[arg-type]  # it returns one
    server = new_server()
    client = Client(Application(server, pages(), files=files))
    assert not document(get(client, "/")).xpath("//*[@role='alert']")
    path.write_text("not so good", "utf-8")
    page = document(get(client, "/"))
    (alert,) = page.xpath("//*[@role='alert']/code/text()")
    assert alert == "own.client.yaml:1:1 <b> is wrong"
    assert page.xpath("//h2/bdi/text()") == ["FakeBrand"]


def test_the_inbox_is_empty_at_first(client: Client) -> None:
    assert "No message yet." in document(get(client, "/studio/inbox")).text_content()
    assert json_of(get(client, "/studio/inbox.json")) == {"messages": []}


def test_the_inbox_shows_the_newest_first_with_its_code(server: Server, client: Client) -> None:
    server.deliver(sms())
    server.deliver(sms(code=None, text="News"))
    page = document(get(client, "/studio/inbox"))
    assert page.xpath("//ol/li/@id") == ["message-2", "message-1"]
    assert page.xpath("//code/text()") == ["0815"]
    assert page.xpath("//button/@data-copy") == page.xpath("//code/@id") == ["code-1"]
    assert "FakeBrand: 0815 <b>" in page.text_content()


@pytest.mark.parametrize(("path", "headers"), [("inbox.json", {}), ("inbox", JSON)])
def test_the_inbox_can_be_had_as_json(
    server: Server, client: Client, path: str, headers: dict[str, str]
) -> None:
    server.deliver(sms(code=None))
    server.deliver(sms())
    answer = get(client, f"/studio/{path}", **headers)
    messages = json_of(answer)["messages"]
    assert messages[0] == {
        "number": 2,
        "kind": "sms",
        "from": "FakeBrand",
        "to": "+4799912345",
        "text": "FakeBrand: 0815 <b>",
        "code": "0815",
        "when": MOMENT.isoformat(),
    }
    assert [one["number"] for one in messages] == [2, 1]


def test_the_clock_is_shown(client: Client) -> None:
    assert "Monday, 02 March 2026, 09:00" in document(get(client, "/studio/clock")).text_content()
    assert json_of(get(client, "/studio/clock", **JSON)) == {"now": MOMENT.isoformat()}


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({"days": "1"}, 1),
        ({"days": "91"}, 91),
        ({"to": "2026-03-09T09:00"}, 7),
        ({"to": "2026-03-09T10:00+01:00"}, 7),
    ],
)
def test_the_clock_is_moved_by_a_form_or_by_json(fields: dict[str, str], days: int) -> None:
    by_form, by_json = new_server(), new_server()
    assert move(asked(by_form), data=fields).status_code == 303
    assert move(asked(by_json), json=fields).status_code == 200
    assert by_form.world.now == by_json.world.now == MOMENT + timedelta(days=days)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, 'say either "days" or "to"'),
        ({"days": "1", "to": "2027-01-01"}, 'say either "days" or "to"'),
        ({"days": "-1"}, "whole number"),
        ({"days": "1e3"}, "whole number"),
        ({"days": "99999"}, "whole number"),
        ({"days": "9999"}, "ten years"),
        ({"days": "0"}, "only goes on"),
        ({"to": "soon"}, "is a moment such as"),
        ({"to": "2020-01-01"}, "only goes on"),
        ({"to": "9999-12-31"}, "ten years"),
    ],
)
def test_what_the_clock_does_not_do_is_told(
    server: Server, client: Client, fields: dict[str, str], why: str
) -> None:
    page = move(client, data=fields)
    assert page.status_code == 400
    shown: lxml.html.HtmlElement = lxml.html.document_fromstring(page.text)
    (alert,) = shown.xpath("//*[@role='alert']/text()")
    assert why in alert
    told = move(client, json=fields)
    assert (told.status_code, why in json_of(told)["error_description"]) == (400, True)
    assert server.world.now == MOMENT


@pytest.mark.parametrize("body", ["", "[]", "{", "[" * 50_000, '"x"'])
def test_json_that_is_none_moves_nothing(client: Client, body: str) -> None:
    answer = move(client, data=body, content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize("origin", ["https://x.example", "null", "http://127.0.0.1:9"])
def test_a_form_of_another_site_moves_nothing(client: Client, server: Server, origin: str) -> None:
    answer = move(client, data={"days": "1"}, headers={"Origin": origin})
    assert (answer.status_code, server.world.now) == (403, MOMENT)


def test_a_file_is_no_form(client: Client) -> None:
    answer = move(client, data=b"x", content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 415


def test_changes_count_edits_and_messages(server: Server, client: Client) -> None:
    before = json_of(get(client, "/studio/changes"))
    server.deliver(sms())
    assert json_of(get(client, "/studio/changes")) == {**before, "arrived": 1}
    server.host([sample("fakebrand")])
    assert json_of(get(client, "/studio/changes")) == {"looks": before["looks"] + 1, "arrived": 1}


def test_every_address_of_the_description_is_there(client: Client) -> None:
    told = json_of(get(client, "/studio/openapi.json"))
    assert told["openapi"] == "3.1.0"
    assert told["servers"] == [{"url": PLACE.origin}]
    for path, methods in told["paths"].items():
        for method, described in methods.items():
            answer = client.open(path, method=method.upper(), base_url=PLACE.origin, headers=JSON)
            assert str(answer.status_code) in described["responses"], (method, path)
            assert answer.status_code not in {404, 405}


def test_every_endpoint_that_is_offered_is_described(client: Client) -> None:
    told = json_of(get(client, "/studio/openapi.json"))
    found = json_of(get(client, "/oauth/.well-known/openid-configuration"))
    offered = {url for name, url in found.items() if name.endswith(("_endpoint", "_uri"))}
    assert {url.removeprefix(PLACE.origin) for url in offered} <= set(told["paths"])


@pytest.mark.parametrize("path", ["/studio/nothing", "/studio/", "/studio/pass"])
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert get(client, path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/studio/inbox", "/studio/clock", "/studio/nothing"])
def test_every_answer_is_guarded(client: Client, path: str) -> None:
    headers = get(client, path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    # A browser tells where the form of the clock comes from only where it may.
    assert headers["Referrer-Policy"] == (
        "same-origin" if path == "/studio/clock" else "no-referrer"
    )
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
