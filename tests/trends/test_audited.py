"""Articles and releases of the network are one system: attacked together, neither gives a number of the other back.

The attacker (`tests/releases/attacker.py`) is written apart from the audit and reads only what was published.
"""

import html
from collections import Counter
from typing import Any

import pytest
from django.test import Client

from havn.accounts.models import User
from havn.common.errors import Refused
from havn.releases import api as releases
from havn.releases.models import Release
from havn.statistics.rules.periods import Kind, period_of
from havn.tasks.api import run_due
from havn.tenancy.models import Centre
from havn.trends import auditing
from havn.trends.actions import articles as actions
from havn.trends.models import Article, Fact
from havn.trends.release_tables import network_table, who_gave
from havn.trends.rules.corrections import PUBLISHED
from tests.releases.attacker import Attacker
from tests.releases.factories import make_dataset
from tests.trends.factories import NOW, country, person, report
from tests.trends.telling import (
    NET,
    QUARTERS,
    as_read,
    draft,
    hidden_codes,
    publish,
    quarter_days,
    release,
    reported,
)  # fmt: skip

pytestmark = pytest.mark.django_db


def test_a_draft_is_published_only_when_it_was_audited(network: Centre, four: list[Centre], coordinator: User) -> None:
    reported(four, NOW)
    article = actions.draft_article(actor=coordinator, centre=network, quarter=NOW)
    with pytest.raises(Refused, match="still being checked"):
        actions.publish_article(actor=coordinator, article=article, looked=True)
    run_due()
    assert publish(coordinator, article).state == "published"


def test_an_article_and_then_a_release_give_nothing_back(
    network: Centre, four: list[Centre], coordinator: User
) -> None:  # fmt: skip
    reported(four, NOW, {"other": 0, "letter": 21}, {"letter": 2})
    article = publish(coordinator, draft(coordinator, network))
    found = release(network, "channel", quarter_days())
    told = article.figures
    attacker = Attacker([(NET, "q", as_read(told, "channel", found)), (NET, "q", found.table)])
    assert attacker.hidden and attacker.recovered(5) == []
    assert {code for code, n in told["parts"]["channel"]["codes"].items() if n is None} <= hidden_codes(found.table)
    assert found.audit["against"] == [f"article {article.pk}.0"]


def test_a_release_and_then_an_article_give_nothing_back(
    network: Centre, four: list[Centre], coordinator: User
) -> None:  # fmt: skip
    """A dataset that promised ten has left out more than the article would by itself: the article follows."""
    reported(four, NOW, {"fax": 3}, {"fax": 3}, {"fax": 3})
    found = release(network, "channel", quarter_days(), threshold=10)
    assert "fax" in hidden_codes(found.table)
    article = draft(coordinator, network)
    assert ["channel", "fax"] in article.audit["more"]
    assert article.figures["parts"]["channel"]["codes"]["fax"] is None
    publish(coordinator, article)
    attacker = Attacker([(NET, "q", found.table), (NET, "q", as_read(article.figures, "channel", found))])
    assert attacker.recovered(10) == []


def test_the_sum_of_quarters_against_the_year_gives_nothing_back(
    network: Centre, four: list[Centre], coordinator: User
) -> None:  # fmt: skip
    """Three articles, then the year: what is left is the fourth quarter, of which nobody published anything."""
    for quarter in QUARTERS:
        reported(four, quarter, *({"letter": 8}, {"letter": 8}, {"letter": 9}))
    reported(four, QUARTERS[3], {"letter": 1}, {"letter": 1}, {"letter": 1}, {"letter": 0})
    told = [publish(coordinator, draft(coordinator, network, quarter)) for quarter in QUARTERS[:3]]
    year = release(network, "channel", period_of(Kind.YEAR, NOW.first))
    tables = [(NET, one.quarter, as_read(one.figures, "channel", year)) for one in told]
    attacker = Attacker([*tables, (NET, "2026", year.table)])
    attacker.add_up((NET, "2026"), [(NET, str(quarter)) for quarter in QUARTERS])
    fourth = [name for name in attacker.names if name[1] == "2026Q4"]
    assert fourth and "letter" in hidden_codes(year.table)
    for name in fourth:
        low, high = attacker.interval(name)
        assert high - low >= 5 or low >= 5 or high == 0, name


