"""A resource of one centre becomes a draft in another's tree, with its files, and both pages say so."""

import io
import json
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image
from wagtail.models import PageLogEntry

from havn.audit.models import Entry
from havn.awareness.models import Adaptation, CentreSite, PageUse, Picture, PublishedFile, ResourcePage
from havn.awareness.queries import locale_for
from havn.tenancy.models import Centre
from tests.accounts.factories import make_staff, signed_in_client
from tests.awareness.factories import _add, make_article, make_listing, make_site

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
DANISH = "da.test"


def room_of(centre: Centre) -> Any:
    return CentreSite.objects.get(centre=centre).collection


def make_file(centre: Centre, name: str, **values: Any) -> PublishedFile:
    row = PublishedFile(title=name, collection=room_of(centre), file_size=4, file_hash="0" * 40, **values)
    row.file.save(name, ContentFile(b"file"))
    return row


def make_picture(centre: Centre, name: str = "hus.png") -> Picture:
    body = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(body, "PNG")
    return Picture.objects.create(
        title=name, credit="Ola", collection=room_of(centre), file=ContentFile(body.getvalue(), name)
    )


def make_resource(listing: Any, **values: Any) -> ResourcePage:
    """A published resource with something in every stream."""
    centre = listing.centre
    picture, sheet = make_picture(centre), make_file(centre, "ark.pdf")
    secret = make_file(centre, "fasit.pdf", members_only=True)
    article = make_article(listing, slug="les-mer", title="Les mer")
    shown = {"picture": picture, "alternative": "Et hus", "decoration": False, "caption": ""}
    page = ResourcePage(
        **{
            "title": "Kritisk til bilder",
            "slug": "kritisk",
            "summary": "En time om bilder.",
            "credit": "Kari Nordmann",
            "organisation": centre.organisations.first(),
            "picture": picture,
            "picture_alternative": "Et hus",
            "body": [
                ("words", f'<p><a linktype="document" id="{sheet.pk}">Arket</a> og '
                          f'<a linktype="document" id="{secret.pk}">fasiten</a>, '
                          f'<a linktype="page" id="{article.pk}">les mer</a></p>'),
                ("file", sheet),
            ],
            "files": [("file", {"file": sheet, "about": ""}), ("file", {"file": secret, "about": ""})],
            "lesson": [("step", {"title": "Se", "minutes": 5, "words": "<p>Se</p>", "picture": [shown], "film": [],
                                 "teacher": ""})],
            "easy": [("sentence", {"words": "Se på bildet.", "picture": [shown], "sound": secret})],
            "licence": "cc-by-4.0",
            **values,
        }
    )  # fmt: skip
    return _add(listing, page, "nb")  # type: ignore[return-value]


class Story:
    """A Norwegian resource, a Danish list, and a Danish editor."""

    def __init__(self, **values: Any) -> None:
        self.norway = make_site()
        self.denmark = make_site(DANISH, ("da", "en"))
        self.resource = make_resource(make_listing(self.norway), **values)
        self.listing = make_listing(self.denmark, "da", title="Undervisning", slug="undervisning")
        self.editor = make_staff(self.denmark, "editor")
        self.client = signed_in_client(self.editor, host=DANISH)

    @property
    def address(self) -> str:
        return f"/desk/pages/elsewhere/{self.resource.pk}"

    def adapt(self, listing: Any = None) -> Any:
        return self.client.post(self.address, {"listing": (listing or self.listing).pk})

    def copy(self) -> ResourcePage:
        return ResourcePage.objects.exclude(pk=self.resource.pk).get()


def read(address: str, host: str) -> str:
    return Client(headers={"host": host}).get(address).content.decode()


def test_a_draft_comes_with_everything_but_what_is_for_members_only() -> None:
    story = Story()
    answer = story.adapt()
    copy = story.copy()
    assert answer.headers["Location"] == f"/desk/editor/pages/{copy.pk}/edit/"
    assert not copy.live
    assert (copy.title, copy.slug, copy.language) == ("Kritisk til bilder", "kritisk", "da")
    assert copy.translation_key != story.resource.translation_key
    assert copy.organisation is None
    assert (copy.credit, copy.licence) == ("Kari Nordmann", "cc-by-4.0")
    room = room_of(story.denmark)
    sheet, picture = PublishedFile.objects.get(collection=room), Picture.objects.get(collection=room)
    assert sheet.title == "ark.pdf"
    assert sheet.uploaded_by_user == story.editor
    assert (picture.credit, copy.picture) == ("Ola", picture)
    body, files = copy.body.get_prep_value(), copy.files.get_prep_value()
    assert body[0]["value"] == (
        f'<p><a linktype="document" id="{sheet.pk}">Arket</a> og fasiten, '
        '<a href="http://testserver/nb/aktuelt/les-mer">les mer</a></p>'
    )
    assert body[1]["value"] == sheet.pk
    assert [one["value"]["file"] for one in files] == [sheet.pk]
    step = copy.lesson.get_prep_value()[0]["value"]
    assert step["picture"][0]["value"]["picture"] == picture.pk
    sentence = copy.easy.get_prep_value()[0]["value"]
    assert (sentence["picture"][0]["value"]["picture"], sentence["sound"]) == (picture.pk, None)
    next_screen = story.client.get(answer.headers["Location"]).content.decode()
    assert "These files did not come along: fasit.pdf." in next_screen
    assert Client(headers={"host": DANISH}).get("/da/undervisning/kritisk").status_code == 404


