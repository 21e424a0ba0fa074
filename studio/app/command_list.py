"""Which commands are there? One list; window, palette and shortcuts read it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.app.commands import Command
from studio.app.devices import DEVICES
from studio.app.files import RECENT
from studio.app.theme import Scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.app.devices import Device
    from studio.app.views import View
    from studio.app.window import StudioWindow

type Group = tuple[Command, ...]

_TIPS = {
    Scheme.SYSTEM: "Follow the system's colour scheme.",
    Scheme.LIGHT: "Always use the light colours.",
    Scheme.DARK: "Always use the dark colours.",
}
_SCHEME_ICONS = {Scheme.SYSTEM: "sun-moon", Scheme.LIGHT: "sun", Scheme.DARK: "moon"}
_DEVICE_ICONS = {"phone": "smartphone", "desktop": "monitor"}


def commands(window: StudioWindow) -> tuple[Command, ...]:
    """Return every command of a window, in the order of the menus."""
    return (
        *_menu(
            "File", _begin(window), _recent(window), _keep(window), _export(window), _quit(window)
        ),
        *_menu("Edit", _undo(window)),
        *_menu(
            "View",
            _views(window),
            _devices(window),
            _zoom(window),
            _panels(window),
            _themes(window),
        ),
        *_menu("Journey", _steps(window), _play(window)),
        *_menu("Help", _find(window), _about(window)),
    )


def _menu(title: str, *groups: Group) -> Iterator[Command]:
    """Put groups of commands into a menu."""
    for number, group in enumerate(groups):
        for command in group:
            yield replace(command, menu=title, group=number)


# File


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
        recent = window.files.recent
        return f"Open {recent[index].name}" if index < len(recent) else f"Recent File {index + 1}"

    return Command(
        f"file.recent.{index + 1}",
        f"Recent File {index + 1}",
        "Open a client file that was used lately.",
        icon="history",
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
            blocked=lambda: _unless(document.dirty or not document.path, "everything is saved."),
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
            "Export Configuration…",
            "Write the client's configuration as JSON into a folder.",
            icon="file-output",
            shortcut="Ctrl+E",
            run=window.files.export,
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


# Edit


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
            blocked=lambda: _unless(document.undo_title, "nothing was edited."),
            label=lambda: _joined("Undo", document.undo_title),
        ),
        Command(
            "edit.redo",
            "Redo",
            "Do the edit again that was taken back.",
            icon="redo-2",
            shortcut="Ctrl+Shift+Z",
            run=document.redo,
            blocked=lambda: _unless(document.redo_title, "nothing was taken back."),
            label=lambda: _joined("Redo", document.redo_title),
        ),
    )


# View


def _views(window: StudioWindow) -> Group:
    """Return one command for each view; a single view needs none."""
    if len(window.views) == 1:
        return ()
    return tuple(_show(window, view) for view in window.views)


def _show(window: StudioWindow, view: View) -> Command:
    return Command(
        f"view.show.{view.id}",
        view.title,
        f"Show {view.title}.",
        icon=view.icon,
        shortcut=view.shortcut,
        run=lambda: window.show_view(view.id),
        checked=lambda: window.current_view is view,
    )


def _devices(window: StudioWindow) -> Group:
    return tuple(_device(window, device) for device in DEVICES)


def _device(window: StudioWindow, device: Device) -> Command:
    return Command(
        f"view.device.{device.id}",
        f"Show on {device.title}",
        f"Show the page on {device.width} × {device.height} CSS pixels.",
        icon=_DEVICE_ICONS[device.id],
        run=lambda: window.stage.choose_device(device),
        checked=lambda: window.stage.device is device,
    )


def _zoom(window: StudioWindow) -> Group:
    stage = window.stage
    return (
        Command(
            "view.zoom_in",
            "Zoom In",
            "Draw the device larger.",
            icon="zoom-in",
            shortcut="Ctrl++",
            run=lambda: stage.zoom_by(1),
        ),
        Command(
            "view.zoom_out",
            "Zoom Out",
            "Draw the device smaller.",
            icon="zoom-out",
            shortcut="Ctrl+-",
            run=lambda: stage.zoom_by(-1),
        ),
        Command(
            "view.fit",
            "Zoom to Fit",
            "Show the whole device.",
            icon="scan",
            shortcut="Ctrl+0",
            run=stage.zoom_to_fit,
            checked=lambda: stage.fits,
        ),
    )


def _panels(window: StudioWindow) -> Group:
    return (
        Command(
            "view.brand_panel",
            "Brand Panel",
            "Show or hide the panel at the left.",
            icon="panel-left",
            shortcut="Ctrl+B",
            run=lambda: window.toggle_panel(0),
            checked=lambda: window.panel_shown(0),
        ),
        Command(
            "view.session_panel",
            "Session Panel",
            "Show or hide the panel at the right.",
            icon="panel-right",
            shortcut="Ctrl+J",
            run=lambda: window.toggle_panel(1),
            checked=lambda: window.panel_shown(1),
        ),
    )


def _themes(window: StudioWindow) -> Group:
    return tuple(_theme(window, scheme) for scheme in Scheme)


def _theme(window: StudioWindow, scheme: Scheme) -> Command:
    return Command(
        f"view.theme.{scheme}",
        f"{scheme.title()} Colours",
        _TIPS[scheme],
        icon=_SCHEME_ICONS[scheme],
        run=lambda: window.theme.choose(scheme),
        checked=lambda: window.theme.scheme is scheme,
    )


# Journey


def _steps(window: StudioWindow) -> Group:
    session = window.session
    return (
        Command(
            "journey.restart",
            "Restart",
            "Start the journey again, in a fresh world.",
            icon="rotate-ccw",
            shortcut="Ctrl+R",
            run=session.restart,
        ),
        Command(
            "journey.back",
            "Back One Step",
            "Go back to the screen before this one.",
            icon="arrow-left",
            shortcut="Alt+Left",
            run=lambda: session.go_to(session.position - 1),
            blocked=lambda: _unless(session.position > 0, "this is the first screen."),
        ),
    )


def _play(window: StudioWindow) -> Group:
    return (
        Command(
            "journey.play",
            "Play a URL…",
            "Start the journey with an authorisation URL from elsewhere.",
            icon="play",
            shortcut="Ctrl+Shift+V",
            run=window.play_url,
        ),
    )


# Help


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


def _joined(verb: str, what: str) -> str:
    return f"{verb} {what}" if what else verb


def _unless(condition: object, reason: str) -> str:
    return "" if condition else reason
