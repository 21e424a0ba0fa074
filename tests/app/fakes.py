"""A session and dialogs that answer as told, for tests of the panels alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, override

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from studio.app.dialogs import Answer, Conflict, Dialogs
from studio.app.languages import Language
from studio.device.inspection import DetectionFacts
from studio.device.network import Connection
from studio.engine.account_screens import (
    AccountAdd,
    AccountAddPhone,
    AccountPassword,
    AccountVerifyPhone,
)
from studio.engine.identifiers import Identifier
from studio.engine.policy import IdentifierKind
from studio.engine.screens import NotFound, Password, Start, VerifyPhone
from studio.engine.world import FIRST_MOMENT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import timedelta
    from pathlib import Path

    from studio.client.model import Client
    from studio.device.expiries import Expiry
    from studio.device.inspection import Inspection
    from studio.device.passwords import Offer, SavedPassword

LANGUAGES = (
    Language(tag="en", own_name="English", english_name="English", messages=40, translated=40),
    Language(
        tag="nb",
        own_name="norsk bokmål",
        english_name="Norwegian Bokmål",
        messages=40,
        translated=0,
    ),
    Language(
        tag="ur-PK", own_name="اردو", english_name="Urdu", rtl=True, messages=40, translated=39
    ),
)


_NUMBER = Identifier(IdentifierKind.PHONE, "+4799912345")
type FakeScreen = Start | VerifyPhone | Password | AccountAdd | AccountVerifyPhone | AccountPassword
SCREENS: dict[str, FakeScreen] = {
    "start": Start(kind=IdentifierKind.PHONE, typed="", alone=False),
    "start with email": Start(kind=IdentifierKind.EMAIL, typed="", alone=False),
    "verify-phone": VerifyPhone(identifier=_NUMBER),
    "password": Password(identifier=_NUMBER),
    "account-add-phone": AccountAddPhone(typed=""),
    "account-verify-phone": AccountVerifyPhone(identifier=_NUMBER),
    "account-password": AccountPassword(used=_NUMBER, creating=False),
    "account-password, the first": AccountPassword(used=_NUMBER, creating=True),
}


@dataclass(frozen=True, kw_only=True)
class FakeStep:
    title: str
    state: str = ""
    url: str = "https://id.connect.example/oauth/authorize"
    app: str = ""

    @property
    def screen(self) -> FakeScreen | NotFound:
        return SCREENS.get(self.title, NotFound())


@dataclass(frozen=True, kw_only=True)
class FakeMessage:
    kind: str
    sender: str
    recipient: str
    text: str
    code: str | None
    when: datetime


@dataclass(frozen=True, kw_only=True)
class FakePerson:
    id: str
    title: str
    phone: str
    email: str | None
    password: str | None
    exists: bool
    subscriber: bool = True


@dataclass(frozen=True, kw_only=True)
class FakeFields:
    scope: str = "openid profile phone email"
    acr_values: str = ""
    prompt: str = ""
    max_age: str = ""
    ui_locales: str = ""
    login_hint: str = ""
    claims: str = ""


PEOPLE = (
    FakePerson(
        id="new",
        title="New, with a phone",
        phone="+47 999 12 345",
        email=None,
        password=None,
        exists=False,
    ),
    FakePerson(
        id="all",
        title="Has phone, email and password",
        phone="+47 999 54 321",
        email="person@example.com",
        password="correct horse",
        exists=True,
    ),
)
SMS = FakeMessage(
    kind="sms",
    sender="FakeBrand",
    recipient="+47 999 12 345",
    text="FakeBrand: 4821 is your verification code for CONNECT",
    code="4821",
    when=datetime(2026, 3, 2, 9, 41, tzinfo=UTC),
)

NOT_DETECTED = DetectionFacts(
    network="wifi",
    browser="in-app-tab",
    platform="android",
    number=None,
    why="Wi-Fi tells no number.",
)


class FakePage(QWidget):
    """Paints where the page would be."""

    # N815: the name that Qt's web view has.
    titleChanged = Signal(str)  # noqa: N815
    loaded = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.zoom = 1.0
        self.neighbours: dict[int, str] = {}
        self.gone: list[int] = []
        self.not_for_pages: frozenset[str] = frozenset()

    def neighbour(self, step: int) -> str:
        return self.neighbours.get(step, "")

    def go(self, step: int) -> None:
        self.gone.append(step)

    # N802: the name that Qt's web view has.
    def setZoomFactor(self, factor: float) -> None:  # noqa: N802
        self.zoom = factor

    def title(self) -> str:
        return "Sign in"

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#f7f7f7"))
        painter.scale(self.zoom, self.zoom)
        painter.fillRect(QRectF(0, 0, self.width() / self.zoom, 80), QColor("#f6a04c"))
        painter.drawText(
            QRectF(0, 96, self.width() / self.zoom, 40),
            Qt.AlignmentFlag.AlignCenter,
            "Sign in with your CONNECT account",
        )


class FakeSession(QObject):
    """Remembers what the panels asked for."""

    stepped = Signal(object)
    inbox_changed = Signal()
    request_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.steps: tuple[FakeStep, ...] = (FakeStep(title="start"),)
        self.position = 0
        self.inbox: tuple[FakeMessage, ...] = ()
        self.people = PEOPLE
        self.person = PEOPLE[0]
        self.fields = FakeFields()
        self.mistakes: dict[str, str] = {}
        self.locale = "en"
        self.offered = {language.tag for language in LANGUAGES}
        self.view = FakePage()
        self.filled: list[dict[str, str]] = []
        self.restarts = 0
        self._asked = self.fields
        self.played: list[str] = []
        self.now = FIRST_MOMENT
        self.expiries: tuple[Expiry, ...] = ()
        self.told: Inspection | None = None
        self.inspections = 0
        self.connection = Connection()
        self.connected = 0
        self.detection = NOT_DETECTED
        self.at_service = False
        self.service_name = "FakeBrand"
        self.visited: Client | None = None
        self.app = ""
        self.saved_passwords: tuple[SavedPassword, ...] = ()
        self.offer: Offer | None = None
        self.readable_code = ""
        self.done: list[str] = []

    @property
    def screen(self) -> FakeScreen | NotFound | None:
        return self.steps[self.position].screen if self.steps else None

    def connect_by(self, connection: Connection) -> None:
        self.connection = connection
        self.connected += 1
        self.stepped.emit(self.steps[self.position])

    def set_subscriber(self, *, subscriber: bool) -> None:
        self.person = replace(self.person, subscriber=subscriber)
        self.stepped.emit(self.steps[self.position])

    def begin_at_service(self) -> None:
        self.done.append("begin at the service")

    def visit(self, service: str) -> None:
        self.app = service
        self.done.append(f"visit {service}")
        self.stepped.emit(self.steps[self.position])

    def leave(self) -> None:
        self.done.append("leave")

    def close_window(self) -> None:
        self.done.append("close the window")

    def reload(self) -> None:
        self.done.append("reload")

    @property
    def url(self) -> str:
        return (
            "https://id.connect.example/oauth/authorize?response_type=code&client_id=fakebrand"
            "&redirect_uri=fakebrand%3A%2F%2Fconnect%2Foauth2callback&scope="
            + self.fields.scope.replace(" ", "%20")
            + "&state=f3Yc0aKq&nonce=V9d2Lw1x&code_challenge_method=S256"
        )

    def inspection(self) -> Inspection | None:
        self.inspections += 1
        return self.told

    def wait(self, span: timedelta) -> None:
        self.now += span
        self.expiries = tuple(one for one in self.expiries if one.when > self.now)
        self.stepped.emit(self.steps[self.position])

    def restart(self) -> None:
        self.restarts += 1
        self.now = FIRST_MOMENT
        self.steps, self.position = self.steps[:1], 0
        self.stepped.emit(self.steps[0])

    def go_to(self, position: int) -> None:
        self.position = position
        self.stepped.emit(self.steps[position])

    def set_person(self, person_id: str) -> None:
        self.person = next(person for person in PEOPLE if person.id == person_id)
        self.restart()

    def try_fields(self, fields: FakeFields) -> None:
        self.fields = fields
        self.mistakes = {} if fields.max_age in {"", "0", "60"} else {"max_age": "not a number"}
        self.request_changed.emit()

    def set_fields(self, fields: FakeFields) -> None:
        self.try_fields(fields)
        if not self.mistakes and fields != self._asked:
            self._asked = fields
            self.restart()

    def play(self, url: str) -> None:
        if "client_id=" not in url:
            raise ValueError("The URL names no client.")
        self.played.append(url)

    def reset_request(self) -> None:
        self.try_fields(FakeFields())
        self.restart()

    def set_locale(self, tag: str) -> None:
        self.fields = replace(self.fields, ui_locales=tag)
        self.locale = tag if tag in self.offered else "en"
        self.stepped.emit(self.steps[self.position])

    def fill(self, values: dict[str, str]) -> None:
        self.filled.append(values)

    @property
    def address(self) -> str:
        return "id.connect.example"

    def walk(self, *titles: str, state: str = "") -> None:
        """Take some steps, as signing in does."""
        self.steps = (*self.steps, *(FakeStep(title=title, state=state) for title in titles))
        self.go_to(len(self.steps) - 1)

    def receive(self, *messages: FakeMessage) -> None:
        """Let messages arrive."""
        self.inbox = (*self.inbox, *messages)
        self.inbox_changed.emit()


class FakeDialogs(Dialogs):
    """Answers without asking, and remembers what was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.answer = Answer.CANCEL
        self.reload = False
        self.conflict = Conflict.CANCEL
        self.overwrite = False
        self.path: Path | None = None
        self.beside: Path | None = None
        self.suggested: Path | None = None
        self.asked: list[str] = []
        self.errors: list[str] = []

    @override
    def ask_to_save(self, name: str) -> Answer:
        self.asked.append(f"save {name}")
        return self.answer

    @override
    def ask_to_reload(self, name: str, *, unsaved: bool) -> bool:
        self.asked.append(f"reload {name}")
        return self.reload

    @override
    def ask_about_conflict(self, name: str) -> Conflict:
        self.asked.append(f"conflict {name}")
        return self.conflict

    @override
    def ask_to_overwrite(self, path: Path, also: int = 0) -> bool:
        self.asked.append(f"overwrite {path.name}{f' and {also} more' if also else ''}")
        return self.overwrite

    @override
    def file_to_open(self, beside: Path | None) -> Path | None:
        self.beside = beside
        return self.path

    @override
    def file_to_save(self, suggested: Path) -> Path | None:
        self.suggested = suggested
        return self.path

    @override
    def folder_to_export_to(self, beside: Path | None) -> Path | None:
        self.beside = beside
        return self.path

    @override
    def folder_to_compare_with(self, beside: Path | None) -> Path | None:
        self.beside = beside
        return self.path

    @override
    def zip_to_export_to(self, suggested: Path) -> Path | None:
        self.suggested = suggested
        return self.path

    @override
    def open_file(self, path: Path) -> None:
        self.asked.append(f"open {path.name}")

    @override
    def picture(self, beside: Path | None) -> Path | None:
        self.beside = beside
        return self.path

    @override
    def sample(self, samples: tuple[str, ...]) -> str | None:
        return samples[0]

    @override
    def url_to_play(self, play: Callable[[str], None]) -> None:
        play("https://id.connect.example/oauth/authorize?client_id=fakebrand")

    @override
    def error(self, title: str, text: str) -> None:
        self.errors.append(f"{title} {text}")

    @override
    def mistakes(self, title: str, mistakes: Sequence[str]) -> None:
        self.errors.append(" ".join([title, *mistakes]))
