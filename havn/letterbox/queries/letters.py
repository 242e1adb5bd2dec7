"""The list of letters: a page of one state, by its key, however many there are."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from havn.helpline.models import Turn
from havn.helpline.rules.turns import WRITTEN
from havn.letterbox.models import Draft, LetterboxSettings, LetterClock
from havn.letterbox.queries.settings import settings_of
from havn.letterbox.rules.clocks import HOUR_MS, LATELY_MS, Standing, standing
from havn.letterbox.rules.second_reading import is_being_read
from havn.tenancy.models import Service

STATES = ("open", "waiting", "claimed", "reading", "answered")
PAGE = 25
# Counting goes no further: nobody needs to know whether it is 700 or 800.
MOST_COUNTED = 500
# So many letters somebody may have, or had lately.
MOST_HELD = 1000
_COLUMNS = (
    "conversation_id", "service_id", "unanswered_since_ms", "answered_at_ms", "at_ms", "language",
    "conversation__turn__state", "conversation__turn__risk", "conversation__turn__in_danger",
    "conversation__turn__channel", "conversation__turn__counsellor_id", "conversation__turn__counsellor__name",
)  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """What of the letters is asked for. `after` is the key of the last row of the page before."""

    state: str = "open"
    language: str = ""
    mine: bool = False
    after: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One letter in the list. No word of it. `at_ms`: what it is ordered by."""

    conversation_id: int
    service: Service
    language: str
    state: str
    at_ms: int
    unanswered_since_ms: int | None
    answered_at_ms: int | None
    standing: Standing
    due_ms: int | None
    grave: str
    counsellor: str
    mine: bool
    draft: str
    reader: str
    own_words: bool
    channel: str


@dataclass(frozen=True)
class Page:
    """Some rows, and the key that the next page begins after; None when there is none."""

    rows: list[Row]
    next_key: tuple[int, int] | None


def page_of(services: Sequence[Service], wish: Wish, *, user_id: int, now_ms: int, most: int = PAGE) -> Page:
    """A page of letters of these helplines, those that wait longest first; answered ones the latest first.

    Each helpline is asked by its own index and the few rows are merged: fifty thousand letters cost as much as fifty.
    """
    newest_first = wish.state == "answered"
    mine = _had_by(user_id) if wish.mine else None
    found = [row for service in services for row in _letters(service, wish, mine, now_ms)[: most + 1].values(*_COLUMNS)]
    first = heapq.nlargest if newest_first else heapq.nsmallest
    chosen = first(most + 1, found, key=lambda row: (row["at_ms"], row["conversation_id"]))
    rows = _rows(chosen[:most], {service.pk: service for service in services}, user_id, now_ms)
    last = rows[-1] if len(chosen) > most else None
    return Page(rows, (last.at_ms, last.conversation_id) if last else None)


def counts_of(services: Sequence[Service], wish: Wish, *, user_id: int, now_ms: int) -> dict[str, int]:
    """How many letters there are by state, with the other choices as they are; up to `MOST_COUNTED`."""
    found = dict.fromkeys(STATES, 0)
    mine = _had_by(user_id) if wish.mine else None
    for service in services:
        counts = {}
        for state in ("open", "claimed", "reading", "answered"):
            letters = _letters(service, Wish(state, wish.language), mine, now_ms)
            # Twice as far, since those that somebody has are taken off again below.
            counts[state] = letters.order_by()[: 2 * MOST_COUNTED].count()
        counts["waiting"] = 0 if wish.mine else max(counts["open"] - counts["claimed"], 0)
        found = {state: found[state] + counts[state] for state in STATES}
    return {state: min(number, MOST_COUNTED) for state, number in found.items()}


def come_since(services: Sequence[Service], wish: Wish, *, user_id: int, since_ms: int) -> int:
    """How many letters that fit, whichever page they stand on, began to wait after a moment; up to `MOST_COUNTED`."""
    mine = _had_by(user_id) if wish.mine else None
    fitting = Wish(language=wish.language)
    return sum(
        _letters(service, fitting, mine, since_ms)
        .filter(unanswered_since_ms__gt=since_ms)
        .order_by()[:MOST_COUNTED]
        .count()
        for service in services
    )


def over_alarm(service_id: int, *, now_ms: int) -> int:
    """How many letters of a helpline have waited longer than its alarm; up to `MOST_COUNTED`."""
    limit = now_ms - settings_of(service_id).alarm_hours * HOUR_MS
    late = _waiting_letters(service_id).filter(unanswered_since_ms__lte=limit)
    return late.order_by()[:MOST_COUNTED].count()


def oldest_unanswered_ms(service_id: int) -> int | None:
    """Since when the letter waits that has waited longest; None when none waits."""
    found = _waiting_letters(service_id).order_by("unanswered_since_ms")
    return found.values_list("unanswered_since_ms", flat=True).first()


