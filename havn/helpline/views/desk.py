"""The desk: the queue and my talks, the open talk, and its contact record."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from havn.accounts.access import staff
from havn.accounts.api import roles_of
from havn.accounts.models import Role
from havn.common.clock import from_ms, now, now_ms
from havn.common.language import reader_language
from havn.helpline import letters
from havn.helpline.actions.open_talks import Reader, TalkLine, Thread, my_talks, offers_to, thread_of
from havn.helpline.actions.record import as_values
from havn.helpline.models import CannedAnswer, LinkForChildren, Turn
from havn.helpline.parts import Screen, files_of, parts_of
from havn.helpline.permissions import can_manage, can_see_wall
from havn.helpline.queries.duty import OnDuty, settings_of
from havn.helpline.queries.figures import counts_on
from havn.helpline.queries.finished import asked_again_uncoded, closed_today
from havn.helpline.queries.queue import QueueSnapshot, snapshot
from havn.helpline.queries.screens import for_staff, takeable
from havn.helpline.queries.vocabularies import lists_of
from havn.helpline.rules.record import AGE_BANDS, OF_CALLS, PLATFORMS, RISKS, missing
from havn.helpline.rules.roles import WORKS
from havn.helpline.views.desk_answers import reader_of, service_here, services_here
from havn.helpline.words_desk import age_band_label, risk_label, state_words
from havn.tenancy.models import Service

WAITING_SHOWN = 8


@staff(*WORKS)
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Everything one counsellor needs, on one page. `?talk=` opens one of the person's own talks."""
    service = service_here(request)
    reader = reader_of(request)
    queue = snapshot(service.pk)
    lines = my_talks(reader, service)
    chosen = _chosen(lines, request.GET.get("talk"))
    thread = thread_of(reader, chosen) if chosen else None
    return render(
        request,
        "helpline/desk.html",
        {
            "service": service,
            "services": services_here(request),
            "after": ",".join(f"{line.turn.pk}:{line.turn.conversation.last_seq}" for line in lines),
            "picked": bool(request.GET.get("talk")) and thread is not None,
            "may_see_wall": can_see_wall(reader.user, service),
            "may_manage": can_manage(reader.user, service),
            "emergency_number": service.organisation.centre.emergency_number,
            **_duty(reader, service, queue),
            **_queue(queue, reader),
            "lines": [_row(line, chosen) for line in lines],
            "in_call": any(_is_running_call(line.turn) for line in lines),
            "asked_again": asked_again_uncoded(reader.user.pk, service.pk),
            "closed_today": [
                {"turn": turn, "from": from_ms(turn.taken_at_ms or 0), "to": from_ms(turn.ended_at_ms or 0)}
                for turn in closed_today(reader.user.pk, service, now_ms=now_ms())
            ],
            "offers": offers_to(reader, service),
            "thread": thread,
            "talk_id": thread.line.turn.pk if thread else "",
            **(_open_talk(thread, queue, reader) if thread else {}),
            **parts_of(Screen(reader.user, service, reader.keyring, queue, thread, lines, reader.session_hash), "desk"),
            **files_of("desk"),
        },
    )


def _chosen(lines: list[TalkLine], wanted: str | None) -> TalkLine | None:
    for line in lines:
        if str(line.turn.pk) == wanted:
            return line
    return lines[0] if lines else None


def _is_running_call(turn: Turn) -> bool:
    return turn.channel == Turn.Channel.PHONE and turn.state == Turn.State.TALKING


def _duty(reader: Reader, service: Service, queue: QueueSnapshot) -> dict[str, Any]:
    me = next((person for person in queue.people if person.user_id == reader.user.pk), None)
    settings = settings_of(service.pk)
    held = roles_of(reader.user, service.organisation_id)
    roles = [role for role in (Role.COUNSELLOR, Role.SUPERVISOR, Role.COORDINATOR) if role in held]
    return {
        "me": me,
        "pause_until": from_ms(me.pause_until_ms) if me and me.pause_until_ms else None,
        "settings": settings,
        "roles": [(role.value, role.label) for role in roles],
        "seat_choices": range(settings.seats_most + 1),
        "languages": [
            {"code": code, "speaks": code in reader.user.speaks or len(service.languages) == 1}
            for code in service.languages
        ],
        "holds_key": reader.keyring.holds(service.pk),
    }


