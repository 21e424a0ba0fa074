"""Which commands are about the device, and about coming to CONNECT and going away?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.app import browsing, device_choices, settings_text
from studio.app.commands import Command, Group, unless
from studio.app.visiting import OWN, SERVICES, others
from studio.device.network import BROWSERS, NETWORKS

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
        _arrow(session, browsing.BACK),
        _arrow(session, browsing.FORWARD),
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


def _arrow(session: Session, step: int) -> Command:
    name = "back" if step < 0 else "forward"
    return Command(
        f"journey.browser_{name}",
        f"Browser {name.title()}",
        f"Press the browser's own arrow {name}. What has happened stays.",
        icon="arrow-left" if step < 0 else "arrow-right",
        run=lambda: session.view.go(step),
        blocked=lambda: browsing.blocked(session, step),
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
        *(_network(session, *choice) for choice in device_choices.NETWORK_TITLES.items()),
        *(_sim(session, own=own) for own in device_choices.SIMS),
        *(_entry(document, session, *choice) for choice in device_choices.ENTRIES.items()),
        *(_sdk_option(document, session, *choice) for choice in device_choices.SDK.items()),
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
        blocked=lambda: unless(
            network in NETWORKS[session.connection.platform], device_choices.NO_MOBILE_DATA
        ),
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
        blocked=lambda: device_choices.another_service(session),
        checked=lambda: device_choices.played(document, session).entry.point is point,
    )


def _sdk_option(document: Document, session: Session, name: str, title: str) -> Command:
    def on() -> bool:
        return bool(getattr(device_choices.played(document, session).sdk, name))

    return Command(
        f"journey.sdk.{name}",
        title,
        settings_text.description(("sdk", name)),
        icon="smartphone",
        submenu="SDK Option",
        run=lambda: document.apply(("sdk", name), not on()),
        blocked=lambda: device_choices.another_service(session),
        checked=on,
    )
