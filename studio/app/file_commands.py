"""Which commands are about the file and its edits?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.app.commands import Command, Group, unless
from studio.app.files import RECENT

if TYPE_CHECKING:
    from studio.app.window import StudioWindow


def file_groups(window: StudioWindow) -> tuple[Group, ...]:
    """Return the groups of the menu File."""
    return _begin(window), _recent(window), _keep(window), _export(window), _quit(window)


def edit_groups(window: StudioWindow) -> tuple[Group, ...]:
    """Return the groups of the menu Edit."""
    return (_undo(window),)


def _begin(window: StudioWindow) -> Group:
    return (
        Command(
            "file.new",
            "New from Sample…",
            "Begin a client file with a copy of a sample.",
            icon="file-plus",
            shortcut="Ctrl+N",
            run=window.files.new,
        ),
        Command(
            "file.open",
            "Open…",
            "Open a client file.",
            icon="folder-open",
            shortcut="Ctrl+O",
            run=window.files.open,
        ),
    )


def _recent(window: StudioWindow) -> Group:
    return tuple(_recent_file(window, index) for index in range(RECENT))


def _recent_file(window: StudioWindow, index: int) -> Command:
    def label() -> str:
        titles = window.files.recent_titles
        return titles[index] if index < len(titles) else f"File {index + 1}"

    return Command(
        f"file.recent.{index + 1}",
        f"File {index + 1}",
        "Open a client file that was used lately.",
        icon="history",
        submenu="Open Recent",
        run=lambda: window.files.open_recent(index),
        label=label,
        shown=lambda: index < len(window.files.recent),
    )


def _keep(window: StudioWindow) -> Group:
    document = window.document
    return (
        Command(
            "file.save",
            "Save",
            "Save the client file.",
            icon="save",
            shortcut="Ctrl+S",
            run=window.files.save,
            blocked=lambda: unless(document.dirty or not document.path, "everything is saved."),
        ),
        Command(
            "file.save_as",
            "Save As…",
            "Save the client file, and its logo, under another name.",
            icon="save-all",
            shortcut="Ctrl+Shift+S",
            run=window.files.save_as,
        ),
    )


def _export(window: StudioWindow) -> Group:
    return (
        Command(
            "file.export",
            "Export…",
            "Look whether the client is ready, choose formats, and write their files.",
            icon="file-output",
            shortcut="Ctrl+E",
            run=lambda: window.show_view("export"),
        ),
    )


def _quit(window: StudioWindow) -> Group:
    return (
        Command(
            "file.quit",
            "Quit",
            "Close the studio.",
            icon="power",
            shortcut="Ctrl+Q",
            run=window.close,
        ),
    )


def _undo(window: StudioWindow) -> Group:
    document = window.document
    return (
        Command(
            "edit.undo",
            "Undo",
            "Take the last edit back.",
            icon="undo-2",
            shortcut="Ctrl+Z",
            run=document.undo,
            blocked=lambda: unless(document.undo_title, "nothing was edited."),
            label=lambda: _joined("Undo", document.undo_title),
        ),
        Command(
            "edit.redo",
            "Redo",
            "Do the edit again that was taken back.",
            icon="redo-2",
            shortcut="Ctrl+Shift+Z",
            also="Ctrl+Y",
            run=document.redo,
            blocked=lambda: unless(document.redo_title, "nothing was taken back."),
            label=lambda: _joined("Redo", document.redo_title),
        ),
    )


def _joined(verb: str, what: str) -> str:
    return f"{verb} {what}" if what else verb
