"""What is in a file that is to be taken away? Its text, its picture, and what is new of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, override

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontDatabase,
    QGuiApplication,
    QImage,
    QPainter,
    QSyntaxHighlighter,
    QTextCharFormat,
)
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from studio.app import tokens
from studio.app.choices import Choice
from studio.app.controls import button, label
from studio.app.export_files import State, as_text, difference, is_picture, size
from studio.app.skeleton import Skeleton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from studio.app.export_files import Made

_CONTENTS, _CHANGES = "contents", "changes"
_LONGEST = 200_000
"""Characters of a text that are shown."""
_COPY = "Copy the file's text, or its picture, to the clipboard."
_NEWS = {
    State.SAME: "as in the last export",
    State.NEW: "new since the last export",
    State.CHANGED: "changed since the last export",
    State.GONE: "was in the last export, and is no more",
}


class FilePreview(QWidget):
    """One file, or a sentence about what is chosen; `said` has a sentence for the status bar."""

    said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._made: Made | None = None
        self._path = ""
        self.title = label("", "strong")
        self.note = label("", "small")
        self.sides = Choice(
            {_CONTENTS: "Contents", _CHANGES: "Changes"},
            "What is shown",
            "The file as it is, or what differs from the last export.",
        )
        self.copy_button = button("Copy", _COPY, "copy")
        self.text = _Text()
        self.picture = _Pictures()
        self.sentence = label("", "muted", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setContentsMargins(tokens.XL, tokens.XL, tokens.XL, tokens.XL)
        self._skeleton = Skeleton()
        self._stack = QStackedWidget()
        self._lay_out()
        self.sides.show_value(_CONTENTS)
        self.sides.chosen.connect(self._show)
        self.copy_button.clicked.connect(self.copy)
        self.tell("Choose a file to look at.")

    def _lay_out(self) -> None:
        for widget in (self.sentence, self._skeleton, self.text, self.picture):
            self._stack.addWidget(widget)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.title)
        names.addWidget(self.note)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(tokens.S)
        head.addLayout(names, 1)
        head.addWidget(self.sides)
        head.addWidget(self.copy_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.M, 0, 0, 0)
        layout.setSpacing(tokens.S)
        layout.addWidget(self._head)
        layout.addWidget(self._stack, 1)

    @property
    def shown(self) -> QWidget | None:
        """What is shown below the name of the file."""
        return self._stack.currentWidget()

    def tell(self, sentence: str) -> None:
        """Show a sentence in place of a file."""
        self._made, self._path = None, ""
        self._head.hide()
        self.sentence.setText(sentence)
        self._stack.setCurrentWidget(self.sentence)

    def wait(self) -> None:
        """Show that a file is being made."""
        self._head.hide()
        self._stack.setCurrentWidget(self._skeleton)

    def show_file(self, path: str, made: Made) -> None:
        """Show a file of a format."""
        self._made, self._path = made, path
        state, data = made.state(path), self._now
        self.title.setText(path.rpartition("/")[2])
        self.title.setToolTip(path)
        news = _NEWS[state] if made.before is not None else "not exported before"
        self.note.setText(", ".join(filter(None, (size(data) if data else "", news))))
        self.sides.setVisible(state is State.CHANGED)
        self._head.show()
        self._show()

    def copy(self) -> None:
        """Put what is shown onto the clipboard."""
        board = QGuiApplication.clipboard()
        if self.shown is self.picture:
            board.setImage(self.picture.images[-1])
        else:
            board.setText(as_text(self._now) or "" if self._contents else self.text.toPlainText())
        self.said.emit(f"{self.title.text()} is on the clipboard.")

    @property
    def _contents(self) -> bool:
        return self.sides.isHidden() or self.sides.value == _CONTENTS

    @property
    def _now(self) -> bytes:
        return (self._made.files or {}).get(self._path, b"") if self._made else b""

    @property
    def _before(self) -> bytes:
        return (self._made.before or {}).get(self._path, b"") if self._made else b""

    def _show(self) -> None:
        gone = self._made is not None and self._made.state(self._path) is State.GONE
        data = self._before if gone else self._now
        self.copy_button.setEnabled(not gone)
        if is_picture(self._path):
            old = [] if self._contents else [self._before]
            self._show_pictures([*old, data])
        elif self._contents:
            self._show_text(as_text(data), changes=False)
        else:
            self._show_text(difference(self._before, data), changes=True)

    def _show_pictures(self, files: Sequence[bytes]) -> None:
        self.picture.show_images([QImage.fromData(data) for data in files])
        self._stack.setCurrentWidget(self.picture)

    def _show_text(self, text: str | None, *, changes: bool) -> None:
        if text is None:
            self.sentence.setText("This file is neither text nor a picture that can be shown.")
            self._stack.setCurrentWidget(self.sentence)
            return
        self.text.show_text(text, changes=changes)
        self._stack.setCurrentWidget(self.text)


class _Text(QPlainTextEdit):
    """Text to read and to copy from, in a font whose characters are equally wide."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setAccessibleName("Contents of the file")
        self.setToolTip("Contents of the file")
        self._colours = _Changes(self)

    def show_text(self, text: str, *, changes: bool) -> None:
        """Show a text from its beginning, or what differs in it."""
        self._colours.on = changes
        cut = f"\n\n… {len(text) - _LONGEST:,} characters more" if len(text) > _LONGEST else ""
        self.setPlainText(text[:_LONGEST] + cut)


class _Changes(QSyntaxHighlighter):
    """Colours the lines of a difference."""

    def __init__(self, text: QPlainTextEdit) -> None:
        super().__init__(text.document())
        self.on = False

    @override
    def highlightBlock(self, text: str) -> None:
        colours = tokens.colours()
        inks = {"-": colours.danger, "+": colours.accent, "@": colours.muted}
        if self.on and text[:1] in inks:
            line = QTextCharFormat()
            line.setForeground(tokens.paint_colour(inks[text[:1]]))
            self.setFormat(0, len(text), line)


class _Pictures(QWidget):
    """One picture, or two side by side: before and now. Never larger than they are."""

    def __init__(self) -> None:
        super().__init__()
        self.images: list[QImage] = []
        self.setMinimumSize(QSize(tokens.PANEL_MIN // 2, tokens.PANEL_MIN // 2))
        self.setAccessibleName("Picture")

    def show_images(self, images: list[QImage]) -> None:
        """Show pictures."""
        self.images = images
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), tokens.paint_colour(tokens.colours().desk))
        width = self.width() // max(len(self.images), 1)
        for at, image in enumerate(self.images):
            room = QRect(QPoint(at * width, 0), QSize(width, self.height()))
            room.adjust(tokens.M, tokens.M, -tokens.M, -tokens.M)
            fitting = image.size()
            if fitting.width() > room.width() or fitting.height() > room.height():
                fitting.scale(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(QPoint(), fitting)
            place.moveCenter(room.center())
            painter.drawImage(place, image)
