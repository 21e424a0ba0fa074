"""How the relying parties of these tests are registered: as two of the samples say."""

from __future__ import annotations

from tests.server.parties.party import Known

SECRET = "kept-by-the-server"

STRANGE_SECRET = "a secret: 50% and + & =/é"
"""One that has to be form-encoded for HTTP Basic (RFC 6749 section 2.3.1)."""

PUBLIC = Known(client_id="fakebrand", redirect_uri="http://localhost:8081/oauth2callback")
"""An app: level 1, a code by SMS."""

CONFIDENTIAL = Known(
    client_id="strusic",
    redirect_uri="http://localhost:8084/signed-in",
    secret=SECRET,
    method="client_secret_basic",
    after="http://localhost:8084/bye",
)
"""A server: level 2, a password."""
