"""Which journeys are there? Those that come with the program, and an owner's own files.

The id of a shipped journey is its path below `assets/journeys` without suffix; of an owner's it is
the path as it was given. `after` names a shipped journey by its id, or a file (`*.yaml`) that
stands beside.
"""

from __future__ import annotations

from functools import cache, cached_property
from os.path import normpath
from pathlib import Path

import yaml

from studio.client.hints import did_you_mean, quoted
from studio.client.mistake import Mistake
from studio.device.network import Connection
from studio.journeys.journey import SCREENS, Journey, ServiceOf, Setting
from studio.journeys.reading import JourneyFileError, Reader
from studio.journeys.step_reading import PERSON_IDS, read_connection, read_steps
from studio.journeys.steps import Expect, connected
from studio.resources import folder

SUFFIX = ".yaml"
KEYS = ("title", "after", "language", "person", "device", "services", "steps")
"""What a journey's file may say."""
_BEGINNING = ("person", "device", "services")
_DEFAULT = Journey(id="", title="", file="", steps=())


class Library:
    """The journeys below one folder, read when they are first asked for."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._read: dict[str, Journey] = {}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Every shipped journey, in the order of the folders."""
        return tuple(sorted(map(self._id, self._root.rglob(f"*{SUFFIX}"))))

    def all(self) -> tuple[Journey, ...]:
        """Return every shipped journey.

        Raises:
            JourneyFileError: One has mistakes.
        """
        return tuple(map(self.get, self.ids))

    def get(self, name: str) -> Journey:
        """Return a journey by its id, or by its file where the name ends with `.yaml`.

        Raises:
            JourneyFileError: It cannot be read, or has mistakes.
            ValueError: There is none of that id.
        """
        if name.endswith(SUFFIX):
            return self._journey(Path(name), ())
        if name not in self.ids:
            guess = did_you_mean(name, self.ids) or "; connect-studio journeys lists them"
            raise ValueError(f"{name}: there is no such journey{guess}")
        return self._journey(self._path(name), ())

    def lineage(self, journey: Journey) -> tuple[Journey, ...]:
        """Return a journey after all that it goes on from, the first beginning first."""
        found = [journey]
        while found[0].after:
            found.insert(0, self._read[found[0].after])
        return tuple(found)

    def _id(self, path: Path) -> str:
        inside = path.is_relative_to(self._root)
        shown = path.relative_to(self._root) if inside else path
        return shown.as_posix().removesuffix(SUFFIX)

    def _path(self, name: str) -> Path:
        return self._root / f"{name}{SUFFIX}"

    def _journey(self, path: Path, coming: tuple[str, ...]) -> Journey:
        """Read a journey, and before it what it goes on from; `coming` are those that wait."""
        name = self._id(path)
        if name not in self._read:
            file = f"{name}{SUFFIX}"
            self._read[name] = self._parsed(name, Reader(file), _text(path, file), (*coming, name))
        return self._read[name]

    def _parsed(self, name: str, reader: Reader, text: str, coming: tuple[str, ...]) -> Journey:
        root = reader.root(text)
        found = reader.entries(root, "a journey", KEYS)
        for key in ("title", "steps"):
            if key not in found:
                reader.fail(root, f"{key} is missing")
        after = self._after(reader, found["after"], coming) if "after" in found else None
        for key in _BEGINNING:
            if after and key in found:
                reader.fail(found[key], f"{key} is that of {after.id}; remove it or after")
        reader.done()
        begins = after or _DEFAULT
        services = _services(reader, found["services"]) if "services" in found else begins.services
        text_of = reader.text
        journey = Journey(
            id=name,
            title=text_of(found["title"], "title"),
            file=reader.file,
            after=after.id if after else "",
            person=(
                reader.one_of(found["person"], "person", PERSON_IDS)
                if "person" in found
                else begins.person
            ),
            device=_device(reader, found["device"]) if "device" in found else begins.device,
            services=services,
            language=(
                text_of(found["language"], "language") if "language" in found else begins.language
            ),
            steps=read_steps(reader, found["steps"], tuple(one.name for one in services)),
        )
        _check_end(reader, found["steps"], journey)
        reader.done()
        return journey

    def _after(self, reader: Reader, node: yaml.Node, coming: tuple[str, ...]) -> Journey | None:
        """Return the journey that another goes on from."""
        text = reader.text(node, "after")
        beside = text.endswith(SUFFIX)
        here = self._path(coming[-1]).parent
        path = Path(normpath(here / text)) if beside else self._path(text)
        name = self._id(path)
        if name in coming:
            circle = " after ".join((*coming[coming.index(name) :], name))
            reader.fail(node, f"this goes round in a circle: {circle}")
        elif not path.is_file():
            guess = did_you_mean(text, () if beside else self.ids) or ""
            reader.fail(node, f"there is no journey {quoted(text)}{guess}")
        else:
            return self._journey(path, coming)
        return None


@cache
def shipped() -> Library:
    """Return the journeys that come with the program."""
    return Library(folder("assets") / "journeys")


def _text(path: Path, file: str) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
    except UnicodeDecodeError:
        message = "is not UTF-8; save it as UTF-8"
    mistake = Mistake(file=file, line=0, column=0, path="", message=message)
    raise JourneyFileError([mistake])


def _device(reader: Reader, node: yaml.Node) -> Connection:
    return connected(Connection(), read_connection(reader, node))


def _services(reader: Reader, node: yaml.Node) -> tuple[ServiceOf, ...]:
    found = reader.entries(node, "services")
    read = tuple(_service(reader, name, value) for name, value in found.items())
    if not read:
        reader.fail(node, "services has one at least")
    return read or _DEFAULT.services


def _service(reader: Reader, name: str, node: yaml.Node) -> ServiceOf:
    # Only here: the samples are read with the whole model of client files.
    from studio.client.samples import SAMPLES  # noqa: PLC0415

    found = reader.entries(node, f"the service {name}", ("sample", "file", "set"))
    if ("sample" in found) == ("file" in found):
        reader.fail(node, "a service has a sample, or a file (*.client.yaml)")
    own = reader.text(found["file"], "file") if "file" in found else ""
    return ServiceOf(
        name=name,
        sample=reader.one_of(found["sample"], "sample", SAMPLES) if "sample" in found else "",
        file=Path(reader.file).parent / own if own else None,
        settings=_settings(reader, found["set"], ()) if "set" in found else (),
    )


def _settings(reader: Reader, node: yaml.Node, path: tuple[str, ...]) -> tuple[Setting, ...]:
    """Read settings: keys with dots, sections below each other, or both."""
    found: list[Setting] = []
    for key, value in reader.entries(node, "set").items():
        here = (*path, *key.split("."))
        if isinstance(value, yaml.MappingNode):
            found += _settings(reader, value, here)
            continue
        several = isinstance(value, yaml.SequenceNode)
        chosen = reader.texts(value, "set") if several else reader.text(value, "set")
        found.append(Setting(path=here, value=chosen, place=reader.place(value)))
    return tuple(found)


def _check_end(reader: Reader, node: yaml.Node, journey: Journey) -> None:
    """Hold that a journey ends with what is seen, and one to a screen with that screen."""
    if not journey.steps or not isinstance(journey.steps[-1], Expect):
        reader.fail(node, "the last step must be expect")
    elif journey.kind == SCREENS and f"{SCREENS}/{journey.end.name}" != journey.id:
        reader.fail(node, f"the last step must expect {journey.id.removeprefix(f'{SCREENS}/')}")
