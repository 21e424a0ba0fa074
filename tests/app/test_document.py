from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from studio.app.document import ChangedOnDiskError, Document
from studio.client.logo import LogoError
from studio.client.mistake import ClientFileError
from studio.client.samples import sample_path

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

HEADER = ("branding", "header")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="10"/>'


def _changes(document: Document) -> list[frozenset[str]]:
    seen: list[frozenset[str]] = []
    document.changed.connect(lambda _client, fields: seen.append(fields))
    return seen


def _opened(document: Document) -> list[str]:
    """The clients' names as listeners of `opened` find them in the document."""
    names: list[str] = []
    document.opened.connect(lambda: names.append(document.client.registration.name))
    return names


def _rewrite(document: Document, old: str, new: str) -> str:
    """Let another program change the file, and return what it wrote."""
    assert document.path is not None
    assert old in document.text
    text = document.text.replace(old, new)
    document.path.write_text(text, encoding="utf-8")
    return text


def test_a_new_document_is_a_sample_with_its_logo_and_no_file(document: Document) -> None:
    assert document.text == sample_path("fakebrand").read_text(encoding="utf-8")
    assert document.path is None
    assert document.folder is None
    assert not document.dirty
    assert document.logo is not None


def test_an_edit_tells_what_changed_and_keeps_the_rest_of_the_text(document: Document) -> None:
    changes, before = _changes(document), document.text
    document.apply(HEADER, "seagreen")
    assert changes == [frozenset({"branding.header"})]
    assert document.client.branding.header.css() == "#2e8b57"
    assert document.dirty
    removed = [line for line in before.splitlines() if line not in document.text.splitlines()]
    assert len(removed) == 1


def test_undo_and_redo_restore_the_text(document: Document) -> None:
    before = document.text
    document.apply(HEADER, "seagreen")
    after = document.text
    assert document.undo_title == "header colour"
    document.undo()
    assert document.text == before
    assert not document.dirty
    assert document.redo_title == "header colour"
    document.redo()
    assert document.text == after


def test_a_drag_is_one_undo_step(document: Document) -> None:
    before = document.text
    for colour in ("#111111", "#222222", "#333333"):
        document.apply(HEADER, colour, "drag")
    document.seal()
    document.apply(HEADER, "#444444", "drag")
    document.undo()
    assert document.client.branding.header.css() == "#333333"
    document.undo()
    assert document.text == before
    assert document.undo_title == ""


def test_a_refused_value_changes_nothing(document: Document) -> None:
    changes, before = _changes(document), document.text
    with pytest.raises(ClientFileError, match="gren"):
        document.apply(HEADER, "gren")
    assert (document.text, changes, document.undo_title) == (before, [], "")


def test_an_edit_that_changes_nothing_is_no_step(document: Document) -> None:
    document.apply(("flow", "level"), 1)
    assert document.undo_title == ""


def test_a_setting_can_be_removed(document: Document) -> None:
    document.apply(("start", "prefill", "phone"), "+47 999 12 345")
    assert document.client.start.prefill.phone
    document.remove(("start", "prefill", "phone"))
    assert document.client.start.prefill.phone is None


def test_saving_and_opening_gives_the_same(saved: Document, home: Path) -> None:
    saved.apply(HEADER, "seagreen")
    saved.save()
    assert not saved.dirty
    again = Document.open(home / "mine.client.yaml")
    assert again.text == saved.text
    assert again.logo == saved.logo
    assert again.name == "mine.client.yaml"


def test_a_new_document_has_nowhere_to_be_saved(document: Document) -> None:
    with pytest.raises(ValueError, match="under a name"):
        document.save()


def test_undo_reaches_behind_a_save(saved: Document) -> None:
    saved.apply(HEADER, "seagreen")
    saved.save()
    saved.undo()
    assert saved.dirty


def test_a_logo_is_written_on_saving_only(saved: Document, home: Path) -> None:
    elsewhere = home.parent / "elsewhere"
    elsewhere.mkdir()
    picture = elsewhere / "new.svg"
    picture.write_text(SVG.format(20), encoding="utf-8")
    saved.set_logo(picture)
    assert saved.logo is not None
    assert saved.logo.width == 20
    assert not (home / "new.svg").exists()
    saved.save()
    assert (home / "new.svg").read_bytes() == picture.read_bytes()


def test_a_logo_in_the_folder_is_named_where_it_stands(saved: Document, home: Path) -> None:
    (home / "art").mkdir()
    picture = home / "art" / "new.svg"
    picture.write_text(SVG.format(20), encoding="utf-8")
    saved.set_logo(picture)
    assert saved.client.branding.logo == "art/new.svg"


def test_a_logo_never_overwrites_another_file(saved: Document, home: Path) -> None:
    (home / "new.svg").write_text("mine", encoding="utf-8")
    elsewhere = home.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "new.svg").write_text(SVG.format(20), encoding="utf-8")
    saved.set_logo(elsewhere / "new.svg")
    saved.save()
    assert saved.client.branding.logo == "new-2.svg"
    assert (home / "new.svg").read_text(encoding="utf-8") == "mine"


def test_a_file_that_is_no_picture_changes_nothing(saved: Document, home: Path) -> None:
    (home / "new.svg").write_text("not a picture", encoding="utf-8")
    before = saved.text
    with pytest.raises(LogoError):
        saved.set_logo(home / "new.svg")
    assert saved.text == before


def test_save_as_takes_the_logo_along(saved: Document, home: Path) -> None:
    other = home.parent / "other"
    other.mkdir()
    (other / "fakebrand.svg").write_text("taken", encoding="utf-8")
    saved.save_as(other / "copy.client.yaml")
    assert saved.client.branding.logo == "fakebrand-2.svg"
    assert not saved.dirty
    assert Document.open(other / "copy.client.yaml").logo == saved.logo
    assert saved.logo is not None


