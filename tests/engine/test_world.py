from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from studio.engine.accounts import Account
from studio.engine.events import Resend, SubmitIdentifier
from studio.engine.policy import IdentifierKind
from studio.engine.world import FIRST_MOMENT, IdentifierTakenError, World
from tests.engine.given import EMAIL, NEW_PHONE, PHONE, Walk, session_of

TYPED = SubmitIdentifier(kind=IdentifierKind.PHONE, text="99912345")


def test_the_same_steps_in_the_same_world_give_the_same_world() -> None:
    first, second = Walk().do(TYPED, Resend()), Walk().do(TYPED, Resend())
    assert first.code == second.code
    assert first.flow == second.flow
    assert first.world == second.world


def test_another_seed_gives_other_tokens() -> None:
    drawn = {World(seed=bytes([seed])).token()[1] for seed in range(50)}
    assert len(drawn) == 50


def test_nothing_is_drawn_twice() -> None:
    world, tokens = World(), set()
    for _ in range(100):
        world, token = world.token()
        tokens.add(token)
    assert len(tokens) == 100
    assert all(len(token) == 32 for token in tokens)


def test_drawing_leaves_the_world_it_was_drawn_from_as_it_is() -> None:
    world = World()
    assert world.token() == world.token()
    assert world == World()


def test_codes_are_decimal_keep_leading_zeros_and_reach_every_digit() -> None:
    world, codes = World(), []
    for _ in range(400):
        world, code = world.digits(4)
        codes.append(code)
    assert all(len(code) == 4 and code.isascii() and code.isdigit() for code in codes)
    assert any(code.startswith("0") for code in codes)
    assert set("".join(codes)) == set("0123456789")


def test_a_snapshot_does_not_change_and_forks_do_not_see_each_other() -> None:
    walk = Walk().do(TYPED)
    snapshot, flow, other = walk.world, walk.flow, walk.fork()
    walk.do(Resend())
    other.wait(timedelta(minutes=3)).do(Resend())
    assert snapshot.flows[flow.id] == flow
    assert walk.world.now == snapshot.now
    assert other.world.now == snapshot.now + timedelta(minutes=3)
    assert walk.world.flows[flow.id] != other.world.flows[flow.id]


def test_time_passes_only_when_somebody_says_so() -> None:
    assert World().now == FIRST_MOMENT
    assert FIRST_MOMENT.tzinfo is UTC
    assert Walk().do(TYPED, Resend()).world.now == FIRST_MOMENT
    assert World().later(timedelta(seconds=1)).now == FIRST_MOMENT + timedelta(seconds=1)


def test_an_account_is_found_by_each_of_its_identifiers() -> None:
    account = Account(id="a", identifiers=(PHONE, EMAIL))
    world = World().with_account(account)
    assert world.owner(PHONE) == world.owner(EMAIL) == account
    assert world.owner(NEW_PHONE) is None


def test_an_identifier_is_on_one_account_at_a_time() -> None:
    world = World().with_account(Account(id="a", identifiers=(PHONE,)))
    with pytest.raises(IdentifierTakenError, match=r"\+4799912345"):
        world.with_account(Account(id="b", identifiers=(NEW_PHONE, PHONE)))
    assert world.owner(NEW_PHONE) is None


def test_a_newer_account_gives_its_old_identifiers_free() -> None:
    world = World().with_account(Account(id="a", identifiers=(PHONE, EMAIL)))
    world = world.with_account(Account(id="a", identifiers=(EMAIL, NEW_PHONE)))
    assert world.owner(PHONE) is None
    assert len(world.owners) == 2
    other = world.with_account(Account(id="b", identifiers=(PHONE,))).owner(PHONE)
    assert other is not None
    assert other.id == "b"


def test_a_session_is_kept_and_ended() -> None:
    world = World().with_session(session_of())
    assert world.sessions["the session"] == session_of()
    assert world.without_session("the session").sessions == World().sessions
    for unknown in (None, "another"):
        assert world.without_session(unknown) is world


def test_a_browser_remembers_what_was_used_last() -> None:
    world = World().remembering("b", PHONE).remembering("b", EMAIL).remembering("c", NEW_PHONE)
    assert [world.last_used(name) for name in "bcd"] == [EMAIL, NEW_PHONE, None]
    assert world.later(timedelta(days=365) - timedelta(seconds=1)).last_used("b") == EMAIL
    assert world.later(timedelta(days=365)).last_used("b") is None


def test_what_limits_no_longer_count_is_forgotten_as_time_passes() -> None:
    world = Walk().do(TYPED).world
    assert world.later(timedelta(minutes=1)).usage.times
    assert not world.later(timedelta(hours=1)).usage.times
