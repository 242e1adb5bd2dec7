"""Taking the answers of a round out."""

from django.db import transaction

from havn.accounts.models import User
from havn.audit.api import record
from havn.rounds.models import Round
from havn.rounds.permissions import check_can_run


@transaction.atomic
def record_export(*, actor: User, one: Round) -> None:
    """Put on the trail that somebody took the answers of a round out."""
    check_can_run(actor, one.owner)
    record(centre_id=one.owner_id, actor_id=actor.pk, action="rounds.exported", subject=f"round:{one.pk}")
