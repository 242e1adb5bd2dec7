"""The answers to the two questions, and the answers of a review's scales, in the reader's language."""

from django.utils.translation import gettext as _

from havn.quality.rules.answers import LATER, NO, NOW
from havn.quality.rules.criteria import FOUR


def step_words() -> list[tuple[int, str]]:
    """How somebody is, from well on."""
    return [(1, _("Well")), (2, _("All right")), (3, _("It sits with me")), (4, _("Not well"))]


def wish_words() -> list[tuple[str, str]]:
    """Whether somebody wants to talk."""
    return [(NO, _("No")), (LATER, _("Later")), (NOW, _("Now"))]


def value_words(scale: str) -> list[tuple[int, str]]:
    """What may be answered on a scale, the worst first."""
    if scale == FOUR:
        return [(1, _("1, not at all")), (2, _("2, a little")), (3, _("3, mostly")), (4, _("4, fully"))]
    return [(0, _("No")), (1, _("Yes"))]
