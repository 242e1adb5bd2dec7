"""How far translations are, and a whole round of a PO file through the editor."""

import datetime as dt
from typing import Any

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import Locale, PageLogEntry
from wagtail_localize.models import Translation, TranslationSource

from havn.awareness.models import ArticlePage, ListingPage
from havn.awareness.queries import fronts_of, locale_for
from havn.awareness.rules.translating import State, state_of
from havn.awareness.sharing.translating import translation_matrix
from havn.config.uploads import upload_at
from tests.accounts.factories import make_staff, signed_in_client
from tests.awareness.factories import make_article, make_listing, make_site

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
EARLY, LATE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.datetime(2026, 2, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("there", "live", "published", "source", "state"),
    [
        (False, False, None, EARLY, State.MISSING),
        (True, False, None, EARLY, State.DRAFT),
        (True, False, EARLY, EARLY, State.DRAFT),
        (True, True, LATE, EARLY, State.LIVE),
        (True, True, EARLY, LATE, State.BEHIND),
        (True, True, EARLY, None, State.LIVE),
    ],
)
def test_a_translation_is_behind_when_its_source_was_published_after_it(
    there: bool, live: bool, published: dt.datetime | None, source: dt.datetime | None, state: State
) -> None:
    assert state_of(is_there=there, is_live=live, published_at=published, source_published_at=source) == state


def states(centre: Any, **wishes: str) -> dict[str, list[str]]:
    """The states of the rows asked for, in the order of the centre's languages."""
    return {row.title: [cell.state for cell in row.cells] for row in translation_matrix(centre, **wishes).rows}


def test_the_matrix_follows_a_page_through_its_translation() -> None:
    centre = make_site()
    listing = make_listing(centre)
    article = make_article(listing, title="Bilder", slug="bilder")
    assert states(centre) == {"Aktuelt": ["source", "missing"], "Bilder": ["source", "missing"]}
    english_list = listing.copy_for_translation(locale_for("en"))
    english_list.save_revision().publish()
    english = article.copy_for_translation(locale_for("en"))
    assert states(centre)["Bilder"] == ["source", "draft"]
    english.save_revision().publish()
    assert states(centre)["Bilder"] == ["source", "live"]
    article.save_revision().publish()
    assert states(centre)["Bilder"] == ["source", "behind"]
    assert states(centre, kind="articlepage") == {"Bilder": ["source", "behind"]}
    assert states(centre, state="behind") == {"Bilder": ["source", "behind"]}
    counts = translation_matrix(centre).counts["en"]
    assert (counts[State.LIVE], counts[State.BEHIND], counts[State.MISSING]) == (1, 1, 0)


def test_the_screen_leads_to_translating_and_editing_and_shows_no_other_centre_s_pages() -> None:
    centre = make_site()
    article = make_article(make_listing(centre), title="Bilder")
    make_article(make_listing(make_site("other.test")), title="Andres utkast", live=False)
    text = signed_in_client(make_staff(centre, "editor")).get("/desk/pages?state=missing&kind=articlepage").content
    page = text.decode()
    assert f"/desk/editor/localize/submit/page/{article.pk}/?select_locale=en" in page
    assert f"/desk/editor/pages/{article.pk}/edit/" in page
    assert "Andres utkast" not in page


class Round:
    """An article in Norwegian whose listing is there in English too, an editor and a publisher."""

    def __init__(self) -> None:
        self.centre = make_site()
        self.listing = make_listing(self.centre)
        english = self.listing.copy_for_translation(locale_for("en"))
        english.slug = "news"
        english.save_revision().publish()
        body = [("heading", "Spør først"), ("words", "<p>Bildet er <b>ditt</b>.</p>")]
        self.article = make_article(self.listing, title="Bilder", slug="bilder", body=body)
        self.editor = signed_in_client(make_staff(self.centre, "editor"))
        self.publisher = signed_in_client(make_staff(self.centre, "publisher"))

    def submit(self, client: Client | None = None, language: str = "en") -> Any:
        locale = Locale.objects.get(language_code=language)
        return (client or self.editor).post(
            f"/desk/editor/localize/submit/page/{self.article.pk}/", {"locales": [locale.pk]}
        )

    def english(self) -> ArticlePage:
        return ArticlePage.objects.get(locale__language_code="en")


def test_a_page_goes_out_as_po_comes_back_and_is_published_by_a_publisher(
    django_capture_on_commit_callbacks: Any,
) -> None:
    story = Round()
    assert story.submit().status_code == 302
    translation = Translation.objects.get(source__object_id=story.article.translation_key)
    download = story.editor.get(f"/desk/editor/localize/translate/{translation.pk}/pofile/download/")
    assert download.headers["Content-Type"].startswith("text/x-gettext-translation")
    po = polib.pofile(download.content.decode())
    words = {"Bilder": "Pictures", "bilder": "pictures", "Kort sagt.": "In short.", "Spør først": "Ask first",
             "Bildet er <b>ditt</b>.": "The picture is <b>yours</b>."}  # fmt: skip
    assert {entry.msgid for entry in po} == set(words)
    for entry in po:
        entry.msgstr = words[entry.msgid]
    address = f"/desk/editor/localize/translate/{translation.pk}/pofile/upload/"
    assert upload_at(address).longest >= 1024 * 1024
    file = SimpleUploadedFile("bilder.po", str(po).encode(), "text/x-gettext-translation")
    story.editor.post(address, {"file": file, "next": "/desk/editor/"})
    edit = f"/desk/editor/pages/{story.english().pk}/edit/"
    story.editor.post(edit, {"localize-restart-translation": "1"})
    with django_capture_on_commit_callbacks(execute=True):
        story.editor.post(edit, {"action": "publish"})
    reader = Client(headers={"host": "testserver"})
    assert reader.get("/en/news/pictures").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        story.publisher.post(edit, {"action": "publish"})
    text = reader.get("/en/news/pictures").content.decode()
    assert "<b>yours</b>" in text
    assert "Ask first" in text
    assert PageLogEntry.objects.filter(page=story.english().pk, action="wagtail.publish").exists()


