"""Quarters as something to point at: what a follow-up or an activity names as evidence.

Of a country its own accepted quarters, and those of the network that anybody may read; at the network every quarter of
which something was accepted. A quarter's number is its place in the row of quarters, which no taking anew changes.
"""

from django.urls import reverse
from django.utils.translation import gettext as _

from havn.activities.api import EvidenceKind, Thing, register_kind
from havn.tenancy.models import Centre
from havn.trends import words
from havn.trends.models import Reported
from havn.trends.queries.articles import articles_visible_to_public
from havn.trends.queries.history import network_centre
from havn.trends.queries.network import quarters_reported
from havn.trends.rules.quarters import Quarter, quarter_named


def register() -> None:
    """The kinds that this app brings. Called from AppConfig.ready()."""
    register_kind(EvidenceKind("own-quarter", lambda: _("Our helpline's quarter"), _own_things, _own_thing))
    register_kind(EvidenceKind("quarter", lambda: _("Quarter of the network"), _network_things, _network_thing))


def _own(centre: Centre) -> list[Quarter]:
    names = Reported.objects.filter(centre=centre).order_by("-quarter").values_list("quarter", flat=True)
    return [quarter_named(name) for name in names]


def _of_network(centre: Centre) -> list[Quarter]:
    if centre.kind == Centre.Kind.NETWORK:
        return quarters_reported()
    network = network_centre()
    if network is None:
        return []
    return [quarter_named(one.quarter) for one in articles_visible_to_public(network).only("quarter")]


def _own_things(centre: Centre) -> list[Thing]:
    return [_as_thing(one) for one in _own(centre)]


def _own_thing(centre: Centre, number: int) -> Thing | None:
    return _numbered(_own_things(centre), number)


def _network_things(centre: Centre) -> list[Thing]:
    return [_as_thing(one) for one in _of_network(centre)]


def _network_thing(centre: Centre, number: int) -> Thing | None:
    return _numbered(_network_things(centre), number)


def _as_thing(quarter: Quarter) -> Thing:
    return Thing(quarter.place, words.quarter_label(quarter), f"{reverse('trends:desk')}?quarter={quarter}")


def _numbered(things: list[Thing], number: int) -> Thing | None:
    return next((one for one in things if one.number == number), None)
