"""Law explainers and help after a report: the answer in words, where it is written, and how old it is."""

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.test import Client

from havn.awareness.models import HelpAfterReportPage, LawPage
from havn.awareness.rules.freshness import older_than_a_year
from havn.awareness.templatetags.awareness_sourced import dialled, host_of
from tests.awareness.factories import make_listing, make_site
from tests.awareness.test_campaign_page import publish

CHECKED = dt.date(2026, 3, 1)
SOURCE = {
    "title": "Straffeloven",
    "place": "§ 311",
    "url": "https://www.lovdata.no/lov?a=1&b=2",
    "read_on": dt.date(2026, 2, 28),
}


def answer(code: str, question: str) -> tuple[str, dict[str, Any]]:
    """A question with its answer."""
    return (
        "answer",
        {"question": question, "answer": code, "words": f"<p>Because of {code}.</p>", "sources": [SOURCE]},
    )


def make_law(*answers: tuple[str, dict[str, Any]], **values: Any) -> LawPage:
    """A published law explainer of Norway, in English."""
    listing = make_listing(make_site(), "en", title="Learn", slug="learn")
    values = {"title": "The law", "slug": "law", "country": "NO", "as_of": CHECKED, "checked_by": "A lawyer", **values}
    page: LawPage = publish(listing, LawPage(answers=list(answers) or [answer("depends", "May I?")], **values))
    return page


def make_help(**way: Any) -> HelpAfterReportPage:
    """A published page on help after a report, with one kind of help."""
    listing = make_listing(make_site(), "en", title="Learn", slug="learn")
    value = {
        "kind": "compensation", "title": "The office", "for_whom": "Anybody harmed", "words": "<p>You send a form.</p>",
        "cost": "Nothing", "deadline": "As soon as you can", "phone": "22 00 00 00", "url": "https://office.example/",
        "sources": [SOURCE], **way,
    }  # fmt: skip
    page = HelpAfterReportPage(title="Afterwards", slug="help", country="NO", as_of=CHECKED, ways=[("way", value)])
    published: HelpAfterReportPage = publish(listing, page)
    return published


def read(slug: str) -> str:
    """The article at an address, without what is around it."""
    text = Client(headers={"host": "testserver"}).get(f"/en/learn/{slug}").content.decode()
    return html.unescape(text.split("<article")[1].split("</article>")[0])


def test_a_check_holds_for_a_year_of_365_or_366_days_whichever_day_it_was() -> None:
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=number) for number in range(4 * 365 + 1)]
    for later in (-400, 0, 364, 365):
        assert not any(older_than_a_year(day, day + dt.timedelta(days=later)) for day in days)
    for later in (367, 800):
        assert all(older_than_a_year(day, day + dt.timedelta(days=later)) for day in days)
    assert {older_than_a_year(day, day + dt.timedelta(days=366)) for day in days} == {True, False}


@pytest.mark.parametrize(
    ("checked", "last"),
    [
        ("2026-03-01", "2027-03-01"),
        ("2027-03-01", "2028-03-01"),
        ("2028-02-29", "2029-02-28"),
        ("2027-02-28", "2028-02-28"),
    ],
)
def test_the_last_day_of_the_year_after_a_check(checked: str, last: str) -> None:
    first, end = dt.date.fromisoformat(checked), dt.date.fromisoformat(last)
    assert not older_than_a_year(first, end)
    assert older_than_a_year(first, end + dt.timedelta(days=1))


@pytest.mark.django_db
def test_each_answer_stands_in_words_beside_a_sign_and_with_its_source() -> None:
    make_law(answer("legal", "May I one?"), answer("illegal", "May I two?"), answer("depends", "May I three?"))
    text = read("law")
    signs = set()
    for code, words in (("legal", "Legal"), ("illegal", "Not legal"), ("depends", "It depends")):
        found = re.findall(rf'verdict--{code}".*?#([a-z-]+)"></use></svg>\s*<span>([^<]+)</span>', text, re.DOTALL)
        # Once in short at the top, once with the answer.
        assert [said for _sign, said in found] == [words, words]
        signs.add(found[0][0])
        assert f"Because of {code}." in text
    assert len(signs) == 3, "each answer has a sign of its own"
    way = '<a class="ds-link" href="https://www.lovdata.no/lov?a=1&b=2" rel="noreferrer noopener">'
    assert text.count(f"{way}Straffeloven, § 311</a>") == 3
    assert "(lovdata.no, read on 28 February 2026)" in text


@pytest.mark.django_db
def test_a_question_comes_before_its_answer_and_that_before_why_and_where_it_is_written() -> None:
    make_law(answer("illegal", "May I?"))
    text = read("law")
    order = ["True on", "May I?", "Not legal", "Because of illegal.", "Straffeloven", "It is not legal advice"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


@pytest.mark.django_db
def test_it_says_for_which_country_it_was_true_when_who_checked_it_and_whom_to_ask() -> None:
    make_law()
    text = read("law")
    assert "True on 1 March 2026 for Norway." in text
    assert "Checked by: A lawyer." in text
    assert "ask a lawyer or the police" in text
    assert '/directory/no">' in text


@pytest.mark.django_db
@pytest.mark.parametrize(("today", "old"), [("2027-03-01", False), ("2027-03-02", True)])
def test_what_nobody_checked_for_a_year_says_so(today: str, old: bool, time_machine: Any) -> None:
    make_law()
    time_machine.move_to(dt.datetime.fromisoformat(f"{today}T12:00:00+00:00"), tick=False)
    assert ("Nobody has checked this since" in read("law")) is old


@pytest.mark.django_db
def test_help_says_for_whom_how_it_goes_what_it_costs_until_when_and_where_it_is_written() -> None:
    make_help()
    text = read("help")
    for said in (
        "Compensation", "The office", "Anybody harmed", "You send a form.", "Nothing", "As soon as you can",
        'href="tel:+4722000000"', ">office.example<", "Straffeloven, § 311", "for Norway",
    ):  # fmt: skip
        assert said in text, said


@pytest.mark.django_db
def test_a_demo_calls_nobody(settings: Any) -> None:
    make_help()
    settings.DEMO = True
    text = read("help")
    assert "22 00 00 00" in text
    assert "tel:" not in text


@pytest.mark.django_db
def test_what_is_not_told_takes_no_room() -> None:
    make_help(for_whom="", cost="", deadline="", phone="", url="")
    text = read("help")
    for label in ("For whom", "What it costs", "Until when", "Telephone", "Website", "<dl"):
        assert label not in text


@pytest.mark.parametrize(
    ("number", "country", "link"),
    [
        ("22 00 00 00", "NO", "tel:+4722000000"),
        ("+47 22 00 00 00", "NO", "tel:+4722000000"),
        ("116 111", "NO", "tel:116111"),
        ("33 92 33 34", "DK", "tel:+4533923334"),
        ("+45 33 92 33 34", "NO", ""),
        ("ask at school", "NO", ""),
        ("", "NO", ""),
    ],
)
def test_only_what_is_a_number_of_the_country_is_dialled(number: str, country: str, link: str) -> None:
    assert dialled(number, country) == link


def test_an_address_says_whose_pages_it_leads_to() -> None:
    assert [host_of(one) for one in ("https://www.lovdata.no/a", "https://minside.example", "")] == [
        "lovdata.no",
        "minside.example",
        "",
    ]
