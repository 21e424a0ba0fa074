"""The steps of a journey: what a person does, what time does, and what must be seen.

Every step is a frozen value that knows the place in the file it was read from. Text of a step may
be a variable of `VARIABLES`, which stands for what is known only while the journey is played.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta
    from enum import Enum

    from studio.device.network import Connection

    Changes = tuple[tuple[str, Enum], ...]

VARIABLES = ("$phone", "$email", "$password", "$code", "$client_id", "$redirect_uri")
"""Of the person who holds the device, the newest code that arrived, and the first service."""

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where something stands in a file; line and column from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, kw_only=True)
class At:
    """What every step has."""

    place: Place


@dataclass(frozen=True, kw_only=True)
class Open(At):
    """Open a page: what a service asks of CONNECT, or a path.

    `service` is the name of a service of the journey, the first one where it is empty; `asked` are
    the parameters it chooses. With a `path`, which has a `query` of its own, it is a page of that
    service, of CONNECT where no service is named, or a whole address elsewhere.
    """

    service: str = ""
    asked: Pairs = ()
    path: str = ""
    query: Pairs = ()


@dataclass(frozen=True, kw_only=True)
class Fill(At):
    """Type into inputs, by their names."""

    values: Pairs


@dataclass(frozen=True, kw_only=True)
class Check(At):
    """Check a box, or uncheck it, by its name."""

    name: str
    checked: bool


@dataclass(frozen=True, kw_only=True)
class Press(At):
    """Press a button or follow a link, by the name of what it does; `nth` counts from 1."""

    action: str
    nth: int = 1


@dataclass(frozen=True, kw_only=True)
class Wait(At):
    """Let time pass."""

    span: timedelta


class Act(StrEnum):
    """What is done without saying more; the value is how it is written."""

    CLOSE_WINDOW = "close window"
    FORGET_COOKIES = "forget cookies"
    FILL_SAVED_PASSWORD = "fill saved password"  # noqa: S105 - the name of a step
    READ_CODE = "read code"
    CONNECT_FAILS = "CONNECT fails"
    CONNECT_WORKS = "CONNECT works"


@dataclass(frozen=True, kw_only=True)
class Do(At):
    """Do it.

    With the window goes what lasts only as long as it. Without its cookies the browser shows the
    same page anew. The password manager fills in what it has kept; the SDK reads the code of a
    message (Android web view). While CONNECT fails, it keeps nothing that is sent.
    """

    act: Act


@dataclass(frozen=True, kw_only=True)
class Connect(At):
    """Change the network, the browser or the platform: fields of `Connection` with values."""

    changes: Changes


@dataclass(frozen=True, kw_only=True)
class HandTo(At):
    """Give the device to somebody else, by the id of a person."""

    person: str


@dataclass(frozen=True, kw_only=True)
class OtherTab(At):
    """Take steps in a second tab that shows the same page, then go on in the first one."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True)
class Repeat(At):
    """Take the same steps several times."""

    times: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True)
class Expect(At):
    """What must be seen now; what is empty is not looked at.

    `state` may be empty where any is right. `at` is the service whose page it is, `texts` and
    `no_texts` stand on the page or do not (in the journey's own language), `holds` are what inputs
    hold. `without_screens`: nothing of CONNECT was shown since the last page was opened. `message`
    has come with the step before, such as `sms/code` or `email/password-changed`.
    """

    screen: str = ""
    state: str = ""
    at: str = ""
    texts: tuple[str, ...] = ()
    no_texts: tuple[str, ...] = ()
    holds: Pairs = ()
    without_screens: bool = False
    message: str = ""

    @property
    def name(self) -> str:
        """The screen and its state, as they are written: `verify-phone/code-wrong`."""
        return f"{self.screen}/{self.state}" if self.state else self.screen


Step = Open | Fill | Check | Press | Wait | Do | Connect | HandTo | OtherTab | Repeat | Expect


def connected(connection: Connection, changes: Changes) -> Connection:
    """Return a connection with fields of its own changed; the reader took the values from it."""
    changed: Connection = replace(connection, **dict(changes))  # type: ignore[arg-type]
    return changed
