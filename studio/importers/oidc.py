"""Client metadata of OpenID Connect registration, made a client file to begin with.

Read are the members that `studio.exporters.oidc` writes (RFC 7591, OpenID Connect Registration 1.0,
RP-Initiated and Back-Channel Logout 1.0), in a request or in a provider's answer. What a client
file has no place for, or cannot hold, is told; secrets are never repeated.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from studio.client.file import validated
from studio.client.hints import quoted
from studio.importers.client_text import client_text
from studio.importers.reading import decoded, json_source, pointer
from studio.importers.shape import Imported, ImportFileError
from studio.site.place import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.client.model import Client
    from studio.client.tree import Data, Fault, KeyPath
    from studio.importers.reading import Source

SUFFIXES = (".json",)
ORIGIN = "Taken over from an OpenID Connect registration."
MESSAGE = "initial_message"
_MARK = re.compile(rb'"redirect_uris"\s*:\s*\[')
_ROUNDS = 20
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,63}")
_NO_ID = re.compile(r"[^A-Za-z0-9]+")
_LONGEST_ID = 64

_LISTS = (
    "redirect_uris", "post_logout_redirect_uris", "contacts", "default_acr_values",
    "grant_types", "response_types",
)  # fmt: skip
_TEXTS = (
    "client_name", "client_id", "software_id", "tos_uri", "policy_uri", "scope",
    "application_type", "token_endpoint_auth_method", "backchannel_logout_uri", "default_max_age",
    "backchannel_logout_session_required", MESSAGE,
)  # fmt: skip
_NEEDED = (("registration", "name"), ("registration", "redirect_uris"))
_SECRETS = {"client_secret", "registration_access_token", "software_statement", "jwks"}
_WHY_NOT = {
    "logo_uri": "fetch the picture, put it beside the client file and name it at branding.logo",
    "client_uri": "a client file has no address of the service's own site",
    "jwks_uri": "keys of a client are not part of a client file",
    "require_auth_time": "the time of signing in is always told",
}
_AS_IT_IS = {
    "software_id", "client_id", "grant_types", "response_types", "client_id_issued_at",
    "client_secret_expires_at", "registration_client_uri", "backchannel_logout_session_required",
}  # fmt: skip
"""Members that say what is the same for every client, or are used for another setting."""


def reads(data: bytes, name: str) -> bool:
    """Tell whether a file looks like client metadata."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix in SUFFIXES and _MARK.search(data) is not None


def read(data: bytes, name: str) -> Imported:
    """Return a client file of client metadata.

    Raises:
        ImportFileError: It cannot be taken over.
    """
    source = json_source(decoded(data, name), name)
    _check_types(source)
    client, dropped = _client(source, _settings(source))
    return Imported(
        text=client_text(client, ORIGIN),
        left_out=(*_without_place(source), *dropped),
    )


def _check_types(source: Source) -> None:
    for key, value in source.data.items():
        name = key.partition("#")[0]
        if name in _LISTS and not _is_list(value):
            source.refuse((key,), "must be a list of texts")
        if name in _TEXTS and not isinstance(value, str):
            source.refuse((key,), "must be one value")
    if not source.data.get("redirect_uris"):
        source.refuse(("redirect_uris",), "is missing; one address is needed")


def _is_list(value: Data) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _settings(source: Source) -> dict[str, Data]:
    """Return the data of a client file that says the same."""
    level = next((one for one in _list(source, "default_acr_values") if one in {"1", "2"}), None)
    method = _text(source, "token_endpoint_auth_method")
    return {
        "version": "1",
        "registration": {
            "id": _id(source),
            "name": _name(source),
            "contact": next(iter(_list(source, "contacts")), None),
            "application_type": _text(source, "application_type"),
            # RFC 7591, section 2: left out, it is client_secret_basic.
            "confidential": "false" if method == "none" else "true",
            "scopes": list(_scopes(source)),
            "redirect_uris": _by_environment(source, "redirect_uris"),
            "post_logout_redirect_uris": _by_environment(source, "post_logout_redirect_uris"),
            "backchannel_logout_uri": _text(source, "backchannel_logout_uri"),
            "terms_uri": _text(source, "tos_uri"),
            "privacy_uri": _text(source, "policy_uri"),
        },
        "branding": {"message": _messages(source)},
        "flow": {"level": level},
        "session": {"max_age": _text(source, "default_max_age")},
    }


def _client(source: Source, data: dict[str, Data]) -> tuple[Client, list[str]]:
    """Return the client, and what of the data is not allowed in a client file."""
    dropped: list[str] = []
    for _ in range(_ROUNDS):
        client, faults = validated(data)
        if client is not None:
            return client, dropped
        needed = next((one for one in faults if one.path in _NEEDED), None)
        if needed:
            source.refuse(_member(needed), needed.message, len(faults))
        for fault in sorted(faults, key=lambda one: _numbers(one.path), reverse=True):
            dropped.append(f"{pointer(_member(fault))}: {fault.message}")
            _drop(data, fault.path)
    raise ImportFileError(f"{source.name}: /: too much of it is not allowed in a client file")


