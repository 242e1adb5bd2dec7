"""Hanging what shows it to a follow-up, and taking it away again."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.common.errors import Refused
from havn.recommendations.actions.follow_up import locked_open, note
from havn.recommendations.evidence import thing_of
from havn.recommendations.models import Evidence, FollowUp
from havn.recommendations.permissions import check_can_fill

_LABEL = 200
MOST = 50


@transaction.atomic
def add_evidence(
    *, actor: User, follow_up: FollowUp, today: dt.date, label: str = "", url: str = "", thing: str = ""
) -> Evidence:
    """A link with its label, or a thing of this installation ("activity:5"), named as it is called there.

    Refused for a thing that is not the Party's own, for one that is there already, and for a follow-up that was
    imported or waits for validation. What is validated may still be shown by something new.
    """
    check_can_fill(actor, follow_up.factsheet, today)
    stored = locked_open(follow_up)
    if stored.evidence.count() >= MOST:
        raise Refused(_("This follow-up has as much evidence as anybody could read."))
    evidence = Evidence(follow_up=stored, label=label[:_LABEL], url=url)
    if thing:
        found = thing_of(stored.factsheet.party, thing)
        if found is None:
            raise Refused(_("This is not here any more. Choose something else."))
        kind, _colon, number = thing.partition(":")
        if stored.evidence.filter(kind=kind, object_id=int(number)).exists():
            raise Refused(_("This stands there already."))
        evidence = Evidence(follow_up=stored, label=(label or found.title)[:_LABEL], kind=kind, object_id=int(number))
    evidence.save()
    note(actor, stored, "recommendations.evidence.added")
    return evidence


@transaction.atomic
def remove_evidence(*, actor: User, evidence: Evidence, today: dt.date) -> None:
    """Take one away. The thing itself stays."""
    check_can_fill(actor, evidence.follow_up.factsheet, today)
    stored = locked_open(evidence.follow_up)
    evidence.delete()
    note(actor, stored, "recommendations.evidence.removed")
