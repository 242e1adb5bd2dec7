"""What a coordinator decides: clocks, routes, and the words of a route in each language."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.centres.handovers import KINDS, WAYS
from havn.common.clock import now
from havn.common.errors import Refused
from havn.common.ids import random_id
from havn.handover.models import HandoverRoute, HandoverSettings, RouteWords
from havn.handover.permissions import check_can_manage
from havn.handover.queries.routes import languages_of
from havn.handover.rules import reports, states
from havn.tenancy.models import Centre, Service

ROUTES_MOST = 40


@transaction.atomic
def save_settings(
    *, actor: User, service: Service, change_mind_minutes: int, remind_days: int, keep_report_days: int
) -> None:
    """Minutes between the yes and its going; days until an open report is marked, and until a closed one goes."""
    check_can_manage(actor, service)
    for value, (least, most) in (
        (change_mind_minutes, states.MINUTES),
        (remind_days, reports.REMIND_DAYS),
        (keep_report_days, reports.KEEP_DAYS),
    ):
        if not least <= value <= most:
            raise Refused(_("This number is not between the ones allowed."))
    HandoverSettings.objects.update_or_create(
        pk=service.pk,
        defaults={
            "change_mind_minutes": change_mind_minutes,
            "remind_days": remind_days,
            "keep_report_days": keep_report_days,
        },
    )
    _trail(actor, service, "handover.settings.changed", minutes=change_mind_minutes)


@transaction.atomic
def save_route(
    *, actor: User, service: Service, route_id: int | None, kind: str, way: str, name: str, address: str, in_use: bool
) -> HandoverRoute:
    """Add a route of the centre, or change one. Questions that were asked before keep the address they had."""
    check_can_manage(actor, service)
    centre = service.organisation.centre
    if kind not in KINDS or way not in WAYS or not name.strip():
        raise Refused(_("Give it a name, and say what it is and how it passes things on."))
    route = _route(centre, route_id)
    if route is None:
        if HandoverRoute.objects.filter(centre=centre).count() >= ROUTES_MOST:
            raise Refused(_("A centre has at most 40 routes."))
        route = HandoverRoute(centre=centre, key=_fresh_key(centre, name))
    if route.way and (route.way, route.address) != (way, address.strip()):
        # Other words may hold for another receiver: a person looks at them again.
        RouteWords.objects.filter(route=route).update(approved_by=None, approved_at=None)
    route.kind, route.way, route.name, route.in_use = kind, way, name.strip()[:120], in_use
    route.receiver = address.strip() if way == "inside" else ""
    route.email = address.strip() if way == "mail" else ""
    route.page_url = address.strip() if way == "page" else ""
    _check_address(route)
    route.save()
    _trail(actor, service, "handover.route.changed", route=route.key)
    return route


@transaction.atomic
def save_words(
    *, actor: User, service: Service, route_id: int, language: str, to: str, does: str, approve: bool
) -> None:
    """What a child reads of a route in a language. Approved means that this person read these very words there."""
    check_can_manage(actor, service)
    centre = service.organisation.centre
    route = _route(centre, route_id)
    if route is None or language not in languages_of(centre):
        raise Refused(_("There is no such route."))
    RouteWords.objects.update_or_create(
        route=route,
        language=language,
        defaults={
            "to": to.strip()[:120],
            "does": does.strip()[:400],
            "approved_by": actor if approve else None,
            "approved_at": now() if approve else None,
        },
    )
    _trail(actor, service, "handover.words.changed", route=route.key, language=language)


def _route(centre: Centre, route_id: int | None) -> HandoverRoute | None:
    if route_id is None:
        return None
    found = HandoverRoute.objects.select_for_update(of=("self",)).filter(centre=centre, pk=route_id).first()
    if found is None:
        raise Refused(_("There is no such route."))
    return found


def _check_address(route: HandoverRoute) -> None:
    if not route.address:
        raise Refused(_("Say where it goes: a door of this installation, an e-mail address or the address of a page."))
    if route.way == "page" and not route.page_url.startswith("https://"):
        raise Refused(_("The address of the page begins with https://."))
    try:
        route.clean_fields(exclude=["centre", "order", "key"])
    except ValidationError:
        raise Refused(_("This address can't be used. Look at it once more.")) from None


def _fresh_key(centre: Centre, name: str) -> str:
    key = slugify(name)[:30] or "route"
    taken = set(HandoverRoute.objects.filter(centre=centre).values_list("key", flat=True))
    return key if key not in taken else f"{key[:20]}-{random_id() % 10**9}"


def _trail(actor: User, service: Service, action: str, **codes: str | int) -> None:
    centre_id = service.organisation.centre_id
    audit.record(centre_id=centre_id, actor_id=actor.pk, service_id=service.pk, action=action, subject="", **codes)
