"""Another key while nothing was kept under the old one, and what was written of a part that is gone meanwhile."""

from typing import Any

import pytest
from django.test import Client

from havn.accounts.models import User
from havn.common.errors import Refused
from havn.forms.actions import drafts
from havn.forms.actions.freezing import freeze
from havn.forms.models import FormVersion
from havn.forms.rules import editing
from havn.forms.rules.parsing import parse
from havn.tenancy.models import Centre
from tests.forms.building import fields_of, make_draft, stored

pytestmark = pytest.mark.django_db


def opened(client: Client, draft: FormVersion, path: str) -> dict[str, Any]:
    """What a browser would send back of a screen."""
    form = client.get(f"/en/desk/forms/versions/{draft.pk}/{path}").context["form"]
    return {name: value for name, value in fields_of(form).items() if value is not None}


def send(client: Client, draft: FormVersion, path: str, fields: dict[str, Any]) -> Any:
    return client.post(f"/en/desk/forms/versions/{draft.pk}/{path}", fields)


def test_a_key_is_changed_with_all_that_mentions_it_and_that_is_undone(client: Client, draft: FormVersion) -> None:
    answer = send(client, draft, "questions/total", {**opened(client, draft, "questions/total"), "key": "contacts"})
    assert answer["Location"].endswith("#question-contacts")
    raw = stored(draft)
    assert raw["computed"][0]["value"] == "contacts * 2"
    assert raw["checks"][0] | {"at": "contacts", "holds": "contacts <= 100"} == raw["checks"][0]
    assert raw["checks"][0]["message"]["en"] == "That is many: {contacts}."
    parse(raw)
    client.post(f"/en/desk/forms/versions/{draft.pk}/undo")
    assert stored(draft) == draft.definition


@pytest.mark.parametrize(("path", "kind"), [("sections/more", "section"), ("values/double", "computed")])
def test_sections_and_computed_values_too(client: Client, draft: FormVersion, path: str, kind: str) -> None:
    send(client, draft, path, {**opened(client, draft, path), "key": "anew"})
    assert editing.part_of(stored(draft), kind, "anew")


def test_words_and_key_may_change_at_once(client: Client, draft: FormVersion) -> None:
    fields = {**opened(client, draft, "questions/met"), "label": "Did you see each other?", "key": "saw"}
    assert send(client, draft, "questions/met", fields).status_code == 302
    question = editing.part_of(stored(draft), editing.QUESTION, "saw")
    assert question["label"] == {"en": "Did you see each other?"}
    assert editing.part_of(stored(draft), editing.QUESTION, "why")["show_if"] == "saw == true"


@pytest.mark.parametrize("key", ["met", "numbers", "double", "Not a key", "before"])
def test_a_key_that_is_taken_or_is_none_is_refused(client: Client, draft: FormVersion, key: str) -> None:
    answer = send(client, draft, "questions/total", {**opened(client, draft, "questions/total"), "key": key})
    assert answer.status_code == 422
    assert "key" in answer.context["form"].errors
    assert stored(draft) == draft.definition


def test_a_key_stays_with_the_beginning_that_an_expression_asks_for(client: Client, user: User, centre: Centre) -> None:
    value = {"key": "double", "label": {"en": "Twice"}, "value": 'sum("tot")'}
    draft = make_draft(centre, user, key="other", computed=[value])
    answer = send(client, draft, "questions/total", {**opened(client, draft, "questions/total"), "key": "contacts"})
    assert answer.status_code == 422
    assert "begins with “tot”" in answer.context["form"].errors["key"][0]
    assert stored(draft) == draft.definition


def test_a_key_that_answers_are_kept_under_stays(client: Client, user: User, draft: FormVersion) -> None:
    freeze(actor=user, version=draft)
    following = drafts.new_version(actor=user, form=draft.form)
    page = client.get(f"/en/desk/forms/versions/{following.pk}/questions/total")
    assert "key" not in page.context["form"].fields
    assert "keeps answers under it, so it stays" in page.content.decode()
    send(client, following, "questions/total", {**opened(client, following, "questions/total"), "key": "contacts"})
    assert parse(stored(following)) == parse(draft.definition)
    now = editing.part_of(stored(following), editing.QUESTION, "total")
    part, seen = {**now, "key": "contacts"}, editing.fingerprint(now)
    with pytest.raises(Refused, match="It stays"):
        drafts.save_part(
            actor=user, version=following, kind=editing.QUESTION, key="total", part=part, seen=seen
        )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "field"),
    [("questions/why", "label"), ("sections/more", "title"), ("values/double", "label"), ("checks/few", "message")],
)
def test_what_was_written_of_a_part_that_is_gone_is_shown(
    client: Client, draft: FormVersion, path: str, field: str
) -> None:
    fields = {**opened(client, draft, path), field: "My new words"}
    kind, key = path.split("/")
    kinds = {"questions": "question", "sections": "section", "values": "computed", "checks": "check"}
    client.post(f"/en/desk/forms/versions/{draft.pk}/remove", {"kind": kinds[kind], "key": key})
    before = stored(draft)
    answer = send(client, draft, path, fields)
    assert answer.status_code == 409
    assert "My new words" in answer.content.decode()
    assert stored(draft) == before
    assert client.get(f"/en/desk/forms/versions/{draft.pk}/{path}").status_code == 404
