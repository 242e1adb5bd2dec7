"""Contrast, and colours made from a centre's own."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havn.centres.rules.colour import best_on, contrast, lightness_of, luminance, recoloured, with_lightness
from havn.centres.rules.theme import (
    EVENING,
    HAVN,
    NAMES,
    TEXT,
    WHITE,
    Colours,
    checks,
    day_tokens,
    evening,
    night_tokens,
    on_lamp,
)
from tests.codebase.places import HAVN as PACKAGE

colour = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#0000ff", 2.15),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


@given(colour)
def test_a_colour_at_its_own_lightness_is_itself(given_colour: str) -> None:
    back = with_lightness(given_colour, lightness_of(given_colour))
    pairs = zip(re.findall("..", given_colour[1:]), re.findall("..", back[1:]), strict=True)
    assert all(abs(int(one, 16) - int(other, 16)) <= 1 for one, other in pairs)


@given(colour, colour)
def test_what_is_made_from_another_seed_is_as_bright_as_before(token: str, seed: str) -> None:
    assert luminance(recoloured(token, HAVN.accent, seed)) == pytest.approx(luminance(token), abs=0.012)


@given(colour)
def test_either_black_or_white_can_be_read_on_any_colour(ground: str) -> None:
    assert contrast(best_on(ground, "#000000", WHITE), ground) >= TEXT


def test_havns_own_colours_pass_and_change_no_token_of_the_design_system() -> None:
    assert all(one.passes for one in checks(HAVN))
    assert evening(HAVN) == EVENING
    for tokens, scheme in ((day_tokens(HAVN), "light"), (night_tokens(HAVN), "dark")):
        kept = _tokens_of("theme.css", scheme) | _tokens_of("havn.css", scheme)
        for name, value in tokens.items():
            assert value == kept[name].lower(), f"{name} by {scheme}"


def test_the_evening_is_the_one_of_the_first_page() -> None:
    css = (PACKAGE / "centres/static/centres/public.css").read_text()
    top, middle, low = EVENING
    assert f"linear-gradient({top}, {middle} 62%, {low})" in css


# The search is long where nothing passes, and a busy machine makes it longer.
@settings(deadline=None, max_examples=30)
@given(st.builds(Colours, accent=colour, lamp=colour, ink=colour, ground=colour))
def test_the_nearest_colour_really_passes(chosen: Colours) -> None:
    for one in checks(chosen):
        assert one.passes == (one.ratio >= one.needed)
        if one.nearest:
            better = Colours(**{name: one.nearest if name == one.colour else getattr(chosen, name) for name in NAMES})
            assert all(again.passes for again in checks(better) if again.colour == one.colour)
        assert not (one.passes and one.nearest)


@given(colour)
def test_by_night_every_accent_can_be_read(accent: str) -> None:
    """Whatever a centre chooses: text 4.5, edges and buttons 3, on the grounds of the night."""
    night = night_tokens(Colours(accent=accent))
    for ground in ("#0b1a20", "#12262e"):
        assert contrast(night["--havn-water"], ground) >= 4.5
        assert contrast(night["--ds-color-accent-text-subtle"], ground) >= 4.5
        assert contrast(night["--ds-color-accent-border-default"], ground) >= 3
        assert contrast(night["--ds-color-accent-base-default"], ground) >= 3
    assert contrast("#000000", night["--ds-color-accent-base-default"]) >= 4.5
    assert contrast(night["--havn-ink"], night["--havn-mine"]) >= 4.5


@given(colour)
def test_by_day_a_passing_accent_makes_readable_buttons_in_every_state(accent: str) -> None:
    chosen = Colours(accent=accent)
    if not all(one.passes for one in checks(chosen)):
        return
    day = day_tokens(chosen)
    for state in ("default", "hover", "active"):
        assert contrast(WHITE, day[f"--ds-color-accent-base-{state}"]) >= 4.5
    for ground in (WHITE, day["--ds-color-accent-surface-tinted"]):
        assert contrast(day["--ds-color-accent-text-subtle"], ground) >= 4.5


@given(colour)
def test_a_passing_lamp_is_readable_when_pressed_too(lamp: str) -> None:
    chosen = Colours(lamp=lamp)
    if all(one.passes for one in checks(chosen)):
        assert contrast(on_lamp(chosen), day_tokens(chosen)["--havn-lamp-hover"]) >= 4.5


def test_of_two_colours_that_do_not_fit_the_one_that_was_changed_is_refused() -> None:
    assert {one.colour for one in checks(Colours(ground="#888888")) if not one.passes} == {"ground"}
    assert {one.colour for one in checks(Colours(accent="#e0a0c0")) if not one.passes} == {"accent"}


def _tokens_of(name: str, scheme: str) -> dict[str, str]:
    """The tokens that a stylesheet of ours declares for a scheme, the last declaration counting."""
    css = re.sub(r"/\*.*?\*/", "", (Path(PACKAGE) / "common/static/common" / name).read_text(), flags=re.S)
    if name == "havn.css":
        parts = css.split("@media (prefers-color-scheme: dark)", 2)
        block = parts[0] if scheme == "light" else parts[0] + parts[1]
    else:
        start = re.search(rf'(?::root, )?\[data-color-scheme="{scheme}"\] {{', css)
        assert start
        block = css[start.end() : css.index("}", start.end())]
    return dict(re.findall(r"(--[\w-]+):\s*(#\w{3,6})", block))