def _queue(queue: QueueSnapshot, reader: Reader) -> dict[str, Any]:
    here = [one for one in queue.waiting if not one.away]
    waiting = sorted(queue.waiting, key=lambda one: (not one.returned, not one.high, one.since_ms))
    return {
        "queue": queue,
        "waiting_count": len(here),
        **_next(queue, reader),
        "longest_since": min((from_ms(one.since_ms) for one in here), default=None),
        "waiting": [{"since": from_ms(one.since_ms), "one": one} for one in waiting[:WAITING_SHOWN]],
        "waiting_more": max(len(waiting) - WAITING_SHOWN, 0),
        "now": now(),
    }


def _next(queue: QueueSnapshot, reader: Reader) -> dict[str, Any]:
    """What the Next button would answer, before it is pressed; `alarms` when this person is called to grave talks."""
    me: OnDuty | None = next((one for one in queue.people if one.user_id == reader.user.pk), None)
    if me is None:
        return {"takeable_count": 0, "mine_count": 0, "letters_count": 0, "seat_kept": False, "alarms": ()}
    told, room = for_staff(queue, me.user_id), queue.room_of(me)
    return {
        "takeable_count": len(takeable(queue, me.user_id)),
        "mine_count": told["mine"],
        "letters_count": told["letters"],
        "seats_full": not room.high,
        "seat_kept": room.high and not room.ordinary,
        "alarms": queue.alarms if me.role != Role.COUNSELLOR else (),
    }


def _row(line: TalkLine, chosen: TalkLine | None) -> dict[str, Any]:
    since = line.unanswered_since_ms or line.last_at_ms or line.turn.taken_at_ms
    return {
        "line": line,
        "current": chosen is line,
        "since": from_ms(since) if since else None,
        "unanswered": line.unanswered_since_ms is not None,
        "words": state_words(line),
    }


def _open_talk(thread: Thread, queue: QueueSnapshot, reader: Reader) -> dict[str, Any]:
    turn, language = thread.line.turn, reader_language()
    day, centre_id = counts_on(turn), turn.service.organisation.centre_id
    lists = lists_of(("reason", "person", "gender", "place", "outcome"), language, day, centre_id)
    record = thread.record
    values = as_values(record) if record else {}
    chosen = list(values.get("reasons") or [])
    answers = CannedAnswer.objects.filter(service_id=turn.service_id)
    return {
        "turn": turn,
        "may_answer": letters.may_answer(turn, reader.user.pk),
        "waited_minutes": max(((turn.taken_at_ms or turn.waiting_since_ms) - turn.waiting_since_ms) // 60_000, 0),
        "age_band": age_band_label(turn.age_band),
        "messages_shown": _in_order(thread),
        "colleagues": [
            person
            for person in queue.people
            if person.user_id != reader.user.pk
            and person.alive
            and not person.locked
            and person.pause_until_ms is None
            and turn.language in person.languages
            and person.open_talks < queue.seats_most
        ],
        "record": record,
        "values": values,
        "missing": missing(values),
        "reasons": sorted(
            lists["reason"],
            key=lambda term: chosen.index(term.code) if term.code in chosen else len(chosen),
        ),
        "people": lists["person"],
        "genders": lists["gender"],
        "places": lists["place"],
        "platforms": PLATFORMS,
        "outcomes": [
            term for term in lists["outcome"] if turn.channel == Turn.Channel.PHONE or term.code not in OF_CALLS
        ],
        "age_bands": [(code, age_band_label(code)) for code in AGE_BANDS],
        "risks": [(code, risk_label(code)) for code in RISKS],
        "answers": [
            {"title": one.title, "text": one.text, "tags": one.tags, "language": one.language}
            for one in sorted(answers, key=lambda one: (one.language != turn.language, one.title))
        ],
        "links": sorted(
            LinkForChildren.objects.filter(service_id=turn.service_id),
            key=lambda one: (one.language != turn.language, one.title),
        ),
    }


def _in_order(thread: Thread) -> list[dict[str, Any]]:
    """The log as the reader sees it, with what stands beside it after the message it followed."""
    rows: list[tuple[int, int, int, dict[str, Any]]]
    rows = [(one.seq, 0, one.at_ms, {"one": one, "aside": None}) for one in thread.messages]
    rows += [(one.after_seq, 1, one.at_ms, {"one": None, "aside": one}) for one in thread.asides]
    return [{**row, "at": from_ms(at)} for _seq, _beside, at, row in sorted(rows, key=lambda row: row[:3])]
