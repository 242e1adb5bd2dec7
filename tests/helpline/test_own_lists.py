"""A centre codes with its own list: the desk, the counts, and what the network's reports make of it."""

import datetime as dt

import pytest

from havn.helpline.actions.figures import count_in
from havn.helpline.actions.record import cleaned
from havn.helpline.imports.known import known_at
from havn.helpline.models import Contact, ContactReason
from havn.helpline.queries.reports import figures, lists_of, reason_spans
from havn.helpline.queries.vocabularies import terms_of
from havn.helpline.report_filed import Filed, chi_year, national, quarter
from havn.helpline.report_tables import tables_of
from havn.helpline.rules.figures import Reason
from havn.helpline.rules.reports import Figures
from havn.statistics.rules.periods import Kind, Period, period_of
from havn.tenancy.models import Service
from havn.vocabularies.api import FormerLabel, Term, VocabularyFacts, load, terms_in, version_on
from havn.vocabularies.models import TermMapping, VocabularyTerm
from tests.helpline.figures import TALK, helpline
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db
Q2 = period_of(Kind.QUARTER, dt.date(2026, 5, 1))
FIRST = dt.date(2026, 5, 10)
OWN = "reason-own-1"


def coded(service: Service, day: dt.date, *codes: str, times: int = 1) -> None:
    """Contacts as the helpline makes them, with the list that holds at its centre on the day."""
    centre_id = service.organisation.centre_id
    vocabulary = version_on("reason", on=day, centre_id=centre_id)
    for _number in range(times):
        moment = dt.datetime.combine(day, dt.time(15), dt.UTC)
        made = Contact.objects.create(centre_id=centre_id, service=service, half_hour=moment, **TALK)
        reasons = [Reason(vocabulary, code, place == 0) for place, code in enumerate(codes)]
        ContactReason.objects.bulk_create(
            ContactReason(contact=made, vocabulary=one.vocabulary, code=one.code, main=one.main) for one in reasons
        )
        count_in(made, reasons)


@pytest.fixture
def service() -> Service:
    """From 10 May 2026: "gaming" is renamed, "grooming" is retired for "sexual-harassment", "own-deepfakes" is new."""
    service = helpline()
    centre_id = service.organisation.centre_id
    kept = [term for term in terms_in("insafe-reasons-2023") if term.code not in ("grooming", "gaming")]
    games = Term("gaming", {"en": "Games"}, broader="own-play", former_labels=(FormerLabel("Gaming"),))
    own = [*kept, games, Term("own-play", {"en": "Play"}), Term("own-deepfakes", {"en": "Deepfakes"})]
    load(vocabularies=[VocabularyFacts("reason", OWN, FIRST, centre_id=centre_id, terms=own)])
    row = VocabularyTerm.objects.get(vocabulary__code=OWN, code="own-deepfakes")
    VocabularyTerm.objects.create(
        vocabulary=row.vocabulary, code="grooming", labels={"en": "Grooming"}, replaced_by="sexual-harassment",
        retired=True,
    )  # fmt: skip
    return service


def numbers(filed: Filed, key: str) -> dict[str, int]:
    table = next(one for one in filed.tables if one.key == key)
    return {line.code: line.numbers[0] for line in table.lines if line.numbers[0]}


def maps(service: Service, scheme: str, code: str, target: str) -> None:
    TermMapping.objects.create(
        centre=service.organisation.centre, dimension="reason", scheme=scheme, code=code, target=target
    )


def test_the_desk_offers_the_own_list_from_its_day_on(service: Service) -> None:
    centre_id = service.organisation.centre_id
    before, after = (
        {term.code: term for term in terms_of("reason", "en", day, centre_id)}
        for day in (FIRST - dt.timedelta(days=1), FIRST)
    )
    assert "grooming" in before and "own-deepfakes" not in before
    assert "grooming" not in after and "own-play" not in after
    assert (after["gaming"].label, after["gaming"].group, after["gaming"].former_label) == ("Games", "Play", "Gaming")
    values = {"reasons": ["own-deepfakes", "grooming", "own-play"]}
    assert cleaned(values, now_date=FIRST, centre_id=centre_id)["reasons"] == ["own-deepfakes"]


