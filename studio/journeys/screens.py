"""Which screens are there? Every id, in the groups and the order that lists show them in."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Sign-in": (
            "start",
            "signing-in",
            "mobile-data-prompt",
            "verify-phone",
            "verify-email",
            "password",
            "create-password",
            "add-email",
            "add-phone",
            "consent",
            "forgot-password",
            "forgot-password-code",
            "new-password",
            "password-changed",
            "code-page",
        ),
        "Re-authentication": ("reauth-password", "reauth-verify-phone", "step-up"),
        "My CONNECT account": (
            "account",
            "account-profile",
            "account-profile-edit",
            "account-phones",
            "account-add-phone",
            "account-verify-phone",
            "account-remove-phone",
            "account-emails",
            "account-add-email",
            "account-verify-email",
            "account-remove-email",
            "account-password",
            "account-services",
            "account-service",
            "account-withdraw",
            "account-subscriptions",
            "account-purchases",
            "account-about",
        ),
        "Sign-out": ("sign-out", "signed-out"),
        "To read": ("about", "terms", "privacy"),
        "Mistakes": ("request-refused", "start-again", "not-found", "server-error"),
        "Service": ("service", "outside"),
    }
)

SCREEN_IDS: tuple[str, ...] = tuple(one for ids in GROUPS.values() for one in ids)


def group_of(screen: str) -> str:
    """Return the group of a screen, by its id.

    Raises:
        LookupError: There is no such screen.
    """
    for group, ids in GROUPS.items():
        if screen in ids:
            return group
    raise LookupError(f"there is no screen {screen!r}")
