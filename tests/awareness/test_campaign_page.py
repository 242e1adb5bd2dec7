"""Campaigns: how long it still is, the countries that take part, their pages, and the days for a calendar."""

import datetime as dt
import html
from typing import Any

import pytest
import vobject
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from havn.awareness.editor.groups import follow_memberships
from havn.awareness.models import CampaignCountryPage, CampaignPage
from havn.awareness.queries import fronts_of, locale_for
from havn.awareness.rules.campaign import State, standing
from tests.accounts.factories import make_staff, signed_in_client
from tests.awareness.factories import make_site

SID = dt.date(2027, 2, 9)
# A busy machine is no fault of the rule.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1))


def make_campaign(language: str = "en", host: str = "testserver", **values: Any) -> CampaignPage:
    """A published campaign below the front of a centre of its own."""
    centre = make_site(host, ("nb", "en"))
    front = fronts_of(centre).get(locale__language_code=language)
    return publish(front, CampaignPage(**{"title": "Safer Internet Day", "slug": "sid", "starts_on": SID, **values}))


def make_country(campaign: CampaignPage, code: str, organiser: str = "Somebody", **values: Any) -> CampaignCountryPage:
    """A published page of a country in it."""
    values = {"title": f"In {code}", "slug": f"in-{code.lower()}", **values}
    return publish(campaign, CampaignCountryPage(country=code, organiser=organiser, **values))


def publish(parent: Any, page: Any) -> Any:
    page.locale = locale_for(parent.locale.language_code)
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def read(address: str, status: int = 200) -> str:
    answer = Client(headers={"host": "testserver"}).get(address)
    assert answer.status_code == status, address
    return html.unescape(answer.content.decode())


@PATIENT
@given(DAYS, st.integers(0, 400), DAYS)
def test_a_campaign_is_ahead_on_or_over_and_the_days_add_up(first: dt.date, length: int, today: dt.date) -> None:
    last = first + dt.timedelta(days=length)
    found = standing(first, last, today)
    assert (found.state is State.AHEAD) == (today < first)
    assert (found.state is State.OVER) == (today > last)
    edge = {State.AHEAD: first - dt.timedelta(days=found.days), State.OVER: last + dt.timedelta(days=found.days)}
    assert edge.get(found.state, last - dt.timedelta(days=found.days)) == today
    assert found.days >= 0


@PATIENT
@given(DAYS, st.integers(1, 400))
def test_only_a_campaign_of_several_days_is_under_way_and_its_last_day_is_said(first: dt.date, length: int) -> None:
    last = first + dt.timedelta(days=length)
    assert standing(first, first, first).state is State.TODAY
    assert standing(first, last, last).state is State.LAST_DAY
    assert standing(first, last, first).state is State.UNDER_WAY
    # The weekday alone is said only where the same weekday cannot come before: never a week ahead or more.
    assert standing(first, last, first).ends_this_week is (length < 7)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "ends_on", "said"),
    [
        ("2026-12-30T12:00Z", None, "41 days to go"),
        ("2027-02-08T12:00Z", None, "1 day to go"),
        # By the clocks of Oslo it is the day already.
        ("2027-02-08T23:30Z", None, ">Today<"),
        ("2027-02-09T22:30Z", None, ">Today<"),
        ("2027-02-09T23:30Z", None, "It was on Tuesday 9 February 2027"),
        ("2027-02-10T12:00Z", "2027-02-12", "Until Friday"),
        ("2027-02-10T12:00Z", "2027-03-12", "Until 12 March 2027"),
        ("2027-02-12T12:00Z", "2027-02-12", "Today is the last day"),
        ("2027-02-14T12:00Z", "2027-02-12", "It was on 9 February 2027 to 12 February 2027"),
    ],
)
def test_a_campaign_says_how_long_it_still_is_by_the_centres_own_calendar(
    moment: str, ends_on: str | None, said: str, time_machine: Any
) -> None:
    time_machine.move_to(dt.datetime.fromisoformat(moment.replace("Z", "+00:00")), tick=False)
    make_campaign(ends_on=dt.date.fromisoformat(ends_on) if ends_on else None)
    assert said in read("/en/sid")


@pytest.mark.django_db
def test_days_stand_in_the_language_of_the_reader(time_machine: Any) -> None:
    time_machine.move_to(dt.datetime(2026, 12, 30, 12, tzinfo=dt.UTC), tick=False)
    make_campaign("nb", slogan="Sammen på nett")
    text = read("/nb/sid")
    assert "Tirsdag 9. februar 2027" in text
    assert "Sammen på nett" in text


