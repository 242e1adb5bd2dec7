"""The note to the next shift: written at the end of a duty, gone after its days."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.clock import now_ms as clock_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.permissions import check_can_be_on_duty
from havn.helpline.queries.duty import open_duty
from havn.helpline.team_sealing import destroy_keys, seal_for_team
from havn.supervision.models import ShiftNote
from havn.supervision.queries.notes import notes_over
from havn.supervision.rules.notes import LONGEST
from havn.tenancy.models import Centre, Service
from havn.vault.api import Keyring

FIELD = "note"


@transaction.atomic
def leave_note(*, actor: User, service: Service, text: str, keyring: Keyring, now_ms: int) -> ShiftNote:
    """Write the note of one's open duty, or write it anew. Only the team reads it."""
    check_can_be_on_duty(actor, service)
    duty = open_duty(service.pk, actor.pk)
    if duty is None:
        raise Refused(_("Go on duty first."))
    words = text.strip()
    if not words:
        raise Refused(_("There is nothing to keep yet."))
    if len(words) > LONGEST:
        raise Refused(_("A note has at most 2,000 characters."))
    _destroy(list(ShiftNote.objects.select_for_update(of=("self",)).filter(duty=duty)))
    key_id, nonce, sealed = seal_for_team(words, service_id=service.pk, field=FIELD)
    note = ShiftNote.objects.create(
        pk=key_id, service=service, duty=duty, by=actor, nonce=nonce, sealed=sealed, at_ms=now_ms
    )
    audit.record(
        centre_id=service.organisation.centre_id,
        actor_id=actor.pk,
        service_id=service.pk,
        action="supervision.note.left",
    )
    return note


@transaction.atomic
def remove_note(*, actor: User, note_id: int) -> Service:
    """Destroy one's own note before its time. Returns the helpline it was for."""
    note = ShiftNote.objects.select_for_update(of=("self",)).select_related("service").filter(pk=note_id).first()
    if note is None:
        raise Refused(_("This note is gone already."))
    if note.by_id != actor.pk:
        raise NotAllowed(_("This is a colleague's note."))
    check_can_be_on_duty(actor, note.service)
    _destroy([note])
    return note.service


def purge_notes(centre: Centre) -> None:
    """Destroy the notes whose days are over: keys and rows together. For the nightly purge."""
    with transaction.atomic():
        over = notes_over(centre, now_ms=clock_ms())
        _destroy(over)
        if over:
            audit.record(centre_id=centre.pk, action="supervision.notes.purged", notes=len(over))


def _destroy(notes: list[ShiftNote]) -> None:
    destroy_keys([note.pk for note in notes])
    ShiftNote.objects.filter(pk__in=[note.pk for note in notes]).delete()
