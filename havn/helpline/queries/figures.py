"""The contacts and late answers of a service, counted again from their rows: what the figures must be."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from django.db.models import Max, Min

from havn.common.clock import from_ms
from havn.helpline.models import Contact, ContactReason, Feedback, Turn
from havn.helpline.rules.figures import Cell, Facts, Reason, cells_of, day_of, feedback_cell
from havn.helpline.rules.record import half_hour_of
from havn.tenancy.models import Service

_CHUNK = 2000
FACTS = (
    "half_hour", "channel", "result", "language", "waiting_band", "length_band", "person", "age_band", "gender",
    "place", "platform", "online", "outcome", "risk", "feedback",
)  # fmt: skip


def zone_of(service_id: int) -> ZoneInfo:
    """The zone of the centre whose service it is."""
    return ZoneInfo(Service.objects.values_list("organisation__centre__time_zone", flat=True).get(pk=service_id))


def began_ms(turn: Turn) -> int:
    """When an attempt began for the count: a talk when it was taken, one that nobody took when the waiting began."""
    return turn.waiting_since_ms if turn.taken_at_ms is None else turn.taken_at_ms


def counts_on(turn: Turn) -> dt.date:
    """The day on the centre's clocks on which an attempt counts: it is coded with the lists of that day."""
    zone = ZoneInfo(turn.service.organisation.centre.time_zone)
    return day_of(from_ms(half_hour_of(began_ms(turn))), zone)


def facts_of(contact: Contact, reasons: list[Reason]) -> Facts:
    """A contact as values."""
    return Facts(**{name: getattr(contact, name) for name in FACTS}, reasons=reasons)


def reasons_of(contact: Contact) -> list[Reason]:
    """What is stored of a contact's reasons."""
    return [Reason(*row) for row in contact.reasons.values_list("vocabulary", "code", "main")]


def span(service_id: int) -> tuple[dt.date, dt.date] | None:
    """The first and the last day on which something counts; None without any."""
    zone = zone_of(service_id)
    moments: list[dt.datetime] = []
    for rows in (Contact.objects.filter(service_id=service_id), Feedback.objects.filter(service_id=service_id)):
        found = rows.aggregate(first=Min("half_hour"), last=Max("half_hour"))
        moments += [one for one in (found["first"], found["last"]) if one]
    return (day_of(min(moments), zone), day_of(max(moments), zone)) if moments else None


def recount(service_id: int, first: dt.date, last: dt.date) -> Mapping[dt.date, Counter[Cell]]:
    """The cells of each day of a span."""
    zone = zone_of(service_id)
    found: defaultdict[dt.date, Counter[Cell]] = defaultdict(Counter)
    for facts in _facts_between(service_id, *_moments(first, last, zone)):
        found[day_of(facts.half_hour, zone)].update(cells_of(facts, zone))
    begin, end = _moments(first, last, zone)
    answers = Feedback.objects.filter(service_id=service_id, half_hour__gte=begin, half_hour__lt=end)
    for half_hour, value in answers.values_list("half_hour", "value"):
        found[day_of(half_hour, zone)][feedback_cell(value)] += 1
    return found


def _moments(first: dt.date, last: dt.date, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    midnight = dt.time(tzinfo=zone)
    return dt.datetime.combine(first, midnight), dt.datetime.combine(last + dt.timedelta(days=1), midnight)


def _facts_between(service_id: int, begin: dt.datetime, end: dt.datetime) -> Iterator[Facts]:
    centre_id = Service.objects.values_list("organisation__centre_id", flat=True).get(pk=service_id)
    rows = Contact.objects.filter(
        centre_id=centre_id, service_id=service_id, half_hour__gte=begin, half_hour__lt=end
    ).values_list("pk", *FACTS)
    chunk: list[tuple[object, ...]] = []
    for row in rows.iterator(chunk_size=_CHUNK):
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield from _with_reasons(chunk)
            chunk = []
    yield from _with_reasons(chunk)


def _with_reasons(chunk: list[tuple[object, ...]]) -> Iterator[Facts]:
    reasons: defaultdict[object, list[Reason]] = defaultdict(list)
    rows = ContactReason.objects.filter(contact_id__in=[row[0] for row in chunk])
    for contact_id, vocabulary, code, main in rows.values_list("contact_id", "vocabulary", "code", "main"):
        reasons[contact_id].append(Reason(vocabulary, code, main))
    for pk, *values in chunk:
        yield Facts(**dict(zip(FACTS, values, strict=True)), reasons=reasons[pk])  # type: ignore[arg-type]
