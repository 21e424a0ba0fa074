"""Where does a person change a setting? At its control in a panel, else in the client file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from studio.app.choices import Choice
from studio.client import tree

if TYPE_CHECKING:
    from studio.app.brand_panel import BrandPanel
    from studio.app.device_panel import DevicePanel
    from studio.app.dialogs import Dialogs
    from studio.app.document import Document
    from studio.app.parts import Parts
    from studio.app.settings_text import Path

_MESSAGE = ("branding", "message")


class Going:
    """Knows the controls of the panels by the settings they edit."""

    def __init__(
        self, document: Document, brand: BrandPanel, device: DevicePanel, parts: Parts
    ) -> None:
        self._document = document
        self._brand, self._device, self._parts = brand, device, parts

    def go(self, path: Path, locale: str, dialogs: Dialogs) -> str:
        """Move the keyboard to a setting, or open its file; return what is to be said, if anything.

        `locale` is the BCP 47 tag of the language it is about, empty for none.
        """
        control = self._control(path)
        if control is None:
            if self._document.path:
                dialogs.open_file(self._document.path)
            return self._where(path)
        self._parts.go_to_control(control)
        if path[:2] == _MESSAGE and (locale or path[2:]):
            self._brand.message.show_language(locale or path[2])
        _focus(control)
        return ""

    def _control(self, path: Path) -> QWidget | None:
        """Return what edits a setting, or the nearest one that it is a part of."""
        device: dict[Path, QWidget] = {("entry", "point"): self._device.entry}
        device |= {("sdk", name): switch for name, switch in self._device.sdk.items()}
        for end in range(len(path), 1, -1):
            found = device.get(path[:end]) or self._brand.control(path[:end])
            if found is not None:
                return found
        return None

    def _where(self, path: Path) -> str:
        name = ".".join(path)
        if self._document.path is None:
            return f"{name} stands in the client file: save it, and write the setting there."
        return f"{name} is changed in {self._document.name}, {_line(self._document.text, path)}."


def _line(text: str, path: Path) -> str:
    """Return on which line a setting stands, or the section it belongs to."""
    node, line = tree.compose(text).root, 1
    for name in path:
        entry = tree.child(node, name) if node else None
        if entry is None:
            break
        line, node = entry[0].start_mark.line + 1, entry[1]
    return f"line {line}"


def _focus(control: QWidget) -> None:
    if isinstance(control, Choice):
        control.focus()
        return
    parts = [control, *control.findChildren(QWidget)]
    first = next((one for one in parts if _can_be_reached(one)), control)
    first.setFocus(Qt.FocusReason.TabFocusReason)


def _can_be_reached(control: QWidget) -> bool:
    return bool(control.focusPolicy() & Qt.FocusPolicy.TabFocus) and control.isEnabled()
