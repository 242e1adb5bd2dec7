"""What a helpline has decided about its supervision."""

from collections.abc import Iterable

from havn.supervision.models import SupervisionSettings
from havn.supervision.rules.identity import BLIND, farthest
from havn.tenancy.models import Service


def supervision_of(service_id: int) -> SupervisionSettings:
    """The helpline's own settings, or the defaults (unsaved)."""
    found = SupervisionSettings.objects.filter(pk=service_id).first()
    return found or SupervisionSettings(service_id=service_id)


def identity_of(service_id: int) -> str:
    """The model by which this helpline works."""
    return SupervisionSettings.objects.filter(pk=service_id).values_list("identity", flat=True).first() or BLIND


def identity_in_centre(centre_id: int) -> str:
    """What a page says that speaks for all helplines of a centre: the model that goes farthest."""
    helplines = Service.objects.filter(organisation__centre_id=centre_id, kind=Service.Kind.HELPLINE)
    return farthest(_models(helplines.values_list("pk", flat=True)))


def _models(service_ids: Iterable[int]) -> list[str]:
    return list(SupervisionSettings.objects.filter(pk__in=service_ids).values_list("identity", flat=True))
