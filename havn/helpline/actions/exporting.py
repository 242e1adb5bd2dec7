"""Taking figures out: allowed, and put on the trail before a byte leaves."""

from django.db import transaction

from havn.accounts.models import User
from havn.audit import api as audit
from havn.helpline.permissions import check_can_see_figures, check_can_take_out_whole
from havn.tenancy.models import Service


@transaction.atomic
def record_export(*, actor: User, service: Service, report: str, form: str, whole: bool) -> None:
    """Note who takes out which report in which form, and whether small numbers are in it. Raises NotAllowed."""
    check_can_see_figures(actor, service)
    if whole:
        check_can_take_out_whole(actor, service)
    audit.record(
        centre_id=service.organisation.centre_id,
        actor_id=actor.pk,
        service_id=service.pk,
        action="helpline.figures.exported",
        report=report,
        form=form,
        small="in" if whole else "out",
    )
