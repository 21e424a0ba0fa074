from __future__ import annotations

import pytest
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import Rule
from werkzeug.test import create_environ
from werkzeug.wrappers import Response

from studio.site.routes import Routes


def routes(name: str) -> Routes:
    """Routes of a site of its own, with the same paths as any other."""

    def show(page: str) -> Response:
        return Response(f"{name} shows {page}")

    def submit(page: str) -> Response:
        return Response(f"{name} takes {page}")

    return Routes(
        [
            Rule("/<page>", endpoint=show, methods=["GET"]),
            Rule("/<page>", endpoint=submit, methods=["POST"]),
        ]
    )


def test_sites_with_the_same_paths_answer_each_by_itself() -> None:
    sites = [routes("one"), routes("two")]
    told = []
    for site in sites:
        for method in ("GET", "POST"):
            endpoint, values = site.match(create_environ("/start", method=method))
            told.append(endpoint(**values).get_data(as_text=True))
    assert told == ["one shows start", "one takes start", "two shows start", "two takes start"]


def test_what_nothing_answers_is_refused() -> None:
    with pytest.raises(NotFound):
        routes("one").match(create_environ("/start//"))
    with pytest.raises(MethodNotAllowed):
        routes("one").match(create_environ("/start", method="PUT"))
