"""In Wagtail's screens a writer meets what is their own centre's: of others not even the names."""

import io
from dataclasses import dataclass

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client
from PIL import Image
from wagtail.models import Page

from havn.awareness.editor.groups import follow_memberships
from havn.awareness.models import ArticlePage, CentreSite, Picture, PublishedFile
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
