"""A version with its parts: moving, taking out, undoing, using."""

import re

import pytest
from django.test import Client

from havn.accounts.models import User
from havn.audit.models import Entry
from havn.common.errors import Refused
from havn.forms.actions import drafts
from havn.forms.actions.freezing import freeze
from havn.forms.models import DraftStep, Form, FormVersion
from tests.forms.building import stored

pytestmark = pytest.mark.django_db


def keys(version: FormVersion) -> list[list[str]]:
    """The keys of the questions, section by section."""
    return [[one["key"] for one in section["questions"]] for section in stored(version)["sections"]]


def test_the_page_shows_every_part_with_its_condition_in_words(client: Client, draft: FormVersion) -> None:
    text = client.get(f"/en/desk/forms/versions/{draft.pk}").content.decode()
    for words in ("Contacts in all", "By which ways?", "Several choices", "Only if “Did you meet?” is Yes", "Twice",
                  "That is many: {total}.", "Use this version"):  # fmt: skip
        assert words in text, words


def test_up_and_down_stand_where_they_lead_somewhere(client: Client, draft: FormVersion) -> None:
    text = client.get(f"/en/desk/forms/versions/{draft.pk}").content.decode()
    ways = {
        (kind, key): "".join(re.findall(r'name="to" value="(up|down)"', form))
        for form in text.split("<form")
        for kind, key in re.findall(r'name="kind" value="(\w+)"><input type="hidden" name="key" value="(\w+)"', form)
        if "/move" in form
    }
    assert ways == {
        ("section", "numbers"): "down", ("question", "total"): "down", ("question", "met"): "updown",
        ("question", "ways"): "updown", ("section", "more"): "up", ("question", "why"): "up",
        ("computed", "double"): "", ("check", "few"): "",
    }  # fmt: skip


def test_questions_move_within_and_between_sections(client: Client, draft: FormVersion) -> None:
    def press(key: str, to: str, kind: str = "question") -> None:
        answer = client.post(f"/en/desk/forms/versions/{draft.pk}/move", {"kind": kind, "key": key, "to": to})
        assert answer["Location"].endswith(f"#{kind}-{key}")

    press("total", "down")
    assert keys(draft) == [["met", "total", "ways"], ["why"]]
    press("ways", "down")
    assert keys(draft) == [["met", "total"], ["ways", "why"]]
    press("ways", "up")
    assert keys(draft) == [["met", "total", "ways"], ["why"]]
    press("met", "up")
    assert keys(draft) == [["met", "total", "ways"], ["why"]], "the first stays where it is"
    press("more", "up", "section")
    assert keys(draft) == [["why"], ["met", "total", "ways"]]


def test_taking_out_leaves_faults_with_the_way_to_them_and_can_be_undone(client: Client, draft: FormVersion) -> None:
    client.post(f"/en/desk/forms/versions/{draft.pk}/remove", {"kind": "question", "key": "met"})
    page = client.get(f"/en/desk/forms/versions/{draft.pk}")
    assert [(one.where, one.url) for one in page.context["faults"]] == [
        ("“Why?”", f"/en/desk/forms/versions/{draft.pk}/questions/why")
    ]
    assert "Use this version" not in page.content.decode()
    assert client.post(f"/en/desk/forms/versions/{draft.pk}/freeze").status_code == 409
    client.post(f"/en/desk/forms/versions/{draft.pk}/undo")
    assert keys(draft) == [["total", "met", "ways"], ["why"]]
    assert client.post(f"/en/desk/forms/versions/{draft.pk}/undo").status_code == 409


def test_a_section_goes_with_its_questions(client: Client, draft: FormVersion) -> None:
    client.post(f"/en/desk/forms/versions/{draft.pk}/remove", {"kind": "section", "key": "more"})
    assert keys(draft) == [["total", "met", "ways"]]


def test_only_so_many_steps_are_kept(user: User, draft: FormVersion) -> None:
    for number in range(drafts.STEPS + 5):
        drafts.move_part(actor=user, version=draft, kind="question", key="total", down=number % 2 == 0)
    assert DraftStep.objects.filter(version=draft).count() == drafts.STEPS
    drafts.undo(actor=user, version=draft)
    assert DraftStep.objects.filter(version=draft).count() == drafts.STEPS - 1


