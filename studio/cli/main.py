"""The command line: what each command takes, and where it is carried out."""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from studio.cli import (
    checking,
    comparing,
    exporting,
    formatting,
    journeys,
    pictures,
    playbooks,
    serve,
    storyboard,
    translating,
)
from studio.cli.errors import Exit, fail, told_plainly
from studio.cli.hosted import named_clients
from studio.client import samples
from studio.client.hints import did_you_mean
from studio.client.schema import json_schema
from studio.device.tasks import Shot
from studio.i18n.catalogues import Catalogues
from studio.i18n.locales import LOCALES
from studio.journeys.reach import reachable
from studio.resources import folder
from studio.web import runtime

_OPEN = "open"


class _OpensFiles(TyperGroup):
    """Takes `connect-studio FILE` as `connect-studio open FILE`."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        named = args and (args[0] in self.commands or args[0].startswith("-"))
        return super().parse_args(ctx, args if named else [_OPEN, *args])


app = typer.Typer(
    cls=_OpensFiles,
    help="Brand, preview and export the hosted CONNECT sign-in pages.",
    epilog="Example: connect-studio fakebrand.client.yaml",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

COMMANDS = (
    "new", "screens", "journeys", "play", "locales", "schema", "export", "import", "shoot",
    "storyboard", "check", "fmt", "diff", "serve", "playbook", "translate",
)  # fmt: skip


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


ClientFile = Annotated[Path, typer.Argument(metavar="FILE", help="A client file, *.client.yaml.")]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON for other programs.")]


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


@app.command(epilog="Example: connect-studio new mybrand.client.yaml --from fakebrand")
def new(
    file: ClientFile,
    sample: Annotated[
        str, typer.Option("--from", metavar="SAMPLE", help="What to begin with.")
    ] = samples.SAMPLES[0],
) -> None:
    """Write a new client file from a sample, with its logo beside it."""
    with told_plainly():
        typer.echo(samples.create(file, sample))


@app.command(epilog="Example: connect-studio screens --json")
def screens(*, as_json: AsJson = False) -> None:
    """List every screen in each of its states, and the journey that reaches it."""
    rows: list[dict[str, object]] = [
        {
            "id": one.id,
            "state": one.state,
            "group": one.group,
            "title": one.title,
            "journey": one.journey.id,
        }
        for one in reachable()
    ]
    _list(rows, as_json=as_json)


@app.command("journeys", epilog="Example: connect-studio journeys --json")
def list_journeys(*, as_json: AsJson = False) -> None:
    """List every journey: the scenarios, sessions and examples, and the ways to all screens."""
    _list(journeys.listed(), as_json=as_json)


@app.command(epilog="Example: connect-studio play scenarios/1-level-1 --client x.client.yaml")
def play(
    journey: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[JOURNEY]...", help="Ids, or files that end with .yaml; all without."
        ),
    ] = None,
    client: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A client file in the place of the first service."),
    ] = None,
    locale: Annotated[
        str, typer.Option(metavar="TAG", help="The language of the pages; without, each its own.")
    ] = "",
    *,
    as_json: AsJson = False,
) -> None:
    """Play journeys without a window, and tell where each ends.

    One that fails is told with the file and line of its step; then the exit code is 1. A client
    given with --client asks people for what the first service of the journey asks for; on the way
    to a single screen (screens/...) it is met with its own settings.
    """
    with told_plainly():
        rows = []
        for row in journeys.played(journey or [], client=client, tag=locale):
            rows.append(row)
            if not as_json:
                typer.echo(journeys.line_of(row))
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    if not all(row["ok"] for row in rows):
        raise typer.Exit(Exit.FINDINGS)


@app.command(epilog="Example: connect-studio locales --json")
def locales(*, as_json: AsJson = False) -> None:
    """List the languages, and how much of each is translated."""
    catalogues = Catalogues(folder("locales"))
    rows: list[dict[str, object]] = []
    for locale in LOCALES:
        done = catalogues.completeness(locale.tag)
        rows.append(
            {
                "tag": locale.tag,
                "name": locale.own_name,
                "direction": locale.direction,
                "messages": done.messages,
                "translated": done.translated,
            }
        )
    _list(rows, as_json=as_json)


@app.command(epilog="Example: connect-studio schema > client.schema.json")
def schema() -> None:
    """Write the JSON Schema of client files, for editors that check while typing."""
    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


@app.command(
    epilog="Example: connect-studio shoot x.client.yaml --out pictures --screen start "
    "--locale en --locale ur-PK --viewport phone"
)
def shoot(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Client files, or a quoted pattern.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Made where it is missing.")],
    screen: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="A screen, or SCREEN/STATE; all without."),
    ] = None,
    locale: Annotated[
        list[str] | None,
        typer.Option(metavar="TAG", help="A language; the client's own without."),
    ] = None,
    viewport: Annotated[
        list[str] | None,
        typer.Option(metavar="SIZE", help="phone, desktop or WIDTHxHEIGHT; phone without."),
    ] = None,
    *,
    full_page: Annotated[bool, typer.Option(help="Grow the height to the page's.")] = False,
    element: Annotated[
        str, typer.Option(metavar="SELECTOR", help="Only the first element of a CSS selector.")
    ] = "",
    scale: Annotated[
        int, typer.Option(min=1, max=3, help="Pixels of a picture to one of the page.")
    ] = 1,
    jobs: Annotated[
        int | None, typer.Option(min=1, max=64, help="Processes; one a processor without.")
    ] = None,
    scheduler: Annotated[
        str, typer.Option(metavar="URL", help="Draw on the cluster of a Dask scheduler.")
    ] = "",
    shard: Annotated[
        str, typer.Option(metavar="K/N", help="Part K of N, for as many machines.")
    ] = "1/1",
    compress: Annotated[bool, typer.Option(help="Smaller files of the same pixels.")] = False,
    cache: Annotated[bool, typer.Option(help="Take pictures of pages drawn before.")] = True,
) -> None:
    """Write pictures of screens as PNG files, and manifest.json about them.

    Each screen is reached by real steps in a fresh world. One that the client's settings do not
    lead to is named and left out; when nothing is left, or a page cannot be drawn, the exit code
    is 1. Pictures are kept in the user's cache folder, by their content. With several client files
    each has a folder of its own name.
    """
    with told_plainly():
        how = pictures.Drawing(jobs=jobs, cached=cache, scheduler=scheduler)
        wanted = pictures.wanted(
            named_clients(files),
            screens=screen or [],
            tags=locale or [],
            viewports=viewport or [],
            scale=scale,
            shot=Shot(full_page=full_page, element=element, compress=compress),
        )
        chosen = pictures.part_of(wanted, shard)
        made, failed = pictures.shoot(chosen, out, how)
    if failed or not made:
        raise typer.Exit(Exit.FINDINGS)


app.command("export", epilog=exporting.EXAMPLE)(exporting.export_files)
app.command("import", epilog=exporting.IMPORT_EXAMPLE)(exporting.import_file)
app.command(epilog=storyboard.EXAMPLE)(storyboard.storyboard)
app.command(epilog=checking.EXAMPLE)(checking.check)
app.command(epilog=formatting.EXAMPLE)(formatting.fmt)
app.command(epilog=comparing.EXAMPLE)(comparing.diff)
app.command(epilog=serve.EXAMPLE)(serve.serve)
app.command(epilog=playbooks.EXAMPLE)(playbooks.playbook)
app.add_typer(translating.app, name="translate")


def _list(rows: list[dict[str, object]], *, as_json: bool) -> None:
    """Print rows as JSON, or in columns."""
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    widths = [max(len(str(row[key])) for row in rows) for key in rows[0]]
    for row in rows:
        cells = zip(row.values(), widths, strict=True)
        typer.echo("  ".join(f"{cell!s:<{width}}" for cell, width in cells).rstrip())


def main() -> None:
    """Run `connect-studio`."""
    app(prog_name="connect-studio")


def window() -> None:
    """Run `connect-studio-gui`: the window, with the file given or a sample."""
    sys.argv.insert(1, _OPEN)
    main()
