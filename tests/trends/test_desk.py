"""Trends at the desk: who reported, what is left out for members, flags, comparison, breaks, and one's own rights."""

import html
import re

import pytest
from django.db.models import Sum
from django.test import Client

from havn.common.errors import NotAllowed, Refused
from havn.tasks.api import run_due
from havn.tenancy.models import Centre
from havn.trends.actions.sharing import add_break, let_compare
from havn.trends.actions.taking import rebuild, take_back, take_report
from havn.trends.models import Article, Break, Comparison, Fact, Reported
from havn.trends.queries.articles import figures_of
from havn.trends.queries.network import quarter_parts, trend, who_reported
from havn.trends.sources import QuarterReport
from tests.trends.factories import BEFORE, NOW, YEAR, country, four_countries, person, report

pytestmark = pytest.mark.django_db
FIELDS = {"quarter": "2026q2", "kind": "member", "dimension": "", "words": "A new system."}


def words_of(client: Client, address: str = "/en/desk/trends") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_a_report_takes_the_place_of_the_one_before(network: Centre, norway: Centre) -> None:
    report(norway, total=10, reason={"grooming": 10})
    report(norway, total=12, reason={"oscec": 12})
    assert Reported.objects.count() == 1
    known = Fact.objects.exclude(code="unknown").values_list("code", "number")
    assert dict(known) == {"all": 12, "oscec": 12}
    assert take_back(centre_id=norway.pk, quarter=NOW)
    assert not Fact.objects.exists()


def test_a_report_without_a_total_or_below_nought_is_refused(network: Centre, norway: Centre) -> None:
    for facts in ({("reason", "x"): 1}, {("total", "all"): -1}, {("total", "all"): 1, ("reason", "x" * 61): 1}):
        with pytest.raises(ValueError, match=r"report|count"):
            take_report(QuarterReport(norway.pk, NOW, "insafe-reasons-2023", 1, facts))
    assert not Reported.objects.exists()