def test_a_version_in_use_stays_and_its_steps_go(client: Client, user: User, draft: FormVersion) -> None:
    drafts.move_part(actor=user, version=draft, kind="question", key="total", down=True)
    client.post(f"/en/desk/forms/versions/{draft.pk}/freeze")
    frozen = FormVersion.objects.get(pk=draft.pk)
    assert frozen.is_frozen
    assert not DraftStep.objects.exists()
    part = {"kind": "question", "key": "met"}
    presses = {"/move": {**part, "to": "up"}, "/remove": part, "/undo": {}, "/freeze": {}, "/delete": {}}
    for path, sent in {**presses, "/settings": {"title": "No"}}.items():
        answer = client.post(f"/en/desk/forms/versions/{draft.pk}{path}", sent)
        assert answer.status_code == 409, path
        assert "in use" in answer.content.decode()
    assert stored(draft) == frozen.definition
    text = client.get(f"/en/desk/forms/versions/{draft.pk}").content.decode()
    assert "Make a new version" in text
    assert "Take out" not in text


def test_a_draft_is_thrown_away_after_a_question_and_an_unused_form_with_it(client: Client, draft: FormVersion) -> None:
    page = client.get(f"/en/desk/forms/versions/{draft.pk}/delete").content.decode()
    assert "has no other version" in page
    client.post(f"/en/desk/forms/versions/{draft.pk}/delete")
    assert not Form.objects.filter(pk=draft.form_id).exists()


def test_throwing_the_next_draft_away_keeps_the_form(client: Client, user: User, draft: FormVersion) -> None:
    frozen = freeze(actor=user, version=draft)
    following = drafts.new_version(actor=user, form=frozen.form)
    client.post(f"/en/desk/forms/versions/{following.pk}/delete")
    assert list(FormVersion.objects.filter(form=frozen.form)) == [frozen]


@pytest.mark.parametrize("kind", ["question", "section", "computed", "check", "nothing"])
def test_parts_that_are_gone_are_refused_with_a_sentence(client: Client, draft: FormVersion, kind: str) -> None:
    answer = client.post(f"/en/desk/forms/versions/{draft.pk}/remove", {"kind": kind, "key": "gone"})
    assert answer.status_code == (302 if kind == "nothing" else 409)
    assert stored(draft) == draft.definition


@pytest.mark.parametrize("text", ["nul \0", "half \ud800", "long " + "x" * drafts.LONGEST])
def test_what_cannot_be_kept_is_refused(user: User, draft: FormVersion, text: str) -> None:
    part = {"key": "note", "type": "note", "label": {"en": text}}
    with pytest.raises(Refused):
        drafts.add_part(actor=user, version=draft, kind="question", part=part, section="numbers")
    assert stored(draft) == draft.definition


def test_the_trail_says_what_was_done_and_no_word_of_it(user: User, draft: FormVersion) -> None:
    drafts.move_part(actor=user, version=draft, kind="question", key="total", down=True)
    freeze(actor=user, version=draft)
    found = Entry.objects.filter(subject=f"form_version:{draft.pk}")
    assert sorted(entry.action for entry in found) == [
        "forms.draft.changed",
        "forms.draft.started",
        "forms.version.frozen",
    ]


def test_what_is_missing_is_said_before_a_version_is_used(client: Client, user: User, draft: FormVersion) -> None:
    address = f"/en/desk/forms/versions/{draft.pk}/freeze"
    page = client.get(address).content.decode()
    assert "Norsk bokmål: 7 of 11 texts are missing" in page
    assert "?to=nb&amp;missing=1" in page
    assert not FormVersion.objects.get(pk=draft.pk).is_frozen
    client.post(address)
    assert FormVersion.objects.get(pk=draft.pk).is_frozen


def test_what_stays_is_read_in_the_language_of_the_reader(client: Client, user: User, draft: FormVersion) -> None:
    assert "Contacts in all" in client.get(f"/nb/desk/forms/versions/{draft.pk}").content.decode()
    freeze(actor=user, version=draft)
    page = client.get(f"/nb/desk/forms/versions/{draft.pk}").content.decode()
    assert "Kontakter i alt" in page
    assert "Contacts in all" not in page
