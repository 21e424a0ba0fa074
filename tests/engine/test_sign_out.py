from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from studio.engine.request import BadClientError
from studio.engine.sign_out import (
    LOGOUT_EVENT,
    LogoutDecision,
    NotifyLogout,
    logout_by_token,
    logout_request,
    logout_token,
    sign_out_of_connect,
    sign_out_of_service,
)
from studio.engine.tokens import TokenError, open_access
from studio.engine.world import FIRST_MOMENT, World
from tests.engine.test_tokens import (
    GRANT,
    ISSUER,
    KEYS,
    REQUEST,
    SESSION,
    SHOP,
    find,
    given,
    with_access,
)

OUT = "fakebrand://signed-out"
WEB_OUT = "https://fakebrand.example/?out=1"
AT_SHOP = replace(GRANT, code="shop", request=replace(REQUEST, client_id="shop", redirect_uri=SHOP))
ELSEWHERE = replace(GRANT, code="elsewhere", session_id="another session")
NOW = int(FIRST_MOMENT.timestamp())


def _everywhere() -> tuple[World, dict[str, str]]:
    """Return a world with a token of each service in one session, and one of another session."""
    world, tokens = given(GRANT, AT_SHOP, ELSEWHERE), {}
    for grant in (GRANT, AT_SHOP, ELSEWHERE):
        world, tokens[grant.code] = with_access(grant, world)
    return world, tokens


def _good(world: World, tokens: dict[str, str]) -> set[str]:
    """Return of which grants the tokens are still good."""
    good = set()
    for code, token in tokens.items():
        try:
            open_access(world, token)
        except TokenError:
            continue
        good.add(code)
    return good


# Of CONNECT, of a service


def test_signing_out_of_connect_ends_the_session_and_its_tokens() -> None:
    world, tokens = _everywhere()
    after, _ = sign_out_of_connect(world, SESSION.id)
    assert not after.sessions
    assert _good(after, tokens) == {ELSEWHERE.code}
    assert _good(world, tokens) == set(tokens)


def test_the_client_is_told_of_the_end() -> None:
    world, _ = _everywhere()
    told = NotifyLogout(client_id="fakebrand", sub="person", sid="session")
    assert told in sign_out_of_connect(world, SESSION.id)[1]


def test_all_clients_of_the_session_are_told_in_their_order() -> None:
    session = replace(SESSION, clients=frozenset({"c", "a", "b"}))
    world = replace(given(), sessions=given().sessions.set(session.id, session))
    _, effects = sign_out_of_connect(world, session.id)
    assert [effect.client_id for effect in effects] == ["a", "b", "c"]


def test_a_session_that_has_ended_ends_no_second_time_but_its_tokens_do() -> None:
    world, tokens = _everywhere()
    world = replace(world, sessions=world.sessions.delete(SESSION.id))
    after, effects = sign_out_of_connect(world, SESSION.id)
    assert effects == ()
    assert _good(after, tokens) == {ELSEWHERE.code}
    assert sign_out_of_connect(after, "never there") == (after, ())


def test_a_code_not_yet_exchanged_is_worth_nothing_after_signing_out() -> None:
    assert not sign_out_of_connect(given(), SESSION.id)[0].grants


def test_signing_out_of_a_service_leaves_the_session_to_the_others() -> None:
    world, tokens = _everywhere()
    after = sign_out_of_service(world, SESSION.id, "fakebrand")
    assert _good(after, tokens) == {AT_SHOP.code, ELSEWHERE.code}
    assert after.sessions[SESSION.id] == replace(SESSION, clients=frozenset({"shop"}))


def test_signing_out_of_a_service_without_a_session_takes_its_tokens() -> None:
    world, tokens = _everywhere()
    world = replace(world, sessions=world.sessions.delete(SESSION.id))
    after = sign_out_of_service(world, SESSION.id, "fakebrand")
    assert _good(after, tokens) == {AT_SHOP.code, ELSEWHERE.code}
    assert not after.sessions


# The back-channel notice


def test_a_logout_token_has_exactly_these_claims() -> None:
    signed = logout_token(given(), ISSUER, "fakebrand", "person", "session")
    claims = KEYS.read(signed, typ="logout+jwt")
    assert claims
    assert claims.pop("jti")
    assert claims == {
        "iss": ISSUER,
        "sub": "person",
        "aud": "fakebrand",
        "iat": NOW,
        "exp": NOW + 120,
        "sid": "session",
        "events": {LOGOUT_EVENT: {}},
    }


def test_each_notice_has_a_name_of_its_own() -> None:
    names = set()
    for client_id, sid in (("a", "1"), ("a", "2"), ("b", "1"), ("b", "2")):
        signed = logout_token(given(), ISSUER, client_id, "person", sid)
        names.add(str((KEYS.read(signed, typ="logout+jwt") or {})["jti"]))
    assert len(names) == 4


def test_a_session_that_ends_for_a_client_again_is_told_again() -> None:
    later = given().later(timedelta(seconds=1))
    notices = [logout_token(one, ISSUER, "a", "person", "1") for one in (given(), later)]
    first, second = (KEYS.read(one, typ="logout+jwt") or {} for one in notices)
    assert first["jti"] != second["jti"]


# What a request to sign out means


