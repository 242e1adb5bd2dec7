"""The pause that is proposed after much: taken, ended early, or not now."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.common.errors import Refused
from havn.helpline.actions import duty as duties
from havn.helpline.permissions import check_can_be_on_duty
from havn.helpline.queries.duty import open_duty
from havn.quality.actions.hard import keep_load
from havn.quality.models import DutyLoad
from havn.quality.queries.care import as_load
from havn.quality.queries.settings import quality_of
from havn.tenancy.models import Service


@transaction.atomic
def take_pause(*, actor: User, service: Service, now_ms: int) -> None:
    """Take nobody new for the helpline's minutes. What came since the last pause counts from here anew."""
    check_can_be_on_duty(actor, service)
    duties.take_pause(actor=actor, service=service, minutes=quality_of(service.pk).pause_minutes, now_ms=now_ms)
    row = _row(actor, service)
    if row is not None:
        keep_load(row, as_load(row).rested(), refused=False)


@transaction.atomic
def go_on(*, actor: User, service: Service) -> None:
    """End one's own pause before its time."""
    check_can_be_on_duty(actor, service)
    duties.end_pause(actor=actor, service=service)


@transaction.atomic
def not_now(*, actor: User, service: Service) -> None:
    """No pause now: it is proposed again after the next hard conversation."""
    check_can_be_on_duty(actor, service)
    row = _row(actor, service)
    if row is None:
        raise Refused(_("Go on duty first."))
    DutyLoad.objects.filter(pk=row.pk).update(refused=True)


def _row(actor: User, service: Service) -> DutyLoad | None:
    duty = open_duty(service.pk, actor.pk)
    return DutyLoad.objects.select_for_update(of=("self",)).filter(duty=duty).first() if duty else None
