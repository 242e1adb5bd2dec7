"""The desk: datasets, preparing, what is left out and why."""

from typing import Any

import pytest

from havn.releases.models import Dataset, Preparation, Release
from havn.releases.rules.periods import ended
from havn.tasks.api import run_due
from havn.tenancy.models import Centre
from tests.releases.factories import grid, make_dataset, make_release
from tests.releases.people import SOURCE, client_of, offered
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db
NUMBERS = grid([[20, 3, 9], [14, 8, 30], [7, 12, 0]])


def fields(**changes: Any) -> dict[str, Any]:
    return {
        "source": SOURCE, "key": "talks-by-age", "title": "Talks by age", "description": "How many talks.",
        "threshold": "5", "frequency": "QUARTERLY", "theme": "SOCI", "publisher": "Trygg på nett",
        "licence": "https://creativecommons.org/licenses/by/4.0/", **changes,
    }  # fmt: skip


@pytest.mark.parametrize("role", ["coordinator", "data_officer"])
def test_a_dataset_is_made(centre: Centre, role: str) -> None:
    with offered(NUMBERS):
        desk = client_of(centre, role)
        assert b"Talks of the test" in desk.get("/en/desk/releases/new").content
        answer = desk.post("/en/desk/releases/new", fields())
    dataset = Dataset.objects.get()
    assert answer.headers["Location"] == f"/en/desk/releases/{dataset.pk}"
    assert (dataset.centre, dataset.measure, dataset.language, dataset.key) == (
        centre, "test.talks", "en", "talks-by-age",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": ""}, "This field is required"),
        ({"title": "a\x00b"}, "Null characters are not allowed"),
        ({"key": "Not a key"}, "Enter a valid"),
        ({"key": "catalogue"}, "This name is taken"),
        ({"threshold": "4"}, "greater than or equal to 5"),
        ({"threshold": "9" * 30}, "less than or equal to 50"),
        ({"licence": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"source": "elsewhere"}, "Select a valid choice"),
        ({"publisher": "one\ntwo"}, "Write this on one line"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(centre: Centre, changes: dict[str, str], says: str) -> None:
    with offered(NUMBERS):
        answer = client_of(centre).post("/en/desk/releases/new", fields(**changes))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert says in text and "How many talks." in text
    assert not Dataset.objects.exists()


def test_an_address_is_given_once_in_a_centre(centre: Centre) -> None:
    make_dataset(centre, key="talks-by-age")
    make_dataset(make_centre(host=None), key="others")
    with offered(NUMBERS):
        desk = client_of(centre)
        again = desk.post("/en/desk/releases/new", fields())
        assert again.status_code == 422 and b"with this address already" in again.content
        assert desk.post("/en/desk/releases/new", fields(key="Others")).status_code == 302
    assert Dataset.objects.filter(centre=centre, key="others").exists()


def test_what_readers_are_told_is_changed(centre: Centre) -> None:
    dataset = make_dataset(centre)
    answer = client_of(centre).post(
        f"/en/desk/releases/{dataset.pk}/edit", fields(title="Another title", threshold="10")
    )
    assert answer.status_code == 302
    dataset.refresh_from_db()
    assert (dataset.title, dataset.threshold) == ("Another title", 10)
    lax = client_of(centre).post(f"/en/desk/releases/{dataset.pk}/edit", fields(title="Lax", threshold="4"))
    assert lax.status_code == 422
    dataset.refresh_from_db()
    assert dataset.threshold == 10
    assert dataset.source == "" and dataset.key != "talks-by-age"


def test_a_period_is_prepared_and_looked_at(centre: Centre) -> None:
    dataset = make_dataset(centre, source=SOURCE)
    desk = client_of(centre)
    with offered(NUMBERS):
        page = desk.get(f"/en/desk/releases/{dataset.pk}").content.decode()
        assert "2025, quarter 1" in page
        answer = desk.post(f"/en/desk/releases/{dataset.pk}", {"period": "2025-q1", "note": ""})
        made = Preparation.objects.get()
        address = f"/en/desk/releases/prepared/{made.pk}"
        assert answer.headers["Location"] == address
        assert "How far it is" in desk.get(address).content.decode()
        run_due()
    page = desk.get(address).content.decode()
    assert "It is below 5." in page and "It would give another number back." in page
    assert "Reason 0, Age 1" in page and "1 to " in page
    assert page.count("hidden</td>") == len(Preparation.objects.get().log)
    assert "Publish for ever" in page


def test_a_data_officer_sees_it_and_a_coordinator_publishes_it(centre: Centre) -> None:
    with offered(NUMBERS):
        dataset = make_dataset(centre, source=SOURCE)
        officer = client_of(centre, "data_officer")
        officer.post(f"/en/desk/releases/{dataset.pk}", {"period": "2025"})
        run_due()
    page = officer.get(f"/en/desk/releases/prepared/{Preparation.objects.get().pk}").content.decode()
    assert "A coordinator publishes it." in page and "Publish for ever" not in page


@pytest.mark.parametrize("slug", ["2090", "x", "", "2025-q5"])
def test_a_period_that_is_not_offered_is_refused(centre: Centre, slug: str) -> None:
    dataset = make_dataset(centre, source=SOURCE)
    with offered(NUMBERS):
        answer = client_of(centre).post(f"/en/desk/releases/{dataset.pk}", {"period": slug})
    assert answer.status_code == 422
    assert not Preparation.objects.exists()


def test_a_refusal_says_why_and_what_to_do(centre: Centre) -> None:
    dataset = make_dataset(centre, source=SOURCE)
    with offered(None):
        desk = client_of(centre)
        desk.post(f"/en/desk/releases/{dataset.pk}", {"period": "2025"})
        run_due()
    page = desk.get(f"/en/desk/releases/prepared/{Preparation.objects.get().pk}").content.decode()
    assert "There is nothing to count in this period, or it is not whole" in page


@pytest.mark.parametrize("code", ["nothing", "gone", "same", "too-much", "mismatch", "not-safe"])
def test_every_refusal_is_a_sentence(code: str) -> None:
    from havn.releases.words import refusal

    assert refusal({"code": code}, 5).endswith(".")


def test_a_release_shows_its_audit_to_staff(centre: Centre) -> None:
    release = make_release(make_dataset(centre))
    page = client_of(centre, "data_officer").get(f"/en/desk/releases/published/{release.pk}").content.decode()
    assert "It is below 5." in page and "What a reader can work out" in page
    assert f'href="/en/data/{release.dataset.key}/2026-q1/v1"' in page


def test_the_list_shows_datasets_and_what_is_prepared(centre: Centre) -> None:
    release = make_release(make_dataset(centre, title="Talks by channel"))
    waiting = make_dataset(centre, source=SOURCE, title="Talks by age")
    desk = client_of(centre)
    with offered(NUMBERS):
        desk.post(f"/en/desk/releases/{waiting.pk}", {"period": "2025"})
    page = desk.get("/en/desk/releases").content.decode()
    assert "Talks by channel" in page and "2026, quarter 1" in page and "None yet" in page
    assert "Waits to be worked out" in page
    assert Release.objects.get() == release


def test_another_centres_datasets_are_not_there(centre: Centre) -> None:
    dataset = make_dataset(make_centre(host=None), title="Secret plan")
    release = make_release(dataset)
    desk = client_of(centre)
    assert "Secret plan" not in desk.get("/en/desk/releases").content.decode()
    for address in (f"{dataset.pk}", f"{dataset.pk}/edit", f"published/{release.pk}", "prepared/1"):
        assert desk.get(f"/en/desk/releases/{address}").status_code == 404


@pytest.mark.parametrize("role", ["counsellor", "editor", "publisher", "supervisor"])
def test_others_may_not_prepare(centre: Centre, role: str) -> None:
    assert client_of(centre, role).get("/en/desk/releases").status_code == 403


def test_the_list_asks_the_database_as_often_whatever_its_length(
    centre: Centre, django_assert_max_num_queries: Any
) -> None:
    for _ in range(6):
        make_dataset(centre)
    desk = client_of(centre)
    desk.get("/en/desk/releases")
    with django_assert_max_num_queries(22):
        desk.get("/en/desk/releases")


def test_periods_that_are_over_come_with_the_latest_first() -> None:
    import datetime as dt

    found = ended(dt.date(2026, 2, 3), quarters=3, years=1)
    assert [(one.kind, one.first.isoformat()) for one in found] == [
        ("year", "2025-01-01"), ("quarter", "2025-10-01"), ("quarter", "2025-07-01"), ("quarter", "2025-04-01"),
    ]  # fmt: skip
