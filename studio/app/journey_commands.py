"""Which commands are about the person's way through sign-in?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.app import page_inputs, saved
from studio.app.clock import clock_group
from studio.app.commands import Command, Group, unless
from studio.app.device_commands import device_group, ways_group
from studio.app.inspector_panel import inspector_group

if TYPE_CHECKING:
    from studio.app.languages import Language
    from studio.app.page_inputs import PageInput
    from studio.app.window import StudioWindow
    from studio.device.people import Person


def journey_groups(window: StudioWindow) -> tuple[Group, ...]:
    """Return the groups of the menu Journey."""
    return (
        _steps(window),
        ways_group(window.document, window.session),
        _below("Clock", clock_group(window.session)),
        _below("Into the Page", _inputs(window)),
        _choices(window),
        device_group(window.document, window.session),
        _requests(window),
        _phone(window),
        inspector_group(window.session, window.session_panel.inspector.copy),
    )


def _below(title: str, group: Group) -> Group:
    """Put a group into a menu of its own: the whole menu fits a low screen."""
    return tuple(replace(command, submenu=title) for command in group)


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
            blocked=lambda: unless(session.position > 0, "this is the first screen."),
        ),
    )


def _inputs(window: StudioWindow) -> Group:
    """Return what types into the page."""
    session = window.session
    return (
        Command(
            "journey.code",
            "Use the Newest Code",
            "Type the code that arrived last into the page.",
            icon="message-square-text",
            shortcut="Ctrl+Shift+U",
            run=lambda: page_inputs.CODE.type_into(session, page_inputs.newest_code(session)),
            blocked=lambda: page_inputs.CODE.blocked(
                session, page_inputs.newest_code(session), "no code has arrived."
            ),
        ),
        _type_in(window, "phone", page_inputs.PHONE),
        _type_in(window, "email", page_inputs.EMAIL),
        _type_in(window, "password", page_inputs.PASSWORD),
        Command(
            "journey.fill_saved",
            "Fill In What Is Saved",
            "Fill in what the browser's password manager keeps for this page.",
            icon="key-round",
            run=lambda: saved.fill_saved(session),
            blocked=lambda: saved.fill_blocked(session),
        ),
    )


def _type_in(window: StudioWindow, what: str, page_input: PageInput) -> Command:
    """Return the command that types what the person has under a name into the page."""
    session = window.session

    def value() -> str:
        return str(getattr(session.person, what) or "")

    return Command(
        f"journey.type.{what}",
        f"Type In {what.title()}",
        f"Type the person's {what} into the page.",
        icon="corner-down-left",
        run=lambda: page_input.type_into(session, value()),
        blocked=lambda: page_input.blocked(session, value(), "this person has none."),
    )


def _choices(window: StudioWindow) -> Group:
    people = (_person(window, person) for person in window.session.people)
    languages = (_language(window, language) for language in window.stage.languages)
    return *people, *languages


def _person(window: StudioWindow, person: Person) -> Command:
    session = window.session
    return Command(
        f"journey.person.{person.id}",
        person.title,
        "Let this person sign in. The journey starts again.",
        icon="user",
        submenu="Person",
        run=lambda: session.set_person(person.id),
        checked=lambda: session.person.id == person.id,
    )


def _language(window: StudioWindow, language: Language) -> Command:
    stage = window.stage
    return Command(
        f"journey.language.{language.tag}",
        f"{language.own_name} ({language.english_name})",
        f"Show the page in {language.english_name}.",
        icon="languages",
        submenu="Language",
        run=lambda: stage.choose_language(language.tag),
        blocked=lambda: stage.why_not(language.tag),
        checked=lambda: window.session.locale == language.tag,
    )


def _phone(window: StudioWindow) -> Group:
    preview = window.phone
    return (
        Command(
            "journey.phone",
            "Preview on a Phone…",
            "Serve these pages to a phone in the same network, as they are edited.",
            icon="qr-code",
            run=window.phone_sheet.open_beside,
        ),
        Command(
            "journey.stop_phone",
            "Stop the Preview on a Phone",
            "End it: nobody can reach the pages any more.",
            icon="circle-x",
            run=preview.stop,
            blocked=lambda: unless(preview.serves, "nothing is served."),
        ),
        Command(
            "journey.copy_link",
            "Copy Link to This Request",
            "Copy an address that asks the same again: on a phone while it is served, else for "
            "Play a URL.",
            icon="link",
            run=window.copy_link,
        ),
    )


def _requests(window: StudioWindow) -> Group:
    return (
        Command(
            "journey.reset_request",
            "Reset Request",
            "Ask what the client itself asks, and start the journey again.",
            icon="list-restart",
            run=window.session.reset_request,
        ),
        Command(
            "journey.play",
            "Play a URL…",
            "Start the journey with an authorisation URL from elsewhere.",
            icon="play",
            shortcut="Ctrl+Shift+V",
            run=window.play_url,
        ),
    )
