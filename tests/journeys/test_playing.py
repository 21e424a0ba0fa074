"""What a step does, what is told when it fails, and what a client of the owner changes."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from studio.client.samples import sample_path
from studio.journeys.library import shipped
from studio.journeys.reading import JourneyFileError
from studio.journeys.services import sample
from tests.journeys.given import TITLE, library, played, run_of, shipped_run

if TYPE_CHECKING:
    from pathlib import Path

TO_CODE = """\
  - open: {acr_values: 1}
  - fill: {identifier: $phone}
  - press: submit
"""
TO_SERVICE = f"{TO_CODE}  - fill: {{code: $code}}\n  - press: submit\n"
TWO = "services: {one: {sample: fakebrand}, two: {sample: hipstagram}}\n"


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ("  - press: submit\n  - expect: start\n", "3: no page is open"),
        (
            "  - open: service\n  - press: pay\n  - expect: start\n",
            "4: there is no button or link 'pay' on https://",
        ),
        (
            "  - open: service\n  - fill: {code: $code}\n  - expect: start\n",
            "4: there is no $code now",
        ),
        (
            "  - open: service\n  - fill: {pin: 1}\n  - expect: start\n",
            "4: there is no input 'pin' on https://",
        ),
        (
            "  - open: service\n  - check: identifier\n  - expect: start\n",
            "4: there is no box 'identifier' on https://",
        ),
        (
            "  - open: service\n  - expect: password/phone\n",
            "4: expected password/phone; shown is start/phone",
        ),
        (
            "  - open: service\n  - expect: {screen: start, text: Nonsense}\n",
            '4: expected the text "Nonsense"; the page says "Sign in with your CONNECT account',
        ),
        (
            "  - open: service\n  - expect: {screen: start, without text: CONNECT}\n",
            '4: expected no text "CONNECT"; the page has it',
        ),
        (
            "  - open: service\n  - expect: {holds: {identifier: $phone}}\n",
            '4: expected identifier to hold "+4799912345"; it holds ""',
        ),
        (
            "  - open: service\n  - expect: {at: service}\n",
            "4: expected the service service (fakebrand.service.example); shown is https://id.c",
        ),
        (
            f"{TO_SERVICE}  - expect: {{screen: service, without screens: true}}\n",
            "8: expected no screen on the way; there were 3 pages",
        ),
        (
            "  - open: service\n  - expect: {message: sms/code}\n",
            "4: expected the message sms/code; there came none",
        ),
        (
            f"{TO_CODE}  - expect: {{message: email/code}}\n",
            "6: expected the message email/code; there came sms/code",
        ),
    ],
)
def test_a_step_that_fails_tells_its_line_and_why(tmp_path: Path, steps: str, told: str) -> None:
    point = played(tmp_path, steps)
    assert point.error is not None
    assert str(point.error).startswith(f"one.yaml:{told}")


def test_the_pages_on_the_way_are_remembered_in_order(tmp_path: Path) -> None:
    point = played(tmp_path, f"{TO_SERVICE}  - expect: service/signed-in\n")
    assert point.error is None
    seen = [f"{one.screen}/{one.state}" for one in point.trail]
    assert seen == ["start/phone", "verify-phone/code-sent", "service/signed-in"]
    assert point.trail[-1].url.startswith("https://fakebrand.service.example/")
    assert [one.code is not None for one in point.messages] == [True, False]


def test_texts_are_of_the_journeys_own_language(tmp_path: Path) -> None:
    steps = "  - open: service\n  - expect: {screen: start, text: Sign in with your CONNECT}\n"
    assert played(tmp_path, steps).error is None
    assert played(tmp_path, steps, tag="ur-PK").error is None
    assert played(tmp_path, steps, head="language: ur-PK\n").error is not None


def test_waiting_closing_the_window_and_changing_the_network(tmp_path: Path) -> None:
    point = played(
        tmp_path,
        f"""\
{TO_SERVICE}  - close window
  - wait: 91 days
  - open: {{service: service, path: /}}
  - expect: service/signed-out
  - connect: {{network: mobile-data}}
  - open: {{prompt: login}}
  - expect: signing-in
  - hand to: phone
  - expect: signing-in
