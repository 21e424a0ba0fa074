"""My CONNECT account in a browser: deep links, signing in for it, proof, the way back, sign-out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from studio.device.browser import Browser
from studio.device.device import service_origin
from studio.device.network import Connection
from studio.device.people import PEOPLE, Person
from studio.engine.checks import SESSION_LIFETIME
from studio.engine.detection import BrowserKind, Network
from studio.engine.policy import Level
from studio.engine.screens import SignOut, StartAgain
from studio.engine.visit import ACCOUNT_CLIENT, Section
from studio.site.account import path_of
from studio.site.application import ORIGIN
from studio.site.host import account_client
from tests.device.given import APP, authorize, code_of, new_device, signed_in, typed
from tests.pages.given import REGISTRATION, hosted

if TYPE_CHECKING:
    from studio.device.device import Reply

OUT = "https://fakebrand.example/out"
CLIENT = REGISTRATION + f"  post_logout_redirect_uris: {{production: [{OUT}]}}\n"
TOLD = CLIENT + "  backchannel_logout_uri: https://fakebrand.example/backchannel\n"
FULL, PHONE_ONLY, BY_EMAIL = PEOPLE[0], PEOPLE[1], PEOPLE[2]
NEW_NUMBER, NEW_E164 = "40612345", "+4740612345"
NEW_PASSWORD = "staple battery"


def account(section: str = "", **link: str) -> str:
    """Return the URL of a section with what a deep link asks for."""
    path = f"{ORIGIN}/id/account{'/' if section else ''}{section}"
    return f"{path}?{urlencode(link)}" if link else path


def new_browser(registration: str = CLIENT, person: Person = FULL) -> Browser:
    device = new_device(hosted("", registration))
    device.hand_to(person)
    return Browser(device)


def by_code(browser: Browser) -> Reply:
    """Sign in with a code, from the start screen."""
    person = browser.device.state.person
    assert person.phone
    typed(browser, "identifier", person.phone)
    return typed(browser, "code", code_of(browser))


def visiting(section: str = "", person: Person = FULL, registration: str = CLIENT) -> Browser:
    """Return a browser in a section, after signing in with a code."""
    browser = new_browser(registration, person)
    browser.open(account(section))
    by_code(browser)
    return browser


def detected(section: str = "", person: Person = FULL) -> Browser:
    """Return a browser in a section, after signing in by the detected number."""
    browser = new_browser(person=person)
    browser.device.connect_by(Connection(network=Network.MOBILE_DATA))
    browser.open(account())
    browser.press("continue")
    browser.open(account(section))
    return browser


def shown(browser: Browser) -> tuple[str, str]:
    screen = browser.reply.screen
    assert screen is not None
    return screen.id, getattr(screen, "state", "")


def at(browser: Browser) -> str:
    """Return the page's address without its query."""
    return browser.reply.url.partition("?")[0]


def followed(browser: Browser, url: str) -> list[str]:
    """Open an address and return those that were loaded on the way."""
    reply, urls = browser.device.request("GET", url), [url]
    while reply.location:
        urls.append(reply.location)
        reply = browser.device.request("GET", reply.location)
    return urls


# Signing in for it


@pytest.mark.parametrize("section", Section)
def test_a_deep_link_signs_in_first_and_comes_to_its_section(section: Section) -> None:
    browser = new_browser()
    browser.open(f"{ORIGIN}{path_of(section)}")
    assert shown(browser)[0] == "start"
    by_code(browser)
    assert browser.reply.url == f"{ORIGIN}{path_of(section)}"
    assert shown(browser)[0].startswith("account")


def test_the_sign_in_is_connects_own() -> None:
    browser = new_browser()
    browser.open(account())
    page = browser.document.text_content()
    assert "My CONNECT account" in page
    assert "FakeBrand" not in page
    assert account_client().policy.level is Level.PHONE


def test_its_code_is_taken_back_and_it_is_no_service() -> None:
    browser = visiting()
    assert not browser.device.world.grants
    (owner,) = (one for one in browser.device.world.accounts.values() if one.name)
    assert ACCOUNT_CLIENT not in owner.services
    assert [one.news for one in browser.device.state.inbox] == [None]


def test_the_code_of_another_client_is_not_touched_on_the_way_back() -> None:
    browser = visiting()
    browser.open(authorize())
    (code,) = browser.device.world.grants
    browser.open(account("signed-in", code=code))
    assert code in browser.device.world.grants
    assert at(browser) == account()


