"""Invented events of the demo: one to come with places, one full with a waiting list, one for parents, one that was.

Made once; dates lie around the day of the first start. The guests are invented, and their addresses lead nowhere.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from havn.common.clock import now
from havn.common.ids import random_id
from havn.events.models import Event, Feedback, Registration
from havn.events.sealing import Person, email_mark, hash_of_token, seal
from havn.tenancy.models import Centre

SITE = "http://localhost"


@dataclass(frozen=True)
class EventFacts:
    """An event, so many days from now at `hour` for `minutes`, and the names of those who are registered."""

    organisation: str
    slug: str
    days: int
    hour: int
    minutes: int
    fields: dict[str, Any]
    places: tuple[str, ...] = ()
    line: tuple[str, ...] = ()
    ratings: tuple[tuple[int, str, str], ...] = field(default=())


_NORWAY = (
    EventFacts(
        organisation="media-authority", slug="trygg-pa-nett-i-klasserommet", days=24, hour=14, minutes=75,
        fields={
            "title": "Trygg på nett-dagen i klasserommet",
            "summary": "Et webinar for lærere: tre opplegg du kan bruke dagen etter.",
            "text": "Vi viser tre opplegg for 5.–7., 8.–10. og videregående. To lærere forteller hvordan det gikk.\n\n"
            "Du får lysark, oppgaver og et brev til foreldrene. Det er god tid til spørsmål.",
            "language": "nb", "languages": ["nb"], "audiences": ["teachers-professionals"], "is_online": True,
            "joining": "Vi åpner rommet ti minutter før: https://meet.example/trygg-pa-nett\nKode: 4711",
            "asks": ["organisation", "access"], "capacity": 100,
            "question_one": "Hva kommer du til å bruke?", "question_two": "Hva savnet du?",
        },
        places=("Solveig Aas", "Henrik Bø", "Maryam Ali", "Tor Lie"),
    ),
    EventFacts(
        organisation="red-cross", slug="ungdomspanelet-motes", days=10, hour=16, minutes=120,
        fields={
            "title": "Ungdomspanelet møtes: hva må bli bedre i gruppechatter?",
            "summary": "For deg mellom 13 og 18. Vi spiser pizza og skriver ned hva vi vil si til appene.",
            "text": "Du trenger ikke å ha vært med før. Vi betaler reisen.\n\nDet vi skriver, går til dem som lager "
            "reglene, og vi forteller deg hva som ble gjort.",
            "language": "nb", "languages": ["nb", "en"], "audiences": ["children-young-people"],
            "place": "Røde Kors-huset, Hausmanns gate 7, Oslo",
            "joining": "Ring på hos «Ungdom», så kommer vi ned.",
            "asks": ["access"], "capacity": 4,
        },
        places=("Ida", "Elias", "Sara", "Noah"), line=("Jonas", "Ella"),
    ),
    EventFacts(
        organisation="media-authority", slug="foreldrekveld-om-spill", days=45, hour=18, minutes=90,
        fields={
            "title": "Foreldrekveld: spill, penger og søvn",
            "summary": "Hva er greit å avtale hjemme? Vi snakker om lommepenger i spill og skjermer om kvelden.",
            "text": "Alle som har barn som spiller, er velkomne. Du trenger ikke å kunne noe om spill.",
            "language": "nb", "languages": ["nb"], "audiences": ["parents-carers"], "is_online": True,
            "place": "Fredrikstad bibliotek", "joining": "På nett: https://meet.example/foreldrekveld",
            "asks": [], "capacity": 60,
        },
        places=("Anne Vik", "Samir Haddad"),
    ),
    EventFacts(
        organisation="media-authority", slug="kritisk-til-bilder", days=-20, hour=13, minutes=60,
        fields={
            "title": "Kritisk til bilder: når alt kan være laget",
            "summary": "Et webinar om bilder og film som er laget av maskiner, og hvordan du snakker om dem i klassen.",
            "text": "Takk til alle som kom.",
            "language": "nb", "languages": ["nb"], "audiences": ["teachers-professionals"], "is_online": True,
            "joining": "https://meet.example/kritisk", "asks": ["organisation"], "capacity": 80,
            "question_one": "Hva kommer du til å bruke?", "question_two": "Hva savnet du?",
        },
        places=("Marit Dahl", "Per Strand", "Nina Holm", "Ali Raza", "Grete Moe"),
        ratings=(
            (5, "Oppgaven med to bilder, i morgen.", ""), (4, "Spørsmålene til elevene", "Noe for de yngste"),
            (4, "", ""), (3, "", "Lysarkene før vi begynte"),
        ),
    ),
)  # fmt: skip
_NETWORK = (
    EventFacts(
        organisation="insafe", slug="helplines-meet", days=60, hour=10, minutes=240,
        fields={
            "title": "Helplines meet: answering when the line is full",
            "summary": "An online morning for everybody who answers children, in all centres.",
            "text": "Three helplines show how they keep a place in line, and what children said of it.\n\n"
            "Interpretation into plain English captions.",
            "language": "en", "languages": ["en"], "audiences": ["teachers-professionals", "organisations-industry"],
            "is_online": True, "joining": "https://meet.example/helplines-meet", "asks": ["centre", "access"],
            "capacity": 60, "per_centre": 2,
        },
        places=("Camilla Holst", "Jakub Novák"),
    ),
)  # fmt: skip
_EVENTS = {"norway": _NORWAY, "network": _NETWORK}


@transaction.atomic
def load_events(centre: Centre) -> None:
    """Make the events of the centre that are not there yet."""
    for facts in _EVENTS.get(centre.slug, ()):
        if not Event.objects.filter(slug=facts.slug).exists():
            _make(centre, facts)


def _make(centre: Centre, facts: EventFacts) -> None:
    zone, moment = ZoneInfo(centre.time_zone), now()
    day = (moment + dt.timedelta(days=facts.days)).astimezone(zone).date()
    # Nobody holds a webinar on a Sunday.
    day += dt.timedelta(days=2 if day.weekday() >= 5 else 0)
    starts = dt.datetime.combine(day, dt.time(facts.hour), zone)
    event = Event.objects.create(
        centre=centre,
        organisation=centre.organisations.get(slug=facts.organisation),
        slug=facts.slug,
        state=Event.State.PUBLISHED,
        changed_at=moment,
        starts_at=starts,
        ends_at=starts + dt.timedelta(minutes=facts.minutes),
        zone=centre.time_zone,
        **facts.fields,
    )
    if facts.days > 14:
        event.deadline = day - dt.timedelta(days=3)
        event.save(update_fields=["deadline"])
    is_over = facts.days < 0
    people = [*((name, "confirmed") for name in facts.places), *((name, "waiting") for name in facts.line)]
    Registration.objects.bulk_create(
        _registration(
            event, number, name, state, came=is_over and number % 5 != 0, answered=number <= len(facts.ratings)
        )
        for number, (name, state) in enumerate(people, start=1)
    )
    Feedback.objects.bulk_create(
        Feedback(event=event, rating=rating, answer_one=one, answer_two=two) for rating, one, two in facts.ratings
    )


def _registration(event: Event, number: int, name: str, state: str, *, came: bool, answered: bool) -> Registration:
    registration_id, token = random_id(), f"demo-{event.slug}-{number}"
    email = f"{name.split()[0].lower()}@guests.example"
    return Registration(
        id=registration_id,
        event=event,
        state=state,
        number=number,
        reference=f"D{event.pk:X}{number:02}"[:8],
        language=event.language,
        token_hash=hash_of_token(token),
        email_mark=email_mark(event.pk, email),
        sealed=seal(registration_id, Person(name=name, email=email, token=token, site=SITE)),
        registered_at=now() - dt.timedelta(days=30),
        attended=came,
        has_answered=answered,
        # A demonstration writes to nobody about events that it made up.
        reminded=True,
    )
