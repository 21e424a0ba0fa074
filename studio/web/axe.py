"""axe-core on a page that is loaded: it is started, and asked until it has finished.

It is put into the program's own world of the page, so the page's content security policy neither
allows nor forbids it, and the page cannot see it.
"""

from __future__ import annotations

import json
from functools import cache

from studio.device import axe
from studio.device.renderer import RenderError, Violation

DONE = "typeof axeFound === 'string'"
"""Evaluates to whether axe-core has finished."""

FOUND = "axeFound"
"""Evaluates to what it has found, for `violations`."""

_RUN = """
var axeFound = null;
(%s)().then(
  (rows) => { axeFound = JSON.stringify(rows); },
  (error) => { axeFound = JSON.stringify(String(error)); },
);
"""


@cache
def script() -> str:
    """Return the script that brings axe-core into a page and starts it."""
    return f"{axe.axe().library}\n{_RUN % axe.axe().source}"


def violations(found: str) -> tuple[Violation, ...]:
    """Read what `FOUND` evaluates to.

    Raises:
        RenderError: axe-core itself failed.
    """
    rows = json.loads(found)
    if isinstance(rows, str):
        raise RenderError(f"axe-core failed: {rows}")
    return axe.violations(rows)
