"""How is a difference told? As Markdown, HTML or JSON, for people and programs in a review."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from studio.exporters.templates import rendered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.exporters.difference import Change, Side, Value
    from studio.exporters.difference_pictures import PictureChange

PICTURES = "pictures"
"""The folder of the pictures, beside the report."""
_MARKED = re.compile(r"([\\`*_{}\[\]<>()#+!|~&])")


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Everything that two clients do not share; `pictures` is None where none were compared."""

    before: Side
    after: Side
    settings: tuple[Change, ...]
    pictures: tuple[PictureChange, ...] | None = None

    @property
    def sides(self) -> dict[str, Side]:
        """The two clients by what they are called."""
        return {"before": self.before, "after": self.after}

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not self.settings and not self.pictures

    @property
    def summary(self) -> str:
        """What differs, in a few words."""
        parts = [_counted(len(self.settings), "setting")]
        if self.pictures is not None:
            parts.append(_counted(len(self.pictures), "picture"))
        return ", ".join(parts)


def _counted(count: int, what: str) -> str:
    number = str(count) if count else "no"
    differ = "differs" if count == 1 else "differ"
    return f"{number} {what}{'s' * (count != 1)} {differ}"


def as_markdown(difference: Difference) -> str:
    """Return tables; pictures are referred to in a folder beside the report."""
    before, after = difference.before.name, difference.after.name
    lines = [f"## {_text(before)} → {_text(after)}", "", f"{_sentence(difference)}"]
    if difference.settings:
        lines += ["", "| setting | before | after |", "|---|---|---|"]
        lines += [_row(change) for change in difference.settings]
    if difference.pictures:
        lines += ["", "| screen | changed | before | after | difference |", "|---|---|---|---|---|"]
        lines += [_picture_row(change) for change in difference.pictures]
    return "\n".join(lines) + "\n"


def _sentence(difference: Difference) -> str:
    summary = difference.summary
    return f"{summary[0].upper()}{summary[1:]}."


def _row(change: Change) -> str:
    return f"| `{change.path}` | {_cell(change.before)} | {_cell(change.after)} |"


def _cell(value: Value) -> str:
    line = f" (line {value.line})" if value.line else " (left out)"
    return _text(value.text) + line


def _text(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    return _MARKED.sub(r"\\\1", " ".join(text.split()))


def _picture_row(change: PictureChange) -> str:
    cells = [
        f"![{part}]({PICTURES}/{name})" if name in change.files else "–"
        for part in ("before", "after", "difference")
        for name in (f"{change.name}.{part}.png",)
    ]
    about = f"{_text(change.title)} `{change.screen}` {change.tag}"
    return f"| {about} | {percentage(change)} | {' | '.join(cells)} |"


def percentage(change: PictureChange) -> str:
    """Return the share of a page that has changed, or that only one client shows it."""
    if change.before is None:
        return "added"
    if change.after is None:
        return "removed"
    share = change.share * 100
    return f"{share:.1f} %" if share >= 0.1 else "< 0.1 %"  # noqa: PLR2004 - as it is written


def as_json(difference: Difference) -> str:
    """Return the same for programs; pictures by their files' names."""
    data: dict[str, object] = {
        "before": difference.before.name,
        "after": difference.after.name,
        "settings": [
            {
                "path": change.path,
                "before": {"value": change.before.text, "line": change.before.line or None},
                "after": {"value": change.after.text, "line": change.after.line or None},
            }
            for change in difference.settings
        ],
    }
    if difference.pictures is not None:
        data["pictures"] = [
            {
                "screen": change.screen,
                "locale": change.tag,
                "share": round(change.share, 6),
                "files": [f"{PICTURES}/{name}" for name in change.files],
            }
            for change in difference.pictures
        ]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def as_html(difference: Difference) -> str:
    """Return a page that needs no other file."""
    return rendered(
        "difference.html",
        difference=difference,
        sentence=_sentence(difference),
        sections=list(_sections(difference.settings)),
        logos=_logos(difference),
        headers={name: _header(side) for name, side in difference.sides.items()},
        percentage=percentage,
        data_uri=_data_uri,
    )


def _sections(settings: tuple[Change, ...]) -> Iterator[tuple[str, list[Change]]]:
    for section, group in groupby(settings, key=lambda change: change.section):
        yield section, list(group)


def _logos(difference: Difference) -> dict[str, str]:
    """Return both logos as data URIs, by what they stand beside."""
    return {
        name: _data_uri(side.hosted.logo.data, side.hosted.logo.media_type)
        for name, side in difference.sides.items()
        if side.hosted.logo is not None
    }


def _header(side: Side) -> str:
    return side.hosted.client.branding.header.css()


def _data_uri(data: bytes, media_type: str = "image/png") -> str:
    return f"data:{media_type};base64,{b64encode(data).decode()}"
