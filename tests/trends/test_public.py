"""What anyone may read of trends: at the network's address alone, published things alone, light and with sources."""

import html
import re

import pytest
from django.test import Client

from havn.tasks.api import run_due
from havn.tenancy.models import Centre
from havn.trends import pages
from havn.trends.actions.loading import load_history
from havn.trends.models import Article, Break, HistoryQuarter, PublishedFigure
from havn.trends.rules.charts import Point
from tests.trends.factories import BEFORE, NOW, four_countries, network_centre, person, report

pytestmark = pytest.mark.django_db
LARGEST = 60_000


@pytest.fixture
def reader() -> Client:
    return Client(headers={"host": "network.test"})


def text_of(client: Client, address: str) -> str:
    """The words of a page, which must be there."""
    response = client.get(address)
    assert response.status_code == 200, address
    assert len(response.content) <= LARGEST
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_the_history_is_loaded_once_however_often(network: Centre) -> None:
    first = load_history()
    rows = list(PublishedFigure.objects.order_by("pk").values_list("pk", "value", "qualifier"))
    assert (first, len(rows)) == (len(rows), load_history())
    assert list(PublishedFigure.objects.order_by("pk").values_list("pk", "value", "qualifier")) == rows
    assert HistoryQuarter.objects.count() == 30
    assert Break.objects.filter(centre=network).count() == 9


def test_loading_brings_a_changed_figure_back_and_keeps_breaks_of_ones_own(network: Centre) -> None:
    load_history()
    PublishedFigure.objects.filter(dimension="total", row__quarter="2023Q2").update(value=1)
    Break.objects.create(centre=network, quarter="2020Q1", kind="other", words="Ours")
    load_history()
    assert PublishedFigure.objects.get(dimension="total", row__quarter="2023Q2").value == 21000
    assert Break.objects.filter(words="Ours").exists()


def test_without_a_network_there_is_nothing_to_load(db: None) -> None:
    assert load_history() == 0
    assert not HistoryQuarter.objects.exists()


def test_every_page_is_the_networks_alone(norway: Centre) -> None:
    load_history()
    elsewhere = Client(headers={"host": "no.test"})
    for address in ("/en/trends", "/en/trends/history", "/en/trends/2026Q3"):
        assert elsewhere.get(address).status_code == 404


def test_charts_have_words_gaps_and_breaks(network: Centre, reader: Client) -> None:
    load_history()
    page = reader.get("/en/trends").content.decode()
    assert page.count('<svg class="trend-chart"') >= 4
    assert "over 19,000" in page and "just under 28,000" in page
    # The total's line is cut where quarters are missing.
    total = page[page.index('id="trend-total"') : page.index('id="trend-reason"')]
    assert total.count("<polyline") >= 4
    words = text_of(reader, "/en/trends")
    assert "Ireland moved to a new system" in words
    assert "A new list of reasons since 1 April 2023" in words


def test_the_table_has_every_series_and_the_chart_five(network: Centre) -> None:
    series = {("reason", f"r{at}"): [Point(BEFORE, 10.0 + at), Point(NOW, 20.0 + at)] for at in range(7)}
    (figure,) = pages.figures(network, series)
    assert figure.drawing is not None and len(figure.drawing.series) == 5
    assert figure.has_more and len(figure.heads) == 7
    assert [len(cells) for _quarter, cells in figure.rows] == [7, 7]
    assert "20 %" in figure.rows[0][1] and "26 %" in figure.rows[0][1]


def test_each_figure_stands_with_its_source_its_word_and_its_basis(network: Centre, reader: Client) -> None:
    load_history()
    page = reader.get("/en/trends/history").content.decode()
    words = text_of(reader, "/en/trends/history")
    for source in set(HistoryQuarter.objects.values_list("source", flat=True)):
        assert html.escape(source) in page
    assert "Stated later, in the article of another quarter" in words
    assert "about 15,600 (67000 year minus other rounded quarters)" in words
    # 2022Q1 has a total alone; 2016Q2 has none, and is there.
    assert "Second quarter of 2016" in words


def test_the_networks_first_page_leads_there(network: Centre, norway: Centre, reader: Client) -> None:
    assert "/en/trends" not in reader.get("/en/").content.decode()
    load_history()
    assert 'href="/en/trends"' in reader.get("/en/").content.decode()
    assert "/en/trends" not in Client(headers={"host": "no.test"}).get("/en/").content.decode()


def test_a_page_without_history_says_so(network: Centre, reader: Client) -> None:
    assert "Nothing is published yet." in text_of(reader, "/en/trends")


def test_only_a_published_quarter_is_read(network: Centre, reader: Client) -> None:
    four_countries()
    _user, writer = person(network, "coordinator")
    writer.post(f"/en/desk/trends/quarter/{NOW}/draft")
    assert Article.objects.get().state == "draft"
    assert reader.get(f"/en/trends/{NOW}").status_code == 404
    assert "Q3 2026" not in text_of(reader, "/en/trends")
    run_due()
    writer.post(f"/en/desk/trends/quarter/{NOW}/publish")
    words = text_of(reader, f"/en/trends/{NOW}")
    assert "11,000 contacts about something online" in words
    assert "4 of 4 helplines reported this quarter." in words
    assert "Q3 2026" in text_of(reader, "/en/trends")
    writer.post(f"/en/desk/trends/quarter/{NOW}/withdraw")
    assert reader.get(f"/en/trends/{NOW}").status_code == 404


def test_a_later_correction_changes_nothing_that_is_published(network: Centre, reader: Client) -> None:
    centres = four_countries()
    _user, writer = person(network, "coordinator")
    writer.post(f"/en/desk/trends/quarter/{NOW}/draft")
    run_due()
    writer.post(f"/en/desk/trends/quarter/{NOW}/publish")
    before = text_of(reader, f"/en/trends/{NOW}"), text_of(reader, "/en/trends")
    report(centres[0], NOW, total=1, reason={"grooming": 1})
    assert (text_of(reader, f"/en/trends/{NOW}"), text_of(reader, "/en/trends")) == before


def test_what_may_not_be_shown_is_left_out_of_the_page(network: Centre, reader: Client) -> None:
    centres = four_countries()
    # One country alone codes this reason: 37 is nowhere on the page, and neither is what would give it back.
    report(centres[0], NOW, total=737, reason={"cyberbullying": 400, "gaming": 37, "grooming": 300})
    _user, writer = person(network, "coordinator")
    writer.post(f"/en/desk/trends/quarter/{NOW}/draft")
    run_due()
    writer.post(f"/en/desk/trends/quarter/{NOW}/publish")
    page = reader.get(f"/en/trends/{NOW}").content.decode()
    reasons = page[page.index('id="list-reason"') :]
    reasons = reasons[: reasons.index("</section>")]
    assert reasons.count("left out") == 2
    assert ">37<" not in page


def test_addresses_that_are_no_quarter_are_nothing(network: Centre, reader: Client) -> None:
    for name in ("2026Q9", "x", "2026Q3%00", "9" * 40, str(BEFORE)):
        assert reader.get(f"/en/trends/{name}").status_code == 404


def test_without_the_network_nothing_breaks_at_the_desk(db: None) -> None:
    from tests.trends.factories import country

    lonely = country("lu", "Luxembourg", host="lu.test")
    _user, client = person(lonely, "coordinator")
    assert client.get("/en/desk/trends").status_code == 404
    assert network_centre().pk