""",
    )
    assert point.error is None
    state = point.moment.state
    assert (state.connection.network, state.person.id) == ("mobile-data", "phone")


def test_another_tab_goes_on_and_this_one_stays(tmp_path: Path) -> None:
    steps = f"{TO_CODE}  - other tab:\n      - press: change\n      - expect: start\n"
    point = played(tmp_path, f"{steps}  - expect: verify-phone\n  - press: submit\n"
                   "  - expect: start/stale-form\n")  # fmt: skip
    assert point.error is None


def test_at_tells_two_services_apart(tmp_path: Path) -> None:
    steps = f"{TO_SERVICE}  - open: two\n  - expect: {{screen: service/signed-in, at: %s}}\n"
    assert played(tmp_path, steps % "two", head=TWO).error is None
    assert played(tmp_path, steps % "one", head=TWO).error is not None


def test_a_beginning_is_played_once_and_those_that_go_on_do_not_meet(tmp_path: Path) -> None:
    on = f"{TITLE}after: first\nsteps:\n  - press: resend\n  - expect: verify-phone/code-resent\n"
    first = f"{TITLE}steps:\n{TO_CODE}  - expect: verify-phone/code-sent\n"
    journeys = library(tmp_path, first=first, a=on, b=on)
    run = run_of(journeys)
    a, b, begun = (run.play(journeys.get(name)) for name in ("a", "b", "first"))
    assert a.trail[:2] == b.trail[:2] == begun.trail
    assert [len(one.messages) for one in (a, b, begun)] == [2, 2, 1]
    browser = run.browser(journeys.get("a"))
    browser.press("resend")
    assert len(browser.device.state.inbox) == 3
    assert len(run.play(journeys.get("a")).messages) == 2


def test_a_beginning_that_fails_is_told_where_it_fails(tmp_path: Path) -> None:
    first = f"{TITLE}steps:\n{TO_CODE}  - expect: password\n"
    journeys = library(
        tmp_path, first=first, on=f"{TITLE}after: first\nsteps:\n  - expect: verify-phone\n"
    )
    error = run_of(journeys).play(journeys.get("on")).error
    assert str(error) == "first.yaml:6: expected password; shown is verify-phone/code-sent"


# Settings and clients


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("{session.ss: true}", "one.yaml:2:52 set session.ss: unknown key; did you mean"),
        ("{flow.level: 3}", "one.yaml:2:52 set flow.level: "),
        ("{session: {stay_signed_in: {shown: maybe}}}", "one.yaml:2:74 set session.stay_signed_"),
    ],
)
def test_a_setting_that_is_wrong_is_told_where_it_stands(
    tmp_path: Path, settings: str, told: str
) -> None:
    head = f"services: {{service: {{sample: fakebrand, set: {settings}}}}}\n"
    with pytest.raises(JourneyFileError) as raised:
        played(tmp_path, "  - open: service\n  - expect: start\n", head=head)
    assert str(raised.value).startswith(told.partition(" ")[0][:9])
    assert told.partition(" ")[2] in str(raised.value)


def test_a_client_takes_the_place_of_the_first_service_with_the_settings(tmp_path: Path) -> None:
    head = (
        "services: {one: {sample: fakebrand, set: {start.fields: email}}, two: {sample: strusic}}\n"
    )
    journeys = library(
        tmp_path,
        one=f"{TITLE}{head}steps:\n  - open: one\n  - expect: {{screen: start/email-only}}\n",
    )
    run = run_of(journeys, client=sample("hipstagram"))
    point = run.play(journeys.get("one"))
    assert point.error is None
    flows = point.moment.state.world.flows.values()
    assert {flow.request.client_id for flow in flows} == {"hipstagram"}


def test_on_the_way_to_a_screen_a_client_keeps_its_own_settings() -> None:
    run = run_of(shipped(), client=sample("hipstagram"))
    error = run.play(shipped().get("screens/start/email-only")).error
    assert error is not None
    assert error.message == "expected start/email-only; shown is start/phone-only"


def test_a_client_asks_people_for_what_the_first_service_asks_for() -> None:
    run = run_of(shipped(), client=sample("hipstagram"))
    point = run.play(shipped().get("examples/password-on-wifi"))
    assert point.error is None
    assert [one.screen for one in point.trail] == ["start", "password", "service"]
    assert point.trail[-1].url.startswith("https://hipstagram.service.example/")


def test_a_client_that_is_the_second_service_too_swaps_places_with_the_first() -> None:
    run = run_of(shipped(), client=sample("strusic"))
    point = run.play(shipped().get("scenarios/2-level-2"))
    assert point.error is None
    hosts = {one.url.split("/")[2] for one in point.trail}
    assert hosts >= {"strusic.service.example", "all-the-news.service.example"}
    assert point.trail[-1].url.startswith("https://all-the-news.service.example/")


def test_two_services_are_two(tmp_path: Path) -> None:
    head = "services: {a: {sample: strusic}, b: {sample: strusic}}\n"
    error = played(tmp_path, "  - open: a\n  - expect: start\n", head=head).error
    assert error is not None
    assert error.message == "two services have the same id: strusic, strusic; each needs its own"


def test_an_owners_file_stands_beside_the_journey(tmp_path: Path) -> None:
    for path in sample_path("hipstagram").parent.glob("hipstagram.*"):
        shutil.copy(path, tmp_path / path.name)
    own = tmp_path / "own.journey.yaml"
    own.write_text(
        f"{TITLE}services: {{mine: {{file: hipstagram.client.yaml}}}}\n"
        "steps:\n  - open: mine\n  - expect: start/phone-only\n",
        "utf-8",
    )
    journey = shipped().get(str(own))
    assert shipped_run().play(journey).error is None


@pytest.mark.page_errors  # CONNECT fails on purpose, and logs it
def test_what_failed_inside_connect_is_told(tmp_path: Path) -> None:
    steps = "  - open: service\n  - CONNECT fails\n  - fill: {identifier: $phone}\n"
    point = played(tmp_path, f"{steps}  - press: submit\n  - expect: verify-phone\n")
    told = (
        "one.yaml:7: expected verify-phone; shown is server-error/empty, because of StoreError at "
    )
    assert str(point.error).startswith(told)
