"""The demo's drawings and worksheets."""

import io

import pytest
from PIL import Image

from havn.awareness.models import Picture, PublishedFile
from havn.config.demo.drawings import DRAWINGS, Drawing, Paper, png_of, rtf_of, with_files
from tests.awareness.factories import make_site


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_a_small_picture_with_something_on_it(name: str) -> None:
    body = png_of(name)
    assert len(body) < 6_000
    with Image.open(io.BytesIO(body)) as picture:
        assert picture.size == (480, 480)
        assert len(picture.convert("L").getcolors() or []) > 1


def test_a_worksheet_keeps_every_letter_and_lets_no_word_of_it_be_a_command() -> None:
    body = rtf_of(Paper("ark", "Ærlig {talt}", "nb", ("Hva \\b er det?",)))
    assert body.startswith(b"{\\rtf1\\ansi")
    assert b"\\u198?rlig \\u123?talt\\u125?" in body
    assert b"Hva \\u92?b er det?" in body
    assert body.count(b"{") == body.count(b"}")


@pytest.mark.django_db
def test_a_drawing_named_twice_is_one_picture_of_its_centre() -> None:
    centre = make_site()
    made = with_files({"a": [Drawing("eye"), ("b", Drawing("eye"))], "c": "words"}, centre)
    assert made["a"][0] == made["a"][1][1]
    assert made["c"] == "words"
    assert Picture.objects.count() == 1
    paper = with_files(Paper("ark", "Ark", "nb", ("En",)), centre)
    assert isinstance(paper, PublishedFile)
    assert paper.filename.endswith(".rtf")
