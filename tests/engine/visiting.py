"""A stay in My CONNECT account for tests: events happen to it, and what comes out is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.engine.account_door import arrive, enter, happen, resume
from studio.engine.account_showing import screen_of
from studio.engine.connect import Form
from studio.engine.effects import SendCode, Tell
from studio.engine.events import SubmitIdentifier
from studio.engine.policy import Level
from studio.engine.sessions import Method
from studio.engine.visit import ACCOUNT_CLIENT, Section, handle_of
from tests.engine.given import BROWSER, POLICY, populated, session_of

if TYPE_CHECKING:
    from datetime import timedelta

    from studio.engine.account_events import AccountEvent
    from studio.engine.account_screens import AccountScreen
    from studio.engine.account_turn import AccountTurn
    from studio.engine.accounts import Account
    from studio.engine.identifiers import Identifier
    from studio.engine.policy import ClientPolicy
    from studio.engine.sessions import Session
    from studio.engine.visit import Visit, VisitStage
    from studio.engine.world import World

OWN = replace(POLICY, client_id=ACCOUNT_CLIENT, name="My account", offered_locales=("en", "nb"))
BY_CODE = session_of()
BY_PASSWORD = session_of(level=Level.PASSWORD, method=Method.PASSWORD)
DETECTED = session_of(method=Method.DETECTED)


def find(client_id: str) -> ClientPolicy | None:
    """Return the one service that is hosted."""
    return POLICY if client_id == POLICY.client_id else None


class Stay:
    """One session's visit; every event comes from the form of the current screen."""

    def __init__(self, session: Session = BY_PASSWORD, world: World | None = None) -> None:
        self._turn = _arrived((world or populated()).with_session(session), session)

    def go(self, section: Section) -> Stay:
        """Open a section."""
        self._turn = enter(self._again(), section)
        return self

    def do(self, *events: AccountEvent, form: Form | None = None) -> Stay:
        """Let events happen where the visit is."""
        for event in events:
            sent_from = form or Form(screen=self.screen.id, token=self.visit.token)
            section = self.visit.stage.section
            self._turn = happen(self._again(), section, event, sent_from)
        return self

    def typed(self, identifier: Identifier) -> Stay:
        """Send a number or address."""
        return self.do(SubmitIdentifier(kind=identifier.kind, text=identifier.value))

    def wait(self, span: timedelta) -> Stay:
        """Let time pass."""
        self._turn = replace(self._turn, world=self.world.later(span))
        return self

    def prove(self, session: Session) -> Stay:
        """Come back from a proof with the session in a newer form."""
        world = self.world.with_session(session)
        effects = self._turn.effects
        self._turn = resume(replace(_arrived(world, session), effects=effects))
        return self

    def in_world(self, world: World) -> Stay:
        """Go on in another world, as when something has happened elsewhere."""
        self._turn = replace(self._turn, world=world)
        return self

    def _again(self) -> AccountTurn:
        """Come with the next request: the session and the visit are as the world has them."""
        session = self.world.sessions[self._turn.session.id]
        return replace(_arrived(self.world, session), effects=self._turn.effects)

    @property
    def turn(self) -> AccountTurn:
        return self._turn

    @property
    def world(self) -> World:
        return self._turn.world

    @property
    def visit(self) -> Visit:
        return self._turn.visit

    @property
    def stage(self) -> VisitStage:
        return self.visit.stage

    @property
    def account(self) -> Account:
        return self._turn.account

    @property
    def screen(self) -> AccountScreen:
        return screen_of(self._turn)

    @property
    def shown(self) -> tuple[str, str]:
        """The id and state of the screen."""
        return self.screen.id, self.screen.state

    @property
    def codes(self) -> list[SendCode]:
        """The codes sent, the newest last."""
        return [effect for effect in self._turn.effects if isinstance(effect, SendCode)]

    @property
    def told(self) -> list[Tell]:
        """The news told."""
        return [effect for effect in self._turn.effects if isinstance(effect, Tell)]

    @property
    def code(self) -> str:
        """The code sent last."""
        return self.codes[-1].code

    @property
    def wrong_code(self) -> str:
        """A code that was never sent."""
        sent = {effect.code for effect in self.codes}
        return next(digits for digits in ("0000", "1111", "2222") if digits not in sent)

    def handle(self, identifier: Identifier) -> str:
        """Return what forms call a number or address."""
        return handle_of(self.visit, identifier)


def _arrived(world: World, session: Session) -> AccountTurn:
    return arrive(world, OWN, session, browser=BROWSER, find_client=find)
