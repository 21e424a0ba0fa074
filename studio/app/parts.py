"""Where in the window is the keyboard? F6 goes round its parts, a command goes to a section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from studio.app.sections import Panel, Section

_BY_KEY = Qt.FocusReason.ShortcutFocusReason


class Parts:
    """Left panel, page and right panel, as the keyboard goes through them.

    A sheet over the page comes after it, while it is there.
    """

    def __init__(
        self,
        left: Panel,
        page: tuple[QWidget, ...],
        right: Panel,
        show: Callable[[int], None],
    ) -> None:
        """Know the parts.

        Args:
            left: The panel left of the page.
            page: What can be in the middle, and the sheet over it.
            right: The panel right of the page.
            show: Shows the left (0) or the right (1) panel where it is hidden.
        """
        self._panels = (left, right)
        self._page = page
        self._show = show

    @property
    def sections(self) -> tuple[Section, ...]:
        """Every section of both panels, from the top of the left one."""
        left, right = self._panels
        return (*left.sections, *right.sections)

    def go_on(self, step: int) -> None:
        """Move the keyboard to the next part (1) or the one before (-1), round and round.

        A hidden panel is passed over.
        """
        left, right = self._panels
        every = (left, *self._page, right)
        parts = [part for part in every if part.isVisibleTo(part.window())]
        focused = QApplication.focusWidget()
        here = [part for part in parts if focused and _holds(part, focused)]
        at = parts.index(here[0]) if here else -1 if step > 0 else 0
        self._enter(parts[(at + step) % len(parts)])

    def go_to(self, section: Section) -> None:
        """Move the keyboard to the first control of a section, which unfolds for it."""
        index = next(at for at, panel in enumerate(self._panels) if section in panel.sections)
        panel = self._panels[index]
        if panel.isHidden():
            self._show(index)
        section.unfold()
        target = section.first_control or section.head
        target.setFocus(_BY_KEY)
        panel.ensureWidgetVisible(section)
        panel.ensureWidgetVisible(target)

    def go_to_control(self, control: QWidget) -> None:
        """Go to the section of a control, and let the control be seen."""
        section = next(one for one in self.sections if one.isAncestorOf(control))
        self.go_to(section)
        panel = next(one for one in self._panels if section in one.sections)
        # What has just been unfolded has no place before the panel is laid out.
        QTimer.singleShot(0, panel, lambda: panel.ensureWidgetVisible(control))

    def _enter(self, part: QWidget) -> None:
        left, right = self._panels
        for panel in (left, right):
            if part is panel:
                panel.sections[0].head.setFocus(_BY_KEY)
                return
        part.setFocus(_BY_KEY)


def _holds(part: QWidget, focused: QWidget) -> bool:
    return part is focused or part.isAncestorOf(focused)
