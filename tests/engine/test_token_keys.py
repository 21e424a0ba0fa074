from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest
from joserfc import jws, jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

from studio.engine.keys import Keys
from studio.engine.world import World
from tests.engine.test_tokens import KEYS

CLAIMS = {"sub": "person"}


def _encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _public() -> KeySet:
    return KeySet.import_key_set(json.loads(json.dumps(KEYS.jwks())))


def test_what_is_signed_can_be_checked_with_the_published_key() -> None:
    token = jwt.decode(KEYS.sign(CLAIMS), _public(), algorithms=["RS256"])
    assert token.claims == CLAIMS
    assert token.header == {"alg": "RS256", "typ": "JWT", "kid": _public().keys[0].kid}


def test_the_published_key_is_a_2048_bit_rsa_key_without_its_secret() -> None:
    keys = KEYS.jwks()["keys"]
    assert isinstance(keys, list)
    (key,) = keys
    assert set(key) == {"kty", "n", "e", "use", "alg", "kid"}
    assert (key["kty"], key["use"], key["alg"]) == ("RSA", "sig", "RS256")
    assert len(base64.urlsafe_b64decode(key["n"] + "==")) * 8 == 2048


def test_what_was_signed_is_read_again() -> None:
    assert KEYS.read(KEYS.sign(CLAIMS)) == CLAIMS
    assert KEYS.read(KEYS.sign(CLAIMS, typ="logout+jwt"), typ="logout+jwt") == CLAIMS


def test_one_kind_of_token_is_not_read_as_another() -> None:
    assert KEYS.read(KEYS.sign(CLAIMS, typ="logout+jwt")) is None
    assert KEYS.read(KEYS.sign(CLAIMS), typ="logout+jwt") is None


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        "..",
        "a.b.c",
        "é.é.é",
        f"{_encoded({'alg': 'none', 'typ': 'JWT'})}.{_encoded(CLAIMS)}.",
        f"{_encoded([])}.{_encoded(CLAIMS)}.AA",
        f"{_encoded({'alg': 'RS256', 'crit': 5})}.{_encoded(CLAIMS)}.AA",
        KEYS.sign(CLAIMS)[:-8],
        KEYS.sign(CLAIMS) + ".x",
        "".join((_encoded({"alg": "RS256", "typ": "JWT"}), KEYS.sign(CLAIMS)[120:])),
        jwt.encode({"alg": "RS256"}, CLAIMS, RSAKey.generate_key(2048)),
        jwt.encode({"alg": "HS256"}, CLAIMS, OctKey.import_key(json.dumps(KEYS.jwks()))),
        jws.serialize_compact({"alg": "RS256", "typ": "JWT"}, b"[]", RSAKey.generate_key(2048)),
    ],
)
def test_anything_else_is_not_read(token: str) -> None:
    assert KEYS.read(token) is None


def test_snapshots_and_forks_share_the_key_and_other_worlds_have_another() -> None:
    world = World(keys=KEYS)
    one, _ = world.token()
    other = world.later(timedelta(days=1))
    assert one.keys is other.keys is KEYS
    assert other.keys.read(one.keys.sign(CLAIMS)) == CLAIMS
    assert World().keys is not World().keys
    assert World().keys.read(KEYS.sign(CLAIMS)) is None


def test_the_key_is_made_once_and_only_when_it_is_needed() -> None:
    keys = Keys()
    assert not vars(keys)
    assert keys.jwks() == keys.jwks()
    assert keys != KEYS
    assert hash(keys) != hash(KEYS)
    assert keys.read(keys.sign(CLAIMS)) == CLAIMS
