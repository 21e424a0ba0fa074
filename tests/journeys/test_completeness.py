"""Nothing that people can meet is missing: screens, states, messages, rules, ways on.

What no journey reaches is in a table here, each with its reason.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING, get_args

import pytest

from studio.engine import account_door, account_transitions, connect, transitions
from studio.engine.account_screens import AccountScreen
from studio.engine.effects import News
from studio.engine.events import Back
from studio.engine.flow import Finished, Notice, Problem
from studio.engine.screens import Screen
from studio.journeys.expecting import message_name
from studio.journeys.library import shipped
from studio.journeys.reach import reachable
from studio.journeys.screens import SCREEN_IDS
from studio.journeys.steps import Press
from tests.journeys.given import run_of, shipped_run

if TYPE_CHECKING:
    from studio.engine.account_events import AccountEvent
    from studio.engine.account_turn import AccountTurn
    from studio.engine.events import Event
    from studio.engine.turn import Turn
    from studio.journeys.walking import Point

# In one of the journeys CONNECT fails on purpose, and logs it.
pytestmark = pytest.mark.page_errors

# Screens: the ids of the reference, in its order

REFERENCE = """
start signing-in verify-phone verify-email password create-password add-email add-phone consent
forgot-password forgot-password-code new-password password-changed code-page mobile-data-prompt
terms privacy about reauth-password reauth-verify-phone step-up account account-profile
account-phones account-emails account-password account-services account-subscriptions
account-purchases account-about sign-out
""".split()  # noqa: SIM905 - they read better as words


@cache
def _reached() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in reachable():
        found.setdefault(one.id, set()).add(one.state)
    return found


def test_every_screen_of_the_reference_and_of_the_code_is_reached() -> None:
    screens = {screen.id for screen in (*get_args(Screen), *get_args(AccountScreen))}
    assert screens | {"service", "outside"} == set(SCREEN_IDS)
    assert set(REFERENCE) <= set(SCREEN_IDS)
    assert set(_reached()) == set(SCREEN_IDS)


# States: what each screen can tell

STALE = {Notice.STALE_FORM}
IDENTIFIER = {Problem.TOO_MANY_TRIES, *STALE}
PHONE = {Problem.PHONE_MISSING, Problem.PHONE_INVALID, *IDENTIFIER}
EMAIL = {Problem.EMAIL_MISSING, Problem.EMAIL_INVALID, *IDENTIFIER}
TAKEN = {Problem.IDENTIFIER_TAKEN, "empty"}
CODE = {
    "empty",
    Notice.CODE_SENT,
    Notice.CODE_RESENT,
    Problem.CODE_MISSING,
    Problem.CODE_WRONG,
    Problem.CODE_EXPIRED,
    Problem.CODE_USED_UP,
    Problem.TOO_MANY_TRIES,
    *STALE,
}
EITHER = {"phone", "email"}
PASSWORD = {
    *EITHER,
    Problem.PASSWORD_MISSING,
    Problem.CREDENTIALS_WRONG,
    Problem.TOO_MANY_TRIES,
    *STALE,
}
CHOSEN = {
    "strength",
    Problem.PASSWORD_MISSING,
    Problem.PASSWORD_TOO_SHORT,
    Problem.PASSWORD_COMMON,
    Problem.PASSWORD_OWN,
    *STALE,
}
LIST = {
    "empty",
    "one",
    "several",
    Notice.ADDED,
    Notice.ADDED_BEFORE,
    Notice.PREFERRED,
    Notice.REMOVED,
    Notice.LAST_IDENTIFIER,
    *STALE,
}
ASKED = {"empty", *STALE}

STATES: dict[str, set[str]] = {
    "start": PHONE | EMAIL
    | {f"{kind}{variant}" for kind in EITHER for variant in ("", "-only", "-prefilled")}
    | {f"{kind}-only-prefilled" for kind in EITHER},
    "signing-in": ASKED,
    "mobile-data-prompt": ASKED,
    "verify-phone": CODE,
    "verify-email": CODE,
    "password": PASSWORD,
    "create-password": CHOSEN | EITHER,
    "add-email": EMAIL | TAKEN,
    "add-phone": PHONE | TAKEN,
    "consent": ASKED,
    "forgot-password": {*EITHER, Problem.TOO_MANY_TRIES, *STALE},
    "forgot-password-code": CODE,
    "new-password": CHOSEN | EITHER,
    "password-changed": ASKED,
    "code-page": {"empty"},
    "reauth-password": PASSWORD,
    "reauth-verify-phone": CODE,
    "step-up": PASSWORD,
    "account": {"empty", Notice.PASSWORD_CHANGED, Notice.PASSWORD_CREATED, *STALE},
    "account-profile": {"empty", "given", Notice.SAVED, *STALE},
    "account-profile-edit": ASKED,
    "account-phones": LIST,
    "account-add-phone": PHONE | TAKEN,
    "account-verify-phone": CODE,
    "account-remove-phone": ASKED,
    "account-emails": LIST,
    "account-add-email": EMAIL | TAKEN,
    "account-verify-email": CODE,
    "account-remove-email": ASKED,
    "account-password": CHOSEN
    | {"create", "change", Problem.CREDENTIALS_WRONG, Problem.TOO_MANY_TRIES},
    "account-services": {"empty", "several", Notice.WITHDRAWN, *STALE},
    "account-service": ASKED,
    "account-withdraw": ASKED,
    "account-subscriptions": {"empty", "several"},
    "account-purchases": {"empty", "several"},
    "account-about": {"empty"},
    "sign-out": {"service", "connect"},
    "signed-out": {"service", "connect"},
    "about": {"empty"},
    "terms": {"empty"},
    "privacy": {"empty"},
    "request-refused": {"client-id", "redirect-uri"},
    "start-again": {"expired", "no-cookie", "declined"},
    "not-found": {"empty"},
    "server-error": {"empty"},
    "service": {
        "signed-out", "splash", "signed-in", "settings", "account", "access_denied",
        "login_required", "interaction_required", "consent_required", "invalid_request",
        "request_not_supported",
    },
    "outside": {"empty"},
}  # fmt: skip

FIRST_PAGE = "it is the first page of a flow and never met again: no older page of the flow is left"
NOT_REACHED = {
    "mobile-data-prompt/stale-form": FIRST_PAGE,
    "reauth-verify-phone/stale-form": FIRST_PAGE,
    "step-up/email": "a session of level 1 rests on a phone: an address never signs in at level 1",
    "account-password/stale-form": "its section has one screen, so no form of it is an older one",
    "account/stale-form": "the overview has no form, and a form of a section leads to the section",
}


def test_every_problem_and_notice_belongs_to_a_screen() -> None:
    assert {*Problem, *Notice} <= set.union(*STATES.values())


@pytest.mark.parametrize("screen", SCREEN_IDS)
def test_every_state_is_reached_and_no_other(screen: str) -> None:
    excused = {name.partition("/")[2] for name in NOT_REACHED if name.startswith(f"{screen}/")}
    assert _reached()[screen] | excused == set(map(str, STATES[screen]))
    assert not _reached()[screen] & excused


# Messages

QUIET = {"sms/service-connected": "a new service is told of by e-mail only"}


def test_every_message_is_sent_by_both_ways_where_both_are_possible() -> None:
    run = shipped_run()
    points = [run.play(journey) for journey in shipped().all()]
    sent = {message_name(message) for point in points for message in point.messages}
    every = {f"{kind}/{about}" for kind, about in product(("sms", "email"), ("code", *News))}
    assert sent | set(QUIET) == every
    assert not sent & set(QUIET)


# Rules: every stage with every event

Pair = tuple[type, type]

UNUSED = {
    ("AtSigningIn", "Back"): "the page goes on by itself, and has no way back to be missed",
    ("AtIdentifiers", "Confirm"): "nobody of the people has a number that is not proven",
}


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> set[Pair]:
    """Note which events happen at which stages, in signing in and in the account."""
    pairs: set[Pair] = set()

    def of_flow(turn: Turn, event: Event) -> Turn:
        pairs.add((type(turn.flow.stage), type(event)))
        return transitions.decide(turn, event)

    def of_visit(turn: AccountTurn, event: AccountEvent) -> AccountTurn:
        pairs.add((type(turn.visit.stage), type(event)))
        return account_transitions.decide(turn, event)

    monkeypatch.setattr(connect, "decide", of_flow)
    monkeypatch.setattr(account_door, "decide", of_visit)
    return pairs


def _explored() -> dict[str, Point]:
    """Play every journey, and press every button at its end: names of buttons with what comes."""
    run = run_of(shipped())
    ends: dict[str, Point] = {}
    for journey in shipped().all():
        end = run.play(journey)
        for action in run.walk(journey, end).browser.actions:
            press = Press(place=journey.end.place, action=action)
            ends[f"{journey.id} {action}"] = run.walk(journey, end).on([press])
    return ends


def test_every_rule_happens_and_every_button_leads_to_a_screen_that_is_listed(
    seen: set[Pair],
) -> None:
    ends = _explored()
    errors = [f"{name}: {point.error}" for name, point in ends.items() if point.error]
    assert not errors
    reached = {f"{screen}/{state}" for screen, states in _reached().items() for state in states}
    shown = {name: point.trail[-1] for name, point in ends.items()}
    elsewhere = {
        name: f"{one.screen}/{one.state}"
        for name, one in shown.items()
        if f"{one.screen}/{one.state}" not in reached
    }
    assert not elsewhere
    rows = {
        (stage.__name__, event.__name__)
        for table in (transitions.ROWS, account_transitions.ROWS)
        for stage, row in table.items()
        for event in (row if stage is not Finished else [Back])
    }
    happened = {(stage.__name__, event.__name__) for stage, event in seen}
    assert rows - happened == set(UNUSED)


# Ways on

FINAL = {
    "code-page": "the code is typed elsewhere",
    "outside": "an address outside is not part of the preview",
    "not-found": "nothing is known of where the person was",
    "request-refused": "the person must not be sent to an address that is not registered",
}


def test_every_page_has_a_way_on_but_final_ones() -> None:
    run = shipped_run()
    stuck = set()
    for one in reachable():
        document = run.walk(one.journey, run.play(one.journey)).browser.document
        ways = document.xpath("//main//button[@name='action'] | //main//a[@href] | //nav//a[@href]")
        if not ways:
            stuck.add(one.id)
    assert stuck <= set(FINAL)
