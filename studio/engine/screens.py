"""The screens: what a person can meet, each with exactly what its page shows.

A screen's `id` names its template (`flow_templates/<id>.html`) and its state says which of its
variants it is. Screens are made from a flow and its client's policy, so that a page drawn again
after an edit shows the edit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, assert_never

from studio.engine.flow import (
    AtPassword,
    AtStart,
    AtVerifyPhone,
    Finished,
    Flow,
    Notice,
    Problem,
)
from studio.engine.policy import ClientPolicy, IdentifierKind
from studio.engine.rules import start_kinds

if TYPE_CHECKING:
    from studio.engine.identifiers import Identifier


@dataclass(frozen=True, kw_only=True)
class Start:
    """Phone number or e-mail address. `alone`: the client offers only this one kind."""

    id: ClassVar[str] = "start"
    kind: IdentifierKind
    typed: str
    alone: bool
    problem: Problem | None = None
    notice: Notice | None = None

    @property
    def state(self) -> str:
        """Which variant this is."""
        if self.problem or self.notice:
            return str(self.problem or self.notice)
        variants = (("only", self.alone), ("prefilled", bool(self.typed)))
        return "-".join([self.kind, *(name for name, holds in variants if holds)])


@dataclass(frozen=True, kw_only=True)
class VerifyPhone:
    """The code sent by SMS. `staying` is the "Stay signed in" box, None where it is not shown."""

    id: ClassVar[str] = "verify-phone"
    phone: Identifier
    staying: bool | None = None
    problem: Problem | None = None
    notice: Notice | None = None

    @property
    def state(self) -> str:
        """Which variant this is."""
        return str(self.problem or self.notice or "empty")


@dataclass(frozen=True, kw_only=True)
class Password:
    """The password. `staying` is the "Stay signed in" box, None where it is not shown."""

    id: ClassVar[str] = "password"
    identifier: Identifier
    staying: bool | None = None
    problem: Problem | None = None
    notice: Notice | None = None

    @property
    def state(self) -> str:
        """Which variant this is."""
        return str(self.problem or self.notice or self.identifier.kind)


@dataclass(frozen=True, kw_only=True)
class RequestRefused:
    """A request that must not be answered by redirect; `parameter` is what is wrong with it."""

    id: ClassVar[str] = "request-refused"
    parameter: str
    value: str

    @property
    def state(self) -> str:
        """Which variant this is."""
        return self.parameter.replace("_", "-")


@dataclass(frozen=True, kw_only=True)
class StartAgain:
    """A flow that this browser cannot go on with; `reason` is `expired` or `no-cookie`."""

    id: ClassVar[str] = "start-again"
    reason: str

    @property
    def state(self) -> str:
        """Which variant this is."""
        return self.reason


@dataclass(frozen=True, kw_only=True)
class NotFound:
    """There is no such page."""

    id: ClassVar[str] = "not-found"
    state: ClassVar[str] = "empty"


Screen = Start | VerifyPhone | Password | RequestRefused | StartAgain | NotFound


def screen_of(flow: Flow, policy: ClientPolicy) -> Screen | Finished:
    """Return the screen a flow is at, or where a finished one has gone."""
    stage, notice = flow.stage, flow.notice
    match stage:
        case AtStart():
            return _start(stage, notice, policy)
        case AtVerifyPhone():
            return VerifyPhone(
                phone=stage.phone,
                staying=_staying(flow, policy),
                problem=stage.problem,
                notice=notice,
            )
        case AtPassword():
            return Password(
                identifier=stage.identifier,
                staying=_staying(flow, policy),
                problem=stage.problem,
                notice=notice,
            )
        case Finished():
            return stage
    assert_never(stage)


def _start(stage: AtStart, notice: Notice | None, policy: ClientPolicy) -> Start:
    """Return the start screen as the client has it now: an edit may have removed the field."""
    kinds = start_kinds(policy)
    kind = stage.kind if stage.kind in kinds else kinds[0]
    prefill = {
        IdentifierKind.PHONE: policy.prefill_phone,
        IdentifierKind.EMAIL: policy.prefill_email,
    }
    fits = kind == stage.kind
    # A field that was sent empty stays empty.
    left = stage.typed if fits and (stage.typed or stage.problem) else prefill[kind]
    return Start(
        kind=kind,
        typed=left or "",
        alone=len(kinds) == 1,
        problem=stage.problem if fits else None,
        notice=notice,
    )


def _staying(flow: Flow, policy: ClientPolicy) -> bool | None:
    if not policy.stay_signed_in_shown:
        return None
    return policy.stay_signed_in_default if flow.staying is None else flow.staying
