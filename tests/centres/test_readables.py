"""What is published can be found as text: only what the public may read, at this centre."""

import datetime as dt

import pytest
from wagtail.models import PageViewRestriction

from havn.awareness.models import GuidePage
from havn.awareness.reading.readables import plain
from havn.centres.readables import Readable, readable, readables
from havn.tenancy.models import Centre
from tests.awareness.factories import _add, make_article, make_listing, make_site
from tests.directory.factories import confirm, make_line, make_way


def titles(centre: Centre, words: str, language: str = "nb", limit: int = 10) -> list[str]:
    return [one.title for one in readables(centre, words, language, limit)]


@pytest.mark.django_db
def test_an_article_comes_with_its_words_and_no_marks_of_html() -> None:
    centre = make_site()
    body = [
        ("heading", "Hva er det?"),
        ("words", "<p>Noen <b>lurer</b> deg &amp; andre.</p><ul><li>Stopp</li><li>Si ifra</li></ul>"),
        ("steps", {"title": "", "steps": ["<p>Ta et bilde.</p>", "<p>Lagre det.</p>"]}),
    ]
    page = make_article(make_listing(centre), title="Om svindel", summary="Kort\nsagt.", body=body)
    (one,) = readables(centre, "svindel", "nb")
    assert one == Readable(
        kind="article",
        title="Om svindel",
        lead="Kort sagt.",
        text="Hva er det?\n\nNoen lurer deg & andre.\n\n– Stopp\n– Si ifra\n\n1. Ta et bilde.\n2. Lagre det.",
        path=page.url or "",
        language="nb",
        key=f"page:{page.pk}",
    )
    assert one.path.startswith("/nb/")
    assert readable(centre, one.key, "en") == one


@pytest.mark.django_db
def test_what_the_public_may_not_read_is_neither_found_nor_given() -> None:
    centre, other = make_site(), make_site("other.test")
    listing = make_listing(centre)
    draft = make_article(listing, title="Skjult utkast", live=False)
    members = make_article(listing, title="Skjult for medlemmer")
    PageViewRestriction.objects.create(page=members, restriction_type=PageViewRestriction.LOGIN)
    gone = make_article(listing, title="Skjult og borte")
    gone.unpublish()
    elsewhere = make_article(make_listing(other), title="Skjult hos andre")
    assert titles(centre, "skjult") == []
    for page in (draft, members, gone, elsewhere, listing):
        assert readable(centre, f"page:{page.pk}", "nb") is None
    assert titles(other, "skjult") == ["Skjult hos andre"]


@pytest.mark.django_db
def test_the_reader_s_language_comes_first_then_the_centre_s() -> None:
    centre = make_site(languages=("nb", "en", "da"))
    make_article(make_listing(centre), title="Snapchat norsk")
    make_article(make_listing(centre, "en", slug="news"), title="Snapchat English")
    make_article(make_listing(centre, "da", slug="nyt"), title="Snapchat dansk")
    assert titles(centre, "snapchat", "en") == ["Snapchat English", "Snapchat norsk"]
    assert titles(centre, "snapchat", "de") == ["Snapchat norsk"]
    assert titles(centre, "snapchat", "en", limit=1) == ["Snapchat English"]


@pytest.mark.django_db
def test_a_guide_says_its_parts_and_the_day_it_was_looked_at() -> None:
    centre = make_site()
    listing = make_listing(centre, "en", slug="guides")
    steps = [("steps", {"title": "On a phone", "steps": ["<p>Press the gear.</p>"]})]
    guide = GuidePage(title="Snapchat", slug="snapchat", as_of=dt.date(2026, 3, 1), reporting=steps, summary="Safer.")
    _add(listing, guide, "en")
    (one,) = readables(centre, "gear", "en")
    assert one.kind == "guide"
    assert one.text == "How to report\n\nOn a phone\n\n1. Press the gear.\n\nLooked at on: 1 March 2026"


@pytest.mark.django_db
def test_services_of_the_country_say_for_whom_how_and_when() -> None:
    centre = make_site()
    centre.country_code = "NO"
    centre.save()
    entry = make_line(centre, "Fyrlykta", audiences=["children"], free=True, anonymous=True)
    make_way(entry, number="116 111", rule="Mo-Su 14:00-22:00")
    confirm(entry, dt.datetime.now(dt.UTC))
    (one,) = readables(centre, "fyrlykta", "en")
    assert (one.kind, one.title, one.lead) == ("service", "Fyrlykta", "For: children and young people")
    assert "Phone: 116 111" in one.text
    assert "Free\nYou don't have to say who you are" in one.text
    assert one.path == "/en/directory/no"
    assert [found.path for found in readables(centre, "fyrlykta", "nb")] == ["/nb/directory/no"]
    assert one.now.startswith("Phone: ")
    found = readable(centre, one.key, "en")
    assert found is not None
    assert found.text == one.text
    entry.ended_on = dt.date(2020, 1, 1)
    entry.save()
    assert titles(centre, "fyrlykta", "en") == []
    assert readable(centre, one.key, "en") is None


@pytest.mark.django_db
def test_titles_with_the_words_come_before_texts_with_them() -> None:
    centre = make_site()
    listing = make_listing(centre)
    make_article(listing, title="Noe annet", body=[("words", "<p>Kors hjelper</p>")])
    make_line(centre, "Kors på halsen")
    assert titles(centre, "kors") == ["Kors på halsen", "Noe annet"]


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["", "  ", "\x00", '"', "* OR (", "a" * 5000])
def test_odd_words_find_nothing_and_break_nothing(words: str) -> None:
    assert readables(make_site(), words, "nb") == []


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "page:", "page:x", "page:-1", "page:\x00", "service:x", "service:9", "page:²"])
def test_odd_keys_are_nothing(key: str) -> None:
    assert readable(make_site(), key, "nb") is None


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<p>a<br/>b</p>", "a\nb"),
        ('<p><a linktype="page" id="3">Words</a> &lt;script&gt;</p>', "Words <script>"),
        ("", ""),
    ],
)
def test_rich_text_as_plain_text(html: str, text: str) -> None:
    assert plain(html) == text
