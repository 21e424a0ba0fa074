"""Something fails inside CONNECT: what a person, a service and the log are told."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

import pytest

from studio.engine.screens import ServerError, VerifyPhone
from studio.site import signing_in
from studio.site.application import ORIGIN
from tests.device.given import authorize, code_of, new_device, opened, typed


def reference(screen: object) -> str:
    assert isinstance(screen, ServerError)
    return screen.reference


def test_a_form_that_cannot_be_kept_is_told_and_can_be_tried_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    browser = opened(ui_locales="ur-PK")
    typed(browser, "identifier", "99912345")
    browser.device.fail(failing=True)
    reply = typed(browser, "code", code_of(browser))
    assert reply.status == 500
    name = reference(reply.screen)
    assert name in browser.document.text_content()
    assert name in caplog.text
    assert "StoreError" in caplog.text
    assert "StoreError" not in reply.body.decode()
    assert browser.document.get("lang") == "ur-PK"
    browser.device.fail(failing=False)
    assert isinstance(browser.press("again").screen, VerifyPhone)


@pytest.mark.page_errors
def test_a_mistake_of_the_program_is_logged_without_what_was_typed(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        told = "99912345 is on another account"
        raise ValueError(told)

    monkeypatch.setattr(signing_in, "happen", broken)
    reply = typed(opened(), "identifier", "99912345")
    assert reply.status == 500
    (record,) = (one for one in caplog.records if one.levelno == logging.ERROR)
    told = record.getMessage()
    assert told.startswith(f"{reference(reply.screen)}: POST /id/signin/")
    assert "failed with ValueError" in told
    assert "in broken" in told
    assert "99912345" not in told
    assert record.exc_info is None


def test_a_page_that_cannot_be_begun_has_the_look_of_its_client_and_is_asked_for_anew() -> None:
    browser = opened()
    browser.device.fail(failing=True)
    url = authorize(login_hint="99912345", ui_locales="ur-PK")
    first = browser.open(url)
    assert browser.document.xpath("//link[starts-with(@href, '/brand/')]")
    (again,) = browser.document.xpath("//a[@data-action='again']/@href")
    assert f"{ORIGIN}{again}" == url
    assert browser.document.get("lang") == "ur-PK"
    # The same steps lead to the same picture.
    assert reference(browser.reload().screen) == reference(first.screen)


def test_what_was_sent_outside_of_a_flow_is_not_sent_again() -> None:
    browser = opened()
    typed(browser, "identifier", "99912345")
    typed(browser, "code", code_of(browser))
    browser.open(f"{ORIGIN}/oauth/logout?client_id=fakebrand")
    browser.device.fail(failing=True)
    assert reference(browser.press("continue").screen)
    assert browser.document.xpath("//a[@data-action='again']") == []


def test_a_service_is_told_in_json() -> None:
    device = new_device()
    device.fail(failing=True)
    assert device.ask_connect("/oauth/token", {}) == (500, {"error": "server_error"})


@pytest.mark.page_errors
def test_where_not_even_the_page_can_be_drawn_a_line_is_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser = opened()

    def broken(*_args: object) -> str:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(browser.device.pages, "html", broken)
    reply = browser.reload()
    assert (reply.status, reply.mimetype) == (500, "text/plain")
    assert urlsplit(browser.reply.url).path not in reply.body.decode()
