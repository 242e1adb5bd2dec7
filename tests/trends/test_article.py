"""The quarterly article: sentences out of computed numbers, edited and checked against them, published by few."""

import html
import re

import pytest
from django.test import Client

from havn.common.errors import NotAllowed, Refused
from havn.tasks.api import run_due
from havn.tenancy.models import Centre
from havn.trends.actions import articles as actions
from havn.trends.article import compose
from havn.trends.marks import marks_in
from havn.trends.models import Article, ArticleText, HistoryQuarter, PublishedFigure
from havn.trends.queries.articles import figures_of
from tests.trends.factories import NOW, YEAR, country, four_countries, person, report

pytestmark = pytest.mark.django_db
ADDRESS = f"/en/desk/trends/quarter/{NOW}"


@pytest.fixture
def writer(network: Centre) -> Client:
    four_countries()
    _user, client = person(network, "coordinator")
    client.post(f"{ADDRESS}/draft")
    run_due()
    return client


def posted(text: ArticleText, **changes: str) -> dict[str, object]:
    """What the form sends: each part under its key, with some of them changed."""
    return {
        "language": text.language, "version": str(text.version), "title": text.title,
        "key": [part["key"] for part in text.parts],
        "part": [changes.get(part["key"], part["text"]) for part in text.parts],
    }  # fmt: skip


def english() -> ArticleText:
    return ArticleText.objects.get(language="en")


def test_every_number_of_the_draft_is_bound_in_every_language(network: Centre) -> None:
    four_countries()
    found = figures_of(network, NOW)
    for language in ("en", "nb", "da"):
        draft = compose(found, language)
        assert {one.key for one in draft.sentences} >= {
            "total",
            "since-quarter",
            "since-year",
            "person",
            "reason",
            "rising",
        }
        for one in draft.sentences:
            assert marks_in({"key": one.key, "text": one.text}, draft, language) == [], f"{language}: {one.text}"
            assert not re.search(r"%\(|None", one.text)


def test_the_sentences_say_what_was_computed(network: Centre) -> None:
    four_countries()
    said = {one.key: one.text for one in compose(figures_of(network, NOW), "en").sentences}
    assert "4 of 4 helplines reported 11,000 contacts about something online." in said["total"]
    # 11,000 after 10,500.
    assert said["since-quarter"] == (
        "In the 4 helplines that also reported the quarter before, contacts rose by just under 5 per cent."
    )
    assert "contacts rose by 10 per cent in the 4 helplines that reported both" in said["since-year"]
    # Of 9,900 whose person is known: 7,700 teens, 2,200 children.
    assert "just under 78 per cent of the contacts of which it is known" in said["person"].lower()
    assert "e-crime (40 per cent)" in said["reason"].lower()
    # 30 per cent after 22.2: points, never per cent.
    assert "by 7.8 percentage points" in said["rising"]


def test_nothing_is_said_of_what_is_unknown_or_left_out(network: Centre) -> None:
    centres = four_countries()
    report(centres[0], NOW, total=100, gender={"other": 100})
    for one in centres[1:]:
        report(one, NOW, total=1000)
    said = {one.key: one.text for one in compose(figures_of(network, NOW), "en").sentences}
    assert set(said) == {"total", "since-quarter", "since-year"}


def test_the_published_history_is_told_and_not_compared(network: Centre) -> None:
    four_countries()
    row = HistoryQuarter.objects.create(centre=network, quarter=str(YEAR), basis="stated", source="https://x.test/")
    PublishedFigure.objects.create(row=row, dimension="total", code="all", value=20000, qualifier="just over")
    for quarter in (YEAR,):
        from havn.trends.models import Reported

        Reported.objects.filter(quarter=str(quarter)).delete()
    said = {one.key: one.text for one in compose(figures_of(network, NOW), "en").sentences}
    assert "just over 20,000 contacts were published; which helplines are in that is not known" in said["since-year"]


def test_too_few_reports_make_no_article(network: Centre, norway: Centre, denmark: Centre) -> None:
    report(norway, total=50), report(denmark, total=70)
    user, client = person(network, "coordinator")
    assert client.post(f"{ADDRESS}/draft").status_code == 409
    assert not Article.objects.exists()
    four_countries()
    actions.draft_article(actor=user, centre=network, quarter=NOW)
    with pytest.raises(Refused, match="already"):
        actions.draft_article(actor=user, centre=network, quarter=NOW)


def test_a_draft_stands_in_every_language_of_the_network(writer: Client) -> None:
    assert set(ArticleText.objects.values_list("language", flat=True)) == {"en", "nb", "da"}
    for language in ("en", "nb", "da"):
        assert writer.get(f"{ADDRESS}?language={language}").status_code == 200
    assert writer.get(f"{ADDRESS}?language=xx").status_code == 404


