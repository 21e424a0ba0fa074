"""How much of a request is read, and of what kind?

Rules kept here:

* a body is of 64 KiB at most, whatever is said of its length, and a form has a hundred fields;
* a form is `application/x-www-form-urlencoded`, which is all that pages and OAuth 2.0 send
  (RFC 6749 appendix B); no upload is ever unpacked.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType
from werkzeug.formparser import FormDataParser
from werkzeug.wrappers import Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.datastructures import FileStorage, MultiDict

    Parsed = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]

MAX_BODY = 64 * 1024
"""Bytes."""

MAX_FIELDS = 100
"""Fields of a form; the longest authorisation request has thirty."""

URLENCODED = "application/x-www-form-urlencoded"


class BoundedForm(FormDataParser):
    """Reads forms of the one kind there is."""

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: Mapping[str, str] | None = None,
    ) -> Parsed:
        """Return the fields.

        Raises:
            UnsupportedMediaType: Something else than a form was sent.
            RequestEntityTooLarge: It has too many fields.
        """
        if mimetype != URLENCODED:
            if content_length:
                raise UnsupportedMediaType(f"the body must be {URLENCODED}")
            return stream, self.cls(), self.cls()
        parsed = super().parse(stream, mimetype, content_length, dict(options or {}))
        if sum(1 for _ in parsed[1].items(multi=True)) > MAX_FIELDS:
            raise RequestEntityTooLarge
        return parsed


class BoundedRequest(Request):
    """A request that is read only so far."""

    max_content_length = MAX_BODY
    form_data_parser_class = BoundedForm
