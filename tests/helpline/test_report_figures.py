"""The figures of a period: what stands where, by which list, and who may see it."""

import re

import pytest
from django.test import Client

from havn.accounts.models import Role
from havn.tenancy.models import Service
from tests.accounts.factories import make_staff, signed_in_client
from tests.helpline.figures import contact, contacts, helpline
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db


def client_at(service: Service, role: str = Role.COORDINATOR) -> Client:
    return signed_in_client(make_staff(service.organisation, role))


def page(client: Client, address: str) -> str:
    answer = client.get(f"/en/desk/figures{address}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def table(html: str, title: str) -> list[list[str]]:
    """The cells of the table under a heading, as text, without the bars."""
    section = html.split(f">{title}</h2>", 1)[1].split("</section>", 1)[0]
    rows = re.findall(r"<tr>(.*?)</tr>", section)
    cells = [re.findall(r"<t[hd].*?</t[hd]>", row) for row in rows]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row if "figure-bar" not in cell] for row in cells]


def test_a_quarter_tells_what_became_of_every_attempt() -> None:
    service = helpline()
    contacts(3, service, "2026-02-10", "grooming")
    contact(service, "2026-02-11", "gaming", channel="phone", outcome="silent")
    contacts(2, service, "2026-03-31", talk=False)
    contact(service, "2026-04-01", "grooming")
    html = page(client_at(service), "?kind=quarter&day=2026-01-15")
    assert table(html, "What became of every attempt")[1:] == [
        ["Chat", "3", "0", "2", "0", "0", "5"],
        ["Phone", "0", "1", "0", "0", "0", "1"],
        ["Total", "3", "1", "2", "0", "0", "6"],
    ]
    assert "66.7 %" in html
    assert "4 of 6" in html


def test_a_share_changes_by_points_and_a_number_by_per_cent() -> None:
    service = helpline()
    contacts(2, service, "2025-11-10", "grooming")
    contacts(2, service, "2025-11-10", "gaming")
    contacts(3, service, "2026-02-10", "grooming")
    contact(service, "2026-02-10", "gaming")
    html = page(client_at(service), "?kind=quarter&day=2026-02-10")
    rows = table(html, "Main reason")
    assert rows[0][-3:] == ["Before", "Number, change in %", "Share, change in percentage points"]
    assert rows[1] == ["Grooming", "3", "75.0 %", "2", "+50.0", "+25.0"]
    assert rows[2] == ["Gaming", "1", "25.0 %", "2", "−50.0", "−25.0"]


def test_a_span_over_the_change_of_the_list_shows_both_with_their_own_words() -> None:
    service = helpline()
    contacts(2, service, "2023-03-31", "sextortion")
    contacts(3, service, "2023-04-01", "oscec")
    html = page(client_at(service), "?kind=span&day=2023-02-15&last=2023-05-14")
    old, new = table(html, "Main reason, list of 2018"), table(html, "Main reason, list of 2023")
    assert old[1][1] == "2"
    assert old[1][0].startswith("Sextortion now: Online sexual coercion")
    assert new[1][1] == "3"
    assert new[1][0].startswith("Online sexual coercion and extortion of children formerly: Sextortion")
    joined = table(html, "Main reason, both lists")
    assert joined[1][1] == "5"


def test_a_quarter_after_the_change_is_compared_under_the_term_that_took_over() -> None:
    service = helpline()
    contacts(2, service, "2023-02-10", "sextortion")
    contacts(3, service, "2023-05-10", "oscec")
    rows = table(page(client_at(service), "?kind=quarter&day=2023-05-10"), "Main reason")
    assert rows[1][1:4] == ["3", "100.0 %", "2"]


def test_a_channel_narrows_everything_and_stays_among_the_choices() -> None:
    service = helpline()
    contacts(2, service, "2026-02-10", "grooming")
    contacts(3, service, "2026-02-10", "gaming", channel="phone")
    html = page(client_at(service), "?kind=quarter&day=2026-02-10&channel=phone")
    assert table(html, "Main reason")[1][:2] == ["Gaming", "3"]
    assert 'value="phone" selected' in html
    assert 'value="chat"' in html


def test_the_week_is_a_table_by_half_hour_in_the_centres_zone() -> None:
    service = helpline()
    contacts(2, service, "2026-02-10", "grooming")
    rows = table(page(client_at(service), "?kind=month&day=2026-02-10"), "When they come")
    assert rows[1] == ["16:00", "0", "2", "0", "0", "0", "0", "0", "2"]


def test_a_chart_has_its_table_and_a_day_without_anything_no_chart() -> None:
    service = helpline()
    contact(service, "2026-02-10", "grooming")
    client = client_at(service)
    html = page(client, "?kind=week&day=2026-02-10")
    assert '<svg viewBox="0 0 720 180" role="img"' in html
    assert "style=" not in html.split("<main", 1)[1]
    assert table(html, "Attempts over time")[1] == ["10 February 2026", "1", "1", "100.0 %"]
    assert "Nothing was counted in this period." in page(client, "?kind=day&day=2026-02-11")


@pytest.mark.parametrize(
    "query", ["?kind=nonsense", "?day=31.02.2026", "?kind=span&day=0001-01-01", "?channel=<script>"]
)
def test_what_cannot_be_read_is_as_if_not_asked(query: str) -> None:
    service = helpline()
    assert "<script>" not in page(client_at(service), query).split("<main", 1)[1].split("</main>", 1)[0]


def test_figures_are_for_those_who_answer_for_the_shift_and_of_their_own_helpline() -> None:
    service, other = helpline(), helpline(centre=make_centre(host=None))
    contact(other, "2026-02-10", "grooming")
    assert client_at(service, Role.COUNSELLOR).get("/en/desk/figures").status_code == 403
    assert client_at(service, Role.EDITOR).get("/en/desk/figures").status_code == 403
    supervisor = client_at(service, Role.SUPERVISOR)
    assert supervisor.get("/en/desk/figures").status_code == 200
    assert supervisor.get(f"/en/desk/figures?service={other.pk}").status_code == 403
