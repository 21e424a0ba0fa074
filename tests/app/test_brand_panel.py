from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest

from studio.checks.contrast import HeaderContrast

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.app.brand_panel import BrandPanel
    from studio.app.document import Document
    from studio.app.settings_text import Path as SettingPath
    from studio.app.window import StudioWindow
    from tests.app.fakes import FakeDialogs, FakeSession

HEADER = ("branding", "header")
LOGO = ("branding", "logo")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10">{}</svg>'


@pytest.fixture
def panel(window: StudioWindow) -> BrandPanel:
    return window.brand


def test_it_shows_the_client(panel: BrandPanel, document: Document) -> None:
    assert panel.header.text.text() == "linear-gradient(100deg, #f9d36a, #f36f2d)"
    assert panel.kind.value == "wide"
    assert panel.fields.value == "both"
    assert panel.first.value == "phone"
    assert panel.level.value == "1"
    box = document.client.session.stay_signed_in
    assert (panel.shown.isChecked(), panel.checked.isChecked()) == (box.shown, box.default)
    assert panel.message.text.toPlainText().startswith("Welcome to FakeBrand")


def test_a_typed_colour_is_applied_as_one_step(panel: BrandPanel, document: Document) -> None:
    before = document.text
    panel.header.text.selectAll()
    QTest.keyClicks(panel.header.text, "seagreen")
    assert document.client.branding.header.css() == "#2e8b57"
    assert panel.header.text.text() == "seagreen"
    document.undo()
    assert document.text == before
    assert panel.header.text.text() == "linear-gradient(100deg, #f9d36a, #f36f2d)"


@pytest.mark.parametrize("text", ["darkslategray", "#0a7", "RGB(10 20 30)"])
def test_the_text_of_the_author_is_shown(
    panel: BrandPanel, document: Document, home: Path, text: str
) -> None:
    panel.header.text.selectAll()
    QTest.keyClicks(panel.header.text, text)
    document.undo()
    document.redo()
    assert panel.header.text.text() == text
    document.save_as(home / "mine.client.yaml")
    assert panel.header.text.text() == text
    document.load_sample("fakebrand")
    document.load(home / "mine.client.yaml")
    assert panel.header.text.text() == text
    assert panel.header.text.toolTip().startswith(f"{text}\n")


def test_another_text_of_the_same_colour_is_shown(panel: BrandPanel, document: Document) -> None:
    for text in ("teal", "#008080"):
        document.apply(HEADER, text)
        assert panel.header.text.text() == text
    document.undo()
    assert panel.header.text.text() == "teal"


def test_a_refused_colour_outlives_other_edits(panel: BrandPanel, document: Document) -> None:
    panel.header.text.setText("gren")
    panel.header.text.typed.emit("gren")
    document.apply(("flow", "level"), 2)
    assert panel.header.text.text() == "gren"
    assert panel.row(HEADER).error


ORDER = (
    "Brand",
    "Header colour: pick",
    "Header colour",
    "Choose…",
    "Remove the logo",
    "Logo kind: Wide",
    "Language of the message",
    "Message",
    "Start screen",
    "Fields: Both",
    "First: Phone",
    "Prefill phone",
    "Prefill email",
    "Sign-in",
    "Level: 1 Phone",
    "Stay signed in",
    "Stay signed in is shown",
)


def _tab(window: StudioWindow, count: int, *, back: bool = False) -> list[str]:
    """Press Tab, or Shift+Tab, and return the names of what got the keyboard."""
    names = []
    for _ in range(count):
        shift = Qt.KeyboardModifier.ShiftModifier if back else Qt.KeyboardModifier.NoModifier
        focused = window.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab, shift)
        focused = window.focusWidget()
        assert focused is not None
        names.append(focused.accessibleName())
    return names


def test_tab_goes_through_the_panel_and_back(
    window: StudioWindow, panel: BrandPanel, qtbot: QtBot
) -> None:
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    panel.sections[0].head.setFocus()
    assert _tab(window, len(ORDER) - 1) == list(ORDER[1:])
    assert _tab(window, len(ORDER) - 1, back=True) == list(ORDER[-2::-1])


def test_a_wrong_colour_stays_typed_and_is_explained(panel: BrandPanel, document: Document) -> None:
    before = document.text
    panel.header.text.clear()
    QTest.keyClicks(panel.header.text, "gren")
    assert document.text == before
    assert panel.header.text.text() == "gren"
    assert 'did you mean "green"?' in panel.row(HEADER).error
    assert panel.header.accessibleDescription().startswith("Error: ")


