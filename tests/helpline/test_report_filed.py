"""One coding, three reports: what is mapped, what is not, and that they agree with each other."""

import datetime as dt
import json
from pathlib import Path

import pytest

from havn.accounts.models import Role
from havn.helpline.actions.figures import count_in
from havn.helpline.mappings import mappings, reasons_to
from havn.helpline.models import Contact
from havn.helpline.report_filed import Filed, chi_year, national, quarter
from havn.helpline.rules.figures import Reason
from havn.statistics.rules.periods import Kind, period_of
from havn.statistics.rules.tables import Table
from tests.accounts.factories import make_staff, signed_in_client
from tests.helpline.figures import TALK, contact, contacts, helpline

pytestmark = pytest.mark.django_db
Q1_2026 = period_of(Kind.QUARTER, dt.date(2026, 2, 1))
YEAR_2026 = period_of(Kind.YEAR, dt.date(2026, 2, 1))


def table(filed: Filed, key: str) -> Table:
    return next(one for one in filed.tables if one.key == key)


def numbers(filed: Filed, key: str) -> dict[str, int]:
    return {line.code: line.numbers[0] for line in table(filed, key).lines}


def test_the_quarter_counts_talks_about_something_online_alone() -> None:
    service = helpline()
    contacts(3, service, "2026-02-10", "grooming", "gaming")
    contact(service, "2026-02-10", "gaming", channel="letter", platform="")
    contacts(2, service, "2026-02-10", "gaming", online=False, place="", platform="")
    contact(service, "2026-02-10", online=None, place="", platform="")
    contact(service, "2026-02-10", talk=False)
    filed = quarter([service.pk], Q1_2026)
    reasons = numbers(filed, "reason-insafe-reasons-2023")
    assert (reasons["grooming"], reasons["gaming"], reasons["suicide"]) == (3, 1, 0)
    assert numbers(filed, "channel") == {"chat": 3, "web-form": 1}
    assert numbers(filed, "platform") == {"Roblox": 3, "unknown": 1}
    assert "Left out: 2 talks not about anything online, 1 that do not say." in filed.coverage
    assert "Without a platform: 1 of 4." in filed.coverage


def test_a_quarter_before_the_change_has_the_older_list_and_one_after_it_the_newer() -> None:
    service = helpline()
    contacts(2, service, "2023-03-31", "sextortion")
    contacts(5, service, "2023-04-01", "oscec")
    before = quarter([service.pk], period_of(Kind.QUARTER, dt.date(2023, 3, 31)))
    after = quarter([service.pk], period_of(Kind.QUARTER, dt.date(2023, 4, 1)))
    assert numbers(before, "reason-insafe-reasons-2018")["sextortion"] == 2
    assert "oscec" not in numbers(before, "reason-insafe-reasons-2018")
    assert numbers(after, "reason-insafe-reasons-2023")["oscec"] == 5
    assert len([one for one in before.tables if one.key.startswith("reason-")]) == 1


def test_a_period_over_the_change_reports_both_lists_and_says_so() -> None:
    service = helpline()
    contacts(2, service, "2023-03-31", "sextortion")
    contacts(5, service, "2023-04-01", "oscec")
    filed = quarter([service.pk], period_of(Kind.SPAN, dt.date(2023, 3, 1), dt.date(2023, 4, 30)))
    assert numbers(filed, "reason-insafe-reasons-2018")["sextortion"] == 2
    assert numbers(filed, "reason-insafe-reasons-2023")["oscec"] == 5
    assert any("changed in this period" in note for note in filed.notes)


