"""What a visitor does: start, leave, end, say that there is danger, ask again or for easy words, answer, delete.

All of it runs inside the live process's writer, one transaction each; the conversation's key comes from the visitor's
own session and is kept no longer than the request.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.common.clock import from_ms
from havn.common.errors import Refused
from havn.helpline import chats, words
from havn.helpline.actions.counting import count_turn
from havn.helpline.actions.ending import finish, locked
from havn.helpline.actions.figures import count_answer
from havn.helpline.actions.record import as_values
from havn.helpline.actions.telling import duty_changed, queue_changed, tell
from havn.helpline.models import Feedback, Record, Turn
from havn.helpline.queries.visits import case_of, has_words
from havn.helpline.retention.api import destroy_now
from havn.helpline.rules.record import half_hour_of, missing
from havn.helpline.rules.turns import OPEN, Step, after
from havn.helpline.rules.visits import why_not_delete
from havn.helpline.sealing import seal_text
from havn.live import api as live
from havn.live.models import Conversation, Participant

FEEDBACK = {1, 2, 3}


@transaction.atomic(savepoint=False)
def start_visit(
    *,
    centre_id: int,
    service_id: int,
    channel: str,
    language: str,
    now_ms: int,
    secret: bytes | None = None,
    name: str = "",
    age_band: str = "",
    in_danger: bool = False,
    easy_read: bool = False,
    emergency_number: str = "112",
    letter: str = "",
) -> live.Started:
    """Make a conversation that waits, its keys, code and session, its turn and its queue in one transaction.

    `letter` is the first text of a written channel. Without a `secret` there is no session: whoever wrote came by
    another way than a page. Raises what `live.start_conversation` raises.
    """
    started = live.start_conversation(
        centre_id=centre_id,
        service_id=service_id,
        kind=f"helpline.{channel}",
        now_ms=now_ms,
        session=secret is not None,
        secret=secret,
    )
    nonce, sealed = seal_text(name, conversation_id=started.conversation_id, field="name", key=started.key)
    Turn.objects.create(
        conversation_id=started.conversation_id,
        service_id=service_id,
        channel=channel,
        language=language,
        age_band=age_band,
        in_danger=in_danger,
        easy_read=easy_read,
        waiting_since_ms=now_ms,
        name_nonce=nonce,
        name_sealed=sealed,
    )
    if in_danger:
        tell(started.conversation_id, started.key, words.DANGER, number=emergency_number)
    if letter:
        live.append(
            conversation_id=started.conversation_id,
            key=started.key,
            author="visitor",
            kind="text",
            text=letter,
            participant_id=started.participant_id,
            now_ms=now_ms,
        )
    queue_changed(service_id)
    return started


@transaction.atomic
def end_visit(*, conversation_id: int, key: bytes, now_ms: int) -> None:
    """The child ends the talk or leaves the line, whichever it is. Ending twice changes nothing."""
    finish(locked(conversation_id), by=Turn.EndedBy.VISITOR, key=key, now_ms=now_ms)


@transaction.atomic
def leave_quickly(*, visitor: live.Visitor, now_ms: int) -> None:
    """Quick exit: the colleagues see it, the turn finishes, and this browser's session is gone.

    A letter has nobody waiting for an answer at this minute: only the session goes.
    """
    turn = locked(visitor.conversation_id)
    if turn.channel == Turn.Channel.CHAT:
        finish(turn, by=Turn.EndedBy.QUICK_EXIT, key=visitor.key, now_ms=now_ms, tell_code=words.LEFT_QUICKLY)
    live.end_session(visitor)


@transaction.atomic
def say_danger(*, conversation_id: int, key: bytes, on: bool) -> None:
    """The child says "I'm in danger now", or takes it back. Saying it twice is said once."""
    turn = locked(conversation_id)
    if turn.state not in OPEN:
        raise Refused(_("This talk has ended. If you are in danger now, call the emergency number."))
    if turn.in_danger == on:
        return
    turn.in_danger = on
    turn.save(update_fields=["in_danger"])
    if on:
        number = turn.service.organisation.centre.emergency_number
        tell(turn.pk, key, words.DANGER, number=number)
    else:
        tell(turn.pk, key, words.DANGER_OVER)
    duty_changed(turn.service_id)


@transaction.atomic
def ask_for_easy_words(*, conversation_id: int, on: bool) -> None:
    """The child wants easy words from now on, or all the words again. Whoever answers sees it at the desk."""
    turn = locked(conversation_id)
    if turn.easy_read == on:
        return
    turn.easy_read = on
    turn.save(update_fields=["easy_read"])
    duty_changed(turn.service_id)


@transaction.atomic
def answer_how_it_was(*, conversation_id: int, value: int, now_ms: int) -> None:
    """Keep the child's two taps with the talk until it is counted, and once it is counted by themselves."""
    if value not in FEEDBACK:
        raise Refused(_("Choose one of the answers."))
    turn = locked(conversation_id)
    if turn.counted and turn.feedback is None:
        half_hour = from_ms(half_hour_of(now_ms))
        Feedback.objects.create(service_id=turn.service_id, half_hour=half_hour, value=value)
        count_answer(service_id=turn.service_id, value=value, half_hour=half_hour)
    if turn.feedback is None or not turn.counted:
        Turn.objects.filter(pk=turn.pk).update(feedback=value)


