"""Looking for a question that was asked before, and asking it again in a draft."""

from typing import Any

import pytest
from django.test import Client

from havn.accounts.models import User
from havn.forms.actions import drafts
from havn.forms.api import FormVersion, Kind, parse
from havn.surveys.actions import editing
from havn.tenancy.models import Centre
from tests.surveys.factories import definition, make_survey, make_version, make_wave, one
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db
BANK = "/en/desk/surveys/questions"


@pytest.fixture
def source(centre: Centre) -> FormVersion:
    raw = definition(one("likes_school", "yes", "sometimes"), key="asked_before")
    raw["languages"], raw["sections"][1]["questions"][-1]["label"]["nb"] = ["en", "nb"], "Liker du skolen?"
    return make_version(centre, raw)


@pytest.fixture
def draft(centre: Centre, officer: User) -> FormVersion:
    raw = {"key": "anew", "language": "en", "languages": ["en"], "title": {"en": "Anew"}, "about": {}, "computed": [],
           "checks": [], "sections": [{"key": "first", "title": {"en": "First"}, "questions": []}]}  # fmt: skip
    return drafts.start_form(actor=officer, centre=centre, kind=Kind.SURVEY, definition=raw)


def put(at_desk: Client, source: FormVersion, into: FormVersion, **changed: Any) -> str:
    sent = {"key": "likes_school", "version": source.pk, "draft": into.pk, **changed}
    return at_desk.post(f"{BANK}/put", sent, follow=True).content.decode()


def test_a_question_is_put_into_a_draft_with_its_key_words_and_choices(
    at_desk: Client, source: FormVersion, draft: FormVersion
) -> None:
    assert "Put it into the draft" in at_desk.get(BANK).content.decode()
    assert "The question is in the draft “Anew”." in put(at_desk, source, draft)
    draft.refresh_from_db()
    question = parse(draft.definition).questions["likes_school"]
    assert question.codes == ("yes", "sometimes")
    assert question.label == {"en": "The likes_school?"}
    assert "has something under the key “likes_school” already" in put(at_desk, source, draft)


@pytest.mark.parametrize("changed", [{"draft": "x"}, {"version": 10**30}, {"key": "gone"}, {"draft": ""}])
def test_what_is_not_there_changes_nothing(
    at_desk: Client, source: FormVersion, draft: FormVersion, changed: dict[str, Any]
) -> None:
    put(at_desk, source, draft, **changed)
    before = draft.definition
    draft.refresh_from_db()
    assert draft.definition == before


def test_nothing_goes_to_or_comes_from_another_centre(
    at_desk: Client, source: FormVersion, draft: FormVersion, officer: User
) -> None:
    there = make_centre(slug="there", host="there.example")
    theirs = make_version(there, definition(one("secret", "a", "b"), key="theirs"))
    put(at_desk, theirs, draft, key="secret")
    their_draft = FormVersion.objects.create(
        form=theirs.form, number=2, definition=draft.definition, made_at=theirs.made_at, changed_at=theirs.made_at
    )
    put(at_desk, source, their_draft)
    for one_draft in (draft, their_draft):
        before = one_draft.definition
        one_draft.refresh_from_db()
        assert one_draft.definition == before
    assert "secret" not in at_desk.get(BANK).content.decode()


def test_the_bank_is_looked_through_by_words_and_by_form(at_desk: Client, centre: Centre, source: FormVersion) -> None:
    other = make_version(centre, definition(one("pocket_money", "little", "lots"), key="other"))

    def keys(query: str) -> list[str]:
        return [one["key"] for one in at_desk.get(f"{BANK}?{query}").context["questions"]]

    assert keys("q=SKOLEN") == ["likes_school"]
    assert keys("q=Lots") == ["pocket_money"]
    assert "likes_school" not in keys(f"form={other.form_id}")
    assert keys("q=nothing+like+it") == []
    assert "Nothing like this was asked yet." in at_desk.get(f"{BANK}?q=xyz").content.decode()


def test_a_form_is_in_the_first_language_of_the_centre_and_what_lacks_in_others_is_said(
    at_desk: Client, centre: Centre, source: FormVersion
) -> None:
    Centre.objects.filter(pk=centre.pk).update(languages=["en", "nb"])
    wave = make_wave(make_survey(Centre.objects.get()), form_version=source, approved_at=None)
    assert editing.why_not_ready(wave) == []
    page = at_desk.get(f"/en/desk/surveys/waves/{wave.pk}").content.decode()
    assert "texts of the form are missing in Norsk bokmål." in page
    Centre.objects.filter(pk=centre.pk).update(languages=["nb", "en"])
    wave.survey.centre.refresh_from_db()
    assert any("missing in Norsk bokmål" in why for why in editing.why_not_ready(wave))
