"""How a command ends: 0 fine, 1 findings, 2 wrong use or bad input, told in plain lines."""

from __future__ import annotations

from contextlib import contextmanager
from enum import IntEnum
from typing import TYPE_CHECKING

import typer

from studio.client.logo import LogoError
from studio.client.mistake import ClientFileError
from studio.device.renderer import RenderError
from studio.web.cluster import ClusterUnavailableError
from studio.web.runtime import QtUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator


class Exit(IntEnum):
    """The exit codes."""

    FINE = 0
    FINDINGS = 1
    BAD = 2


def fail(message: str, code: Exit = Exit.BAD) -> typer.Exit:
    """Say on standard error what is wrong, and return what ends the command."""
    typer.echo(message, err=True)
    return typer.Exit(code)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn bad input into its lines and exit code 2, without a stack trace."""
    try:
        yield
    except RenderError as error:
        raise fail(f"A page could not be drawn: {error}.", Exit.FINDINGS) from None
    except (ClientFileError, LogoError, FileExistsError, ValueError) as error:
        raise fail(str(error)) from None
    except (QtUnavailableError, ClusterUnavailableError) as error:
        raise fail(str(error)) from None
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise fail(f"{where}{error.strerror or error}") from None
