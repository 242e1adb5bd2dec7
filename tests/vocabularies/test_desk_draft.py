"""Making a new version of a list: terms, order, colleagues at the same draft, publishing it."""

import datetime as dt
import json

import pytest
from django.utils import translation

from havn.audit.models import Entry
from havn.common.clock import now
from havn.common.errors import Refused
from havn.vocabularies import api, words
from havn.vocabularies.actions.publishing import take_back
from havn.vocabularies.models import Draft, Vocabulary, VocabularyTerm
from havn.vocabularies.queries import versions_in
from havn.vocabularies.rules.versions import Version
from havn.vocabularies.views.found import list_at
from tests.helpline.figures import contact
from tests.vocabularies.desk import LISTS, TODAY, TOMORROW, Desk, make_desk

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def desk() -> Desk:
    made = make_desk()
    made.begin()
    return made


def change(desk: Desk) -> str:
    """A rename, a term that is retired for another, and a new one. Gives the new one's code."""
    assert desk.term("gaming", label_en="Games").status_code == 302
    assert desk.term("grooming", state="retired", replaced_by="sexual-harassment").status_code == 302
    assert (
        desk.term(
            "", label_en="Deepfakes", definition="Pictures of somebody that are not real.", broader=""
        ).status_code
        == 302
    )
    return "own-deepfakes"


def test_what_changed_is_told_in_words(desk: Desk) -> None:
    change(desk)
    page = desk.client.get(f"{LISTS}/reason/draft").content.decode()
    assert "1 new: Deepfakes" in page
    assert "1 renamed: Games" in page
    assert "1 retired: Grooming → (Online) sexual harassment" in page


def test_the_desk_offers_a_published_version_from_its_day_on_and_the_old_one_stays(desk: Desk) -> None:
    new, pk = change(desk), desk.centre.pk
    assert desk.publish(TOMORROW).status_code == 302
    assert not Draft.objects.exists()
    before, after = (api.codes_of("reason", on=day, centre_id=pk) for day in (TODAY, TOMORROW))
    assert "grooming" in before and new not in before
    assert "grooming" not in after and new in after
    assert api.codes_of("reason", on=TOMORROW) == before
    games = api.term_of("reason", "gaming", centre_id=pk)
    assert games is not None and games.labels["en"] == "Games"
    former = {one.label: one.until for one in games.former_labels}
    assert former["Gaming"] == TODAY
    assert api.current_of("reason", "grooming") == "grooming"
    assert api.line_of("reason", "grooming", centre_id=pk)[-1] == "sexual-harassment"
    (told,) = Entry.objects.filter(action="vocabularies.published")
    assert json.loads(told.codes) | {"valid_from": ""} == {"valid_from": "", "new": 1, "renamed": 1, "retired": 1}


def test_a_code_is_never_given_twice(desk: Desk) -> None:
    change(desk)
    desk.publish(TOMORROW)
    desk.begin()
    desk.term("own-deepfakes", state="retired", replaced_by="-")
    desk.term("", label_en="Deepfakes", definition="", broader="")
    assert "own-deepfakes-2" in {one["code"] for one in desk.draft.terms}
    assert desk.publish(TOMORROW + DAY).status_code == 302
    versions = Vocabulary.objects.filter(centre=desk.centre).order_by("valid_from")
    assert [(one.valid_from, one.valid_to) for one in versions] == [(TOMORROW, TOMORROW), (TOMORROW + DAY, None)]
    rows = VocabularyTerm.objects.filter(vocabulary=versions[1], code="own-deepfakes")
    assert [(row.retired, row.replaced_by) for row in rows] == [(True, "")]


def test_no_version_begins_in_the_past_of_what_was_counted(desk: Desk) -> None:
    change(desk)
    for day in (TODAY - DAY, TODAY - 400 * DAY, TODAY + 800 * DAY):
        assert desk.publish(day).status_code == 400
    contact(desk.service, TODAY.isoformat(), "gaming")
    answer = desk.publish(TODAY)
    assert answer.status_code == 400
    assert f'value="{TODAY:%Y-%m-%d}"' in answer.content.decode()
    assert desk.publish(TOMORROW).status_code == 302
    desk.begin()
    desk.term("gaming", label_en="Play")
    assert desk.publish(TOMORROW).status_code == 400


