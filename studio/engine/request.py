"""The authorisation request: parsed, validated, or refused in the way the protocol asks.

Rules kept here (RFC 6749 sections 3.1 and 4.1, OpenID Connect Core 1.0 section 3.1.2, RFC 7636):

* with an unknown client or an unregistered redirect URI nobody is ever redirected:
  `BadClientError`;
* any other mistake goes back to the client: `BadRequestError` with an error code it can act on;
* no parameter may come twice but `login_hint`; unknown parameters and empty ones are ignored.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from studio.engine.claims_request import CLAIM_SCOPES, ClaimsRequest, parse_claims
from studio.engine.policy import Level, Prompt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.engine.policy import ClientPolicy


REPEATABLE = frozenset({"login_hint"})
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
_LOOPBACK = re.compile(
    r"http://(?P<host>127\.0\.0\.1|\[::1\]|localhost)(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<rest>(?:[/?][\x21-\x7e]*)?)"
)
_HIGHEST_PORT = 65535
_NOT_IN_DESCRIPTIONS = re.compile(r"[^\x20-\x21\x23-\x5b\x5d-\x7e]")
_UNSUPPORTED = {
    "request": "request_not_supported",
    "request_uri": "request_uri_not_supported",
    "registration": "registration_not_supported",
}


class BadClientError(Exception):
    """The client or its redirect URI is not known: CONNECT must show the mistake itself."""

    def __init__(self, parameter: str, value: str) -> None:
        super().__init__(f"{parameter}: {value!r} is not registered")
        self.parameter = parameter
        self.value = value


class BadRequestError(Exception):
    """A mistake the client is told of by redirect; `error` is a code of the specifications.

    `parameter` is the one at fault, empty where no single one is.
    """

    def __init__(self, error: str, description: str, parameter: str = "") -> None:
        super().__init__(description)
        self.error = error
        self.description = description
        self.parameter = parameter
        self.redirect_uri = ""
        self.state: str | None = None

    def location(self) -> str:
        """Return the URL that tells the client (RFC 6749 section 4.1.2.1)."""
        description = _NOT_IN_DESCRIPTIONS.sub("?", self.description)
        return with_query(
            self.redirect_uri,
            [("error", self.error), ("error_description", description), ("state", self.state)],
        )


@dataclass(frozen=True, kw_only=True)
class AuthorizationRequest:
    """A valid request. `level` and `max_age` (seconds) are None where the client's own hold.

    `essential_claims` are those the client cannot do without, `userinfo_claims` and
    `id_token_claims` those it wants there whatever the scope. `subjects` are the accounts that the
    client means: two different ones are nobody. `parameters` are all it came with, so that it can
    be begun again.
    """

    client_id: str
    redirect_uri: str
    scope: tuple[str, ...]
    state: str | None = None
    nonce: str | None = None
    code_challenge: str | None = None
    level: Level | None = None
    max_age: int | None = None
    prompt: frozenset[Prompt] = frozenset()
    login_hints: tuple[str, ...] = ()
    ui_locales: tuple[str, ...] = ()
    essential_claims: frozenset[str] = frozenset()
    userinfo_claims: frozenset[str] = frozenset()
    id_token_claims: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    log_session_id: str | None = None
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def told_scope(self) -> tuple[str, ...]:
        """The scope, and after it the scopes that stand for claims asked for one by one."""
        claims = self.userinfo_claims | self.id_token_claims
        more = (scope for claim, scope in CLAIM_SCOPES.items() if claim in claims)
        return tuple(dict.fromkeys((*self.scope, *more)))

    def means(self, account_id: str) -> bool:
        """Tell whether an account is the one that the client means; all are, where it names none.

        Section 3.1.2.2 of Core: nobody else may be told of.
        """
        return self.subjects <= {account_id}


def with_query(uri: str, pairs: Sequence[tuple[str, str | None]]) -> str:
    """Add parameters to a URI that may have some already; None is left out.

    The URI itself stays as it is registered: taking it apart and putting it together again would
    turn `app:///callback` into `app:/callback`.
    """
    added = urlencode([(name, value) for name, value in pairs if value is not None])
    between = "" if uri.endswith(("?", "&")) else "&" if "?" in uri else "?"
    return f"{uri}{between}{added}"


def parse_request(
    parameters: Sequence[tuple[str, str]],
    find_client: Callable[[str], ClientPolicy | None],
    read_hint: Callable[[str], str | None] | None = None,
) -> tuple[AuthorizationRequest, ClientPolicy]:
    """Validate an authorisation request and find the client it is for.

    `read_hint` returns whom an `id_token_hint` is about, None where it is none of CONNECT's; left
    out, hints are ignored.

    Raises:
        BadClientError: Unknown client or redirect URI; must not redirect.
        BadRequestError: Anything else; redirects to the client with an error code.
    """
    counts = Counter(name for name, _ in parameters)
    # One without a value counts as left out (RFC 6749 section 3.1).
    values = {name: value for name, value in reversed(parameters) if value}
    policy = _client(values, counts, find_client)
    redirect_uri = _redirect_uri(values, counts, policy)
    try:
        asked = _rest(values, counts, parameters, policy, redirect_uri)
        return _with_hint(asked, values.get("id_token_hint"), read_hint), policy
    except BadRequestError as mistake:
        mistake.redirect_uri = redirect_uri
        mistake.state = values.get("state")
        raise


def _client(
    values: dict[str, str],
    counts: Counter[str],
    find_client: Callable[[str], ClientPolicy | None],
) -> ClientPolicy:
    client_id = values.get("client_id", "")
    policy = find_client(client_id)
    if policy is None or counts["client_id"] > 1:
        raise BadClientError("client_id", client_id)
    return policy


def _redirect_uri(values: dict[str, str], counts: Counter[str], policy: ClientPolicy) -> str:
    redirect_uri = values.get("redirect_uri", "")
    if not is_registered(redirect_uri, policy) or counts["redirect_uri"] > 1:
        raise BadClientError("redirect_uri", redirect_uri)
    return redirect_uri


def is_registered(uri: str, policy: ClientPolicy) -> bool:
    """Tell whether an answer may go to an address, which is compared character by character.

    An application on a device that listens on loopback takes the port it is given there, so every
    one is good (RFC 8252 section 7.3; of localhost too, RFC 9700 section 4.1.3).
    """
    if uri in policy.redirect_uris:
        return True
    there = _on_loopback(uri) if policy.native else None
    return there is not None and there in map(_on_loopback, policy.redirect_uris)


def _on_loopback(uri: str) -> tuple[str, str] | None:
    """Return the host of a loopback address and what comes after its port; None for another."""
    found = _LOOPBACK.fullmatch(uri)
    if found is None or int(found["port"] or 0) > _HIGHEST_PORT:
        return None
    return found["host"], found["rest"]


def _rest(
    values: dict[str, str],
    counts: Counter[str],
    parameters: Sequence[tuple[str, str]],
    policy: ClientPolicy,
    redirect_uri: str,
) -> AuthorizationRequest:
    _refuse_repeated(counts)
    _refuse_unsupported(values)
    claims = _claims(values, policy)
    return AuthorizationRequest(
        client_id=policy.client_id,
        redirect_uri=redirect_uri,
        scope=_scope(values, policy),
        state=values.get("state"),
        nonce=values.get("nonce"),
        code_challenge=_code_challenge(values),
        level=_level(claims, values),
        max_age=_max_age(values),
        prompt=_prompt(values),
        login_hints=tuple(value for name, value in parameters if name == "login_hint" and value),
        ui_locales=tuple(values.get("ui_locales", "").split()),
        essential_claims=claims.essential,
        userinfo_claims=claims.userinfo,
        id_token_claims=claims.id_token,
        subjects=claims.subjects,
        log_session_id=values.get("log_session_id"),
        parameters=tuple(parameters),
    )


def _refuse_repeated(counts: Counter[str]) -> None:
    for name, count in counts.items():
        if count > 1 and name not in REPEATABLE:
            raise BadRequestError("invalid_request", f"{name} occurs more than once", name)


def _refuse_unsupported(values: dict[str, str]) -> None:
    for name, error in _UNSUPPORTED.items():
        if name in values:
            raise BadRequestError(error, f"{name} is not supported", name)
    if "response_type" not in values:
        raise BadRequestError("invalid_request", "response_type is missing", "response_type")
    if values["response_type"] != "code":
        raise BadRequestError(
            "unsupported_response_type", "response_type must be code", "response_type"
        )
    if values.get("response_mode", "query") != "query":
        raise BadRequestError("invalid_request", "response_mode must be query", "response_mode")


def _scope(values: dict[str, str], policy: ClientPolicy) -> tuple[str, ...]:
    scope = tuple(dict.fromkeys(values.get("scope", "").split()))
    if not scope:
        raise BadRequestError("invalid_scope", "scope is missing", "scope")
    for name in scope:
        if name not in policy.scopes:
            raise BadRequestError(
                "invalid_scope", f"scope {name} is not registered for this client", "scope"
            )
    return scope


def _code_challenge(values: dict[str, str]) -> str | None:
    challenge = values.get("code_challenge")
    method = values.get("code_challenge_method")
    if challenge is None:
        if method is not None:
            raise BadRequestError("invalid_request", "code_challenge is missing", "code_challenge")
        return None
    if method != "S256":
        raise BadRequestError(
            "invalid_request", "code_challenge_method must be S256", "code_challenge_method"
        )
    if not _CHALLENGE.fullmatch(challenge):
        raise BadRequestError(
            "invalid_request", "code_challenge must be 43 base64url characters", "code_challenge"
        )
    return challenge


def _level(claims: ClaimsRequest, values: dict[str, str]) -> Level | None:
    """Return the first level we know: both are preference lists (Core 3.1.2.1 and 5.5.1.1)."""
    levels = {str(level.value): level for level in Level}
    wanted = [levels[value] for value in claims.levels if value in levels]
    if claims.level_is_essential and claims.levels and not wanted:
        allowed = " or ".join(levels)
        raise BadRequestError(
            "unmet_authentication_requirements", f"acr can be {allowed}", "claims"
        )
    hinted = [levels[value] for value in values.get("acr_values", "").split() if value in levels]
    return next(iter((*wanted, *hinted)), None)


def _max_age(values: dict[str, str]) -> int | None:
    text = values.get("max_age")
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 10):  # noqa: PLR2004 - 300 years
        raise BadRequestError("invalid_request", "max_age must be a number of seconds", "max_age")
    return int(text)


def _prompt(values: dict[str, str]) -> frozenset[Prompt]:
    try:
        prompt = frozenset(Prompt(value) for value in values.get("prompt", "").split())
    except ValueError:
        allowed = ", ".join(Prompt)
        raise BadRequestError("invalid_request", f"prompt must be of {allowed}", "prompt") from None
    if Prompt.NONE in prompt and prompt & {Prompt.LOGIN, Prompt.CONSENT}:
        raise BadRequestError(
            "invalid_request", "prompt none cannot stand with login or consent", "prompt"
        )
    return prompt


def _claims(values: dict[str, str], policy: ClientPolicy) -> ClaimsRequest:
    try:
        return parse_claims(values.get("claims", "{}"), policy.scopes)
    except ValueError as mistake:
        raise BadRequestError("invalid_request", str(mistake), "claims") from None


def _with_hint(
    asked: AuthorizationRequest, hint: str | None, read: Callable[[str], str | None] | None
) -> AuthorizationRequest:
    """Let the request mean whom the ID token in it is about (Core 3.1.2.1)."""
    if hint is None or read is None:
        return asked
    subject = read(hint)
    if subject is None:
        raise BadRequestError(
            "invalid_request", "id_token_hint is no ID token of this issuer", "id_token_hint"
        )
    return replace(asked, subjects=asked.subjects | {subject})
