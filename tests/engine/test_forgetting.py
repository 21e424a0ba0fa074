"""What can never matter again is forgotten, and nothing else: answers stay what they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, multiple, rule
from immutables import Map

from studio.engine.checks import SESSION_LIFETIME
from studio.engine.connect import begin
from studio.engine.flow import FLOW_LIFETIME
from studio.engine.forgetting import FLOWS, GRACE, swept
from studio.engine.limits import Action
from studio.engine.sign_out import logout_by_token, sign_out_of_connect
from studio.engine.token_endpoint import token_request
from studio.engine.tokens import (
    ACCESS_LIFETIME,
    GRANT_LIFETIME,
    REFRESH_LIFETIME,
    Grant,
    TokenError,
    open_access,
)
from studio.engine.visit import Section, Visit, first_stage
from studio.engine.world import REMEMBERED, World
from tests.engine.given import PHONE, POLICY, populated, request
from tests.engine.test_token_endpoint import (
    code_form,
    exchanged,
    must_give,
    must_refuse,
    refresh_form,
)
from tests.engine.test_tokens import CLIENTS, GRANT, ISSUER, SESSION, given

MINUTE = timedelta(minutes=1)
ALL = ("flows", "sessions", "visits", "grants", "access_tokens", "refresh_tokens")


def sizes(world: World) -> dict[str, int]:
    """Return how much is kept of each kind, where there is something."""
    return {name: len(getattr(world, name)) for name in ALL if getattr(world, name)}


def test_in_a_fresh_world_nothing_is_forgotten() -> None:
    world, _ = exchanged()
    assert swept(world) == world
    assert swept(World()) == World()


@pytest.mark.parametrize(
    ("age", "kept"),
    [(FLOW_LIFETIME, 1), (FLOW_LIFETIME + GRACE - MINUTE, 1), (FLOW_LIFETIME + GRACE, 0)],
)
def test_an_expired_flow_is_kept_for_a_day(age: timedelta, kept: int) -> None:
    world = begin(populated(), POLICY, request(), browser="b").world
    assert len(swept(world.later(age)).flows) == kept


def test_of_very_many_flows_the_oldest_go() -> None:
    flow = begin(populated(), POLICY, request(), browser="b").flow
    flows = {str(n): replace(flow, id=str(n), serial=n) for n in range(FLOWS + 2)}
    kept = swept(replace(World(), flows=Map(flows))).flows
    assert set(flows) - set(kept) == {"0", "1"}


@pytest.mark.parametrize(("age", "kept"), [(timedelta(0), 1), (GRANT_LIFETIME, 0)])
def test_a_code_that_nobody_exchanged_goes_when_it_expires(age: timedelta, kept: int) -> None:
    assert len(swept(given().later(age)).grants) == kept


def test_a_family_goes_when_its_last_token_has_expired() -> None:
    world, first = exchanged()
    world = swept(world.later(ACCESS_LIFETIME))
    assert sizes(world) == {"sessions": 1, "grants": 1, "refresh_tokens": 1}
    world, second = must_give(world, refresh_form(first["refresh_token"]))
    world = swept(world.later(REFRESH_LIFETIME - MINUTE))
    assert sizes(world) == {"sessions": 1, "grants": 1, "refresh_tokens": 2}
    # What was used before is known again, however old it is: the family is revoked.
    stolen, error = must_refuse(world, refresh_form(first["refresh_token"]))
    assert (error, sizes(stolen)) == ("invalid_grant", {"sessions": 1, "refresh_tokens": 2})
    assert sizes(swept(stolen)) == {"sessions": 1}
    must_give(world, refresh_form(second["refresh_token"]))
    assert sizes(swept(world.later(MINUTE))) == {"sessions": 1}


def test_a_session_goes_after_a_year_unless_a_token_could_sign_out_of_it() -> None:
    world = replace(given(), grants=World().grants)
    visit = Visit(session_id=SESSION.id, token="", stage=first_stage(Section.OVERVIEW))
    world = replace(world.with_visit(visit), now=SESSION.created + SESSION_LIFETIME - MINUTE)
    assert sizes(swept(world)) == {"sessions": 1, "visits": 1}
    world = world.later(MINUTE)
    assert sizes(swept(world)) == {}
    world, answer = must_give(world.with_grant(replace(GRANT, issued=world.now)), code_form())
    world = swept(world)
    _, told = sign_out_of_connect(
        world, logout_by_token(world, answer["access_token"]).session_id or ""
    )
    assert {one.client_id for one in told} == SESSION.clients


def test_what_a_browser_no_longer_fills_in_is_forgotten() -> None:
    world = World().remembering("b", PHONE).later(REMEMBERED - MINUTE).remembering("c", PHONE)
    assert swept(world) == world
    assert set(swept(world.later(MINUTE)).remembered) == {"c"}


def test_what_limits_no_longer_count_is_forgotten() -> None:
    world = World()
    usage = world.usage.spent(
        Action.SMS, identifier="+47", browser="b", now=world.now - timedelta(days=1)
    )
    assert swept(replace(world, usage=usage)).usage == World().usage


class Sweeping(RuleBasedStateMachine):
    """Two worlds go through the same steps; one is swept after each of them."""

    codes = Bundle("codes")
    access = Bundle("access")
    refresh = Bundle("refresh")

    def __init__(self) -> None:
        super().__init__()
        self.kept = self.swept = replace(given(), grants=World().grants)

    def _ask(self, form: list[tuple[str, str]]) -> dict[str, object]:
        """Ask both worlds, which have to answer the same; return what tokens there are."""
        self.kept, one = token_request(self.kept, form, CLIENTS, issuer=ISSUER)
        self.swept, other = token_request(self.swept, form, CLIENTS, issuer=ISSUER)
        self.swept = swept(self.swept)
        if isinstance(one, TokenError) or isinstance(other, TokenError):
            assert isinstance(one, TokenError)
            assert isinstance(other, TokenError)
            assert (one.error, one.status) == (other.error, other.status)
            return {}
        assert {**one, "id_token": ""} == {**other, "id_token": ""}
        return one

    @rule(target=codes)
    def sign_in(self) -> str:
        self.kept, code = self.kept.token()
        self.swept, _ = self.swept.token()
        grant: Grant = replace(GRANT, code=code, issued=self.kept.now)
        self.kept, self.swept = self.kept.with_grant(grant), self.swept.with_grant(grant)
        return code

    @rule(target=refresh, code=codes)
    def exchange(self, code: str) -> object:
        return self._token(code_form(code=code), "refresh_token")

    @rule(target=refresh, token=refresh)
    def refresh_again(self, token: str) -> object:
        return self._token(refresh_form(token), "refresh_token")

    @rule(target=access, token=refresh)
    def refresh_for_access(self, token: str) -> object:
        return self._token(refresh_form(token), "access_token")

    def _token(self, form: list[tuple[str, str]], name: str) -> object:
        return self._ask(form).get(name, multiple())

    @rule(token=access)
    def open_token(self, token: str) -> None:
        assert self._opened(self.kept, token) == self._opened(self.swept, token)

    @rule(
        span=st.sampled_from(
            [MINUTE, ACCESS_LIFETIME, timedelta(days=30), REFRESH_LIFETIME, SESSION_LIFETIME]
        )
    )
    def wait(self, span: timedelta) -> None:
        self.kept, self.swept = self.kept.later(span), swept(self.swept.later(span))

    @staticmethod
    def _opened(world: World, token: str) -> object:
        try:
            return open_access(world, token)
        except TokenError as mistake:
            return mistake.error


Sweeping.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestSweeping = Sweeping.TestCase
