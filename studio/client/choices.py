"""Which closed lists does the client file know? What the engine obeys is in `engine.policy`."""

from __future__ import annotations

from enum import StrEnum


class Platform(StrEnum):
    """Where the service runs."""

    WEB = "web"
    ANDROID = "android"
    IOS = "ios"
    WINDOWS = "windows"
    MACOS = "macos"
    JAVASCRIPT = "javascript"


class ApplicationType(StrEnum):
    """What kind of application asks (OpenID Connect Registration 1.0, section 2)."""

    WEB = "web"
    NATIVE = "native"


class LogoKind(StrEnum):
    """The shape of the logo; a symbol alone needs a header 104 CSS pixels high."""

    WIDE = "wide"
    SYMBOL = "symbol"


class EntryPoint(StrEnum):
    """What starts the sign-in in the service."""

    BUTTON = "button"
    STARTUP = "startup"
    LINK = "link"


class Browser(StrEnum):
    """What the sign-in pages open in."""

    IN_APP_TAB = "in-app-tab"
    WEB_VIEW = "web-view"
    SAME_TAB = "same-tab"
    NEW_TAB = "new-tab"
    POP_UP = "pop-up"


class ButtonScheme(StrEnum):
    """The colours of the sign-in button."""

    DARK_GREY = "dark-grey"
    LIGHT_GREY = "light-grey"
    BLUE = "blue"
