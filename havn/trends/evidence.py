"""Quarters as something to point at: what a follow-up or an activity names as evidence.

Of a country its own accepted quarters, and those of the network that anybody may read; at the network every quarter of
which something was accepted. A quarter's number is its place in the row of quarters, which no taking anew changes.

What is pointed at may be published with whoever points at it. So only a total that an article has published goes with
its quarter: any other, a single helpline's before all, has been audited with nothing.
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havn.activities.api import EvidenceKind, Thing, register_kind
from havn.tenancy.models import Centre
from havn.trends import words
from havn.trends.models import Fact
from havn.trends.queries.articles import articles_visible_to_public
from havn.trends.queries.history import network_centre
from havn.trends.queries.network import quarters_reported
from havn.trends.rules.quarters import Quarter, quarter_named


def register() -> None:
    """The kinds that this app brings. Called from AppConfig.ready()."""
    register_kind(EvidenceKind("own-quarter", lambda: _("Our helpline's quarter"), _own_things, _own_thing))
    register_kind(EvidenceKind("quarter", lambda: _("Quarter of the network"), _network_things, _network_thing))


def _own_things(centre: Centre) -> list[Thing]:
    rows = Fact.objects.filter(reported__centre=centre, dimension="total").order_by("-quarter")
    return [_as_thing(quarter_named(name), None) for name in rows.values_list("quarter", flat=True)]


def _own_thing(centre: Centre, number: int) -> Thing | None:
    return _numbered(_own_things(centre), number)


def _network_things(centre: Centre) -> list[Thing]:
    network = network_centre()
    if network is None:
        return []
    totals = {one.quarter: one.figures["total"] for one in articles_visible_to_public(network)}
    if centre == network:
        return [_as_thing(one, totals.get(str(one))) for one in quarters_reported()]
    return [_as_thing(quarter_named(name), total) for name, total in totals.items()]


def _network_thing(centre: Centre, number: int) -> Thing | None:
    return _numbered(_network_things(centre), number)


def _as_thing(quarter: Quarter, published: int | None) -> Thing:
    return Thing(
        number=quarter.place,
        title=words.quarter_label(quarter),
        url=f"{reverse('trends:desk')}?quarter={quarter}",
        day=quarter.last,
        figure=_contacts(published) if published is not None else "",
    )


def _contacts(number: int) -> str:
    return ngettext("%(number)s contact", "%(number)s contacts", number) % {"number": words.number(number)}


def _numbered(things: list[Thing], number: int) -> Thing | None:
    return next((one for one in things if one.number == number), None)
