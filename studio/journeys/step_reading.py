"""How is a step read? One small function for each kind, in one table.

A step is one word or two (`close window`), or one key with what it is about (`press: submit`).
"""

from __future__ import annotations

import json
import re
from datetime import timedelta
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, get_type_hints

import yaml

from studio.client.hints import did_you_mean, quoted
from studio.device.network import Connection
from studio.device.people import PEOPLE
from studio.engine.effects import News
from studio.journeys.screens import SCREEN_IDS
from studio.journeys.steps import (
    VARIABLES,
    Act,
    Check,
    Connect,
    Do,
    Expect,
    Fill,
    HandTo,
    Open,
    OtherTab,
    Pairs,
    Press,
    Repeat,
    Step,
    Wait,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.journeys.reading import Reader
    from studio.journeys.steps import Changes

    ReadStep = Callable[[Reader, yaml.Node, "Services"], Step]
    Services = tuple[str, ...]

PERSON_IDS = tuple(person.id for person in PEOPLE)
ASKED = ("acr_values", "prompt", "max_age", "login_hint", "ui_locales", "claims")
"""What a sample service lets be chosen of the request it makes."""

MESSAGES = tuple(f"{kind}/{about}" for kind in ("sms", "email") for about in ("code", *News))
"""The kinds of messages, as `expect` names them."""

EXPECTED = ("screen", "at", "text", "without text", "holds", "without screens", "message")
"""What `expect` can look at."""

_ALONE = tuple(map(str, Act))
_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_SPAN = re.compile(r"(\d{1,6}) (second|minute|hour|day)s?", re.ASCII)


def read_steps(reader: Reader, node: yaml.Node, services: Services) -> tuple[Step, ...]:
    """Read a list of steps; `services` are the names there are, none where they are not known."""
    read = (_step(reader, item, services) for item in reader.items(node, "steps"))
    return tuple(step for step in read if step is not None)


def _step(reader: Reader, node: yaml.Node, services: Services) -> Step | None:
    if isinstance(node, yaml.MappingNode) and len(node.value) == 1:
        key, value = node.value[0]
        name = str(key.value)
        if name in _WITH_VALUE:
            return _WITH_VALUE[name](reader, value, services)
    elif isinstance(node, yaml.ScalarNode):
        name = str(node.value)
        if name in _ALONE:
            return Do(place=reader.place(node), act=Act(name))
    else:
        reader.fail(node, "a step is one key with its value, such as: press: submit")
        return None
    guess = did_you_mean(name, STEPS) or ";"
    reader.fail(node, f"{quoted(name)} is no step{guess} there are: {', '.join(STEPS)}")
    return None


def read_connection(reader: Reader, node: yaml.Node) -> Changes:
    """Read what is chosen of a device: network, browser, platform."""
    kinds = {
        name: kind for name, kind in get_type_hints(Connection).items() if issubclass(kind, Enum)
    }
    found = reader.entries(node, "a device", kinds)
    return tuple(
        (name, kinds[name](reader.one_of(value, name, (str(one.value) for one in kinds[name]))))
        for name, value in found.items()
    )


def _open(reader: Reader, node: yaml.Node, services: Services) -> Open:
    place = reader.place(node)
    if isinstance(node, yaml.ScalarNode):
        return Open(place=place, service=_service(reader, node, services))
    found = reader.entries(node, "open", ("service", "path", "query", *ASKED))
    asked = tuple(
        (name, _claims(reader, value) if name == "claims" else _value(reader, value, name))
        for name, value in found.items()
        if name in ASKED
    )
    if "path" in found and asked:
        reader.fail(node, f"a path has no {asked[0][0]}; write it below query")
    if "query" in found and "path" not in found:
        reader.fail(node, "query is that of a path, and path is missing")
    return Open(
        place=place,
        service=_service(reader, found["service"], services) if "service" in found else "",
        asked=asked,
        path=_path(reader, found["path"]) if "path" in found else "",
        query=_pairs(reader, found["query"], "query") if "query" in found else (),
    )


def _service(reader: Reader, node: yaml.Node, services: Services) -> str:
    return reader.one_of(node, "service", services) if services else reader.text(node, "service")


def _path(reader: Reader, node: yaml.Node) -> str:
    path = reader.text(node, "path")
    if path and not path.startswith(("/", "https://")):
        reader.fail(node, f"a path begins with / (or https:// for elsewhere), not {quoted(path)}")
    return path


def _claims(reader: Reader, node: yaml.Node) -> str:
    """Read names of essential claims, or a claims request as JSON (OpenID Connect Core 5.5)."""
    if isinstance(node, yaml.ScalarNode):
        return reader.text(node, "claims")
    names = reader.texts(node, "claims")
    return json.dumps({"userinfo": {name: {"essential": True} for name in names}})


def _fill(reader: Reader, node: yaml.Node, _services: Services) -> Fill:
    return Fill(place=reader.place(node), values=_pairs(reader, node, "fill"))


def _pairs(reader: Reader, node: yaml.Node, what: str) -> Pairs:
    found = reader.entries(node, what)
    return tuple((name, _value(reader, value, name)) for name, value in found.items())


def _value(reader: Reader, node: yaml.Node, what: str) -> str:
    """Read a text that may be empty in quotes, or a variable."""
    if isinstance(node, yaml.ScalarNode) and not node.value and node.style:
        return ""
    text = reader.text(node, what)
    if text.startswith("$") and text not in VARIABLES:
        guess = did_you_mean(text, VARIABLES) or ";"
        reader.fail(node, f"unknown variable {quoted(text)}{guess} allowed: {', '.join(VARIABLES)}")
    return text


def _check(reader: Reader, node: yaml.Node, _services: Services) -> Check:
    return Check(place=reader.place(node), name=reader.text(node, "check"), checked=True)


def _uncheck(reader: Reader, node: yaml.Node, _services: Services) -> Check:
    return Check(place=reader.place(node), name=reader.text(node, "uncheck"), checked=False)


def _press(reader: Reader, node: yaml.Node, _services: Services) -> Press:
    place = reader.place(node)
    if isinstance(node, yaml.ScalarNode):
        return Press(place=place, action=reader.text(node, "press"))
    found = reader.entries(node, "press", ("action", "nth"))
    if "action" not in found:
        reader.fail(node, "action is missing: what the button does")
        return Press(place=place, action="")
    nth = reader.number(found["nth"], "nth") if "nth" in found else 1
    return Press(place=place, action=reader.text(found["action"], "action"), nth=nth)


def _wait(reader: Reader, node: yaml.Node, _services: Services) -> Wait:
    text = reader.text(node, "wait")
    rest = _SPAN.sub("", text).replace("and", "").strip(" ,+")
    spans = [timedelta(seconds=int(count) * _UNITS[unit]) for count, unit in _SPAN.findall(text)]
    if rest or not spans:
        reader.fail(node, f"{quoted(text)} is no time; write it as 91 days, or 1 hour 5 minutes")
    return Wait(place=reader.place(node), span=sum(spans, timedelta()))


def _connect(reader: Reader, node: yaml.Node, _services: Services) -> Connect:
    return Connect(place=reader.place(node), changes=read_connection(reader, node))


def _hand_to(reader: Reader, node: yaml.Node, _services: Services) -> HandTo:
    return HandTo(place=reader.place(node), person=reader.one_of(node, "person", PERSON_IDS))


def _other_tab(reader: Reader, node: yaml.Node, services: Services) -> OtherTab:
    return OtherTab(place=reader.place(node), steps=read_steps(reader, node, services))


def _repeat(reader: Reader, node: yaml.Node, services: Services) -> Repeat:
    found = reader.entries(node, "repeat", ("times", "steps"))
    missing = [name for name in ("times", "steps") if name not in found]
    if missing:
        reader.fail(node, f"{' and '.join(missing)} missing: how often, and what")
        return Repeat(place=reader.place(node), times=1, steps=())
    return Repeat(
        place=reader.place(node),
        times=reader.number(found["times"], "times"),
        steps=read_steps(reader, found["steps"], services),
    )


def _expect(reader: Reader, node: yaml.Node, services: Services) -> Expect:
    place = reader.place(node)
    if isinstance(node, yaml.ScalarNode):
        screen, state = _screen(reader, node)
        return Expect(place=place, screen=screen, state=state)
    found = reader.entries(node, "expect", EXPECTED)
    screen, state = _screen(reader, found["screen"]) if "screen" in found else ("", "")
    return Expect(
        place=place,
        screen=screen,
        state=state,
        at=_service(reader, found["at"], services) if "at" in found else "",
        texts=reader.texts(found["text"], "text") if "text" in found else (),
        no_texts=reader.texts(found["without text"], "text") if "without text" in found else (),
        holds=_pairs(reader, found["holds"], "holds") if "holds" in found else (),
        without_screens=(
            reader.flag(found["without screens"], "without screens")
            if "without screens" in found
            else False
        ),
        message=_message(reader, found["message"]) if "message" in found else "",
    )


def _screen(reader: Reader, node: yaml.Node) -> tuple[str, str]:
    text = reader.text(node, "screen")
    screen, _, state = text.partition("/")
    if text and screen not in SCREEN_IDS:
        guess = did_you_mean(screen, SCREEN_IDS) or "; connect-studio screens lists them"
        reader.fail(node, f"there is no screen {quoted(screen)}{guess}")
    return screen, state


def _message(reader: Reader, node: yaml.Node) -> str:
    return reader.one_of(node, "message", MESSAGES)


_WITH_VALUE: Mapping[str, ReadStep] = MappingProxyType(
    {
        "open": _open,
        "fill": _fill,
        "check": _check,
        "uncheck": _uncheck,
        "press": _press,
        "expect": _expect,
        "wait": _wait,
        "connect": _connect,
        "hand to": _hand_to,
        "other tab": _other_tab,
        "repeat": _repeat,
    }
)
STEPS = (*_WITH_VALUE, *_ALONE)
"""Every kind of step, as it is written."""
