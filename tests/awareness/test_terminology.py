"""Older terms are found where the centre itself speaks, and left where somebody is quoted."""

import pytest
from django.test import Client

from havn.awareness.editor.terminology import warnings_of
from havn.awareness.models import ArticlePage, ListingPage
from havn.awareness.rules.terminology import DA, EN, NB, older_terms, older_terms_in_html
from tests.accounts.factories import make_staff, signed_in_client
from tests.awareness.factories import make_article, make_listing, make_site
from tests.awareness.test_workflow import write

OLD = "child pornography"


@pytest.mark.parametrize(
    ("text", "term", "instead"),
    [
        ("A report on child pornography online", "child pornography", EN),
        ("Child-porn was found", "Child-porn", EN),
        ("They shared CP in a group", "CP", EN),
        ("Deling av barnepornografi er straffbart", "barnepornografi", NB),
        ("barnepornografisk materiale", "barnepornografisk", NB),
        ("Politiet fandt børneporno.", "børneporno", DA),
        ("«Et sitat» og barneporno", "barneporno", NB),
    ],
)
def test_an_older_term_is_found_with_what_to_write_instead(text: str, term: str, instead: str) -> None:
    assert [(one.term, one.instead) for one in older_terms(text)] == [(term, instead)]


@pytest.mark.parametrize(
    "text",
    [
        "child sexual abuse material",
        f"The act is called “The {OLD} act”.",
        f'He wrote "{OLD}" in 1998.',
        "Loven sa «barneporno» før.",
        "Loven sagde »børneporno« før.",
        "run cp file; model CP-40; an ECP",
    ],
)
def test_quotations_and_other_words_are_left_alone(text: str) -> None:
    assert older_terms(text) == []


def test_a_quotation_mark_that_is_never_closed_hides_nothing_in_the_next_paragraph() -> None:
    html = f'<p>A screen of 27" is</p><p>what {OLD} was seen on, 15"</p>'
    assert [one.term for one in older_terms_in_html(html)] == [OLD]


def test_block_quotations_are_left_alone_in_rich_text_and_bold_letters_hide_nothing() -> None:
    html = f"<p>Not <b>child</b> pornography</p><blockquote>{OLD}</blockquote><p>after</p>"
    assert [one.around for one in older_terms_in_html(html)] == ["Not child pornography"]


def article_with(listing: ListingPage) -> ArticlePage:
    """An older term in steps, in words and in a quotation."""
    return make_article(
        listing,
        title=f"On {OLD}",
        body=[
            ("quote", {"words": f"I saw {OLD}", "who": "A judge"}),
            ("words", f"<p>All about {OLD}</p>"),
            ("steps", {"title": "", "steps": ["<p>Do</p>", "<p>Report CP here</p>"]}),
        ],
    )


@pytest.mark.django_db
def test_a_page_is_read_whole_and_each_finding_says_where_it_stands() -> None:
    found = warnings_of(article_with(make_listing(make_site())))
    assert [one.where for one in found] == ["Title", "Body, 2: Words", "Body, 3: Steps"]
    assert found[1].found.around == f"All about {OLD}"


def said(client: Client) -> str:
    """What the next screen of the editor tells."""
    return client.get("/desk/editor/").content.decode()


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_the_editor_is_warned_and_nothing_is_blocked() -> None:
    listing = make_listing(make_site())
    client = signed_in_client(make_staff(listing.centre, "publisher"))
    answer = write(client, listing, title="About barneporno", **{"action-publish": "1"})
    assert answer.status_code == 302
    assert ArticlePage.objects.get().live
    text = said(client)
    assert "Title" in text
    assert NB in text
    write(client, listing, title="About nothing", slug="other", **{"action-publish": "1"})
    assert NB not in said(client)
