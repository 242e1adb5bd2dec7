"""Ask, work out, publish, correct, throw away."""

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client

from havn.audit.models import Entry
from havn.common.errors import NotAllowed, Refused
from havn.releases import actions, api, queries
from havn.releases.models import Dataset, Preparation, Release
from havn.releases.preparing import Unsafe
from havn.releases.rules.periods import period_named
from havn.releases.rules.tables import ALL
from havn.releases.tasks import KEPT, forget
from havn.releases.working import work_out
from havn.statistics.rules.periods import Period
from havn.tasks.api import run_due
from havn.tenancy.models import Centre
from tests.releases.factories import Q1, Q2, YEAR, grid, make_dataset, make_release, network
from tests.releases.people import SOURCE, client_of, member, offered
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db
NUMBERS = grid([[20, 3, 9], [14, 8, 30], [7, 12, 0]])


def period(slug: str) -> Period:
    found = period_named(slug)
    assert found is not None
    return found


def asked(dataset: Dataset, slug: str = "2025-q1", note: str = "") -> Preparation:
    return actions.ask(actor=member(dataset.centre), dataset=dataset, period=period(slug), note=note)


def test_what_somebody_asks_for_is_worked_out_in_the_background(centre: Centre) -> None:
    with offered(NUMBERS):
        made = asked(make_dataset(centre, source=SOURCE))
        assert (made.state, made.percent) == ("waiting", 0)
        assert run_due() == 1
    made.refresh_from_db()
    assert (made.state, made.percent) == ("ready", 100)
    counts = {tuple(cell["codes"]): cell["count"] for cell in made.table["cells"]}
    assert counts["reason0", "age1"] is None and counts["reason1", "age2"] == 30 and counts["reason2", "age2"] == 0
    assert counts[ALL, ALL] == 103
    assert {"codes": ["reason0", "age1"], "why": "small"} in made.log
    assert len(made.audit["intervals"]) == len(made.log) == sum(number is None for number in counts.values())


def test_what_is_stored_never_holds_a_hidden_number(centre: Centre) -> None:
    """Only the interval, which the public could work out as well."""
    with offered(grid([[2003, 3, 9], [14, 8, 30], [7, 12, 0]])):
        made = asked(make_dataset(centre, source=SOURCE))
        run_due()
    made.refresh_from_db()
    hidden = {tuple(one["codes"]) for one in made.log}
    assert {tuple(cell["codes"]) for cell in made.table["cells"] if cell["count"] is None} == hidden
    assert all(set(one) == {"codes", "why"} for one in made.log)
    assert all(one["high"] is None or one["high"] - one["low"] >= 5 for one in made.audit["intervals"])


def test_a_coordinator_publishes_what_was_prepared(centre: Centre) -> None:
    with offered(NUMBERS):
        made = asked(make_dataset(centre, source=SOURCE))
        run_due()
    actor = member(centre)
    made.refresh_from_db()
    release = actions.publish_prepared(actor=actor, preparation=made)
    assert (release.version, release.corrects, release.table, release.published_by) == (1, None, made.table, actor.pk)
    assert not Preparation.objects.exists()
    entry = Entry.objects.latest("pk")
    assert (entry.action, entry.subject, entry.actor_id) == ("releases.published", f"release:{release.pk}", actor.pk)


def test_what_is_not_ready_is_not_published(centre: Centre) -> None:
    with offered(NUMBERS):
        made = asked(make_dataset(centre, source=SOURCE))
    with pytest.raises(Refused, match="not ready"):
        actions.publish_prepared(actor=member(centre), preparation=made)
    assert not Release.objects.exists()


def test_it_is_refused_when_something_was_published_meanwhile(centre: Centre) -> None:
    dataset = make_dataset(centre)
    prepared = api.prepare(dataset, NUMBERS, first=Q1[0], last=Q1[1])
    make_release(make_dataset(centre), grid([[20, 30, 90]]))
    with pytest.raises(Refused, match="published since"):
        api.publish(prepared, member(centre))
    again = api.prepare(dataset, NUMBERS, first=Q1[0], last=Q1[1])
    assert api.publish(again, member(centre)).version == 1


def test_the_same_prepared_twice_is_published_once(centre: Centre) -> None:
    prepared = api.prepare(make_dataset(centre), NUMBERS, first=Q1[0], last=Q1[1])
    api.publish(prepared, member(centre))
    with pytest.raises(Refused):
        api.publish(prepared, member(centre))


