"""Colours as people see them: contrast by WCAG 2.2, and the same colour lighter or darker (OKLCH). Pure.

OKLCH keeps hue and liveliness while lightness changes, so that what is made from a centre's colour still looks like it.
Formulas: WCAG 2.2 "relative luminance"; Björn Ottosson, "A perceptual color space for image processing".
"""

import math
import re
from functools import lru_cache

HEX = re.compile(r"#[0-9a-f]{6}")
_HALVINGS = 24

Triple = tuple[float, float, float]


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb": 0 is black, 1 is white."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def best_on(ground: str, *inks: str) -> str:
    """The one of the inks that can be read best on a ground."""
    return max(inks, key=lambda ink: contrast(ink, ground))


def with_lightness(colour: str, lightness: float) -> str:
    """The same hue and liveliness at another OKLCH lightness (0 to 1), as lively as a screen can show it."""
    _, chroma, hue = _to_oklch(colour)
    return _from_oklch(lightness, chroma, hue)


def lightness_of(colour: str) -> float:
    """OKLCH lightness, from 0 to 1."""
    return _to_oklch(colour)[0]


@lru_cache(maxsize=512)
def recoloured(token: str, seed: str, new_seed: str) -> str:
    """A colour that was made from `seed`, made from `new_seed` instead: as bright, in its hue, as lively beside it.

    As bright means the same luminance: whatever the token had enough contrast with, it still has.
    """
    _, token_chroma, _ = _to_oklch(token)
    _, seed_chroma, _ = _to_oklch(seed)
    _, new_chroma, hue = _to_oklch(new_seed)
    return with_luminance(hue, new_chroma * token_chroma / max(seed_chroma, 1e-6), luminance(token))


def with_luminance(hue: float, chroma: float, wanted: float) -> str:
    """The colour of this hue that has the wanted luminance, as lively as asked for or as can be shown."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if luminance(_from_oklch(middle, chroma, hue)) < wanted:
            low = middle
        else:
            high = middle
    return _from_oklch(high, chroma, hue)


def darkened(colour: str, part: float) -> str:
    """The colour with this part of its luminance."""
    _, chroma, hue = _to_oklch(colour)
    return with_luminance(hue, chroma, luminance(colour) * part)


def _linear(colour: str) -> Triple:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _curve(red), _curve(green), _curve(blue)


def _curve(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _uncurve(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else float(1.055 * value ** (1 / 2.4) - 0.055)


def _to_oklch(colour: str) -> Triple:
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _from_oklch(lightness: float, chroma: float, hue: float) -> str:
    """As "#rrggbb", with as much of the chroma as a screen can show."""
    red, green, blue = _to_linear(lightness, chroma, hue)
    if not _shown(red, green, blue):
        low, high = 0.0, chroma
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if _shown(*_to_linear(lightness, middle, hue)) else (low, middle)
        red, green, blue = _to_linear(lightness, low, hue)
    return "#" + "".join(
        f"{round(min(1.0, max(0.0, _uncurve(max(0.0, one)))) * 255):02x}" for one in (red, green, blue)
    )


def _to_linear(lightness: float, chroma: float, hue: float) -> Triple:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _shown(*channels: float) -> bool:
    return all(-1e-4 <= one <= 1 + 1e-4 for one in channels)
