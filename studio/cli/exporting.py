"""`connect-studio export` and `import`: which formats there are, writing and taking them over."""

from __future__ import annotations

import json
import logging
from contextlib import ExitStack
from functools import cache
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from studio import storage
from studio.checks import handover as ready
from studio.cli.checking import lines
from studio.cli.errors import Exit, fail, told_plainly
from studio.client.file import read
from studio.client.hints import did_you_mean
from studio.client.logo import load_logo
from studio.client.samples import SUFFIX
from studio.exporters import EXPORTERS, Handover, export
from studio.exporters.writing import check_place, is_archive
from studio.importers import IMPORTERS, guessed
from studio.libraries import explain_missing
from studio.pages.hosting import HostedClient
from studio.site.application import ORIGIN
from studio.web.cache import Cache, Cached
from studio.web.pool import Pool
from studio.web.runtime import QtUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from studio.checks.finding import Finding
    from studio.device.tasks import BatchRenderer
    from studio.importers import Imported, Importer


_NAMES = ", ".join(IMPORTERS)


def export_files(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A client file, *.client.yaml.")
    ] = None,
    to: Annotated[
        str, typer.Option("--to", metavar="NAME[,NAME...]", help="Formats: see --list.")
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR|FILE.zip", help="Made where it is missing."),
    ] = None,
    connect: Annotated[
        str,
        typer.Option(metavar="URL", help="Where CONNECT is, for URLs; such as serve prints it."),
    ] = ORIGIN,
    *,
    list_all: Annotated[bool, typer.Option("--list", help="List the formats.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write that list as JSON.")] = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Export a client that has errors too.")
    ] = False,
) -> None:
    """Write what a service owner takes away, into a folder or a ZIP file.

    The client is looked at before: with an error nothing is written and the exit code is 1.
    Warnings are told. The same client gives the same bytes.
    """
    if list_all:
        typer.echo(_listed(as_json=as_json))
        return
    if file is None or not to or out is None:
        raise fail("export needs FILE, --to NAME and --out DIR; the names: export --list")
    names, base = _known(to), _origin(connect)
    # A journey may let CONNECT fail on purpose: its log is not for whoever exports.
    logging.getLogger("studio").addHandler(logging.NullHandler())
    with told_plainly(), ExitStack() as stack:
        check_place(out)
        text, client = read(file)
        logo = client.branding.logo
        hosted = HostedClient(client, load_logo(file.parent / logo) if logo else None)
        _tell_findings(ready.findings(str(file), text, hosted), anyway=anyway)
        made = Handover(hosted=hosted, text=text, renderer=drawing(stack), base=base)
        written = export(made, names, out)
    typer.echo("\n".join(_told(written, names, out)))


def _told(written: Sequence[Path], names: Sequence[str], out: Path) -> Iterator[str]:
    """Yield a line for each format: where it is, how many files, and what to begin with."""
    if is_archive(out):
        yield f"{out}: {', '.join(names)}"
        return
    for name in names:
        folder = out / name if len(names) > 1 else out
        count = sum(folder in path.parents for path in written)
        first = EXPORTERS[name].first
        yield f"{folder}: {name}, {count} files" + (f"; begin with {first}" if first else "")