def test_a_correction_is_a_new_version_that_names_the_old_one(centre: Centre) -> None:
    dataset = make_dataset(centre)
    first = make_release(dataset)
    second = make_release(dataset, grid([[40, 3, 9], [14, 8, 30], [7, 12, 0]]), note="Twenty letters came late.")
    assert (second.version, second.corrects, second.note) == (2, first, "Twenty letters came late.")
    assert second.audit["against"] == [str(first.pk)]
    hidden = [{tuple(one["codes"]) for one in release.log} for release in (first, second)]
    assert hidden[0] <= hidden[1]
    assert queries.newest_version(dataset, *Q1) == second


def test_a_correction_that_changes_nothing_is_refused(centre: Centre) -> None:
    dataset = make_dataset(centre)
    make_release(dataset)
    with pytest.raises(Unsafe, match="same"):
        api.prepare(dataset, NUMBERS, first=Q1[0], last=Q1[1])


def test_a_published_period_is_prepared_again_only_with_what_is_corrected(centre: Centre) -> None:
    dataset = make_dataset(centre, source=SOURCE)
    days = (dt.date(2025, 1, 1), dt.date(2025, 3, 31))
    make_release(dataset, days=days)
    with offered(grid([[40, 3, 9], [14, 8, 30], [7, 12, 0]])):
        with pytest.raises(Refused, match="published already"):
            asked(dataset)
        made = asked(dataset, note="Twenty letters came late.")
        run_due()
    made.refresh_from_db()
    release = actions.publish_prepared(actor=member(centre), preparation=made)
    assert (release.version, release.note) == (2, "Twenty letters came late.")


def test_a_period_that_is_not_over_is_refused(centre: Centre) -> None:
    with offered(NUMBERS), pytest.raises(Refused, match="that is over"):
        asked(make_dataset(centre, source=SOURCE), "2090")
    with pytest.raises(Refused, match="come from elsewhere"):
        asked(make_dataset(centre))


@pytest.mark.parametrize(("table", "code"), [(None, "nothing"), (grid([[0, 0]]), "nothing")])
def test_nothing_to_count_is_said(centre: Centre, table: object, code: str) -> None:
    with offered(table):  # type: ignore[arg-type]
        made = asked(make_dataset(centre, source=SOURCE))
        run_due()
    made.refresh_from_db()
    assert (made.state, made.refusal["code"], made.table) == ("refused", code, None)


def test_what_cannot_be_protected_is_refused_and_says_which_numbers(centre: Centre) -> None:
    dataset = make_dataset(centre, source=SOURCE)
    even, odd = grid([[20, 20], [20, 20]]), grid([[62, 80], [80, 80]])
    quarters = [(dt.date(2025, m, 1), dt.date(2025, m + 2, d)) for m, d in ((1, 31), (4, 30), (7, 30))]
    for days in quarters:
        make_release(dataset, even, days)
    year = api.prepare(dataset, even, first=dt.date(2025, 1, 1), last=dt.date(2025, 12, 31))
    told = [{"codes": list(codes), "count": number} for codes, number in odd.whole.items()]
    api.publish(replace(year, table={**year.table, "cells": told}, log=[]), None)
    with offered(grid([[2, 20], [20, 20]])):
        made = asked(dataset, "2025-q4")
        run_due()
    made.refresh_from_db()
    assert (made.state, made.refusal["code"]) == ("refused", "not-safe")
    assert made.refusal["cells"]


def test_working_twice_does_no_harm_and_what_is_gone_is_left_alone(centre: Centre) -> None:
    with offered(NUMBERS):
        made = asked(make_dataset(centre, source=SOURCE))
        work_out.call(made.pk)
        table = Preparation.objects.get().table
        work_out.call(made.pk)
        assert Preparation.objects.get().table == table
        actions.discard(actor=member(centre), preparation=made)
        work_out.call(made.pk)
    assert not Preparation.objects.exists()