def test_services_cannot_use_its_client_at_the_token_endpoint() -> None:
    browser = new_browser()
    status, told = browser.device.ask_connect(
        "/oauth/token",
        {"grant_type": "authorization_code", "code": "x", "client_id": ACCOUNT_CLIENT},
    )
    assert (status, told["error"]) == (401, "invalid_client")


def test_whoever_is_signed_in_at_a_service_sees_no_screen() -> None:
    browser = new_browser()
    browser.open(authorize())
    by_code(browser)
    signed_in(browser)
    browser.open(account("phones"))
    assert shown(browser) == ("account-phones", "one")


def test_a_detected_number_signs_in() -> None:
    assert shown(detected()) == ("account", "empty")


def test_a_login_hint_is_filled_in() -> None:
    browser = new_browser()
    browser.open(account(login_hint="user@example.com"))
    assert "user@example.com" in browser.document.xpath("//input/@value")


def test_a_session_that_is_over_is_none() -> None:
    browser = visiting()
    browser.device.wait(SESSION_LIFETIME)
    browser.open(account("phones"))
    assert shown(browser)[0] == "start"


def test_a_form_without_a_session_changes_nothing_and_signs_in() -> None:
    browser = visiting("phones")
    browser.device.world = browser.device.world.without_session(
        next(iter(browser.device.world.sessions))
    )
    browser.press("add")
    assert shown(browser)[0] == "start"


@pytest.mark.parametrize(
    "state", ["", "/id/account/nothing", "//evil.example", "https://evil.example/", "/id/signin/x"]
)
def test_a_state_that_is_no_section_leads_to_the_overview(state: str) -> None:
    browser = visiting()
    browser.open(account("signed-in", state=state))
    assert browser.reply.url == account()


def test_there_is_no_such_section() -> None:
    browser = visiting()
    assert browser.open(account("nothing")).status == 404
    assert browser.open(account("overview")).status == 404


# The way back


@pytest.mark.parametrize(
    "address", [APP, OUT, f"{service_origin('fakebrand')}/", f"{service_origin('fakebrand')}/a?b=c"]
)
def test_the_way_back_leads_to_an_address_of_the_service(address: str) -> None:
    browser = visiting()
    browser.open(account("phones", client_id="fakebrand", back=address))
    assert browser.reply.url == account("phones")
    (link,) = browser.document.xpath("//a[@data-action='back-to-service']")
    assert link.get("href") == address
    assert link.text_content() == "Back to FakeBrand"


@pytest.mark.parametrize(
    ("client_id", "address"),
    [
        ("fakebrand", "https://evil.example/"),
        ("fakebrand", f"{OUT}/more"),
        ("fakebrand", f"{service_origin('fakebrand')}.evil.example/"),
        ("fakebrand", f"{service_origin('fakebrand')}@evil.example/"),
        ("fakebrand", service_origin("fakebrand").replace("https", "http")),
        ("fakebrand", f"{service_origin('fakebrand')}/a\r\nLocation: //evil.example"),
        ("fakebrand", "javascript:alert(1)"),
        ("fakebrand", "https://[broken/"),
        ("fakebrand", ""),
        ("nobody", OUT),
        ("", OUT),
        (ACCOUNT_CLIENT, f"{ORIGIN}/id/account/signed-in"),
    ],
)
def test_any_other_address_is_ignored(client_id: str, address: str) -> None:
    browser = visiting()
    browser.open(account("phones", client_id=client_id, back=address))
    assert browser.reply.url == account("phones")
    assert not browser.document.xpath("//a[@data-action='back-to-service']")


def test_the_way_back_is_kept_by_signing_in() -> None:
    browser = new_browser()
    browser.open(account("phones", client_id="fakebrand", back=OUT))
    by_code(browser)
    assert browser.reply.url == account("phones")
    assert browser.document.xpath("//a[@data-action='back-to-service']/@href") == [OUT]


def test_back_from_signing_in_leads_to_the_service() -> None:
    browser = new_browser()
    browser.open(account("phones", client_id="fakebrand", back=f"{service_origin('fakebrand')}/"))
    browser.press("back")
    assert browser.reply.url == f"{service_origin('fakebrand')}/"


