"""What supervision shows on the desk, the wall and "What goes when", and what it tells their streams."""

from typing import Any

from django.utils.translation import gettext as _

from havn.accounts.api import has_role
from havn.common.clock import from_ms, now_ms
from havn.common.errors import Refused
from havn.common.language import reader_language
from havn.helpline.actions.reading import duty_session, key_to_hear
from havn.helpline.models import Turn
from havn.helpline.parts import Screen
from havn.helpline.rules.record import RISKS
from havn.helpline.rules.roles import SUPERVISES
from havn.helpline.sealing import open_text
from havn.helpline.team_sealing import open_for_team
from havn.helpline.words_desk import risk_label
from havn.live.models import Participant
from havn.supervision.models import RaisedHand, ShiftNote
from havn.supervision.queries.beside import asked_into, side_talk_of, take_over_of
from havn.supervision.queries.checklist import criteria_in
from havn.supervision.queries.escalations import latest_of
from havn.supervision.queries.notes import last_duty_ended_ms, notes_at
from havn.supervision.queries.settings import supervision_of
from havn.supervision.queries.shift import escalations_at, hands_at
from havn.supervision.rules.notes import goes_at_ms, is_new
from havn.vault.api import Keyring, holders

NOTES_SHOWN = 3


def lines(screen: Screen) -> dict[str, Any] | None:
    """The red lines of the desk: hands and dangers that want somebody, my own hand, colleagues who ask me."""
    shown = _lines(screen)
    if shown is not None:
        words = _words_of([row["hand"].duty_id for row in shown["hands"]], screen)
        for row in shown["hands"]:
            row["words"] = words.get(row["hand"].duty_id, "")
    return shown


def wall_lines(screen: Screen) -> dict[str, Any] | None:
    """The red lines of the wall, without a word that was said with a hand: many look at it."""
    return _lines(screen)


def _lines(screen: Screen) -> dict[str, Any] | None:
    leads = has_role(screen.user, screen.service, *SUPERVISES)
    hands = hands_at(screen.service.pk)
    mine = next((hand for hand in hands if hand.user_id == screen.user.pk), None)
    dangers = escalations_at(screen.service.pk, now_ms=now_ms()) if leads else ()
    minutes = supervision_of(screen.service.pk).second_person_minutes if dangers else 0
    asked = asked_into(screen.user, screen.service.pk)
    shown = [hand for hand in hands if leads and hand.user_id != screen.user.pk]
    if not (mine or shown or dangers or asked):
        return None
    return {
        "mine": mine,
        "hands": [
            {
                "hand": hand,
                "since": from_ms(hand.raised_at_ms),
                "i_come": hand.coming_id == screen.user.pk,
            }
            for hand in shown
        ],
        "dangers": [
            {"one": one, "since": from_ms(one.opened_at_ms), "may_come": screen.user.pk != one.by_id}
            for one in dangers
            if one.second_id is None
        ],
        "minutes": minutes,
        "asked": [{"talk": part.talk_id, "by": part.talk.opened_by.name} for part in asked],
    }


def duty(screen: Screen) -> dict[str, Any] | None:
    """ "I need you" for oneself, on duty only and while no hand is up."""
    up = RaisedHand.objects.filter(duty__user=screen.user, duty__service=screen.service, duty__ended_at_ms=None)
    return None if up.exists() else {"service": screen.service}


def off_duty(screen: Screen) -> dict[str, Any] | None:
    """The offer of a note, at the end of the duty."""
    left = ShiftNote.objects.filter(by=screen.user, duty__service=screen.service, duty__ended_at_ms=None)
    return {"service": screen.service, "left": left.exists()}


def new_notes(screen: Screen) -> dict[str, Any] | None:
    """Notes from the shifts before, for whoever has come on duty."""
    me = screen.user.pk
    if screen.queue is None or all(person.user_id != me for person in screen.queue.people):
        return None
    notes = notes_at(screen.service.pk, now_ms=now_ms())
    ended = last_duty_ended_ms(screen.service.pk, me) if notes else None
    new = [note for note in notes if is_new(at_ms=note.at_ms, by=note.by_id, reader=me, last_duty_ended_ms=ended)]
    if not new:
        return None
    return {
        "service": screen.service,
        "count": len(new),
        "notes": [note_row(note, screen.keyring) for note in new[:NOTES_SHOWN]],
        "more": max(len(new) - NOTES_SHOWN, 0),
    }


def note_row(note: ShiftNote, keyring: Keyring) -> dict[str, Any]:
    """A note opened, or None for its text where the key is not held."""
    text = open_for_team(note.pk, note.nonce, note.sealed, field="note", keyring=keyring)
    return {"note": note, "by": note.by.name, "at": from_ms(note.at_ms), "text": text}


