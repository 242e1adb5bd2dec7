"""A network, a Party, the round that comes with Havn, and the published factsheet stored in it."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.test import Client

from havn.accounts.models import User
from havn.common.clock import now
from havn.recommendations import actions
from havn.recommendations.actions.follow_up import Words
from havn.recommendations.actions.rounds import DATA
from havn.recommendations.models import Ask, Factsheet, FollowUp, MonitoringRound
from havn.recommendations.queries.factsheets import words_of_round
from havn.recommendations.rules.factsheet.markdown import read
from havn.recommendations.rules.rounds import Dates
from havn.tenancy.models import Centre
from tests.accounts.factories import make_organisation, make_staff, signed_in_client
from tests.tenancy.factories import make_centre

SOURCE = DATA / "lanzarote-norway-factsheet.md"
AS_OF = dt.date(2025, 3, 1)
SMALL = """## FACTSHEET – DENMARK

## I. Introduction

About this round.

## II. Helplines

### Observations and recommendations of the Committee on helplines specific to Denmark

The Committee observes that there is a helpline.<sup>1</sup>

The Committee requests Denmark:

- to train volunteers.<sup>2</sup>

#### Follow-up actions:

All are trained.

The Committee invites all Parties, including Denmark:

- to share what they learn.<sup>3</sup>

<sup>1</sup> Para. 7.

<sup>2</sup> Recommendation II-1.

<sup>3</sup> Recommendation II-2 and II-3.

Promising practices:
"""


@dataclass
class World:
    """The network's centre and one Party's, at two host names, with the round."""

    network: Centre
    party: Centre
    round: MonitoringRound

    def person(self, centre: Centre, role: str) -> User:
        return make_staff(centre.organisations.first() or make_organisation(centre), role)

    def client(self, centre: Centre, role: str) -> Client:
        return signed_in_client(self.person(centre, role), host=centre.hosts.get().host)


def make_world() -> World:
    network = make_centre(host="network.testserver", name="Network", kind="network", country_code="EU", slug="network")
    party = make_centre(host="testserver", name="Danish centre", country_code="DK", slug="denmark")
    for centre in (network, party):
        make_organisation(centre)
    secretary = make_staff(network, "coordinator")
    made = actions.load_round(
        actor=secretary, centre=network, dates=Dates(*[today(), today() + dt.timedelta(days=365)] * 3)
    )
    return World(network, party, made)


def today() -> dt.date:
    """By the clocks of the centres here, which may be a day ahead of UTC."""
    return now().astimezone(ZoneInfo("Europe/Oslo")).date()


def make_sheet(world: World, text: str = SMALL, party: Centre | None = None) -> Factsheet:
    """A factsheet of the Party, imported."""
    reading = read(text, words=words_of_round(world.round))
    return actions.import_factsheet(
        actor=world.person(world.network, "coordinator"), centre=world.network, round=world.round,
        party=party or world.party, document=reading.document, source_name="factsheet.md", as_of=AS_OF,
    )  # fmt: skip


def make_follow_up(world: World, sheet: Factsheet, author: User | None = None, **said: object) -> FollowUp:
    """A draft on the first ask."""
    ask: Ask = sheet.asks.select_related("chapter").order_by("number")[0]
    words: dict[str, object] = {"kind": "measure", "dated_on": today(), "text": "We trained forty.", "status": "done"}
    return actions.save_follow_up(
        actor=author or world.person(sheet.party, "data_officer"),
        follow_up=FollowUp(factsheet=sheet, chapter=ask.chapter, ask=ask),
        words=Words(**{**words, **said}),  # type: ignore[arg-type]
        today=today(),
    )


def validated(world: World, follow_up: FollowUp) -> FollowUp:
    """The same, submitted and validated by a colleague."""
    colleague = world.person(world.party, "coordinator")
    actions.move_follow_up(actor=colleague, follow_up=follow_up, verb="submit", today=today())
    return actions.move_follow_up(actor=colleague, follow_up=follow_up, verb="validate", today=today())
