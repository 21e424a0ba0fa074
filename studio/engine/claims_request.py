"""Which claims does a client ask for one by one?

OpenID Connect Core 1.0, section 5.5.

Rules kept here:

* a claim about the person is asked for in vain unless the client is registered for the scope that
  stands for it; claims that CONNECT does not know are ignored;
* what is asked of the person (`sub`) and of the sign-in (`acr`) is read here and decided elsewhere.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

type _Wishes = Mapping[str, object]

CLAIM_SCOPES: Mapping[str, str] = MappingProxyType(
    {
        "name": "profile",
        "locale": "profile",
        "email": "email",
        "email_verified": "email",
        "phone_number": "phone",
        "phone_number_verified": "phone",
    }
)
"""The claims about a person, each with the scope that stands for it (Core 5.4)."""

_PLACES = ("userinfo", "id_token")


@dataclass(frozen=True, kw_only=True)
class ClaimsRequest:
    """What the parameter `claims` asks for.

    `userinfo` and `id_token` are the claims about the person wanted at each place, `essential` all
    that the client cannot do without, wherever it wants them. `subjects` are the values that `sub`
    must have, `levels` those wanted of `acr`, best first; `level_is_essential` tells that no other
    will do.
    """

    userinfo: frozenset[str] = frozenset()
    id_token: frozenset[str] = frozenset()
    essential: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    levels: tuple[str, ...] = ()
    level_is_essential: bool = False


def parse_claims(text: str, scopes: Collection[str]) -> ClaimsRequest:
    """Read the parameter of a client that is registered for these scopes.

    Raises:
        ValueError: It is not of the shape that section 5.5 asks for; the message says why.
    """
    wishes = _wishes(text)
    acr = wishes["id_token"].get("acr")
    return ClaimsRequest(
        userinfo=_known(wishes["userinfo"], scopes),
        id_token=_known(wishes["id_token"], scopes),
        essential=frozenset(
            name for one in wishes.values() for name, wish in one.items() if _is_essential(wish)
        ),
        subjects=frozenset(
            value for one in wishes.values() for value in tuple(_values(one.get("sub")))[:1]
        ),
        levels=tuple(_values(acr)),
        level_is_essential=_is_essential(acr),
    )


def _wishes(text: str) -> dict[str, _Wishes]:
    """Return the claims wanted at each place, with what is wished of them."""
    try:
        claims = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("claims is not JSON") from None
    if not isinstance(claims, dict):
        raise ValueError("claims must be a JSON object")  # noqa: TRY004 - what JSON says is a value
    found: dict[str, _Wishes] = {}
    for place in _PLACES:
        member = {} if claims.get(place) is None else claims[place]
        if not isinstance(member, dict):
            raise ValueError("claims.userinfo and claims.id_token must be objects")  # noqa: TRY004
        found[place] = member
    return found


def _known(wishes: _Wishes, scopes: Collection[str]) -> frozenset[str]:
    return frozenset(name for name in wishes if CLAIM_SCOPES.get(name) in scopes)


def _is_essential(wish: object) -> bool:
    return isinstance(wish, dict) and wish.get("essential") is True


def _values(wish: object) -> Iterator[str]:
    """Yield the values that would do: `value`, else `values` (section 5.5.1); text alone counts."""
    if not isinstance(wish, dict):
        return
    several = wish.get("values")
    wanted = [wish["value"]] if "value" in wish else several if isinstance(several, list) else []
    yield from (one for one in wanted if isinstance(one, str))
