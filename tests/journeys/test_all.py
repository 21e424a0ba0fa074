"""Every journey that comes with the program is played, left to right and right to left."""

from __future__ import annotations

import pytest

from studio.journeys.library import shipped
from tests.journeys.given import shipped_run


@pytest.mark.page_errors  # CONNECT fails on purpose in one of them, and logs it
@pytest.mark.parametrize("tag", ["en", "ur-PK"])
def test_every_journey_can_be_played(tag: str) -> None:
    run = shipped_run(tag)
    points = {journey.id: run.play(journey) for journey in shipped().all()}
    failed = [str(point.error) for point in points.values() if point.error]
    assert not failed, "\n".join(failed)


def test_pages_are_in_the_language_that_is_asked_for() -> None:
    run = shipped_run("ur-PK")
    for name in ("screens/start/phone", "screens/account/empty", "screens/service/signed-out"):
        browser = run.browser(shipped().get(name))
        assert (browser.document.get("lang"), browser.document.get("dir")) == ("ur-PK", "rtl")
