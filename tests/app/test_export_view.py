"""The Export view: what is made, shown, compared and written, without waiting for a process."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, override

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from studio.app import tokens
from studio.app.export_job import ExportJob, order_of
from studio.app.export_view import ExportView
from studio.app.last_export import LastExports
from studio.checks.finding import Finding, Severity
from studio.exporters import EXPORTERS
from tests.app.fakes import FakeDialogs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from PySide6.QtCore import QModelIndex, QSettings
    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

    from studio.app.document import Document
    from studio.app.export_worker import Order
    from studio.app.theme import Theme
    from studio.app.window import StudioWindow

CONFIG = {"one.json": b'{\n  "a": 1\n}\n', "icons/two.svg": b"<svg/>", "three.bin": b"\xff\0"}
ERROR = Finding(
    check="redirects",
    severity=Severity.ERROR,
    message="registration.redirect_uris: there is no address for production",
    mend="Name one.",
    line=4,
)
WARNING = Finding(
    check="message-missing",
    severity=Severity.WARNING,
    message="branding.message: there is none in this language",
    mend="Write one.",
    locale="nb",
)
WITHOUT_CONTROL = Finding(
    check="sso",
    severity=Severity.WARNING,
    message="session.sso: nobody stays signed in",
    mend="Switch it on.",
)


class FakeJob(ExportJob):
    """Remembers orders, and is carried out by the test."""

    def __init__(self) -> None:
        super().__init__()
        self.orders: list[Order] = []
        self.busy = False
        self.closed = False

    @property
    @override
    def working(self) -> bool:
        return self.busy

    @override
    def start(self, order: Order) -> None:
        self.orders.append(order)
        self.busy = True

    @override
    def stop(self) -> None:
        self.busy = False

    @override
    def close_down(self) -> None:
        self.busy, self.closed = False, True

    def make(self, **formats: Mapping[str, bytes]) -> None:
        """Carry out the order; a client that was looked at is ready."""
        if self.orders[-1]["check"]:
            self.found.emit(())
        for name, files in formats.items():
            self.made.emit(name, files)
        self.busy = False
        self.ended.emit("")


@pytest.fixture
def jobs(qapp: QApplication) -> tuple[FakeJob, FakeJob]:
    assert qapp
    return FakeJob(), FakeJob()


@pytest.fixture
def maker(jobs: tuple[FakeJob, FakeJob]) -> FakeJob:
    return jobs[0]


@pytest.fixture
def drawer(jobs: tuple[FakeJob, FakeJob]) -> FakeJob:
    return jobs[1]


@pytest.fixture
def dialogs() -> FakeDialogs:
    return FakeDialogs()


@pytest.fixture
def unseen(
    document: Document,
    settings: QSettings,
    dialogs: FakeDialogs,
    jobs: tuple[FakeJob, FakeJob],
    tmp_path: Path,
) -> ExportView:
    settings.setValue("export/formats", "config")
    last = LastExports(tmp_path / "exports")
    return ExportView(document, dialogs, settings, last, jobs=jobs)


@pytest.fixture
def view(unseen: ExportView, theme: Theme, maker: FakeJob, qtbot: QtBot) -> ExportView:
    """The view, shown, with one format ticked that has been ordered."""
    assert theme
    made = unseen
    qtbot.addWidget(made)
    made.resize(960, 640)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: maker.busy)
    return made


def rows(view: ExportView, parent: QModelIndex | None = None) -> dict[str, str]:
    """Return what stands in the tree below a row: names, with what is told of them."""
    model = view.formats.model()
    above = parent or model.index(0, 0)
    return {
        str(model.index(row, 0, above).data()): str(model.index(row, 1, above).data() or "")
        for row in range(model.rowCount(above))
    }


def shown(view: ExportView) -> QWidget | None:
    return view.preview.shown


def choose(view: ExportView, *names: str) -> None:
    model = view.formats.model()
    index = model.index(0, 0)
    for name in names:
        found = (model.index(row, 0, index) for row in range(model.rowCount(index)))
        index = next(one for one in found if one.data() == name)
    view.formats.setCurrentIndex(index)


def tick(view: ExportView, name: str, *, ticked: bool = True) -> None:
    model = view.formats.model()
    state = Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
    index = model.index(list(EXPORTERS).index(name), 0)
    model.setData(index, state.value, Qt.ItemDataRole.CheckStateRole)


def test_only_what_is_ticked_is_made_and_the_client_is_looked_at(
    maker: FakeJob, drawer: FakeJob, view: ExportView, document: Document
) -> None:
    assert maker.orders == [order_of(document, ["config"], check=True)]
    assert drawer.orders == []
    assert "Not now: files are still being made." in view.to_zip.toolTip()


def test_files_are_listed_in_their_folders_and_shown(view: ExportView, maker: FakeJob) -> None:
    maker.make(config=CONFIG)
    assert rows(view) == {"icons/": "", "one.json": "13 B", "three.bin": "2 B"}
    choose(view, "one.json")
    assert shown(view) is view.preview.text
    assert view.preview.text.toPlainText().startswith('{\n  "a": 1')
    view.preview.copy_button.click()
    assert QGuiApplication.clipboard().text() == CONFIG["one.json"].decode()
    choose(view, "icons/", "two.svg")
    assert shown(view) is view.preview.picture
    choose(view, "three.bin")
    assert "neither text nor a picture" in view.preview.sentence.text()


def test_a_format_that_is_ticked_is_made_and_remembered(
    view: ExportView, maker: FakeJob, settings: QSettings, qtbot: QtBot
) -> None:
    maker.make(config=CONFIG)
    tick(view, "oidc")
    qtbot.waitUntil(lambda: len(maker.orders) == 2)
    assert (maker.orders[1]["names"], maker.orders[1]["check"]) == (["oidc"], False)
    assert settings.value("export/formats") == "config,oidc"
    tick(view, "oidc", ticked=False)
    maker.make()
    qtbot.waitUntil(view.to_folder.isEnabled)


def test_a_click_on_the_box_beside_the_title_ticks(view: ExportView, maker: FakeJob) -> None:
    maker.make(config=CONFIG)
    tree = view.formats
    row = tree.visualRect(tree.model().index(1, 0))
    box = QPoint(row.left() + tokens.S + tokens.XS, row.top() + tokens.M + tokens.XS)
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert view.making.wanted == ("config", "oidc")


def test_what_cannot_be_made_says_why(view: ExportView, maker: FakeJob) -> None:
    choose(view)
    maker.failed.emit("config", "No page can be drawn here.")
    maker.make()
    assert "No page can be drawn here." in view.preview.sentence.text()
    assert "has no files" in view.to_folder.toolTip()


@pytest.fixture
def drawing(view: ExportView, maker: FakeJob, drawer: FakeJob, qtbot: QtBot) -> ExportView:
    """The view, while it draws the pages of a second format."""
    maker.make(config=CONFIG)
    tick(view, "buttons")
    qtbot.waitUntil(lambda: drawer.busy)
    return view


def test_pages_are_drawn_beside_the_rest_and_told_of(
    drawing: ExportView, maker: FakeJob, drawer: FakeJob
) -> None:
    assert [order["names"] for order in drawer.orders] == [["buttons"]]
    assert len(maker.orders) == 1
    drawer.drawn.emit("buttons", 7)
    assert drawing.told.text() == "Making Sign-in button, 7 pages drawn…"
    assert drawing.cancel.isVisible()
    drawer.make(buttons=CONFIG)
    assert drawing.to_zip.isEnabled()
    assert not drawing.cancel.isVisible()


def test_cancelling_keeps_what_is_there(drawing: ExportView, drawer: FakeJob, qtbot: QtBot) -> None:
    drawing.cancel.click()
    assert not drawer.busy
    assert rows(drawing)
    assert "are not drawn yet" in drawing.to_folder.toolTip()
    drawing.draw.click()
    qtbot.waitUntil(lambda: len(drawer.orders) == 2)


def test_an_edit_makes_what_draws_nothing_anew(
    view: ExportView, maker: FakeJob, document: Document, qtbot: QtBot
) -> None:
    maker.make(config=CONFIG)
    document.apply(("branding", "header"), "teal")
    assert rows(view)["one.json"] == "13 B"
    assert not view.to_folder.isEnabled()
    qtbot.waitUntil(lambda: len(maker.orders) == 2)
    assert "teal" in maker.orders[1]["text"]
    assert maker.orders[1]["check"]
    assert not view.to_folder.isEnabled()
    maker.make(config=CONFIG)
    assert view.to_folder.isEnabled()


def test_after_an_edit_pages_are_drawn_when_their_format_is_chosen(
    drawing: ExportView, maker: FakeJob, drawer: FakeJob, document: Document, qtbot: QtBot
) -> None:
    drawer.make(buttons=CONFIG)
    document.apply(("branding", "header"), "teal")
    qtbot.waitUntil(lambda: len(maker.orders) == 2)
    maker.make(config=CONFIG)
    assert len(drawer.orders) == 1
    assert drawing.told.text() == "Not drawn yet: Sign-in button."
    assert "are not drawn yet" in drawing.to_folder.toolTip()
    row = list(EXPORTERS).index("buttons")
    drawing.formats.setCurrentIndex(drawing.formats.model().index(row, 0))
    qtbot.waitUntil(lambda: len(drawer.orders) == 2)
    assert "teal" in drawer.orders[1]["text"]
    tick(drawing, "buttons", ticked=False)
    qtbot.waitUntil(lambda: not drawer.busy)


def test_nothing_is_made_while_it_is_not_seen(
    view: ExportView, maker: FakeJob, document: Document, qtbot: QtBot
) -> None:
    maker.make(config=CONFIG)
    view.hide()
    document.apply(("branding", "header"), "teal")
    assert view.making.settled
    assert len(maker.orders) == 1
    view.show()
    qtbot.waitUntil(lambda: len(maker.orders) == 2)


def test_closing_ends_the_processes(drawing: ExportView, maker: FakeJob, drawer: FakeJob) -> None:
    drawing.close_down()
    assert maker.closed
    assert drawer.closed


def test_an_error_stops_and_a_warning_does_not(view: ExportView, maker: FakeJob) -> None:
    maker.make(config=CONFIG)
    maker.found.emit((ERROR, WARNING))
    assert view.ready.answer.text() == "Not yet: 1 error to mend first. 1 warning to know of."
    assert not view.to_zip.isEnabled()
    maker.found.emit((WARNING,))
    assert view.ready.answer.text() == "Yes, with 1 warning to know of."
    assert view.to_zip.isEnabled()
    maker.found.emit(())
    assert view.ready.answer.text().startswith("Yes. Nothing stops it")


def test_what_is_new_since_the_last_export_is_told(
    view: ExportView, maker: FakeJob, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    maker.make(config=CONFIG)
    dialogs.path = tmp_path / "out"
    with_told: list[str] = []
    view.said.connect(with_told.append)
    view.to_folder.click()
    assert with_told == [f"Exported 3 files to {dialogs.path}."]
    assert (dialogs.path / "icons" / "two.svg").read_bytes() == b"<svg/>"
    assert view.told.text() == "3 files of 1 format, all as before."
    changed = {"one.json": b'{\n  "a": 2\n}\n', "four.txt": b"new", "three.bin": b"\xff\0"}
    maker.make(config=changed)
    assert rows(view) == {
        "four.txt": "new  3 B",
        "icons/": "",
        "one.json": "changed  13 B",
        "three.bin": "2 B",
    }
    choose(view, "one.json")
    view.preview.sides.segment("changes").click()
    assert '-  "a": 1\n+  "a": 2' in view.preview.text.toPlainText()
    choose(view, "icons/", "two.svg")
    assert "is no more" in view.preview.note.text()


def test_files_are_compared_with_a_folder(
    view: ExportView, maker: FakeJob, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    (tmp_path / "one.json").write_bytes(b"{}")
    maker.make(config=CONFIG)
    dialogs.path = tmp_path
    view.compare.setCurrentIndex(view.compare.count() - 1)
    view.compare.activated.emit(view.compare.currentIndex())
    assert rows(view)["one.json"] == "changed  13 B"
    assert view.compare.currentText() == f"The folder {tmp_path.name}"


def test_another_content_is_not_replaced_without_asking(
    view: ExportView, maker: FakeJob, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    maker.make(config=CONFIG)
    dialogs.path = tmp_path
    for name in ("one.json", "three.bin"):
        (tmp_path / name).write_bytes(b"mine")
    view.to_folder.click()
    assert dialogs.asked == ["overwrite one.json and 1 more"]
    assert (tmp_path / "one.json").read_bytes() == b"mine"
    dialogs.overwrite = True
    view.to_folder.click()
    assert (tmp_path / "one.json").read_bytes() == CONFIG["one.json"]


def test_a_zip_file_has_all_files(
    view: ExportView, maker: FakeJob, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    maker.make(config=CONFIG)
    dialogs.path = tmp_path / "handover.zip"
    view.to_zip.click()
    with zipfile.ZipFile(dialogs.path) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == CONFIG


def test_what_cannot_be_written_is_told(
    view: ExportView, maker: FakeJob, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    maker.make(config=CONFIG)
    dialogs.path = tmp_path / "a file"
    dialogs.path.write_bytes(b"")
    view.to_folder.click()
    assert dialogs.errors[0].startswith("The files were not exported.")


@pytest.mark.parametrize("finding", [ERROR, WARNING, WITHOUT_CONTROL])
def test_a_finding_leads_to_its_setting(
    window: StudioWindow, saved: Document, dialogs: FakeDialogs, finding: Finding
) -> None:
    assert saved.path
    window.resize(1366, 768)
    window.show_view("export")
    window.export_view.ready.show_found((finding,))
    assert not window.panel_shown(1)
    path = tuple(finding.message.partition(":")[0].split("."))
    window.go_to_setting(path, finding.locale)
    if finding is WARNING:
        assert window.brand.message.chooser.currentData() == "nb"
    elif finding is ERROR:
        row = window.brand.client.row(("registration", "redirect_uris", "staging"))
        assert row
        assert window.brand.client.opened
        assert row.control is window.focusWidget()
    else:
        asked = window.dialogs
        assert isinstance(asked, FakeDialogs)
        assert asked.asked == ["open mine.client.yaml"]
        assert window.status.currentMessage().startswith("session.sso is changed in")
    assert dialogs
    window.show_view("preview")
    assert window.panel_shown(1)
