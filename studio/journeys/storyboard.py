"""What does a journey look like? Its pages in their order, and what came before each.

Rules kept here:

* the journey is played from its first beginning, step by step, as `playing` does it; one that fails
  has no storyboard;
* a page is a panel when somebody is shown it; a step that shows none is a note of the next panel;
* of steps that are repeated the last round is shown, with how often.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from immutables import Map

from studio.device.snapshot import Snapshots
from studio.journeys.steps import OtherTab, Repeat
from studio.journeys.telling import happened, notes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.device.device import Device
    from studio.device.network import Connection
    from studio.device.snapshot import Snapshot
    from studio.journeys.journey import Journey
    from studio.journeys.library import Library
    from studio.journeys.playing import Run
    from studio.journeys.steps import Step
    from studio.journeys.telling import Note
    from studio.journeys.walking import Point
    from studio.site.messages import Message


@dataclass(frozen=True, kw_only=True)
class Between:
    """What was done, in its order, and the messages that arrived by it."""

    notes: tuple[Note, ...] = ()
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A page that was shown, where it is, and what came before it.

    `screen` is empty for a page that is none.
    """

    page: Snapshot
    screen: str
    state: str
    before: Between

    @property
    def name(self) -> str:
        """The screen and its state: `verify-phone/code-wrong`."""
        return f"{self.screen}/{self.state}" if self.screen else ""

    @property
    def host(self) -> str:
        """What an address bar shows."""
        return urlsplit(self.page.url).netloc


@dataclass(frozen=True, kw_only=True)
class Storyboard:
    """A journey to look at, in the language `tag` (BCP 47).

    `device` is what it begins with, `after` what came when its last page was shown.
    """

    id: str
    title: str
    tag: str
    device: Connection
    panels: tuple[Panel, ...]
    after: Between


def storyboard(run: Run, library: Library, journey: Journey, tag: str = "") -> Storyboard:
    """Play a journey and return what was seen.

    Args:
        run: Plays it, with a client and a language.
        library: Where `journey` is from.
        journey: Played after all that it goes on from.
        tag: BCP 47 tag of the language of `run`; empty for the journey's own.

    Raises:
        StepError: It cannot be played to its end.
        JourneyFileError: Its services do not take its settings.
    """
    first, *others = library.lineage(journey)
    recorder = _Recorder(run, run.begin(first))
    for one in (first, *others):
        recorder.go(one, one.steps)
    return Storyboard(
        id=journey.id,
        title=journey.title,
        tag=tag or journey.language,
        device=journey.device,
        panels=tuple(recorder.panels),
        after=recorder.between(),
    )


class _Recorder:
    """Goes on step by step, and keeps what was seen and done."""

    def __init__(self, run: Run, begin: Point) -> None:
        if begin.error:
            raise begin.error
        self.panels: list[Panel] = []
        self._run = run
        self._point = begin
        self._snapshots = Snapshots()
        self._notes: list[Note] = []
        self._messages: list[Message] = []

    def go(self, journey: Journey, steps: Sequence[Step]) -> None:
        """Take steps of a journey.

        Raises:
            StepError: One cannot be taken.
        """
        for step in steps:
            match step:
                case Repeat(times=times, steps=several):
                    self._repeat(journey, times, several)
                case OtherTab(steps=several):
                    self._in_other_tab(journey, several)
                case _:
                    self._take(journey, step)

    def between(self) -> Between:
        """Return what has come since the last page, and begin anew."""
        found = Between(notes=tuple(self._notes), messages=tuple(self._messages))
        self._notes, self._messages = [], []
        return found

    def _take(self, journey: Journey, step: Step) -> None:
        before, after = self._point, self._played(journey, [step])
        walk = self._run.walk(journey, before)
        self._notes += notes_of(step, walk, after)
        self._messages += after.messages[len(before.messages) :]
        self._point = after
        if len(after.trail) > len(before.trail):
            self._see(walk.browser.device)

    def _played(self, journey: Journey, steps: Sequence[Step]) -> Point:
        point = self._run.walk(journey, self._point).on(steps)
        if point.error:
            raise point.error
        return point

    def _see(self, device: Device) -> None:
        seen, reply = self._point.trail[-1], self._point.moment.reply
        if reply is None:
            raise LookupError(f"{seen.url} was shown without a page")  # the trail says otherwise
        self.panels.append(
            Panel(
                page=self._snapshots.take(device, reply),
                screen=seen.screen,
                state=seen.state,
                before=self.between(),
            )
        )

    def _repeat(self, journey: Journey, times: int, steps: Sequence[Step]) -> None:
        for _ in range(times - 1):
            self._point = self._played(journey, steps)
        self._notes.append(happened("Once" if times == 1 else f"{times} times"))
        self.go(journey, steps)

    def _in_other_tab(self, journey: Journey, steps: Sequence[Step]) -> None:
        """Take steps where the same page is shown with nothing typed, then be where it was."""
        mine = self._point.moment
        self._notes.append(happened("In a second tab"))
        self._point = replace(self._point, moment=replace(mine, filled=Map()))
        self.go(journey, steps)
        self._point = replace(self._point, moment=replace(mine, state=self._point.moment.state))
        self._notes.append(happened("Back in the first tab"))