@pytest.mark.parametrize("back", ["", "https://evil.example/"])
def test_without_one_it_leads_to_a_way_to_sign_in_again(back: str) -> None:
    browser = new_browser()
    browser.open(account("phones", client_id="fakebrand", back=back))
    browser.press("back")
    assert browser.reply.screen == StartAgain(reason="declined")
    assert browser.document.xpath("//a[@class='button']/@href") == ["/id/account/phones"]


# Languages


def test_the_language_is_what_the_link_asks_for_also_after_signing_in() -> None:
    browser = new_browser()
    browser.open(account("phones", ui_locales="xx nb"))
    by_code(browser)
    visit = next(iter(browser.device.world.visits.values()))
    assert visit.locales == ("xx", "nb")
    assert browser.reply.url == account("phones")


def test_the_chosen_language_is_that_of_the_messages_too() -> None:
    browser = visiting("profile")
    browser.press("edit")
    browser.fill("name", " Example  User ")
    browser.fill("locale", "ur-PK")
    browser.press()
    assert shown(browser) == ("account-profile", "saved")
    assert browser.document.get("dir") == "rtl"
    browser.open(account("phones"))
    browser.press("add")
    typed(browser, "identifier", NEW_NUMBER)
    typed(browser, "code", code_of(browser))
    news = browser.device.state.inbox[-1]
    assert news.recipient == "user@example.com"
    assert news.text != ""
    assert "has been added" not in news.text


# Proof


def test_whoever_has_a_password_proves_with_it_and_the_change_goes_on() -> None:
    browser = detected("phones")
    browser.press("add")
    assert shown(browser)[0] == "step-up"
    typed(browser, "password", "correct horse")
    assert browser.reply.url == account("phones")
    assert shown(browser) == ("account-add-phone", "empty")


def test_whoever_has_none_proves_with_a_code_also_on_mobile_data() -> None:
    browser = detected("emails", PHONE_ONLY)
    browser.press("add")
    assert shown(browser)[0] == "reauth-verify-phone"
    typed(browser, "code", code_of(browser))
    assert shown(browser) == ("account-add-email", "empty")


def test_the_section_of_the_password_asks_when_it_is_opened() -> None:
    browser = detected()
    browser.open(account("password"))
    assert shown(browser)[0] == "step-up"
    typed(browser, "password", "correct horse")
    assert shown(browser) == ("account-password", "change")


def test_going_back_from_the_proof_changes_nothing_and_does_not_ask_again() -> None:
    browser = detected("phones")
    browser.press("add")
    browser.press("back")
    assert shown(browser) == ("account-phones", "one")
    browser.open(account("password"))
    browser.press("back")
    assert shown(browser) == ("account", "empty")


def test_the_proof_keeps_how_long_the_session_lasts() -> None:
    for stays in (True, False):
        browser = new_browser()
        browser.device.connect_by(Connection(browser=BrowserKind.DESKTOP))
        browser.open(account())
        typed(browser, "identifier", "99912345")
        browser.fill("stay", "yes" if stays else None)
        typed(browser, "code", code_of(browser))
        browser.device.wait(timedelta(minutes=11))
        browser.open(account("password"))
        typed(browser, "password", "correct horse")
        (session,) = browser.device.world.sessions.values()
        assert session.lasting is stays


def test_a_proof_by_somebody_else_does_not_make_the_change() -> None:
    browser = detected("phones", PHONE_ONLY)
    browser.press("add")
    browser.press("change")
    browser.device.hand_to(FULL)
    by_code(browser)
    assert shown(browser) == ("account-phones", "one")
    visits = browser.device.world.visits
    assert [visit.pending for visit in visits.values()] == [None]


def test_a_proof_lasts_ten_minutes() -> None:
    browser = visiting("phones")
    browser.device.wait(timedelta(minutes=11))
    browser.press("add")
    assert shown(browser)[0] == "step-up"


# Changes


def test_a_number_is_added_removed_and_told() -> None:
    browser = visiting("phones")
    browser.press("add")
    typed(browser, "identifier", NEW_NUMBER)
    typed(browser, "code", code_of(browser))
    assert shown(browser) == ("account-phones", "added")
    assert browser.device.state.inbox[-1].recipient == "user@example.com"
    browser.press("remove")
    assert "+47 99 91 23 45" in browser.document.text_content()
    browser.press("continue")
    assert shown(browser) == ("account-phones", "removed")
    assert "+47 99 91 23 45 is removed" in browser.document.text_content()
    assert [one.sender for one in browser.device.state.inbox[-2:]] == ["CONNECT", "CONNECT"]