def test_rebuilding_follows_the_sources(
    network: Centre, norway: Centre, denmark: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    from havn.trends import sources

    report(norway, total=10)
    given = [QuarterReport(denmark.pk, NOW, "insafe-reasons-2023", 2, {("total", "all"): 7})]
    monkeypatch.setattr(
        sources, "_sources", {"test": sources.Source("test", lambda quarter: given, lambda quarter: None)}
    )
    assert rebuild() == (1, 1)
    assert list(Reported.objects.values_list("centre_id", "revision")) == [(denmark.pk, 2)]
    monkeypatch.setattr(sources, "_sources", {})
    assert rebuild() == (0, 0)
    assert Reported.objects.count() == 1


def test_a_trend_is_one_query_and_adds_up(network: Centre, django_assert_num_queries: object) -> None:
    four_countries()
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = trend("reason", YEAR, NOW)
    assert list(found) == [YEAR, BEFORE, NOW]
    assert found[NOW].cells["grooming"].number == 1100
    assert (found[NOW].cells["grooming"].centres, found[NOW].cells["grooming"].largest) == (4, 440)
    assert found[NOW].known == 11_000 and quarter_parts(NOW)["total"].cells["all"].number == 11_000


def test_sums_are_those_of_the_facts_after_every_change(network: Centre) -> None:
    centres = four_countries()
    report(centres[1], NOW, total=9, reason={"grooming": 9})
    take_back(centre_id=centres[2].pk, quarter=NOW)
    take_back(centre_id=centres[2].pk, quarter=BEFORE)
    for quarter in (NOW, BEFORE, YEAR):
        found = dict(
            Fact.objects.filter(quarter=str(quarter), dimension="reason")
            .values_list("code")
            .annotate(whole=Sum("number"))
        )
        assert {code: cell.number for code, cell in quarter_parts(quarter)["reason"].cells.items()} == found
    assert quarter_parts(NOW)["total"].cells["all"].centres == 3


def test_who_reported_names_the_missing(network: Centre, norway: Centre) -> None:
    four_countries()
    who = who_reported(NOW)
    assert ([one.name for one in who.missing], who.asked) == (["Norway"], 5)
    _user, client = person(network, "coordinator")
    words = words_of(client)
    assert "4 of 5 helplines." in words and "Missing: Norway" in words


def test_moves_of_shares_are_percentage_points(network: Centre) -> None:
    four_countries()
    _user, client = person(network, "data_officer")
    words = words_of(client)
    assert "Percentage points since the quarter before" in words
    # Sextortion: 330 of 1,100 after 210 of 945 (other reasons did not change their sizes relative to each other).
    now, before = quarter_parts(NOW)["reason"], quarter_parts(BEFORE)["reason"]
    expected = 100 * now.cells["oscec"].number / now.known - 100 * before.cells["oscec"].number / before.known
    assert f"+{expected:.1f}" in words


def publish_now(network: Centre) -> None:
    """Draft and publish the article of the quarter."""
    _user, client = person(network, "coordinator")
    client.post(f"/en/desk/trends/quarter/{NOW}/draft")
    run_due()
    response = client.post(f"/en/desk/trends/quarter/{NOW}/publish")
    assert response.status_code == 302, Article.objects.get().audit


def test_members_see_the_network_without_what_would_tell_one_of_them(network: Centre, norway: Centre) -> None:
    four_countries()
    report(norway, total=900, reason={"gaming": 33, "grooming": 867})
    publish_now(network)
    _user, member = person(norway, "data_officer")
    _user, coordinator = person(network, "coordinator")
    own, theirs = words_of(member), words_of(coordinator)
    assert re.search(r"Gaming left out", own) and re.search(r"Gaming 33 1 ", theirs)
    assert "900 of them are this centre's." in own
    assert "Figures to look at" in theirs and "Figures to look at" not in own


def test_while_quarters_come_in_members_see_no_sum(network: Centre, norway: Centre, denmark: Centre) -> None:
    _user, member = person(norway, "data_officer")
    report(norway, total=900, gender={"girl-or-woman": 500, "boy-or-man": 400})
    report(denmark, total=77, gender={"girl-or-woman": 44, "boy-or-man": 33})
    told = words_of(member)
    assert "once the article of the quarter is published" in told
    four_countries()
    later = words_of(member)
    for page in (told, later):
        assert "Shares of" not in page and "contacts in all" not in page and "Per cent of contacts" not in page
    # A published quarter stays what it was, whatever is accepted afterwards.
    publish_now(network)
    published = words_of(member)
    assert "contacts in all" in published and "Shares of" in published
    report(denmark, total=7777, gender={"girl-or-woman": 7777})
    assert words_of(member) == published


def test_what_changed_more_than_usual_is_flagged(network: Centre) -> None:
    centres = four_countries()
    report(centres[0], NOW, total=2000, channel={"phone": 200, "chat": 1800})
    _user, client = person(network, "coordinator")
    words = words_of(client)
    assert re.search(r"Austria Contacts in all 2,000 1,050 \+90\.5 % the quarter before", words)
    assert not re.search(r"Belgium [A-Z][a-z]+ [\d,]+ [\d,]+ .\d", words)


def test_members_are_side_by_side_only_where_they_let_it_be_seen(network: Centre, norway: Centre) -> None:
    centres = four_countries()
    report(norway, total=500, person={"teen-12-18": 300, "child-5-11": 200})
    _user, client = person(norway, "coordinator")
    address = "/en/desk/trends?dimension=person"
    assert "No member that reported this quarter" in words_of(client, address)
    publish_now(network)
    Comparison.objects.create(centre=centres[1], is_open=True, decided_at="2026-11-01T00:00:00Z")
    words = words_of(client, address)
    assert (
        "Belgium" in words
        and "Austria" not in words.partition("Members side by side: ")[2].partition("Contacts, by quarter")[0]
    )
    # Whole per cent for all: 1,540 of 1,980.
    assert "78 %" in words


def test_a_small_number_of_another_member_is_not_shown(network: Centre, norway: Centre) -> None:
    centres = four_countries()
    report(norway, total=500, person={"teen-12-18": 300, "child-5-11": 200})
    report(centres[1], NOW, total=104, person={"teen-12-18": 100, "child-5-11": 4})
    publish_now(network)
    Comparison.objects.create(centre=centres[1], is_open=True, decided_at="2026-11-01T00:00:00Z")
    _user, client = person(norway, "coordinator")
    table = client.get("/en/desk/trends?dimension=person").content.decode().partition('id="side-by-side"')[2]
    row = (
        table.partition("Child 5")[2].partition("</tr>")[0]
        if "Child 5" in table
        else table.partition("5–11")[2].partition("</tr>")[0]
    )
    cells = re.findall(r'<td class="figure-number">([^<]*)</td>', row)
    assert cells.count("–") == 1 and "4 %" not in cells


def test_members_of_another_list_are_not_beside(network: Centre, norway: Centre, denmark: Centre) -> None:
    four_countries()
    report(norway, total=500, reason={"grooming": 500})
    report(denmark, total=400, scheme="insafe-reasons-2018", reason={"grooming": 400})
    Comparison.objects.create(centre=denmark, is_open=True, decided_at="2026-11-01T00:00:00Z")
    _user, client = person(norway, "coordinator")
    assert "No member that reported this quarter" in words_of(client, "/en/desk/trends?dimension=reason")


def test_a_centre_decides_for_itself_whether_others_compare(network: Centre, norway: Centre, denmark: Centre) -> None:
    user, client = person(norway, "data_officer")
    assert client.post("/en/desk/trends/compare", {"open": "1"}).status_code == 302
    assert Comparison.objects.get(centre=norway).is_open
    client.post("/en/desk/trends/compare", {"open": "0"})
    assert not Comparison.objects.get(centre=norway).is_open
    with pytest.raises(NotAllowed):
        let_compare(actor=user, centre=denmark, is_open=True)
    _user, editor = person(norway, "editor")
    assert editor.post("/en/desk/trends/compare", {"open": "1"}).status_code == 403


def test_a_break_is_marked_shown_and_taken_away(network: Centre) -> None:
    centres = four_countries()
    _user, client = person(network, "coordinator")
    assert client.post("/en/desk/trends/breaks", {**FIELDS, "member": centres[0].pk}).status_code == 302
    made = Break.objects.get()
    assert (made.quarter, made.member) == ("2026Q2", centres[0])
    assert "A new system." in words_of(client, "/en/desk/trends/breaks")
    assert "A new system." in words_of(client, "/en/desk/trends?quarter=2026Q2")
    # The member that broke is left out of the comparison over the break, which would tell of it alone then.
    assert figures_of(network, BEFORE)["since"]["quarter"] is None
    assert figures_of(network, NOW)["since"]["year"] is None
    assert figures_of(network, NOW)["since"]["quarter"]["centres"] == 4
    assert client.post(f"/en/desk/trends/breaks/{made.pk}/remove").status_code == 302
    assert not Break.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"quarter": "soon"},
        {"kind": "nothing"},
        {"words": ""},
        {"words": "x" * 401},
        {"member": ""},
        {"kind": "band", "dimension": "x"},
    ],
)
def test_a_wrong_break_keeps_what_was_typed(network: Centre, norway: Centre, wrong: dict[str, str]) -> None:
    _user, client = person(network, "coordinator")
    response = client.post("/en/desk/trends/breaks", {**FIELDS, "member": norway.pk, **wrong})
    assert response.status_code == 422
    assert "Nothing is saved yet" in response.content.decode()
    assert not Break.objects.exists()