def test_the_quarter_stands_under_the_networks_list_and_says_what_it_lacks(service: Service) -> None:
    coded(service, FIRST - dt.timedelta(days=1), "grooming", times=3)
    coded(service, FIRST, "gaming", times=2)
    coded(service, FIRST, "own-deepfakes", times=4)
    coded(service, FIRST)
    filed = quarter([service.pk], Q2)
    assert numbers(filed, "reason-insafe-reasons-2023") == {"grooming": 3, "gaming": 2, "unknown": 5}
    assert "Without a main reason: 1 of 10." in filed.coverage
    assert [one for one in filed.coverage if "4 of 10 talks" in one and "Deepfakes" in one], filed.coverage
    maps(service, "insafe-reasons-2023", "own-deepfakes", "ncsii")
    filed = quarter([service.pk], Q2)
    assert numbers(filed, "reason-insafe-reasons-2023") == {"grooming": 3, "gaming": 2, "ncsii": 4, "unknown": 1}
    assert not any("no name for" in one for one in filed.coverage)


def test_nobody_says_that_a_term_of_the_network_is_another(service: Service) -> None:
    coded(service, FIRST, "gaming")
    maps(service, "insafe-reasons-2023", "gaming", "grooming")
    assert numbers(quarter([service.pk], Q2), "reason-insafe-reasons-2023") == {"gaming": 1}


def test_the_year_and_the_national_report_follow_the_own_list(service: Service) -> None:
    coded(service, FIRST - dt.timedelta(days=1), "grooming", times=3)
    coded(service, FIRST, "own-deepfakes", times=4)
    coded(service, FIRST, "gaming", times=2)
    maps(service, "insafe-reasons-2023", "own-deepfakes", "ncsii")
    year = Period(Kind.SPAN, dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert numbers(chi_year([service.pk], year), "chi-group")["violence"] == 7
    made = national([service.pk], year)
    # Compared under the term that took over, in the centre's own words and groups.
    assert numbers(made, "reason-joined") == {"sexual-harassment": 3, "own-deepfakes": 4, "gaming": 2}
    groups = next(one for one in made.tables if one.key == "own-groups")
    assert {line.label: line.numbers[0] for line in groups.lines}["Play"] == 2
    titles = [one.title for one in made.tables if one.key == "reason"]
    assert len(titles) == 2


def test_a_period_before_the_own_list_is_as_it_was(service: Service) -> None:
    coded(service, dt.date(2026, 2, 1), "grooming", times=3)
    earlier = period_of(Kind.QUARTER, dt.date(2026, 2, 1))
    assert numbers(quarter([service.pk], earlier), "reason-insafe-reasons-2023") == {"grooming": 3}
    found = figures([service.pk], earlier)
    with lists_of([service.pk]):
        spans = reason_spans(earlier)
        tables = tables_of(found, Figures({}), spans)
    assert [span.version for span in spans] == ["insafe-reasons-2023"]
    reasons = next(one for one in tables if one.key == "reason")
    assert [(line.code, line.note) for line in reasons.lines] == [("grooming", "now: (Online) sexual harassment")]


def test_another_centre_never_meets_the_list(service: Service) -> None:
    other = helpline(centre=make_centre(host="other.test"))
    assert other.organisation.centre_id != service.organisation.centre_id
    coded(other, FIRST, "grooming")
    assert numbers(quarter([other.pk], Q2), "reason-insafe-reasons-2023") == {"grooming": 1}
    assert "own-deepfakes" not in known_at(other).codes["reason"]


def test_contacts_of_the_past_are_held_against_the_list_of_their_day(service: Service) -> None:
    known = known_at(service)
    lists = {code: (first, last) for code, first, last, _codes in known.reasons}
    assert lists[OWN] == (FIRST, None)
    assert lists["insafe-reasons-2023"][1] == FIRST - dt.timedelta(days=1)
    assert known.lines["grooming"][-1] == "sexual-harassment"
