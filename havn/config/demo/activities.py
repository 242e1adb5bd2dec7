"""Invented activities of the two centres over two years, all numbers made up, and one published report of each.

Made once. Everything is a sum; nothing in it is about anybody.
"""

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from havn.accounts.models import Role, User
from havn.activities import actions
from havn.activities.models import Activity, Evidence, PeriodReport, Reach
from havn.activities.pdf import NoPdf
from havn.common.clock import now
from havn.tenancy.models import Centre

FIRST, LAST = dt.date(2022, 4, 1), dt.date(2024, 3, 31)
Number = tuple[str, int, str, str, str]


@dataclass(frozen=True)
class Facts:
    """One activity. `reach`: group, number, measure, basis, how it is known."""

    organisation: str
    kind: str
    title: str
    days: tuple[dt.date, dt.date]
    text: str
    reach: tuple[Number, ...]
    hours: str
    cost: str = ""
    place: str = ""
    is_online: bool = False
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """The report of a centre, and what a person wrote into its introduction."""

    language: str
    title: str
    summary: str
    project: str
    invented: str


def _days(first: tuple[int, int, int], last: tuple[int, int, int] | None = None) -> tuple[dt.date, dt.date]:
    return dt.date(*first), dt.date(*(last or first))


_NORWAY = (
    Facts(
        "media-authority", "training", "Kurs for lærere: nettvett i fire timer", _days((2022, 9, 14), (2022, 9, 15)),
        "To dager med øvelser som kan brukes i klassen dagen etter.",
        (("teachers", 84, "participants", "counted", "Påmeldte som møtte"), ("mixed", 31, "schools", "counted", "")),
        "96", "4200", "Oslo", topics=("media-literacy-education",),
    ),
    Facts(
        "media-authority", "campaign", "Trygg på nett-dagen 2023", _days((2023, 2, 1), (2023, 2, 28)),
        "Opplegg til skolene, film og foreldremøte på nett.",
        (
            ("children-10-12", 5_200, "reached", "estimate", "Skoler som meldte seg, 25 elever i hver klasse"),
            ("public", 61_400, "views", "platform", "Filmspilleren på nettstedet"),
            ("teachers", 1_310, "downloads", "counted", "Nedlastede opplegg"),
        ),
        "310", "18500", is_online=True,
    ),
    Facts(
        "media-authority", "parents-evening", "Foreldrekveld om spill og søvn", _days((2023, 5, 11)),
        "Et kort foredrag og mange spørsmål.",
        (
            ("parents", 140, "participants", "counted", "Talt i salen"),
            ("parents", 900, "views", "platform", "Sendingen"),
        ),
        "18", "600", "Fredrikstad bibliotek", is_online=True,
    ),
    Facts(
        "red-cross", "panel", "Ungdomspanelet: hva skal appene endre?", _days((2023, 10, 21), (2023, 10, 22)),
        "Panelet skrev råd til selskapene og fikk svar i desember.",
        (("youth-panel", 10, "participants", "counted", ""),), "64", "5300", "Røde Kors-huset, Oslo",
    ),
    Facts(
        "red-cross", "school-visit", "Skolebesøk: bruk Kors på halsen", _days((2023, 11, 6), (2023, 11, 17)),
        "Frivillige fortalte hvordan chatten virker, og øvde på å be om hjelp.",
        (
            ("children-13-15", 640, "participants", "counted", "Klasselister, bare antall"),
            ("mixed", 8, "schools", "counted", ""),
        ),
        "120", "1900", "Vestland",
    ),
    Facts(
        "media-authority", "resource-made", "Hefte: Snakk om bilder", _days((2024, 1, 15)),
        "Et hefte på bokmål og nynorsk, med en lettlest utgave.",
        (
            ("parents", 12_000, "copies", "counted", "Trykt og sendt"),
            ("parents", 2_450, "downloads", "platform", "Nettstedet"),
        ),
        "150", "22000", topics=("sexting",),
    ),
    Facts(
        "red-cross", "media", "Radio: hvem hører på barn om natten?", _days((2024, 2, 6)),
        "Et halvtimes intervju om åpningstider.",
        (("public", 150_000, "reached", "estimate", "Tall fra radiokanalen for et vanlig program"),), "6",
    ),
    Facts(
        "red-cross", "training", "Kurs for nye frivillige i chatten", _days((2024, 9, 7), (2024, 9, 8)),
        "Samtaler på prøve, med tilbakemelding.",
        (("volunteers", 46, "participants", "counted", ""),), "90", "3100", "Oslo",
    ),
)  # fmt: skip
_DENMARK = (
    Facts(
        "media-council", "campaign", "Sikker Internet Dag 2023", _days((2023, 2, 1), (2023, 2, 14)),
        "Materialer til klasser og en dag om digital dannelse.",
        (
            ("children-10-12", 3_900, "reached", "estimate", "Tilmeldte klasser, 22 elever i hver"),
            ("public", 28_700, "views", "platform", "Filmen på nettstedet"),
        ),
        "210", "9800", is_online=True,
    ),
    Facts(
        "cfdp", "school-visit", "Gruppechat: workshop i 6. klasse", _days((2023, 3, 6), (2023, 3, 31)),
        "Eleverne skrev regler for deres egen chat.",
        (
            ("children-10-12", 410, "participants", "counted", "Antal pr. klasse"),
            ("mixed", 17, "schools", "counted", ""),
        ),
        "140", "2600", "Aarhus og omegn",
    ),
    Facts(
        "cfdp", "consultation", "Høring: hvad er snyd på nettet?", _days((2023, 9, 1), (2023, 9, 30)),
        "Anonyme svar blev til Scammed.",
        (("children-13-15", 730, "answers", "counted", "Svar i alt"),), "85", "1200", is_online=True,
    ),
    Facts(
        "media-council", "resource-translated", "Snak om billeder, på dansk", _days((2024, 3, 4)),
        "Oversat og tilpasset fra Norge.",
        (("parents", 1_150, "downloads", "platform", "Nettstedet"),), "44", "900",
    ),
)  # fmt: skip
_ACTIVITIES = {"norway": _NORWAY, "denmark": _DENMARK}
_REPORTS = {
    "norway": Words(
        "nb", "Aktivitetsrapport 2022–2024",
        "Det senteret gjorde i to år, i tall som sier hvordan de er kjent. Alt her er oppdiktet for demonstrasjonen.",
        "Demonstrasjon, ingen virkelig avtale",
        "Alle aktiviteter og tall i denne rapporten er oppdiktet for demonstrasjonen av Havn.",
    ),
    "denmark": Words(
        "da", "Aktivitetsrapport 2022–2024",
        "Det, centeret gjorde i to år, i tal, der siger, hvordan de er kendt. Alt her er opdigtet til demonstrationen.",
        "Demonstration, ingen virkelig aftale",
        "Alle aktiviteter og tal i denne rapport er opdigtet til demonstrationen af Havn.",
    ),
}  # fmt: skip


