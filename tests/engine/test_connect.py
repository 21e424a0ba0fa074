"""The door of the engine: flows begin, events land, and foreign forms do nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from studio.engine.connect import Form, begin, happen, location_of
from studio.engine.detection import Circumstances
from studio.engine.events import (
    Back,
    Continue,
    DismissNotice,
    Event,
    Resend,
    SubmitCode,
    SubmitIdentifier,
    SwitchField,
)
from studio.engine.flow import FLOW_LIFETIME, AtConsent, AtStart, AtVerify, Finished, Notice
from studio.engine.policy import Consent, IdentifierKind
from studio.engine.world import FIRST_MOMENT
from tests.engine.given import (
    BROWSER,
    ON_MOBILE_DATA,
    PHONE,
    POLICY,
    Walk,
    begun,
    populated,
    request,
    session_of,
)

TYPED = SubmitIdentifier(kind=IdentifierKind.PHONE, text="99912345")
SSO = replace(POLICY, sso=True)


def test_a_flow_begins_in_its_browser_and_is_kept() -> None:
    asked = request(ui_locales="ur-PK")
    turn = begin(populated(), POLICY, asked, browser=BROWSER, circumstances=ON_MOBILE_DATA)
    flow = turn.flow
    assert (flow.browser, flow.request, flow.started) == (BROWSER, asked, FIRST_MOMENT)
    assert (flow.circumstances, flow.locales) == (ON_MOBILE_DATA, ("ur-PK",))
    assert (flow.notice, flow.waiting, flow.staying) == (None, None, None)
    assert (flow.session_id, flow.standing, flow.fresh) == (None, None, ())
    assert (turn.policy, turn.effects) == (POLICY, ())
    assert turn.world.flows[flow.id] == flow
    assert flow.id != flow.token


def test_where_nothing_is_known_of_the_connection_nothing_is_detected() -> None:
    assert begun().flow.circumstances == Circumstances()
    assert begun().flow.stage == AtStart(kind=IdentifierKind.PHONE)


def test_two_flows_of_one_browser_are_apart() -> None:
    first = begun()
    second = begun(world=first.world)
    flows = (first.flow, second.flow)
    assert len({name for flow in flows for name in (flow.id, flow.token)}) == 4
    assert set(second.world.flows) == {flow.id for flow in flows}


@pytest.mark.parametrize("prompt", ["none", "none no_seam"])
def test_where_no_screen_may_be_shown_the_client_is_told(prompt: str) -> None:
    walk = Walk(prompt=prompt)
    assert isinstance(walk.stage, Finished)
    assert (walk.answer["error"], walk.answer["state"]) == ("login_required", "s 1")
    assert "code" not in walk.answer
    assert (len(walk.world.grants), walk.effects) == (0, ())


def test_an_event_lands_in_the_world() -> None:
    turn = begun()
    after = happen(turn, TYPED, Form(screen="start", token=turn.flow.token))
    assert after.world.flows[turn.flow.id] == after.flow
    assert isinstance(after.flow.stage, AtVerify)
    assert turn.world.flows[turn.flow.id] == turn.flow


def test_an_event_that_no_form_sends_needs_no_token() -> None:
    assert isinstance(happen(begun(), TYPED).flow.stage, AtVerify)


def test_a_session_that_may_be_used_lets_its_person_stand_and_any_other_is_only_known() -> None:
    session = session_of()
    used = Walk(SSO, session=session)
    assert (used.flow.standing, used.flow.session_id) == (session.authentication, session.id)
    assert isinstance(used.stage, Finished)
    known = Walk(POLICY, session=session)
    assert (known.flow.standing, known.flow.session_id) == (None, session.id)
    assert isinstance(known.stage, AtStart)


def test_a_session_that_ends_meanwhile_lets_nobody_in() -> None:
    walk = Walk(replace(SSO, consent=Consent.ASK), session=session_of(), scope="openid email")
    assert isinstance(walk.stage, AtConsent)
    other = walk.fork().do(Continue())
    assert other.grant.authentication.account_id == "full"
    assert walk.end_session().do(Continue()).stage == AtStart(kind=IdentifierKind.PHONE)
    assert (walk.flow.standing, walk.kept, len(walk.world.grants)) == (None, [], 0)


def test_what_was_proven_in_the_flow_outlives_the_session_it_began_with() -> None:
    asked = replace(SSO, consent=Consent.ASK)
    walk = Walk(asked, session=session_of(), scope="openid email", prompt="login")
    walk.do(SubmitCode(text=walk.code))
    assert isinstance(walk.stage, AtConsent)
    walk.end_session().do(Continue())
    assert walk.grant.authentication.used == PHONE


FOREIGN: list[tuple[str | None, str | None]] = [
    ("verify-phone", None),
    ("password", None),
    ("", None),
    (None, "another token"),
    (None, ""),
    (None, "tøken"),
]


@pytest.mark.parametrize(("screen", "token"), FOREIGN)
@pytest.mark.parametrize("event", [TYPED, SwitchField(), Back(), DismissNotice()])
def test_a_stale_or_foreign_form_changes_nothing_but_the_notice(
    screen: str | None, token: str | None, event: Event
) -> None:
    walk = Walk()
    before = walk.flow
    foreign = Form(
        screen="start" if screen is None else screen,
        token=walk.flow.token if token is None else token,
    )
    world = walk.world
    walk.do(event, form=foreign)
    assert walk.flow == replace(before, notice=Notice.STALE_FORM)
    assert walk.world == world.with_flow(walk.flow)
    assert walk.effects == ()


def test_a_form_of_the_screen_before_does_not_use_up_a_try_or_send_a_code() -> None:
    walk = Walk()
    start = Form(screen="start", token=walk.flow.token)
    walk.do(TYPED)
    stage = walk.stage
    walk.do(TYPED, SubmitCode(text="x"), Resend(), form=start)
    assert (walk.stage, walk.flow.notice) == (stage, Notice.STALE_FORM)
    assert len(walk.effects) == 1


def test_the_notice_of_a_stale_form_goes_with_the_next_step() -> None:
    walk = Walk().do(TYPED, form=Form(screen="password", token="x"))
    assert walk.flow.notice is Notice.STALE_FORM
    assert walk.do(SwitchField()).flow.notice is None


def test_a_finished_flow_has_a_location_and_an_old_form_does_not_change_it() -> None:
    walk = Walk()
    assert location_of(walk.flow) is None
    walk.do(Back())
    location = location_of(walk.flow)
    assert location == walk.location
    walk.do(TYPED, form=Form(screen="start", token="another token"))
    assert walk.stage == Finished(location=walk.location)
    assert (location_of(walk.flow), walk.flow.notice) == (location, None)


def test_a_flow_has_to_be_started_again_after_exactly_an_hour() -> None:
    flow = Walk().flow
    assert timedelta(hours=1) == FLOW_LIFETIME
    assert not flow.expired(FIRST_MOMENT + FLOW_LIFETIME - timedelta(microseconds=1))
    assert flow.expired(FIRST_MOMENT + FLOW_LIFETIME)
