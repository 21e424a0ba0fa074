"""What is a CSS colour of any space in sRGB?

CSS Color Module Level 4, section 10.1 to 10.9, and its sample code for the numbers. A colour
outside of sRGB is clipped channel by channel, as browsers do on an sRGB screen.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tinycss2.color4 import Color

type Triple = tuple[float, float, float]
type Matrix = tuple[Triple, Triple, Triple]

_XYZ_TO_SRGB: Matrix = (
    (12831 / 3959, -329 / 214, -1974 / 3959),
    (-851781 / 878810, 1648619 / 878810, 36519 / 878810),
    (705 / 12673, -2585 / 12673, 705 / 667),
)
_D50_TO_D65: Matrix = (
    (0.955473421488075, -0.02309845494876471, 0.06325924320057072),
    (-0.0283697093338637, 1.0099953980813041, 0.021041441191917323),
    (0.012314014864481998, -0.020507649298898964, 1.330365926242124),
)
_P3_TO_XYZ: Matrix = (
    (608311 / 1250200, 189793 / 714400, 198249 / 1000160),
    (35783 / 156275, 247089 / 357200, 198249 / 2500400),
    (0.0, 32229 / 714400, 5220557 / 5000800),
)
_A98_TO_XYZ: Matrix = (
    (573536 / 994567, 263643 / 1420810, 187206 / 994567),
    (591459 / 1989134, 6239551 / 9945670, 374412 / 4972835),
    (53769 / 1989134, 351524 / 4972835, 4929758 / 4972835),
)
_PROPHOTO_TO_XYZ_D50: Matrix = (
    (0.7977666449006423, 0.13518129740053308, 0.0313477341283922),
    (0.2880748288194013, 0.711835234241873, 0.00008993693872564),
    (0.0, 0.0, 0.8251046025104602),
)
_REC2020_TO_XYZ: Matrix = (
    (63426534 / 99577255, 20160776 / 139408157, 47086771 / 278816314),
    (26158966 / 99577255, 472592308 / 697040785, 8267143 / 139408157),
    (0.0, 19567812 / 697040785, 295819943 / 278816314),
)
_REC2020_ALPHA, _REC2020_BETA = 1.09929682680944, 0.018053968510807


def to_srgb(color: Color) -> Triple:
    """Return red, green and blue from 0 to 1 of a colour that tinycss2 has parsed.

    Raises:
        ValueError: A coordinate is not a finite number.
    """
    rgb = _unclipped(color)
    if not all(math.isfinite(channel) for channel in rgb):
        raise ValueError("a coordinate of the colour is too large")
    red, green, blue = (min(1.0, max(0.0, channel)) for channel in rgb)
    return red, green, blue


def linear(channel: float) -> float:
    """Undo the sRGB transfer function; the result is proportional to light."""
    size = abs(channel)
    light = size / 12.92 if size <= 0.04045 else ((size + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
    return math.copysign(light, channel)


def _unclipped(color: Color) -> Triple:
    space = str(color.space)
    if space in {"srgb", "hsl", "hwb"}:
        return _three(color.to("srgb").coordinates)
    if space in {"lab", "lch"}:
        return _from_xyz(_multiply(_D50_TO_D65, _three(color.to("xyz-d50").coordinates)))
    if space in {"oklab", "oklch"}:
        return _from_xyz(_three(color.to("xyz-d65").coordinates))
    return _READERS[space](_three(color.coordinates))


def _three(coordinates: tuple[float | None, ...]) -> Triple:
    """Return three numbers; `none` counts as zero (CSS Color 4, section 4.4)."""
    first, second, third = (coordinate or 0.0 for coordinate in coordinates)
    return first, second, third


def _multiply(matrix: Matrix, vector: Triple) -> Triple:
    first, second, third = (sum(map(float.__mul__, row, vector), 0.0) for row in matrix)
    return first, second, third


def _each(function: Callable[[float], float], vector: Triple) -> Triple:
    first, second, third = map(function, vector)
    return first, second, third


def _gamma(light: float) -> float:
    size = abs(light)
    channel = 12.92 * size if size <= 0.0031308 else 1.055 * size ** (1 / 2.4) - 0.055  # noqa: PLR2004
    return math.copysign(channel, light)


def _from_xyz(xyz: Triple) -> Triple:
    return _each(_gamma, _multiply(_XYZ_TO_SRGB, xyz))


def _power(exponent: float) -> Callable[[float], float]:
    return lambda channel: math.copysign(abs(channel) ** exponent, channel)


def _prophoto(channel: float) -> float:
    size = abs(channel)
    return math.copysign(size / 16 if size <= 16 / 512 else size**1.8, channel)


def _rec2020(channel: float) -> float:
    size = abs(channel)
    if size < _REC2020_BETA * 4.5:
        return channel / 4.5
    return math.copysign(((size + _REC2020_ALPHA - 1) / _REC2020_ALPHA) ** (1 / 0.45), channel)


def _reader(to_light: Callable[[float], float], to_xyz: Matrix) -> Callable[[Triple], Triple]:
    return lambda rgb: _from_xyz(_multiply(to_xyz, _each(to_light, rgb)))


def _read_prophoto(rgb: Triple) -> Triple:
    d50 = _multiply(_PROPHOTO_TO_XYZ_D50, _each(_prophoto, rgb))
    return _from_xyz(_multiply(_D50_TO_D65, d50))


_READERS: dict[str, Callable[[Triple], Triple]] = {
    "srgb-linear": lambda rgb: _each(_gamma, rgb),
    "display-p3": _reader(linear, _P3_TO_XYZ),
    "a98-rgb": _reader(_power(563 / 256), _A98_TO_XYZ),
    "prophoto-rgb": _read_prophoto,
    "rec2020": _reader(_rec2020, _REC2020_TO_XYZ),
    "xyz-d50": lambda xyz: _from_xyz(_multiply(_D50_TO_D65, xyz)),
    "xyz-d65": _from_xyz,
}
