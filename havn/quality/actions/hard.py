"""A hard conversation: noticed when its record is closed, or said so by whoever had it. Then the questions wait."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.common.errors import Refused
from havn.helpline.actions.ending import locked
from havn.helpline.models import Record, Turn
from havn.helpline.queries.duty import open_duty
from havn.helpline.rules.record import WITHOUT_TALK
from havn.helpline.rules.turns import WRITTEN
from havn.live.models import Participant
from havn.quality.models import Debrief, DutyLoad, HardMark, Review
from havn.quality.permissions import check_can_mark, check_works
from havn.quality.queries.care import as_load
from havn.quality.queries.reviews import may_review
from havn.quality.queries.settings import day_at, hard_reasons_of
from havn.quality.rules.load import Load, is_hard, minutes_between
from havn.tenancy.models import Service


def talk_coded(turn: Turn, record: Record, by: int, now_ms: int) -> None:
    """Count a hard conversation and ask the two questions (told by the helpline, in the transaction that closes the
    record). Nothing of the talk is kept. What is written counts without minutes: nobody sits with it all the while.
    Whoever said that it is hard before they handed it on is asked too."""
    said_so = _marked(turn.pk)
    hard = is_hard(
        risks=(turn.risk, record.risk),
        reasons=record.reasons,
        hard_reasons=hard_reasons_of(turn.service),
        said_so=by in said_so,
    )
    if hard:
        written = turn.channel in WRITTEN
        minutes = 0 if written else minutes_between(_began_ms(turn, by), turn.ended_at_ms or now_ms)
        _count(turn.service, by, minutes, now_ms)
        ask(turn.service, by, now_ms)
    elif record.outcome not in WITHOUT_TALK:
        _break_row(turn.service_id, by)
    for user_id in sorted(said_so - {by}):
        _count(turn.service, user_id, 0, now_ms)
        ask(turn.service, user_id, now_ms)
    _is_now_of(turn, by)


@transaction.atomic
def mark_hard(*, actor: User, conversation_id: int) -> Turn:
    """ "This one is hard for me": the questions come when its record is closed. Pressed again it is taken back."""
    turn = locked(conversation_id)
    check_can_mark(actor, turn)
    if turn.state != Turn.State.TALKING and Record.objects.filter(pk=turn.pk, completed_at__isnull=False).exists():
        raise Refused(_("This talk has already ended."))
    _mark, new = HardMark.objects.get_or_create(conversation_id=turn.pk, user=actor)
    if not new:
        HardMark.objects.filter(conversation_id=turn.pk, user=actor).delete()
    return turn


@transaction.atomic
def say_it_was_hard(*, actor: User, service: Service, now_ms: int) -> None:
    """Ask for the two questions without a talk: one that a colleague has now, a call that was short, or the evening."""
    check_works(actor, service)
    if open_duty(service.pk, actor.pk) is None:
        raise Refused(_("Go on duty first."))
    if not Debrief.objects.filter(service=service, user=actor).exists():
        _count(service, actor.pk, 0, now_ms)
    ask(service, actor.pk, now_ms)


def ask(service: Service, user_id: int, now_ms: int) -> None:
    """Let the two questions wait for this person; those that wait already are asked anew."""
    Debrief.objects.update_or_create(service=service, user_id=user_id, defaults={"asked_at_ms": now_ms})


def _count(service: Service, user_id: int, minutes: int, now_ms: int) -> None:
    duty = open_duty(service.pk, user_id)
    day = day_at(service, now_ms)
    rows = DutyLoad.objects.select_for_update(of=("self",)).filter(service=service, user_id=user_id, duty=duty)
    row = (rows if duty else rows.filter(day=day)).first() or DutyLoad(
        service=service, user_id=user_id, duty=duty, day=day
    )
    keep_load(row, as_load(row).after_hard(minutes), refused=False)


def keep_load(row: DutyLoad, load: Load, *, refused: bool) -> None:
    """Write what the rules made of it."""
    row.talks, row.minutes, row.in_a_row, row.minutes_since = (
        load.talks,
        load.minutes,
        load.in_a_row,
        load.minutes_since,
    )
    row.refused = refused
    row.save()


def _break_row(service_id: int, user_id: int) -> None:
    duty = open_duty(service_id, user_id)
    row = DutyLoad.objects.select_for_update(of=("self",)).filter(duty=duty).first() if duty else None
    if row is not None and row.in_a_row:
        keep_load(row, as_load(row).after_other(), refused=row.refused)


def _marked(conversation_id: int) -> set[int]:
    marks = HardMark.objects.filter(conversation_id=conversation_id)
    found = set(marks.values_list("user_id", flat=True))
    marks.delete()
    return found


def _is_now_of(turn: Turn, by: int) -> None:
    """Drawn before its child came back, it is reviewed as the talk of whoever closed it last, and not by them."""
    review = Review.objects.select_for_update(of=("self",)).filter(pk=turn.pk, done_at_ms__isnull=True).first()
    if review is None:
        return
    review.service, review.counsellor_id = turn.service, by
    if review.reviewer_id is not None and not may_review(review.reviewer_id, review):
        review.lay_back()
    review.save()


def _began_ms(turn: Turn, user_id: int) -> int | None:
    """Since when this person has had the talk, not a colleague before."""
    part = Participant.objects.filter(
        conversation_id=turn.pk, user_id=user_id, role=Participant.Role.COUNSELLOR
    ).order_by("-joined_at_ms")
    joined = part.values_list("joined_at_ms", flat=True).first()
    known = [one for one in (joined, turn.taken_at_ms) if one is not None]
    return max(known) if known else None
