"""Why is it so? Sentences about the page, its language, and the number that the network tells.

The rules are the engine's and the pages'; here is only how their outcome is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, assert_never

from studio.engine.detection import Network, detected
from studio.i18n.locales import TAGS, locale, match
from studio.pages.language import page_locale

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studio.client.model import Client
    from studio.engine.detection import Circumstances, SdkOptions

_PAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "start": "Nobody is signed in or detected, so the person says who they are.",
        "mobile-data-prompt": "On Wi-Fi only, the SDK offers to switch mobile data on.",
        "signing-in": "The network tells the number, and that is enough: nothing is asked.",
        "verify-phone": "A code proves that the person has this phone.",
        "verify-email": "A code proves that the person reads this email address.",
        "password": "Level 2, an email address, or a client without codes: by password.",
        "reauth-password": "Signed in already, but the sign-in has to be made again.",
        "reauth-verify-phone": "Signed in already, but the phone has to be proven again.",
        "step-up": "Signed in with the phone, but level 2 is asked for.",
        "forgot-password": "The person has forgotten the password and may get a code.",
        "forgot-password-code": "A code proves that the person may choose a new password.",
        "new-password": "The code was right: the person chooses a new password.",
        "create-password": "Level 2 is asked for, and the account has no password yet.",
        "password-changed": "The new password is kept; signing in goes on.",
        "add-email": "An email address is asked for, and the account has none.",
        "add-phone": "A phone number is asked for, and the account has none.",
        "consent": "The person has not given the client what it asks for.",
        "code-page": "The client has no address of its own: the code is shown to be copied.",
        "sign-out": "A service asks to sign out, and cannot prove for whom: CONNECT asks first.",
        "signed-out": "The person has signed out: of CONNECT, or of the service alone.",
        "server-error": "Something failed inside CONNECT; its log has the reference.",
        "not-found": "CONNECT has no page at this address.",
        "outside": "The address is neither CONNECT's nor a redirect URI of the client.",
    }
)
_START_AGAIN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "expired": "A sign-in can go on for an hour; this one is older.",
        "no-cookie": "The sign-in began in a browser that kept its cookie; this one has none.",
        "declined": "The person went back, and the client has no address to tell.",
    }
)
SIGNED_IN: Final = frozenset({"signed-in", "settings", "account"})
"""The pages of a service whose person is signed in."""

_AT_SERVICE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "signed-out": "The service's own page: nobody has asked CONNECT to sign in yet.",
        "splash": "The service has started and is about to ask CONNECT.",
        "access_denied": "The person went back, and the service was told access_denied.",
        "nothing": "The redirect URI was opened without an answer of CONNECT.",
        "code_of_another": "The code answers the request of another program: only that one may "
        "exchange it.",
        "no_id_token": "The request was not for openid, so no ID token came.",
    }
)
_EXCHANGED = "The service got a code and exchanged it for tokens."
_SINGLE_SIGN_ON = (
    "Single sign-on was enough: the person was signed in to CONNECT already, and this service asks "
    f"for nothing more, so no page of CONNECT was shown. {_EXCHANGED}"
)
_ACCOUNT = "A page of the account: it is shown to whoever has CONNECT's session here."
_ANYBODY = "A page for anybody: no sign-in is needed."


def why_page(screen_id: str, state: str) -> str:
    """Return why a page of CONNECT is shown, by its screen."""
    if screen_id == "start-again":
        return _START_AGAIN.get(state, _ANYBODY)
    if screen_id.startswith("account"):
        return _ACCOUNT
    return _PAGES.get(screen_id, _ANYBODY)


def why_refused(parameter: str, value: str) -> str:
    """Return why a request ends at CONNECT: whom nobody knows gets nothing."""
    given = f'"{value}"' if value else "nothing"
    return f"{parameter} is {given}, which is not registered: nobody may be sent back."


def why_at_service(state: str, refusal: str = "", *, single_sign_on: bool = False) -> str:
    """Return why the service's own page is shown; `refusal` is what was wrong in its request.

    `single_sign_on` tells that CONNECT's session alone was enough.
    """
    if state in SIGNED_IN:
        return _SINGLE_SIGN_ON if single_sign_on else _EXCHANGED
    if refusal:
        return f"CONNECT refused the request and told the service {state}: {refusal}."
    return _AT_SERVICE.get(state, f"CONNECT sent the person back with the error {state}.")


# Language


@dataclass(frozen=True, kw_only=True)
class LanguageFacts:
    """The language of a page: BCP 47 `tag`, why, and what became of each wanted language."""

    tag: str
    name: str
    why: str
    wanted: tuple[tuple[str, str], ...]


def language_facts(client: Client | None, wanted: Sequence[str]) -> LanguageFacts:
    """Tell why a page is in its language; without a client it is CONNECT's own page."""
    own = locale(client.language.default) if client else locale("en")
    shown = page_locale(client, wanted) if client else match(wanted) or own
    offered = (client.language.offered or TAGS) if client else TAGS
    listens = client is None or client.language.by_request
    good = [at for at, one in enumerate(wanted) if listens and match([one], offered)]
    last = good[0] if good else len(wanted) if listens else -1
    return LanguageFacts(
        tag=shown.tag,
        name=shown.english_name,
        why=_why_language(
            listens=listens,
            wants=bool(wanted),
            served=bool(good),
            whose="the client" if client else "CONNECT",
        ),
        wanted=tuple(
            (one, _answer(one, offered) if at <= last else "not looked at")
            for at, one in enumerate(wanted)
        ),
    )


