"""Notes to the next shift that are still there."""

from havn.helpline.models import Duty
from havn.supervision.models import ShiftNote
from havn.supervision.queries.settings import supervision_of
from havn.supervision.rules.notes import DAY_MS, is_over
from havn.tenancy.models import Centre, Service


def notes_at(service_id: int, *, now_ms: int) -> list[ShiftNote]:
    """Those whose days are not over, the newest first."""
    since = now_ms - supervision_of(service_id).note_days * DAY_MS
    rows = ShiftNote.objects.filter(service_id=service_id, at_ms__gt=since).select_related("by")
    return list(rows.order_by("-at_ms"))


def notes_over(centre: Centre, *, now_ms: int) -> list[ShiftNote]:
    """Those that the purge destroys now."""
    services = Service.objects.filter(organisation__centre=centre).values_list("pk", flat=True)
    days = {service_id: supervision_of(service_id).note_days for service_id in services}
    rows = ShiftNote.objects.filter(service_id__in=days)
    return [note for note in rows if is_over(at_ms=note.at_ms, days=days[note.service_id], now_ms=now_ms)]


def last_duty_ended_ms(service_id: int, user_id: int) -> int | None:
    """When this person's duty before the open one ended here; None on a first duty."""
    ended = Duty.objects.filter(service_id=service_id, user_id=user_id, ended_at_ms__isnull=False)
    return ended.order_by("-ended_at_ms").values_list("ended_at_ms", flat=True).first()
