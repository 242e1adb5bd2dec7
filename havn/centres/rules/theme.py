"""A centre's own colours: what they must be able to do, and the design system's tokens made from them. Pure.

A centre chooses up to four colours for the day. Everything else, the whole night included, is made from them with the
brightness that it has in Havn's own look, so that only the chosen colours themselves need a check.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from havn.centres.rules.colour import best_on, contrast, darkened, lightness_of, luminance, recoloured, with_lightness

TEXT, COMPONENT = 4.5, 3.0
"""What WCAG 2.2 asks for: 1.4.3 text on its ground, 1.4.11 what is needed to see a control."""

WHITE = "#ffffff"
_ON_LAMP = "#0e2f3b"
# What stands in both: havn.css and public.css. A test compares.
_SOFT_INK, _DANGER, _MINE = "#48616a", "#b3261e", "#d9ebee"
EVENING = ("#0e2f3b", "#124553", "#146072")
_STEP = 1 / 256


@dataclass(frozen=True, slots=True)
class Colours:
    """What a centre chooses, as "#rrggbb". The defaults are Havn's own."""

    accent: str = "#146c7c"
    lamp: str = "#f3b43f"
    ink: str = "#0e2f3b"
    ground: str = "#fbf8f3"


HAVN = Colours()
NAMES = tuple(one.name for one in fields(Colours))


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a colour must be able to do. `nearest` is the nearest colour that passes all of them, or ""."""

    colour: str
    what: str
    ratio: float
    needed: float
    nearest: str = ""

    @property
    def passes(self) -> bool:
        return self.ratio >= self.needed


def checks(colours: Colours) -> list[Check]:
    """Everything that is checked, in the order of the colours; what fails knows the nearest colour that passes."""
    found = list(_plain(colours))
    nearest = {name: _nearest(colours, name) for name in {check.colour for check in found if not check.passes}}
    return [check if check.passes else replace(check, nearest=nearest[check.colour]) for check in found]


def day_tokens(colours: Colours) -> dict[str, str]:
    """The tokens by day that differ from Havn's own, by their names in CSS."""
    found = {f"--ds-color-accent-{name}": _from(token, colours) for name, token in _DAY.items()}
    for name, token in _PRESSED.items():
        part = luminance(token) / luminance(HAVN.accent)
        own = colours.accent == HAVN.accent
        found[f"--ds-color-accent-{name}"] = token if own else darkened(colours.accent, part)
    found["--ds-color-accent-base-default"] = colours.accent
    found |= {
        "--havn-water": colours.accent,
        "--havn-mine": _from(_MINE, colours),
        "--havn-ink": colours.ink,
        "--havn-sand": colours.ground,
        "--havn-lamp": colours.lamp,
        "--havn-on-lamp": on_lamp(colours),
        "--havn-lamp-hover": _lamp_pressed(colours, "#e5a32b"),
    }
    return found


def night_tokens(colours: Colours) -> dict[str, str]:
    """The tokens by night that differ from Havn's own. Ink and ground of the night are Havn's."""
    found = {f"--ds-color-accent-{name}": _from(token, colours) for name, token in _NIGHT.items()}
    found |= {
        "--havn-water": _from("#7fc3cf", colours),
        "--havn-mine": _from("#17424d", colours),
        "--havn-ink": "#eaf1f3",
        "--havn-sand": "#0b1a20",
        "--havn-lamp": colours.lamp,
        "--havn-on-lamp": on_lamp(colours),
        "--havn-lamp-hover": _lamp_pressed(colours, "#ffc65c"),
    }
    return found


def evening(colours: Colours) -> tuple[str, ...]:
    """The three stops of the evening sky on the first page, as dark as Havn's."""
    return tuple(_from(stop, colours) for stop in EVENING)


def on_lamp(colours: Colours) -> str:
    """What is written on the lamp."""
    return best_on(colours.lamp, _ON_LAMP, WHITE)


def _plain(colours: Colours) -> Iterator[Check]:
    # Of two colours that do not go together, the one that the centre changed is the one to change again.
    accent = "ground" if colours.accent == HAVN.accent and colours.ground != HAVN.ground else "accent"
    ink = "ground" if colours.ink == HAVN.ink and colours.ground != HAVN.ground else "ink"
    # White stands for panels, and for the words on a button of the accent; Havn's light shade for the accent's own,
    # which is as bright.
    yield Check(accent, "accent-on-ground", contrast(colours.accent, colours.ground), TEXT)
    yield Check("accent", "accent-on-white", contrast(colours.accent, WHITE), TEXT)
    yield Check("accent", "accent-on-own", contrast(colours.accent, _MINE), COMPONENT)
    yield Check("lamp", "words-on-lamp", contrast(on_lamp(colours), colours.lamp), TEXT)
    yield Check("lamp", "lamp-in-evening", contrast(colours.lamp, EVENING[-1]), COMPONENT)
    yield Check(ink, "ink-on-ground", contrast(colours.ink, colours.ground), TEXT)
    yield Check("ink", "ink-on-own", contrast(colours.ink, _MINE), TEXT)
    yield Check("ground", "soft-ink-on-ground", contrast(_SOFT_INK, colours.ground), TEXT)
    yield Check("ground", "danger-on-ground", contrast(_DANGER, colours.ground), TEXT)


def _nearest(colours: Colours, name: str) -> str:
    """The colour of the same hue, as little lighter or darker as will do; "" when none does."""
    chosen = getattr(colours, name)
    begin = lightness_of(chosen)
    for step in range(1, 257):
        for lightness in (begin - step * _STEP, begin + step * _STEP):
            if not 0 <= lightness <= 1:
                continue
            tried = with_lightness(chosen, lightness)
            if all(one.passes for one in _plain(replace(colours, **{name: tried})) if one.colour == name):
                return tried
    return ""


def _from(token: str, colours: Colours) -> str:
    return token if colours.accent == HAVN.accent else recoloured(token, HAVN.accent, colours.accent)


def _lamp_pressed(colours: Colours, havns: str) -> str:
    """Havn's own for Havn's lamp; else a little darker, or lighter where white words stand on it."""
    if colours.lamp == HAVN.lamp:
        return havns
    dark_words = on_lamp(colours) == _ON_LAMP
    return darkened(colours.lamp, 1.08 if dark_words and luminance(colours.lamp) < 0.85 else 0.88)


# The accent's tokens of Havn's own theme, from theme.css and what havn.css changes of them by night. A test compares.
_DAY = {
    "background-tinted": "#eef5f6", "surface-tinted": "#dfebed", "surface-hover": "#cadee1",
    "surface-active": "#b3cfd4", "border-subtle": "#9dc2c9", "border-default": "#388390", "border-strong": "#136675",
    "text-subtle": "#136675", "text-default": "#093037", "base-contrast-subtle": "#dde9ec",
}  # fmt: skip
_NIGHT = {
    "background-default": "#0d1a1c", "background-tinted": "#122225", "surface-default": "#162b2f",
    "surface-tinted": "#1a3136", "surface-hover": "#1e393f", "surface-active": "#26484f", "border-subtle": "#2d565f",
    "border-default": "#5fa3af", "border-strong": "#91adb3", "text-subtle": "#8fcdd8", "text-default": "#e7edef",
    "base-default": "#5696a1", "base-hover": "#76a9b3", "base-active": "#97bec5", "base-contrast-subtle": "#0f1a1c",
}  # fmt: skip
# A button under the pointer and under the finger: that much darker than itself.
_PRESSED = {"base-hover": "#105764", "base-active": "#0c434d"}