@transaction.atomic
def ask_again_from(*, visitor: live.Visitor, now_ms: int) -> None:
    """Put the talk of this browser back in line. Other browsers that saw it end come back by its code alone.

    Raises Refused where something was said and this browser saw the end: then the code opens it first.
    """
    if visitor.is_shut and has_words(visitor.conversation_id):
        raise Refused(_("This talk is closed here. Open it with your return code, and then get in line again."))
    live.end_shut_sessions(visitor.conversation_id, but=visitor.token_hash)
    ask_again(conversation_id=visitor.conversation_id, key=visitor.key, now_ms=now_ms)


@transaction.atomic
def ask_again(*, conversation_id: int, key: bytes, now_ms: int) -> None:
    """Put a finished turn back in line, with the old talk above it. The earlier attempt is counted first.

    The risk that a counsellor saw stays with it: it decides the order of the queue. So does a record that nobody has
    closed, codes and summary: whoever takes the talk next finds it, and the colleague who was filling it in is told.
    """
    turn = locked(conversation_id)
    state = after(turn.state, Step.COME_BACK)
    if state is None:
        return
    if turn.channel == Turn.Channel.CHAT:
        chats.check_again(turn, now_ms)
    kept = _count_and_keep(turn)
    # Who read along silently takes no part in the next talk by having read this one.
    for user_id in _staff_in(turn.pk):
        live.leave(conversation_id=turn.pk, user_id=user_id, now_ms=now_ms)
    turn.state, turn.waiting_since_ms, turn.ended_by = state, now_ms, ""
    turn.counsellor = turn.taken_at_ms = turn.ended_at_ms = turn.away_since_ms = turn.feedback = None
    turn.last_visitor_ms = turn.silence_asked_ms = None
    turn.counted = turn.in_danger = False
    turn.save()
    live.set_state(conversation_id=turn.pk, state=Conversation.State.WAITING, now_ms=now_ms)
    tell(turn.pk, key, words.ASKED_AGAIN)
    if kept:
        tell(turn.pk, key, words.RECORD_KEPT)
    queue_changed(turn.service_id)


@transaction.atomic
def write_letter_again(*, visitor: live.Visitor, text: str, client_id: str, now_ms: int) -> None:
    """Add to a letter from its page."""
    write_again(
        conversation_id=visitor.conversation_id,
        participant_id=visitor.participant_id,
        key=visitor.key,
        text=text,
        client_id=client_id,
        now_ms=now_ms,
    )


@transaction.atomic
def write_again(
    *, conversation_id: int, participant_id: int, key: bytes, text: str, client_id: str, now_ms: int
) -> None:
    """Add to a letter, whichever way it comes; one that was answered and closed waits for a new answer."""
    if locked(conversation_id).state not in OPEN:
        ask_again(conversation_id=conversation_id, key=key, now_ms=now_ms)
    live.append(
        conversation_id=conversation_id,
        key=key,
        author="visitor",
        kind="text",
        text=text,
        participant_id=participant_id,
        client_id=client_id,
        now_ms=now_ms,
    )


@transaction.atomic
def tell_came_back(*, conversation_id: int, key: bytes) -> None:
    """Let the colleagues of a running talk know that the code was used."""
    if locked(conversation_id).state in OPEN:
        tell(conversation_id, key, words.CAME_BACK)


@transaction.atomic
def delete_talk(*, conversation_id: int, key: bytes, now_ms: int) -> None:
    """Destroy the talk now: texts, codes and keys. The anonymous count of it stays.

    Raises Refused with the reason while danger is open or two people hold it.
    """
    turn = locked(conversation_id)
    if why := why_not_delete(case_of(turn)):
        raise Refused(sentence_of(why))
    finish(turn, by=Turn.EndedBy.VISITOR, key=key, now_ms=now_ms)
    destroy_now(turn)


def sentence_of(why: str) -> str:
    """Why a talk cannot be destroyed yet, in words for the child."""
    if why == "danger":
        return _(
            "You told us something about danger, and we want to be sure that help comes. So this talk can only be "
            "deleted when that is settled. After that it is deleted by itself, or by you."
        )
    return _(
        "Two people here have decided that this talk must be kept a little longer, so that someone can be helped. "
        "After that it is deleted by itself."
    )


def _count_and_keep(turn: Turn) -> bool:
    """Count the attempt with the codes there are. True when its record is open, and so stays for who comes next."""
    record = Record.objects.filter(pk=turn.pk).first()
    kept = record is not None and record.completed_at is None
    if record is not None and kept and missing(as_values(record)):
        # How it ended is not decided. Without an outcome the closed record takes this contact's place (counting.py).
        record.outcome = ""
    count_turn(turn, record=record)
    if record is not None and not kept:
        record.delete()
    return kept


def _staff_in(conversation_id: int) -> list[int]:
    present = Participant.objects.filter(conversation_id=conversation_id, user__isnull=False, left_at_ms__isnull=True)
    return list(present.values_list("user_id", flat=True))
