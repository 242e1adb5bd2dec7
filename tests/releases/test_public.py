"""What anybody reads: the catalogue, a dataset, a release and its versions."""

import pytest
from django.test import Client

from havn.tenancy.models import Centre
from tests.releases.factories import Q1, Q2, grid, make_dataset, make_release, network
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_catalogue_lists_what_is_published(centre: Centre, anyone: Client) -> None:
    assert "No figures are published yet." in text(anyone, "/en/data")
    make_release(make_dataset(centre, title="Talks by age"))
    make_dataset(centre, title="Not yet")
    make_release(make_dataset(make_centre(host=None), title="Elsewhere"))
    page = text(anyone, "/en/data")
    assert "Talks by age" in page and "2026, quarter 1" in page
    assert "Not yet" not in page and "Elsewhere" not in page


def test_the_first_page_of_the_centre_leads_to_what_is_published(centre: Centre, anyone: Client) -> None:
    make_dataset(centre, title="Not yet")
    make_release(make_dataset(make_centre(host=None), title="Elsewhere"))
    assert 'href="/en/data"' not in text(anyone, "/en/")
    make_release(make_dataset(centre, title="Talks by age"))
    assert 'href="/en/data"' in text(anyone, "/en/")


def test_a_dataset_shows_its_newest_figures_with_hidden_in_words(centre: Centre, anyone: Client) -> None:
    dataset = make_dataset(centre, key="talks")
    make_release(dataset)
    release = make_release(dataset, grid([[20, 30], [40, 2]]), Q2)
    page = text(anyone, "/en/data/talks")
    assert "2026, quarter 2" in page and "/en/data/talks/2026-q1/v1" in page
    assert page.count("hidden</td>") == len(release.log) > 0
    assert "So we hide small numbers" in page
    assert "CC BY 4.0" in page


def test_why_a_number_is_hidden_is_for_staff_only(centre: Centre, anyone: Client) -> None:
    release = make_release(make_dataset(centre, key="talks"))
    for address in ("/en/data/talks", "/en/data/talks/2026-q1/v1", "/en/data/talks/2026-q1/v1.json"):
        page = text(anyone, address)
        for word in ("protects", "interval", "It is below", "would give another"):
            assert word not in page, (address, word)
    assert any(one["why"] == "protects" for one in release.log)


def test_an_old_version_stays_and_says_that_it_was_corrected(centre: Centre, anyone: Client) -> None:
    dataset = make_dataset(centre, key="talks")
    make_release(dataset)
    make_release(dataset, grid([[40, 3, 9], [14, 8, 30], [7, 12, 0]]), note="Twenty letters came late.")
    old, new = text(anyone, "/en/data/talks/2026-q1/v1"), text(anyone, "/en/data/talks/2026-q1/v2")
    assert "These figures were corrected later." in old and "These figures were corrected later." not in new
    assert "Twenty letters came late." in new


def test_the_centres_of_a_network_table_are_named(centre: Centre, anyone: Client) -> None:
    from havn.releases import api

    table = network({name: [[40, 30], [20, 15]] for name in ("norway", "denmark", "poland")})
    dataset = make_dataset(centre, key="talks")
    prepared = api.prepare(dataset, table, first=Q1[0], last=Q1[1], centres=["Norway", "Denmark", "Poland"])
    api.publish(prepared, None)
    assert "Denmark, Norway, Poland" in text(anyone, "/en/data/talks")


@pytest.mark.parametrize(
    "address",
    [
        "nothing", "talks/2026-q2/v1", "talks/2026-q1/v2", "talks/2026-q1/v0", "talks/2026-q1/v99999", "talks/x/v1",
        "talks/2026-01-01--2026-03-31/v1", "talks/2026-13-01--2026-03-31/v1", "talks/2026-q1/v2.csv",
        "talks/2026-q1/v1.pdf", "nothing.jsonld",
    ],
)  # fmt: skip
def test_what_is_not_published_is_not_there(centre: Centre, anyone: Client, address: str) -> None:
    make_release(make_dataset(centre, key="talks"))
    assert anyone.get(f"/en/data/{address}").status_code == 404


def test_another_centres_release_is_not_at_this_host(centre: Centre, anyone: Client) -> None:
    make_release(make_dataset(make_centre(host="denmark.localhost"), key="talks"))
    for address in ("talks", "talks/2026-q1/v1", "talks/2026-q1/v1.csv", "talks.jsonld"):
        assert anyone.get(f"/en/data/{address}").status_code == 404
    assert Client(headers={"host": "denmark.localhost"}).get("/en/data/talks").status_code == 200


def test_a_page_is_small_and_sets_no_cookie(centre: Centre, anyone: Client) -> None:
    from tests.releases.factories import drawn

    make_release(make_dataset(centre, key="talks"), drawn(2))
    answer = anyone.get("/en/data/talks")
    assert len(answer.content) < 60_000
    assert not answer.cookies