def test_asking_for_a_translation_publishes_nothing_and_is_written_as_any_page() -> None:
    story = Round()
    answer = story.submit()
    english = story.english()
    assert answer.headers["Location"] == f"/desk/editor/pages/{english.pk}/edit/"
    assert not english.live
    assert Client(headers={"host": "testserver"}).get("/en/news/bilder").status_code != 301
    page = story.editor.get(answer.headers["Location"]).content.decode()
    assert 'name="action-submit"' in page


def test_pages_of_other_centres_are_not_translated_and_no_tree_is_made_by_the_way() -> None:
    story = Round()
    stranger = signed_in_client(make_staff(make_site("other.test"), "publisher"), host="other.test")
    assert story.submit(stranger).status_code in {302, 403}
    assert not ArticlePage.objects.filter(locale__language_code="en").exists()
    locale_for("da")
    story.submit(language="da")
    assert not ListingPage.objects.filter(locale__language_code="da").exists()
    assert fronts_of(story.centre).count() == 2


def test_bringing_translations_up_to_date_publishes_for_publishers_alone(
    django_capture_on_commit_callbacks: Any,
) -> None:
    story = Round()
    story.submit()
    Translation.objects.update(enabled=True)
    source = TranslationSource.objects.get(object_id=story.article.translation_key)
    address = f"/desk/editor/localize/update/{source.pk}/"
    stranger = signed_in_client(make_staff(make_site("other.test"), "publisher"), host="other.test")
    for client, is_live in ((story.editor, False), (stranger, False), (story.publisher, True)):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(address, {"publish_translations": "on"})
        assert story.english().live == is_live


def test_the_library_s_report_leads_to_ours() -> None:
    story = Round()
    answer = story.editor.get("/desk/editor/localize/reports/translations/")
    assert answer.headers["Location"] == "/desk/pages"


def test_a_translation_whose_source_is_deleted_is_a_page_of_its_own_and_no_screen_of_it_fails() -> None:
    story = Round()
    story.submit()
    english, translation = story.english(), Translation.objects.get(target_locale__language_code="en")
    screens = [
        f"/desk/editor/localize/translate/{translation.pk}/{part}"
        for part in ("pofile/download/", "preview/", "strings/1/edit/", "overrides/1/edit/")
    ]
    source = TranslationSource.objects.get(object_id=english.translation_key)
    # As an installation has it in which a source went before this was looked after.
    ArticlePage.objects.get(pk=story.article.pk).delete()
    kept = TranslationSource.objects.create(
        object_id=source.object_id,
        locale=source.locale,
        specific_content_type=source.specific_content_type,
        object_repr="Bilder",
        content_json=source.content_json,
        last_updated_at=EARLY,
    )
    Translation.objects.create(pk=translation.pk, source=kept, target_locale=english.locale)
    for screen in screens:
        assert story.editor.get(screen).status_code == 404, screen
    edited = story.editor.get(f"/desk/editor/pages/{english.pk}/edit/")
    assert edited.status_code == 200
    assert 'name="summary"' in edited.content.decode()
    assert not TranslationSource.objects.filter(pk=kept.pk).exists()


def test_what_a_translation_was_made_from_goes_with_its_page() -> None:
    story = Round()
    story.submit()
    ArticlePage.objects.get(pk=story.article.pk).delete()
    assert not TranslationSource.objects.filter(object_id=story.article.translation_key).exists()
    assert story.editor.get(f"/desk/editor/pages/{story.english().pk}/edit/").status_code == 200
    assert story.editor.get("/desk/pages").status_code == 200


def test_the_screens_of_a_translation_without_a_page_are_not_there() -> None:
    story = Round()
    story.submit()
    there = Translation.objects.get(target_locale__language_code="en")
    gone = Translation.objects.create(source=there.source, target_locale=locale_for("da"))
    address = "/desk/editor/localize/translate/{}/pofile/download/"
    assert story.editor.get(address.format(there.pk)).status_code == 200
    assert story.editor.get(address.format(gone.pk)).status_code == 404
    assert story.editor.get(f"/desk/editor/localize/translate/{gone.pk}/preview/").status_code == 404
    story.english().delete()
    assert story.editor.get(address.format(there.pk)).status_code == 404
    assert story.editor.get(f"/desk/editor/pages/{story.article.pk}/edit/").status_code == 200
