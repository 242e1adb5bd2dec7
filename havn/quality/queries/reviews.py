"""Which talks can be drawn, which reviews wait, and what came of them."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass

from havn.accounts.api import has_role
from havn.accounts.models import User
from havn.common.clock import from_ms
from havn.common.once import once
from havn.helpline.models import Turn
from havn.helpline.retention.queries import goes_at
from havn.helpline.rules.record import WITHOUT_TALK
from havn.helpline.rules.roles import SUPERVISES
from havn.helpline.rules.turns import WRITTEN
from havn.live.models import Participant
from havn.quality.models import Draw, Review, ReviewedHalfYear, ScoreCount
from havn.quality.queries.criteria import criteria_numbered
from havn.quality.queries.settings import quality_of
from havn.quality.rules.criteria import SCALES, Criterion, ends_on, shown_scores
from havn.quality.rules.sample import WINDOW_MS


def drawable(service_id: int, *, now_ms: int) -> dict[int, int]:
    """Talks (number: counsellor) whose record was closed in the last seven days, in which something was said, that
    nobody holds or wants to hold, and that were not drawn before. Calls leave no words to read."""
    rows = Turn.objects.filter(
        service_id=service_id,
        channel__in=(Turn.Channel.CHAT, *WRITTEN),
        state=Turn.State.ENDED,
        counsellor__isnull=False,
        conversation__record__completed_at__gt=from_ms(now_ms - WINDOW_MS),
        conversation__record__completed_at__lte=from_ms(now_ms),
        conversation__hold__isnull=True,
        conversation__review__isnull=True,
    ).exclude(conversation__record__outcome__in=WITHOUT_TALK)
    return {talk: counsellor for talk, counsellor in rows.values_list("pk", "counsellor_id") if counsellor is not None}


def draw_of_week(service_id: int, week: dt.date) -> Draw | None:
    """This week's draw."""
    return Draw.objects.filter(service_id=service_id, week=week).first()


@dataclass(frozen=True)
class Waiting:
    """A drawn talk that is not reviewed: when it was, who reviews it and may, and when it goes by its clock."""

    review: Review
    reviewer: User | None
    talked: dt.datetime
    goes: dt.datetime
    mine: bool
    back: bool


def reviews_waiting(service_id: int, reader: User) -> list[Waiting]:
    """Those that this person may review: not of their own talks. What goes soonest first, without the counsellor's
    name, so that nobody reads a talk by who had it."""
    own = Participant.objects.filter(user=reader, role=Participant.Role.COUNSELLOR).values("conversation_id")
    rows = (
        Review.objects.filter(service_id=service_id, done_at_ms__isnull=True)
        .exclude(counsellor=reader)
        .exclude(conversation_id__in=own)
        .select_related("conversation__turn", "reviewer", "service")
    )
    found = [
        Waiting(
            review=one,
            reviewer=one.reviewer if one.reviewer_id and may_review(one.reviewer_id, one) else None,
            talked=from_ms(one.conversation.started_at_ms),
            goes=goes_at(one.conversation.turn),
            mine=one.reviewer_id == reader.pk,
            back=one.conversation.turn.state != Turn.State.ENDED,
        )
        for one in rows
    ]
    return sorted(found, key=lambda one: (not one.mine, one.goes))


def may_review(user_id: int, review: Review) -> bool:
    """Whether whoever has taken a review still may: they can lose the role, and come to have the talk themselves."""
    return has_role(user_id, review.service, *SUPERVISES) and not had_talk(user_id, review)


def had_talk(user_id: int, review: Review) -> bool:
    """Whether this person is or was a counsellor of the talk at any time."""
    parts = Participant.objects.filter(conversation_id=review.pk, user_id=user_id, role=Participant.Role.COUNSELLOR)
    return review.counsellor_id == user_id or parts.exists()


def results_of(user_id: int, service_id: int) -> list[Review]:
    """The reviews of this person's talks, while the talks are there; the latest first."""
    rows = Review.objects.filter(counsellor_id=user_id, service_id=service_id, done_at_ms__isnull=False)
    return list(rows.select_related("conversation__turn").order_by("-done_at_ms"))


def results_unseen(user_id: int, service_id: int) -> int:
    """How many of them this person has not opened. Read once for a page: the menu says it, and the desk."""
    return once(("quality.unseen", user_id, service_id), lambda: _unseen(user_id, service_id))


def _unseen(user_id: int, service_id: int) -> int:
    return Review.objects.filter(
        counsellor_id=user_id, service_id=service_id, done_at_ms__isnull=False, seen=False
    ).count()


@dataclass(frozen=True)
class HalfYear:
    """The scores of a half-year by one version of the criteria: (criterion, each answer with its count). None of them
    while fewer than the least people's talks were reviewed."""

    name: str
    criteria: list[tuple[Criterion, list[tuple[int, int | None]] | None]]


def half_years(service_id: int, *, today: dt.date) -> list[HalfYear]:
    """All that are over, the latest first: between two looks at one that runs a single review could be told."""
    counts: dict[tuple[str, int], dict[str, Counter[int]]] = defaultdict(lambda: defaultdict(Counter))
    for one in ScoreCount.objects.filter(service_id=service_id):
        if ends_on(one.half_year) < today:
            counts[one.half_year, one.criteria][one.code][one.value] += one.count
    told_of = ReviewedHalfYear.objects.filter(service_id=service_id)
    people = {(one.half_year, one.criteria): one.people for one in told_of}
    least = quality_of(service_id).least_people
    found = []
    for (name, number), by_code in sorted(counts.items(), reverse=True):
        rows = []
        for criterion in criteria_numbered(service_id, number):
            given = by_code[criterion.code]
            shown = shown_scores(given, criterion.scale, people=people.get((name, number), 0), least=least)
            values = SCALES[criterion.scale]
            rows.append((criterion, None if shown is None else list(zip(values, shown, strict=True))))
        found.append(HalfYear(name, rows))
    return found
