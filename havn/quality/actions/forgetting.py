"""What somebody deletes of their own, and what the night destroys."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.clock import now_ms as clock_ms
from havn.common.errors import NotAllowed
from havn.quality.models import Answer, Debrief, DutyLoad
from havn.quality.permissions import check_works
from havn.quality.queries.over import helplines_of, over_at
from havn.tenancy.models import Centre, Service

PURGED = "quality.care.purged"


@transaction.atomic
def forget_mine(*, actor: User, service: Service) -> int:
    """Destroy everything of one's own at a helpline: load, answers, waiting questions. Returns how many rows went.

    A wish to talk stays until it is done or taken back. It leaves no line on the trail.
    """
    check_works(actor, service)
    mine = {"service": service, "user": actor}
    return sum(model._default_manager.filter(**mine).delete()[0] for model in (DutyLoad, Answer, Debrief))


@transaction.atomic
def forget_answer(*, actor: User, answer_id: int) -> Service:
    """Destroy one answer of one's own."""
    answer = Answer.objects.select_related("service").filter(pk=answer_id, user=actor).first()
    if answer is None:
        raise NotAllowed(_("This is not one of your answers."))
    Answer.objects.filter(pk=answer.pk).delete()
    return answer.service


def purge_care(centre: Centre) -> None:
    """Destroy what is older than the weeks each helpline keeps, and questions nobody is asked any more. Nightly."""
    gone = 0
    for service in helplines_of(centre.pk):
        for rows in over_at(service, at_ms=clock_ms()).values():
            with transaction.atomic():
                gone += rows.delete()[0]
    if gone:
        with transaction.atomic():
            audit.record(centre_id=centre.pk, action=PURGED, rows=gone)
