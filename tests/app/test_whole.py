"""The real window, as somebody uses it: sign in, change the brand half way, save, export."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from studio.app.document import Document
from studio.app.start import make_window
from studio.client.samples import sample_path
from tests.app.fakes import FakeDialogs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from studio.app.window import StudioWindow

NUMBER = "999 12 345"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    source = sample_path("fakebrand")
    shutil.copy(source.with_name("fakebrand.svg"), tmp_path)
    copy = tmp_path / "mine.client.yaml"
    shutil.copy(source, copy)
    return copy


@pytest.fixture
def dialogs() -> FakeDialogs:
    return FakeDialogs()


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, file: Path, settings: QSettings, dialogs: FakeDialogs
) -> Iterator[StudioWindow]:
    made = make_window(qapp, Document.open(file), settings, dialogs)
    made.resize(1366, 768)
    with qtbot.waitSignal(made.session.stepped):
        made.show()
    qtbot.waitUntil(lambda: not made.session.view.loading)
    yield made
    made.hide()
    made.export_view.close_down()
    made.session.close_down()
    made.deleteLater()


def ask(qtbot: QtBot, window: StudioWindow, script: str) -> object:
    answers: list[object] = []
    window.session.view.run(script, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    return answers[0]


def press(qtbot: QtBot, window: StudioWindow) -> None:
    with qtbot.waitSignal(window.session.stepped):
        window.session.view.run("document.querySelector('.button').click()")
    qtbot.waitUntil(lambda: not window.session.view.loading)


def header(window: StudioWindow) -> str:
    return window.session.view.grab().toImage().pixelColor(6, 6).name()


def named(window: StudioWindow, kind: type[QWidget], name: str) -> QWidget:
    (found,) = (one for one in window.findChildren(kind) if one.accessibleName() == name)
    return found


def test_a_designer_signs_in_brands_saves_exports_and_opens_again(
    qtbot: QtBot, window: StudioWindow, dialogs: FakeDialogs, file: Path, tmp_path: Path
) -> None:
    session, document = window.session, window.document
    # A number typed in, the colour changed half way: the number is still there.
    session.fill({"identifier": NUMBER})
    colour = named(window, QLineEdit, "Header colour")
    QTest.keyClick(colour, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(colour, "teal")
    qtbot.waitUntil(lambda: header(window) == "#008080")
    assert ask(qtbot, window, "document.querySelector('[name=identifier]').value") == NUMBER
    assert window.isWindowModified()

    # On to the code, which arrives in the inbox and is typed in from there.
    press(qtbot, window)
    assert session.steps[-1].title == "verify-phone"
    code = session.inbox[-1].code
    QTest.mouseClick(named(window, QPushButton, f"Use code {code}"), Qt.MouseButton.LeftButton)

    # Urdu, right to left, with the code still in its field.
    session.set_locale("ur-PK")
    qtbot.waitUntil(lambda: ask(qtbot, window, "document.dir") == "rtl")
    assert ask(qtbot, window, "document.querySelector('[name=code]').value") == code
    press(qtbot, window)
    assert [step.title for step in session.steps] == ["start", "verify-phone", "service"]

    # Saved, exported, opened again: the same.
    assert window.files.save()
    assert not window.isWindowModified()
    dialogs.path = tmp_path / "out"
    view = window.export_view
    window.commands.action("file.export").trigger()
    qtbot.waitUntil(view.to_folder.isEnabled, timeout=60_000)
    view.to_folder.click()
    assert dialogs.errors == []
    exported = (tmp_path / "out" / "config" / "fakebrand.config.json").read_text("utf-8")
    assert json.loads(exported)["branding"]["header"] == "#008080"
    again = Document.open(file)
    assert (again.text, again.client, again.logo) == (document.text, document.client, document.logo)
    before = sample_path("fakebrand").read_text("utf-8").splitlines()
    changed = [line for line in again.text.splitlines() if line not in before]
    assert changed == ['  header: "teal"'], "comments, order and quotes are as they were"
