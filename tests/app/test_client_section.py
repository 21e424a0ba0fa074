"""The section with what stands below `registration`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.app.choices import Choice, Chooser
from studio.app.client_section import ClientSection
from studio.app.scopes import Scopes
from studio.app.texts import TextArea, TextField
from studio.app.toggle import Toggle
from studio.client.model import Registration

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from studio.app.document import Document
    from studio.app.rows import Row

STAGING = ("redirect_uris", "staging")
PRODUCTION = ("redirect_uris", "production")


@pytest.fixture
def section(document: Document, settings: QSettings, qtbot: QtBot) -> ClientSection:
    made = ClientSection(document, settings)
    qtbot.addWidget(made)
    return made


def row(section: ClientSection, *names: str) -> Row:
    found = section.row(("registration", *names))
    assert found is not None
    return found


def control[W: QWidget](section: ClientSection, kind: type[W], *names: str) -> W:
    found = row(section, *names).control
    assert isinstance(found, kind)
    return found


def type_into(text: TextField | TextArea, typed: str) -> None:
    text.selectAll()
    for part in typed.partition("\n"):
        if part == "\n":
            QTest.keyClick(text, Qt.Key.Key_Return)
        elif part:
            QTest.keyClicks(text, part)


def test_it_is_folded_and_shows_the_client(section: ClientSection, document: Document) -> None:
    registration = document.client.registration
    assert not section.opened
    assert section.client_id.isReadOnly()
    assert section.client_id.text() == registration.id
    assert control(section, TextField, "name").text() == registration.name
    assert control(section, Chooser, "platform").currentData() == "android"
    assert control(section, Choice, "application_type").value == "native"
    assert not control(section, Toggle, "confidential").isChecked()
    assert control(section, TextArea, *STAGING).toPlainText() == "\n".join(
        registration.redirect_uris.staging
    )


def test_every_setting_has_a_control(section: ClientSection) -> None:
    missing = [name for name in Registration.model_fields if section.row(("registration", name))]
    assert set(Registration.model_fields) - set(missing) == {"id"}


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("name", "Another"),
        ("contact", "somebody@example.com"),
        ("organisation", "Another organisation"),
        ("product", "A product"),
        ("description", "What it does."),
        ("sms_sender", "Another"),
        ("backchannel_logout_uri", "https://fakebrand.example/out"),
        ("terms_uri", "https://fakebrand.example/t"),
        ("privacy_uri", "https://fakebrand.example/p"),
    ],
)
def test_a_text_is_applied_and_taken_back_as_one_step(
    section: ClientSection, document: Document, name: str, typed: str
) -> None:
    before, shown = document.text, getattr(document.client.registration, name) or ""
    text = row(section, name).control
    assert isinstance(text, TextField | TextArea)
    text.selectAll()
    QTest.keyClicks(text, typed)
    assert getattr(document.client.registration, name) == typed
    # What was wrong on the way, such as half an address, is no step of its own.
    document.undo()
    assert document.text == before
    assert (text.text() if isinstance(text, TextField) else text.toPlainText()) == shown


def test_an_emptied_text_is_taken_out(section: ClientSection, document: Document) -> None:
    terms = control(section, TextField, "terms_uri")
    terms.selectAll()
    QTest.keyClick(terms, Qt.Key.Key_Delete)
    assert document.client.registration.terms_uri is None
    assert "terms_uri" not in document.text


def test_a_refused_text_stays_with_its_reason(section: ClientSection, document: Document) -> None:
    name, before = control(section, TextField, "name"), document.text
    name.selectAll()
    QTest.keyClick(name, Qt.Key.Key_Delete)
    assert "missing" in row(section, "name").error
    assert (name.text(), document.text) == ("", before)
    document.apply(("flow", "level"), 2)
    assert row(section, "name").error
    document.apply(("registration", "name"), "From elsewhere")
    assert (name.text(), row(section, "name").error) == ("From elsewhere", "")


def test_addresses_are_typed_one_on_a_line(section: ClientSection, document: Document) -> None:
    area = control(section, TextArea, *PRODUCTION)
    type_into(area, "fakebrand://a\nhttps://fakebrand.example/b")
    uris = document.client.registration.redirect_uris
    assert uris.production == ("fakebrand://a", "https://fakebrand.example/b")
    type_into(area, "javascript:x")
    assert "is not allowed" in row(section, *PRODUCTION).error
    assert document.client.registration.redirect_uris.production != ("javascript:x",)
    document.undo()
    assert area.toPlainText() == "fakebrand://connect/oauth2callback"
    assert row(section, *PRODUCTION).error == ""


def test_the_last_address_is_needed(section: ClientSection, document: Document) -> None:
    for names in (STAGING, PRODUCTION):
        area = control(section, TextArea, *names)
        area.selectAll()
        QTest.keyClick(area, Qt.Key.Key_Delete)
    assert document.client.registration.redirect_uris.staging == ()
    assert row(section, *PRODUCTION).error
    assert document.client.registration.redirect_uris.production


def test_what_is_chosen_is_applied(section: ClientSection, document: Document) -> None:
    platform = control(section, Chooser, "platform")
    platform.setCurrentIndex(platform.findData("ios"))
    platform.activated.emit(platform.currentIndex())
    control(section, Choice, "application_type").segment("web").click()
    control(section, Toggle, "confidential").click()
    registration = document.client.registration
    assert (registration.platform, registration.application_type) == ("ios", "web")
    assert registration.confidential
    for _step in range(3):
        document.undo()
    assert platform.currentData() == "android"
    assert control(section, Choice, "application_type").value == "native"
    assert not control(section, Toggle, "confidential").isChecked()


def test_scopes_are_ticked_and_openid_stays(section: ClientSection, document: Document) -> None:
    scopes = control(section, Scopes, "scopes")
    assert not scopes.box("openid").isEnabled()
    assert "not possible without it" in scopes.box("openid").toolTip()
    scopes.box("email").click()
    assert set(document.client.registration.scopes) == {"openid", "profile", "phone"}
    document.apply(("registration", "scopes"), ["openid", "photos.read"])
    assert scopes.box("photos.read").isChecked()
    assert not scopes.box("phone").isChecked()
    scopes.box("phone").click()
    assert set(document.client.registration.scopes) == {"openid", "photos.read", "phone"}


def test_another_document_is_shown(section: ClientSection, document: Document) -> None:
    type_into(control(section, TextField, "contact"), "nobody")
    assert row(section, "contact").error
    document.load_sample("strusic")
    assert section.client_id.text() == "strusic"
    assert row(section, "contact").error == ""
    assert control(section, TextField, "name").text() == "Strusic"
