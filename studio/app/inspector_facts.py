"""What does the inspector say? An inspection as groups of names and values, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from studio.app.clock import moment
from studio.app.saved import readable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.device.inspection import DetectionFacts, Inspection, LimitFacts
    from studio.device.reasons import LanguageFacts
    from studio.device.service_facts import Claim, ServiceFacts
    from studio.engine.explain import Asked, Explanation, SessionFacts

_METHODS: Final[Mapping[str, str]] = MappingProxyType(
    {"HDR": "detected number", "OTP": "code", "UID_PWD": "password", "SSO": "single sign-on"}
)
_LEVELS: Final[Mapping[int, str]] = MappingProxyType({1: "1, the phone", 2: "2, a password"})
_ACTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "sms": "SMS",
        "email-code": "Email codes",
        "code-try": "Code tries",
        "password-try": "Password tries",
    }
)


@dataclass(frozen=True)
class Fact:
    """A name and a value; `alert` marks one that holds somebody back, or is over."""

    name: str
    value: str
    alert: bool = False


@dataclass(frozen=True)
class Group:
    """Facts that belong together; without any, `empty` says so."""

    title: str
    facts: tuple[Fact, ...]
    empty: str = ""


def session_groups(told: Inspection) -> tuple[Group, ...]:
    """Tell of CONNECT's session in this browser."""
    if told.session is None:
        empty = "CONNECT has no session in this browser. One begins with a sign-in."
        return (Group("", (), empty),)
    return (Group("", _session(told.session, told.flow)),)


def _session(session: SessionFacts, flow: Explanation | None) -> tuple[Fact, ...]:
    window = "" if session.lasting else "or until the window closes"
    return (
        Fact("Person", "\n".join(map(readable, session.identifiers)) or readable(session.used)),
        Fact("Level", _LEVELS[session.level]),
        Fact("Proven by", ", ".join(_METHODS[method] for method in session.methods)),
        Fact("Since", moment(session.authenticated)),
        Fact("Until", " ".join(filter(None, (moment(session.ends), window)))),
        Fact("Services", ", ".join(session.clients)),
        Fact("Account", "may be changed" if session.may_change else "may be changed after a proof"),
        Fact("Id", session.id),
        *_usable(flow),
    )


def _usable(flow: Explanation | None) -> tuple[Fact, ...]:
    if flow is None or not flow.conditions:
        return ()
    missing = [one.description for one in flow.conditions if not one.holds]
    return (Fact("Counts here", f"no: it takes that {missing[0]}" if missing else "yes"),)


def token_groups(told: Inspection) -> tuple[Group, ...]:
    """Tell what the service got."""
    if told.service is None:
        return (Group("", (), "No service has a session in this browser yet."),)
    service = told.service
    return (
        Group("Service", _service(service)),
        Group("ID token, header", tuple(Fact(*each) for each in service.header.items())),
        Group(
            "ID token, claims", tuple(Fact(name, _claim(v)) for name, v in service.claims.items())
        ),
        Group("Other tokens", _tokens(service), "They were taken back."),
    )


def _service(service: ServiceFacts) -> tuple[Fact, ...]:
    return (
        Fact("Service", service.client_id),
        Fact("Signed in as", readable(service.signed_in_as)),
        Fact("Until", moment(service.expires)),
    )


def _tokens(service: ServiceFacts) -> tuple[Fact, ...]:
    return tuple(
        Fact(
            one.kind.capitalize(),
            f"{one.token} {one.state}, until {moment(one.expires)}",
            alert=one.state == "over",
        )
        for one in service.tokens
    )


def _claim(value: Claim) -> str:
    match value:
        case datetime():
            return moment(value)
        case tuple():
            return ", ".join(value)
        case bool():
            return str(value).lower()
        case _:
            return str(value)


def limit_groups(told: Inspection) -> tuple[Group, ...]:
    """Tell what is used of each limit."""
    facts = tuple(map(_limit, told.limits))
    return (Group("", facts, "Nothing has been tried or sent yet that a limit counts."),)


def _limit(limit: LimitFacts) -> Fact:
    then = "none until" if limit.reached else "one back at"
    used = f"{limit.used} of {limit.most} for {readable(limit.of)}"
    value = f"{used}\n{then} {limit.frees:%H:%M}"
    return Fact(_ACTIONS[limit.action], value, alert=limit.reached)


def language_groups(told: Inspection) -> tuple[Group, ...]:
    """Tell which languages were wanted, which one was taken, and why."""
    if told.language is None:
        return (Group("", (), "This page is of the device, in English."),)
    return _language(told.language)


def _language(language: LanguageFacts) -> tuple[Group, ...]:
    chosen = (Fact("Shown", f"{language.name} ({language.tag})"), Fact("Why", language.why))
    wanted = tuple(Fact(tag, answer) for tag, answer in language.wanted)
    return Group("", chosen), *((Group("Wanted, best first", wanted),) if wanted else ())


def request_groups(told: Inspection) -> tuple[Group, ...]:
    """Tell what was asked, and by whom."""
    flow = told.flow
    if flow is None:
        return (Group("", (), "No request led to this page."),)
    times = (
        Fact("Flow", flow.flow),
        Fact("Began", moment(flow.started)),
        Fact("Ends", moment(flow.expires), alert=flow.expires <= told.now),
    )
    message = (Fact("Page says", flow.message),) if flow.message else ()
    return (
        Group("", (*times, *message)),
        Group("Asked of the sign-in", tuple(map(_asked, flow.asked))),
        Group("Parameters", tuple(Fact(*each) for each in flow.request)),
    )


def _asked(asked: Asked) -> Fact:
    by = f", by the {asked.by}" if asked.by else ""
    return Fact(asked.name, f"{asked.value or 'nothing'}{by}")


def number_groups(told: Inspection) -> tuple[Group, ...]:
    """Tell what the network tells, and why."""
    return (Group("", _number(told.detection)),)


def _number(detection: DetectionFacts) -> tuple[Fact, ...]:
    return (
        Fact("Number", readable(detection.number) if detection.number else "none"),
        Fact("Why", detection.why),
        Fact("Network", detection.network),
        Fact("Pages in", f"{detection.browser}, {detection.platform}"),
    )