def test_a_changed_number_is_marked_and_kept(writer: Client) -> None:
    text = english()
    total = next(part["text"] for part in text.parts if part["key"] == "total")
    response = writer.post(ADDRESS, posted(text, total=total.replace("11,000", "12,000")))
    assert response.status_code == 302
    page = html.unescape(writer.get(ADDRESS).content.decode())
    assert "“12,000” does not stand as it was computed" in page
    assert "(not in the text)" in page
    assert "12,000" in next(part["text"] for part in english().parts if part["key"] == "total")


def test_words_may_be_edited_a_paragraph_left_out_and_one_added(writer: Client) -> None:
    text = english()
    data = posted(text, missing="", person="Many were teens.", gender="")
    data["key"] = [*data["key"], "own", "own"]  # type: ignore[misc]
    data["part"] = [*data["part"], "Some helplines tell of 3 new tricks.", ""]  # type: ignore[misc]
    writer.post(ADDRESS, data)
    keys = [part["key"] for part in english().parts]
    assert "gender" not in keys and keys[-1] == "own"
    page = html.unescape(writer.get(ADDRESS).content.decode())
    assert "“3” does not stand as it was computed" in page
    assert "Computed, and not in the text" in page


def test_two_people_at_one_text_lose_nothing(writer: Client, network: Centre) -> None:
    text = english()
    _user, other = person(network, "editor")
    assert other.post(ADDRESS, posted(text, person="First.")).status_code == 302
    response = writer.post(ADDRESS, posted(text, person="Second."))
    assert response.status_code == 409
    page = html.unescape(response.content.decode())
    assert "Somebody else saved this text meanwhile." in page and "Second." in page
    assert "First." in [part["text"] for part in english().parts]


@pytest.mark.parametrize("version", ["", "-1", "x", "9" * 30, "²"])
def test_an_odd_version_saves_nothing(writer: Client, version: str) -> None:
    data = {**posted(english()), "version": version, "title": "Other"}
    assert writer.post(ADDRESS, data).status_code == 409
    assert english().title != "Other"


def test_a_title_is_asked_for_and_what_is_long_is_cut(writer: Client) -> None:
    assert writer.post(ADDRESS, {**posted(english()), "title": " "}).status_code == 409
    writer.post(ADDRESS, {**posted(english(), total="x" * 5000), "title": "T" * 500})
    assert len(english().title) == 200
    assert max(len(part["text"]) for part in english().parts) == 2000


def test_a_later_report_is_said_and_taken_by_a_press(norway: Centre, writer: Client) -> None:
    assert "What is accepted now is not" not in writer.get(ADDRESS).content.decode()
    report(norway, total=1500)
    assert "What is accepted now is not" in writer.get(ADDRESS).content.decode()
    writer.post(f"{ADDRESS}/figures")
    page = html.unescape(writer.get(ADDRESS).content.decode())
    assert "What is accepted now is not" not in page
    assert "“11,000” does not stand as it was computed" in page
    writer.post(f"{ADDRESS}/words", {"language": "en"})
    assert "12,500" in next(part["text"] for part in english().parts if part["key"] == "total")


def test_a_published_article_is_changed_by_nobody(writer: Client) -> None:
    writer.post(f"{ADDRESS}/publish")
    assert writer.post(ADDRESS, posted(english(), person="Other.")).status_code == 409
    for way in ("figures", "words", "publish"):
        assert writer.post(f"{ADDRESS}/{way}", {"language": "en"}).status_code == 409
    assert "readonly" in writer.get(ADDRESS).content.decode()
    assert writer.post(f"{ADDRESS}/withdraw").status_code == 302
    assert Article.objects.get().state == "draft"


def test_publishing_keeps_the_words_that_were_not_saved(writer: Client) -> None:
    response = writer.post(ADDRESS, {**posted(english(), person="Many were teens."), "then": "publish"})
    assert response.status_code == 302
    assert Article.objects.get().state == "published"
    assert "Many were teens." in [part["text"] for part in english().parts]


def test_new_numbers_keep_the_words_that_were_not_saved(norway: Centre, writer: Client) -> None:
    report(norway, total=1500)
    writer.post(ADDRESS, {**posted(english(), person="Many were teens."), "then": "figures"})
    assert Article.objects.get().figures["total"] == 12_500
    assert "Many were teens." in [part["text"] for part in english().parts]


def test_the_screen_has_one_way_to_publish_and_asks_before_words_are_lost(writer: Client) -> None:
    page = writer.get(ADDRESS).content.decode()
    assert f'action="{ADDRESS}/publish"' not in page and 'name="then" value="publish"' in page
    assert f'action="{ADDRESS}/words"' in page.partition("<details>")[2].partition("</details>")[0]


