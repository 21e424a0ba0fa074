"""The sentences about page, language and number hold what the rules decide."""

from __future__ import annotations

from itertools import product
from typing import get_args

import pytest

from studio.device.reasons import why_at_service, why_number, why_page
from studio.engine.detection import (
    BrowserKind,
    Circumstances,
    Network,
    Platform,
    SdkOptions,
    detected,
)
from studio.engine.screens import RequestRefused, Screen, StartAgain
from tests.pages.given import PHONE

ANYBODY = "A page for anybody: no sign-in is needed."
FREE = frozenset({"about", "terms", "privacy"})
TOLD = {
    "Mobile data of the group's operator tell the number.",
    "The SDK asks over mobile data although there is Wi-Fi.",
    "On a hotspot the network tells the number of its host.",
}


@pytest.mark.parametrize(
    "screen_id",
    sorted(one.id for one in get_args(Screen) if one not in {RequestRefused, StartAgain}),
)
def test_every_screen_has_a_reason_of_its_own(screen_id: str) -> None:
    assert (why_page(screen_id, "empty") == ANYBODY) == (screen_id in FREE)


@pytest.mark.parametrize("reason", ["expired", "no-cookie", "declined"])
def test_every_reason_to_start_again_is_told(reason: str) -> None:
    assert why_page("start-again", reason) != ANYBODY


@pytest.mark.parametrize("state", ["signed-out", "splash", "access_denied", "code_of_another"])
def test_what_a_service_was_told(state: str) -> None:
    assert "the error" not in why_at_service(state)
    assert why_at_service("login_required").endswith("the error login_required.")
    assert why_at_service("settings") == why_at_service("signed-in")


def test_the_reason_fits_the_number_in_every_circumstance() -> None:
    seen = set()
    for network, browser, platform, sim, host, wifi, hotspot in product(
        Network, BrowserKind, Platform, (PHONE, None), (PHONE, None), (True, False), (True, False)
    ):
        met = Circumstances(
            network=network, browser=browser, platform=platform, sim=sim, host_sim=host
        )
        sdk = SdkOptions(detect_on_wifi=wifi, prevent_hotspot_detection=hotspot)
        for allowed in (True, False):
            why = why_number(met, sdk, allowed=allowed)
            seen.add(why)
            assert (why in TOLD) == (detected(met, sdk, allowed=allowed) is not None)
    assert seen >= TOLD
    assert len(seen) == len(TOLD) + 7