def test_only_the_network_marks_breaks_and_shipped_ones_stay(network: Centre, norway: Centre) -> None:
    _user, member = person(norway, "coordinator")
    assert member.post("/en/desk/trends/breaks", {**FIELDS, "member": norway.pk}).status_code == 403
    user, client = person(network, "coordinator")
    shipped = Break.objects.create(centre=network, quarter="2023Q2", kind="scheme", key="reasons-2023")
    assert client.post(f"/en/desk/trends/breaks/{shipped.pk}/remove").status_code == 409
    with pytest.raises(Refused):
        add_break(actor=user, centre=network, quarter=NOW, kind="scheme", dimension="", member=norway, words="x")


def test_a_desk_without_any_quarter_says_so(network: Centre) -> None:
    _user, client = person(network, "coordinator")
    assert "No quarter has been accepted yet." in words_of(client)
    assert client.get("/en/desk/trends?quarter=2026Q7").status_code == 404
    assert client.get("/en/desk/trends?quarter=2026Q1&dimension=%00").status_code == 200


def test_two_reports_are_too_few_for_a_total(network: Centre, norway: Centre, denmark: Centre) -> None:
    report(norway, total=50)
    report(denmark, total=70)
    _user, client = person(norway, "coordinator")
    assert "contacts in all" not in words_of(client)
    _user, coordinator = person(network, "coordinator")
    assert "120 contacts in all." in words_of(coordinator)
    assert country("se", "Sweden").pk
