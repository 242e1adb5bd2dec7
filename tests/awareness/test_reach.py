"""In Wagtail's screens a writer meets what is their own centre's: of others not even the names."""

import io
import json
from dataclasses import dataclass

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client
from PIL import Image
from wagtail.models import Page, Revision
from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation

from havn.awareness.editor.choices import ChoicesForm
from havn.awareness.editor.groups import follow_memberships
from havn.awareness.kinds import page_models
from havn.awareness.models import ArticlePage, CentreSite, Picture, ProfilePartPage, PublishedFile
from havn.awareness.queries import locale_for
from havn.tenancy.models import Centre
from tests.accounts.factories import make_staff, signed_in_client
from tests.awareness.factories import make_article, make_listing, make_site

# Wagtail's own templates ask for variables that are not always there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

SECRET, OWN = "verborgenwort", "eigenwort"
EDITOR = "/desk/editor/"


@dataclass
class Room:
    """A centre with a draft, a picture and a file that carry one word in their names."""

    centre: Centre
    listing: Page
    draft: ArticlePage
    picture: Picture
    file: PublishedFile

    @property
    def numbers(self) -> dict[str, int]:
        return {
            "page": self.draft.pk, "list": self.listing.pk, "picture": self.picture.pk, "file": self.file.pk,
        }  # fmt: skip


def make_room(host: str, word: str) -> Room:
    centre = make_site(host)
    listing = make_listing(centre, title=f"{word} liste")
    draft = make_article(listing, live=False, title=f"{word} utkast", slug=word)
    collection = CentreSite.objects.get(centre=centre).collection
    body = io.BytesIO()
    Image.new("RGB", (20, 20), "teal").save(body, "PNG")
    picture = Picture.objects.create(
        title=f"{word} bilde", collection=collection, file=ImageFile(body, name=f"{word}.png")
    )
    file = PublishedFile(title=f"{word} fil", members_only=True, collection=collection)
    file.file.save(f"{word}.txt", ContentFile(b"x"))
    return Room(centre, listing, draft, picture, file)


@pytest.fixture
def rooms() -> tuple[Room, Room]:
    """One's own and another centre's."""
    return make_room("testserver", OWN), make_room("other.test", SECRET)


@pytest.fixture
def publisher(rooms: tuple[Room, Room]) -> Client:
    """Who may most, here."""
    person = make_staff(rooms[0].centre, "publisher")
    follow_memberships(person)
    return signed_in_client(person)


# Each shows the name of the thing when it is one's own.
SCREENS = (
    "pages/{page}/",
    "pages/{list}/",
    "pages/{list}/results/",
    "choose-page/{list}/",
    "choose-page/chosen-multiple/?id={page}",
    "bulk/wagtailcore/page/publish/?id={page}",
    "bulk/wagtailcore/page/publish/?id=all&childOf={list}",
    "bulk/awareness/picture/add_tags/?id={picture}",
    "bulk/awareness/publishedfile/add_tags/?id={file}",
    "images/chooser/{picture}/select_format/",
    "images/{picture}/",
    "documents/edit/{file}/",
    "api/main/images/{picture}/",
    "api/main/documents/{file}/",
    "api/main/pages/{page}/",
)


def test_a_screen_shows_what_is_one_s_own_and_of_others_nothing(rooms: tuple[Room, Room], publisher: Client) -> None:
    for screen in SCREENS:
        own, other = (publisher.get(EDITOR + screen.format(**room.numbers)) for room in rooms)
        assert own.status_code == 200, screen
        assert OWN in own.content.decode(), screen
        assert other.status_code in {302, 403, 404}, screen
        assert SECRET not in other.content.decode(), screen


LISTS = (
    "choose-page/search/?q=utkast",
    "api/main/images/",
    "api/main/documents/",
    "api/main/pages/?search=utkast",
    "pages/search/?q=utkast",
    "images/",
    "documents/",
    "images/chooser/",
    "documents/chooser/",
)


def test_a_list_has_what_is_one_s_own_and_of_others_nothing(rooms: tuple[Room, Room], publisher: Client) -> None:
    for screen in LISTS:
        text = publisher.get(EDITOR + screen).content.decode()
        assert OWN in text, screen
        assert SECRET not in text, screen


def test_no_report_tells_of_the_pages_of_others(rooms: tuple[Room, Room], publisher: Client) -> None:
    for report in ("page-types-usage/", "page-types-usage/results/", "aging-pages/", "workflow/", "site-history/"):
        assert SECRET not in publisher.get(f"{EDITOR}reports/{report}").content.decode(), report
    assert "page-types-usage" not in publisher.get(f"{EDITOR}").content.decode()


def test_nothing_of_others_is_named_in_a_form(rooms: tuple[Room, Room], publisher: Client) -> None:
    own, other = rooms
    moved = publisher.get(f"{EDITOR}pages/{own.draft.pk}/move/{other.listing.pk}/confirm/")
    assert moved.status_code == 403
    sent = {"chooser": str(other.listing.pk)}
    many = publisher.post(f"{EDITOR}bulk/wagtailcore/page/move/?id={own.draft.pk}", sent)
    assert many.status_code == 403
    assert Page.objects.get(pk=own.draft.pk).path.startswith(own.listing.path)


