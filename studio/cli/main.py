"""The command line: which commands there are, and opening the window.

A command's module is imported when the command is given, or its help asked for: what one command
needs is no other one's waiting time.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, override

import typer
from typer.core import TyperGroup

from studio.cli.errors import fail, told_plainly
from studio.client.hints import did_you_mean
from studio.web import runtime

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typer._click.core import Command as ClickCommand
    from typer._click.core import Context

_OPEN = "open"


@dataclass(frozen=True)
class Command:
    """Where a command is: a function of a module of this package, or a `Typer` of several."""

    place: str
    example: str = ""

    def load(self, name: str) -> ClickCommand:
        """Return the command, ready to be given."""
        module, _, attribute = self.place.partition(":")
        found = getattr(import_module(f"studio.cli.{module}"), attribute)
        if isinstance(found, typer.Typer):
            several = typer.main.get_command(found)
            several.name = name
            return several
        alone = typer.Typer(add_completion=False, context_settings=_HELP)
        alone.command(name, epilog=f"Example: connect-studio {self.example}")(found)
        return typer.main.get_command(alone)


_HELP = {"help_option_names": ["-h", "--help"]}

COMMANDS: Mapping[str, Command] = MappingProxyType(
    {
        "new": Command("first:new", "new mybrand.client.yaml --from fakebrand"),
        "serve": Command("serve:serve", "serve fakebrand.client.yaml --port 8400"),
        "screens": Command("playing:screens", "screens --json"),
        "journeys": Command("playing:list_journeys", "journeys --json"),
        "play": Command("playing:play", "play scenarios/1-level-1 --client x.client.yaml"),
        "shoot": Command(
            "shooting:shoot",
            "shoot x.client.yaml --out pictures --screen start --locale en --viewport phone",
        ),
        "storyboard": Command(
            "storyboard:storyboard", "storyboard scenarios/3-claims --out claims.png"
        ),
        "check": Command("checking:check", "check x.client.yaml --locale sv --fail-on warning"),
        "fmt": Command("formatting:fmt", "fmt --check *.client.yaml"),
        "diff": Command(
            "comparing:diff", "diff old.client.yaml new.client.yaml --pictures --out diff.html"
        ),
        "export": Command(
            "exporting:export_files", "export x.client.yaml --to config,oidc --out handover.zip"
        ),
        "import": Command("exporting:import_file", "import x.config.json --out x.client.yaml"),
        "schema": Command("first:schema", "schema > client.schema.json"),
        "locales": Command("first:locales", "locales --json"),
        "playbook": Command(
            "playbooks:playbook", "playbook --locale ur-PK --format tbx > urdu.tbx"
        ),
        "translate": Command("translating:app"),
    }
)


class _Commands(TyperGroup):
    """Knows all commands by name; `connect-studio FILE` stands for `connect-studio open FILE`."""

    @override
    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        named = args and (args[0] in {_OPEN, *COMMANDS} or args[0].startswith("-"))
        return super().parse_args(ctx, args if named else [_OPEN, *args])

    @override
    def list_commands(self, ctx: Context) -> list[str]:
        return [_OPEN, *COMMANDS]

    @override
    def get_command(self, ctx: Context, cmd_name: str) -> ClickCommand | None:
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            self.add_command(COMMANDS[cmd_name].load(cmd_name), cmd_name)
        return super().get_command(ctx, cmd_name)


app = typer.Typer(
    cls=_Commands,
    help="Brand, preview and export the hosted CONNECT sign-in pages.",
    epilog="Example: connect-studio fakebrand.client.yaml",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings=_HELP,
)


def _tell_version(value: bool) -> None:  # noqa: FBT001 - typer passes it so
    if value:
        typer.echo(f"connect-studio {version('connect-studio')}")
        raise typer.Exit


@app.callback()
def options(
    *,
    _version: Annotated[
        bool,
        typer.Option("--version", help="Tell the version.", callback=_tell_version, is_eager=True),
    ] = False,
) -> None:
    """Brand, preview and export the hosted CONNECT sign-in pages."""


@app.command(_OPEN, epilog="Example: connect-studio fakebrand.client.yaml")
def open_window(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="A client file; a sample without.")
    ] = None,
) -> None:
    """Open the window. The word `open` can be left out."""
    if file and not file.exists() and not file.suffix:
        guess = did_you_mean(str(file), COMMANDS)
        raise fail(f"{file}: there is no such file or command{guess}")
    with told_plainly():
        application = runtime.start()
        # Qt only after its libraries have been looked for.
        from studio.app.start import run  # noqa: PLC0415

        raise typer.Exit(run(application, file))


def main() -> None:
    """Run `connect-studio`."""
    app(prog_name="connect-studio")


def window() -> None:
    """Run `connect-studio-gui`: the window, with the file given or a sample."""
    sys.argv.insert(1, _OPEN)
    main()
