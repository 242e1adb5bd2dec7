"""Bringing an XLSForm: what was read is shown first, and only then kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from havn.forms.models import Form, FormVersion
from havn.forms.rules.parsing import parse
from havn.tenancy.models import Centre
from tests.forms.building import fields_of
from tests.forms.xlsforms import VISITS, row, xlsform

pytestmark = pytest.mark.django_db


def test_first_everything_is_shown_and_nothing_kept_then_it_becomes_a_draft(client: Client, centre: Centre) -> None:
    page = client.post("/en/desk/forms/import", {"file": SimpleUploadedFile("visits.xlsx", xlsform(VISITS))})
    text = page.content.decode()
    for words in ("13 questions", "Left out", "geopoint", "Taken over, but changed", "“AppsUsed” becomes “appsused”"):
        assert words in text, words
    assert not Form.objects.filter(centre=centre).exists()
    answer = client.post(
        "/en/desk/forms/import/draft", {**fields_of(page.context["form"]), "title": "Our visits", "key": ""}
    )
    version = FormVersion.objects.get(form__centre=centre)
    assert answer["Location"].endswith(f"/versions/{version.pk}")
    assert version.form.key == "our_visits"
    assert version.definition["title"]["en"] == "Our visits"
    assert len(parse(version.definition).questions) == 13


def test_a_file_that_is_no_form_says_why(client: Client) -> None:
    for data, words in ((b"%PDF", "no workbook"), (b"\xd0\xcf\x11\xe0" * 9, "old kind"), (xlsform([]), "survey")):
        answer = client.post("/en/desk/forms/import", {"file": SimpleUploadedFile("form.xlsx", data)})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert client.post("/en/desk/forms/import", {}).status_code == 422


def test_a_key_that_is_taken_gets_a_number(client: Client, centre: Centre) -> None:
    for _time in range(2):
        page = client.post(
            "/en/desk/forms/import", {"file": SimpleUploadedFile("a.xlsx", xlsform([row("text", "a", "A?")]))}
        )
        client.post("/en/desk/forms/import/draft", fields_of(page.context["form"]))
    assert sorted(Form.objects.filter(centre=centre).values_list("key", flat=True)) == [
        "school_visits",
        "school_visits_2",
    ]


@pytest.mark.parametrize(
    "definition", ["", "[]", "{}", "{", "[" * 9000, '{"language": "en", "languages": [], "title": {}, "sections": [1], '
                   '"computed": [], "checks": []}', '"\\ud800"']
)  # fmt: skip
def test_what_the_screen_did_not_write_is_refused(client: Client, centre: Centre, definition: str) -> None:
    answer = client.post(
        "/en/desk/forms/import/draft", {"title": "T", "kind": "other", "key": "", "definition": definition}
    )
    assert answer.status_code == 422
    assert not Form.objects.filter(centre=centre).exists()