def test_a_draft_with_faults_is_not_published(desk: Desk) -> None:
    assert desk.publish(TOMORROW).status_code == 400
    desk.term("grooming", state="retired")
    page = desk.client.get(f"{LISTS}/reason/draft").content.decode()
    assert "say which term takes over, or that none does" in page
    assert "valid_from" not in page
    assert desk.publish(TOMORROW).status_code == 400
    assert not Vocabulary.objects.filter(centre=desk.centre).exists()


def test_a_colleague_who_was_slower_keeps_the_words(desk: Desk) -> None:
    seen = desk.draft.version
    desk.term("gaming", label_en="Games")
    answer = desk.term("grooming", version=seen, label_en="Winning a child's trust")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Winning a child&#x27;s trust" in page
    assert "A colleague changed the draft meanwhile" in page
    assert "It was Kari Coordinator." in page
    assert desk.term("grooming", label_en="Winning a child's trust").status_code == 302
    assert {one["labels"]["en"] for one in desk.draft.terms} >= {"Games", "Winning a child's trust"}
    sent = {"version": seen, "valid_from": TOMORROW.isoformat()}
    assert desk.client.post(f"{LISTS}/reason/draft/publish", sent).status_code == 400


def test_order_groups_and_taking_out_what_the_draft_added(desk: Desk) -> None:
    codes = [one["code"] for one in desk.draft.terms]
    sent = {"version": desk.draft.version, "code": codes[1], "way": "up"}
    desk.client.post(f"{LISTS}/reason/draft/move", sent)
    assert [one["code"] for one in desk.draft.terms][:2] == [codes[1], codes[0]]
    desk.term("", label_en="On the net", definition="", broader="")
    desk.term("gaming", broader="own-on-the-net")
    assert desk.term("gaming", broader="gaming").status_code == 400
    assert desk.publish(TOMORROW).status_code == 302
    pk = desk.centre.pk
    assert "own-on-the-net" not in api.codes_to_code_with("reason", on=TOMORROW, centre_id=pk)
    assert "gaming" in api.codes_to_code_with("reason", on=TOMORROW, centre_id=pk)
    desk.begin()
    desk.term("", label_en="A slip", definition="", broader="")
    desk.term("own-a-slip", state="retired", replaced_by="-")
    assert "own-a-slip" not in {one["code"] for one in desk.draft.terms}


def test_the_network_and_other_centres_see_nothing_of_it(desk: Desk) -> None:
    before = api.codes_of("reason", on=TOMORROW)
    change(desk)
    desk.publish(TOMORROW)
    assert api.codes_of("reason", on=TOMORROW) == api.codes_of("reason", on=TOMORROW, centre_id=0) == before
    assert api.version_on("reason", on=TOMORROW) == "insafe-reasons-2023"


def test_what_the_desk_asks_for_by_name_is_not_retired() -> None:
    desk = make_desk()
    desk.client.post(f"{LISTS}/outcome/begin")
    page = desk.client.get(f"{LISTS}/outcome/draft/term/silent").content.decode()
    assert 'name="label_en"' in page
    assert 'name="state"' not in page


def test_taking_back_while_somebody_begins_a_draft_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    change(desk)
    desk.publish(TOMORROW)

    def begun_at_the_same_moment(dimension: str, centre_id: int) -> list[Version]:
        found = versions_in(dimension, centre_id)
        Draft.objects.create(centre=desk.centre, dimension="reason", based_on="x", terms=[], changed_at=now())
        return found

    monkeypatch.setattr("havn.vocabularies.actions.publishing.versions_in", begun_at_the_same_moment)
    with pytest.raises(Refused, match="There is a draft already"):
        take_back(actor=desk.kari, centre=desk.centre, edited=list_at("reason"), today=TODAY)
    assert Vocabulary.objects.filter(centre=desk.centre).exists()


def test_a_reader_who_is_addressed_formally_reads_their_language() -> None:
    with translation.override("de-x-formal"):
        assert words.label_of({"en": "Games", "de": "Spiele"}, "gaming") == "Spiele"
        assert words.language_name("nb").startswith("Norwegisch")


def test_letting_a_draft_go_leaves_the_list_as_it_was(desk: Desk) -> None:
    change(desk)
    assert desk.client.post(f"{LISTS}/reason/draft/let-go").status_code == 302
    assert not Draft.objects.exists()
    assert desk.client.post(f"{LISTS}/reason/draft/let-go").status_code == 302
    assert desk.client.get(f"{LISTS}/reason/draft").status_code == 302
    assert desk.client.get(f"{LISTS}/reason/draft/term/gaming").status_code == 302
    assert Entry.objects.filter(action="vocabularies.draft.let_go").count() == 1
