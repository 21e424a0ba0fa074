"""Who is signing in? A choice of people, and what each of them would type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.app import page_inputs, saved, tokens
from studio.app.choices import Chooser
from studio.app.controls import allow, icon_button, label
from studio.app.sections import Section

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from studio.app.page_inputs import PageInput
    from studio.app.session import Session

_TIP = "Who signs in. Choosing somebody else starts the journey again."


class _Fact(QWidget):
    """One thing a person types, with a button that types it into the page."""

    def __init__(self, title: str, page_input: PageInput, session: Session) -> None:
        super().__init__()
        self._input = page_input
        self._session = session
        self._typed = ""
        self._title = label(title, "muted")
        self._title.setFixedWidth(tokens.LABEL)
        self._value = label("")
        self.type_button = icon_button("corner-down-left", f"Type in: {title}", "")
        self.type_button.clicked.connect(self._type)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.S)
        layout.addWidget(self._title)
        layout.addWidget(self._value, 1)
        layout.addWidget(self.type_button)
        self.setFixedHeight(tokens.CONTROL)

    def show_value(self, value: str | None) -> None:
        """Show a value, or that the person has none."""
        self._typed = value or ""
        self._value.setText(saved.readable(value) if value else "none")
        self._value.setEnabled(bool(value))
        reason = self._input.blocked(self._session, self._typed, "this person has none.")
        allow(self.type_button, "Type it into the page.", reason)

    def _type(self) -> None:
        self._input.type_into(self._session, self._typed)


class _Saved(QWidget):
    """What the password manager keeps, with a button that fills it in."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        title = label("Saved", "muted")
        title.setFixedWidth(tokens.LABEL)
        title.setToolTip("What the browser's password manager keeps.")
        self.names = label("")
        self.fill_button = icon_button("key-round", "Fill in what is saved", "")
        self.fill_button.clicked.connect(lambda: saved.fill_saved(session))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.S)
        layout.addWidget(title)
        layout.addWidget(self.names, 1)
        layout.addWidget(self.fill_button)
        self.setFixedHeight(tokens.CONTROL)

    def show_saved(self) -> None:
        """Show what is saved, and whether the page asks for it."""
        names = saved.all_saved(self._session)
        self.names.setText(names[0] if len(names) == 1 else str(len(names)) if names else "none")
        self.names.setToolTip("\n".join(names))
        self.names.setEnabled(bool(names))
        tip = f"Fill in what is saved for {saved.saved_name(self._session)}."
        allow(self.fill_button, tip if names else "Fill in.", saved.fill_blocked(self._session))


class ScenarioPanel(Section):
    """The section about the person in front of the device."""

    def __init__(self, session: Session, settings: QSettings) -> None:
        super().__init__("Who", settings)
        self._session = session
        self.person = Chooser("Person", _TIP)
        self.phone = _Fact("Phone", page_inputs.PHONE, session)
        self.email = _Fact("Email", page_inputs.EMAIL, session)
        self.password = _Fact("Password", page_inputs.PASSWORD, session)
        self.saved = _Saved(session)
        self._note = label("", "small", wrap=True)
        for person in session.people:
            self.person.addItem(person.title, person.id)
        self.person.fit_list()
        self.add(self.person)
        column = QVBoxLayout()
        column.setSpacing(0)
        facts = QWidget()
        facts.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        for fact in (self.phone, self.email, self.password, self.saved):
            column.addWidget(fact)
        self.add(facts)
        self.add(self._note)
        self.person.activated.connect(self._choose)
        session.stepped.connect(self.show_person)
        self.show_person()

    def show_person(self) -> None:
        """Show who is signing in, and what of theirs the page asks for."""
        person = self._session.person
        self.person.setCurrentIndex(self.person.findData(person.id))
        self.phone.show_value(person.phone)
        self.email.show_value(person.email)
        self.password.show_value(person.password)
        self.saved.show_saved()
        self._note.setText(
            "Has a CONNECT account." if person.exists else "New: has no CONNECT account yet."
        )

    def _choose(self) -> None:
        self._session.set_person(str(self.person.currentData()))