def test_a_typed_colour_with_a_mistake_on_the_way_is_no_other_step(
    panel: BrandPanel, document: Document
) -> None:
    panel.header.text.clear()
    QTest.keyClicks(panel.header.text, "redd")
    assert document.client.branding.header.css() == "#ff0000"
    assert panel.row(HEADER).error
    QTest.keyClick(panel.header.text, Qt.Key.Key_Backspace)
    assert panel.row(HEADER).error == ""


@pytest.mark.parametrize(
    ("name", "value", "path", "expected"),
    [
        ("kind", "symbol", ("branding", "logo_kind"), "symbol"),
        ("fields", "email", ("start", "fields"), "email"),
        ("first", "email", ("start", "first"), "email"),
        ("level", "2", ("flow", "level"), 2),
    ],
)
def test_a_choice_is_applied(
    panel: BrandPanel, name: str, value: str, path: SettingPath, expected: object
) -> None:
    getattr(panel, name).segment(value).click()
    section = getattr(panel._document.client, path[0])
    assert getattr(section, path[1]) == expected


def test_switches_are_applied(panel: BrandPanel, document: Document) -> None:
    document.apply(("session", "stay_signed_in", "shown"), value=True)
    panel.checked.click()
    assert document.client.session.stay_signed_in.default
    panel.shown.click()
    assert not document.client.session.stay_signed_in.shown
    assert not panel.checked.isEnabled()
    assert "Not now: the box is not shown." in panel.checked.toolTip()


def test_what_makes_no_sense_is_disabled_with_the_reason(
    panel: BrandPanel, document: Document
) -> None:
    document.apply(("start", "fields"), "email")
    assert not panel.first.isEnabled()
    assert "Not now: only one field is shown." in panel.first.segment("phone").toolTip()
    assert not panel.phone.isEnabled()
    assert panel.email.isEnabled()


def _prefilled(document: Document) -> str | None:
    return document.client.start.prefill.phone


def test_a_prefilled_number_is_checked_and_removed(panel: BrandPanel, document: Document) -> None:
    path = ("start", "prefill", "phone")
    QTest.keyClicks(panel.phone, "+47 9")
    assert panel.row(path).error
    assert panel.phone.text() == "+47 9"
    QTest.keyClicks(panel.phone, "99 12 345")
    assert panel.row(path).error == ""
    assert _prefilled(document) == "+4799912345"
    panel.phone.selectAll()
    QTest.keyClick(panel.phone, Qt.Key.Key_Delete)
    assert _prefilled(document) is None
    assert "phone:" not in document.text.split("start:")[1].split("flow:")[0]


def test_a_message_is_written_per_language(panel: BrandPanel, document: Document) -> None:
    document.remove(("branding", "message", "nb"))
    panel.message.show_language("nb")
    assert panel.message.text.toPlainText() == ""
    assert panel.message.text.placeholderText().startswith("English is shown: Welcome")
    QTest.keyClicks(panel.message.text, "Hei")
    assert document.client.branding.message["nb"] == "Hei"
    assert panel.message.chooser.currentText().startswith("●")
    assert document.undo_title == "message (nb)"
    document.undo()
    assert panel.message.text.toPlainText() == ""


def test_a_refused_message_stays_with_its_language(panel: BrandPanel, document: Document) -> None:
    document.remove(("branding", "message", "nb"))
    path, long = ("branding", "message"), "x" * 401
    good = document.client.branding.message["en"]
    panel.message.show_language("en")
    panel.message.text.setPlainText(long)
    reason = panel.row(path).error
    assert "400" in reason
    panel.message.show_language("nb")
    assert panel.row(path).error == ""
    assert panel.message.text.toPlainText() == ""
    QTest.keyClicks(panel.message.text, "Hei")
    panel.message.show_language("en")
    assert (panel.message.text.toPlainText(), panel.row(path).error) == (long, reason)
    assert panel.message.chooser.currentText().startswith("!")
    assert document.client.branding.message == {**document.client.branding.message, "en": good}
    panel.message.text.setPlainText(good)
    assert panel.row(path).error == ""
    assert panel.message.chooser.currentText().startswith("●")


def test_undo_of_a_message_replaces_what_was_refused(panel: BrandPanel, document: Document) -> None:
    good = document.client.branding.message["en"]
    panel.message.text.setPlainText("Hello")
    panel.message.text.setPlainText("x" * 401)
    document.undo()
    assert panel.message.text.toPlainText() == good
    assert panel.row(("branding", "message")).error == ""


