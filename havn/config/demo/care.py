"""Care and quality for the demo: hard talks of the last weeks, what was answered, last week's draw with one review."""

import datetime as dt
import random

from django.db import transaction

from havn.accounts.models import User
from havn.common.clock import now_ms
from havn.quality.actions.reviewing import save_review
from havn.quality.models import Answer, Draw, DutyLoad, QualitySettings, Review, TalkWish
from havn.quality.queries.criteria import criteria_now
from havn.quality.queries.reviews import drawable
from havn.quality.queries.settings import day_at
from havn.quality.rules.criteria import SCALES
from havn.quality.rules.load import week_of
from havn.quality.rules.sample import ALL, draw
from havn.tenancy.models import Service

HOUR = 60 * 60_000
WEEKS = 4
DRAWN = 2


@transaction.atomic
def make_care(service: Service, counsellors: list[User], leads: list[User]) -> None:
    """Make it once. The helpline's talks must be there."""
    if not counsellors or not leads or QualitySettings.objects.filter(pk=service.pk).exists():
        return
    # Few people play in the demo.
    QualitySettings.objects.create(service=service, sample_count=DRAWN, least_people=3)
    dice = random.Random(f"care {service.slug}")  # noqa: S311 - invented evenings, the same on every machine
    _weeks(service, [*counsellors, *leads], dice)
    TalkWish.objects.create(service=service, user=counsellors[-1], wish="later", since_ms=now_ms() - 2 * HOUR)
    _draw(service, leads, dice)


def _weeks(service: Service, people: list[User], dice: random.Random) -> None:
    today = day_at(service, now_ms())
    for week in range(WEEKS):
        for person in people:
            day = week_of(today) - dt.timedelta(days=7 * week - dice.randint(0, 6))
            if day > today:
                continue
            talks = dice.choice([1, 1, 2, 3, 5])
            DutyLoad.objects.create(
                service=service,
                user=person,
                day=day,
                talks=talks,
                minutes=sum(dice.randint(18, 55) for _ in range(talks)),
            )
            Answer.objects.create(service=service, user=person, day=day, step=dice.choice([1, 2, 2, 3, 4]), wish="no")


def _draw(service: Service, leads: list[User], dice: random.Random) -> None:
    """As if it had been drawn last week: this week's draw is still to be made."""
    at = now_ms()
    talks, seed = drawable(service.pk, now_ms=at), dice.randbytes(16)
    drawn = [one for one in draw(talks, seed=seed, count=DRAWN, each=ALL) if talks[one] != leads[0].pk]
    Draw.objects.create(
        service=service,
        week=week_of(day_at(service, at)) - dt.timedelta(weeks=1),
        seed=seed,
        each=ALL,
        among=len(talks),
        drawn=len(drawn),
        at_ms=at,
    )
    number, criteria = criteria_now(service.pk)
    for place, talk in enumerate(drawn):
        review = Review.objects.create(conversation_id=talk, service=service, counsellor_id=talks[talk], drawn_at_ms=at)
        if place == 0:
            Review.objects.filter(pk=review.pk).update(reviewer=leads[0], criteria=number)
            scores = {one.code: dice.choice(SCALES[one.scale][-2:]) for one in criteria}
            # Without a note nothing is sealed, so that no key is needed.
            save_review(actor=leads[0], conversation_id=talk, scores=scores, notes={}, done=True, key=b"", now_ms=at)
