"""The checks of a client, in the order in which their findings are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.checks.brand import HeaderContrast, LogoShape, LogoSharpness, PageContrast
from studio.checks.finding import Finding, Severity
from studio.checks.messages import (
    ClientSms,
    LanguageUnfinished,
    MessageLength,
    MessageMissing,
    MessageTexts,
)
from studio.checks.settings import SETTING_CHECKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.client import ClientCheck, ClientSubject
    from studio.client.logo import LogoError
    from studio.client.mistake import Mistake

CLIENT_CHECKS: tuple[ClientCheck, ...] = (
    HeaderContrast(),
    PageContrast(),
    LogoSharpness(),
    LogoShape(),
    MessageMissing(),
    MessageLength(),
    MessageTexts(),
    ClientSms(),
    LanguageUnfinished(),
    *SETTING_CHECKS,
)


def find_in_client(subject: ClientSubject) -> Iterator[Finding]:
    """Yield what is wrong with a client."""
    for check in CLIENT_CHECKS:
        yield from check.find(subject)


def unreadable(mistake: Mistake, file: str) -> Finding:
    """Turn a mistake of a client file into a finding."""
    return Finding(
        check="client-file",
        severity=Severity.ERROR,
        message=f"{mistake.path}: {mistake.message}" if mistake.path else mistake.message,
        mend="Mend the file there; nothing else in it was looked at.",
        file=file,
        line=mistake.line,
    )


def unusable_logo(error: LogoError, file: str) -> Finding:
    """Turn a logo that cannot be shown into a finding."""
    return Finding(
        check="logo-file",
        severity=Severity.ERROR,
        message=f"branding.logo: {error}",
        mend="Choose another picture; nothing else of this client was looked at.",
        file=file,
    )
