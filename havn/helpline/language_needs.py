"""What a helpline should have in each language that its centre offers, for the coordinator's screen of languages."""

from django.utils.translation import gettext as _

from havn.centres.languages import Need, register_need
from havn.helpline.models import CannedAnswer, LinkForChildren
from havn.tenancy.models import Centre


def register() -> None:
    """Called once per process from `registration.py`."""
    register_need(_ready_answers)
    register_need(_links)


def _ready_answers(centre: Centre, language: str) -> Need | None:
    found = CannedAnswer.objects.filter(service__organisation__centre=centre)
    have = found.filter(language=language).count()
    return Need(_("Ready answers"), have, None, "helpline:texts") if have or found.exists() else None


def _links(centre: Centre, language: str) -> Need | None:
    found = LinkForChildren.objects.filter(service__organisation__centre=centre)
    have = found.filter(language=language).count()
    return Need(_("Pages for children"), have, None, "helpline:texts") if have or found.exists() else None