ALL = (
    "bulk/wagtailcore/page/publish/?id=all",
    "bulk/wagtailcore/page/publish/?id=all&childOf={root}&q=utkast",
    "bulk/awareness/picture/add_tags/?id=all",
    "bulk/awareness/publishedfile/delete/?id=all",
    "bulk/accounts/user/delete/?id=all",
)


def test_all_is_never_all_of_the_installation(rooms: tuple[Room, Room], publisher: Client) -> None:
    root = Page.get_first_root_node().pk
    for screen in ALL:
        answer = publisher.get(EDITOR + screen.format(root=root))
        assert answer.status_code == 403, screen
        assert SECRET not in answer.content.decode(), screen


def _written(page: ArticlePage, **values: object) -> dict[str, object]:
    """What the editor's form sends for an article whose body is empty."""
    return {
        "title": page.title, "slug": page.slug, "summary": "Kort.", "body-count": "0",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "picture_alternative": "",
    } | values  # fmt: skip


def _block(kind: str, value: object, **more: object) -> dict[str, object]:
    base = {"body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": kind, "body-0-id": ""}
    return base | ({"body-0-value": value} if value is not None else {}) | more


def _newest(page: ArticlePage) -> Revision:
    """The newest draft, read anew."""
    revision: Revision = ArticlePage.objects.get(pk=page.pk).get_latest_revision()
    return revision


def test_nothing_of_others_can_be_written_into_a_page_by_its_number(
    rooms: tuple[Room, Room], publisher: Client
) -> None:
    own, other = rooms
    address = f"{EDITOR}pages/{own.draft.pk}/edit/"
    for name, values in {
        "picture": lambda room: {"picture": room.picture.pk},
        "file in the body": lambda room: _block("file", room.file.pk),
        "picture in the body": lambda room: _block(
            "picture", None, **{"body-0-value-picture": room.picture.pk, "body-0-value-alternative": "x"}
        ),
        "page in the words": lambda room: _block("words", _words_with_link(room.draft.pk)),
    }.items():
        before = _newest(own.draft).pk
        refused = publisher.post(address, _written(own.draft, **values(other)))
        assert refused.status_code in {302, 403}, name
        assert SECRET not in refused.content.decode(), name
        assert _newest(own.draft).pk == before, name
        taken = publisher.post(address, _written(own.draft, **values(own)))
        assert taken.status_code == 302, (name, taken.context["form"].errors if taken.context else "")
        assert _newest(own.draft).pk != before, name


def _words_with_link(number: int) -> str:
    """Draftail's words with a link to a page, as the browser sends them."""
    return json.dumps(
        {
            "blocks": [
                {
                    "key": "a1", "text": "her", "type": "unstyled", "depth": 0, "inlineStyleRanges": [],
                    "entityRanges": [{"offset": 0, "length": 3, "key": 0}],
                }
            ],
            "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"id": number}}},
        }
    )  # fmt: skip


def test_a_new_page_and_a_part_of_a_profile_are_held_to_it_too(rooms: tuple[Room, Room], publisher: Client) -> None:
    own, other = rooms
    page = ArticlePage(title="Ny sak", slug="ny-sak")
    address = f"{EDITOR}pages/add/awareness/articlepage/{own.listing.pk}/"
    refused = publisher.post(address, _written(page, picture=other.picture.pk))
    assert SECRET not in refused.content.decode()
    assert not ArticlePage.objects.filter(slug="ny-sak").exists()
    assert publisher.post(address, _written(page, picture=own.picture.pk)).status_code == 302
    assert issubclass(ProfilePartPage.base_form_class, ChoicesForm)
    assert all(issubclass(model.base_form_class, ChoicesForm) for model in page_models())


def test_what_a_page_already_had_stays_when_it_is_edited(rooms: tuple[Room, Room], publisher: Client) -> None:
    own, other = rooms
    own.draft.picture = other.picture
    own.draft.save_revision()
    sent = _written(own.draft, picture=other.picture.pk, title="Nytt navn")
    assert publisher.post(f"{EDITOR}pages/{own.draft.pk}/edit/", sent).status_code == 302
    assert _newest(own.draft).content["title"] == "Nytt navn"


def test_a_translation_takes_no_picture_of_others_in_place_of_its_source_s(
    rooms: tuple[Room, Room], publisher: Client
) -> None:
    own, other = rooms
    own.draft.picture = own.picture
    own.draft.save_revision().publish()
    english = own.listing.copy_for_translation(locale_for("en"))
    english.slug = "list"
    english.save_revision().publish()
    locale = locale_for("en").pk
    publisher.post(f"{EDITOR}localize/submit/page/{own.draft.pk}/", {"locales": [locale]})
    translation = Translation.objects.get(source__object_id=own.draft.translation_key)
    segment = OverridableSegment.objects.get(source=translation.source, context__path="picture")
    address = f"{EDITOR}localize/translate/{translation.pk}/overrides/{segment.pk}/edit/"
    kind = "application/x-www-form-urlencoded"
    assert publisher.put(address, f"value={other.picture.pk}", content_type=kind).status_code == 403
    assert not SegmentOverride.objects.exists()
    assert publisher.put(address, f"value={own.picture.pk}", content_type=kind).status_code == 201
    assert SegmentOverride.objects.get().data == str(own.picture.pk)
