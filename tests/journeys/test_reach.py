from __future__ import annotations

import pytest

from studio.journeys.reach import Reachable, UnreachableError, reach, reachable
from studio.journeys.screens import GROUPS, group_of
from tests.journeys.given import pages, state
from tests.samples import fakebrand


def _named(name: str) -> Reachable:
    return next(one for one in reachable() if one.name == name)


def test_a_screen_is_reached_in_a_browser_of_its_own() -> None:
    one = _named("verify-phone/code-wrong")
    first = reach(one, fakebrand(), pages(), state=state())
    second = reach(one, fakebrand(), pages(), state=state())
    first.press("resend")
    assert first.reply.screen is not None
    assert second.reply.screen is not None
    assert (first.reply.screen.state, second.reply.screen.state) == ("code-resent", "code-wrong")


def test_each_tells_its_group_title_and_needs() -> None:
    one = _named("start/phone-only")
    assert (one.group, one.title, one.journey.id) == (
        "Sign-in", "Only phone", "screens/start/phone-only",
    )  # fmt: skip
    assert list(map(str, one.needs)) == ["start.fields: phone"]


def test_screens_are_listed_in_the_order_of_the_groups() -> None:
    groups = [one.group for one in reachable()]
    assert list(dict.fromkeys(groups)) == list(GROUPS)
    assert next(iter(reachable())).id == "start"
    with pytest.raises(LookupError, match="there is no screen 'fax'"):
        group_of("fax")


def test_a_client_that_leads_elsewhere_is_told_with_what_it_takes() -> None:
    expected = (
        "start/phone-only: this client does not lead there "
        "(expected start/phone-only; shown is start/phone); it takes start.fields: phone"
    )
    with pytest.raises(UnreachableError) as raised:
        reach(_named("start/phone-only"), fakebrand(), pages(), state=state())
    assert str(raised.value) == expected


def test_a_step_that_cannot_be_taken_is_told() -> None:
    wanted = r"start/email: .*\(expected start/phone; shown is start/phone-only\); it takes start.f"
    with pytest.raises(UnreachableError, match=wanted):
        reach(_named("start/email"), fakebrand({"start.fields": "phone"}), pages(), state=state())
