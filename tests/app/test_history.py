from __future__ import annotations

from studio.app.history import Edit, History


def _edit(before: str, after: str, merge: str | None = None) -> Edit:
    return Edit(before=before, after=after, title=f"to {after}", merge=merge)


def test_undo_and_redo_walk_along_the_edits() -> None:
    history = History()
    history.add(_edit("a", "b"))
    history.add(_edit("b", "c"))
    assert (history.undo_title, history.redo_title) == ("to c", "")
    undone = history.undo()
    assert undone is not None
    assert undone.before == "b"
    assert (history.undo_title, history.redo_title) == ("to b", "to c")
    redone = history.redo()
    assert redone is not None
    assert redone.after == "c"
    assert history.redo() is None


def test_edits_with_one_key_are_one_step_until_it_is_sealed() -> None:
    history = History()
    history.add(_edit("a", "b", "drag"))
    history.add(_edit("b", "c", "drag"))
    history.seal()
    history.add(_edit("c", "d", "drag"))
    assert [step.before for step in (history.undo(), history.undo()) if step] == ["c", "a"]
    assert history.undo() is None


def test_another_key_begins_another_step() -> None:
    history = History()
    history.add(_edit("a", "b", "drag"))
    history.add(_edit("b", "c", "type"))
    history.undo()
    assert history.undo_title == "to b"


def test_an_edit_after_undo_forgets_what_was_undone() -> None:
    history = History()
    history.add(_edit("a", "b"))
    history.undo()
    history.add(_edit("a", "x"))
    assert history.redo_title == ""


def test_an_edit_after_undo_does_not_join_an_earlier_one() -> None:
    history = History()
    history.add(_edit("a", "b", "drag"))
    history.add(_edit("b", "c", "other"))
    history.undo()
    history.add(_edit("b", "d", "drag"))
    last = history.undo()
    assert last is not None
    assert last.before == "b"
