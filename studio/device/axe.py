"""axe-core: the script that tries a page against it, and what it found."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, cast

from studio.device.renderer import Violation
from studio.device.tasks import Script
from studio.resources import folder

if TYPE_CHECKING:
    from studio.device.tasks import Json

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""The rules that are tried: all of WCAG 2.2 A and AA, and what axe-core advises besides."""

_OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "resultTypes": ["violations"],
    # Style sheets of other origins would be fetched: there are none.
    "preload": False,
}
_RUN = """async () => (await axe.run(document, %s)).violations.map((one) => ({
  rule: one.id, help: one.help, elements: one.nodes.map((node) => node.target.join(" ")),
}))"""


@cache
def axe() -> Script:
    """Return the script that tries a page; `violations` reads its value."""
    library = (folder("assets") / "axe" / "axe.min.js").read_text("utf-8")
    return Script(source=_RUN % json.dumps(_OPTIONS), library=library)


def violations(value: Json) -> tuple[Violation, ...]:
    """Read what the script has found."""
    rows = cast("list[dict[str, list[str]]]", value)
    return tuple(
        Violation(rule=str(row["rule"]), help=str(row["help"]), elements=tuple(row["elements"]))
        for row in rows
    )
