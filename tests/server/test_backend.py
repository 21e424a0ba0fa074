"""What CONNECT knows while it serves: clients and their secrets, the inbox, the clock."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from studio.pages.hosting import HostedClient
from studio.server.backend import INBOX, REGISTERED, SEED_BYTES
from studio.site.messages import Message
from tests.server.given import MOMENT, PLACE, Clock, Heard, asked, get, new_server, sample

DAY = timedelta(days=1)


def message(number: int) -> Message:
    return Message(
        kind="sms", sender="X", recipient="+47", text=str(number), code=None, when=MOMENT
    )


def named(client_id: str) -> HostedClient:
    client = sample("fakebrand").client
    registration = client.registration.model_copy(update={"id": client_id})
    return HostedClient(client.model_copy(update={"registration": registration}))


def test_randomness_is_keyed_with_bits_of_the_machine() -> None:
    first, second = (new_server().world.seed for _ in range(2))
    assert len(first) == len(second) == SEED_BYTES == 64
    assert first != second


def test_a_sample_service_has_addresses_of_its_own_in_front_of_the_files() -> None:
    server = new_server("strusic")
    hosted = server.client("strusic")
    assert hosted is not None
    before = sample("strusic").policy
    home = f"{PLACE.origin}/services/strusic"
    assert server.home("strusic") == home
    assert hosted.policy.redirect_uris == (f"{home}/arrived", *before.redirect_uris)
    assert hosted.policy.post_logout_redirect_uris == (
        f"{home}/signed-out",
        *before.post_logout_redirect_uris,
    )
    assert hosted.version == sample("strusic").version


def test_what_is_hosted_is_replaced_as_a_whole() -> None:
    server = new_server("fakebrand", "strusic")
    server.host([sample("hipstagram")])
    assert [one.policy.client_id for one in server.clients] == ["hipstagram"]
    assert server.client("strusic") is None
    assert server.home("strusic") is None


def test_a_confidential_client_without_a_secret_is_given_one_once() -> None:
    heard = Heard()
    server = new_server("fakebrand", "strusic", heard=heard)
    server.host([sample("strusic")])
    assert list(heard.secrets) == ["strusic"]
    digest = hashlib.sha256(heard.secrets["strusic"].encode()).hexdigest()
    assert server.secret("strusic") == digest
    assert server.secret("fakebrand") is None
    assert server.secret("nobody") is None


def test_a_client_registers_itself_and_has_no_sample_service() -> None:
    server = new_server()
    assert server.register(named("own"), "0" * 64)
    assert server.secret("own") == "0" * 64
    assert (server.client("own"), server.home("own")) == (named("own"), None)
    assert not server.register(named("own"), None)
    assert not server.register(named("fakebrand"), "0" * 64)
    assert server.secret("fakebrand") is None


def test_as_many_clients_register_as_there_is_room_for() -> None:
    server = new_server()
    taken = [server.register(named(f"own-{number}"), None) for number in range(REGISTERED + 1)]
    assert taken == [True] * REGISTERED + [False]


def test_the_inbox_keeps_the_newest() -> None:
    server = new_server()
    for number in range(1, INBOX + 3):
        server.deliver(message(number))
    assert (len(server.inbox), server.arrived) == (INBOX, INBOX + 2)
    assert [one.number for one in server.inbox][:1] == [3]
    assert server.inbox[-1].message.text == str(INBOX + 2)


def test_the_time_of_the_machine_passes() -> None:
    clock = Clock()
    server = new_server(clock=clock)
    clock.pass_by(DAY)
    server.tick()
    assert server.world.now == MOMENT + DAY


def test_time_never_goes_back() -> None:
    clock = Clock()
    server = new_server(clock=clock)
    clock.pass_by(-DAY)
    server.tick()
    assert server.world.now == MOMENT


def test_the_clock_is_moved_on_and_goes_on_from_there() -> None:
    clock = Clock()
    server = new_server(clock=clock)
    server.move_clock(MOMENT + 91 * DAY)
    clock.pass_by(DAY)
    server.tick()
    assert server.world.now == MOMENT + 92 * DAY


@pytest.mark.parametrize(
    ("span", "why"), [(-DAY, "only goes on"), (0 * DAY, "only goes on"), (9999 * DAY, "ten years")]
)
def test_the_clock_goes_neither_back_nor_out_of_sight(span: timedelta, why: str) -> None:
    server = new_server()
    with pytest.raises(ValueError, match=why):
        server.move_clock(MOMENT + span)
    assert server.world.now == MOMENT


def test_what_is_over_is_forgotten() -> None:
    server = new_server()
    client = asked(server)
    question = "/oauth/authorize?client_id=fakebrand&response_type=code&scope=openid"
    for _ in range(3):
        get(client, f"{question}&redirect_uri=fakebrand://connect/oauth2callback")
    assert len(server.world.flows) == 3
    server.move_clock(MOMENT + 30 * DAY)
    assert not server.world.flows


def test_a_service_asks_with_its_clients_secret() -> None:
    server = new_server("strusic")
    fields = {"client_id": "strusic", "grant_type": "authorization_code", "code": "x"}
    status, told = server.ask_connect("/oauth/token", fields)
    assert (status, told["error"]) == (400, "invalid_grant")
    status, told = server.ask_connect("/oauth/userinfo", {}, bearer="x")
    assert (status, told["error"]) == (401, "invalid_token")
