"""The list of forms, and how one begins."""

import pytest
from django.test import Client

from havn.accounts.models import User
from havn.forms.actions import drafts
from havn.forms.actions.freezing import freeze
from havn.forms.actions.loading import load_shipped
from havn.forms.models import Form, FormVersion
from havn.forms.uses import register_uses
from havn.tenancy.models import Centre
from tests.forms.building import forms_called, make_draft, officer
from tests.surveys.factories import make_survey, make_wave
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db


def test_the_list_shows_own_forms_those_of_havn_and_what_uses_them(client: Client, user: User, centre: Centre) -> None:
    load_shipped()
    version = freeze(actor=user, version=make_draft(centre, user))
    make_draft(
        make_centre(slug="elsewhere", host="elsewhere.example"),
        officer(Centre.objects.get(slug="elsewhere")),
        key="theirs",
    )
    register_uses("tests", lambda ids, centre_id: {version.pk: "Used in 3 rounds"} if centre_id == centre.pk else {})
    page = client.get("/en/desk/forms")
    rows = {row.form.key: row for row in page.context["own"]}
    register_uses("tests", lambda ids, centre_id: {})
    assert list(rows) == ["quarter"]
    assert "Used in 3 rounds" in page.content.decode()
    assert {row.form.key for row in page.context["shipped"]} == set(
        Form.objects.filter(centre=None).values_list("key", flat=True)
    )


def test_an_empty_form_begins_with_one_section(client: Client, centre: Centre) -> None:
    answer = client.post(
        "/en/desk/forms/new", {"title": "Visits to schools", "kind": "other", "way": "empty", "language": "nb"}
    )
    version = FormVersion.objects.get(form__centre=centre)
    assert answer["Location"].endswith(f"/desk/forms/versions/{version.pk}")
    assert version.form.key == "visits_to_schools"
    assert version.definition["title"] == {"nb": "Visits to schools"}
    assert len(version.definition["sections"]) == 1
    assert client.get(answer["Location"]).status_code == 200


def test_a_copy_of_a_form_that_comes_with_havn_can_be_changed(client: Client, centre: Centre) -> None:
    load_shipped()
    shipped = FormVersion.objects.filter(form__centre=None).first()
    assert shipped is not None
    page = client.get(f"/en/desk/forms/new?copy={shipped.pk}")
    assert page.context["form"].initial["source"] == str(shipped.pk)
    client.post(
        "/en/desk/forms/new", {"title": "Ours", "kind": "other", "way": "copy", "source": shipped.pk, "language": "en"}
    )
    own = FormVersion.objects.get(form__centre=centre)
    assert own.definition["sections"] == shipped.definition["sections"]
    assert not own.is_frozen


def test_what_is_wrong_is_said_and_nothing_is_made(client: Client, user: User, centre: Centre) -> None:
    make_draft(centre, user)
    for wrong, word in (
        ({"key": "quarter"}, "This key is taken"), ({"key": "Not A Key"}, "A key is made of"),
        ({"title": ""}, "required"),
        ({"way": "copy"}, "Choose the form to copy"), ({"kind": "nothing"}, "Select a valid choice"),
    ):  # fmt: skip
        answer = client.post(
            "/en/desk/forms/new", {"title": "Second", "kind": "other", "way": "empty", "language": "en", **wrong}
        )
        assert answer.status_code == 422
        assert word in answer.content.decode()
    assert forms_called(centre) == ["quarter"]


def test_the_next_version_is_a_copy_of_the_one_in_use(client: Client, user: User, centre: Centre) -> None:
    version = freeze(actor=user, version=make_draft(centre, user))
    first = client.post(f"/en/desk/forms/{version.form_id}/draft")
    second = client.post(f"/en/desk/forms/{version.form_id}/draft")
    assert first["Location"] == second["Location"], "there is one draft of a form"
    draft = FormVersion.objects.get(form=version.form, frozen_at=None)
    assert draft.number == 2
    assert draft.definition == version.definition


def test_a_form_that_comes_with_havn_gets_no_draft(client: Client) -> None:
    load_shipped()
    form = Form.objects.filter(centre=None)[0]
    assert client.post(f"/en/desk/forms/{form.pk}/draft").status_code == 403


def test_nobody_reaches_the_drafts_of_another_centre(client: Client, centre: Centre) -> None:
    other = make_centre(slug="elsewhere", host="elsewhere.example")
    theirs = make_draft(other, officer(other))
    base = f"/en/desk/forms/versions/{theirs.pk}"
    for path in ("", "/settings", "/sections/numbers", "/questions/total", "/translations", "/translations/file",
                 "/preview", "/delete", "/values/double", "/checks/few"):  # fmt: skip
        assert client.get(base + path).status_code == 404, path
    for path in ("/undo", "/freeze", "/move", "/remove", "/translations/in"):
        assert client.post(base + path, {"kind": "question", "key": "total"}).status_code == 404, path
    assert client.post(f"/en/desk/forms/{theirs.form_id}/draft").status_code == 404
    assert FormVersion.objects.get(pk=theirs.pk).definition == theirs.definition


def test_an_action_asks_for_the_role_itself(user: User, centre: Centre) -> None:
    from havn.common.errors import NotAllowed

    draft = make_draft(centre, user)
    stranger = officer(centre, "counsellor")
    with pytest.raises(NotAllowed):
        drafts.undo(actor=stranger, version=draft)
    with pytest.raises(NotAllowed):
        drafts.remove_part(actor=stranger, version=draft, kind="question", key="total")
    with pytest.raises(NotAllowed):
        drafts.start_form(actor=stranger, centre=centre, kind="other", definition=draft.definition)


def test_a_form_nobody_used_is_deleted_after_asking_once(client: Client, user: User, centre: Centre) -> None:
    version = freeze(actor=user, version=make_draft(centre, user))
    address = f"/en/desk/forms/{version.form_id}/delete"
    assert address in client.get(f"/en/desk/forms/versions/{version.pk}").content.decode()
    assert "for good" in client.get(address).content.decode()
    assert forms_called(centre) == ["quarter"]
    assert client.post(address)["Location"].endswith("/desk/forms")
    assert forms_called(centre) == []


def test_what_was_used_comes_with_havn_or_is_elsewhere_is_not_deleted(
    client: Client, user: User, centre: Centre
) -> None:
    load_shipped()
    version = freeze(actor=user, version=make_draft(centre, user))
    make_wave(make_survey(centre), form_version=version)
    there = make_centre(slug="elsewhere", host="elsewhere.example")
    theirs, shipped = make_draft(there, officer(there)), Form.objects.filter(centre=None).first()
    assert shipped is not None
    assert "/delete" not in client.get(f"/en/desk/forms/versions/{version.pk}").content.decode()
    for form_id, status in ((version.form_id, 200), (shipped.pk, 200), (theirs.form_id, 404), (10**18, 404)):
        assert client.get(f"/en/desk/forms/{form_id}/delete").status_code == status
        client.post(f"/en/desk/forms/{form_id}/delete")
    assert Form.objects.filter(pk__in=[version.form_id, shipped.pk, theirs.form_id]).count() == 3
