from __future__ import annotations

import pytest

from studio.device.browser import MAX_REDIRECTS, Browser, BrowserError
from studio.device.device import Outside, Reply, service_origin
from studio.engine.screens import Start, VerifyPhone
from studio.site.application import ORIGIN
from tests.device.given import (
    LEVEL_2,
    at_service,
    authorize,
    code_of,
    new_device,
    opened,
    typed,
)


def test_before_a_page_is_open_there_is_none() -> None:
    browser = Browser(new_device())
    with pytest.raises(BrowserError, match="no page is open"):
        _ = browser.reply
    with pytest.raises(BrowserError, match="no page is open"):
        browser.press()


@pytest.mark.parametrize("name", ["password", "", "action"])
def test_an_input_that_is_not_there_cannot_be_filled(name: str) -> None:
    with pytest.raises(BrowserError, match=f"there is no input '{name}' on https://"):
        opened().fill(name, "x")


def test_a_button_that_is_not_there_cannot_be_pressed() -> None:
    there = "'resend' on https://.*; there are: switch, submit, back, "
    with pytest.raises(BrowserError, match=f"there is no button or link {there}"):
        opened().press("resend")
    browser = opened()
    browser.open("https://evil.example/")
    with pytest.raises(
        BrowserError, match=r"there is no button or link 'submit' on .*; there are: none"
    ):
        browser.press()


def test_redirects_are_followed_to_a_page() -> None:
    reply = opened().reply
    assert (reply.status, reply.location, type(reply.screen)) == (200, None, Start)


def test_redirects_without_an_end_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = opened()
    asked: list[str] = []

    def again(_method: str, url: str, *, body: bytes = b"") -> Reply:
        asked.append(url)
        headers = browser.reply.headers
        return Reply(url=url, status=303, headers=headers, body=body, location=url)

    monkeypatch.setattr(browser.device, "request", again)
    with pytest.raises(BrowserError, match=f"more than {MAX_REDIRECTS} redirects"):
        browser.reload()
    assert len(asked) == MAX_REDIRECTS + 1


def test_what_was_typed_belongs_to_the_page_it_was_typed_on() -> None:
    browser = opened()
    browser.fill("identifier", "99912345")
    browser.press("switch")
    assert isinstance(browser.reply.screen, Start)
    assert browser.reply.screen.kind == "email"
    browser.press("switch")
    assert browser.reply.screen.typed == ""


def test_a_link_does_not_send_what_was_typed_into_the_form() -> None:
    browser = opened()
    typed(browser, "identifier", "99912345")
    browser.fill("code", code_of(browser))
    browser.press("resend")
    assert isinstance(browser.reply.screen, VerifyPhone)
    assert browser.reply.screen.problem is None


@pytest.mark.parametrize("value", ["yes", None])
def test_a_box_is_checked_and_unchecked(value: str | None) -> None:
    browser = opened("session: {stay_signed_in: {default: true}}")
    typed(browser, "identifier", "99912345")
    browser.fill("stay", value)
    typed(browser, "code", code_of(browser))
    (grant,) = browser.device.world.grants.values()
    assert grant.stay_signed_in is (value is not None)


def test_a_box_left_alone_is_as_the_client_has_it() -> None:
    browser = opened("session: {stay_signed_in: {default: true}}")
    typed(browser, "identifier", "99912345")
    typed(browser, "code", code_of(browser))
    (grant,) = browser.device.world.grants.values()
    assert grant.stay_signed_in


def test_a_second_tab_shows_the_same_page_and_shares_the_device() -> None:
    browser = opened()
    other = browser.copy()
    assert other.reply is browser.reply
    typed(other, "identifier", "99912345")
    assert isinstance(browser.reload().screen, VerifyPhone)


def test_a_link_to_elsewhere_ends_on_the_devices_own_page() -> None:
    browser = opened(LEVEL_2)
    assert isinstance(browser.open("https://evil.example/").screen, Outside)
    assert browser.open(authorize(prompt="none")).screen == at_service("login_required")


def test_from_a_moment_browsers_go_on_by_themselves() -> None:
    browser = opened()
    browser.fill("identifier", "99912345")
    moment = browser.moment
    browser.press()
    assert len(browser.device.state.inbox) == 1
    other = Browser(new_device(), moment)
    assert other.reply is moment.reply
    assert other.held("identifier") == "99912345"
    assert other.device.state.inbox == ()
    assert isinstance(other.press().screen, VerifyPhone)


def test_a_link_is_followed_by_the_name_of_what_it_does() -> None:
    browser = opened()
    browser.open(f"{service_origin('fakebrand')}/")
    assert browser.press("sign-in").screen is not None
    assert isinstance(browser.reply.screen, Start)


def test_one_of_several_buttons_of_a_name_is_pressed_by_its_number() -> None:
    browser = opened()
    with pytest.raises(BrowserError, match="'submit' number 2 on https://"):
        browser.press("submit", 2)


def test_what_an_input_holds_is_what_was_typed_or_what_the_page_has() -> None:
    browser = opened(login_hint="+4799912345")
    assert browser.held("identifier") == "+4799912345"
    browser.fill("identifier", "99")
    assert browser.held("identifier") == "99"
    with pytest.raises(BrowserError, match="there is no input 'code' on https://"):
        browser.held("code")


def test_only_a_box_can_be_checked() -> None:
    with pytest.raises(BrowserError, match="there is no box 'identifier' on https://"):
        opened().check("identifier", checked=True)
    browser = opened("session: {stay_signed_in: {default: true}}")
    typed(browser, "identifier", "99912345")
    assert browser.held("stay") == "yes"
    browser.check("stay", checked=False)
    assert browser.held("stay") is None
    browser.check("stay", checked=True)
    assert browser.held("stay") == "yes"


def test_only_what_is_offered_can_be_chosen() -> None:
    browser = opened()
    typed(browser, "identifier", "99912345")
    typed(browser, "code", code_of(browser))
    browser.open(f"{ORIGIN}/id/account/profile")
    browser.press("edit")
    with pytest.raises(BrowserError, match="'locale' has no choice 'xx' on https://"):
        browser.fill("locale", "xx")
    browser.fill("locale", "nb")
    browser.press()
    browser.press("edit")
    assert browser.held("locale") == "nb"


def test_a_page_tells_what_its_buttons_send_each_once() -> None:
    browser = opened()
    assert browser.actions == ["switch", "submit", "back"]
    browser.open("https://evil.example/")
    assert browser.actions == []
