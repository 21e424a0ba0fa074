"""Which commands are about what the window shows?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.app.commands import Command, Group
from studio.app.devices import DEVICES, Browsers
from studio.app.theme import Scheme

if TYPE_CHECKING:
    from studio.app.devices import Device
    from studio.app.sections import Section
    from studio.app.views import View
    from studio.app.window import StudioWindow


_TIPS = {
    Scheme.SYSTEM: "Follow the system's colour scheme.",
    Scheme.LIGHT: "Always use the light colours.",
    Scheme.DARK: "Always use the dark colours.",
}
_SCHEME_ICONS = {Scheme.SYSTEM: "sun-moon", Scheme.LIGHT: "sun", Scheme.DARK: "moon"}
_DEVICE_ICONS = {
    Browsers.PHONE: "smartphone",
    Browsers.DESKTOP: "monitor",
    Browsers.POP_UP: "monitor",
}


def view_groups(window: StudioWindow) -> tuple[Group, ...]:
    """Return the groups of the menu View."""
    return (
        _views(window),
        _devices(window),
        _zoom(window),
        _panels(window),
        _places(window),
        _themes(window),
    )


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
        icon=_DEVICE_ICONS[device.browsers],
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


def _places(window: StudioWindow) -> Group:
    """Return one command for each place the keyboard can go to."""
    return (
        Command(
            "view.next_part",
            "Next Part of the Window",
            "Move the keyboard on: brand panel, page, session panel.",
            icon="move-right",
            shortcut="F6",
            run=lambda: window.parts.go_on(1),
        ),
        Command(
            "view.previous_part",
            "Previous Part of the Window",
            "Move the keyboard back: session panel, page, brand panel.",
            icon="move-left",
            shortcut="Shift+F6",
            run=lambda: window.parts.go_on(-1),
        ),
        *(_section(window, section) for section in window.parts.sections),
    )


def _section(window: StudioWindow, section: Section) -> Command:
    return Command(
        f"view.section.{section.title.lower().replace(' ', '_')}",
        section.title,
        f"Move the keyboard to the first control of {section.title}.",
        icon="arrow-right",
        submenu="Go To",
        run=lambda: window.parts.go_to(section),
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