def load_activities(centre: Centre) -> None:
    """Make the centre's activities and its report, unless it has any."""
    if centre.slug not in _ACTIVITIES or Activity.objects.filter(centre=centre).exists():
        return
    organisations = {organisation.slug: organisation for organisation in centre.organisations.all()}
    with transaction.atomic():
        for facts in _ACTIVITIES[centre.slug]:
            _make(centre, facts, organisations[facts.organisation].pk)
    # The PDF is made on the way, so this is no part of the transaction.
    _publish(centre, _REPORTS[centre.slug])


def _make(centre: Centre, facts: Facts, organisation_id: int) -> None:
    moment = now()
    activity = Activity.objects.create(
        centre=centre, organisation_id=organisation_id, kind=facts.kind, title=facts.title, text=facts.text,
        starts_on=facts.days[0], ends_on=facts.days[1], place=facts.place, is_online=facts.is_online,
        topics=list(facts.topics), hours=Decimal(facts.hours), cost=Decimal(facts.cost) if facts.cost else None,
        recorded_at=moment, changed_at=moment,
    )  # fmt: skip
    Reach.objects.bulk_create(
        Reach(activity=activity, group=group, number=number, measure=measure, basis=basis, how=how)
        for group, number, measure, basis, how in facts.reach
    )
    Evidence.objects.create(activity=activity, label="Program", url="https://files.example/program.pdf")


def _publish(centre: Centre, words: Words) -> None:
    publisher = User.objects.filter(
        memberships__organisation__centre=centre, memberships__role=Role.PUBLISHER
    ).first()  # fmt: skip
    if publisher is None:
        raise RuntimeError(f"The demo of {centre.slug} has nobody who may publish.")
    report = actions.save_report(
        actor=publisher,
        report=PeriodReport(
            centre=centre, title=words.title, summary=words.summary, starts_on=FIRST, ends_on=LAST,
            language=words.language, project=words.project,
        ),
    )  # fmt: skip
    section = report.sections.get(key="intro")
    actions.save_section(
        actor=publisher, section=section, heading=section.heading, text=f"{words.invented}\n\n{section.text}",
        is_left_out=False, seen_version=section.version,
    )  # fmt: skip
    # A machine that cannot draw letters shows a draft, and says why to whoever presses "Publish".
    with suppress(NoPdf):
        actions.publish_report(actor=publisher, report=report)
