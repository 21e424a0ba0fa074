from __future__ import annotations

from dataclasses import replace

import pytest

from studio.device.browser import Browser, BrowserError
from studio.device.jar import Jar
from studio.device.network import Connection
from studio.engine.detection import BrowserKind, Platform
from studio.engine.identifiers import Identifier
from studio.engine.policy import IdentifierKind
from studio.site.application import ORIGIN
from tests.device.given import LEVEL_2, authorize, code_of, new_device, opened, signed_in, typed
from tests.pages.given import hosted

NUMBER = "+4799912345"
ADDRESS = "user@example.com"
RIGHT = "correct horse"
NEW = "a longer staple battery"


def saved(browser: Browser) -> list[tuple[str, str]]:
    kept = browser.device.saved_passwords
    return [(one.identifier.value, one.password) for one in kept]


def forget_cookies(browser: Browser) -> None:
    browser.device.state = browser.device.state.with_jar(Jar())


def with_password(browser: Browser, typed_number: str, password: str) -> None:
    typed(browser, "identifier", typed_number)
    typed(browser, "password", password)


def test_a_password_that_was_accepted_is_kept() -> None:
    browser = opened(LEVEL_2)
    with_password(browser, "99912345", RIGHT)
    signed_in(browser)
    assert saved(browser) == [(NUMBER, RIGHT)]


def test_a_wrong_password_is_not_kept() -> None:
    browser = opened(LEVEL_2)
    with_password(browser, "99912345", "wrong horse")
    assert saved(browser) == []


def test_a_right_password_after_too_many_tries_is_not_kept() -> None:
    browser = opened(LEVEL_2)
    typed(browser, "identifier", "99912345")
    for _ in range(5):
        typed(browser, "password", "wrong horse")
    typed(browser, "password", RIGHT)
    assert browser.reply.screen is not None
    assert browser.reply.screen.id == "password"
    assert saved(browser) == []


def test_a_password_that_is_typed_but_not_sent_is_not_kept() -> None:
    browser = opened(LEVEL_2)
    typed(browser, "identifier", "99912345")
    browser.fill("password", RIGHT)
    browser.press("change")
    assert saved(browser) == []


def test_a_changed_password_takes_the_place_of_the_one_before() -> None:
    browser = opened(LEVEL_2)
    with_password(browser, "99912345", RIGHT)
    browser.open(f"{ORIGIN}/id/account/password")
    browser.fill("current", RIGHT)
    browser.fill("password", NEW)
    browser.press()
    assert saved(browser) == [(NUMBER, NEW)]


def test_a_created_password_is_kept() -> None:
    browser = opened(LEVEL_2)
    typed(browser, "identifier", "99900999")
    browser.press("forgot")
    browser.press("continue")
    typed(browser, "code", code_of(browser))
    typed(browser, "password", NEW)
    assert saved(browser) == [("+4799900999", NEW)]


@pytest.mark.parametrize(
    ("kind", "there"),
    [
        (BrowserKind.IN_APP_TAB, True),
        (BrowserKind.MOBILE_BROWSER, True),
        (BrowserKind.DESKTOP, True),
        (BrowserKind.WEB_VIEW, False),
    ],
)
def test_a_browser_keeps_passwords_and_a_web_view_does_not(
    kind: BrowserKind, *, there: bool
) -> None:
    browser = Browser(new_device(hosted(LEVEL_2)))
    browser.device.connect_by(Connection(browser=kind))
    browser.open(authorize())
    with_password(browser, "99912345", RIGHT)
    assert (saved(browser) == [(NUMBER, RIGHT)]) is there


def test_a_computer_does_not_know_what_a_phone_keeps() -> None:
    browser = opened(LEVEL_2)
    with_password(browser, "99912345", RIGHT)
    phone = browser.device.state.connection
    browser.device.connect_by(Connection(platform=Platform.OTHER, browser=BrowserKind.DESKTOP))
    assert saved(browser) == []
    browser.device.connect_by(replace(phone, browser=BrowserKind.MOBILE_BROWSER))
    assert saved(browser) == [(NUMBER, RIGHT)]


def test_what_is_kept_is_filled_in_on_both_screens() -> None:
    browser = opened(LEVEL_2)
    with_password(browser, "99912345", RIGHT)
    forget_cookies(browser)
    browser.open(authorize())
    browser.fill_saved()
    assert browser.held("identifier") == NUMBER
    browser.press()
    browser.fill_saved()
    browser.press()
    signed_in(browser)


def test_only_the_password_of_whoever_stands_there_is_offered() -> None:
    browser = opened(LEVEL_2)
    with_password(browser, "99912345", RIGHT)
    forget_cookies(browser)
    browser.open(authorize())
    typed(browser, "identifier", "99900999")
    assert browser.device.offer(browser.reply.screen) is None
    with pytest.raises(BrowserError, match="nothing saved fits"):
        browser.fill_saved()


def test_an_address_is_offered_where_an_address_is_asked_for() -> None:
    browser = opened(LEVEL_2)
    with_password(browser, "99912345", RIGHT)
    forget_cookies(browser)
    browser.open(authorize())
    browser.press("switch")
    assert browser.device.offer(browser.reply.screen) is None
    with_password(browser, ADDRESS, RIGHT)
    assert saved(browser) == [(NUMBER, RIGHT), (ADDRESS, RIGHT)]
    forget_cookies(browser)
    browser.open(authorize())
    browser.press("switch")
    offer = browser.device.offer(browser.reply.screen)
    assert offer is not None
    assert offer.identifier == Identifier(IdentifierKind.EMAIL, ADDRESS)
    assert offer.values == {"identifier": ADDRESS}
