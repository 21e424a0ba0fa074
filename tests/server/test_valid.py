"""The studio's own pages are valid HTML, as CONNECT's are."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from studio.server.gate import PASS, Gate
from studio.server.passes import Passes
from tests.pages.test_valid import check
from tests.server.given import MOMENT, PLACE, Clock, asked, get, new_server, pages
from tests.server.test_studio_pages import sms

if TYPE_CHECKING:
    from pathlib import Path

OWN = {"REMOTE_ADDR": "127.0.0.1"}


def test_the_pages_of_the_studio_are_valid(tmp_path: Path) -> None:
    server = new_server("fakebrand", "strusic", clock=Clock(MOMENT + timedelta(microseconds=5)))
    server.deliver(sms())
    server.deliver(sms(code=None))
    passes = Passes(lambda _new: None)
    passes.draw()
    client = asked(server)
    machine = asked(server, Gate(passes, pages(), PLACE, frozenset({"127.0.0.1"})))
    other = asked(server, Gate(passes, pages(), PLACE, frozenset()))
    answers = {
        "index": get(client, "/"),
        "inbox": get(client, "/studio/inbox"),
        "clock": get(client, "/studio/clock"),
        "wrong-clock": client.post("/studio/clock", base_url=PLACE.origin, data={"days": "x"}),
        "clock-in-a-network": machine.get("/studio/clock", base_url=PLACE.origin, environ_base=OWN),
        "pass": machine.get(PASS, base_url=PLACE.origin, environ_base=OWN),
        "enter": get(other, "/"),
        "wrong-pass": other.post(PASS, base_url=PLACE.origin, data={"pass": "x"}),
    }
    titles = {one.text.partition("<title>")[2].partition(" –")[0] for one in answers.values()}
    assert titles == {"Services", "Inbox", "Clock", "Open it on a phone", "Enter the pass"}
    assert check({name: one.data for name, one in answers.items()}, tmp_path) == []
