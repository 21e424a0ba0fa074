"""Put everything together: a device in a fresh world, with the program's own templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.device.device import Device, DeviceState
from studio.device.people import populate
from studio.engine.world import World
from studio.i18n.catalogues import Catalogues
from studio.pages.render import Pages
from studio.resources import folder

if TYPE_CHECKING:
    from studio.pages.hosting import HostedClient


def fresh_pages() -> Pages:
    """Return the templates and catalogues that come with the program."""
    return Pages(folder("flow_templates"), Catalogues(folder("locales")))


def fresh_state() -> DeviceState:
    """Return a world in which everybody who exists has an account, and nothing has happened."""
    return DeviceState(world=populate(World()))


def fresh_device(hosted: HostedClient, pages: Pages | None = None) -> Device:
    """Return a device nobody has used yet, with one hosted client."""
    return Device(fresh_state(), pages or fresh_pages(), [hosted])
