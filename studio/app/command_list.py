"""Which commands are there? One list; window, palette and shortcuts read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.app.commands import Command
from studio.app.devices import DEVICES
from studio.app.files import RECENT
from studio.app.theme import Scheme

if TYPE_CHECKING:
    from studio.app.devices import Device
    from studio.app.views import View
    from studio.app.window import StudioWindow

_TIPS = {
    Scheme.SYSTEM: "Follow the system's colour scheme.",
    Scheme.LIGHT: "Always use the light colours.",
    Scheme.DARK: "Always use the dark colours.",
}
_DEVICE_ICONS = {"phone": "smartphone", "desktop": "monitor"}


def commands(window: StudioWindow) -> tuple[Command, ...]:
    """Return every command of a window, in the order of the menus."""
    return (
        *_file(window),
        *_edit(window),
        *_view(window),
        *_journey(window),
        *_help(window),
    )


def _file(window: StudioWindow) -> tuple[Command, ...]:
    files = window.files
    return (
        Command(
            id="file.new",
            menu="File",
            title="New from Sample…",
            tip="Begin a client file with a copy of a sample.",
            icon="file-plus",
            shortcut="Ctrl+N",
            run=files.new,
        ),
        Command(
            id="file.open",
            menu="File",
            title="Open…",
            tip="Open a client file.",
            icon="folder-open",
            shortcut="Ctrl+O",
            run=files.open,
        ),
        *(_recent(window, index) for index in range(RECENT)),
        Command(
            id="file.save",
            menu="File",
            title="Save",
            tip="Save the client file.",
            icon="save",
            shortcut="Ctrl+S",
            group=2,
            run=files.save,
            blocked=lambda: _unless(
                window.document.dirty or not window.document.path, "everything is saved."
            ),
        ),
        Command(
            id="file.save_as",
            menu="File",
            title="Save As…",
            tip="Save the client file, and its logo, under another name.",
            icon="save-all",
            shortcut="Ctrl+Shift+S",
            group=2,
            run=files.save_as,
        ),
        Command(
            id="file.export",
            menu="File",
            title="Export Configuration…",
            tip="Write the client's configuration as JSON into a folder.",
            icon="file-output",
            shortcut="Ctrl+E",
            group=3,
            run=files.export,
        ),
        Command(
            id="file.quit",
            menu="File",
            title="Quit",
            tip="Close the studio.",
            icon="power",
            shortcut="Ctrl+Q",
            group=4,
            run=window.close,
        ),
    )


def _recent(window: StudioWindow, index: int) -> Command:
    def label() -> str:
        recent = window.files.recent
        return f"Open {recent[index].name}" if index < len(recent) else f"Recent File {index + 1}"

    return Command(
        id=f"file.recent.{index + 1}",
        menu="File",
        title=f"Recent File {index + 1}",
        tip="Open a client file that was used lately.",
        icon="history",
        group=1,
        run=lambda: window.files.open_recent(index),
        label=label,
        shown=lambda: index < len(window.files.recent),
    )


def _edit(window: StudioWindow) -> tuple[Command, ...]:
    document = window.document
    return (
        Command(
            id="edit.undo",
            menu="Edit",
            title="Undo",
            tip="Take the last edit back.",
            icon="undo-2",
            shortcut="Ctrl+Z",
            run=document.undo,
            blocked=lambda: _unless(document.undo_title, "nothing was edited."),
            label=lambda: _joined("Undo", document.undo_title),
        ),
        Command(
            id="edit.redo",
            menu="Edit",
            title="Redo",
            tip="Do the edit again that was taken back.",
            icon="redo-2",
            shortcut="Ctrl+Shift+Z",
            run=document.redo,
            blocked=lambda: _unless(document.redo_title, "nothing was taken back."),
            label=lambda: _joined("Redo", document.redo_title),
        ),
    )


def _view(window: StudioWindow) -> tuple[Command, ...]:
    stage = window.stage
    return (
        *_views(window),
        *(_device(window, device) for device in DEVICES),
        Command(
            id="view.zoom_in",
            menu="View",
            title="Zoom In",
            tip="Draw the device larger.",
            icon="zoom-in",
            shortcut="Ctrl++",
            group=2,
            run=lambda: stage.zoom_by(1),
        ),
        Command(
            id="view.zoom_out",
            menu="View",
            title="Zoom Out",
            tip="Draw the device smaller.",
            icon="zoom-out",
            shortcut="Ctrl+-",
            group=2,
            run=lambda: stage.zoom_by(-1),
        ),
        Command(
            id="view.fit",
            menu="View",
            title="Zoom to Fit",
            tip="Show the whole device.",
            icon="scan",
            shortcut="Ctrl+0",
            group=2,
            run=stage.zoom_to_fit,
            checked=lambda: stage.fits,
        ),
        Command(
            id="view.brand_panel",
            menu="View",
            title="Brand Panel",
            tip="Show or hide the panel at the left.",
            icon="panel-left",
            shortcut="Ctrl+B",
            group=3,
            run=lambda: window.toggle_panel(0),
            checked=lambda: window.panel_shown(0),
        ),
        Command(
            id="view.session_panel",
            menu="View",
            title="Session Panel",
            tip="Show or hide the panel at the right.",
            icon="panel-right",
            shortcut="Ctrl+J",
            group=3,
            run=lambda: window.toggle_panel(1),
            checked=lambda: window.panel_shown(1),
        ),
        *(_theme(window, scheme) for scheme in Scheme),
    )


def _views(window: StudioWindow) -> tuple[Command, ...]:
    """Return one command for each view; a single view needs none."""
    if len(window.views) == 1:
        return ()
    return tuple(_show(window, view) for view in window.views)


def _show(window: StudioWindow, view: View) -> Command:
    return Command(
        id=f"view.show.{view.id}",
        menu="View",
        title=view.title,
        tip=f"Show {view.title}.",
        icon=view.icon,
        shortcut=view.shortcut,
        run=lambda: window.show_view(view.id),
        checked=lambda: window.current_view is view,
    )


def _device(window: StudioWindow, device: Device) -> Command:
    return Command(
        id=f"view.device.{device.id}",
        menu="View",
        title=f"Show on {device.title}",
        tip=f"Show the page on {device.width} × {device.height} CSS pixels.",
        icon=_DEVICE_ICONS[device.id],
        group=1,
        run=lambda: window.stage.choose_device(device),
        checked=lambda: window.stage.device is device,
    )


def _theme(window: StudioWindow, scheme: Scheme) -> Command:
    return Command(
        id=f"view.theme.{scheme}",
        menu="View",
        title=f"{scheme.title()} Colours",
        tip=_TIPS[scheme],
        icon={Scheme.SYSTEM: "sun-moon", Scheme.LIGHT: "sun", Scheme.DARK: "moon"}[scheme],
        group=4,
        run=lambda: window.theme.choose(scheme),
        checked=lambda: window.theme.scheme is scheme,
    )


def _journey(window: StudioWindow) -> tuple[Command, ...]:
    session = window.session
    return (
        Command(
            id="journey.restart",
            menu="Journey",
            title="Restart",
            tip="Start the journey again, in a fresh world.",
            icon="rotate-ccw",
            shortcut="Ctrl+R",
            run=session.restart,
        ),
        Command(
            id="journey.back",
            menu="Journey",
            title="Back One Step",
            tip="Go back to the screen before this one.",
            icon="arrow-left",
            shortcut="Alt+Left",
            run=lambda: session.go_to(session.position - 1),
            blocked=lambda: _unless(session.position > 0, "this is the first screen."),
        ),
        Command(
            id="journey.play",
            menu="Journey",
            title="Play a URL…",
            tip="Start the journey with an authorisation URL from elsewhere.",
            icon="play",
            shortcut="Ctrl+Shift+V",
            group=1,
            run=window.play_url,
        ),
    )


def _help(window: StudioWindow) -> tuple[Command, ...]:
    return (
        Command(
            id="help.commands",
            menu="Help",
            title="Find a Command…",
            tip="Find and run any command.",
            icon="search",
            shortcut="Ctrl+K",
            run=window.show_palette,
        ),
        Command(
            id="help.about",
            menu="Help",
            title="About CONNECT Studio",
            tip="What this program is.",
            icon="info",
            group=1,
            run=window.dialogs.about,
        ),
    )


def _joined(verb: str, what: str) -> str:
    return f"{verb} {what}" if what else verb


def _unless(condition: object, reason: str) -> str:
    return "" if condition else reason
