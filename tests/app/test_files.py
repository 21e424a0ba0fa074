from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from studio.app.dialogs import Answer, Conflict
from studio.client.samples import sample_path

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.app.document import Document
    from studio.app.window import StudioWindow
    from tests.app.fakes import FakeDialogs

HEADER = ("branding", "header")


def _run(window: StudioWindow, command: str) -> None:
    window.commands.action(command).trigger()


def test_a_new_document_is_saved_under_a_name(
    window: StudioWindow, dialogs: FakeDialogs, home: Path
) -> None:
    dialogs.path = home / "mine.client.yaml"
    window.document.apply(HEADER, "seagreen")
    assert window.isWindowModified()
    assert window.status.saved.text().startswith("●  Unsaved")
    _run(window, "file.save")
    assert "seagreen" in dialogs.path.read_text(encoding="utf-8")
    assert not window.isWindowModified()
    assert window.status.saved.text() == "Saved  mine.client.yaml"
    assert not window.commands.action("file.save").isEnabled()


def test_nothing_is_saved_when_no_name_is_given(window: StudioWindow, home: Path) -> None:
    window.document.apply(HEADER, "seagreen")
    _run(window, "file.save")
    assert window.document.dirty
    assert list(home.iterdir()) == []


def test_a_file_that_cannot_be_written_is_told(
    window: StudioWindow, dialogs: FakeDialogs, home: Path
) -> None:
    dialogs.path = home / "missing" / "mine.client.yaml"
    _run(window, "file.save_as")
    (error,) = dialogs.errors
    assert error.startswith(f"The file was not saved. The folder {home / 'missing'} does not")
    assert error.endswith("exist; make it, or choose another.")


def test_leaving_asks_and_cancel_keeps_the_work(window: StudioWindow, dialogs: FakeDialogs) -> None:
    window.document.apply(HEADER, "seagreen")
    window.show()
    assert not window.close()
    assert window.isVisible()
    assert dialogs.asked == ["save untitled.client.yaml"]
    _run(window, "file.new")
    assert window.document.dirty


def test_discard_leaves(window: StudioWindow, dialogs: FakeDialogs) -> None:
    window.document.apply(HEADER, "seagreen")
    dialogs.answer = Answer.DISCARD
    assert window.close()


def test_save_before_leaving(window: StudioWindow, saved: Document, dialogs: FakeDialogs) -> None:
    saved.apply(HEADER, "seagreen")
    dialogs.answer = Answer.SAVE
    assert window.close()
    assert saved.path is not None
    assert "seagreen" in saved.path.read_text(encoding="utf-8")


def test_nothing_to_lose_is_not_asked(window: StudioWindow, dialogs: FakeDialogs) -> None:
    assert window.close()
    assert dialogs.asked == []


def test_a_file_is_opened_and_remembered(
    window: StudioWindow, saved: Document, dialogs: FakeDialogs, home: Path
) -> None:
    other = home / "other.client.yaml"
    other.write_text(saved.text.replace("name: FakeBrand", "name: Other"), encoding="utf-8")
    dialogs.path = other
    _run(window, "file.open")
    assert window.windowTitle() == "Other[*] — CONNECT Studio"
    assert window.files.recent == (other,)
    action = window.commands.action("file.recent.1")
    assert action.isVisible()
    assert action.text() == "other.client.yaml"


def test_a_file_with_mistakes_is_told_with_their_places(
    window: StudioWindow, dialogs: FakeDialogs, home: Path
) -> None:
    dialogs.path = home / "bad.client.yaml"
    dialogs.path.write_text("version: 1\nbrandig: {}\n", encoding="utf-8")
    _run(window, "file.open")
    assert "bad.client.yaml:2:1 brandig" in dialogs.errors[0]
    assert window.document.client.registration.name == "FakeBrand"


def test_dialogs_begin_beside_the_file(
    window: StudioWindow, saved: Document, dialogs: FakeDialogs, home: Path
) -> None:
    for ask in (window.files.open, window.brand.logo.choose_button.click):
        dialogs.beside = None
        ask()
        assert dialogs.beside == home
    window.files.save_as()
    assert dialogs.suggested == saved.path


def test_a_sample_of_the_program_is_not_written_over(
    window: StudioWindow, dialogs: FakeDialogs, home: Path
) -> None:
    sample = sample_path("fakebrand")
    before = sample.read_bytes()
    window.document.load(sample)
    window.document.apply(HEADER, "seagreen")
    dialogs.path = home / "mine.client.yaml"
    assert window.files.save()
    assert sample.read_bytes() == before
    assert dialogs.suggested == Path.home() / "fakebrand.client.yaml"
    assert window.document.path == dialogs.path