def _drop(data: Data, path: KeyPath) -> None:
    """Take one value out of the data."""
    for name in path[:-1]:
        data = data[int(name)] if isinstance(data, list) else data[name]  # type: ignore[index]  # the fault is there
    if isinstance(data, list):
        del data[int(path[-1])]
    elif isinstance(data, dict):
        data.pop(path[-1], None)


def _numbers(path: KeyPath) -> tuple[int, ...]:
    """Order faults of one list by their index: the last is taken out first."""
    return tuple(int(one) for one in path if one.isdecimal())


_MEMBERS = {
    "name": "client_name",
    "contact": "contacts",
    "scopes": "scope",
    "terms_uri": "tos_uri",
    "privacy_uri": "policy_uri",
    "level": "default_acr_values",
    "max_age": "default_max_age",
}


def _member(fault: Fault) -> KeyPath:
    """Return the member that a setting is from."""
    section, *names = fault.path
    if section == "branding":
        return (f"{MESSAGE}#{names[-1]}",)
    return (_MEMBERS.get(names[0], names[0]),) if names else (section,)


def _text(source: Source, name: str) -> str | None:
    value = source.data.get(name)
    return value if isinstance(value, str) else None


def _list(source: Source, name: str) -> list[str]:
    value = source.data.get(name)
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _scopes(source: Source) -> Iterator[str]:
    """Yield the scopes, each once; openid is always among them."""
    yield from dict.fromkeys(["openid", *(_text(source, "scope") or "").split()])


def _name(source: Source) -> str | None:
    """Return the name without a language, or the first that has one."""
    tagged = (key for key in source.data if key.startswith("client_name#"))
    return _text(source, "client_name") or next((_text(source, key) for key in tagged), None)


def _id(source: Source) -> str:
    """Return the id that a provider or the developer gave, or one made from the name."""
    given = (_text(source, "client_id"), _text(source, "software_id"))
    made = _NO_ID.sub("-", (_name(source) or "").lower()).strip("-")[:_LONGEST_ID]
    return next((one for one in given if one and _ID.fullmatch(one)), made or "client")


def _by_environment(source: Source, name: str) -> Data:
    """Put addresses where the file's name says, else those of this machine below staging."""
    uris = list(dict.fromkeys(_list(source, name)))
    for environment in ("staging", "production"):
        if environment in source.name.lower():
            return {environment: [*uris]}
    local = [uri for uri in uris if _is_loopback(uri)]
    return {"staging": [*local], "production": [uri for uri in uris if uri not in local]}


def _is_loopback(uri: str) -> bool:
    try:
        return urlsplit(uri).hostname in LOOPBACK
    except ValueError:
        return False


def _messages(source: Source) -> Data:
    """Return the messages by language; one without any is of the default language."""
    prefix = f"{MESSAGE}#"
    tagged = {key.removeprefix(prefix): key for key in source.data if key.startswith(prefix)}
    if not tagged and MESSAGE in source.data:
        return {"en": _text(source, MESSAGE)}
    return {tag: _text(source, key) for tag, key in tagged.items()}


def _without_place(source: Source) -> Iterator[str]:
    """Yield what a client file has no place for, and what stands in it instead."""
    for key in source.data:
        name, _, tag = key.partition("#")
        if key in _SECRETS:
            yield f"{pointer((key,))}: keys and secrets do not belong in a client file"
        elif tag and name != MESSAGE:
            yield f"{pointer((key,))}: a client file has one {name} for all languages"
        elif name not in (*_LISTS, *_TEXTS, *_AS_IT_IS):
            why = _WHY_NOT.get(name, "a client file has no place for it")
            yield f"{pointer((key,))}: {why}"
    yield from _in_part(source)


def _in_part(source: Source) -> Iterator[str]:
    """Yield what is taken over in part or in another shape."""
    for other in _list(source, "contacts")[1:]:
        yield f"/contacts: a client file has one; {quoted(other)} is left out"
    for level in _list(source, "default_acr_values"):
        if level not in {"1", "2"}:
            yield f"/default_acr_values: {quoted(level)} is neither 1 nor 2"
    method = _text(source, "token_endpoint_auth_method") or ""
    if method not in {"", "none", "client_secret_basic", "client_secret_post"}:
        yield f"/token_endpoint_auth_method: {quoted(method)} is taken as a client with a secret"
    if "openid" not in (_text(source, "scope") or "").split():
        yield "/scope: openid is added; sign-in is not possible without it"
    if _id(source) not in {_text(source, "client_id"), _text(source, "software_id")}:
        yield f"/client_id: there is none that a client file can have; {_id(source)} is made up"
    if _text(source, "application_type") == "native":
        yield "/application_type: write at registration.platform whether it is android or ios"
