"""Loading the facts of 32 countries: all of them, their doubts intact, once."""

import datetime as dt
import json
from pathlib import Path

import pytest

from havn.centres.models import ContactPoint
from havn.config.command import main
from havn.directory.loading import FILE, load_directory
from havn.directory.models import CentreEntry, ContactHistory, Doubt, Entry, PublishedHours, Source
from havn.directory.queries import country_now, whole_directory
from havn.tenancy.models import Centre, Organisation, Service
from tests.centres.factories import make_point
from tests.directory.factories import MORNING
from tests.tenancy.factories import make_centre, make_organisation, make_service

pytestmark = pytest.mark.django_db
FACTS = json.loads(FILE.read_text())["centres"]


@pytest.fixture
def loaded() -> None:
    load_directory()


@pytest.mark.usefixtures("loaded")
def test_every_country_helpline_hotline_and_source_of_the_file_is_there() -> None:
    assert set(Centre.objects.values_list("country_code", flat=True)) == {row["country_code"] for row in FACTS}
    assert not Centre.objects.hosted().exists()
    helplines = sum(len(row["helplines"]) for row in FACTS)
    hotlines = sum(len(row["hotlines"]) for row in FACTS)
    assert Service.objects.filter(kind="helpline").count() == helplines
    assert Service.objects.filter(kind="hotline").count() == hotlines
    assert Entry.objects.count() == helplines + hotlines
    assert Source.objects.count() == len({(row["country_code"], s["url"]) for row in FACTS for s in row["sources"]})


@pytest.mark.usefixtures("loaded")
def test_every_number_and_report_address_of_the_file_is_there() -> None:
    numbers = [phone["number"] for row in FACTS for line in row["helplines"] for phone in line["phones"]]
    numbers += [line["phone"] for row in FACTS for line in row["hotlines"] if line["phone"]]
    assert sorted(ContactPoint.objects.exclude(number="").values_list("number", flat=True)) == sorted(numbers)
    addresses = [line["report_url"] for row in FACTS for line in row["hotlines"] if line["report_url"]]
    assert sorted(ContactPoint.objects.filter(channel="report").values_list("url", flat=True)) == sorted(addresses)


@pytest.mark.usefixtures("loaded")
def test_every_conflict_stands_as_a_doubt_in_its_own_words() -> None:
    conflicts = sorted(sentence for row in FACTS for sentence in row["conflicts"])
    assert sorted(Doubt.objects.filter(kind="conflict").values_list("words", flat=True)) == conflicts
    assert {row["country_code"] for row in FACTS if row["confidence"] == "low"} == set(
        CentreEntry.objects.filter(confidence="low").values_list("centre__country_code", flat=True)
    )


@pytest.mark.usefixtures("loaded")
def test_nothing_that_was_loaded_is_certain() -> None:
    assert {entry.freshness.state for entry in whole_directory(MORNING).entries} == {"never"}
    assert not any(entry.reach == "open" for entry in whole_directory(MORNING).entries)


@pytest.mark.usefixtures("loaded")
def test_hours_without_days_make_no_answer_at_any_hour() -> None:
    assert PublishedHours.objects.filter(point__service__name__startswith="Kors", rule="").count() == 2
    for hour in range(24):
        norway = country_now("no", MORNING.replace(hour=hour))
        assert norway is not None
        assert {point.state for entry in norway.entries for point in entry.points} == {"unknown"}


@pytest.mark.usefixtures("loaded")
def test_finland_closes_when_its_professionals_go_home() -> None:
    at = dt.datetime(2026, 11, 25, 15, tzinfo=dt.UTC)
    finland = country_now("FI", at)
    assert finland is not None
    phone = next(point for point in finland.helplines[0].points if point.value == "116 111")
    assert phone.opening is not None
    assert phone.opening.closes_at == dt.datetime(2026, 11, 25, 22, tzinfo=dt.UTC)


@pytest.mark.usefixtures("loaded")
def test_each_number_begins_its_history_when_it_was_read() -> None:
    row = ContactHistory.objects.get(value="1545")
    assert (row.what, row.at.date()) == ("appeared", dt.date(2026, 11, 22))


def test_loading_again_makes_nothing_and_changes_nothing() -> None:
    load_directory()
    ContactPoint.objects.filter(number="3018").update(number="3019")
    Entry.objects.filter(service__name="Bris").update(free=True)
    again = load_directory()
    assert (again.centres, again.services, again.points, again.doubts) == (0, 0, 0, 0)
    assert ContactPoint.objects.filter(number="3019").exists()
    assert Entry.objects.get(service__name="Bris").free is True


def test_a_centre_that_runs_here_keeps_its_ways_and_gains_facts_and_doubts() -> None:
    centre = make_centre(slug="norway", country_code="NO")
    service = make_service(make_organisation(centre), name="Kors på halsen")
    make_point(service, "phone", number="800 33 321")
    load_directory()
    assert Centre.objects.filter(country_code="NO").get() == centre
    assert Service.objects.filter(organisation__centre=centre, kind="helpline").get() == service
    assert set(service.contact_points.values_list("channel", flat=True)) == {"chat", "letter", "phone"}
    assert service.entry.anonymous is True
    assert Doubt.objects.filter(service=service, about="days").exists()
    assert not PublishedHours.objects.filter(point__service=service).exists()
    # Its hotline is not run here yet: it comes from the file.
    assert Organisation.objects.filter(centre=centre, name__startswith="National Criminal").exists()


def test_the_command_loads_and_checks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["directory", "load"]) == 0
    assert "Made 32 centres" in capsys.readouterr().out
    assert main(["directory", "check"]) == 1
    told = capsys.readouterr().out
    assert "NO   GR SafeLine: There is no number, address or page at all." in told
    assert "look FR 3018: It was never confirmed." in told


def test_a_file_of_another_shape_is_refused_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.json"
    other.write_text('{"schema": 2, "centres": []}')
    assert main(["directory", "load", str(other)]) == 1
    assert "another shape" in capsys.readouterr().err
    assert not Centre.objects.exists()
