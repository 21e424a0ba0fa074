"""Refreshing and revoking: what happens to tokens after the code was exchanged."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from studio.engine.claims import at_hash
from studio.engine.token_endpoint import revocation_request
from studio.engine.tokens import TokenError, open_access
from tests.engine.test_token_endpoint import (
    NONCE,
    WIDE,
    access_of,
    exchanged,
    form_of,
    is_good,
    must_give,
    must_refuse,
    refresh_form,
)
from tests.engine.test_tokens import CLIENTS, KEYS, LATER, given

if TYPE_CHECKING:
    from studio.engine.world import World

REFRESH_DAYS = 90


# A refresh token


def test_a_refresh_token_gives_new_tokens_and_the_next_one() -> None:
    world, first = exchanged(WIDE)
    world, second = must_give(world.later(LATER), refresh_form(first["refresh_token"]))
    world, third = must_give(world.later(LATER), refresh_form(second["refresh_token"]))
    answers = (first, second, third)
    assert len({answer["access_token"] for answer in answers}) == 3
    assert len({answer["refresh_token"] for answer in answers}) == 3
    assert {answer["scope"] for answer in answers} == {"openid email phone"}
    assert all(is_good(world, answer["access_token"]) for answer in answers)


def test_a_refreshed_id_token_is_of_the_same_authentication_without_nonce() -> None:
    """OpenID Connect Core 1.0, section 12.2."""
    world, first = exchanged(NONCE)
    world, second = must_give(world.later(LATER), refresh_form(first["refresh_token"]))
    before, after = (KEYS.read(answer["id_token"]) for answer in (first, second))
    assert before
    assert after
    differing = {name for name in before if before[name] != after.get(name)}
    assert differing == {"iat", "exp", "nonce", "at_hash"}
    assert "nonce" not in after
    assert after["at_hash"] == at_hash(second["access_token"])


def test_an_old_refresh_token_revokes_the_family() -> None:
    world, first = exchanged()
    world, second = must_give(world, refresh_form(first["refresh_token"]))
    world, error = must_refuse(world, refresh_form(first["refresh_token"]))
    assert error == "invalid_grant"
    assert not is_good(world, first["access_token"])
    assert not is_good(world, second["access_token"])
    assert must_refuse(world, refresh_form(second["refresh_token"])) == (world, "invalid_grant")


def test_another_client_can_neither_use_nor_revoke_with_a_refresh_token() -> None:
    world, first = exchanged()
    stolen = refresh_form(first["refresh_token"], client_id="shop")
    assert must_refuse(world, stolen) == (world, "invalid_grant")
    world, second = must_give(world, refresh_form(first["refresh_token"]))
    assert must_refuse(world, stolen) == (world, "invalid_grant")
    assert is_good(world, second["access_token"])


@pytest.mark.parametrize(
    ("before_the_end", "good"), [(timedelta(seconds=1), True), (timedelta(0), False)]
)
def test_a_refresh_token_may_lie_unused_for_ninety_days(
    before_the_end: timedelta, *, good: bool
) -> None:
    world, first = exchanged()
    world, second = must_give(world.later(LATER), refresh_form(first["refresh_token"]))
    world = world.later(timedelta(days=REFRESH_DAYS) - before_the_end)
    form = refresh_form(second["refresh_token"])
    if good:
        assert is_good(*access_of(must_give(world, form)))
    else:
        assert must_refuse(world, form) == (world, "invalid_grant")


@pytest.mark.parametrize(
    ("asked", "granted"),
    [
        (None, "openid email phone"),
        ("", "openid email phone"),
        ("openid email", "openid email"),
        ("email email", "email"),
        ("phone openid", "phone openid"),
    ],
)
def test_a_refresh_may_ask_for_less(asked: str | None, granted: str) -> None:
    world, first = exchanged(WIDE)
    world, second = must_give(world, refresh_form(first["refresh_token"], scope=asked))
    assert second["scope"] == granted
    assert ("id_token" in second) is ("openid" in granted)
    assert " ".join(open_access(world, second["access_token"])[0].scope) == granted
    _, third = must_give(world, refresh_form(second["refresh_token"]))
    assert third["scope"] == "openid email phone"


def test_an_id_token_tells_what_was_used_only_for_the_scope_it_is_refreshed_for() -> None:
    world, first = exchanged(WIDE)
    _, second = must_give(world, refresh_form(first["refresh_token"], scope="openid email"))
    before, after = (KEYS.read(answer["id_token"]) for answer in (first, second))
    assert before
    assert after
    assert before["td_au"] == "+4799912345"
    assert "td_au" not in after


def test_a_refresh_may_not_ask_for_more() -> None:
    world, first = exchanged()
    form = refresh_form(first["refresh_token"], scope="openid email")
    assert must_refuse(world, form) == (world, "invalid_scope")
    assert must_give(world, refresh_form(first["refresh_token"]))[1]["scope"] == "openid"


# Revocation (RFC 7009)


def _revoke(world: World, token: str, /, **changes: str | None) -> World:
    values: dict[str, str | None] = {"client_id": "fakebrand", "token": token}
    return revocation_request(world, form_of(values | changes), CLIENTS)


def test_revoking_a_refresh_token_takes_the_access_tokens_with_it() -> None:
    world, first = exchanged()
    world, second = must_give(world, refresh_form(first["refresh_token"]))
    revoked = _revoke(world, second["refresh_token"], token_type_hint="access_token")
    assert not is_good(revoked, first["access_token"])
    assert not is_good(revoked, second["access_token"])
    assert must_refuse(revoked, refresh_form(second["refresh_token"]))[1] == "invalid_grant"


def test_revoking_an_access_token_leaves_the_refresh_token() -> None:
    world, first = exchanged()
    world = _revoke(world, first["access_token"])
    assert not is_good(world, first["access_token"])
    assert is_good(*access_of(must_give(world, refresh_form(first["refresh_token"]))))


def test_revoking_what_is_unknown_or_revoked_is_no_mistake() -> None:
    world, first = exchanged()
    assert _revoke(world, "x") == world
    revoked = _revoke(world, first["refresh_token"])
    for token in (first["refresh_token"], first["access_token"]):
        assert _revoke(revoked, token) == revoked


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"client_id": "shop"}, "invalid_grant"),
        ({"client_id": "nobody"}, "invalid_client"),
        ({"client_id": None}, "invalid_client"),
        ({"token": None}, "invalid_request"),
    ],
)
@pytest.mark.parametrize("kind", ["access_token", "refresh_token"])
def test_only_its_client_can_revoke_a_token(
    kind: str, changes: dict[str, str | None], error: str
) -> None:
    world, answer = exchanged()
    with pytest.raises(TokenError) as caught:
        _revoke(world, answer[kind], **changes)
    assert caught.value.error == error
    assert is_good(world, answer["access_token"])


def test_revoking_with_a_parameter_twice_is_a_mistake() -> None:
    with pytest.raises(TokenError, match="token occurs more than once"):
        revocation_request(given(), [("token", "a"), ("token", "b")], CLIENTS)