def _hint(**changes: object) -> str:
    claims: dict[str, object] = {"iss": ISSUER, "aud": "fakebrand", "sid": "session"}
    return KEYS.sign(claims | changes)


def _decide(**values: str) -> LogoutDecision:
    return logout_request(given(), list(values.items()), find, issuer=ISSUER)


@pytest.mark.parametrize(
    ("values", "decision"),
    [
        pytest.param({}, LogoutDecision(), id="nothing"),
        pytest.param({"client_id": "shop"}, LogoutDecision(client_id="shop"), id="client"),
        pytest.param(
            {"id_token_hint": _hint()},
            LogoutDecision(client_id="fakebrand", session_id="session"),
            id="id-token",
        ),
        pytest.param(
            {"id_token_hint": _hint(), "client_id": "fakebrand"},
            LogoutDecision(client_id="fakebrand", session_id="session"),
            id="id-token-and-client",
        ),
        pytest.param(
            {"id_token_hint": _hint(), "post_logout_redirect_uri": OUT},
            LogoutDecision(client_id="fakebrand", session_id="session", location=OUT),
            id="address",
        ),
        pytest.param(
            {"id_token_hint": _hint(), "post_logout_redirect_uri": OUT, "state": "s 1"},
            LogoutDecision(
                client_id="fakebrand", session_id="session", location=f"{OUT}?state=s+1"
            ),
            id="address-and-state",
        ),
        pytest.param(
            {"client_id": "fakebrand", "post_logout_redirect_uri": WEB_OUT, "state": "s"},
            LogoutDecision(client_id="fakebrand", location=f"{WEB_OUT}&state=s"),
            id="address-of-the-named-client",
        ),
        pytest.param(
            {"id_token_hint": "", "client_id": "", "state": "s", "ui_locales": "nb"},
            LogoutDecision(),
            id="empty-ones-are-left-out",
        ),
    ],
)
def test_a_request_to_sign_out_is_judged(values: dict[str, str], decision: LogoutDecision) -> None:
    assert _decide(**values) == decision


@pytest.mark.parametrize(
    ("values", "parameter", "shown"),
    [
        pytest.param({"client_id": "nobody"}, "client_id", "nobody", id="unknown-client"),
        pytest.param(
            {"client_id": "shop", "id_token_hint": _hint()},
            "client_id",
            "shop",
            id="id-token-of-another-client",
        ),
        pytest.param(
            {"id_token_hint": _hint(aud="gone")}, "client_id", "gone", id="client-is-gone"
        ),
        pytest.param({"id_token_hint": "x"}, "id_token_hint", "", id="no-id-token"),
        pytest.param(
            {"id_token_hint": _hint(iss="https://other.example")},
            "id_token_hint",
            "",
            id="id-token-of-another-issuer",
        ),
        pytest.param(
            {"id_token_hint": logout_token(given(), ISSUER, "fakebrand", "person", "session")},
            "id_token_hint",
            "",
            id="a-logout-token",
        ),
        pytest.param(
            {"post_logout_redirect_uri": OUT}, "post_logout_redirect_uri", OUT, id="nobody-asks"
        ),
        pytest.param(
            {"client_id": "shop", "post_logout_redirect_uri": OUT},
            "post_logout_redirect_uri",
            OUT,
            id="address-of-another-client",
        ),
        pytest.param(
            {"id_token_hint": _hint(), "post_logout_redirect_uri": OUT + "/"},
            "post_logout_redirect_uri",
            OUT + "/",
            id="address-not-registered",
        ),
        pytest.param(
            {
                "id_token_hint": _hint(),
                "post_logout_redirect_uri": "fakebrand://connect/oauth2callback",
            },
            "post_logout_redirect_uri",
            "fakebrand://connect/oauth2callback",
            id="address-registered-for-signing-in",
        ),
    ],
)
def test_a_request_to_sign_out_with_a_mistake_redirects_nowhere(
    values: dict[str, str], parameter: str, shown: str
) -> None:
    with pytest.raises(BadClientError) as caught:
        _decide(**values)
    assert (caught.value.parameter, caught.value.value) == (parameter, shown)


@pytest.mark.parametrize(
    "name", ["client_id", "id_token_hint", "post_logout_redirect_uri", "state"]
)
def test_a_parameter_that_comes_twice_is_refused(name: str) -> None:
    twice = [("client_id", "fakebrand"), (name, "a"), (name, "a")]
    with pytest.raises(BadClientError) as caught:
        logout_request(given(), twice, find, issuer=ISSUER)
    assert caught.value.parameter == name


def test_an_id_token_that_has_expired_still_says_who_asks() -> None:
    hint = _hint(exp=NOW - 1)
    assert _decide(id_token_hint=hint).session_id == "session"


def test_an_app_signs_out_with_its_access_token() -> None:
    world, tokens = _everywhere()
    decision = LogoutDecision(client_id="shop", session_id="session")
    assert logout_by_token(world, tokens["shop"]) == decision


def test_an_app_cannot_sign_out_with_a_token_that_is_not_good() -> None:
    world, tokens = _everywhere()
    for past, token in ((world, "x"), (world.later(timedelta(hours=1)), tokens["shop"])):
        with pytest.raises(TokenError) as caught:
            logout_by_token(past, token)
        assert (caught.value.error, caught.value.status) == ("invalid_token", 401)
