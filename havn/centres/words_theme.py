"""What a colour must be able to do, and what it cannot, in whole sentences."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from havn.centres.rules.theme import Check


def check_words(check: Check) -> str:
    """What is looked at."""
    return {
        "accent-on-ground": _("Links and icons on the ground of the page"),
        "accent-on-white": _("Links on white, and white words on a button"),
        "accent-on-own": _("Edges on a surface in the accent's own light shade"),
        "words-on-lamp": _("The words on the lamp's button"),
        "lamp-in-evening": _("The lamp's button in the evening sky of the first page"),
        "ink-on-ground": _("Text on the ground of the page"),
        "ink-on-own": _("Text on a surface in the accent's light shade"),
        "soft-ink-on-ground": _("Quiet text on the ground of the page"),
        "danger-on-ground": _("Words of danger on the ground of the page"),
    }[check.what]


def colour_words(name: str) -> str:
    """What a colour is called."""
    return {
        "accent": _("Accent: links, edges, quiet buttons"),
        "lamp": _("Lamp: the one main button of a page"),
        "ink": _("Ink: text by day"),
        "ground": _("Ground: the paper of the page by day"),
    }[name]


def refusal_words(check: Check) -> str:
    """Why a colour is refused, with its ratio and what would pass."""
    values = {"what": check_words(check), "ratio": ratio_words(check.ratio), "needed": ratio_words(check.needed)}
    if not check.nearest:
        return _("%(what)s: the contrast is %(ratio)s to 1 and must be %(needed)s to 1.") % values
    return _(
        "%(what)s: the contrast is %(ratio)s to 1 and must be %(needed)s to 1. The nearest colour that passes is "
        "%(nearest)s."
    ) % {**values, "nearest": check.nearest}


def ratio_words(value: float) -> str:
    """A ratio with two decimals, cut and never rounded up: 4.499 is not 4.5."""
    return number_format(int(value * 100) / 100, decimal_pos=2)
