"""Drawing the week's talks for review."""

import secrets
from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.errors import Refused
from havn.quality.models import Draw, Review
from havn.quality.permissions import check_can_manage
from havn.quality.queries.reviews import draw_of_week, drawable
from havn.quality.queries.settings import day_at, quality_of
from havn.quality.rules.load import week_of
from havn.quality.rules.sample import draw
from havn.tenancy.models import Service


def _fresh_seed() -> bytes:
    return secrets.token_bytes(16)


@transaction.atomic
def draw_week(
    *, service: Service, now_ms: int, actor: User | None = None, fresh_seed: Callable[[], bytes] = _fresh_seed
) -> Draw:
    """Draw of the talks that were coded in the last seven days, once a week. The night does it (actor None), or a
    coordinator before.

    The seed is made before anybody knows what it draws, and stands with the counts on the trail: nobody can draw until
    it pleases. Refused when the helpline draws none, or this week has its draw.
    """
    if actor is not None:
        check_can_manage(actor, service)
    Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
    settings, week = quality_of(service.pk), week_of(day_at(service, now_ms))
    if settings.sample_count == 0:
        raise Refused(_("This helpline draws no talks. Say in the settings how many."))
    if draw_of_week(service.pk, week) is not None:
        raise Refused(_("The talks of this week are drawn already."))
    seed = fresh_seed()
    talks = drawable(service.pk, now_ms=now_ms)
    drawn = draw(talks, seed=seed, count=settings.sample_count, each=settings.sample_each)
    Review.objects.bulk_create(
        Review(conversation_id=talk, service=service, counsellor_id=talks[talk], drawn_at_ms=now_ms) for talk in drawn
    )
    made = Draw.objects.create(
        service=service,
        week=week,
        seed=seed,
        each=settings.sample_each,
        among=len(talks),
        drawn=len(drawn),
        at_ms=now_ms,
    )
    audit.record(
        centre_id=service.organisation.centre_id,
        actor_id=actor.pk if actor else None,
        service_id=service.pk,
        action="quality.talks.drawn",
        week=week.isoformat(),
        seed=seed.hex(),
        each=settings.sample_each,
        among=len(talks),
        drawn=len(drawn),
    )
    return made


def draw_where_due(*, now_ms: int) -> int:
    """Draw at every helpline that wants it and has not drawn this week. Returns at how many. For the night."""
    done = 0
    services = Service.objects.filter(quality_settings__sample_count__gt=0).select_related("organisation__centre")
    for service in services.order_by("pk"):
        if draw_of_week(service.pk, week_of(day_at(service, now_ms))) is None:
            draw_week(service=service, now_ms=now_ms)
            done += 1
    return done