def test_what_is_read_together(centre: Centre) -> None:
    """Of one measure, of days that touch; other centres only where the network published."""
    dataset, other = make_dataset(centre), make_dataset(make_centre(host=None))
    mine, later = make_release(dataset), make_release(dataset, days=Q2)
    make_release(make_dataset(centre, measure="test.other"))
    theirs = make_release(other)

    def together(days: tuple[dt.date, dt.date], *, of_network: bool) -> list[str]:
        return queries.read_together(dataset.measure, centre, *days, of_network=of_network)

    def keys(*releases: Release) -> list[str]:
        return sorted(str(one.pk) for one in releases)

    assert together(Q1, of_network=False) == keys(mine)
    assert together(YEAR, of_network=False) == keys(mine, later)
    assert together(Q1, of_network=True) == keys(mine, theirs)
    parts = {name: [[90, 70, 85], [60, 55, 69], [73, 82, 67]] for name in ("a", "b", "c", "d")}
    whole = make_release(make_dataset(make_centre(host=None, kind="network")), network(parts))
    assert whole.table["population"] == "*"
    assert together(Q1, of_network=False) == keys(mine, theirs, whole)


def test_the_strictest_threshold_of_what_is_read_together_holds(centre: Centre) -> None:
    """A second dataset of the same talks with a lower one would open what the first has closed."""
    lax = make_dataset(centre, threshold=3)
    assert make_release(lax).audit["threshold"] == 5
    strict = make_dataset(centre, threshold=10, measure="test.strict")
    make_release(strict)
    beside = make_dataset(centre, threshold=5, measure="test.strict")
    found = make_release(beside)
    assert found.audit["threshold"] == 10
    shown = [cell["count"] for cell in found.table["cells"] if cell["count"] is not None]
    assert len(shown) > 3 and not [number for number in shown if 0 < number < 10]


@pytest.mark.parametrize("role", ["data_officer", "counsellor", "editor"])
def test_only_a_coordinator_publishes(centre: Centre, role: str) -> None:
    with offered(NUMBERS):
        made = asked(make_dataset(centre, source=SOURCE))
        run_due()
    answer = client_of(centre, role).post(f"/en/desk/releases/prepared/{made.pk}/publish")
    assert answer.status_code == 403
    with pytest.raises(NotAllowed):
        actions.publish_prepared(actor=member(centre, role), preparation=made)
    assert not Release.objects.exists()


def test_publishing_and_throwing_away_on_the_desk(centre: Centre) -> None:
    dataset = make_dataset(centre, source=SOURCE)
    desk = client_of(centre)
    with offered(NUMBERS):
        one, two = asked(dataset), asked(dataset, "2025-q2")
        run_due()
        run_due()
    answer = desk.post(f"/en/desk/releases/prepared/{one.pk}/publish")
    release = Release.objects.get()
    assert answer.headers["Location"] == f"/en/desk/releases/published/{release.pk}"
    answer = desk.post(f"/en/desk/releases/prepared/{two.pk}/discard")
    assert answer.headers["Location"] == f"/en/desk/releases/{dataset.pk}"
    assert not Preparation.objects.exists()
    assert desk.post(f"/en/desk/releases/prepared/{two.pk}/publish").status_code == 404


def test_another_centre_touches_nothing_of_it(centre: Centre) -> None:
    with offered(NUMBERS):
        made = asked(make_dataset(centre, source=SOURCE))
        run_due()
    stranger = client_of(make_centre(host="denmark.localhost"))
    for action in ("publish", "discard"):
        assert stranger.post(f"/en/desk/releases/prepared/{made.pk}/{action}").status_code == 404
    assert Preparation.objects.exists()


def test_a_form_without_its_token_is_refused(centre: Centre) -> None:
    with offered(NUMBERS):
        made = asked(make_dataset(centre, source=SOURCE))
    strict = Client(enforce_csrf_checks=True, headers={"host": "testserver"})
    strict.cookies = client_of(centre).cookies
    assert strict.post(f"/en/desk/releases/prepared/{made.pk}/discard").status_code == 403
    assert Preparation.objects.exists()


def test_what_nobody_published_is_forgotten(centre: Centre) -> None:
    with offered(NUMBERS):
        old, new = asked(make_dataset(centre, source=SOURCE)), asked(make_dataset(centre, source=SOURCE))
    Preparation.objects.filter(pk=old.pk).update(asked_at=old.asked_at - KEPT - dt.timedelta(minutes=1))
    assert forget.call() == 1
    assert list(Preparation.objects.all()) == [new]
