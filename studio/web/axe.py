"""axe-core on a page: the script that runs it, and what it found.

It is put into the program's own world of the page, so the page's content security policy neither
allows nor forbids it, and the page cannot see it.
"""

from __future__ import annotations

import json
from functools import cache

from studio.device.renderer import RenderError, Violation
from studio.resources import folder

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""The rules that are tried: all of WCAG 2.2 A and AA, and what axe-core advises besides."""

DONE = "typeof axeFound === 'string'"
"""Evaluates to whether axe-core has finished."""

FOUND = "axeFound"
"""Evaluates to what it has found, for `violations`."""

_OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "resultTypes": ["violations"],
    # Style sheets of other origins would be fetched: there are none.
    "preload": False,
}
_RUN = """
var axeFound = null;
axe.run(document, %s).then(
  (results) => {
    axeFound = JSON.stringify(results.violations.map((one) => ({
      rule: one.id, help: one.help, elements: one.nodes.map((node) => node.target.join(" ")),
    })));
  },
  (error) => { axeFound = JSON.stringify(String(error)); },
);
"""


@cache
def script() -> str:
    """Return the script that brings axe-core into a page and starts it."""
    source = (folder("assets") / "axe" / "axe.min.js").read_text("utf-8")
    return f"{source}\n{_RUN % json.dumps(_OPTIONS)}"


def violations(found: str) -> tuple[Violation, ...]:
    """Read what `FOUND` evaluates to.

    Raises:
        RenderError: axe-core itself failed.
    """
    rows: list[dict[str, list[str]]] | str = json.loads(found)
    if isinstance(rows, str):
        raise RenderError(f"axe-core failed: {rows}")
    return tuple(
        Violation(rule=str(row["rule"]), help=str(row["help"]), elements=tuple(row["elements"]))
        for row in rows
    )