def test_the_year_and_then_its_quarters(network: Centre, four: list[Centre], coordinator: User) -> None:
    """The year tells of the letters, so that three quarters may not tell theirs one by one: three are left over."""
    for quarter in QUARTERS:
        reported(four, quarter, *({"letter": 8}, {"letter": 8}, {"letter": 9}))
    reported(four, QUARTERS[3], {"letter": 1}, {"letter": 1}, {"letter": 1})
    year = release(network, "channel", period_of(Kind.YEAR, NOW.first))
    assert "letter" not in hidden_codes(year.table)
    told = [publish(coordinator, draft(coordinator, network, quarter)) for quarter in QUARTERS[:3]]
    assert ["channel", "letter"] in told[2].audit["more"]
    tables = [(NET, one.quarter, as_read(one.figures, "channel", year)) for one in told]
    attacker = Attacker([*tables, (NET, "2026", year.table)])
    attacker.add_up((NET, "2026"), [(NET, str(quarter)) for quarter in QUARTERS])
    for name in [one for one in attacker.names if one[1] == "2026Q4"]:
        low, high = attacker.interval(name)
        assert high - low >= 5 or low >= 5 or high == 0, name


@pytest.mark.parametrize("looking", ["at", "be", "cz", "ee"])
def test_a_centre_that_takes_its_own_numbers_away_learns_no_small_one(
    network: Centre, four: list[Centre], coordinator: User, looking: str
) -> None:
    reported(four, NOW, {"letter": 30}, {"letter": 9}, {"letter": 2}, {"letter": 1})
    article = publish(coordinator, draft(coordinator, network))
    found = release(network, "channel", quarter_days())
    key = found.table["dimensions"][0]["key"]
    attacker = Attacker([(NET, "q", as_read(article.figures, "channel", found)), (NET, "q", found.table)])
    own = Counter(
        dict(Fact.objects.filter(reported__centre__slug=looking, dimension="channel").values_list("code", "number"))
    )
    for cell in found.table["cells"]:
        code = cell["codes"][0]
        named = frozenset([(key, code)]) if code else frozenset[tuple[str, str]]()
        attacker.learn((looking, "q", named), own[code] if code else own.total())
    attacker.add_up((NET, "q"), [(looking, "q"), ("others", "q")])
    for name in [one for one in attacker.names if one[0] == "others"]:
        low, high = attacker.interval(name)
        assert high - low >= 5 or low >= 5 or high == 0, (name, low, high)


def test_a_corrected_article_beside_the_first_gives_nothing_back(
    network: Centre, four: list[Centre], coordinator: User
) -> None:  # fmt: skip
    reported(four, NOW, {"other": 0, "letter": 21}, {"letter": 2})
    first = publish(coordinator, draft(coordinator, network)).figures
    article = Article.objects.get()
    actions.withdraw_article(actor=coordinator, article=article)
    reported(four, NOW, {"other": 40, "letter": 60}, {"letter": 40}, {"letter": 30})
    actions.take_figures_anew(actor=coordinator, article=article)
    run_due()
    article.refresh_from_db()
    second = publish(coordinator, article).figures
    was = {code for code, number in first["parts"]["channel"]["codes"].items() if number is None}
    now = {code for code, number in second["parts"]["channel"]["codes"].items() if number is None}
    assert "letter" in was and was <= now and len(second[PUBLISHED]) == 2
    release_ = release(network, "channel", quarter_days())
    assert was <= hidden_codes(release_.table)
    for one in (first, second):
        assert Attacker([(NET, "q", as_read(one, "channel", release_, lowest=0))]).recovered(5) == []


