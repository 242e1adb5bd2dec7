"""Notes to the next shift for the demo, in the language of the helpline's centre."""

from django.db import transaction

from havn.accounts.models import User
from havn.common.clock import now_ms
from havn.helpline.team_sealing import seal_for_team
from havn.supervision.models import ShiftNote
from havn.tenancy.models import Service

HOUR = 60 * 60_000
# By language: how many hours ago, and what was written.
NOTES = {
    "nb": (
        (20, "Rolig kveld. To barn spurte om bilder som er delt; begge fikk lenken til slettehjelpen."),
        (44, "En jente på rundt tretten kommer kanskje tilbake i kveld. Hun vil helst snakke med den samme."),
    ),
    "da": (
        (20, "Stille aften. Linket til hjælp med at få billeder slettet blev brugt to gange."),
        (44, "En dreng ville skrive igen i morgen efter skole. Spørg, hvordan det gik med læreren."),
    ),
    "en": ((20, "A quiet evening. Nothing is open."),),
}


@transaction.atomic
def make_notes(service: Service, counsellors: list[User]) -> None:
    """Leave the notes of the last days, once."""
    if not counsellors or ShiftNote.objects.filter(service=service).exists():
        return
    written = NOTES.get(service.organisation.centre.default_language, NOTES["en"])
    for number, (hours, text) in enumerate(written):
        key_id, nonce, sealed = seal_for_team(text, service_id=service.pk, field="note")
        ShiftNote.objects.create(
            pk=key_id,
            service=service,
            by=counsellors[number % len(counsellors)],
            nonce=nonce,
            sealed=sealed,
            at_ms=now_ms() - hours * HOUR,
        )