def test_another_file_forgets_what_was_refused(panel: BrandPanel, document: Document) -> None:
    panel.message.text.setPlainText("x" * 401)
    document.load_sample("fakebrand")
    assert panel.message.text.toPlainText() == document.client.branding.message["en"]
    assert panel.row(("branding", "message")).error == ""


def test_an_emptied_message_is_removed(panel: BrandPanel, document: Document) -> None:
    panel.message.text.selectAll()
    QTest.keyClick(panel.message.text, Qt.Key.Key_Delete)
    assert "en" not in document.client.branding.message


def test_the_message_follows_the_language_of_the_page(panel: BrandPanel, fake: FakeSession) -> None:
    fake.set_locale("ur-PK")
    assert panel.message.tag == "ur-PK"
    assert _directions(panel) == {Qt.LayoutDirection.RightToLeft}


def _directions(panel: BrandPanel) -> set[Qt.LayoutDirection]:
    text = panel.message.text
    return {text.document().defaultTextOption().textDirection(), text.layoutDirection()}


def test_the_message_is_written_in_the_direction_of_its_language(panel: BrandPanel) -> None:
    chooser = panel.message.chooser
    chooser.setCurrentIndex(chooser.findData("ur-PK"))
    assert _directions(panel) == {Qt.LayoutDirection.RightToLeft}
    chooser.setCurrentIndex(chooser.findData("en"))
    assert _directions(panel) == {Qt.LayoutDirection.LeftToRight}


def test_levels_are_explained(panel: BrandPanel) -> None:
    tip = "1: possession of the phone, by a code sent by SMS; 2: a password."
    for value in ("1", "2"):
        assert tip in panel.level.segment(value).toolTip()
    assert panel.level.segment("1").text() == "1 Phone"


def test_a_logo_is_chosen_by_the_button(
    panel: BrandPanel, document: Document, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    dialogs.path = tmp_path / "new.svg"
    dialogs.path.write_text(SVG.format("<script>1</script>"), encoding="utf-8")
    panel.logo.choose_button.click()
    assert document.client.branding.logo == "new.svg"
    texts = " ".join(label.text() for label in panel.logo.findChildren(type(panel.contrast)))
    assert "SVG, 20 × 10" in texts
    assert "Left out for safety: <script>" in texts


def test_a_logo_is_dropped(panel: BrandPanel, document: Document, tmp_path: Path) -> None:
    path = tmp_path / "dropped.svg"
    path.write_text(SVG.format(""), encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    panel.logo.dragEnterEvent(QDragEnterEvent(QPointF(5, 5), copy, data, left, none))
    assert panel.logo.property("over") == "true"
    panel.logo.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    assert panel.logo.property("over") == "false"
    assert document.client.branding.logo == "dropped.svg"


def test_a_refused_logo_is_explained(
    panel: BrandPanel, document: Document, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    dialogs.path = tmp_path / "notes.txt"
    dialogs.path.write_text("no picture", encoding="utf-8")
    before = document.text
    panel.logo.choose_button.click()
    assert "notes.txt" in panel.row(LOGO).error
    assert document.text == before


def test_a_logo_is_removed(panel: BrandPanel, document: Document) -> None:
    panel.logo.remove_button.click()
    assert document.client.branding.logo is None
    assert not panel.logo.remove_button.isEnabled()
    assert "Not now: there is no logo." in panel.logo.remove_button.toolTip()


def test_low_contrast_is_told(panel: BrandPanel, document: Document) -> None:
    document.apply(HEADER, "white")
    assert panel.contrast.text() == "Logo 1.0:1, low; 3:1 is needed."
    document.apply(HEADER, "black")
    assert panel.contrast.text() == "Logo 21.0:1, enough."


def test_contrast_is_rounded_down() -> None:
    almost = HeaderContrast(ratio=2.96, of="Logo")
    assert almost.sentence == "Logo 2.9:1, low; 3:1 is needed."
    assert HeaderContrast(ratio=20.999999999999996, of="Name").text == "Name 21.0:1"


def test_undo_in_a_field_is_the_documents(
    window: StudioWindow, panel: BrandPanel, document: Document, qtbot: QtBot
) -> None:
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    before = document.text
    panel.message.text.setFocus()
    QTest.keyClicks(panel.message.text, "Hi ")
    panel.header.text.setFocus()
    panel.header.text.selectAll()
    QTest.keyClicks(panel.header.text, "teal")
    for field in (panel.header.text, panel.message.text):
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert document.text == before
    assert panel.message.text.toPlainText().startswith("Welcome")
    QTest.keyClick(panel.message.text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert panel.message.text.toPlainText().startswith("Welcome")
