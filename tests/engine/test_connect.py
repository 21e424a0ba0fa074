from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from studio.engine.connect import Form, begin, happen, location_of
from studio.engine.events import (
    Back,
    DismissNotice,
    Event,
    Resend,
    SubmitCode,
    SubmitIdentifier,
    SwitchField,
)
from studio.engine.flow import FLOW_LIFETIME, AtVerifyPhone, Finished, Notice
from studio.engine.policy import IdentifierKind
from studio.engine.request import BadRequestError
from studio.engine.world import FIRST_MOMENT
from tests.engine.given import POLICY, Walk, populated, request

TYPED = SubmitIdentifier(kind=IdentifierKind.PHONE, text="99912345")


def test_a_flow_begins_in_its_browser_and_is_kept() -> None:
    asked = request(ui_locales="ur-PK")
    world, flow = begin(populated(), POLICY, asked, browser="this browser")
    assert (flow.browser, flow.request, flow.started) == ("this browser", asked, FIRST_MOMENT)
    assert flow.locales == ("ur-PK",)
    assert flow.notice is None
    assert flow.staying is None
    assert world.flows[flow.id] == flow
    assert flow.id != flow.token


def test_two_flows_of_one_browser_are_apart() -> None:
    world, first = begin(populated(), POLICY, request(), browser="b")
    world, second = begin(world, POLICY, request(), browser="b")
    assert len({first.id, first.token, second.id, second.token}) == 4
    assert set(world.flows) == {first.id, second.id}


@pytest.mark.parametrize("prompt", ["none", "none no_seam"])
def test_where_no_screen_may_be_shown_the_client_is_told(prompt: str) -> None:
    with pytest.raises(BadRequestError) as caught:
        begin(populated(), POLICY, request(prompt=prompt), browser="b")
    answer = dict(parse_qsl(urlsplit(caught.value.location()).query))
    assert (answer["error"], answer["state"]) == ("login_required", "s 1")


def test_an_event_lands_in_the_world() -> None:
    world, flow = begin(populated(), POLICY, request(), browser="b")
    turn = happen(world, POLICY, flow, TYPED, Form(screen="start", token=flow.token))
    assert turn.world.flows[flow.id] == turn.flow
    assert isinstance(turn.flow.stage, AtVerifyPhone)
    assert world.flows[flow.id] == flow


def test_an_event_that_no_form_sends_needs_no_token() -> None:
    world, flow = begin(populated(), POLICY, request(), browser="b")
    assert isinstance(happen(world, POLICY, flow, TYPED).flow.stage, AtVerifyPhone)


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
    assert walk.effects == []


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