def _origin(url: str) -> str:
    """Return where CONNECT is, without a slash at the end."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise fail(f"--connect {url}: has to be scheme and host, such as http://127.0.0.1:8400")
    return f"{parts.scheme}://{parts.netloc}"


def import_file(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="What is to be taken over.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="The new *.client.yaml.")
    ] = None,
    from_format: Annotated[
        str, typer.Option("--from", metavar="FORMAT", help="Its format; guessed without.")
    ] = "",
    *,
    list_all: Annotated[bool, typer.Option("--list", help="List the formats.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write that list as JSON.")] = False,
) -> None:
    """Make a client file of something else, with its logo beside it.

    What could not be taken over is told. A file that is there already is never replaced.
    """
    if list_all:
        typer.echo(_importers_listed(as_json=as_json))
        return
    if file is None or out is None:
        raise fail("import needs FILE and --out NEW.client.yaml; what it reads: import --list")
    if not out.name.endswith(SUFFIX):
        raise fail(f"--out {out}: the name of a client file ends with {SUFFIX}")
    with told_plainly():
        importer, data = _importer(file, from_format)
        imported = importer.read(data, file.name)
        _write_new(imported, out)
    typer.echo(f"{out} (from {file.name}, read as {importer.name}: {importer.title})")
    for line in imported.left_out:
        typer.echo(f"not taken over: {line}")


def _importer(file: Path, wanted: str) -> tuple[Importer, bytes]:
    """Return the importer that is named or guessed, and the content of the file.

    Raises:
        ValueError: There is no such importer, none that reads the file, or the file is too long.
        OSError: The file cannot be read.
    """
    if wanted and wanted not in IMPORTERS:
        guess = did_you_mean(wanted, IMPORTERS) or ";"
        raise fail(f"--from {wanted}: there is no such format{guess} there is: {_NAMES}")
    most = max(one.most for one in IMPORTERS.values())
    with file.open("rb") as opened:
        data = opened.read(most + 1)
    importer = IMPORTERS[wanted] if wanted else guessed(data, file.name)
    if importer is None:
        raise ValueError(f"{file.name}: what this is could not be told; name it: --from {_NAMES}")
    if len(data) > importer.most:
        raise ValueError(f"{file.name}: has more than {importer.most:,} bytes")
    return importer, data


def _write_new(imported: Imported, out: Path) -> None:
    """Write a client file and its logo, both or none.

    Raises:
        FileExistsError: One of them is there.
        OSError: One cannot be written.
    """
    contents = {out: imported.text.encode()}
    if imported.logo is not None and imported.logo_name is not None:
        contents[out.parent / imported.logo_name] = imported.logo
    for path in contents:
        if path.exists() or path.is_symlink():
            raise FileExistsError(f"{path} exists already; choose another name or folder")
    try:
        for path, data in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            storage.write(path, data)
    except OSError:
        for path in contents:
            path.unlink(missing_ok=True)
        raise


def _importers_listed(*, as_json: bool) -> str:
    rows = [
        {
            "name": one.name,
            "title": one.title,
            "about": one.about,
            "suffixes": list(one.suffixes),
        }
        for one in IMPORTERS.values()
    ]
    return _rows(rows, as_json=as_json)


def drawing(stack: ExitStack) -> Callable[[], BatchRenderer]:
    """Return what starts workers when it is called first; the stack ends them."""

    @cache
    def start() -> BatchRenderer:
        trouble = explain_missing()
        if trouble:
            raise QtUnavailableError(trouble)
        return Cached(stack.enter_context(Pool()), Cache())

    return start


def _listed(*, as_json: bool) -> str:
    rows = [
        {"name": one.name, "title": one.title, "about": one.about, "draws": one.draws}
        for one in EXPORTERS.values()
    ]
    return _rows(rows, as_json=as_json)


def _rows(rows: Sequence[Mapping[str, object]], *, as_json: bool) -> str:
    """Return formats as JSON, or each with its sentence."""
    if as_json:
        return json.dumps(rows, ensure_ascii=False, indent=2)
    wide = max(len(str(row["name"])) for row in rows)
    return "\n".join(f"{row['name']!s:<{wide}}  {row['about']}" for row in rows)


def _known(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in EXPORTERS:
            guess = did_you_mean(name, EXPORTERS) or ";"
            there = ", ".join(EXPORTERS)
            raise fail(f"--to {name}: there is no such format{guess} there is: {there}")
    if not names:
        raise fail(f"--to {text}: name a format; there is: {', '.join(EXPORTERS)}")
    return list(dict.fromkeys(names))


def _tell_findings(found: Sequence[Finding], *, anyway: bool) -> None:
    """Tell what was found, and stop at errors."""
    if not found:
        return
    typer.echo("\n".join(lines(found)), err=True)
    if ready.stops(found) and not anyway:
        raise fail("Nothing was exported; mend the errors, or add --anyway.", Exit.FINDINGS)
