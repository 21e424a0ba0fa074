"""`connect-studio playbook`: the chosen terms of the languages, for people and their tools."""

from __future__ import annotations

from typing import Annotated

import typer

from studio.cli.errors import fail, told_plainly
from studio.client.hints import choice
from studio.i18n.glossary import FORMATS
from studio.i18n.locales import LOCALES, UnknownLocaleError
from studio.i18n.locales import locale as locale_of
from studio.i18n.playbook import load
from studio.resources import folder


def playbook(
    locale: Annotated[
        list[str] | None, typer.Option(metavar="TAG", help="A language; all without.")
    ] = None,
    shape: Annotated[
        str, typer.Option("--format", metavar="NAME", help=f"One of: {', '.join(FORMATS)}.")
    ] = "md",
) -> None:
    """Write the terms that languages have chosen, those to avoid, and why.

    md is for reading, csv for a table, tbx (TBX-Basic, ISO 30042) for translators' programs.
    """
    if shape not in FORMATS:
        raise fail(f"--format {choice(shape, FORMATS)}")
    try:
        locales = [locale_of(tag) for tag in locale] if locale else LOCALES
    except UnknownLocaleError as error:
        raise fail(f"--locale {error}") from None
    with told_plainly():
        playbooks = [load(folder("locales"), one.tag) for one in locales]
        typer.echo(FORMATS[shape](playbooks), nl=False)
