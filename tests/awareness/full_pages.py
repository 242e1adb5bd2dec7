"""Pages that have something of everything, for tests of what leaves the site."""

import datetime as dt
import json
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from havn.awareness.models import CentreSite, Picture, PublishedFile, ResourcePage
from havn.tenancy.models import Centre
from tests.awareness.factories import _add, make_listing


def make_picture(title: str = "Et tre", colour: str = "green") -> Picture:
    """A small picture in storage."""
    content = BytesIO()
    Image.new("RGB", (900, 500), colour).save(content, "PNG")
    return Picture.objects.create(
        title=title, width=900, height=500, credit="Kari, CC BY 4.0", file=ContentFile(content.getvalue(), "tre.png")
    )


def make_file(centre: Centre, name: str, content: bytes = b"innhold", **values: Any) -> PublishedFile:
    """A file of the centre in storage."""
    collection = CentreSite.objects.get(centre=centre).collection
    return PublishedFile.objects.create(
        **{"title": name, "collection": collection, "file": ContentFile(content, name), **values}
    )


def make_resource(centre: Centre, **values: Any) -> ResourcePage:
    """A published resource with pictures, a film, files, a lesson and its easy-read twin."""
    picture, film = make_picture(), make_file(centre, "film.mp4", b"\x00film")
    captions = make_file(centre, "film.vtt", b"WEBVTT\n")
    screening = {
        "film": film.pk, "captions": captions.pk, "transcript": "<p>Alt som blir sagt.</p>", "title": "Filmen",
    }  # fmt: skip
    shown = {"picture": picture.pk, "alternative": "Et tre om våren", "decoration": False, "caption": "Treet"}
    decoration = {"picture": picture.pk, "alternative": "", "decoration": True, "caption": ""}
    sheet, secret = make_file(centre, "ark.pdf", b"%PDF-ark"), make_file(centre, "fasit.pdf", members_only=True)
    given: dict[str, Any] = (
        {
            "title": "Del & hel <venn>",
            "slug": "venn",
            "summary": "En time om vennskap på nett.",
            "published_on": dt.date(2026, 3, 1),
            "type": "lesson",
            "age_min": 9,
            "age_max": 12,
            "minutes": 45,
            "credit": "Kari og Ola",
            "accessibility_notes": "Filmen har teksting.",
            "body": [
                ("heading", "Først en overskrift"),
                ("words", '<p>Et avsnitt med <a href="https://example.org/">en lenke</a>.</p>'),
                ("picture", shown),
                ("picture", decoration),
                ("film", screening),
                ("steps", {"title": "Slik gjør du", "steps": ["<p>En.</p>", "<p>To.</p>"]}),
                ("quote", {"words": "Jeg sa ifra.", "who": "Elev, 12 år"}),
                ("fact", {"title": "Husk", "words": "<p>Spør først.</p>"}),
                ("file", sheet.pk),
                ("help", {"words": "Vil du snakke?"}),
            ],
            "files": [("file", {"file": sheet.pk, "about": "Til elevene"}), ("file", {"file": secret.pk, "about": ""})],
            "lesson": [
                (
                    "step",
                    {"title": "Start", "minutes": 5, "words": "<p>Se her.</p>", "picture": [shown], "film": [],
                     "teacher": "<p>Vent på svar.</p>"},
                ),
                (
                    "step",
                    {"title": "Slutt", "minutes": None, "words": "", "picture": [], "film": [screening], "teacher": ""},
                ),
            ],
            "easy": [
                ("heading", "Lett å lese"),
                ("sentence", {"words": "Spør før du deler.", "picture": [shown], "sound": None}),
            ],
            **values,
        }
    )  # fmt: skip
    stored = {name: json.dumps(_raw(given.pop(name))) for name in ("body", "files", "lesson", "easy")}
    page = ResourcePage(**given)
    for name in ("body", "files", "lesson", "easy"):
        setattr(page, name, page._meta.get_field(name).to_python(stored[name]))
    return _add(make_listing(centre, slug="ressurser", title="Ressurser"), page, "nb")  # type: ignore[return-value]


def _raw(stream: list[tuple[str, Any]]) -> list[dict[str, Any]]:
    """As it is stored."""
    return [{"type": name, "value": value} for name, value in stream]