def test_files_of_the_copy_stay_when_those_of_the_source_go() -> None:
    story = Story()
    story.adapt()
    source, copy = Picture.objects.get(collection=room_of(story.norway)), story.copy().picture
    assert source.file.name != copy.file.name
    source.get_rendition("width-20")
    assert not copy.renditions.exists()
    source.file.storage.delete(source.file.name)
    assert copy.get_rendition("width-20").width == 20


def test_the_adaptation_is_written_down_counted_and_on_the_trail() -> None:
    story = Story()
    story.adapt()
    row = Adaptation.objects.get()
    assert (row.page_id, row.source_id, row.how) == (story.copy().pk, story.resource.pk, "translated")
    assert (row.source_centre, row.source_title, row.source_language) == (story.norway, "Kritisk til bilder", "nb")
    assert (row.credit, row.licence, row.made_by) == ("Kari Nordmann", "cc-by-4.0", story.editor)
    assert PageUse.objects.get(kind="adapt").page_id == story.resource.pk
    entry = Entry.objects.get(action="awareness.adapted")
    assert (entry.centre_id, entry.actor_id) == (story.denmark.pk, story.editor.pk)
    assert PageLogEntry.objects.filter(page=story.copy().pk, action="wagtail.create", user=story.editor).exists()


def test_in_the_same_language_it_is_adapted_and_twice_gets_two_addresses() -> None:
    story = Story()
    story.denmark.languages = ["da", "nb"]
    story.denmark.save()
    from havn.awareness.actions.sites import open_site

    open_site(story.denmark)
    listing = make_listing(story.denmark, "nb", title="Undervisning", slug="undervisning")
    story.adapt(listing)
    story.adapt(listing)
    copies = ResourcePage.objects.exclude(pk=story.resource.pk).order_by("pk")
    assert [copy.slug for copy in copies] == ["kritisk", "kritisk-1"]
    assert set(Adaptation.objects.values_list("how", flat=True)) == {"adapted"}


def test_both_pages_show_the_chain_with_each_centre_s_own_name() -> None:
    story = Story()
    story.adapt()
    assert "Other centres made" not in read("/nb/aktuelt/kritisk", "testserver")
    story.copy().get_latest_revision().publish()
    danish = read("/da/undervisning/kritisk", f"{DANISH}:8000")
    assert 'href="http://testserver:8000/nb/aktuelt/kritisk"' in danish
    assert story.norway.name in danish
    assert "CC BY 4.0" in danish
    assert "Kari Nordmann" in danish
    norwegian = read("/nb/aktuelt/kritisk", "testserver:8000")
    assert f'href="http://{DANISH}:8000/da/undervisning/kritisk"' in norwegian
    assert story.denmark.name in norwegian


def test_a_source_taken_back_or_deleted_keeps_its_name_without_a_link() -> None:
    story = Story()
    story.adapt()
    story.copy().get_latest_revision().publish()
    story.resource.unpublish()
    for _again in range(2):
        text = read("/da/undervisning/kritisk", DANISH)
        assert "Kritisk til bilder</cite>" in text
        assert story.norway.name in text
        assert "/nb/aktuelt/kritisk" not in text
        ResourcePage.objects.filter(pk=story.resource.pk).first() and story.resource.delete()


def test_the_chain_goes_back_to_the_first_page_and_reaches_translations_of_the_copy() -> None:
    story = Story()
    story.adapt()
    copy = story.copy()
    copy.get_latest_revision().publish()
    make_listing(story.denmark, "en", title="Teach", slug="teach")
    english_listing = story.listing.copy_for_translation(locale_for("en"))
    english_listing.slug = "lessons"
    english_listing.save_revision().publish()
    english = copy.refresh_from_db() or copy.copy_for_translation(locale_for("en"))
    english.slug = "critical"
    english.save_revision().publish()
    assert "testserver/nb/aktuelt/kritisk" in read("/en/lessons/critical", DANISH)
    third = make_site("third.test", ("nb",))
    into = make_listing(third)
    client = signed_in_client(make_staff(third, "editor"), host="third.test")
    client.post(f"/desk/pages/elsewhere/{copy.pk}", {"listing": into.pk})
    newest = ResourcePage.objects.order_by("-pk")[0]
    newest.get_latest_revision().publish()
    text = read("/nb/aktuelt/kritisk", "third.test")
    assert text.index(f"{DANISH}/da/undervisning/kritisk") < text.index("testserver/nb/aktuelt/kritisk")


