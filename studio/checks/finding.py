"""What has a check found: where, why, and how to mend it?"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    """People are kept from signing in, read something wrong, or cannot read it."""
    WARNING = "warning"
    """It works, and it is against advice or likely to be a mistake."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        check: The name of the check, such as `placeholders`.
        severity: How bad it is.
        message: Why it is wrong, in one sentence.
        mend: What to do, in one sentence.
        file: The file it is in, as it was named; empty where it is in none.
        line: From 1; 0 where it is about the whole file.
        locale: BCP 47 tag of the language it is about; empty where it is about none.
        screen: The screens it is seen on, such as `start` or `start/phone`; empty where unknown.
    """

    check: str
    severity: Severity
    message: str
    mend: str
    file: str = ""
    line: int = 0
    locale: str = ""
    screen: str = ""

    @property
    def place(self) -> str:
        """Where it is, within its file."""
        parts = [str(self.line) if self.line else "", self.locale, self.screen]
        return " ".join(part for part in parts if part)

    def as_row(self) -> dict[str, str | int]:
        """Return it as JSON has it, with its keys in the order people read them."""
        row = asdict(self) | {"severity": str(self.severity)}
        order = ("check", "severity", "file", "line", "locale", "screen", "message", "mend")
        return {name: row[name] for name in order}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What one check says of one thing; whoever asked knows where that is."""

    message: str
    mend: str
