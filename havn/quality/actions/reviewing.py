"""Taking a drawn talk for review, laying it back, scoring it, and seeing the result."""

import json
from collections.abc import Mapping

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.errors import Refused
from havn.helpline.actions.ending import locked
from havn.helpline.models import Turn
from havn.helpline.sealing import seal_text
from havn.quality.models import Review, ReviewedHalfYear, ReviewedPerson, ScoreCount
from havn.quality.permissions import check_can_review, check_can_score, check_can_see_result
from havn.quality.queries.criteria import criteria_now, criteria_numbered
from havn.quality.queries.reviews import may_review
from havn.quality.queries.settings import day_at
from havn.quality.rules.criteria import ends_on, half_year_of, unscored
from havn.quality.sealing import FIELD
from havn.vault.api import Keyring

LONGEST_NOTE = 1_000
# The note on the whole talk, beside those on each criterion.
WHOLE = "whole"


@transaction.atomic
def take_review(*, actor: User, conversation_id: int, keyring: Keyring) -> Review:
    """Take a drawn talk: from here on this person, and nobody else, opens it for review.

    Also in place of a colleague who may not review it any more; what they scored is forgotten.
    """
    review = _locked(conversation_id)
    check_can_review(actor, review)
    if review.done_at_ms is not None:
        raise Refused(_("This talk is reviewed already."))
    if review.reviewer_id == actor.pk:
        return review
    if review.reviewer_id is not None and may_review(review.reviewer_id, review):
        raise Refused(_("A colleague has taken this review."))
    keyring.conversation_key(review.pk)
    review.lay_back()
    review.reviewer, review.criteria = actor, criteria_now(review.service_id)[0]
    review.save()
    _told(review, actor, "quality.review.taken")
    return review


@transaction.atomic
def lay_back(*, actor: User, conversation_id: int) -> Review:
    """Leave it to a colleague. What was scored so far is forgotten."""
    review = _locked(conversation_id)
    check_can_score(actor, review)
    if review.done_at_ms is not None:
        raise Refused(_("This talk is reviewed already."))
    review.lay_back()
    review.save()
    return review


@transaction.atomic
def save_review(
    *,
    actor: User,
    conversation_id: int,
    scores: Mapping[str, int],
    notes: Mapping[str, str],
    done: bool,
    key: bytes,
    now_ms: int,
) -> Review:
    """Keep scores and notes; `done` sends them to the counsellor and counts the scores. Then nothing changes any more.

    While a criterion has no answer it is kept and not sent: `done_at_ms` says which.
    """
    review = _locked(conversation_id)
    check_can_score(actor, review)
    if review.done_at_ms is not None:
        raise Refused(_("This talk is reviewed already."))
    criteria = criteria_numbered(review.service_id, review.criteria or 0)
    known = {one.code for one in criteria}
    review.scores = {code: value for code, value in scores.items() if code in known}
    words = {code: text.strip()[:LONGEST_NOTE] for code, text in notes.items() if code in {*known, WHOLE}}
    written = {code: text for code, text in words.items() if text}
    review.notes_nonce, review.notes_sealed = seal_text(
        json.dumps(written, ensure_ascii=False) if written else "", conversation_id=review.pk, field=FIELD, key=key
    )
    if done and not unscored(criteria, review.scores):
        review.done_at_ms = now_ms
        _count(review, now_ms)
        _told(review, actor, "quality.review.done")
    review.save()
    return review


@transaction.atomic
def mark_seen(*, actor: User, conversation_id: int) -> Review:
    """The counsellor has opened the result."""
    review = _locked(conversation_id)
    check_can_see_result(actor, review)
    if review.done_at_ms is None:
        raise Refused(_("This talk is not reviewed yet."))
    Review.objects.filter(pk=review.pk).update(seen=True)
    return review


def _count(review: Review, now_ms: int) -> None:
    """Scores are counted without the talk and without the person; of how many people they tell is counted beside."""
    half_year, number = half_year_of(day_at(review.service, now_ms)), review.criteria or 0
    for code, value in review.scores.items():
        row, _new = ScoreCount.objects.get_or_create(
            service=review.service, half_year=half_year, criteria=number, code=code, value=value
        )
        ScoreCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
    _person, new = ReviewedPerson.objects.get_or_create(
        service=review.service,
        half_year=half_year,
        criteria=number,
        user_id=review.counsellor_id,
        defaults={"until": ends_on(half_year)},
    )
    if new:
        half, _new = ReviewedHalfYear.objects.get_or_create(
            service=review.service, half_year=half_year, criteria=number
        )
        ReviewedHalfYear.objects.filter(pk=half.pk).update(people=F("people") + 1)


def _locked(conversation_id: int) -> Review:
    """The review, its talk locked first: whatever ends or destroys a talk locks it before what is beside it."""
    turn = locked(conversation_id)
    review = Review.objects.select_for_update(of=("self",)).filter(pk=conversation_id).first()
    if review is None:
        raise Refused(_("This talk was not drawn for review."))
    review.service = turn.service
    if review.done_at_ms is None and turn.state != Turn.State.ENDED:
        raise Refused(_("The child has come back. The talk is reviewed when it is over again."))
    return review


def _told(review: Review, actor: User, action: str) -> None:
    """Who did what at which helpline, never with which talk: the reading of it names the talk, as everywhere."""
    audit.record(
        centre_id=review.service.organisation.centre_id,
        actor_id=actor.pk,
        service_id=review.service_id,
        action=action,
    )
