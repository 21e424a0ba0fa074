"""What is a format made of, and what does it make? The values that every exporter shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.site.application import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.device.tasks import BatchRenderer
    from studio.pages.hosting import HostedClient


@dataclass(frozen=True, kw_only=True)
class Handover:
    """What every format is made of.

    `text` is the client file's own. `renderer` starts whoever draws when it is called first;
    formats that draw nothing never call it. `base` is where CONNECT is reached, for URLs.
    """

    hosted: HostedClient
    text: str
    renderer: Callable[[], BatchRenderer]
    base: str = ORIGIN


@dataclass(frozen=True, kw_only=True)
class Exporter:
    """A format: `about` is one sentence, `draws` tells whether it needs pictures of pages.

    `files` makes the contents by relative POSIX path, the same bytes for the same client. It raises
    `RenderError` where a page cannot be drawn. `first` is the one to begin with, empty where the
    names say enough.
    """

    name: str
    title: str
    about: str
    files: Callable[[Handover], Mapping[str, bytes]]
    first: str = ""
    draws: bool = False
