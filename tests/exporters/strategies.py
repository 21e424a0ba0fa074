"""Any valid client, for tests that hold for all of them (hypothesis)."""

from __future__ import annotations

import string
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import phonenumbers
from hypothesis import strategies as st
from PIL import Image

from studio.client.choices import (
    ApplicationType,
    Browser,
    ButtonScheme,
    EntryPoint,
    LogoKind,
    Platform,
)
from studio.client.file import validated
from studio.client.kinds import TAGS
from studio.client.logo import Logo, load_logo, read_logo
from studio.client.samples import sample_path
from studio.engine.policy import Consent, IdentifierKind, Level, Prompt, StartFields, Verification
from studio.pages.hosting import HostedClient

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from enum import Enum

    from studio.client.model import Client
    from studio.client.tree import Data

_ID = string.ascii_letters + string.digits
_SIGNS = st.one_of(
    st.characters(exclude_categories=["C", "Z"]),
    st.sampled_from(" \n\t'\":#-[]{},&*!|>%@`\\\u200b\u200d\u200f\u2067\u00ad\u00a0\u202f"),
)
_HEX = st.text("0123456789abcdef", min_size=6, max_size=6).map(lambda text: f"#{text}")
_PER_CENT = st.integers(0, 100)
_DEGREES = st.integers(0, 359)
_FLAGS = st.sampled_from(["true", "false"])
_TAGS = st.sampled_from(TAGS)
_EMAILS = st.from_regex(r"[a-z]{1,8}\.[a-z0-9]{1,8}@[a-z]{1,8}\.example", fullmatch=True)
_PHONES = st.integers(0, 99_999).map(lambda number: f"+47 999 {number:05}")


def text(longest: int) -> st.SearchStrategy[str]:
    """Return texts that a setting may be."""
    return st.text(_SIGNS, min_size=1, max_size=longest).filter(lambda one: bool(one.strip()))


def _section(
    optional: Mapping[str, st.SearchStrategy[Data]],
    needed: Mapping[str, st.SearchStrategy[Data]] | None = None,
) -> st.SearchStrategy[Data]:
    return st.fixed_dictionaries(dict(needed or {}), optional=dict(optional))


def _one_of(values: Iterable[Enum]) -> st.SearchStrategy[str]:
    return st.sampled_from([str(one.value) for one in values])


def _colours() -> st.SearchStrategy[str]:
    return st.one_of(
        _HEX,
        st.sampled_from(["teal", "rebeccapurple", "#abc", "#11223344"]),
        st.builds("rgb({} {} {} / {}%)".format, _DEGREES, _DEGREES, _PER_CENT, _PER_CENT),
        st.builds("hsl({}deg {}% {}%)".format, _DEGREES, _PER_CENT, _PER_CENT),
        st.builds("oklch({}% 0.{} {})".format, _PER_CENT, st.integers(0, 37), _DEGREES),
    )


def headers() -> st.SearchStrategy[str]:
    """Return colours and gradients."""
    stops = st.lists(_colours(), min_size=2, max_size=4).map(", ".join)
    placed = st.builds("{} {}%, {} {}%".format, _colours(), _PER_CENT, _colours(), _PER_CENT)
    return st.one_of(
        _colours(),
        st.builds("linear-gradient({}deg, {})".format, _DEGREES, stops),
        st.builds("linear-gradient(to top right, {})".format, placed),
        st.builds("radial-gradient(circle at {}% 20%, {})".format, _PER_CENT, stops),
    )


def _web() -> st.SearchStrategy[str]:
    path = st.text(_ID + "-._~%!$&'()*+,;=:@/?", max_size=20)
    return st.builds(
        "https://{}.example/{}".format, st.from_regex("[a-z]{1,9}", fullmatch=True), path
    )


def _addresses() -> st.SearchStrategy[str]:
    return st.one_of(
        _web(),
        st.builds("http://localhost:{}/back".format, st.integers(1, 65535)),
        st.builds("{}://connect/back".format, st.from_regex("app[a-z0-9.+-]{0,8}", fullmatch=True)),
    )


def _uris(least: int) -> st.SearchStrategy[Data]:
    return st.lists(_addresses(), min_size=least, max_size=3, unique=True).map(list)


def _registration() -> st.SearchStrategy[Data]:
    ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,63}", fullmatch=True)
    return _section(
        {
            "organisation": text(20),
            "product": text(20),
            "description": text(60),
            "contact": _EMAILS,
            "platform": _one_of(Platform),
            "application_type": _one_of(ApplicationType),
            "confidential": _FLAGS,
            "scopes": _scopes(),
            "post_logout_redirect_uris": _section({"staging": _uris(0)}),
            "backchannel_logout_uri": _web(),
            "terms_uri": _web(),
            "privacy_uri": _web(),
            "sms_sender": st.from_regex(r"[A-Za-z][A-Za-z0-9._&-]{0,10}", fullmatch=True),
        },
        {
            "id": ids.filter(lambda one: one != "my-connect-account"),
            "name": text(40),
            "redirect_uris": _section({"staging": _uris(0)}, {"production": _uris(1)}),
        },
    )


