"""Which commands are there? One list; window, palette and shortcuts read it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.app.commands import Command, Group
from studio.app.file_commands import edit_groups, file_groups
from studio.app.journey_commands import journey_groups
from studio.app.view_commands import view_groups

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.app.window import StudioWindow


def commands(window: StudioWindow) -> tuple[Command, ...]:
    """Return every command of a window, in the order of the menus."""
    return (
        *_menu("File", *file_groups(window)),
        *_menu("Edit", *edit_groups(window)),
        *_menu("View", *view_groups(window)),
        *_menu("Journey", *journey_groups(window)),
        *_menu("Help", _find(window), _about(window)),
    )


def _menu(title: str, *groups: Group) -> Iterator[Command]:
    """Put groups of commands into a menu."""
    for number, group in enumerate(groups):
        for command in group:
            yield replace(command, menu=title, group=number)


def _find(window: StudioWindow) -> Group:
    return (
        Command(
            "help.commands",
            "Find a Command…",
            "Find and run any command.",
            icon="search",
            shortcut="Ctrl+K",
            run=window.show_palette,
        ),
        Command(
            "help.shortcuts",
            "Keyboard Shortcuts",
            "List the keys that run commands.",
            icon="keyboard",
            shortcut="F1",
            run=window.show_shortcuts,
        ),
    )


def _about(window: StudioWindow) -> Group:
    return (
        Command(
            "help.about",
            "About CONNECT Studio",
            "What this program is.",
            icon="info",
            run=window.dialogs.about,
        ),
    )
