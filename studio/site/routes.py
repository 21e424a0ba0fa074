"""Which of a site's functions answers a request?

Rules name functions of one site, and there is a site for each device. What takes long, compiling
the paths, is done once for all sites that have the same ones.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from werkzeug.routing import Map, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from wsgiref.types import WSGIEnvironment

    from werkzeug.wrappers import Response

type _Path = tuple[str, frozenset[str]]


class Routes:
    """The rules of one site; slashes count as they are."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        own = tuple(rules)
        self._endpoints = [one.endpoint for one in own]
        paths = _compiled(tuple((one.rule, frozenset(one.methods or ())) for one in own))
        # Bound once, to no host: no rule is about one, and none redirects.
        self._paths = paths.bind("")

    def match(self, environ: WSGIEnvironment) -> tuple[Callable[..., Response], Mapping[str, str]]:
        """Return what answers a request, and what its path says.

        Raises:
            HTTPException: Nothing does, or not by this method.
        """
        # Octets of UTF-8, each as one character (PEP 3333, "Unicode Issues").
        path = environ.get("PATH_INFO", "").encode("latin-1").decode(errors="replace")
        place, values = self._paths.match(path, environ["REQUEST_METHOD"])
        return self._endpoints[place], values


@cache
def _compiled(paths: tuple[_Path, ...]) -> Map:
    """Return a map from paths to their places."""
    rules = [
        Rule(path, endpoint=place, methods=methods) for place, (path, methods) in enumerate(paths)
    ]
    return Map(rules, merge_slashes=False)
