"""Pictures and files: nothing hidden comes in with them, and nothing in them runs when they go out."""

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from havn.awareness.editor.pictures import drawn_anew
from havn.awareness.models import CentreSite, Picture, PublishedFile
from havn.awareness.views.public_files import PIECE
from havn.tenancy.models import Centre
from tests.accounts.factories import make_staff, signed_in_client
from tests.awareness.factories import make_site

PLACE = b"69.6492N 18.9553E"


def photograph(kind: str = "JPEG") -> bytes:
    """A picture with a place, an author and a comment in it."""
    body = io.BytesIO()
    picture = Image.new("RGB", (40, 20), "teal")
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    exif[0x0112] = 6  # the camera was held upright
    picture.save(body, kind, exif=exif, comment=PLACE)
    return body.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_drawn_anew_and_says_nothing_of_where_it_was_taken(kind: str) -> None:
    body = photograph(kind)
    assert PLACE in body
    fresh = drawn_anew(SimpleUploadedFile(f"a.{kind.lower()}", body, f"image/{kind.lower()}")).read()
    assert PLACE not in fresh
    with Image.open(io.BytesIO(fresh)) as picture:
        assert picture.size == (20, 40)
        assert not picture.getexif()


@pytest.mark.parametrize(
    "body", [b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", b"", b"GIF89a", b"<html>"]
)
def test_what_is_no_picture_is_refused_with_a_sentence(body: bytes) -> None:
    with pytest.raises(ValidationError, match="picture"):
        drawn_anew(SimpleUploadedFile("a.png", body, "image/png"))


def file_of(centre: Centre, name: str, body: bytes, **values: object) -> PublishedFile:
    """A file of the centre."""
    row = PublishedFile(title=name, collection=CentreSite.objects.get(centre=centre).collection, **values)
    row.file.save(name, ContentFile(body))
    return row


def get(address: str, **headers: str) -> object:
    return Client(headers={"host": "testserver", **headers}).get(address)


@pytest.mark.django_db
def test_a_picture_given_in_the_editor_is_kept_without_its_place() -> None:
    centre = make_site()
    client = signed_in_client(make_staff(centre, "editor"))
    room = CentreSite.objects.get(centre=centre).collection
    given = SimpleUploadedFile("hus.jpg", photograph(), "image/jpeg")
    answer = client.post("/desk/editor/images/add/", {"title": "Hus", "file": given, "collection": room.pk})
    assert answer.headers.get("Location") == "/desk/editor/images/", answer.content
    picture = Picture.objects.get()
    with picture.file.open("rb") as kept:
        assert PLACE not in kept.read()
    shown = picture.get_rendition("width-20")
    page = get(shown.url)
    assert page.headers["Content-Type"].startswith("image/")  # type: ignore[attr-defined]
    assert page.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_the_file_a_picture_was_made_from_has_no_address() -> None:
    centre = make_site()
    room = CentreSite.objects.get(centre=centre).collection
    picture = Picture.objects.create(title="Hus", collection=room, file=ContentFile(photograph(), "hus.jpg"))
    assert get(f"/media/{picture.file.name}").status_code == 404  # type: ignore[attr-defined]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["side.html", "tegning.svg", "ark.pdf", "notat.txt"])
def test_a_file_is_kept_never_shown_as_a_page(name: str) -> None:
    answer = get(file_of(make_site(), name, b"<script>alert(1)</script>").url)
    assert answer.headers["Content-Disposition"].startswith("attachment")  # type: ignore[attr-defined]
    assert answer.headers["Content-Type"] not in {"text/html", "image/svg+xml"}  # type: ignore[attr-defined]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_files_for_members_and_files_of_other_centres_are_not_there() -> None:
    mine = file_of(make_site(), "a.pdf", b"%PDF-1.7", members_only=True)
    other = file_of(make_site("other.test"), "b.pdf", b"%PDF-1.7")
    assert [get(one.url).status_code for one in (mine, other)] == [404, 404]  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_members_of_the_centre_open_its_files_for_members_and_nobody_elses() -> None:
    centre, other = make_site(), make_site("other.test")
    mine = file_of(centre, "a.pdf", b"%PDF-1.7", members_only=True)
    theirs = file_of(other, "b.pdf", b"%PDF-1.7", members_only=True)
    member = signed_in_client(make_staff(centre, "counsellor"))
    answer = member.get(mine.url)
    assert answer.content == b"%PDF-1.7"
    assert "no-store" in answer.headers["Cache-Control"]
    assert member.get(theirs.url).status_code == 404
    stranger = signed_in_client(make_staff(other, "publisher"), host="testserver")
    assert stranger.get(mine.url).status_code == 404


@pytest.mark.django_db
def test_a_film_is_given_piece_by_piece() -> None:
    film = file_of(make_site(), "film.mp4", b"0123456789" * (PIECE // 5))
    first = get(film.url, range="bytes=0-")
    assert first.status_code == 206  # type: ignore[attr-defined]
    assert len(first.content) == PIECE  # type: ignore[attr-defined]
    assert first.headers["Content-Range"] == f"bytes 0-{PIECE - 1}/{PIECE // 5 * 10}"  # type: ignore[attr-defined]
    assert get(film.url, range="bytes=3-5").content == b"345"  # type: ignore[attr-defined]
    assert get(film.url, range="bytes=-2").content == b"89"  # type: ignore[attr-defined]
    assert get(film.url, range="bytes=99999999-").status_code == 416  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_nobody_guesses_the_address_of_a_picture_by_what_it_was_called() -> None:
    room = CentreSite.objects.get(centre=make_site()).collection
    name = f"plakat-{'lang-' * 20}.png"
    first, second = (
        Picture.objects.create(
            title="Plakat", collection=room, file=ImageFile(io.BytesIO(photograph("PNG")), name=name)
        )
        for _ in range(2)
    )
    secret = first.file.name.split("/")[1].split("-")[0]
    assert len(secret) == 12
    assert secret not in second.file.name
    assert f"/{secret}-plakat" in first.get_rendition("width-20|format-webp").file.name


@pytest.mark.django_db
def test_a_range_of_absurd_numbers_is_no_range() -> None:
    film = file_of(make_site(), "a.mp4", b"abc")
    answer: Any = get(str(film.url), range=f"bytes={'9' * 5000}-")
    assert answer.status_code == 200
    assert answer.content == b"abc"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["a.pdf", "a.mp4"])
def test_files_are_not_compressed_on_their_way(name: str) -> None:
    row = file_of(make_site(), name, b"a" * 5000)
    answer: Any = get(str(row.url), accept_encoding="gzip", range="bytes=0-4999")
    assert answer.content == b"a" * 5000
