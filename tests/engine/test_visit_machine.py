"""My CONNECT account under any order of events: what must hold at every moment does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from studio.engine.account_events import Add, Confirm, MakePreferred, Remove, SubmitPasswords
from studio.engine.events import Back, Continue, Resend, SubmitCode
from studio.engine.visit import Section
from tests.engine.given import (
    EMAIL,
    NEW_EMAIL,
    NEW_PHONE,
    PASSWORD,
    PHONE,
    PHONE_ONLY,
    UNPROVEN,
    populated,
    session_of,
)
from tests.engine.visiting import BY_CODE, BY_PASSWORD, DETECTED, Stay

if TYPE_CHECKING:
    from studio.engine.account_events import AccountEvent

IDENTIFIERS = (PHONE, EMAIL, NEW_PHONE, NEW_EMAIL, PHONE_ONLY, UNPROVEN)
SESSIONS = (BY_PASSWORD, BY_CODE, DETECTED, session_of(PHONE_ONLY, account_id="phone"))
which = st.integers(0, len(IDENTIFIERS) - 1)


class Visiting(RuleBasedStateMachine):
    """One person does anything; the accounts of all others have to stay as they were."""

    def __init__(self) -> None:
        super().__init__()
        self.stay = Stay()

    @initialize(session=st.integers(0, len(SESSIONS) - 1), unproven=st.booleans())
    def begin(self, session: int, *, unproven: bool) -> None:
        world = populated()
        if unproven:
            account = replace(world.accounts["full"], unproven=frozenset({EMAIL}))
            world = world.with_account(account)
        self.stay = Stay(SESSIONS[session], world)

    @rule(section=st.sampled_from(Section))
    def open_a_section(self, section: Section) -> None:
        self.stay.go(section)

    @rule(index=which)
    def add_one(self, index: int) -> None:
        one = IDENTIFIERS[index]
        self.stay.go(Section.PHONES if one.kind == PHONE.kind else Section.EMAILS)
        self.stay.do(Add()).typed(one)

    @rule(right=st.booleans())
    def send_a_code(self, *, right: bool) -> None:
        known = right and bool(self.stay.codes)
        self.stay.do(SubmitCode(text=self.stay.code if known else self.stay.wrong_code))

    @rule(index=which)
    def do_something_with_one(self, index: int) -> None:
        handle = self.stay.handle(IDENTIFIERS[index])
        self.stay.do(Remove(handle=handle))
        self.stay.do(MakePreferred(handle=handle), Confirm(handle=handle))

    @rule()
    def go_on(self) -> None:
        self.stay.do(Continue())

    @rule()
    def do_something_else(self) -> None:
        events: tuple[AccountEvent, ...] = (
            Resend(),
            SubmitPasswords(current=PASSWORD, new="staple battery"),
            Back(),
        )
        self.stay.do(*events)

    @invariant()
    def a_number_or_address_is_on_one_account(self) -> None:
        world = self.stay.world
        held = [one for account in world.accounts.values() for one in account.identifiers]
        assert len(held) == len(set(held))
        assert {one: world.owners[one] for one in held} == dict(world.owners)

    @invariant()
    def the_person_can_still_sign_in(self) -> None:
        account = self.stay.account
        assert set(account.identifiers) - account.unproven
        assert account.unproven <= set(account.identifiers)

    @invariant()
    def whoever_has_the_session_signed_in_with_something_of_the_account(self) -> None:
        session = self.stay.world.sessions[self.stay.turn.session.id]
        assert session.authentication.used in self.stay.account.identifiers

    @invariant()
    def nobody_else_is_touched(self) -> None:
        before, own = populated().accounts, self.stay.account.id
        for account in self.stay.world.accounts.values():
            assert account.id in {own, "full"} or account == before[account.id]

    @invariant()
    def without_a_proof_nothing_changes(self) -> None:
        if not self.stay.turn.may_change:
            assert self.stay.account.identifiers == (PHONE, EMAIL)
            assert not self.stay.codes


Visiting.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestVisiting = Visiting.TestCase
