"""Lists in the database: loading them, and asking for what holds on a day."""

import datetime as dt
import json
from pathlib import Path

import pytest

from havn.vocabularies import api
from havn.vocabularies.api import FormerLabel, Term, VocabularyFacts, load
from havn.vocabularies.models import Vocabulary, VocabularyTerm
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db

OLD_DAY, NEW_DAY = dt.date(2020, 5, 1), dt.date(2025, 5, 1)


def term(code: str, replaced_by: str = "", broader: str = "") -> Term:
    return Term(code, {"en": code.capitalize()}, replaced_by=replaced_by, broader=broader)


def facts(
    code: str, *terms: Term, since: str = "2020-01-01", until: str = "", centre_id: int | None = None
) -> VocabularyFacts:
    return VocabularyFacts(
        dimension="topic",
        code=code,
        valid_from=dt.date.fromisoformat(since),
        valid_to=dt.date.fromisoformat(until) if until else None,
        centre_id=centre_id,
        terms=[*terms],
    )


def test_each_version_is_valid_on_its_days() -> None:
    old = facts("old", term("sextortion", replaced_by="oscec"), term("gaming"), until="2023-03-31")
    new = facts("new", term("oscec"), term("gaming"), since="2023-04-01")
    load(vocabularies=[old, new])
    last, first = dt.date(2023, 3, 31), dt.date(2023, 4, 1)
    assert [one.code for one in api.terms_of("topic", on=last)] == ["sextortion", "gaming"]
    assert api.codes_of("topic", on=first) == ["oscec", "gaming"]
    assert (api.version_on("topic", on=last), api.version_on("topic", on=first)) == ("old", "new")
    assert api.version_on("topic", on=dt.date(2019, 12, 31)) == ""


def test_a_successor_in_a_newer_version_makes_one_line() -> None:
    load(vocabularies=[facts("old", term("sextortion", replaced_by="oscec")), facts("new", term("oscec"))])
    assert api.line_of("topic", "oscec") == api.line_of("topic", "sextortion") == ("sextortion", "oscec")
    assert api.current_of("topic", "sextortion") == "oscec"


def test_where_versions_differ_on_a_successor_the_newest_is_right() -> None:
    old = facts("old", term("gaming", replaced_by="play"), term("play"), since="2018-01-01")
    load(vocabularies=[facts("new", term("gaming"), since="2023-01-01"), old])
    assert api.current_of("topic", "gaming") == "gaming"


def test_a_term_that_holds_no_longer_can_still_be_read() -> None:
    load(vocabularies=[facts("old", term("sextortion"), until="2023-03-31")])
    found = api.term_of("topic", "sextortion")
    assert found is not None
    assert api.label_of(found, "nb").language == "en"
    assert api.term_of("topic", "never") is None


def test_a_centres_own_list_stands_in_place_of_the_shared_one_at_that_centre_alone() -> None:
    here, elsewhere = make_centre(), make_centre(slug="elsewhere", host="elsewhere.test")
    load(vocabularies=[facts("own", term("skole"), centre_id=here.pk), facts("shared", term("gaming"))])
    assert api.codes_of("topic", on=NEW_DAY, centre_id=here.pk) == ["skole"]
    assert api.codes_of("topic", on=NEW_DAY, centre_id=elsewhere.pk) == ["gaming"]
    assert api.codes_of("topic", on=NEW_DAY) == ["gaming"]
    assert api.version_on("topic", on=NEW_DAY) == "shared"
    assert api.version_on("topic", on=NEW_DAY, centre_id=here.pk) == "own"
    assert (api.term_of("topic", "skole"), api.term_of("topic", "skole", centre_id=elsewhere.pk)) == (None, None)
    assert api.term_of("topic", "skole", centre_id=here.pk) is not None


def test_loading_again_brings_labels_up_to_date_and_removes_no_term() -> None:
    load(vocabularies=[facts("list", term("first"), term("second"))])
    former = (FormerLabel("Two", "en", dt.date(2024, 1, 1)), FormerLabel("To", "da", None))
    changed = Term("second", {"en": "The second"}, former_labels=former)
    load(vocabularies=[facts("list", changed)])
    assert VocabularyTerm.objects.count() == 2
    found = api.term_of("topic", "second")
    assert found == changed


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ([term("a", replaced_by="b"), term("b", replaced_by="a")], "follows itself"),
        ([term("a", replaced_by="nowhere")], "not there"),
        ([term("a", broader="nowhere")], "not there"),
        ([term("a", broader="b"), term("b", broader="a")], "under itself"),
        ([term("a", broader="a")], "under itself"),
        ([term("a"), term("a")], "twice"),
        ([Term("a", {"nb": "Bare norsk"})], "English"),
    ],
)
def test_a_list_with_a_fault_is_refused_as_a_whole(terms: list[Term], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        load(vocabularies=[facts("good", term("fine")), facts("bad", *terms)])
    assert not Vocabulary.objects.exists()


def test_an_app_loads_its_own_folder(tmp_path: Path) -> None:
    given = {"dimension": "mood", "code": "moods", "valid_from": "2020-01-01", "valid_to": None}
    terms = [
        {
            "code": "calm",
            "labels": {"en": "Calm", "nb": "Rolig"},
            "former_labels": [{"label": "Still", "language": "en"}],
        }
    ]
    (tmp_path / "moods.json").write_text(json.dumps({"vocabularies": [{**given, "terms": terms}]}))
    assert api.load_folder(tmp_path) == 1
    (found,) = api.terms_of("mood", on=OLD_DAY)
    assert api.label_of(found, "nb").text == "Rolig"
    assert found.former_labels == (FormerLabel("Still"),)
