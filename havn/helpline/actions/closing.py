"""When the hours end: talks are told in time, and whoever still waits is not left waiting for nobody."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from havn.common.clock import from_ms
from havn.helpline import words
from havn.helpline.actions.ending import finish, locked
from havn.helpline.actions.telling import tell
from havn.helpline.models import Turn
from havn.helpline.queries.closing import closes_at, is_closed
from havn.helpline.queries.duty import on_duty
from havn.tenancy.models import Service

TOLD_BEFORE = dt.timedelta(minutes=15)
_WITHOUT_ANYBODY = Q(state=Turn.State.WAITING) | Q(state=Turn.State.TALKING, returned_at_ms__isnull=False)


def sweep_closing(now_ms: int) -> None:
    """Tell running talks a quarter of an hour before closing; after it, end what nobody will answer any more.

    That is a wait, and a talk given back by a counsellor: its child waits for somebody too.
    """
    now = from_ms(now_ms)
    open_turns = Turn.objects.filter(channel=Turn.Channel.CHAT, state__in=(Turn.State.WAITING, Turn.State.TALKING))
    services = Service.objects.filter(pk__in=open_turns.values("service_id")).select_related("organisation__centre")
    for service in services:
        closes = closes_at(service, now)
        if closes is not None and closes - now <= TOLD_BEFORE:
            _tell_talks(service, closes)
        elif is_closed(service, now):
            _end_what_nobody_takes(service, now_ms)


def _tell_talks(service: Service, closes: dt.datetime) -> None:
    local = closes.astimezone(ZoneInfo(service.organisation.centre.time_zone)).strftime("%H:%M")
    talks = Turn.objects.filter(
        service=service, channel=Turn.Channel.CHAT, state=Turn.State.TALKING, closing_told=False
    )
    for pk in talks.values_list("pk", flat=True):
        with transaction.atomic():
            if Turn.objects.filter(pk=pk, state=Turn.State.TALKING, closing_told=False).update(closing_told=True):
                tell(pk, None, words.CLOSING_SOON, at=local)


def _end_what_nobody_takes(service: Service, now_ms: int) -> None:
    # A shift that stays on after the hours goes on taking children in the languages it speaks.
    spoken = {
        language
        for person in on_duty(service.pk, now_ms=now_ms)
        if person.alive and person.seats
        for language in person.languages
    }
    without = Turn.objects.filter(_WITHOUT_ANYBODY, service=service, channel=Turn.Channel.CHAT)
    for pk in without.exclude(language__in=spoken).values_list("pk", flat=True):
        with transaction.atomic():
            turn = locked(pk)
            # Somebody may have come meanwhile.
            if turn.state == Turn.State.WAITING or turn.returned_at_ms is not None:
                finish(turn, by=Turn.EndedBy.CLOSING, key=None, now_ms=now_ms, tell_code=words.ENDED)