def test_a_save_that_fails_leaves_the_document_dirty(saved: Document, home: Path) -> None:
    saved.apply(HEADER, "seagreen")
    with pytest.raises(OSError, match="missing"):
        saved.save_as(home / "missing" / "mine.client.yaml")
    assert saved.dirty
    assert saved.path == home / "mine.client.yaml"


@pytest.mark.usefixtures("saved")
def test_a_missing_logo_is_told_and_stops_nothing(home: Path) -> None:
    (home / "fakebrand.svg").unlink()
    again = Document.open(home / "mine.client.yaml")
    assert again.logo is None
    assert "fakebrand.svg" in again.logo_error
    again.apply(HEADER, "seagreen")
    again.save()
    assert again.client.branding.logo == "fakebrand.svg"


def test_loading_replaces_everything_and_says_opened_alone(saved: Document, home: Path) -> None:
    path = home / "second.client.yaml"
    path.write_text(saved.text.replace("name: FakeBrand", "name: Second"), encoding="utf-8")
    saved.apply(HEADER, "seagreen")
    changes, opened = _changes(saved), _opened(saved)
    saved.load(path)
    assert opened == ["Second"]
    assert changes == []
    assert (saved.dirty, saved.undo_title) == (False, "")


def test_a_new_sample_says_opened_alone(saved: Document) -> None:
    changes, opened = _changes(saved), _opened(saved)
    saved.load_sample("fakebrand")
    assert (opened, changes) == (["FakeBrand"], [])


def test_reloading_the_same_client_is_an_edit(saved: Document) -> None:
    _rewrite(saved, "level: 1", "level: 2")
    changes, opened = _changes(saved), _opened(saved)
    saved.reload()
    assert (opened, changes) == ([], [frozenset({"flow.level"})])


def test_reloading_another_client_is_opening_it(saved: Document) -> None:
    before = saved.text
    _rewrite(saved, "id: fakebrand", "id: another")
    changes, opened = _changes(saved), _opened(saved)
    saved.reload()
    assert saved.client.registration.id == "another"
    assert (opened, changes) == (["FakeBrand"], [])
    saved.undo()
    assert saved.text == before
    assert changes == [frozenset({"registration.id"})]


def test_a_file_with_mistakes_is_not_loaded(saved: Document, home: Path) -> None:
    path = home / "bad.client.yaml"
    path.write_text("version: 1\nbrandig: {}\n", encoding="utf-8")
    before = saved.text
    with pytest.raises(ClientFileError, match="brandig"):
        saved.load(path)
    assert saved.text == before


def test_a_change_on_disk_is_noticed_and_taken(saved: Document, qtbot: QtBot) -> None:
    assert saved.path is not None
    outside = saved.text.replace("level: 1", "level: 2")
    saved.path.write_text(outside, encoding="utf-8")
    with qtbot.waitSignal(saved.disk_changed):
        saved.check_disk()
    saved.reload()
    assert (saved.client.flow.level, saved.dirty) == (2, False)
    saved.undo()
    assert (saved.client.flow.level, saved.dirty) == (1, True)


def test_the_watcher_notices_a_change_by_itself(saved: Document, qtbot: QtBot) -> None:
    assert saved.path is not None
    with qtbot.waitSignal(saved.disk_changed):
        saved.path.write_text(saved.text + "# from elsewhere\n", encoding="utf-8")


def test_a_logo_redrawn_on_disk_is_shown(saved: Document, home: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(saved.changed):
        (home / "fakebrand.svg").write_text(SVG.format(77), encoding="utf-8")
    qtbot.waitUntil(lambda: saved.logo is not None and saved.logo.width == 77)


def test_saving_does_not_undo_what_another_program_wrote(saved: Document) -> None:
    theirs = _rewrite(saved, "level: 1", "level: 2")
    saved.apply(HEADER, "seagreen")
    with pytest.raises(ChangedOnDiskError, match=r"mine\.client\.yaml was changed"):
        saved.save()
    assert saved.path is not None
    assert saved.path.read_text(encoding="utf-8") == theirs
    assert saved.dirty
    saved.save(overwrite=True)
    assert saved.path.read_text(encoding="utf-8") == saved.text
    assert not saved.dirty


def test_a_change_that_was_noticed_is_not_overwritten_before_it_is_settled(
    saved: Document,
) -> None:
    theirs = _rewrite(saved, "level: 1", "level: 2")
    saved.check_disk()
    with pytest.raises(ChangedOnDiskError):
        saved.save()
    assert saved.path is not None
    assert saved.path.read_text(encoding="utf-8") == theirs
    saved.keep()
    saved.save()
    assert saved.path.read_text(encoding="utf-8") == saved.text


def test_what_another_program_wrote_in_another_encoding_is_not_overwritten(
    saved: Document,
) -> None:
    assert saved.path is not None
    saved.path.write_bytes(b"\xff\xfe")
    with pytest.raises(ChangedOnDiskError):
        saved.save()
    assert saved.path.read_bytes() == b"\xff\xfe"


def test_a_file_that_was_deleted_is_written_again(saved: Document) -> None:
    assert saved.path is not None
    saved.path.unlink()
    saved.save()
    assert saved.path.read_text(encoding="utf-8") == saved.text


def test_a_logo_is_written_with_the_mode_of_new_files(saved: Document, home: Path) -> None:
    elsewhere = home.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "new.svg").write_text(SVG.format(20), encoding="utf-8")
    umask = os.umask(0o077)
    try:
        saved.set_logo(elsewhere / "new.svg")
        saved.save()
    finally:
        os.umask(umask)
    assert stat.S_IMODE((home / "new.svg").stat().st_mode) == 0o600
