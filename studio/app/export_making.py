"""What is there of each format that is wanted, and when is it made?

Rules kept here: what draws nothing is made again soon after each edit, and what was made before
stays until then; pages are drawn only for a format that a person has chosen since; the client is
looked at once after each edit. Two processes do it, so that drawing keeps nothing waiting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from studio.app.export_files import Made
from studio.app.export_job import ExportJob, order_of
from studio.exporters import EXPORTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QSettings

    from studio.app.document import Document

    type Compared = Callable[[str, Mapping[str, bytes]], Mapping[str, bytes] | None]

_KEY = "export/formats"
_FIRST = ("config", "oidc")
_PAUSE = 400
"""Milliseconds without an edit before files are made anew."""
_CANCELLED = "Cancelled. Tick it again, or draw its pages, to begin anew."


class ExportMaking(QObject):
    """The formats that are wanted, and what there is of them.

    Signals:
        came: (name) There is something else of a format.
        went_on: What is made or waited for is something else.
        looking: The client is being looked at.
        found: What was found.
        not_found: Why nothing could be found.
    """

    came = Signal(str)
    went_on = Signal()
    looking = Signal()
    found = Signal(object)
    not_found = Signal(str)

    def __init__(
        self,
        document: Document,
        settings: QSettings,
        compared: Compared,
        jobs: tuple[ExportJob, ExportJob] | None = None,
    ) -> None:
        """Begin with nothing.

        Args:
            document: The client, saved or not.
            settings: Where the wanted formats are remembered.
            compared: Returns what the files of a format are compared with.
            jobs: Who makes what draws nothing and looks at the client, and who draws.
        """
        super().__init__()
        self._document, self._settings, self._compared = document, settings, compared
        self.made: dict[str, Made] = {}
        self._stale: set[str] = set()
        self._chosen: set[str] = set()
        self._ordered: frozenset[str] = frozenset()
        self._looked = False
        self._resting = True
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self.maker, self.drawer = jobs or (ExportJob(), ExportJob())
        self._listen()

    def _listen(self) -> None:
        for job in (self.maker, self.drawer):
            job.made.connect(self._take)
            job.failed.connect(lambda name, why: self._put(name, Made(error=why)))
            job.drawn.connect(lambda name, count: self._put(name, Made(drawn=count)))
        self.maker.found.connect(self._take_found)
        self.maker.ended.connect(self._ended)
        self.drawer.ended.connect(self._ended)
        self._pause.timeout.connect(self._go_on)
        self._document.changed.connect(self._make_anew)
        self._document.opened.connect(self._begin)

    # What is wanted

    @property
    def wanted(self) -> tuple[str, ...]:
        """The ticked formats, in the order in which formats are listed."""
        stored = str(self._settings.value(_KEY, ",".join(_FIRST))).split(",")
        return tuple(name for name in EXPORTERS if name in stored)

    def want(self, name: str, *, wanted: bool) -> None:
        """Tick a format, or take the tick away, and remember it."""
        names = {*self.wanted, name} if wanted else {*self.wanted} - {name}
        self._settings.setValue(_KEY, ",".join(sorted(names)))
        if wanted:
            self._chosen.add(name)
        else:
            self._chosen.discard(name)
            self._stale.discard(name)
            self.made.pop(name, None)
            self.came.emit(name)
        self._soon(0)

    def choose(self, *names: str) -> None:
        """Draw the pages of formats that wait for it."""
        if waiting := set(names) & set(self.waiting):
            self._chosen |= waiting
            self._soon(0)

    # What there is

    @property
    def missing(self) -> list[str]:
        """The wanted formats that have no files of the client as it is, what draws last."""
        return sorted((name for name in self.wanted if self._is_missing(name)), key=_draws)

    @property
    def waiting(self) -> list[str]:
        """The wanted formats that are drawn when a person chooses them."""
        return [name for name in self.missing if _draws(name) and name not in self._chosen]

    @property
    def underway(self) -> list[str]:
        """The wanted formats that are being made, the next one first."""
        working = {False: self.maker.working, True: self.drawer.working}
        return [one for one in self.missing if working[_draws(one)] and one not in self.waiting]

    @property
    def settled(self) -> bool:
        """Whether nothing is being made, or soon will be."""
        return not self.underway and not self._pause.isActive()

    def compare_again(self) -> None:
        """Compare all files with others than before."""
        for name, made in list(self.made.items()):
            if made.files is not None:
                self._put(name, Made(files=made.files, before=self._compared(name, made.files)))

    # When it is made

    def wake(self) -> None:
        """Make what is missing, now and after each edit."""
        self._resting = False
        self._soon(0)

    def rest(self) -> None:
        """Let edits be, until `wake`."""
        self._resting = True

    def cancel(self) -> None:
        """End what is being made; what is there already stays."""
        self._give_up()
        for name, made in list(self.made.items()):
            if made.files is None and not made.error:
                self._put(name, Made(error=_CANCELLED))
        self.went_on.emit()

    def close_down(self) -> None:
        """End the processes. Has to be called before the application ends."""
        self._pause.stop()
        self.maker.close_down()
        self.drawer.close_down()

    def _give_up(self) -> None:
        self._pause.stop()
        self.maker.stop()
        self.drawer.stop()
        self._chosen.clear()

    def _make_anew(self) -> None:
        self._give_up()
        self.made = {name: made for name, made in self.made.items() if not _draws(name)}
        self._stale = set(self.made)
        self._looked = False
        self._soon(_PAUSE)
        self.went_on.emit()

    def _begin(self) -> None:
        """Forget another client's files, and make those of the one that is there now."""
        self.made.clear()
        for name in self.wanted:
            self.came.emit(name)
        self._make_anew()

    def _soon(self, after: int) -> None:
        if not self._resting:
            self._pause.start(after)

    def _go_on(self) -> None:
        missing = [] if self._document.logo_error else self.missing
        for name in missing:
            self._show_underway(name)
        quick = [name for name in missing if not _draws(name)]
        if quick or not self._looked:
            self.looking.emit()
            self.maker.start(order_of(self._document, quick, check=not self._looked))
        self._draw(frozenset(name for name in missing if _draws(name) and name in self._chosen))
        self.went_on.emit()

    def _draw(self, names: frozenset[str]) -> None:
        """Begin to draw, unless that is being done."""
        if not names:
            self.drawer.stop()
        elif not self.drawer.working or not names <= self._ordered:
            self._ordered = names
            self.drawer.start(order_of(self._document, sorted(names)))

    def _show_underway(self, name: str) -> None:
        made = self.made.get(name)
        if name in self.waiting:
            self.came.emit(name)
        elif made is None or made.error:
            self._put(name, Made())

    # What comes

    def _take(self, name: str, files: Mapping[str, bytes]) -> None:
        self._put(name, Made(files=files, before=self._compared(name, files)))

    def _put(self, name: str, made: Made) -> None:
        """Have something of a format, unless it is wanted no more."""
        if name in self.wanted:
            if made.files is not None or made.error:
                self._stale.discard(name)
            self.made[name] = made
            self.came.emit(name)

    def _ended(self, trouble: str) -> None:
        """Tell of what was ordered and has not come."""
        drawn = self.sender() is self.drawer
        for name in self.missing:
            made = self.made.get(name)
            if _draws(name) is drawn and made and not made.error and name not in self.waiting:
                self._put(name, Made(error=trouble or "It was not made."))
        if not drawn and not self._looked:
            self.not_found.emit(trouble)
        self.went_on.emit()

    def _take_found(self, found: object) -> None:
        self._looked = True
        self.found.emit(found)
        self.went_on.emit()

    def _is_missing(self, name: str) -> bool:
        return name in self._stale or self.made.get(name, Made()).files is None


def _draws(name: str) -> bool:
    return EXPORTERS[name].draws
