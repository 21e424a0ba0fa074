"""How does a phone get the pages? A sheet with a QR code, the address, the pass, and a way to stop.

It can be put away while one goes on editing; the status bar tells that the pages are served.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, override

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QPixmap
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio.app import tokens
from studio.app.controls import button, label
from studio.app.rows import Row
from studio.app.skeleton import Skeleton
from studio.server.gate import qr_code

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from studio.app.phone import PhonePreview

_WIDTH = 420
_WIDE = 680
"""On a screen that is too low for everything below the code."""
_FRAME = 48
"""What the frame of a window takes of a screen's height."""
_QR = 264
_HOW = (
    "Open the camera of a phone that is in the same network as this computer. The code lets one "
    "phone in; then there is another one here."
)
_EXPOSED = (
    "While this runs, everybody in this network can reach this computer at that address. Pages ask "
    "for the pass, what services call does not, and what is typed travels unencrypted: use it in a "
    "network you trust, with made-up data."
)
_ADDRESS = (
    "Where CONNECT is while this runs. A phone that has not been let in is asked for the pass."
)
_GOOD_ONCE = "Lets one phone in, once: it is asked for at the address."
_INBOX = "Open the messages that are sent to whoever signs in: codes by SMS and email."
_STOP = "End it: nobody can reach the pages any more."
_AGAIN = "Begin once more."


class PhoneSheet(QDialog):
    """Tells how it stands, and lets the person stop; `said` has a sentence for the status bar."""

    said = Signal(str)

    def __init__(self, preview: PhonePreview, parent: QWidget) -> None:
        super().__init__(parent)
        self._preview = preview
        self.setWindowTitle("Preview on a Phone")
        self.code = label("")
        self.address, self.entry = _readable(), _readable()
        self.copy_button = button("Copy", "Copy the address to the clipboard.", "copy")
        self.inbox = button("Open Inbox", _INBOX, "mail")
        self.stop = button("Stop", _STOP, "x")
        self.again = button("Try Again", _AGAIN, "refresh-cw")
        self.trouble = label("", wrap=True)
        self._stack = QStackedWidget()
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._pages = (self._served(), Skeleton(), self._failed())
        self._lay_out()
        self.copy_button.clicked.connect(self._copy)
        self.inbox.clicked.connect(self._open_inbox)
        self.stop.clicked.connect(self._end)
        self.again.clicked.connect(preview.start)
        preview.changed.connect(self._show_state)
        self._show_state()

    def _lay_out(self) -> None:
        for page in self._pages:
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.L, tokens.L, tokens.L, tokens.L)
        layout.addWidget(self._stack)

    def _served(self) -> QWidget:
        page = QWidget()
        self.code.setFixedSize(_QR, _QR)
        self.code.setScaledContents(True)
        self.code.setAccessibleName("QR code of the address with the pass")
        address, ends = QHBoxLayout(), QHBoxLayout()
        address.setSpacing(tokens.S)
        address.addWidget(Row("Address", self.address, _ADDRESS), 1)
        address.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignTop)
        ends.setSpacing(tokens.S)
        ends.addWidget(self.inbox)
        ends.addStretch(1)
        ends.addWidget(self.stop)
        column = QVBoxLayout()
        column.setSpacing(tokens.M)
        column.addWidget(label(_HOW, wrap=True))
        column.addLayout(address)
        column.addWidget(Row("Pass", self.entry, _GOOD_ONCE))
        column.addWidget(label(_EXPOSED, "small", wrap=True))
        column.addLayout(ends)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(tokens.L)
        self._both.addWidget(self.code, 0, Qt.AlignmentFlag.AlignCenter)
        self._both.addLayout(column, 1)
        page.setLayout(self._both)
        return page

    def _failed(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.M)
        column.addStretch(1)
        column.addWidget(self.trouble)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return page

    @override
    def showEvent(self, event: QShowEvent) -> None:
        room = self.screen().availableGeometry().height() - _FRAME - 2 * tokens.L
        if self._fit(QBoxLayout.Direction.TopToBottom, _WIDTH) > room:
            self._fit(QBoxLayout.Direction.LeftToRight, _WIDE)
        self.adjustSize()
        super().showEvent(event)

    def _fit(self, direction: QBoxLayout.Direction, width: int) -> int:
        """Put code and texts below or beside each other, and return how high they are."""
        self._both.setDirection(direction)
        self.setFixedWidth(width)
        # A stack does not know how high its wrapped texts are.
        height = self._both.totalHeightForWidth(width - 2 * tokens.L)
        self._stack.setFixedHeight(height)
        return height

    def open_beside(self) -> None:
        """Begin to serve where nothing is served yet, and show the sheet."""
        self._preview.start()
        self.show()
        self.raise_()
        self.activateWindow()

    def _show_state(self) -> None:
        served, skeleton, failed = self._pages
        preview = self._preview
        if preview.serves:
            self.address.setText(f"{preview.origin}/")
            self.address.setCursorPosition(0)
            self.entry.setText(preview.current_pass)
            self.code.setPixmap(_picture(preview.entrance))
            self._stack.setCurrentWidget(served)
            self.copy_button.setFocus()
        elif preview.error:
            self.trouble.setText(f"The pages cannot be served. {preview.error}")
            self._stack.setCurrentWidget(failed)
        else:
            self._stack.setCurrentWidget(skeleton)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.address.text())
        self.said.emit("The address is on the clipboard.")

    def _open_inbox(self) -> None:
        QDesktopServices.openUrl(QUrl(f"{self._preview.origin}/studio/inbox"))

    def _end(self) -> None:
        self._preview.stop()
        self.close()
        self.said.emit("The preview on a phone has ended.")


def _readable() -> QLineEdit:
    line = QLineEdit()
    line.setReadOnly(True)
    return line


def _picture(url: str) -> QPixmap:
    """Return a QR code, dark on light in every colour scheme: cameras want it so."""
    png, picture = BytesIO(), QPixmap()
    qr_code(url).save(png, kind="png", scale=10, border=4)
    picture.loadFromData(png.getvalue())
    return picture
