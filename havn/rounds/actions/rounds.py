"""Making a round, changing its days, choosing who is asked, and copying the last one."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.common.clock import now
from havn.common.errors import NotAllowed, Refused
from havn.forms.models import FormVersion
from havn.rounds.models import Assignment, Round
from havn.rounds.permissions import check_can_run
from havn.rounds.queries.people import writers_of
from havn.rounds.queries.rounds import asked_already, centres_to_ask, may_use, newest_version
from havn.rounds.rules.schedule import closes_by_rule, opens_by_rule
from havn.rounds.rules.states import State
from havn.rounds.words import period_of_round
from havn.statistics.rules.periods import Period, after
from havn.tenancy.models import Centre


@transaction.atomic
def make_round(
    *,
    actor: User,
    owner: Centre,
    version: FormVersion,
    period: Period,
    opens_on: dt.date | None = None,
    closes_on: dt.date | None = None,
    remind_days: Sequence[int] = (),
    note: str = "",
    centres: Collection[Centre] = (),
) -> Round:
    """A round of one frozen form. Days that are not given follow the rule of the form's kind."""
    check_can_run(actor, owner)
    made = Round(
        owner=owner,
        form_version=version,
        first=period.first,
        last=period.last,
        period_kind=period.kind,
        opens_on=opens_on or opens_by_rule(period.last),
        closes_on=closes_on or closes_by_rule(version.form.kind, period.last),
        remind_days=list(remind_days),
        note=note,
        made_by=actor,
        made_at=now(),
    )
    _check(made)
    made.save()
    _assign(made, centres)
    _told(actor, made, "rounds.made")
    return made


@transaction.atomic
def change_round(
    *, actor: User, one: Round, opens_on: dt.date, closes_on: dt.date, remind_days: Sequence[int], note: str
) -> Round:
    """Move its days, its reminders, and what it says to whoever answers. Form and period stay."""
    kept = _locked(actor, one.pk)
    kept.opens_on, kept.closes_on, kept.remind_days, kept.note = opens_on, closes_on, list(remind_days), note
    _check(kept)
    kept.save()
    _told(actor, kept, "rounds.changed")
    return kept


@transaction.atomic
def choose_centres(*, actor: User, one: Round, centres: Collection[Centre]) -> tuple[int, int]:
    """Ask exactly these. Who has begun stays: returns how many were added and how many went."""
    kept = _locked(actor, one.pk)
    wanted = {centre.pk for centre in centres}
    untouched = kept.assignments.filter(state=State.OPEN, draft__isnull=True, comments__isnull=True)
    gone = list(untouched.exclude(centre_id__in=wanted).values_list("pk", flat=True))
    Assignment.objects.filter(pk__in=gone).delete()
    there = set(kept.assignments.values_list("centre_id", flat=True))
    added = _assign(kept, [centre for centre in centres if centre.pk not in there])
    _told(actor, kept, "rounds.centres_chosen")
    return added, len(gone)


@transaction.atomic
def copy_round(*, actor: User, one: Round) -> Round:
    """The same for the next period: same form in its newest version, same centres and people, days by the rule."""
    last = _locked(actor, one.pk)
    period = after(period_of_round(last))
    version = newest_version(last.form_version.form)
    if asked_already(last.owner, version, period):
        raise Refused(_("There is a round for the next period already."))
    asked = list(last.assignments.select_related("centre", "responsible", "alternate"))
    made = make_round(
        actor=actor,
        owner=last.owner,
        version=version,
        period=period,
        remind_days=last.remind_days,
        note=last.note,
        centres=[before.centre for before in asked],
    )
    made.copied_from = last
    made.save(update_fields=["copied_from"])
    people = {before.centre_id: before for before in asked}
    for assignment in made.assignments.select_related("centre", "round__owner", "round__form_version__form"):
        before = people[assignment.centre_id]
        still = set(writers_of(assignment).values_list("pk", flat=True))
        assignment.responsible = before.responsible if before.responsible_id in still else None
        assignment.alternate = before.alternate if before.alternate_id in still else None
        assignment.save(update_fields=["responsible", "alternate"])
    return made


@transaction.atomic
def delete_round(*, actor: User, one: Round) -> None:
    """Throw a round away in which nobody has begun."""
    kept = _locked(actor, one.pk)
    if kept.assignments.exclude(state=State.OPEN).exists():
        raise Refused(_("Somebody has begun to answer. A round with answers stays."))
    number = kept.pk
    kept.delete()
    kept.pk = number
    _told(actor, kept, "rounds.deleted")


def _locked(actor: User, round_id: int) -> Round:
    rows = Round.objects.select_for_update(of=("self",)).select_related("owner", "form_version__form")
    found = rows.filter(pk=round_id).first()
    if found is None:
        raise NotAllowed(_("This round has been thrown away."))
    check_can_run(actor, found.owner)
    return found


def _check(one: Round) -> None:
    if one.form_version.frozen_at is None:
        raise Refused(_("This form is still being written. Freeze a version first."))
    if not may_use(one.owner, one.form_version):
        raise NotAllowed(_("This form belongs to another centre."))
    if one.closes_on < one.opens_on:
        raise Refused(_("A round closes after it opens."))


def _assign(one: Round, centres: Collection[Centre]) -> int:
    allowed = {centre.pk for centre in centres_to_ask(one.owner)}
    if any(centre.pk not in allowed for centre in centres):
        raise NotAllowed(_("A centre asks itself; only the network asks others."))
    moment = now()
    Assignment.objects.bulk_create(Assignment(round=one, centre=centre, changed_at=moment) for centre in centres)
    return len(centres)


def _told(actor: User, one: Round, action: str) -> None:
    record(centre_id=one.owner_id, actor_id=actor.pk, action=action, subject=f"round:{one.pk}")