def test_marked_numbers_are_published_when_somebody_looked(writer: Client) -> None:
    total = next(part["text"] for part in english().parts if part["key"] == "total")
    changed = posted(english(), total=total.replace("11,000", "12,000"))
    response = writer.post(ADDRESS, {**changed, "then": "publish"})
    assert response.status_code == 409
    assert "Numbers are marked in en." in html.unescape(response.content.decode())
    assert Article.objects.get().state == "draft"
    assert "12,000" in next(part["text"] for part in english().parts if part["key"] == "total")
    assert writer.post(f"{ADDRESS}/publish").status_code == 409
    writer.post(ADDRESS, {**posted(english()), "then": "publish", "looked": "1"})
    assert Article.objects.get().state == "published"


def published_and_withdrawn(writer: Client) -> None:
    run_due()
    assert writer.post(f"{ADDRESS}/publish", {"looked": "1"}).status_code == 302
    writer.post(f"{ADDRESS}/withdraw")
    run_due()


def test_a_correction_of_few_contacts_is_not_published(writer: Client) -> None:
    austria = Centre.objects.get(slug="at")
    published_and_withdrawn(writer)
    published_and_withdrawn(writer)  # Nothing changed: the same numbers may be read again.
    for total, answer in ((1103, 409), (1105, 302)):
        report(austria, total=total, reason={"e-crime": 0})
        assert writer.post(f"{ADDRESS}/figures").status_code == answer
        assert Article.objects.get().figures["total"] == (11_005 if answer == 302 else 11_000)
    run_due()
    assert writer.post(f"{ADDRESS}/publish", {"looked": "1"}).status_code == 409, "Austria alone: its own difference"
    for slug, total in (("be", 2206), ("cz", 3307)):
        report(Centre.objects.get(slug=slug), total=total, reason={"e-crime": 0})
    writer.post(f"{ADDRESS}/figures")
    run_due()
    assert writer.post(f"{ADDRESS}/publish", {"looked": "1"}).status_code == 302


def test_a_single_helpline_that_comes_late_is_not_told_by_the_difference(norway: Centre, writer: Client) -> None:
    published_and_withdrawn(writer)
    report(norway, total=500)
    response = writer.post(f"{ADDRESS}/figures")
    assert response.status_code == 409 and "Norway" in html.unescape(response.content.decode())
    for code, name in (("dk", "Denmark"), ("se", "Sweden")):
        report(country(code, name), total=500)
    assert writer.post(f"{ADDRESS}/figures").status_code == 302
    assert Article.objects.get().figures["total"] == 12_500


def test_what_was_left_out_of_a_published_quarter_stays_left_out(writer: Client) -> None:
    austria = Centre.objects.get(slug="at")
    report(austria, total=900, reason={"gaming": 33, "cyberbullying": 867})
    writer.post(f"{ADDRESS}/figures")
    published_and_withdrawn(writer)
    hidden = {
        code for code, number in Article.objects.get().figures["parts"]["reason"]["codes"].items() if number is None
    }
    assert "gaming" in hidden and len(hidden) > 1
    report(austria, total=2000, reason={"cyberbullying": 2000, "grooming": 500, "e-crime": 700})
    writer.post(f"{ADDRESS}/figures")
    found = Article.objects.get().figures
    assert found["total"] == 11_900
    assert all(found["parts"]["reason"]["codes"].get(code) is None for code in hidden)


@pytest.mark.parametrize(("role", "writes", "publishes"), [
    ("coordinator", True, True), ("editor", True, False), ("data_officer", True, False), ("publisher", False, True),
    ("administrator", False, False), ("early_warning", False, False),
])  # fmt: skip
def test_who_writes_and_who_publishes(network: Centre, role: str, writes: bool, publishes: bool) -> None:
    four_countries()
    user, _client = person(network, role)
    writer, _client = person(network, "coordinator")
    if writes:
        actions.draft_article(actor=user, centre=network, quarter=NOW)
    else:
        with pytest.raises(NotAllowed):
            actions.draft_article(actor=user, centre=network, quarter=NOW)
        actions.draft_article(actor=writer, centre=network, quarter=NOW)
    run_due()
    article = Article.objects.get()
    if publishes:
        actions.publish_article(actor=user, article=article)
    else:
        with pytest.raises(NotAllowed):
            actions.publish_article(actor=user, article=article)


def test_nobody_of_a_country_sees_a_draft(writer: Client, norway: Centre) -> None:
    _user, member = person(norway, "coordinator")
    assert member.get(ADDRESS).status_code == 404
    assert member.post(f"{ADDRESS}/publish").status_code == 404
    assert Article.objects.get().state == "draft"