def test_a_document_without_a_file_is_untitled(window: StudioWindow) -> None:
    assert window.status.saved.text() == "untitled.client.yaml, not on disk yet"


def test_recent_files_of_the_same_name_show_their_folder(
    window: StudioWindow, dialogs: FakeDialogs, home: Path
) -> None:
    for place in ("one/mine", "two/mine", "two/other"):
        dialogs.path = home / f"{place}.client.yaml"
        dialogs.path.parent.mkdir(exist_ok=True)
        dialogs.path.write_text(window.document.text, encoding="utf-8")
        _run(window, "file.open")
    assert window.files.recent_titles == (
        "other.client.yaml",
        f"mine.client.yaml — {home / 'two'}",
        f"mine.client.yaml — {home / 'one'}",
    )
    _run(window, "file.recent.3")
    assert window.document.path == home / "one" / "mine.client.yaml"


def test_a_change_on_disk_is_asked_about_and_taken(
    window: StudioWindow, saved: Document, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    dialogs.reload = True
    assert saved.path is not None
    saved.path.write_text(saved.text.replace("level: 1", "level: 2"), encoding="utf-8")
    saved.check_disk()
    assert dialogs.asked == ["reload mine.client.yaml"]
    assert saved.client.flow.level == 2
    assert window.brand.level.value == "2"


def test_a_change_on_disk_can_be_kept_out(
    window: StudioWindow, saved: Document, dialogs: FakeDialogs
) -> None:
    assert saved.path is not None
    saved.path.write_text(saved.text.replace("level: 1", "level: 2"), encoding="utf-8")
    window.files.ask_about_disk()
    assert dialogs.asked == ["reload mine.client.yaml"]
    assert saved.client.flow.level == 1


def _theirs(document: Document) -> str:
    """Let another program change the file, unnoticed, and return what it wrote."""
    assert document.path is not None
    text = document.text.replace("level: 1", "level: 2")
    document.path.write_text(text, encoding="utf-8")
    document.apply(HEADER, "seagreen")
    return text


def _on_disk(document: Document) -> str:
    assert document.path is not None
    return document.path.read_text(encoding="utf-8")


def test_saving_over_anothers_change_asks_and_cancel_changes_nothing(
    window: StudioWindow, saved: Document, dialogs: FakeDialogs
) -> None:
    theirs = _theirs(saved)
    assert not window.files.save()
    assert dialogs.asked == ["conflict mine.client.yaml"]
    assert _on_disk(saved) == theirs
    assert saved.client.branding.header.css() == "#2e8b57"
    assert saved.dirty


def test_anothers_change_is_overwritten_when_the_person_says_so(
    window: StudioWindow, saved: Document, dialogs: FakeDialogs
) -> None:
    _theirs(saved)
    dialogs.conflict = Conflict.OVERWRITE
    assert window.files.save()
    assert _on_disk(saved) == saved.text
    assert saved.client.flow.level == 1


def test_anothers_change_is_kept_and_ones_own_can_be_brought_back(
    window: StudioWindow, saved: Document, dialogs: FakeDialogs
) -> None:
    theirs = _theirs(saved)
    dialogs.conflict = Conflict.RELOAD
    assert not window.files.save()
    assert _on_disk(saved) == saved.text == theirs
    saved.undo()
    assert saved.client.branding.header.css() == "#2e8b57"


def test_leaving_with_anothers_change_on_disk_stays_unless_saved(
    window: StudioWindow, saved: Document, dialogs: FakeDialogs
) -> None:
    theirs = _theirs(saved)
    dialogs.answer = Answer.SAVE
    assert not window.close()
    assert _on_disk(saved) == theirs


def test_a_change_that_was_kept_out_is_replaced_without_asking_again(
    window: StudioWindow, saved: Document, dialogs: FakeDialogs
) -> None:
    _theirs(saved)
    saved.check_disk()
    window.files.ask_about_disk()
    assert window.files.save()
    assert dialogs.asked == ["reload mine.client.yaml"]
    assert _on_disk(saved) == saved.text


def test_the_recent_file_that_was_listed_is_opened(
    window: StudioWindow, dialogs: FakeDialogs, home: Path
) -> None:
    listed = []
    for name in ("One", "Two"):
        path = home / f"{name}.client.yaml"
        text = window.document.text.replace("name: FakeBrand", f"name: {name}")
        path.write_text(text, encoding="utf-8")
        dialogs.path = path
        _run(window, "file.open")
        listed.append(path)
    _run(window, "file.new")
    assert window.files.recent == (listed[1], listed[0])
    window.document.apply(HEADER, "seagreen")
    # Saving before leaving puts the new file first in the list.
    dialogs.answer, dialogs.path = Answer.SAVE, home / "three.client.yaml"
    _run(window, "file.recent.1")
    assert window.document.path == listed[1]
