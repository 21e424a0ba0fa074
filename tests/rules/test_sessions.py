"""The table of sessions, row for row, what services keep themselves, and who is remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from studio.device.network import Connection
from studio.engine.detection import BrowserKind
from studio.site.cookies import SESSION_COOKIE
from studio.site.service import SERVICE_COOKIE
from tests.rules.given import (
    DESKTOP,
    EMAIL_CLAIM,
    EMAIL_ONLY,
    FULL,
    MOBILE,
    MOBILE_BROWSER,
    PHONE_ONLY,
    WEB_VIEW,
    WIFI,
    Visitor,
    new_device,
    service,
    signed_in,
)

CLOSED, SAME_WINDOW = "window closed", "nothing, same window"
OF_SERVICE, OF_CONNECT = "signs out of the service", "signs out of CONNECT"
NOT_OFFERED, CHECKED, NOT_CHECKED = "not offered", "offered, checked", "offered, not checked"
AGAIN, IS_SIGNED_IN = "has to sign in again", "is signed in"
ANY = (NOT_OFFERED, CHECKED, NOT_CHECKED)
LONG = (NOT_OFFERED, CHECKED)
BOTH, NEITHER = (True, True), (False, False)
ONE_OR_BOTH = (BOTH, (True, False), (False, True))


@dataclass(frozen=True)
class Row:
    """One row of the table; `sso` are the settings of service 1 and service 2."""

    sso: tuple[bool, bool]
    staying: str
    between: str
    afterwards: str

    @property
    def words(self) -> str:
        """The row as it stands in the table."""
        first, second = ("on" if one else "off" for one in self.sso)
        return f"{first} | {second} | {self.staying} | {self.between} | {self.afterwards}"


ONE_SERVICE = [
    Row(NEITHER, NOT_CHECKED, CLOSED, AGAIN),
    *(Row(NEITHER, staying, CLOSED, IS_SIGNED_IN) for staying in LONG),
    *(Row(NEITHER, staying, OF_SERVICE, AGAIN) for staying in ANY),
    *(Row(NEITHER, staying, OF_CONNECT, AGAIN) for staying in ANY),
]
TWO_SERVICES = [
    *(Row(BOTH, staying, CLOSED, IS_SIGNED_IN) for staying in LONG),
    *(Row(sso, NOT_CHECKED, CLOSED, AGAIN) for sso in ONE_OR_BOTH),
    Row(BOTH, NOT_CHECKED, SAME_WINDOW, IS_SIGNED_IN),
    *(Row((True, False), staying, CLOSED, AGAIN) for staying in LONG),
    *(Row((False, True), staying, CLOSED, IS_SIGNED_IN) for staying in LONG),
    *(Row(BOTH, staying, OF_CONNECT, AGAIN) for staying in ANY),
    *(Row(sso, NOT_CHECKED, OF_CONNECT, AGAIN) for sso in ONE_OR_BOTH),
]
BROWSERS = [WIFI, DESKTOP]


def _settings(*, sso: bool, staying: str) -> str:
    shown, on = str(staying != NOT_OFFERED).lower(), str(sso).lower()
    return f"session: {{sso: {on}, stay_signed_in: {{shown: {shown}}}}}\n"


def _pass(visitor: Visitor, between: str) -> None:
    """Let happen what the row says happens in between."""
    match between:
        case "window closed":
            visitor.device.close_window()
        case "signs out of the service":
            visitor.sign_out()
        case "signs out of CONNECT":
            visitor.sign_out(everywhere=True)


def _has_to_sign_in_again(visitor: Visitor) -> None:
    assert visitor.home() == "signed-out"
    assert visitor.ask() == "start"
    assert visitor.typed == FULL.phone


@pytest.mark.parametrize("connection", BROWSERS, ids=["phone", "desktop"])
@pytest.mark.parametrize("row", ONE_SERVICE, ids=lambda row: row.words)
def test_without_sso_the_same_service(row: Row, connection: Connection) -> None:
    hosted = service(_settings(sso=False, staying=row.staying))
    visitor = Visitor(new_device(hosted, connection=connection))
    visitor.sign_in(stay=row.staying == CHECKED)
    _pass(visitor, row.between)
    if row.afterwards == AGAIN:
        _has_to_sign_in_again(visitor)
    else:
        assert visitor.home() == "signed-in"


@pytest.mark.parametrize("connection", BROWSERS, ids=["phone", "desktop"])
@pytest.mark.parametrize("row", TWO_SERVICES, ids=lambda row: row.words)
def test_afterwards_at_service_2(row: Row, connection: Connection) -> None:
    settings = [_settings(sso=sso, staying=row.staying) for sso in row.sso]
    device = new_device(service(settings[0]), service(settings[1], "beta"), connection=connection)
    first, second = Visitor(device), Visitor(device, "beta")
    first.sign_in(stay=row.staying == CHECKED)
    _pass(first, row.between)
    if row.afterwards == AGAIN:
        _has_to_sign_in_again(second)
    else:
        assert second.sign_in() == []
    stays = row.staying != NOT_CHECKED or row.between == SAME_WINDOW
    still = stays and row.between != OF_CONNECT
    assert first.home() == ("signed-in" if still else "signed-out")


@pytest.mark.parametrize("staying", ANY)
def test_signing_out_of_connect_at_one_service_ends_the_other(staying: str) -> None:
    settings = _settings(sso=True, staying=staying)
    device = new_device(service(settings), service(settings, "beta"))
    first = Visitor(device)
    first.sign_in(stay=staying == CHECKED)
    second = Visitor(device, "beta")
    assert second.sign_in() == []
    second.sign_out(everywhere=True)
    assert second.screen == "signed-out"
    _has_to_sign_in_again(first)
    _has_to_sign_in_again(second)
    assert len(device.world.sessions) == 0


def test_a_service_that_cannot_be_told_keeps_its_own_session() -> None:
    deaf = service().client
    told = service("", "beta")
    registration = deaf.registration.model_copy(update={"backchannel_logout_uri": None})
    hosted = type(told)(deaf.model_copy(update={"registration": registration}))
    device = new_device(hosted, told)
    first, second = signed_in(device), signed_in(device, "beta")
    second.sign_out(everywhere=True)
    assert first.home() == "signed-in"
    assert first.ask() == "start"


def test_signing_out_of_a_service_leaves_connect_and_the_others() -> None:
    device = new_device(service(), service("", "beta"))
    first, second = signed_in(device), signed_in(device, "beta")
    first.sign_out()
    assert first.home() == "signed-out"
    assert second.home() == "signed-in"
    assert first.sign_in() == []


def test_the_notice_ends_only_the_sessions_of_that_session() -> None:
    device = new_device()
    first = signed_in(device)
    device.connect_by(DESKTOP)
    second = signed_in(device)
    second.sign_out(everywhere=True)
    assert second.home() == "signed-out"
    device.connect_by(WIFI)
    assert first.home() == "signed-in"


def test_signing_out_of_connect_in_another_tab_ends_a_sign_in_that_rests_on_the_session() -> None:
    device = new_device(service(), service("flow: {consent: ask}\n", "beta", "openid, email"))
    first = signed_in(device)
    second = Visitor(device, "beta")
    assert second.ask() == "consent"
    first.sign_out(everywhere=True)
    assert second.press("continue") == "start"
    assert len(device.world.sessions) == 0


def test_somebody_else_who_signs_in_ends_the_session_of_the_one_before_at_every_service() -> None:
    device = new_device(service(), service("", "beta"))
    first, second = signed_in(device), signed_in(device, "beta")
    first.ask(prompt="login")
    first.press("change")
    device.hand_to(PHONE_ONLY)
    first.finish()
    assert first.state == "signed-in"
    assert second.home() == "signed-out"
    assert len(device.world.sessions) == 1


def test_two_tabs_that_sign_in_at_once_are_signed_out_together() -> None:
    device = new_device(service(), service("", "beta"))
    first, second = Visitor(device), Visitor(device, "beta")
    first.ask()
    second.ask()
    first.finish()
    second.finish()
    second.sign_out(everywhere=True)
    assert second.home() == "signed-out"
    assert first.home() == "signed-out"
    assert len(device.world.sessions) == 0


def test_a_sign_in_that_rests_on_a_session_ends_when_somebody_else_signs_in() -> None:
    device = new_device(service(), service("flow: {consent: ask}\n", "beta", "openid, email"))
    first, second = signed_in(device), Visitor(device, "beta")
    assert second.ask() == "consent"
    first.ask(prompt="login")
    first.press("change")
    device.hand_to(PHONE_ONLY)
    first.finish()
    assert second.press("continue") == "start"


def test_a_sign_in_that_rests_on_a_session_ends_with_the_window() -> None:
    device = new_device(service(), service("flow: {consent: ask}\n", "beta", "openid, email"))
    Visitor(device).sign_in(stay=False)
    second = Visitor(device, "beta")
    assert second.ask() == "consent"
    device.close_window()
    assert second.press("continue") == "start"


# A service's own session


@pytest.mark.parametrize("staying", ANY)
def test_a_client_told_td_sls_keeps_no_session_past_the_window(staying: str) -> None:
    visitor = Visitor(new_device(service(_settings(sso=True, staying=staying))))
    visitor.sign_in(stay=staying == CHECKED)
    assert visitor.claims["td_sls"] is (staying == NOT_CHECKED)
    cookies = {name: cookie for (_, name), cookie in visitor.device.state.jar.cookies.items()}
    lasting = staying != NOT_CHECKED
    assert (cookies[SERVICE_COOKIE].expires is not None) is lasting
    assert (cookies[SESSION_COOKIE].expires is not None) is lasting
    assert visitor.session.lasting is lasting


def test_a_service_that_joins_later_is_told_the_same() -> None:
    device = new_device(service(), service(_settings(sso=True, staying=NOT_OFFERED), "beta"))
    Visitor(device).sign_in(stay=False)
    second = signed_in(device, "beta")
    assert second.claims["td_sls"] is True
    device.close_window()
    assert second.home() == "signed-out"


def test_a_common_client_session_is_90_days_on_a_phone() -> None:
    visitor = signed_in(new_device(service("session: {sso: false}\n")), stay=True)
    visitor.device.wait(timedelta(days=90) - timedelta(seconds=1))
    assert visitor.home() == "signed-in"
    visitor.device.wait(timedelta(seconds=1))
    assert visitor.home() == "signed-out"


def test_a_step_up_where_nothing_is_offered_does_not_outlive_the_window_either() -> None:
    device = new_device(service(), service(_settings(sso=True, staying=NOT_OFFERED), "beta"))
    Visitor(device).sign_in(stay=False)
    assert Visitor(device, "beta").sign_in(acr_values="2") == ["step-up"]
    device.close_window()
    assert Visitor(device, "beta").ask(acr_values="2") == "start"


def test_staying_is_kept_over_the_proof_of_an_email_address() -> None:
    visitor = Visitor(new_device(person=PHONE_ONLY))
    screens = visitor.sign_in(stay=True, claims=EMAIL_CLAIM)
    assert screens == ["start", "verify-phone", "add-email", "verify-email"]
    assert visitor.claims["td_sls"] is False


@pytest.mark.parametrize("level", ["1", "2"])
def test_who_is_detected_and_not_asked_stays_signed_in(level: str) -> None:
    visitor = Visitor(new_device(person=PHONE_ONLY, connection=MOBILE))
    visitor.sign_in(acr_values=level)
    assert visitor.claims["td_sls"] is False


@pytest.mark.parametrize("default", [True, False])
def test_who_creates_a_password_has_the_box_as_it_was_shown(*, default: bool) -> None:
    settings = f"session: {{stay_signed_in: {{default: {str(default).lower()}}}}}\n"
    visitor = Visitor(new_device(service(settings), person=PHONE_ONLY))
    visitor.sign_in(acr_values="2")
    assert visitor.trail[-2] == "create-password"
    assert visitor.claims["td_sls"] is not default


# The remembered identifier


def _remembered(visitor: Visitor) -> str:
    visitor.ask(prompt="login")
    assert visitor.screen == "start"
    return visitor.typed


def _signed_out(device_browser: BrowserKind, identifier: str | None = None) -> Visitor:
    """Return somebody who has signed in once in a browser, and out again."""
    device = new_device(
        service(), service("", "beta"), connection=Connection(browser=device_browser)
    )
    visitor = Visitor(device)
    visitor.sign_in(identifier)
    visitor.sign_out(everywhere=True)
    return visitor


@pytest.mark.parametrize("identifier", [FULL.phone, FULL.email])
def test_what_was_used_last_is_filled_in(identifier: str) -> None:
    visitor = _signed_out(BrowserKind.IN_APP_TAB, identifier)
    visitor.device.close_window()
    assert _remembered(visitor) == identifier
    assert _remembered(Visitor(visitor.device, "beta")) == identifier


def test_the_last_one_takes_the_place_of_the_one_before() -> None:
    visitor = _signed_out(BrowserKind.IN_APP_TAB)
    visitor.device.hand_to(EMAIL_ONLY)
    visitor.sign_in(EMAIL_ONLY.email)
    visitor.sign_out(everywhere=True)
    assert _remembered(visitor) == EMAIL_ONLY.email


@pytest.mark.parametrize(
    ("used", "opened", "known"),
    [
        (WIFI, MOBILE_BROWSER, True),
        (MOBILE_BROWSER, WIFI, True),
        (WIFI, WEB_VIEW, False),
        (WEB_VIEW, WIFI, False),
        (WEB_VIEW, WEB_VIEW, True),
        (WIFI, DESKTOP, False),
    ],
    ids=lambda value: value.browser if isinstance(value, Connection) else str(value),
)
def test_browsers_that_share_cookies_remember_and_a_web_view_only_its_own(
    used: Connection, opened: Connection, *, known: bool
) -> None:
    visitor = _signed_out(used.browser)
    visitor.device.connect_by(opened)
    assert _remembered(visitor) == (FULL.phone if known else "")