@pytest.mark.parametrize(
    ("licence", "says"),
    [("cc-by-nd-4.0", "use it unchanged"), ("reserved", "All rights are reserved. Ask Kari Nordmann")],
)
def test_what_may_not_be_changed_is_not_copied_and_the_screen_says_whom_to_ask(licence: str, says: str) -> None:
    story = Story(licence=licence)
    assert says in story.client.get(story.address).content.decode()
    assert story.adapt().status_code == 409
    assert ResourcePage.objects.count() == 1
    assert not PublishedFile.objects.filter(collection=room_of(story.denmark)).exists()


def test_share_alike_holds_whatever_an_editor_sends_also_in_a_translation_of_the_copy() -> None:
    story = Story(licence="cc-by-sa-4.0")
    assert "Your page keeps this licence" in story.client.get(story.address).content.decode()
    story.adapt()
    copy = story.copy()
    copy.licence = "cc-by-4.0"
    revision = copy.save_revision()
    assert revision.content["licence"] == "cc-by-sa-4.0"
    revision.publish()
    copy.refresh_from_db()
    assert copy.licence == "cc-by-sa-4.0"
    english_listing = story.listing.copy_for_translation(locale_for("en"))
    english_listing.save_revision().publish()
    english = copy.copy_for_translation(locale_for("en"))
    english.licence = "cc0-1.0"
    english.save_revision().publish()
    english.refresh_from_db()
    assert english.licence == "cc-by-sa-4.0"
    story.resource.licence = "cc-by-4.0"
    story.resource.save_revision().publish()
    story.resource.refresh_from_db()
    assert story.resource.licence == "cc-by-4.0"


def test_nothing_is_left_when_it_fails_half_way(monkeypatch: pytest.MonkeyPatch) -> None:
    from havn.awareness.actions import adapting

    story = Story()

    def fail(**_values: Any) -> None:
        raise RuntimeError("half way")

    monkeypatch.setattr(adapting, "note_source", fail)
    before = {name: set(default_storage.listdir(name)[1]) for name in ("documents", "original_images")}
    with pytest.raises(RuntimeError, match="half way"):
        story.adapt()
    assert {name: set(default_storage.listdir(name)[1]) for name in before} == before
    assert ResourcePage.objects.count() == 1


def test_nobody_adapts_what_is_not_public_into_other_trees_or_without_the_role() -> None:
    story = Story()
    assert story.adapt(make_listing(make_site("third.test"))).status_code == 422
    counsellor = signed_in_client(make_staff(story.denmark, "counsellor"), host=DANISH)
    assert counsellor.post(story.address, {"listing": story.listing.pk}).status_code == 403
    own = signed_in_client(make_staff(story.norway, "editor"))
    assert own.get(story.address).status_code == 404
    story.resource.unpublish()
    assert story.client.get(story.address).status_code == 404
    assert story.adapt().status_code == 404
    assert ResourcePage.objects.count() == 1


def test_a_form_without_a_list_says_what_is_missing() -> None:
    story = Story()
    answer = story.client.post(story.address, {"listing": ""})
    assert answer.status_code == 422
    assert "Choose one of your lists." in answer.content.decode()


def test_resources_of_others_are_found_by_words_age_language_and_address_and_own_ones_are_not() -> None:
    story = Story(age_min=10, age_max=13)
    make_resource(story.listing, title="Vores egen", slug="egen")
    draft = make_article(make_listing(story.norway, slug="andre"), live=False)

    def titles(query: str) -> bool:
        text = story.client.get(f"/desk/pages/elsewhere{query}").content.decode()
        assert "Vores egen" not in text
        assert draft.title not in text
        return "Kritisk til bilder" in text

    assert titles("")
    assert titles("?age=12&language=nb")
    assert not titles("?age=14")
    assert not titles("?language=da")
    assert titles("?q=http://testserver/nb/aktuelt/kritisk")
    assert not titles("?q=http://testserver/nb/aktuelt/ingenting")
    assert titles("?topic=no-such-topic&age=-1&page=x")


def test_found_by_words() -> None:
    story = Story()
    assert "Kritisk til bilder" in story.client.get("/desk/pages/elsewhere?q=kritisk").content.decode()
    assert "Kritisk til bilder" not in story.client.get("/desk/pages/elsewhere?q=flodhest").content.decode()


def test_the_editor_s_own_copying_opens_no_other_centre_s_drafts() -> None:
    story = Story()
    draft = make_article(make_listing(story.norway, slug="andre"), live=False, title="Hemmelig utkast")
    answer = story.client.get(f"/desk/editor/pages/{draft.pk}/copy/")
    assert answer.status_code in {302, 403}
    assert "Hemmelig utkast" not in answer.content.decode()


def test_the_stored_streams_of_a_copy_are_whole_json() -> None:
    story = Story()
    story.adapt()
    content = story.copy().get_latest_revision().content
    assert {one["type"] for one in json.loads(content["body"])} == {"words", "file"}