def test_the_year_of_the_child_helplines_groups_what_can_be_grouped_and_tells_the_rest() -> None:
    service = helpline()
    contacts(3, service, "2026-02-10", "suicide")
    contacts(2, service, "2026-08-10", "cyberbullying", gender="boy-or-man")
    contact(service, "2026-08-10", "technical-settings")
    contact(service, "2026-08-10", outcome="silent")
    contact(service, "2026-08-10", talk=False)
    filed = chi_year([service.pk], YEAR_2026)
    assert numbers(filed, "chi-group") == {"violence": 2, "mental-health": 3, "unknown": 1}
    grid = table(filed, "chi-gender")
    assert {line.code: sum(line.numbers) for line in grid.lines} == {"violence": 2, "mental-health": 3, "unknown": 1}
    assert numbers(filed, "outcome-without-talk") == {"silent": 1}
    assert "Answered: 7 of 8 attempts." in filed.coverage
    assert any("1 of 6 talks" in sentence and "Technical settings" in sentence for sentence in filed.coverage)
    assert filed.notes


def test_the_three_reports_count_the_same_talks() -> None:
    service = helpline()
    contacts(4, service, "2026-02-10", "grooming")
    contacts(3, service, "2026-02-11", "gaming")
    online = sum(numbers(quarter([service.pk], Q1_2026), "reason-insafe-reasons-2023").values())
    year = sum(sum(line.numbers) for line in table(chi_year([service.pk], YEAR_2026), "chi-age").lines)
    country = national([service.pk], YEAR_2026)
    assert online == year == sum(numbers(country, "reason").values()) == 7
    assert numbers(country, "four-cs") == {"contact": 4, "conduct": 3}


def test_what_was_coded_with_a_list_of_other_days_is_not_known_in_every_table() -> None:
    service = helpline()
    contacts(2, service, "2026-02-10", "grooming")
    stray = [Reason("insafe-reasons-2018", "sextortion", True)]
    at, centre_id = dt.datetime(2026, 2, 10, 15, tzinfo=dt.UTC), service.organisation.centre_id
    count_in(Contact.objects.create(centre_id=centre_id, service=service, half_hour=at, **TALK), stray)
    reasons = numbers(quarter([service.pk], Q1_2026), "reason-insafe-reasons-2023")
    assert (reasons["grooming"], reasons["unknown"]) == (2, 1)
    country = national([service.pk], YEAR_2026)
    assert numbers(country, "reason") == {"grooming": 2, "unknown": 1}
    assert {line.code: sum(line.numbers) for line in table(country, "reason-age").lines} == {
        "grooming": 2,
        "unknown": 1,
    }


def test_every_mapping_names_terms_that_there_are_and_where_it_comes_from() -> None:
    data = Path("havn/helpline/data/helpline-reasons.json")
    terms = {term["code"]: term for term in json.loads(data.read_text(encoding="utf-8"))["terms"]}
    for name in ("four_cs", "chi"):
        assert set(reasons_to(name)) <= set(terms)
        assert mappings()[name]["source"] and mappings()[name]["status"] == "proposal"
    assert {code: term.get("four_c") for code, term in terms.items() if term.get("four_c")} == reasons_to("four_cs")
    assert set(reasons_to("chi").values()) <= set(mappings()["chi"]["groups"])
    moved = {code: term["replaced_by"] for code, term in terms.items() if term.get("replaced_by")}
    assert moved == mappings()["reasons_2018_to_2023"]["terms"]
    new = {code for code, term in terms.items() if term["in"] == ["insafe-reasons-2023"]} - set(moved.values())
    assert new == set(mappings()["reasons_2018_to_2023"]["new"])


@pytest.mark.parametrize("report", ["quarter", "chi", "national"])
def test_each_report_has_its_screen(report: str) -> None:
    service = helpline()
    contacts(2, service, "2026-02-10", "grooming")
    client = signed_in_client(make_staff(service.organisation, Role.SUPERVISOR))
    answer = client.get(f"/en/desk/figures/report/{report}?day=2026-02-10")
    assert answer.status_code == 200
    assert "What this report covers" in answer.content.decode()
    assert client.get("/en/desk/figures/report/other").status_code == 404
