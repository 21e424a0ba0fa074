"""The sign-in button kit: three colour schemes, fourteen languages, five states.

SVG and PNG pictures, one style sheet for the real button, a list for programs (`manifest.json`) and
a page to look at (`index.html`). The names of the pictures are allowed as Android resources.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from studio.client.choices import ButtonScheme
from studio.exporters.buttons_drawing import HEIGHT, ROOM, Label, svg
from studio.exporters.buttons_label import Letters
from studio.exporters.buttons_look import (
    LARGE_TEXT,
    NON_TEXT,
    RING_APART,
    RING_INSIDE,
    RING_OUTSIDE,
    State,
    look,
    ratios,
)
from studio.exporters.buttons_pictures import NATURAL, SCALES, pictures
from studio.exporters.labels import sign_in_label
from studio.exporters.schemes import (
    CORNER,
    DISABLED,
    DISABLED_INK,
    DISABLED_LINE,
    LEAST_HEIGHT,
    TEXT_SIZE,
    TEXT_WEIGHT,
)
from studio.exporters.schemes import HEIGHT as FACE
from studio.exporters.templates import rendered
from studio.i18n.breaking import unbroken
from studio.i18n.locales import SOURCE, TAGS, Locale, locale

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from studio.exporters.buttons_pictures import Scale
    from studio.exporters.handover import Handover

CSS, INDEX, MANIFEST = "connect-button.css", "index.html", "manifest.json"


@dataclass(frozen=True, kw_only=True)
class Button:
    """One button of the kit."""

    label: Label
    scheme: ButtonScheme
    state: State

    @property
    def name(self) -> str:
        """The file's name without its ending: small letters, digits and underscores."""
        return f"connect_sign_in_{self.scheme.replace('-', '_')}_{self.state}"

    @property
    def svg_file(self) -> str:
        """Where the drawing lies."""
        return f"svg/{self.label.tag}/{self.name}.svg"

    def png_file(self, scale: Scale) -> str:
        """Where the picture of a scale lies: in Android's folder of that density."""
        return f"png/{self.label.tag}/drawable-{scale.android}/{self.name}.png"

    def svg(self, scale: Scale = NATURAL) -> str:
        """The drawing."""
        return svg(self.label, look(self.scheme, self.state), scale)


def files(handover: Handover) -> dict[str, bytes]:
    """Return the whole kit; it is the same for every client, but for the page to look at."""
    return kit(handover, TAGS)


def kit(handover: Handover, tags: Iterable[str]) -> dict[str, bytes]:
    """Return the kit of some languages.

    Raises:
        MissingGlyphError: A label has a character that the fonts have not.
    """
    made = tuple(buttons(tags))
    drawings = {one.png_file(scale): one.svg(scale) for one in made for scale in SCALES}
    drawn = pictures(drawings.values())
    return {
        INDEX: index(handover, made).encode(),
        CSS: css().encode(),
        MANIFEST: manifest(made).encode(),
        **{one.svg_file: one.svg().encode() for one in made},
        **{file: drawn[drawing] for file, drawing in drawings.items()},
    }


def buttons(tags: Iterable[str]) -> Iterator[Button]:
    """Yield the buttons of languages, one language after the other.

    Raises:
        MissingGlyphError: A label has a character that the fonts have not.
    """
    letters = Letters()
    for tag in tags:
        text = sign_in_label(tag)
        label = Label(tag=tag, text=text, outline=letters.outline(text, tag))
        for scheme in ButtonScheme:
            for state in State:
                yield Button(label=label, scheme=scheme, state=state)


def css() -> str:
    """Return the style sheet of the button, for every scheme, state and direction."""
    schemes = {
        scheme.value: {state.value: look(scheme, state) for state in State}
        for scheme in ButtonScheme
    }
    return rendered(
        "button.css",
        schemes=schemes,
        size=TEXT_SIZE,
        weight=TEXT_WEIGHT,
        face=FACE,
        corner=CORNER,
        disabled=DISABLED,
        disabled_ink=DISABLED_INK,
        disabled_line=DISABLED_LINE,
        ring_inside=RING_INSIDE,
        ring_outside=RING_OUTSIDE,
    )


def manifest(made: Sequence[Button]) -> str:
    """Return what there is, as JSON: a row for each picture, and how well each look is seen."""
    data = {
        "room": ROOM,
        "least": {"label": LARGE_TEXT, "mark": NON_TEXT, "boundary": NON_TEXT, "ring": RING_APART},
        "contrast": [
            {"scheme": scheme, "state": state, **asdict(ratios(look(scheme, state)))}
            for scheme in ButtonScheme
            for state in State
        ],
        "files": [row for one in made for row in _rows(one)],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def index(handover: Handover, made: Sequence[Button]) -> str:
    """Return the page to look at, which needs no script to show one language or scheme."""
    client = handover.hosted.client
    return rendered(
        "button-index.html",
        client=client.registration.name,
        header=handover.hosted.variables["--header"],
        chosen=client.entry.button.scheme,
        languages=[_language(locale(tag), made) for tag in dict.fromkeys(_tags(made))],
        english={"locale": locale(SOURCE), "label": sign_in_label(SOURCE)},
        schemes=list(ButtonScheme),
        states=list(State),
        scales=SCALES,
        ratios={
            (scheme, state): ratios(look(scheme, state))
            for scheme in ButtonScheme
            for state in State
        },
        sizes={
            "room": ROOM,
            "face": FACE,
            "height": HEIGHT,
            "text": TEXT_SIZE,
            "least": LEAST_HEIGHT,
        },
        css=css(),
    )


def _rows(one: Button) -> Iterator[dict[str, object]]:
    facts = {"scheme": one.scheme, "language": one.label.tag, "state": one.state}
    contrast = ratios(look(one.scheme, one.state)).label
    wide = one.label.width
    yield {
        "file": one.svg_file,
        **facts,
        "scale": None,
        "width": wide,
        "height": HEIGHT,
        "contrast": contrast,
    }
    for scale in SCALES:
        yield {
            "file": one.png_file(scale),
            **facts,
            "scale": float(scale.factor),
            "width": scale.pixels(wide),
            "height": scale.pixels(HEIGHT),
            "contrast": contrast,
        }


def _tags(made: Iterable[Button]) -> Iterator[str]:
    return (one.label.tag for one in made)


def _language(of: Locale, made: Sequence[Button]) -> dict[str, object]:
    """Return what the page shows of a language."""
    own = [one for one in made if one.label.tag == of.tag]
    return {
        "locale": of,
        "label": own[0].label.text,
        "html": unbroken(own[0].label.text),
        "width": own[0].label.width,
        "buttons": {
            scheme: [one for one in own if one.scheme is scheme] for scheme in ButtonScheme
        },
    }
