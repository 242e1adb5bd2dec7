"""What connections hang into the engines below and into supervision, called once per process from `apps.py`."""

from typing import Any

from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy

from havn.accounts.api import register_permission
from havn.accounts.models import Role
from havn.connections import keeping, tasks
from havn.connections.menu import MANAGE, register_menu
from havn.connections.models import Endpoint
from havn.connections.permissions import CONNECTS
from havn.connections.rules.events import Event
from havn.supervision.models import Escalation


def register() -> None:
    """Fill the registries."""
    register_menu()
    keeping.register()
    register_permission(
        MANAGE,
        gettext_lazy("Make keys for other systems and say which of them are told what"),
        *(Role(role) for role in CONNECTS),
    )
    post_save.connect(_escalation_saved, sender=Escalation, dispatch_uid="connections-escalation")


def _escalation_saved(instance: Escalation, created: bool, raw: bool = False, **_more: Any) -> None:
    """Only the service goes on: no number of the escalation or of its talk."""
    if not created or raw:
        return
    asked = Endpoint.objects.filter(is_on=True, centre=instance.service.organisation.centre_id)
    if any(Event.ESCALATION in events for events in asked.values_list("events", flat=True)):
        tasks.escalation.enqueue(instance.service_id)
