"""How do files get out? Into a folder or one ZIP file, never over others without asking."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from studio.app.files import why_not_written
from studio.exporters.writing import write, zipped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.app.dialogs import Dialogs
    from studio.app.document import Document
    from studio.app.export_files import Made

type Files = Mapping[str, bytes]


def taken(formats: Mapping[str, Files]) -> Files:
    """Return the files of formats; of several, each one's are in a folder of its name."""
    several = len(formats) > 1
    return {
        f"{name}/{path}" if several else path: data
        for name, files in formats.items()
        for path, data in files.items()
    }


def write_to(dialogs: Dialogs, document: Document, files: Files, archive: str) -> str:
    """Ask where to, write, and return what was done as a sentence, empty where nothing was.

    `archive` is the suggested name of a ZIP file, empty for a folder.
    """
    if archive:
        out = dialogs.zip_to_export_to((document.folder or Path.home()) / archive)
    else:
        out = dialogs.folder_to_export_to(document.folder)
    if out is None or not _may_replace(dialogs, files, out, archive=bool(archive)):
        return ""
    try:
        written = write(files, out)
    except (ValueError, OSError) as error:
        folder = out.parent if archive else out
        dialogs.error("The files were not exported.", why_not_written(error, folder))
        return ""
    return f"Exported to {out}." if archive else f"Exported {len(written)} files to {out}."


def file_count(made: Mapping[str, Made]) -> str:
    """Return how much there is, and how much of it is new."""
    count = sum(len(one.files or {}) for one in made.values())
    compared = [one for one in made.values() if one.before is not None]
    news = sum(one.news for one in compared)
    files = f"{count} file{'' if count == 1 else 's'} of {len(made)} format"
    files = files if len(made) == 1 else f"{files}s"
    if not compared:
        return f"{files}, not exported before."
    return f"{files}; {news} not as before." if news else f"{files}, all as before."


def _may_replace(dialogs: Dialogs, files: Files, out: Path, *, archive: bool) -> bool:
    """Ask before files with another content are replaced; a chooser of files has asked already."""
    if archive:
        return not out.is_file() or out.read_bytes() == zipped(files) or _asked(dialogs, [out])
    others = [out / path for path, data in files.items() if _differs(out / path, data)]
    return not others or _asked(dialogs, others)


def _asked(dialogs: Dialogs, paths: list[Path]) -> bool:
    return dialogs.ask_to_overwrite(paths[0], also=len(paths) - 1)


def _differs(path: Path, data: bytes) -> bool:
    return path.exists() and not (path.is_file() and path.read_bytes() == data)