def _scopes() -> st.SearchStrategy[Data]:
    names = st.from_regex(r"[a-z]{1,9}(\.[a-z]{1,9})?", fullmatch=True)
    more = st.lists(names, max_size=3)
    return more.map(lambda found: list(dict.fromkeys(["openid", *found])))


def _branding() -> st.SearchStrategy[Data]:
    message = st.dictionaries(_TAGS, text(60), max_size=4)
    return _section(
        {
            "header": headers(),
            "logo_kind": _one_of(LogoKind),
            "message": message.map(lambda texts: {str(tag): one for tag, one in texts.items()}),
        }
    )


def _language() -> st.SearchStrategy[Data]:
    """Return languages of which the default one is offered."""
    return st.builds(
        lambda tags, by_request, country: {
            "default": tags[0],
            "offered": tags,
            "by_request": by_request,
            "default_country": country,
        },
        st.lists(_TAGS, min_size=1, unique=True),
        _FLAGS,
        st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)),
    )


def _start() -> st.SearchStrategy[Data]:
    return _section(
        {
            "fields": _one_of(StartFields),
            "first": _one_of(IdentifierKind),
            "prefill": _section({"phone": _PHONES, "email": _EMAILS}),
        }
    )


def _flow() -> st.SearchStrategy[Data]:
    change = {"change": _FLAGS}
    return _section(
        {
            "force": st.one_of(
                _section(change, {"phone": _PHONES}), _section(change, {"email": _EMAILS})
            ),
            "require_email": _FLAGS,
            "verification": _one_of(Verification),
            "level": _one_of(Level),
            "consent": _one_of(Consent),
        }
    )


def _session() -> st.SearchStrategy[Data]:
    return _section(
        {
            "stay_signed_in": _section({"shown": _FLAGS, "default": _FLAGS}),
            "sso": _FLAGS,
            "max_age": st.integers(0, 999_999_999).map(str),
            "prompt": _prompts(),
        }
    )


def _prompts() -> st.SearchStrategy[Data]:
    """Return what a request insists on; none stands alone."""
    others = st.sampled_from([str(one.value) for one in Prompt if one is not Prompt.NONE])
    return st.one_of(st.just(["none"]), st.lists(others, unique=True, max_size=3)).map(list)


def _entry() -> st.SearchStrategy[Data]:
    return _section(
        {
            "point": _one_of(EntryPoint),
            "browser": _one_of(Browser),
            "button": _section({"scheme": _one_of(ButtonScheme), "language": _TAGS}),
        }
    )


def data() -> st.SearchStrategy[Data]:
    """Return the data of client files."""
    sdk = ("prevent_hotspot_detection", "detect_on_wifi", "read_code", "prompt_mobile_data")
    return _section(
        {
            "branding": _branding(),
            "language": _language(),
            "start": _start(),
            "flow": _flow(),
            "session": _session(),
            "sdk": _section(dict.fromkeys(sdk, _FLAGS)),
            "entry": _entry(),
        },
        {"version": st.just("1"), "registration": _registration()},
    )


def clients() -> st.SearchStrategy[Client]:
    """Return clients without a logo."""
    return data().map(_client)


def hosted_clients() -> st.SearchStrategy[HostedClient]:
    """Return clients, some of them with a logo."""
    named = st.tuples(
        st.sampled_from(["logo.bin", "pictures/our logo.x"]), st.sampled_from(_logos())
    )
    return st.builds(_with_logo, clients(), st.one_of(st.none(), named))


def _client(one: Data) -> Client:
    client, faults = validated(one)
    assert client is not None, faults
    return client


def _with_logo(client: Client, named: tuple[str, Logo] | None) -> HostedClient:
    if named is None:
        return HostedClient(client)
    branding = client.branding.model_copy(update={"logo": named[0]})
    return HostedClient(client.model_copy(update={"branding": branding}), named[1])


@cache
def _logos() -> tuple[Logo, ...]:
    made = []
    for kind in ("PNG", "JPEG", "WEBP"):
        out = BytesIO()
        Image.new("RGB", (40, 20), "teal").save(out, kind)
        made.append(read_logo(out.getvalue(), "logo"))
    return (*made, load_logo(sample_path("fakebrand").with_name("fakebrand.svg")))