def _waiting_letters(service_id: int) -> QuerySet[LetterClock]:
    return LetterClock.objects.filter(service_id=service_id, unanswered_since_ms__isnull=False)


def _letters(service: Service, wish: Wish, mine: list[int] | None, now_ms: int) -> QuerySet[LetterClock]:
    """The letters of one helpline that fit, in the order of `at_ms`, beginning after the wished key.

    What somebody has, and what is being read, is little: it is found from its own side, not among all that wait.
    """
    letters = LetterClock.objects.filter(service=service)
    column, newest_first = "unanswered_since_ms", False
    match wish.state:
        case "answered":
            column, newest_first = "answered_at_ms", True
            letters = letters.filter(answered_at_ms__gte=now_ms - LATELY_MS, unanswered_since_ms__isnull=True)
        case "reading":
            column = "conversation__letter_draft__asked_at_ms"
            asked = Draft.objects.filter(asked_at_ms__isnull=False).order_by("asked_at_ms")
            letters = letters.filter(pk__in=list(asked.values_list("pk", flat=True)[:MOST_HELD]))
        case "claimed":
            letters = letters.filter(unanswered_since_ms__isnull=False, pk__in=_held_at(service))
        case "waiting":
            letters = letters.filter(unanswered_since_ms__isnull=False, conversation__turn__state=Turn.State.WAITING)
        case _:
            letters = letters.filter(unanswered_since_ms__isnull=False)
    if wish.language:
        letters = letters.filter(language=wish.language)
    if mine is not None:
        letters = letters.filter(pk__in=mine)
    if wish.after:
        at, number = wish.after
        beyond = "lt" if newest_first else "gt"
        # Said twice, so that the index is entered at the right place and the page begins after the very row.
        letters = letters.filter(
            Q(**{f"{column}__{beyond}": at}) | Q(**{column: at, f"conversation_id__{beyond}": number}),
            **{f"{column}__{beyond}e": at},
        )
    sign = "-" if newest_first else ""
    return letters.annotate(at_ms=F(column)).order_by(f"{sign}{column}", f"{sign}conversation_id")


def _held_at(service: Service) -> list[int]:
    """The letters of a helpline that somebody has."""
    turns = Turn.objects.filter(service=service, channel__in=WRITTEN, state=Turn.State.TALKING)
    return list(turns.order_by().values_list("pk", flat=True)[:MOST_HELD])


def _had_by(user_id: int) -> list[int]:
    """The letters that this person has or had, at whichever helpline: asked by the person's own index."""
    turns = Turn.objects.filter(channel__in=WRITTEN, counsellor_id=user_id)
    turns = turns.filter(state__in=(Turn.State.TALKING, Turn.State.ENDED))
    return list(turns.order_by().values_list("pk", flat=True)[:MOST_HELD])


def _rows(found: Sequence[dict[str, Any]], services: dict[int, Service], user_id: int, now_ms: int) -> list[Row]:
    drafts = {
        draft.pk: draft
        for draft in Draft.objects.filter(pk__in=[row["conversation_id"] for row in found])
        .select_related("reader")
        .defer("nonce", "sealed", "note_nonce", "note_sealed")
    }
    settings = {service_id: settings_of(service_id) for service_id in {row["service_id"] for row in found}}
    return [
        _row(
            row,
            services[row["service_id"]],
            settings[row["service_id"]],
            drafts.get(row["conversation_id"]),
            user_id,
            now_ms,
        )
        for row in found
    ]


def _row(
    row: dict[str, Any],
    service: Service,
    settings: LetterboxSettings,
    draft: Draft | None,
    user_id: int,
    now_ms: int,
) -> Row:
    since = row["unanswered_since_ms"]
    asked = draft is not None and draft.asked_at_ms is not None
    read = draft is not None and is_being_read(reader_until_ms=draft.reader_until_ms, now_ms=now_ms)
    risk = row["conversation__turn__risk"]
    return Row(
        conversation_id=row["conversation_id"],
        service=service,
        language=row["language"],
        state="reading" if asked else row["conversation__turn__state"],
        at_ms=row["at_ms"],
        unanswered_since_ms=since,
        answered_at_ms=row["answered_at_ms"],
        standing=standing(
            unanswered_since_ms=since,
            aim_hours=settings.aim_hours,
            alarm_hours=settings.alarm_hours,
            now_ms=now_ms,
        ),
        due_ms=None if since is None else since + settings.aim_hours * HOUR_MS,
        grave=risk or ("danger" if row["conversation__turn__in_danger"] else ""),
        counsellor=row["conversation__turn__counsellor__name"] or "",
        mine=row["conversation__turn__counsellor_id"] == user_id,
        draft="" if draft is None else "reading" if asked else "writing",
        reader=draft.reader.name if draft and draft.reader and read else "",
        own_words=draft is not None and user_id in draft.writers,
        channel=row["conversation__turn__channel"],
    )