def buttons(screen: Screen) -> dict[str, Any] | None:
    """In a talk's head: a hand and colleagues for its counsellor; taking over, and giving back, for a supervisor."""
    thread = screen.thread
    if thread is None or thread.line.turn.state != Turn.State.TALKING:
        return None
    turn = thread.line.turn
    taken = take_over_of(turn)
    hand = RaisedHand.objects.filter(duty__user=screen.user, duty__service=screen.service, duty__ended_at_ms=None)
    people = screen.queue.people if screen.queue and thread.mine else ()
    holding = holders(turn.service_id) if people else set()
    return {
        "turn": turn,
        "mine": thread.mine,
        "may_take_over": thread.role == Participant.Role.SUPERVISOR and turn.channel != "phone",
        "may_give_back": taken if taken is not None and taken.by_id == screen.user.pk else None,
        "hand_is_up": hand.exists(),
        "colleagues": [
            person
            for person in people
            if person.user_id not in {screen.user.pk, turn.counsellor_id} and person.alive and person.user_id in holding
        ],
    }


def strip(screen: Screen) -> dict[str, Any] | None:
    """Below a talk's head: who took it over and why, the colleagues beside it, the checklist of its danger."""
    thread = screen.thread
    if thread is None or thread.unreadable:
        return None
    turn = thread.line.turn
    taken, side, danger = take_over_of(turn), side_talk_of(turn, screen.user), latest_of(turn.pk)
    if taken is None and side is None and danger is None:
        return None
    reason = ""
    if taken is not None:
        reason = _opened(taken.reason_nonce, taken.reason_sealed, turn.pk, "take-over", screen.keyring)
    return {
        "turn": turn,
        "taken": taken,
        "reason": reason,
        "from_me": taken is not None and taken.of_id == screen.user.pk,
        "side": side,
        "danger": danger,
    }


def whisper_form(screen: Screen) -> dict[str, Any] | None:
    """Where a supervisor who reads along writes: to the counsellor, never to the child."""
    thread = screen.thread
    if thread is None or not thread.line.reading_along:
        return None
    turn = thread.line.turn
    return {
        "turn": turn,
        "may_whisper": thread.role == Participant.Role.SUPERVISOR and turn.state == Turn.State.TALKING,
    }


def risk(screen: Screen) -> dict[str, Any] | None:
    """By what each level of risk is told."""
    if screen.thread is None:
        return None
    said = criteria_in(screen.service.pk, reader_language())
    return {
        "levels": [
            {"code": code, "label": risk_label(code), "text": said[code][0], "language": said[code][1]}
            for code in reversed(RISKS)
        ]
    }


def keys(screen: Screen) -> dict[str, Any] | None:
    """The row of the list of shortcuts."""
    return {}


def when(screen: Screen) -> dict[str, Any] | None:
    """The clock of the notes: how many stand, and when the next one goes."""
    days = supervision_of(screen.service.pk).note_days
    notes = notes_at(screen.service.pk, now_ms=now_ms())
    oldest = min((note.at_ms for note in notes), default=None)
    return {
        "service": screen.service,
        "days": days,
        "count": len(notes),
        "next": from_ms(goes_at_ms(at_ms=oldest, days=days)) if oldest is not None else None,
    }


def _words_of(duty_ids: list[int], screen: Screen) -> dict[int, str]:
    """What was said with these hands, where the key is held. Words of a talk are read after the trail knows of it."""
    words = {}
    for hand in RaisedHand.objects.filter(pk__in=duty_ids).exclude(words_sealed=b""):
        if hand.key_id is not None:
            text = open_for_team(hand.key_id, hand.words_nonce, hand.words_sealed, field="hand", keyring=screen.keyring)
            words[hand.pk] = text or ""
        elif hand.conversation_id is not None:
            words[hand.pk] = _heard(hand, hand.conversation_id, screen)
    return words


def _heard(hand: RaisedHand, conversation_id: int, screen: Screen) -> str:
    turn = Turn.objects.select_related("service__organisation").get(pk=conversation_id)
    session = duty_session(screen.user.pk, turn.service_id, screen.session_hash)
    try:
        key = key_to_hear(actor=screen.user, turn=turn, keyring=screen.keyring, session=session)
    except Refused:
        return _("You hold no key for these words.")
    return open_text(hand.words_nonce, hand.words_sealed, conversation_id=conversation_id, field="hand", key=key)


def _opened(
    nonce: bytes | memoryview, sealed: bytes | memoryview, conversation_id: int, field: str, keyring: Keyring
) -> str:
    try:
        key = keyring.conversation_key(conversation_id)
    except Refused:
        return _("You hold no key for these words.")
    return open_text(nonce, sealed, conversation_id=conversation_id, field=field, key=key)
