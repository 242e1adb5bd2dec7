"""Today's calls and chats, each attempt once."""

from dataclasses import replace

from havn.common.clock import from_ms
from havn.helpline.models import Turn
from havn.helpline.queries.attempts import Attempts, attempts_by_channel, midnight_at
from havn.phone.models import Call
from havn.phone.queries.calls import told_of
from havn.phone.rules.calls import State, result_of
from havn.tenancy.models import Service

SHOWN = (Turn.Channel.CHAT, Turn.Channel.PHONE)


def calls_today(service: Service, at_ms: int) -> Attempts:
    """Calls since midnight in the centre's zone, also those of which it is not settled yet what they were."""
    since = midnight_at(service, at_ms)
    counted = attempts_by_channel([service], since=since, until=from_ms(at_ms + 1)).get(Turn.Channel.PHONE, Attempts())
    return _with_open(counted, service.pk, int(since.timestamp() * 1000))


def today_by_channel(service: Service, at_ms: int) -> list[tuple[str, Attempts]]:
    """(channel, attempts) of chat and phone today, those that somebody tried."""
    since = midnight_at(service, at_ms)
    found = attempts_by_channel([service], since=since, until=from_ms(at_ms + 1))
    found[Turn.Channel.PHONE] = calls_today(service, at_ms)
    rows = [(str(channel), found.get(channel, Attempts())) for channel in SHOWN]
    return [(channel, one) for channel, one in rows if one.offered]


def _with_open(counted: Attempts, service_id: int, since_ms: int) -> Attempts:
    """Together with the calls that are neither a contact nor a turn."""
    for call in Call.objects.filter(service_id=service_id, counted=False, conversation__isnull=True):
        told = told_of(call)
        if told.began_ms < since_ms:
            continue
        name = "waiting" if told.state is State.RINGING else result_of(told)
        counted = replace(counted, **{name: getattr(counted, name) + 1})
    return counted
