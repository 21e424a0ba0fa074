from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.app.session import Session
from studio.app.visiting import OWN
from studio.client.choices import Browser
from studio.engine.detection import Network, Platform
from tests.samples import fakebrand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

PRESS = "document.querySelector('.button').click()"
BACK = "document.querySelector('.back').click()"


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    """A session at the start screen."""
    made = Session(fakebrand())
    made.view.resize(360, 640)
    with qtbot.waitExposed(made.view):
        made.view.show()
    with qtbot.waitSignal(made.stepped):
        made.restart()
    qtbot.waitUntil(lambda: not made.view.loading)
    yield made
    made.close_down()


def press(qtbot: QtBot, session: Session, script: str = PRESS, **typed: str) -> None:
    with qtbot.waitSignal(session.stepped):
        session.fill(typed)
        session.view.run(script)
    qtbot.waitUntil(lambda: not session.view.loading)


def ask(qtbot: QtBot, session: Session, script: str) -> object:
    answers: list[object] = []
    session.view.run(script, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    return answers[0]


def trail(session: Session) -> list[str]:
    return [f"{step.title}/{step.state}" for step in session.steps]


def test_a_sign_in_leaves_a_trail(qtbot: QtBot, session: Session) -> None:
    with qtbot.waitSignal(session.inbox_changed):
        press(qtbot, session, identifier="999 12 345")
    code = session.inbox[-1].code
    assert code is not None
    press(qtbot, session, code=code)
    assert trail(session) == ["start/phone", "verify-phone/code-sent", "service/signed-in"]
    assert session.position == 2
    assert session.address == "fakebrand.service.example"
    assert session.at_service


def test_going_back_to_a_step_is_going_back_in_time(qtbot: QtBot, session: Session) -> None:
    press(qtbot, session, identifier="999 12 345")
    with qtbot.waitSignal(session.stepped):
        session.go_to(0)
    assert session.inbox == ()
    assert trail(session) == ["start/phone", "verify-phone/code-sent"]
    assert session.position == 0
    with qtbot.waitSignal(session.stepped):
        session.go_to(1)
    assert len(session.inbox) == 1


def test_another_way_from_an_earlier_step_replaces_the_later_ones(
    qtbot: QtBot, session: Session
) -> None:
    press(qtbot, session, identifier="999 12 345")
    with qtbot.waitSignal(session.stepped):
        session.go_to(0)
    qtbot.waitUntil(lambda: not session.view.loading)
    press(qtbot, session, identifier="12")
    assert trail(session) == ["start/phone", "start/phone-invalid"]


def test_an_edit_shows_the_same_step_anew(qtbot: QtBot, session: Session) -> None:
    session.fill({"identifier": "999"})
    session.host(fakebrand({"branding.message.en": "Hello"}), frozenset({"branding.message.en"}))
    message = "document.querySelector('.message').textContent"
    qtbot.waitUntil(lambda: ask(qtbot, session, message) == "Hello")
    assert ask(qtbot, session, "document.querySelector('[name=identifier]').value") == "999"
    assert trail(session) == ["start/phone"]


def test_an_edit_of_the_fields_shows_other_fields(qtbot: QtBot, session: Session) -> None:
    session.host(fakebrand({"start.fields": "email"}), frozenset({"start.fields"}))
    kind = "document.querySelector('[name=identifier]').type"
    qtbot.waitUntil(lambda: ask(qtbot, session, kind) == "email")


def test_another_client_id_begins_anew_with_another_request(qtbot: QtBot, session: Session) -> None:
    hosted = fakebrand({"registration.id": "other"})
    with qtbot.waitSignals([session.request_changed, session.stepped]):
        session.host(hosted, frozenset({"registration.id"}))
    assert "client_id=other" in session.url
    assert trail(session) == ["start/phone"]


def test_a_language_shows_the_same_step_and_is_asked_for(qtbot: QtBot, session: Session) -> None:
    press(qtbot, session, identifier="999 12 345")
    session.set_locale("ur-PK")
    qtbot.waitUntil(lambda: ask(qtbot, session, "document.dir") == "rtl")
    assert session.locale == "ur-PK"
    assert "ui_locales=ur-PK" in session.url
    assert trail(session) == ["start/phone", "verify-phone/code-sent"]


def test_a_mistake_in_the_request_is_told_and_the_last_good_one_played(session: Session) -> None:
    good = session.url
    session.set_fields(replace(session.fields, max_age="soon"))
    assert session.mistakes == {"max_age": "max_age must be a number of seconds"}
    assert session.fields.max_age == "soon"
    assert session.url == good


def test_another_request_begins_anew(qtbot: QtBot, session: Session) -> None:
    with qtbot.waitSignal(session.stepped):
        session.set_fields(replace(session.fields, acr_values="2"))
    qtbot.waitUntil(lambda: not session.view.loading)
    press(qtbot, session, identifier="999 12 345")
    assert trail(session)[-1] == "password/phone"


def test_prompt_none_leads_back_to_the_service(qtbot: QtBot, session: Session) -> None:
    with qtbot.waitSignal(session.stepped):
        session.set_fields(replace(session.fields, prompt="none"))
    assert trail(session) == ["service/login_required"]


def test_a_pasted_url_plays_with_its_mistakes(qtbot: QtBot, session: Session) -> None:
    with qtbot.waitSignal(session.stepped):
        session.play("https://elsewhere.example/oauth/authorize?client_id=unknown")
    assert trail(session) == ["request-refused/client-id"]
    assert "client_id=unknown" in session.url


def test_what_is_no_authorisation_url_is_refused(session: Session) -> None:
    with pytest.raises(ValueError, match="it has no client_id"):
        session.play("https://elsewhere.example/")


def test_somebody_else_begins_anew(qtbot: QtBot, session: Session) -> None:
    press(qtbot, session, identifier="999 12 345")
    with qtbot.waitSignal(session.stepped):
        session.set_person("new")
    assert session.person.exists is False
    assert session.inbox == ()
    assert trail(session) == ["start/phone"]


def test_going_back_from_the_first_screen_leads_to_the_service(
    qtbot: QtBot, session: Session
) -> None:
    press(qtbot, session, BACK)
    assert trail(session)[-1] == "service/access_denied"


def test_an_edit_while_a_page_loads_shows_the_page_that_comes(
    qtbot: QtBot, session: Session
) -> None:
    session.fill({"identifier": "999 12 345"})
    hosted = fakebrand({"branding.message.en": "Hello"})
    session.view.page().loadStarted.connect(
        lambda: session.host(hosted, frozenset({"branding.message.en"}))
    )
    with qtbot.waitSignal(session.view.loaded):
        session.view.run(PRESS)
    qtbot.waitUntil(lambda: ask(qtbot, session, "!!document.querySelector('[name=code]')") is True)
    assert trail(session) == ["start/phone", "verify-phone/code-sent"]


def test_an_edit_neither_adds_steps_nor_drops_later_ones(qtbot: QtBot, session: Session) -> None:
    press(qtbot, session, identifier="999 12 345")
    with qtbot.waitSignal(session.view.loaded):
        session.go_to(0)
    session.host(fakebrand({"start.fields": "email"}), frozenset({"start.fields"}))
    assert trail(session) == ["start/email-only", "verify-phone/code-sent"]
    session.host(fakebrand(), frozenset({"start.fields"}))
    assert trail(session) == ["start/phone", "verify-phone/code-sent"]


def test_another_client_begins_anew_once(qtbot: QtBot, session: Session) -> None:
    with qtbot.waitSignal(session.view.loaded):
        session.host_another(fakebrand({"registration.id": "other"}))
    assert trail(session) == ["start/phone"]
    assert "client_id=other" in session.url


@pytest.mark.parametrize("script", [BACK, PRESS])
def test_a_language_leaves_addresses_as_they_are(
    qtbot: QtBot, session: Session, script: str
) -> None:
    press(qtbot, session, script)
    before = session.view.address, trail(session)
    for tag in ("ur-PK", "en", "ur-PK"):
        session.set_locale(tag)
    assert (session.view.address, trail(session)) == before


def test_a_page_without_a_brand_keeps_its_own_look(qtbot: QtBot, session: Session) -> None:
    with qtbot.waitSignal(session.view.loaded):
        session.play("https://id.connect.example/oauth/authorize?client_id=unknown")
    session.host(fakebrand({"branding.header": "#ff0000"}), frozenset({"branding.header"}))
    header = "getComputedStyle(document.querySelector('.header')).backgroundColor"
    assert ask(qtbot, session, header) == "rgb(0, 124, 176)"


def test_a_request_that_is_being_typed_leaves_the_sign_in_alone(
    qtbot: QtBot, session: Session
) -> None:
    press(qtbot, session, identifier="999 12 345")
    session.try_fields(replace(session.fields, login_hint="+"))
    assert "login_hint=%2B" in session.url
    assert trail(session)[-1] == "verify-phone/code-sent"
    with qtbot.waitSignal(session.view.loaded):
        session.set_fields(session.fields)
    assert trail(session) == ["start/phone"]


def test_a_missing_file_is_no_step(qtbot: QtBot, session: Session) -> None:
    asked = "new Image().src = '/static/nothing.png'; true"
    assert ask(qtbot, session, asked) is True
    session.view.run("preview.settle()")
    qtbot.waitUntil(lambda: ask(qtbot, session, "preview.ready") is True)
    assert trail(session) == ["start/phone"]


def connection_of(session: Session) -> tuple[Platform, Browser]:
    return session.connection.platform, session.connection.shown_in


def test_it_begins_in_what_the_clients_pages_open_in(session: Session) -> None:
    assert connection_of(session) == (Platform.ANDROID, Browser.IN_APP_TAB)


def test_an_edit_of_what_pages_open_in_is_followed(qtbot: QtBot, session: Session) -> None:
    hosted = fakebrand({"registration.platform": "windows", "entry.browser": "pop-up"})
    with qtbot.waitSignal(session.view.loaded):
        session.host(hosted, frozenset({"entry.browser"}))
    assert connection_of(session) == (Platform.OTHER, Browser.POP_UP)
    assert trail(session) == ["start/phone"]


def test_a_choice_of_the_browser_outlasts_other_edits(qtbot: QtBot, session: Session) -> None:
    with qtbot.waitSignal(session.view.loaded):
        session.connect_by(session.connection.showing_in(Platform.IOS, Browser.WEB_VIEW))
    session.host(fakebrand({"start.fields": "email"}), frozenset({"start.fields"}))
    assert connection_of(session) == (Platform.IOS, Browser.WEB_VIEW)


def test_the_next_step_meets_another_network(qtbot: QtBot, session: Session) -> None:
    assert session.detection.number is None
    with qtbot.waitSignal(session.stepped):
        session.connect_by(replace(session.connection, network=Network.MOBILE_DATA))
    assert trail(session) == ["start/phone"]
    assert session.detection.number == session.person.phone
    with qtbot.waitSignal(session.stepped):
        session.set_subscriber(subscriber=False)
    assert session.detection.number is None
    with qtbot.waitSignal(session.view.loaded):
        session.restart()
    assert (session.connection.network, session.person.subscriber) == (Network.MOBILE_DATA, False)


def test_another_browser_begins_again_without_the_others_cookies(
    qtbot: QtBot, session: Session
) -> None:
    press(qtbot, session, identifier="999 12 345")
    phone = session.connection
    with qtbot.waitSignal(session.view.loaded):
        session.connect_by(phone.showing_in(Platform.OTHER, Browser.NEW_TAB))
    assert trail(session) == ["start/phone", "verify-phone/code-sent", "start/phone"]
    assert len(session.inbox) == 1
    with qtbot.waitSignal(session.view.loaded):
        session.go_to(1)
    assert session.connection == phone


def test_it_begins_at_the_service_and_its_button_leads_to_connect(
    qtbot: QtBot, session: Session
) -> None:
    with qtbot.waitSignal(session.view.loaded):
        session.begin_at_service()
    assert trail(session) == ["service/signed-out"]
    assert session.at_service
    with qtbot.waitSignal(session.view.loaded):
        session.view.run("document.querySelector('[data-action=sign-in]').click()")
    assert trail(session) == ["service/signed-out", "start/phone"]
    assert not session.at_service


def test_an_app_that_signs_in_on_startup_begins_with_its_splash(
    qtbot: QtBot, session: Session
) -> None:
    session.host(fakebrand({"entry.point": "startup"}), frozenset({"entry.point"}))
    with qtbot.waitSignal(session.stepped):
        session.begin_at_service()
    assert trail(session) == ["service/splash"]


def test_closing_the_tab_leads_back_to_the_service(qtbot: QtBot, session: Session) -> None:
    with qtbot.waitSignal(session.view.loaded):
        session.leave()
    assert trail(session) == ["start/phone", "service/signed-out"]


def test_with_the_window_go_the_cookies_that_last_as_long(qtbot: QtBot, session: Session) -> None:
    def lasting() -> list[bool]:
        cookies = session.steps[session.position].snapshot.jar.cookies.values()
        return [cookie.expires is None for cookie in cookies]

    shown = fakebrand({"session.stay_signed_in.shown": True})
    session.host(shown, frozenset({"session.stay_signed_in.shown"}))
    with qtbot.waitSignal(session.view.loaded):
        session.connect_by(session.connection.showing_in(Platform.OTHER, Browser.SAME_TAB))
    press(qtbot, session, identifier="999 12 345")
    press(qtbot, session, code=str(session.inbox[-1].code))
    assert any(lasting())
    with qtbot.waitSignal(session.view.loaded):
        session.close_window()
    assert trail(session)[-1] == "service/signed-out"
    assert not any(lasting())


def offered(session: Session) -> dict[str, str]:
    return dict(session.offer.values) if session.offer else {}


def test_a_saved_password_is_offered(qtbot: QtBot, session: Session) -> None:
    with qtbot.waitSignal(session.view.loaded):
        session.set_fields(replace(session.fields, acr_values="2"))
    press(qtbot, session, identifier="999 12 345")
    assert offered(session) == {}
    press(qtbot, session, password="correct horse")
    with qtbot.waitSignal(session.view.loaded):
        session.view.open(f"{session.url}&prompt=login")
    assert trail(session)[-1] == "reauth-password/phone"
    assert offered(session) == {"password": "correct horse"}


def test_a_code_is_read_in_a_web_view_where_the_client_wants_it(
    qtbot: QtBot, session: Session
) -> None:
    session.host(fakebrand({"sdk.read_code": True}), frozenset({"sdk.read_code"}))
    with qtbot.waitSignal(session.view.loaded):
        session.connect_by(session.connection.showing_in(Platform.ANDROID, Browser.WEB_VIEW))
    assert session.readable_code == ""
    press(qtbot, session, identifier="999 12 345")
    assert session.readable_code == session.inbox[-1].code


def visit(qtbot: QtBot, session: Session, service: str) -> None:
    with qtbot.waitSignal(session.stepped):
        session.visit(service)
    qtbot.waitUntil(lambda: not session.view.loading)


def sign_in(qtbot: QtBot, session: Session) -> None:
    press(qtbot, session, identifier="999 12 345")
    press(qtbot, session, code=session.inbox[-1].code or "")


def at_home(qtbot: QtBot, session: Session) -> None:
    """Wait for the app to have started, and what it asked for by itself to be answered."""
    qtbot.waitUntil(lambda: session.steps[-1].state == "signed-in" and not session.view.loading)


def test_at_another_service_nobody_is_asked_again(qtbot: QtBot, session: Session) -> None:
    sign_in(qtbot, session)
    visit(qtbot, session, "hipstagram")
    at_home(qtbot, session)
    assert trail(session)[2:] == ["service/signed-in", "service/splash", "service/signed-in"]
    assert session.address == "hipstagram.service.example"
    assert session.visited is not None
    assert session.visited.registration.name == session.service_name == "Hipstagram"


def test_another_service_that_asks_for_more_is_met_in_its_own_look(
    qtbot: QtBot, session: Session
) -> None:
    sign_in(qtbot, session)
    visit(qtbot, session, "all-the-news")
    press(qtbot, session, "document.querySelector('[data-action=sign-in]').click()")
    assert trail(session)[-1] == "step-up/phone"
    session.host(fakebrand({"branding.header": "#123456"}), frozenset({"branding.header"}))
    header = "getComputedStyle(document.querySelector('.header')).backgroundColor"
    assert ask(qtbot, session, header) != "rgb(18, 52, 86)"


def test_going_back_to_a_step_is_going_back_to_its_service(qtbot: QtBot, session: Session) -> None:
    visit(qtbot, session, "all-the-news")
    assert session.app == "all-the-news"
    with qtbot.waitSignal(session.stepped):
        session.go_to(0)
    assert session.visited is None
    assert session.service_name == "FakeBrand"


def test_what_was_done_at_another_service_counts_at_ones_own(
    qtbot: QtBot, session: Session
) -> None:
    visit(qtbot, session, "all-the-news")
    press(qtbot, session, "document.querySelector('[data-action=sign-in]').click()")
    press(qtbot, session, identifier="user@example.com")
    press(qtbot, session, password="correct horse")
    visit(qtbot, session, OWN)
    press(qtbot, session, "document.querySelector('[data-action=sign-in]').click()")
    assert trail(session)[-1] == "service/signed-in"
    assert session.address == "fakebrand.service.example"


def test_a_restart_is_at_the_clients_own_service(qtbot: QtBot, session: Session) -> None:
    visit(qtbot, session, "strusic")
    with qtbot.waitSignal(session.stepped):
        session.begin_at_service()
    assert session.visited is None
    assert session.address == "fakebrand.service.example"
