from __future__ import annotations

from studio.device.fresh import fresh_state
from studio.device.people import PEOPLE, populate
from studio.engine.accounts import password_matches
from studio.engine.world import FIRST_MOMENT, World


def test_who_exists_has_an_account_with_everything_that_is_theirs() -> None:
    world = populate(World())
    for person in PEOPLE:
        owners = {world.owner(identifier) for identifier in person.identifiers}
        assert len(owners) == 1
        (account,) = owners
        assert (account is not None) is person.exists
        if account:
            assert account.identifiers == person.identifiers
            assert (account.password is not None) is (person.password is not None)


def test_passwords_are_kept_as_hashes_that_take_them() -> None:
    world = populate(World())
    for person in PEOPLE:
        if person.exists and person.password:
            account = world.owner(person.identifiers[0])
            assert account is not None
            assert password_matches(account.password, person.password, cost=world.hash_cost)
            assert person.password not in repr(account)


def test_the_people_are_one_of_each_kind_and_share_nothing() -> None:
    identifiers = [identifier for person in PEOPLE for identifier in person.identifiers]
    assert len(identifiers) == len(set(identifiers))
    assert len({person.id for person in PEOPLE}) == len({person.title for person in PEOPLE}) == 4
    existing = [person for person in PEOPLE if person.exists]
    kinds = {(bool(each.phone), bool(each.email), bool(each.password)) for each in existing}
    assert kinds == {(True, True, True), (True, False, False), (False, True, True)}


def test_a_fresh_state_is_the_same_every_time() -> None:
    assert fresh_state() == fresh_state()
    assert fresh_state().world.now == FIRST_MOMENT
    assert len(fresh_state().world.accounts) == 3
    assert fresh_state().inbox == ()