def test_a_sum_that_one_list_leaves_out_is_not_told_by_another(
    network: Centre, four: list[Centre], coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All lists of a quarter add up to its total: where a release has left it out, no article tells it."""
    reported(four, NOW)
    # Kept under another measure, so that it is read for its sum alone.
    elsewhere = make_dataset(network, source="trends.channel", measure="test.channel")
    found = release(network, "channel", quarter_days(), elsewhere)
    found.dataset.measure = "trends.channel"
    whole = next(cell for cell in found.table["cells"] if cell["codes"] == [""])
    whole["count"] = None
    monkeypatch.setattr("havn.trends.told.releases_of", lambda centre: _Rows(found))
    article = draft(coordinator, network)
    assert article.audit["state"] == auditing.SAFE, article.audit
    assert article.figures["total"] is None and ["total", "all"] in article.audit["more"]


class _Rows(list[Release]):
    """Releases as if they were read with these numbers."""

    def __init__(self, *found: Release) -> None:
        super().__init__(found)

    def filter(self, **fields: Any) -> "_Rows":
        measures, numbers = fields.get("dataset__measure__in"), fields.get("pk__in")
        return _Rows(
            *(
                one
                for one in self
                if (measures is None or one.dataset.measure in measures) and (numbers is None or one.pk in numbers)
            )
        )

    def defer(self, *fields: str) -> "_Rows":
        return self

    def order_by(self, *fields: str) -> "_Rows":
        return self


def test_a_release_that_comes_between_audit_and_publishing_stops_it(
    network: Centre, four: list[Centre], coordinator: User
) -> None:  # fmt: skip
    reported(four, NOW)
    article = draft(coordinator, network)
    release(network, "channel", quarter_days())
    with pytest.raises(Refused, match="Something else was published"):
        publish(coordinator, article)
    actions.take_figures_anew(actor=coordinator, article=article)
    run_due()
    assert publish(coordinator, article).state == "published"


def test_an_article_that_comes_between_audit_and_publishing_stops_a_release(
    network: Centre, four: list[Centre], coordinator: User
) -> None:  # fmt: skip
    reported(four, NOW)
    dataset = make_dataset(network, source="trends.channel", measure="trends.channel")
    table = network_table("channel", quarter_days())
    assert table is not None
    prepared = releases.prepare(dataset, table, first=NOW.first, last=NOW.last)
    publish(coordinator, draft(coordinator, network))
    with pytest.raises(Refused, match="Something else was published"):
        releases.publish(prepared, None)


def test_what_cannot_be_told_safely_is_said_on_the_page(
    network: Centre, four: list[Centre], coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsafe(*args: object, **fields: object) -> None:
        raise releases.Unsafe("not-safe", [{"codes": {"channel": "phone"}}])

    reported(four, NOW)
    monkeypatch.setattr("havn.trends.auditing.releases.audit", unsafe)
    article = draft(coordinator, network)
    _user, client = person(network, "coordinator")
    page = html.unescape(client.get(f"/en/desk/trends/quarter/{NOW}").content.decode())
    assert "readers could work out a number that is left out" in page and "Channels: " in page
    with pytest.raises(Refused, match="whatever this article leaves out"):
        publish(coordinator, article)


def test_numbers_that_moved_on_are_not_audited_as_if_they_had_not(
    network: Centre, four: list[Centre], coordinator: User
) -> None:  # fmt: skip
    reported(four, NOW)
    article = actions.draft_article(actor=coordinator, centre=network, quarter=NOW)
    report(four[0], NOW, total=500, channel={"phone": 500})
    run_due()
    article.refresh_from_db()
    assert article.audit == {"state": auditing.REFUSED, "percent": 0, "code": "moved-on", "cells": []}


def test_the_page_says_that_it_works_and_what_went_besides(
    network: Centre, four: list[Centre], coordinator: User
) -> None:  # fmt: skip
    reported(four, NOW, {"fax": 3}, {"fax": 3}, {"fax": 3})
    release(network, "channel", quarter_days(), threshold=10)
    _user, client = person(network, "coordinator")
    page: Client = client
    page.post(f"/en/desk/trends/quarter/{NOW}/draft")
    assert "are being checked with everything" in page.get(f"/en/desk/trends/quarter/{NOW}").content.decode()
    run_due()
    words = html.unescape(page.get(f"/en/desk/trends/quarter/{NOW}").content.decode())
    assert "Checked, also together with" in words and "these are left out as well" in words
    assert "What is accepted now is not" not in words


def test_a_release_says_who_reported_of_how_many(network: Centre, four: list[Centre]) -> None:
    reported(four[:3], NOW)
    reported(four, NOW.before)
    country("fi", "Finland")
    quarter = who_gave("channel", quarter_days())
    assert (quarter.names, quarter.asked) == (["Austria", "Belgium", "Czechia"], 5)
    year = who_gave("channel", period_of(Kind.YEAR, NOW.first))
    assert year.asked == 5 and "Estonia (Q2 2026 only)" in year.names


def test_contacts_that_a_list_says_nothing_of_are_not_known_in_it(four: list[Centre]) -> None:
    report(four[0], NOW, total=100, channel={"phone": 60})
    rows = Fact.objects.filter(reported__centre=four[0])
    assert rows.get(dimension="channel", code="unknown").number == 40
    assert rows.get(dimension="gender", code="unknown").number == 100