def _why_language(*, listens: bool, wants: bool, served: bool, whose: str) -> str:
    if not listens:
        return "The client never lets the request choose: its default language."
    if not wants:
        return f"No language was asked for: the default one of {whose}."
    if served:
        return "The first of the wanted languages that is offered."
    return f"None of the wanted languages is offered: the default one of {whose}."


def _answer(preference: str, offered: Sequence[str]) -> str:
    found, known = match([preference], offered), match([preference])
    if found:
        return "taken" if found.tag == preference else f"taken: served by {found.tag}"
    return f"{known.tag} is not offered" if known else "not a language of CONNECT"


# Detection


def why_number(circumstances: Circumstances, sdk: SdkOptions, *, allowed: bool) -> str:
    """Tell why the network tells a number or none (the table "level of assurance")."""
    if not allowed:
        return "prompt=no_seam: the network is not asked."
    told = detected(circumstances, sdk, allowed=True) is not None
    match circumstances.network:
        case Network.MOBILE_DATA:
            return "Mobile data of the group's operator tell the number." if told else _NO_SIM
        case Network.OTHER_OPERATOR:
            return "These mobile data are another operator's, which tells no number."
        case Network.WIFI:
            return "Wi-Fi tells no number."
        case Network.WIFI_AND_MOBILE_DATA:
            return _beside_wifi(circumstances, sdk, told=told)
        case Network.HOTSPOT:
            return _on_hotspot(circumstances, told=told)
    assert_never(circumstances.network)


_NO_SIM = "No operator of the group knows this SIM."


def _beside_wifi(circumstances: Circumstances, sdk: SdkOptions, *, told: bool) -> str:
    if told:
        return "The SDK asks over mobile data although there is Wi-Fi."
    if not sdk.detect_on_wifi:
        return "Wi-Fi goes before mobile data, and the SDK option detect_on_wifi is off."
    if not circumstances.android_web_view:
        return "detect_on_wifi works in a web view on Android only."
    return _NO_SIM


def _on_hotspot(circumstances: Circumstances, *, told: bool) -> str:
    if told:
        return "On a hotspot the network tells the number of its host."
    prevented = circumstances.host_sim is not None
    return "The SDK keeps a hotspot's number from being taken." if prevented else _NO_SIM
