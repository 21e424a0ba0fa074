"""A client file as its checks see it, and what a check of it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from studio.checks.finding import Fault, Finding, Severity
from studio.client.tree import TreeError, child, compose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import yaml

    from studio.checks.catalogue import LanguageTexts
    from studio.client.colour import Colour
    from studio.client.model import Client
    from studio.pages.hosting import HostedClient


@dataclass(frozen=True, kw_only=True)
class ClientSubject:
    """Everything that is looked at when a client is checked.

    Attributes:
        file: How the client file is named in findings.
        text: Its text, for the lines; empty for a client without a file.
        hosted: The client and its logo.
        colours: The custom properties of `page.css` that are plain colours, such as `--ink`.
        logo_colour: The average colour of the logo; None where it has none or is not known.
        languages: What is written in each language that the client offers.
    """

    file: str
    text: str
    hosted: HostedClient
    colours: Mapping[str, Colour] = field(default_factory=dict)
    logo_colour: Colour | None = None
    languages: tuple[LanguageTexts, ...] = ()

    @property
    def client(self) -> Client:
        """The client."""
        return self.hosted.client

    @cached_property
    def _root(self) -> yaml.Node | None:
        try:
            return compose(self.text).root
        except TreeError:
            return None

    def line(self, path: str) -> int:
        """Return the line of a setting by its dotted path, or of the nearest section around it.

        It is 0 where nothing of it is in the file.
        """
        node, line = self._root, 0
        for name in path.split("."):
            found = child(node, name)
            if found is None:
                break
            key, node = found
            line = key.start_mark.line + 1
        return line

    def finding(
        self, check: str, severity: Severity, fault: Fault, path: str, tag: str = ""
    ) -> Finding:
        """Place what a check says at a setting."""
        return Finding(
            check=check,
            severity=severity,
            message=f"{path}: {fault.message}",
            mend=fault.mend,
            file=self.file,
            line=self.line(path),
            locale=tag,
        )


class ClientCheck(Protocol):
    """Looks at one client."""

    @property
    def name(self) -> str:
        """How it is called in findings."""

    def find(self, subject: ClientSubject) -> Iterator[Finding]:
        """Yield what is wrong."""