@pytest.mark.django_db
def test_the_count_may_be_left_out_but_not_that_it_is_over(time_machine: Any) -> None:
    time_machine.move_to(dt.datetime(2026, 12, 30, 12, tzinfo=dt.UTC), tick=False)
    make_campaign(countdown=False)
    assert "days to go" not in read("/en/sid")
    time_machine.move_to(dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC), tick=False)
    assert "It was on" in read("/en/sid")


@pytest.mark.django_db
def test_countries_stand_by_name_and_are_found_by_name_code_and_organiser() -> None:
    campaign = make_campaign()
    for code, organiser in (("NO", "Medietilsynet"), ("AT", "Saferinternet.at"), ("DK", "Medierådet")):
        make_country(campaign, code, organiser)
    hidden = make_country(campaign, "FI")
    hidden.unpublish()
    text = read("/en/sid")
    assert [text.index(name) for name in (">Austria<", ">Denmark<", ">Norway<")] == sorted(
        text.index(name) for name in (">Austria<", ">Denmark<", ">Norway<")
    )
    assert ">Finland<" not in text
    for wanted, found in (("norw", "Norway"), ("dk", "Denmark"), ("medierad", "Denmark"), ("AUST", "Austria")):
        text = read(f"/en/sid?country={wanted}")
        assert f">{found}<" in text
        assert "1 country found" in text
    nothing = Client(headers={"host": "testserver"}).get("/en/sid?country=%3Cb%3Ezz").content.decode()
    assert "0 countries found" in nothing
    assert "&lt;b&gt;zz" in nothing
    assert "<b>" not in nothing


@pytest.mark.django_db
def test_a_country_says_who_what_and_when_it_was_last_changed(time_machine: Any, settings: Any) -> None:
    time_machine.move_to(dt.datetime(2026, 11, 20, 23, 30, tzinfo=dt.UTC), tick=False)
    campaign = make_campaign()
    body = [("words", "<p>Lessons in every school.</p>")]
    make_country(
        campaign, "NO", "Medietilsynet", website="https://www.example.no/sid", contact_email="sid@example.no", body=body
    )
    text = read("/en/sid/in-no")
    for said in ("Norway", "Medietilsynet", "Lessons in every school", ">example.no<", "Tuesday 9 February 2027"):
        assert said in text, said
    # Half past twelve at night in Oslo: the 21st.
    assert "Profile last updated on 21 November 2026." in text
    assert 'href="mailto:sid@example.no"' in text
    settings.DEMO = True
    shown = read("/en/sid/in-no")
    assert "sid@example.no" in shown
    assert "mailto:" not in shown.split("<article")[1].split("</article>")[0]


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_country_pages_are_filled_by_people_of_the_tree_they_stand_in_and_by_nobody_else() -> None:
    country = make_country(make_campaign(), "NO")
    own, other = country.centre, make_site("other.test", ("nb", "en"))
    for centre, host, may in ((own, "testserver", True), (other, "other.test", False)):
        editor = make_staff(centre, "editor")
        follow_memberships(editor)
        assert country.permissions_for_user(editor).can_edit() is may
        answer = signed_in_client(editor, host=host).get(f"/desk/editor/pages/{country.pk}/edit/")
        assert (answer.status_code == 200) is may


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ends_on", "after"), [(None, dt.date(2027, 2, 10)), (dt.date(2027, 2, 12), dt.date(2027, 2, 13))]
)
def test_the_days_go_into_a_calendar_as_whole_days(ends_on: dt.date | None, after: dt.date) -> None:
    campaign = make_campaign(ends_on=ends_on, slogan="Together, for a better internet; \\ all")
    answer = Client(headers={"host": "testserver"}).get("/en/sid/campaign.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="sid.ics"'
    event = vobject.readOne(answer.content.decode()).vevent
    assert (event.dtstart.value, event.dtend.value) == (SID, after)
    assert event.summary.value == "Safer Internet Day"
    assert event.description.value == campaign.slogan
    assert event.url.value == "http://testserver/en/sid"
    assert event.uid.value == f"{campaign.translation_key}@campaigns.havn"
    assert event.dtstamp.value == campaign.last_published_at.replace(microsecond=0)


@pytest.mark.django_db
def test_there_is_no_calendar_of_a_draft_nor_of_another_kind_of_page() -> None:
    campaign = make_campaign()
    make_country(campaign, "NO")
    read("/en/sid/in-no/campaign.ics", 404)
    campaign.unpublish()
    read("/en/sid/campaign.ics", 404)


@pytest.mark.django_db
def test_a_country_of_a_campaign_that_is_taken_back_does_not_lead_to_it() -> None:
    campaign = make_campaign()
    make_country(campaign, "NO")
    CampaignPage.objects.filter(pk=campaign.pk).update(live=False)
    text = read("/en/sid/in-no")
    assert "What the other countries do" not in text
    assert "days to go" not in text
