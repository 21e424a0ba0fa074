"""What `connect-studio check` looks at: texts, clients and pages, and the findings of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.checks.brand import page_colours
from studio.checks.catalogue import LanguageTexts, read_texts
from studio.checks.catalogues import find_in_folder
from studio.checks.client import ClientSubject
from studio.checks.clients import find_in_client, unreadable, unusable_logo
from studio.checks.fonts import Fonts
from studio.checks.measuring import WIDTHS, InBatches
from studio.checks.pages import find_on_pages, find_violations
from studio.checks.screens import shown_pages
from studio.client.file import read
from studio.client.logo import LogoError, load_logo
from studio.client.mistake import ClientFileError
from studio.client.samples import SAMPLES, sample_path
from studio.device.fresh import fresh_pages
from studio.i18n.locales import LOCALES, locale
from studio.i18n.playbook import PlaybookError
from studio.i18n.pofiles import CatalogueError
from studio.pages.hosting import HostedClient
from studio.resources import folder
from studio.web.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from studio.checks.finding import Finding
    from studio.checks.measuring import ShownPage
    from studio.client.colour import Colour
    from studio.client.logo import Logo
    from studio.i18n.locales import Locale


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be looked at.

    Attributes:
        folder: The catalogues.
        locales: The languages; none stands for those that the clients offer.
        clients: The client files.
        own: Whether the clients are the program's own samples, whose pages are drawn in every
            language, also in one that they do not offer.
        pages: Whether pages are laid out and measured.
        widths: How wide, in CSS pixels.
        accessibility: Whether pages are tried against axe-core too.
    """

    folder: Path
    locales: tuple[Locale, ...] = ()
    clients: tuple[Path, ...] = ()
    own: bool = False
    pages: bool = True
    widths: tuple[int, ...] = WIDTHS
    accessibility: bool = False


class NothingThereError(ValueError):
    """A folder holds no catalogues."""


def own_texts() -> Path:
    """Return the folder of the program's catalogues."""
    return folder("locales")


def own_samples() -> tuple[Path, ...]:
    """Return the client files that come with the program."""
    return tuple(map(sample_path, SAMPLES))


def languages_in(catalogues: Path) -> tuple[Locale, ...]:
    """Return the languages that a folder has.

    Raises:
        NothingThereError: It has none.
    """
    found = tuple(one for one in LOCALES if (catalogues / one.tag).is_dir())
    if not found:
        raise NothingThereError(f"{catalogues}: holds no folder of a language, such as sv")
    return found


def look(plan: Plan) -> Iterator[Finding]:
    """Yield what is wrong: in clients, in texts, and on pages."""
    fonts = Fonts(_style(), folder("assets") / "fonts")
    subjects = []
    for path in plan.clients:
        try:
            subject = _subject(path, plan, fonts)
        except ClientFileError as error:
            yield from (unreadable(mistake, str(path)) for mistake in error.mistakes)
        except LogoError as error:
            yield unusable_logo(error, str(path))
        else:
            subjects.append(subject)
            yield from find_in_client(subject)
    locales = plan.locales or _offered(subjects)
    yield from find_in_folder(plan.folder, locales, fonts)
    if plan.pages and subjects:
        yield from _on_pages(plan, subjects, locales)


def _offered(subjects: Iterable[ClientSubject]) -> tuple[Locale, ...]:
    tags = {tag for subject in subjects for tag in subject.client.language.offered}
    return tuple(one for one in LOCALES if one.tag in tags)


def _subject(path: Path, plan: Plan, fonts: Fonts) -> ClientSubject:
    text, client = read(path)
    name = client.branding.logo
    logo = load_logo(path.parent / name) if name else None
    wanted = {one.tag for one in plan.locales} or set(client.language.offered)
    tags = [tag for tag in client.language.offered if tag in wanted]
    return ClientSubject(
        file=path.name if plan.own else str(path),
        text=text,
        hosted=HostedClient(client, logo),
        colours=page_colours(_style()),
        logo_colour=_logo_colour(logo),
        languages=tuple(_readable(plan.folder, tags, fonts)),
    )


def _readable(
    catalogues: Path, tags: Iterable[str], fonts: Fonts | None = None
) -> Iterator[LanguageTexts]:
    """Yield what is written in languages; a file that cannot be read is told by its own check."""
    for tag in tags:
        try:
            yield read_texts(catalogues, locale(tag), fonts)
        except (CatalogueError, PlaybookError):
            continue


def _logo_colour(logo: Logo | None) -> Colour | None:
    """Return the average colour of a logo, None on a machine without Qt's libraries."""
    if logo is None:
        return None
    try:
        # Qt draws an SVG; without its libraries the logo's colour is not judged.
        from studio.app.paint import logo_colour  # noqa: PLC0415
    except ImportError:
        return None
    return logo_colour(logo)


def _style() -> str:
    return (folder("flow_templates") / "static" / "page.css").read_text("utf-8")


def _on_pages(
    plan: Plan, subjects: Iterable[ClientSubject], locales: Iterable[Locale]
) -> Iterator[Finding]:
    """Yield what is wrong on pages in the languages that are begun; the others read English."""
    languages = {
        texts.locale.tag: texts
        for texts in _readable(plan.folder, [one.tag for one in locales])
        if any(entry.translated for entry in texts.entries)
    }
    clients = [] if plan.own else [one.hosted for one in subjects]
    offered = {one.tag for one in _offered(subjects)}
    tags = [tag for tag in languages if tag in offered]
    # Pages are made while others are measured; they are kept only where they are wanted twice.
    shown: Iterable[ShownPage] = shown_pages(clients, fresh_pages(), tags)
    if plan.accessibility:
        shown = list(shown)
    with Pool() as pool:
        ruler = InBatches(pool)
        yield from find_on_pages(ruler, shown, languages, plan.widths)
        if plan.accessibility:
            yield from find_violations(ruler, shown)