def test_a_changed_password_ends_other_sessions_and_tells_their_services() -> None:
    phone = new_browser(TOLD)
    phone.open(authorize())
    by_code(phone)
    signed_in(phone)
    phone.device.connect_by(Connection(browser=BrowserKind.DESKTOP))
    desktop = Browser(phone.device)
    desktop.open(account("password"))
    by_code(desktop)
    assert len(phone.device.world.sessions) == 2
    desktop.fill("current", "correct horse")
    desktop.fill("password", NEW_PASSWORD)
    desktop.press()
    assert shown(desktop) == ("account", "password-changed")
    assert len(phone.device.world.sessions) == 1
    assert not phone.device.state.services


def test_a_service_is_withdrawn() -> None:
    browser = new_browser()
    browser.open(authorize())
    by_code(browser)
    browser.open(account("services"))
    browser.press("open")
    browser.press("withdraw")
    browser.press("continue")
    assert shown(browser) == ("account-services", "withdrawn")
    assert "FakeBrand can no longer see your account" in browser.document.text_content()


# Forms


def test_a_form_with_a_made_up_token_changes_nothing() -> None:
    browser = visiting("phones")
    fields = urlencode({"screen": "account-phones", "token": "0" * 32, "action": "add"})
    browser.device.request("POST", account("phones"), body=fields.encode())
    browser.open(account("phones"))
    assert shown(browser) == ("account-phones", "stale-form")


def test_a_form_of_another_tab_still_works_where_it_is_the_first_of_its_section() -> None:
    browser = visiting("phones")
    other = browser.copy()
    other.open(account("emails"))
    browser.press("add")
    assert shown(browser) == ("account-add-phone", "empty")


def test_a_form_of_a_screen_that_was_left_changes_nothing() -> None:
    browser = visiting("phones")
    browser.press("add")
    other = browser.copy()
    other.open(account("emails"))
    typed(browser, "identifier", NEW_NUMBER)
    assert shown(browser) == ("account-phones", "stale-form")


def test_what_no_form_of_ours_sends_is_passed_over() -> None:
    browser = visiting("phones")
    reply = browser.device.request("POST", account("phones"), body=b"action=nothing")
    assert (reply.status, reply.location) == (303, account("phones"))


def test_the_pages_are_left_and_read_again_safely() -> None:
    browser = visiting("phones")
    browser.press("add")
    before = browser.device.world
    assert shown(browser) == ("account-add-phone", "empty")
    browser.reload()
    assert shown(browser) == ("account-add-phone", "empty")
    assert browser.device.world == before


def test_no_number_and_no_address_is_in_any_url() -> None:
    browser = visiting("phones")
    for section in Section:
        for url in followed(browser, f"{ORIGIN}{path_of(section)}"):
            assert not any(known in url for known in ("99912345", "user@", "user%40"))
    browser.open(account("phones"))
    page = browser.reply.body.decode()
    assert "handle" in page
    links = browser.document.xpath("//@href | //@action | //@src")
    assert not any("999" in str(link) for link in links)
    values = browser.document.xpath("//input/@value")
    assert not any("999" in str(value) for value in values)


# Signing out


def test_the_row_sign_out_asks_and_ends_the_session() -> None:
    browser = visiting()
    browser.open(account("sign-out"))
    assert isinstance(browser.reply.screen, SignOut)
    browser.press("continue")
    assert shown(browser)[0] == "signed-out"
    assert not browser.device.world.sessions
    assert not browser.device.world.visits


def test_signing_out_without_a_session_says_so() -> None:
    browser = new_browser()
    browser.open(account("sign-out"))
    assert shown(browser)[0] == "signed-out"


def test_the_answer_of_an_error_page_is_never_followed() -> None:
    browser = new_browser()
    browser.open(account("signed-in", error="access_denied", state="//evil.example?back=//evil"))
    assert browser.reply.screen == StartAgain(reason="declined")
    query = dict(parse_qsl(urlsplit(browser.reply.url).query))
    assert query["error"] == "access_denied"


def test_an_account_by_address_proves_with_its_password() -> None:
    browser = new_browser(person=BY_EMAIL)
    browser.open(account("emails"))
    browser.press("switch")
    typed(browser, "identifier", "reader@example.com")
    typed(browser, "password", "battery staple")
    assert shown(browser) == ("account-emails", "one")
    browser.press("add")
    assert shown(browser) == ("account-add-email", "empty")
