"""What may stand in one field of the client file? Types that check one value each.

Everything in a client file is text when it arrives here (`studio.client.file` reads YAML without
types), so flags and numbers are read from text as well as from their own type.
Every refusal is one sentence for a service owner.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from enum import IntEnum, StrEnum
from pathlib import PurePosixPath
from typing import Annotated, Literal, TypeVar, get_args
from urllib.parse import urlsplit

import phonenumbers
from pydantic import (
    AfterValidator,
    BeforeValidator,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
)

from studio.client.colour import Paint, parse_paint
from studio.client.hints import choice, did_you_mean, quoted
from studio.engine.identifiers import parse_email, parse_phone
from studio.engine.visit import ACCOUNT_CLIENT

Locale = Literal[
    "bn", "bg", "my", "zh-Hans", "da", "en", "id", "ms", "sr-Latn-ME", "nb", "sr-Latn", "sv", "th",
    "ur-PK",
]  # fmt: skip
TAGS: tuple[Locale, ...] = get_args(Locale)

_FLAGS = {"true": True, "false": False}
_LONGEST_NUMBER = 9
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_OUT_OF_BAND = ("urn:ietf:wg:oauth:2.0:oob", "urn:ietf:wg:oauth:2.0:oob:auto")
_RUNS_CODE = {"about", "blob", "data", "file", "filesystem", "javascript", "vbscript"}


def _flag(value: object) -> object:
    if isinstance(value, str) and value.lower() in _FLAGS:
        return _FLAGS[value.lower()]
    if isinstance(value, bool):
        return value
    raise ValueError(f"must be true or false, not {_shown(value)}")


def _whole_number(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"[0-9]+", value, re.ASCII):
        value = int(value) if len(value) <= _LONGEST_NUMBER else value
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise ValueError(
        f"must be a whole number from 0 to {'9' * _LONGEST_NUMBER}, not {_shown(value)}"
    )


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "a section"
    return "a list" if isinstance(value, list | tuple) else quoted(value)


def one_of[E: (StrEnum, IntEnum)](kind: type[E]) -> BeforeValidator:
    """Return the validator of a closed list, whose error names every allowed value."""

    def read(value: object) -> object:
        if isinstance(value, kind):
            return value
        for member in kind:
            if str(member.value) == str(value):
                return member
        raise ValueError(choice(str(_scalar(value)), (str(member.value) for member in kind)))

    return BeforeValidator(read)


def _locale(value: object) -> object:
    if value in TAGS:
        return value
    raise ValueError(choice(str(_scalar(value)), TAGS))


def _matching(pattern: str, sentence: str) -> AfterValidator:
    def read(text: str) -> str:
        if re.fullmatch(pattern, text) is None:
            raise ValueError(f"{quoted(text)} {sentence}")
        return text

    return AfterValidator(read)


def _not_connects_own(text: str) -> str:
    if text == ACCOUNT_CLIENT:
        raise ValueError(f"{quoted(text)} is CONNECT's own client; choose another id")
    return text


def _text(longest: int) -> AfterValidator:
    def read(text: str) -> str:
        if not text.strip():
            raise ValueError("is empty; leave the key out, or write a text")
        if len(text) > longest:
            raise ValueError(f"has {len(text)} characters; at most {longest} are allowed")
        strange = next(
            (c for c in text if not c.isprintable() and c not in _ALLOWED_CONTROLS), None
        )
        if strange is not None:
            raise ValueError(f"holds the control character U+{ord(strange):04X}")
        return text

    return AfterValidator(read)


# Line ends, and the marks that guide joining and direction in Indic and Arabic scripts.
_ALLOWED_CONTROLS = "\n\t\u200b\u200c\u200d\u200e\u200f\u00ad\u2066\u2067\u2068\u2069\u00a0\u202f"


def _paint(value: object) -> Paint:
    if not isinstance(value, str):
        raise ValueError(f"must be a colour or gradient, not {_shown(value)}")  # noqa: TRY004  pydantic gathers ValueError only
    return parse_paint(value)


def _email(text: str) -> str:
    identifier = parse_email(text)
    if identifier is None:
        raise ValueError(f'{quoted(text)} is not an e-mail address, such as "name@example.com"')
    return identifier.value


def _phone(text: str) -> str:
    identifier = parse_phone(text, None)
    if identifier is None:
        raise ValueError(
            f'{quoted(text)} is not a phone number with its calling code, such as "+47 999 12 345"'
        )
    return identifier.value


def _country(text: str) -> str:
    if text in phonenumbers.SUPPORTED_REGIONS:
        return text
    guess = did_you_mean(text, phonenumbers.SUPPORTED_REGIONS) if text.upper() != text else ""
    raise ValueError(f'{quoted(text)} is not a country of ISO 3166, such as "NO"{guess}')


def _relative_path(text: str) -> str:
    path = PurePosixPath(text)
    if path.is_absolute() or ".." in path.parts or "\\" in text or ":" in text or not path.name:
        raise ValueError(
            f"{quoted(text)} is not a file beside the client file or in a folder below it"
        )
    return text


_HOST_AND_PORT = re.compile(r"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d+)?", re.ASCII)


def _scheme_and_host(text: str) -> tuple[str, str | None]:
    if re.fullmatch(r"[\x21-\x7e]+", text) is None:
        raise ValueError(f"{quoted(text)} is not an address: only ASCII without spaces is allowed")
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise ValueError(f"{quoted(text)} is not an address: {error}") from None
    return parts.scheme, parts.hostname


def _web_address(text: str) -> str:
    """Check for HTTPS; plain HTTP reaches this machine only.

    The host goes into the pages' content security policy, where other signs would mean something.
    """
    scheme, host = _scheme_and_host(text)
    if host and _HOST_AND_PORT.fullmatch(urlsplit(text).netloc) is None:
        raise ValueError(
            f"{quoted(text)} has a host that is not allowed; allowed are letters, digits, hyphens "
            "and dots, and a port"
        )
    if host and (scheme == "https" or (scheme == "http" and host in _LOOPBACK)):
        return text
    raise ValueError(f"{quoted(text)} must begin with https:// (or http://localhost)")


def _without_fragment(text: str) -> str:
    if "#" in text:
        raise ValueError(f"{quoted(text)} has a fragment (#...); remove it")
    return text


def _return_address(text: str) -> str:
    """Check an address of a service: a page of it, or the app by a scheme of its own."""
    scheme, _host = _scheme_and_host(text)
    if scheme in {"http", "https"}:
        return _without_fragment(_web_address(text))
    if not scheme or scheme in _RUNS_CODE or scheme == "urn":
        raise ValueError(
            f"{quoted(text)} is not allowed; allowed: https://..., http://localhost:8081/..., "
            "an app's own scheme such as fakebrand://connect/oauth2callback"
        )
    return _without_fragment(text)


def _redirect_uri(text: str) -> str:
    """Check an address that an answer may be sent to (RFC 6749, section 3.1.2)."""
    return text if text in _OUT_OF_BAND else _return_address(text)


def once_each[T: Hashable](values: tuple[T, ...]) -> tuple[T, ...]:
    """Refuse a list that names a value twice."""
    seen: set[T] = set()
    for value in values:
        if value in seen:
            raise ValueError(f"{quoted(value)} is in the list twice")
        seen.add(value)
    return values


def _sequence(value: object) -> object:
    if isinstance(value, Iterable) and not isinstance(value, str | dict):
        return value
    raise ValueError(f"must be a list, such as [a, b], not {_shown(value)}")


def _scalar(value: object) -> object:
    if isinstance(value, str):
        return value
    raise ValueError(f"must be one value, not {_shown(value)}")


_Text = Annotated[str, BeforeValidator(_scalar)]

Flag = Annotated[bool, BeforeValidator(_flag)]
Seconds = Annotated[
    int, BeforeValidator(_whole_number), WithJsonSchema({"type": "integer", "minimum": 0})
]
Version = Annotated[Literal[1], BeforeValidator(_whole_number)]
Tag = Annotated[Locale, BeforeValidator(_locale)]
Line = Annotated[_Text, _text(200)]
Message = Annotated[_Text, _text(400)]
Header = Annotated[
    Paint,
    PlainValidator(_paint, json_schema_input_type=str),
    PlainSerializer(lambda paint: paint.css(), return_type=str),
]
ClientId = Annotated[
    _Text,
    _matching(
        r"[A-Za-z0-9][A-Za-z0-9._~-]{0,63}",
        "is not a client id: 1 to 64 letters, digits and . _ ~ - are allowed",
    ),
    AfterValidator(_not_connects_own),
]
Scope = Annotated[
    _Text,
    # RFC 6749, section 3.3.
    _matching(
        r"[\x21\x23-\x5b\x5d-\x7e]+", "is not a scope: it has a space or a character not allowed"
    ),
]
SmsSender = Annotated[
    _Text,
    # Alphanumeric sender address: 3GPP TS 23.040, section 9.1.2.5.
    _matching(
        r"(?=.*[A-Za-z])[A-Za-z0-9 ._&-]{1,11}",
        "is not an SMS sender: 1 to 11 letters, digits and . _ & -, with one letter at least",
    ),
]
Email = Annotated[_Text, AfterValidator(_email)]
Phone = Annotated[_Text, AfterValidator(_phone)]
Country = Annotated[_Text, AfterValidator(_country)]
LogoPath = Annotated[_Text, AfterValidator(_relative_path)]
WebAddress = Annotated[_Text, AfterValidator(_web_address)]
BackchannelAddress = Annotated[WebAddress, AfterValidator(_without_fragment)]
ReturnAddress = Annotated[_Text, AfterValidator(_return_address)]
RedirectUri = Annotated[_Text, AfterValidator(_redirect_uri)]

_Item = TypeVar("_Item", bound=Hashable)
Several = Annotated[tuple[_Item, ...], BeforeValidator(_sequence), AfterValidator(once_each)]
