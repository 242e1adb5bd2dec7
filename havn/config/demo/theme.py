"""Denmark's own colours, so that one of the two demo centres shows what a theme does."""

from havn.centres.models import CentreTheme
from havn.centres.rules.theme import Colours
from havn.tenancy.models import Centre

COLOURS = {"denmark": Colours(accent="#4b4a9b")}


def load_theme(centre: Centre) -> None:
    """Give the centre its colours, once: what somebody changed while trying the demo stays."""
    chosen = COLOURS.get(centre.slug)
    if chosen is not None:
        CentreTheme.objects.get_or_create(centre=centre, defaults={"accent": chosen.accent})
