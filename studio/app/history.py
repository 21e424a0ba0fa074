"""Which edits can be taken back? Edits restore text, because the text is the truth.

Consecutive edits with the same merge key (a drag, typing) are one step until `seal`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, kw_only=True)
class Edit:
    """One step: the text before and after, what changed in words, and the merge key if any."""

    before: str
    after: str
    title: str
    merge: str | None = None


class History:
    """Edits done and edits undone."""

    def __init__(self) -> None:
        self._done: list[Edit] = []
        self._undone: list[Edit] = []
        self._sealed = True

    def add(self, edit: Edit) -> None:
        """Remember an edit, as a part of the last one when both have the same merge key."""
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if last and not self._sealed and edit.merge and edit.merge == last.merge:
            self._done[-1] = replace(last, after=edit.after)
        else:
            self._done.append(edit)
        self._sealed = False

    def seal(self) -> None:
        """Let the next edit begin a step of its own."""
        self._sealed = True

    def undo(self) -> Edit | None:
        """Move the last edit to the undone ones and return it, or None when there is none."""
        return self._move(self._done, self._undone)

    def redo(self) -> Edit | None:
        """Move the last undone edit back and return it, or None when there is none."""
        return self._move(self._undone, self._done)

    def _move(self, source: list[Edit], target: list[Edit]) -> Edit | None:
        self.seal()
        if not source:
            return None
        target.append(source.pop())
        return target[-1]

    @property
    def undo_title(self) -> str:
        """What undo would take back, empty when nothing."""
        return self._done[-1].title if self._done else ""

    @property
    def redo_title(self) -> str:
        """What redo would bring back, empty when nothing."""
        return self._undone[-1].title if self._undone else ""
