"""What others say of a follow-up in their phase, and what children contributed."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.common.clock import now
from havn.common.errors import NotAllowed, Refused
from havn.recommendations.models import Ask, Recommendation, Remark
from havn.recommendations.permissions import check_can_comment

MOST = 200


@transaction.atomic
def add_remark(
    *, actor: User, ask: Ask, kind: str, text: str, today: dt.date, recommendation: Recommendation | None = None
) -> Remark:
    """Keep a comment or a contribution of children on an ask, and on one of the recommendations that it cites."""
    check_can_comment(actor, ask.factsheet, today)
    if recommendation is not None and not ask.citations.filter(recommendation=recommendation).exists():
        raise Refused(_("This ask does not cite that recommendation."))
    if ask.remarks.count() >= MOST:
        raise Refused(_("Nobody could read more comments here. Speak with the Party's coordinator."))
    made = Remark.objects.create(
        factsheet=ask.factsheet, ask=ask, recommendation=recommendation, kind=kind, text=text, written_by=actor,
        written_at=now(),
    )  # fmt: skip
    _record(actor, made, "recommendations.remark.added")
    return made


@transaction.atomic
def delete_remark(*, actor: User, remark: Remark, today: dt.date) -> None:
    """Take one's own words back while comments are taken."""
    check_can_comment(actor, remark.factsheet, today)
    if remark.written_by_id != actor.pk:
        raise NotAllowed(_("Only who wrote this can take it back."))
    _record(actor, remark, "recommendations.remark.deleted")
    remark.delete()


def _record(actor: User, remark: Remark, action: str) -> None:
    record(centre_id=remark.factsheet.party_id, actor_id=actor.pk, action=action, subject=f"ask:{remark.ask_id}")
