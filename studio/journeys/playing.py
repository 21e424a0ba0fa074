"""Play journeys: in a fresh world each, which those with the same beginning share.

Rules kept here:

* what has been played is a value (`Point`): a journey that goes on from another one begins with it,
  so that the beginning is played once in a run;
* with an owner's client, that one stands in the place of the first service, and asks people for
  what that one asks for, with the settings of the journey. Where the journey is one to a screen the
  client is met as it is: there the question is what the owner's own settings lead to;
* a step that fails names its file and line, what was expected and what was shown.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.device.browser import Browser, Moment
from studio.device.device import Device
from studio.device.fresh import fresh_state
from studio.device.people import PEOPLE
from studio.journeys.journey import SCREENS
from studio.journeys.services import Source, hosted_of, sample
from studio.journeys.walking import Point, StepError, Walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.device.device import DeviceState
    from studio.journeys.journey import Journey, ServiceOf
    from studio.journeys.library import Library
    from studio.pages.hosting import HostedClient
    from studio.pages.render import Pages


class Run:
    """Plays journeys with the same pages, language and client.

    `client` stands in the place of the first service of each journey. `tag` is the BCP 47 tag of
    the pages; without, it is the journey's own language. `state` is a fresh one, which several
    runs may share, with CONNECT's signing key in it: that takes a while to make.
    """

    def __init__(
        self,
        library: Library,
        pages: Pages,
        *,
        client: Source | HostedClient | None = None,
        tag: str = "",
        state: DeviceState | None = None,
    ) -> None:
        self._library = library
        self._pages = pages
        self._client = client
        self._tag = tag
        self._state = state or fresh_state()
        self._points: dict[str, Point] = {}
        self._hosted: dict[tuple[ServiceOf, bool], HostedClient] = {}
        # One device for all: what it knows is in its state, which each journey brings along.
        self._device = Device(self._state, pages)

    def play(self, journey: Journey) -> Point:
        """Play a journey, after those that it goes on from, and return where it came to.

        Raises:
            JourneyFileError: Its services do not take its settings.
        """
        if journey.id not in self._points:
            self._points[journey.id] = self._played(journey)
        return self._points[journey.id]

    def browser(self, journey: Journey) -> Browser:
        """Return a browser of its own at the end of a journey.

        Raises:
            StepError: It cannot be played to its end.
        """
        point = self.play(journey)
        if point.error:
            raise point.error
        return Browser(
            Device(point.moment.state, self._pages, self._services(journey)), point.moment
        )

    def begin(self, journey: Journey) -> Point:
        """Return where a journey begins: where that ends that it goes on from, or a fresh world.

        Raises:
            JourneyFileError: Its services do not take its settings.
        """
        if journey.after:
            before = self.play(self._library.get(journey.after))
        else:
            person = next(one for one in PEOPLE if one.id == journey.person)
            state = replace(self._state, person=person, connection=journey.device)
            before = Point(moment=Moment(state=state))
        if before.error:
            return before
        ids = [one.policy.client_id for one in self._services(journey)]
        if len(set(ids)) < len(ids):
            message = f"two services have the same id: {', '.join(ids)}; each needs its own"
            return replace(before, error=StepError(journey.steps[0].place, message))
        return before

    def _played(self, journey: Journey) -> Point:
        before = self.begin(journey)
        return before if before.error else self.walk(journey, before).on(journey.steps)

    def walk(self, journey: Journey, before: Point) -> Walk:
        """Return what goes on from a point of a journey."""
        services = self._services(journey)
        self._device.host(*services)
        ids = [one.policy.client_id for one in services]
        names = [one.name for one in journey.services]
        return Walk(
            device=self._device,
            before=before,
            client_ids=dict(zip(names, ids, strict=True)),
            tag=self._tag or journey.language,
            spoken=self._tag in {"", journey.language},
        )

    def _services(self, journey: Journey) -> tuple[HostedClient, ...]:
        first, *others = journey.services
        own = self._first(journey, first)
        return (own, *(self._other(other, first, own) for other in others))

    def _other(self, service: ServiceOf, first: ServiceOf, own: HostedClient) -> HostedClient:
        """Return the client of a further service; where it is `own` itself, the two swap places."""
        if not first.sample or service.sample != own.policy.client_id:
            return self._of(service)
        return self._kept((service, True), lambda: sample(first.sample).in_place_of(service))

    def _of(self, service: ServiceOf) -> HostedClient:
        return self._kept((service, False), lambda: hosted_of(service))

    def _first(self, journey: Journey, service: ServiceOf) -> HostedClient:
        own = self._client
        if own is None:
            return self._of(service)
        if journey.kind == SCREENS or not isinstance(own, Source):
            return own.hosted if isinstance(own, Source) else own
        return self._kept((service, True), lambda: own.in_place_of(service))

    def _kept(self, key: tuple[ServiceOf, bool], make: Callable[[], HostedClient]) -> HostedClient:
        if key not in self._hosted:
            self._hosted[key] = make()
        return self._hosted[key]
