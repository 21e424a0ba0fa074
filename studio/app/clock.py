"""What time is it in the world, and how is it moved on?

Time passes while the page stays as it is: the next action meets the new time. A restart, and going
back in the trail, bring the earlier time back.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from babel.dates import format_datetime

from studio.app.commands import Command, Group, unless
from studio.engine.world import FIRST_MOMENT

if TYPE_CHECKING:
    from datetime import datetime

    from studio.app.session import Session
    from studio.device.expiries import Expiry

DAY: Final = timedelta(days=1)
LONG: Final = timedelta(days=91)
"""Longer than a service keeps its own session, and a refresh token lies unused: 90 days."""

TIP: Final = "Let time pass. The page stays; what you do next happens then."
_EMPTY = "nothing is going to end."
_NO_PAGE = "no page is shown yet."


def moment(when: datetime) -> str:
    """Write a date and time alike in every country: `Mon 5 Jan 2026 09:41`."""
    return format_datetime(when, "EEE d MMM y HH:mm", locale="en")


def span(time: timedelta) -> str:
    """Write a span in its largest whole units: `91 days`, `1 day 1 h`, `10 min`."""
    minutes = int(time.total_seconds()) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = ((days, "day" if days == 1 else "days"), (hours, "h"), (minutes, "min"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 min"


def passed(now: datetime) -> str:
    """Tell how much time has passed since the world began, empty where none has."""
    return f"{span(now - FIRST_MOMENT)} later" if now > FIRST_MOMENT else ""


def next_expiry(session: Session) -> Expiry | None:
    """Return what ends next, None where nothing does."""
    return next(iter(session.expiries), None)


def expiry_tip(session: Session) -> str:
    """Say what ends next and when."""
    expiry = next_expiry(session)
    return f"Go on to {moment(expiry.when)}, when {expiry.name} ends." if expiry else TIP


def blocked(session: Session) -> str:
    """Return why time cannot pass now, empty where it can."""
    return unless(session.steps, _NO_PAGE)


def expiry_blocked(session: Session) -> str:
    """Return why the clock cannot go to the next expiry, empty where it can."""
    return blocked(session) or unless(next_expiry(session), _EMPTY)


def go_to_expiry(session: Session) -> None:
    """Let the time pass until something ends."""
    expiry = next_expiry(session)
    if expiry:
        session.wait(expiry.when - session.now)


def clock_group(session: Session) -> Group:
    """Return the commands that move the clock."""
    return (
        _wait(session, "day", "Let 1 Day Pass", DAY),
        _wait(session, "long", "Let 91 Days Pass", LONG),
        Command(
            "journey.wait.expiry",
            "Go to the Next Expiry",
            "Let time pass until something ends: a code, a token, a session or a limit.",
            icon="clock",
            run=lambda: go_to_expiry(session),
            blocked=lambda: expiry_blocked(session),
        ),
    )


def _wait(session: Session, name: str, title: str, time: timedelta) -> Command:
    return Command(
        f"journey.wait.{name}",
        title,
        TIP,
        icon="clock",
        run=lambda: session.wait(time),
        blocked=lambda: blocked(session),
    )
