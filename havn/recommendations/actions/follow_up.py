"""Writing follow-up in versions, and bringing it from draft to validated."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.common.clock import now
from havn.common.errors import Refused
from havn.recommendations.actions.naming import check_named
from havn.recommendations.actions.replacing import draft_beside, forget_unused_files, put_in_place
from havn.recommendations.models import FollowUp, FollowUpVersion, Passage
from havn.recommendations.permissions import check_can_fill, check_can_name, check_can_validate, who_validates
from havn.recommendations.queries.factsheets import box_of_ask, kinds_for, practice_box
from havn.recommendations.rules.rounds import status_named
from havn.recommendations.rules.states import DRAFT, VALIDATED, after

REOPEN = "reopen"


@dataclass(frozen=True)
class Words:
    """What a person says of a follow-up."""

    kind: str
    dated_on: dt.date
    text: str
    status: str = ""
    body: str = ""
    due_on: dt.date | None = None
    responsible: User | None = None
    alternate: User | None = None
    validator: User | None = None


class ChangedMeanwhile(Refused):
    """Somebody saved it in between; both texts are shown."""


@transaction.atomic
def save_follow_up(*, actor: User, follow_up: FollowUp, words: Words, today: dt.date, seen: int = 0) -> FollowUp:
    """Keep a new version of a draft, or a new draft (`follow_up` unsaved, with factsheet, chapter and perhaps ask).

    Refused for what was imported or is no draft, where the round has no box for it, and when version `seen` is not
    the stored one any more.
    """
    check_can_fill(actor, follow_up.factsheet, today)
    stored = _locked(follow_up) if follow_up.pk else follow_up
    if stored.pk and stored.version != seen:
        raise ChangedMeanwhile(
            _("Somebody saved this in the meantime. Their words stand below yours: decide, and save.")
        )
    if stored.is_imported or stored.state != DRAFT:
        raise Refused(_("Only a draft can be changed. Open it again first, or write a new follow-up with a new date."))
    if words.dated_on > today:
        raise Refused(_("The day of which it speaks is still to come."))
    _check_words(stored, words)
    for name, value in vars(words).items():
        setattr(stored, name, value)
    stored.box = _box(stored)
    stored.version = stored.version + 1 if stored.pk else 1
    stored.written_by, stored.changed_at = actor, now()
    stored.save()
    FollowUpVersion.objects.create(
        follow_up=stored, number=stored.version, status=stored.status, text=stored.text, body=stored.body,
        due_on=stored.due_on, written_by=actor, written_at=stored.changed_at,
    )  # fmt: skip
    note(actor, stored, "recommendations.follow_up.saved")
    return stored


@transaction.atomic
def move_follow_up(*, actor: User, follow_up: FollowUp, verb: str, today: dt.date, seen: int | None = None) -> FollowUp:
    """Submit, send back, validate or open again. Refused when its state does not allow that.

    Refused too when the stored version is another than `seen`, or without that than the one of `follow_up`.

    Opened again, a draft is made beside it; validated, that takes its place. Returned is the one to go on with.
    """
    stored = _locked(follow_up)
    _check_may_move(actor, stored, verb, today)
    if stored.is_imported:
        raise Refused(_("What was published stays as it is. Write a new follow-up with a new date."))
    if verb == REOPEN:
        made = draft_beside(stored)
        note(actor, stored, "recommendations.follow_up.reopen")
        return made
    if stored.version != (follow_up.version if seen is None else seen):
        raise Refused(_("Somebody saved this in the meantime. Read it again before you go on."))
    then = after(stored.state, verb)
    if then is None:
        raise Refused(_("This follow-up is in another state by now. Look at it again."))
    stored.state = then
    stored.validated_by, stored.validated_at = (actor, now()) if then == VALIDATED else (None, None)
    note(actor, stored, f"recommendations.follow_up.{verb}")
    if then == VALIDATED and stored.replaces is not None:
        return put_in_place(stored, _locked(stored.replaces))
    stored.save(update_fields=["state", "validated_by", "validated_at"])
    return stored


@transaction.atomic
def delete_follow_up(*, actor: User, follow_up: FollowUp, today: dt.date) -> None:
    """Throw a draft away. Refused for everything else."""
    check_can_fill(actor, follow_up.factsheet, today)
    stored = _locked(follow_up)
    if stored.is_imported or stored.state != DRAFT:
        raise Refused(_("Only a draft can be thrown away."))
    note(actor, stored, "recommendations.follow_up.deleted")
    stored.delete()
    forget_unused_files()


def locked_draft(follow_up: FollowUp) -> FollowUp:
    """The stored row, locked until the transaction ends. Refused unless it is a draft: evidence is validated too."""
    stored = _locked(follow_up)
    if stored.is_imported or stored.state != DRAFT:
        raise Refused(_("Evidence belongs to what is validated: it is added to a draft, or taken away from one."))
    return stored


def note(actor: User, follow_up: FollowUp, action: str) -> None:
    """A line on the trail of the Party's centre."""
    centre_id = follow_up.factsheet.party_id
    record(centre_id=centre_id, actor_id=actor.pk, action=action, subject=f"follow_up:{follow_up.pk}")


def _check_may_move(actor: User, stored: FollowUp, verb: str, today: dt.date) -> None:
    """Who wrote it may take it back too; nothing is submitted that nobody could validate."""
    if verb == "validate":
        check_can_validate(actor, stored, today)
    elif verb == "send_back":
        check_can_name(actor, stored.factsheet, today)
    else:
        check_can_fill(actor, stored.factsheet, today)
    if verb == "submit" and not who_validates(stored):
        raise Refused(
            _("Nobody else of your centre could validate this. Ask who gives the roles to add a data officer.")
        )


def _locked(follow_up: FollowUp) -> FollowUp:
    found = FollowUp.objects.select_for_update(of=("self",)).select_related("factsheet__round", "factsheet__party")
    return found.get(pk=follow_up.pk)


def _check_words(follow_up: FollowUp, words: Words) -> None:
    round = follow_up.factsheet.round
    if follow_up.ask is None and words.kind != FollowUp.Kind.PRACTICE:
        raise Refused(_("What answers no ask can only be a promising practice of a chapter."))
    if words.kind not in kinds_for(follow_up):
        raise Refused(_("In this round a promising practice answers only what the Committee invites to."))
    if words.status and status_named(round.statuses, words.status) is None:
        raise Refused(_("This round has no such status."))
    check_named(follow_up.factsheet, words.responsible, words.alternate, words.validator)


def _box(follow_up: FollowUp) -> Passage | None:
    if follow_up.kind == FollowUp.Kind.PRACTICE:
        return practice_box(follow_up.factsheet, follow_up.chapter_id) if follow_up.ask is None else None
    return box_of_ask(follow_up.ask) if follow_up.ask else None
