"""Which commands are about the device, and about coming to CONNECT and going away?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.app import device_choices
from studio.app.commands import Command, Group, unless
from studio.app.visiting import OWN, SERVICES, others
from studio.device.network import BROWSERS

if TYPE_CHECKING:
    from studio.app.document import Document
    from studio.app.session import Session
    from studio.client.choices import Browser, EntryPoint
    from studio.engine.detection import Network, Platform

_VISIT = "Visit a Service"
_PLATFORM_ICONS = {"android": "smartphone", "ios": "smartphone", "other": "monitor"}


def ways_group(document: Document, session: Session) -> Group:
    """Return what leads to the service, to others, and away from CONNECT."""
    return (
        Command(
            "journey.service",
            "Begin at the Service",
            "Start the journey again on the service's own page, in a fresh world.",
            icon="store",
            shortcut="Ctrl+Shift+R",
            run=session.begin_at_service,
        ),
        *_visits(document, session),
        Command(
            "journey.reload",
            "Load the Page Again",
            "Load the page again, as the browser does.",
            icon="refresh-cw",
            shortcut="F5",
            run=session.reload,
            blocked=lambda: unless(session.screen, "no page is shown yet."),
        ),
        Command(
            "journey.leave",
            "Close the Tab",
            "Leave CONNECT by closing its tab, pop-up or app tab: the service is there again.",
            icon="circle-x",
            run=session.leave,
            blocked=lambda: _leave_blocked(session),
        ),
        Command(
            "journey.close_window",
            "Close the Window",
            "Close the browser: cookies that last only as long are gone.",
            icon="x",
            run=session.close_window,
            blocked=lambda: unless(session.screen, "no page is shown yet."),
        ),
    )


def _visits(document: Document, session: Session) -> Group:
    """Return one command for each service that can be visited, the client's own first."""
    own = Command(
        "journey.visit.own",
        "The Client's Own",
        "Go back to the service of the client that is open. What has happened stays.",
        icon="store",
        submenu=_VISIT,
        run=lambda: session.visit(OWN),
        label=lambda: document.client.registration.name,
        checked=lambda: session.app == OWN,
    )
    return own, *(_visit(document, session, *other) for other in SERVICES.items())


def _visit(document: Document, session: Session, service: str, title: str) -> Command:
    return Command(
        f"journey.visit.{service}",
        title,
        "Go to another service with the same device. What has happened stays, so that single "
        "sign-on can be seen.",
        icon="store",
        submenu=_VISIT,
        run=lambda: session.visit(service),
        checked=lambda: session.app == service,
        shown=lambda: service in others(document.client.registration.id),
    )


def _leave_blocked(session: Session) -> str:
    if session.screen is None:
        return "no page is shown yet."
    return "this is the service's own page." if session.at_service else ""


def device_group(document: Document, session: Session) -> Group:
    """Return the choices of the device."""
    every = dict.fromkeys(browser for browsers in BROWSERS.values() for browser in browsers)
    return (
        *(_platform(session, *choice) for choice in device_choices.PLATFORMS.items()),
        *(_browser(session, browser) for browser in every),
        *(_network(session, *choice) for choice in device_choices.NETWORKS.items()),
        *(_sim(session, own=own) for own in device_choices.SIMS),
        *(_entry(document, session, *choice) for choice in device_choices.ENTRIES.items()),
    )


def _platform(session: Session, platform: Platform, title: str) -> Command:
    return Command(
        f"journey.platform.{platform}",
        title,
        "Let the person use this. The journey begins again there.",
        icon=_PLATFORM_ICONS[platform],
        submenu="Platform",
        run=lambda: device_choices.choose_platform(session, platform),
        checked=lambda: session.connection.platform is platform,
    )


def _browser(session: Session, browser: Browser) -> Command:
    def titles() -> dict[Browser, str]:
        return device_choices.browser_titles(session.connection.platform)

    return Command(
        f"journey.browser.{browser}",
        device_choices.OPENS_IN[browser],
        "Let the pages open in this. The journey begins again there.",
        icon="globe",
        submenu="Browser",
        run=lambda: device_choices.choose_browser(session, browser),
        blocked=lambda: unless(browser in titles(), "the platform does not have it."),
        checked=lambda: session.connection.shown_in is browser,
    )


def _network(session: Session, network: Network, title: str) -> Command:
    return Command(
        f"journey.network.{network}",
        title,
        "Connect the device in this way. The next step meets it.",
        icon="wifi",
        submenu="Network",
        run=lambda: device_choices.choose_network(session, network),
        checked=lambda: session.connection.network is network,
    )


def _sim(session: Session, *, own: bool) -> Command:
    return Command(
        f"journey.sim.{'subscriber' if own else 'another'}",
        device_choices.SIMS[own],
        "Put this SIM into the phone. The next step meets it.",
        icon="smartphone",
        submenu="SIM",
        run=lambda: session.set_subscriber(subscriber=own),
        blocked=lambda: device_choices.sim_blocked(session),
        checked=lambda: session.person.subscriber is own,
    )


def _entry(document: Document, session: Session, point: EntryPoint, title: str) -> Command:
    return Command(
        f"journey.entry.{point}",
        title,
        "Let people come from the service in this way (entry.point), and begin there.",
        icon="store",
        submenu="Entry",
        run=lambda: device_choices.choose_entry(document, session, point),
        checked=lambda: document.client.entry.point is point,
    )
