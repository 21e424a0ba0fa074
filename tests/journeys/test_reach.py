from __future__ import annotations

from typing import get_args

import pytest

from studio.device.fresh import fresh_pages
from studio.engine.flow import Notice, Problem
from studio.engine.screens import Screen
from studio.journeys.reach import REACHES, Reach, UnreachableError, reach
from tests.samples import Setting, fakebrand

PAGES = fresh_pages()

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
VARIANTS: dict[str, dict[str, Setting]] = {
    "start/phone-only": {"start.fields": "phone"},
    "start/email-only": {"start.fields": "email"},
    "mobile-data-prompt/empty": {"sdk.prompt_mobile_data": True},
    "code-page/empty": {"registration.redirect_uris.staging": [OUT_OF_BAND]},
}


def _name(one: Reach) -> str:
    return one.name


@pytest.mark.parametrize("tag", ["en", "ur-PK"])
@pytest.mark.parametrize("one", REACHES, ids=_name)
def test_real_steps_reach_every_screen_in_every_state(one: Reach, tag: str) -> None:
    hosted = fakebrand(dict(VARIANTS.get(one.name, {})))
    browser = reach(one, hosted, PAGES, tag)
    shown = browser.reply.screen
    assert shown is not None
    assert (shown.id, shown.state) == (one.id, one.state)
    if one.group != "Service":
        assert browser.document.get("lang") == tag


def test_names_are_unique() -> None:
    names = [one.name for one in REACHES]
    assert sorted(names) == sorted(set(names))


def test_every_screen_of_the_engine_is_listed() -> None:
    assert {screen.id for screen in get_args(Screen)} <= {one.id for one in REACHES}


@pytest.mark.parametrize("told", [*Problem, *Notice])
def test_every_problem_and_notice_is_a_state_that_is_reached(told: str) -> None:
    assert told in {one.state for one in REACHES}


def test_every_template_belongs_to_a_listed_screen() -> None:
    shared = {"base", "components"}
    templates = {path.stem for path in PAGES.templates.glob("*.html")} - shared
    assert templates == {one.id for one in REACHES if one.group != "Service"}


def test_a_client_that_leads_elsewhere_is_told_with_what_it_takes() -> None:
    (only_phone,) = (one for one in REACHES if one.name == "start/phone-only")
    expected = "start/phone-only: this client leads to start/phone; it takes start.fields: phone"
    with pytest.raises(UnreachableError, match=expected):
        reach(only_phone, fakebrand(), PAGES)


def test_a_step_that_cannot_be_taken_is_told() -> None:
    (switched,) = (one for one in REACHES if one.name == "start/email")
    with pytest.raises(UnreachableError, match="there is no button 'switch'"):
        reach(switched, fakebrand({"start.fields": "phone"}), PAGES)
