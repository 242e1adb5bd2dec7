"""A centre's logo: whatever comes in, a small clean PNG goes out, and only when somebody says so."""

import io
import re
import struct
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, PngImagePlugin

from havn.centres.logo import BOX, MOST_BYTES, made_small
from havn.centres.models import CentreTheme
from havn.common.errors import Refused
from havn.tenancy.models import Centre
from tests.accounts.factories import make_staff, signed_in_client
from tests.tenancy.factories import make_centre, make_organisation

SECRET = "Tove's phone, at home"


def picture(kind: str = "PNG", size: tuple[int, int] = (600, 200), **options: Any) -> bytes:
    """A picture with words in its metadata."""
    made = Image.new("RGB", size, "#4b4a9b")
    made.paste("#ffffff", (10, 10, size[0] // 2, size[1] // 2))
    out = io.BytesIO()
    if kind == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Comment", SECRET)
        made.save(out, kind, pnginfo=info, **options)
    else:
        exif = Image.Exif()
        exif[0x010E] = SECRET
        made.save(out, kind, exif=exif, **options)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_becomes_a_small_png_of_pixels_alone(kind: str) -> None:
    upload = picture(kind)
    assert SECRET.encode() in upload
    small = made_small(upload)
    opened = Image.open(io.BytesIO(small))
    assert opened.format == "PNG"
    assert opened.size == (216, 72)
    assert SECRET.encode() not in small
    assert set(re.findall(rb"IHDR|PLTE|tRNS|IDAT|IEND|tEXt|iTXt|eXIf|tIME", small)) <= {
        b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND",
    }  # fmt: skip
    assert not opened.getexif()


def test_a_photograph_too_is_made_light_enough() -> None:
    noisy = Image.effect_noise((900, 270), 90).convert("RGB")
    out = io.BytesIO()
    noisy.save(out, "PNG")
    small = made_small(out.getvalue())
    assert len(small) <= MOST_BYTES
    assert Image.open(io.BytesIO(small)).size == BOX


def test_clear_parts_stay_clear() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, "PNG")
    assert Image.open(io.BytesIO(made_small(out.getvalue()))).convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]


def bomb() -> bytes:
    """A PNG that says it is 50,000 pixels wide and high."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "upload",
    [
        b"",
        b"hello",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"GIF89a" + bytes(100),
        picture()[:200],
        bomb(),
        picture(size=(6001, 10)),
        bytes(2_000_001),
    ],
    ids=["empty", "words", "svg", "gif", "cut", "bomb", "wide", "heavy"],
)
def test_what_is_no_picture_for_a_page_is_refused(upload: bytes) -> None:
    with pytest.raises(Refused):
        made_small(upload)


@pytest.fixture
def centre(db: None) -> Centre:
    return make_centre()


@pytest.fixture
def staff(centre: Centre) -> Client:
    return signed_in_client(make_staff(make_organisation(centre), "publisher"))


def upload(client: Client, content: bytes) -> Any:
    return client.post("/desk/theme/logo", {"picture": SimpleUploadedFile("logo.png", content)})


def logo_of(client: Client) -> str:
    found = re.search(r'src="(/theme/[^"]+\.png)"', client.get("/privacy").content.decode())
    return found[1] if found else ""


def test_a_logo_is_seen_by_its_makers_first_and_by_all_when_it_is_put_to_use(client: Client, staff: Client) -> None:
    assert upload(staff, picture()).status_code == 302
    html = staff.get("/desk/theme").content.decode()
    waiting = re.search(r'src="(/desk/theme/next-\w+\.png)"', html)
    assert waiting
    assert staff.get(waiting[1]).headers["Content-Type"] == "image/png"
    assert client.get(waiting[1]).status_code == 302
    assert logo_of(client) == ""

    assert staff.post("/desk/theme/logo/use").status_code == 302
    response = client.get(logo_of(client))
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert Image.open(io.BytesIO(response.content)).size == (216, 72)
    assert 'width="216" height="72" alt=""' in client.get("/privacy").content.decode()
    assert staff.get(waiting[1]).status_code == 404


def test_a_removed_logo_is_gone(client: Client, staff: Client) -> None:
    upload(staff, picture())
    staff.post("/desk/theme/logo/use")
    address = logo_of(client)
    upload(staff, picture(size=(100, 100)))
    staff.post("/desk/theme/logo/remove")
    assert logo_of(client) == ""
    assert client.get(address).status_code == 404
    row = CentreTheme.objects.get()
    assert (bytes(row.logo), bytes(row.next_logo)) == (b"", b"")


def test_nothing_is_kept_of_what_is_refused(staff: Client) -> None:
    assert upload(staff, b"<svg/>").status_code == 409
    assert staff.post("/desk/theme/logo", {}).status_code == 409
    assert staff.post("/desk/theme/logo/use").status_code == 409
    assert not CentreTheme.objects.filter(next_logo__gt=b"").exists()


def test_a_counsellor_takes_nothing_in(centre: Centre) -> None:
    person = signed_in_client(make_staff(make_organisation(centre), "counsellor"))
    assert upload(person, picture()).status_code == 403
    assert not CentreTheme.objects.exists()
