"""Topics, audiences and sections as they come with Havn."""

import datetime as dt

import pytest

from havn.vocabularies import api, files

pytestmark = pytest.mark.django_db

OLD_DAY, TODAY = dt.date(2020, 5, 1), dt.date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _lists(db: None) -> None:
    api.load_public()


def test_loading_them_again_changes_nothing() -> None:
    before = api.terms_of("topic", on=TODAY)
    assert api.load_public() == api.load_public()
    assert api.terms_of("topic", on=TODAY) == before


def test_the_old_topics_are_sixteen_and_each_goes_on_in_the_new_tree() -> None:
    old, new = api.codes_of("topic", on=OLD_DAY), set(api.codes_of("topic", on=TODAY))
    assert len(old) == 16
    for code in old:
        term = api.term_of("topic", code)
        assert term is not None
        assert api.current_of("topic", code) in new
        assert api.line_of("topic", code)[-1] in new


def test_sextortion_goes_on_under_its_new_name_which_tells_the_old_one() -> None:
    assert api.line_of("topic", "sextortion") == ("sextortion", "oscec")
    term = api.term_of("topic", "oscec")
    assert term is not None
    assert api.label_of(term, "en").text == "online sexual coercion and extortion of children (OSCEC)"
    assert {(one.label, one.language) for one in term.former_labels} == {
        ("sextortion", language) for language in ("en", "nb", "da")
    }


def test_every_term_has_its_label_in_the_three_languages() -> None:
    for vocabulary in files.read_folder(files.PUBLIC):
        if vocabulary.dimension == "aim":
            continue  # quoted, never translated by us into a language of schools that it is not for
        for term in vocabulary.terms:
            assert all(term.labels.get(language) for language in ("en", "nb", "da")), f"{vocabulary.code}: {term.code}"


def test_topics_are_a_tree() -> None:
    under = {term.code: term.broader for term in api.terms_of("topic", on=TODAY)}
    assert under["oscec"] == "contact-related-issues"
    assert under["sexuality-online"] == "love-relationships-sexuality"
    assert {code for code, parent in under.items() if not parent} == {
        "content-related-issues", "contact-related-issues", "conduct-related-issues", "digital-environment",
        "media-literacy-education", "policy-and-regulation",
    }  # fmt: skip


def test_audiences_and_sections_are_those_of_the_network_and_those_it_lacks() -> None:
    audiences = {term.code: term.broader for term in api.terms_of("audience", on=TODAY)}
    assert sum(1 for parent in audiences.values() if not parent) == 6
    assert set(audiences) >= {"authorities", "industry", "ngos", "universities", "young-children"}
    assert audiences["young-children"] == "children-young-people"
    assert api.codes_of("section", on=TODAY) == [
        "awareness", "helplines", "hotlines", "industry", "policy", "research", "sid", "youth",
    ]  # fmt: skip


def test_aims_stand_below_a_subject_and_a_year_and_are_quoted_in_norwegian() -> None:
    terms = {term.code: term for term in api.terms_of("aim", on=TODAY)}
    years = [code for code, term in terms.items() if not term.broader]
    assert years == ["lk20-2", "lk20-4", "lk20-7", "lk20-10"]
    subjects = {code for code, term in terms.items() if term.broader in years}
    assert all(terms[code].definition.startswith("https://www.udir.no/lk20/") for code in subjects)
    aims = [term for term in terms.values() if term.broader in subjects]
    assert len(aims) + len(subjects) + len(years) == len(terms)
    assert 40 <= len(aims) <= 60
    for aim in aims:
        assert aim.labels.get("nn") or aim.labels.get("nb"), aim.code
        assert "da" not in aim.labels, aim.code
        assert aim.definition.startswith("English "), aim.code
        assert not any(text.endswith(".") or text[0].isupper() for text in aim.labels.values()), aim.code


def test_an_aim_after_year_4_is_quoted_right() -> None:
    aim = api.term_of("aim", "lk20-4-saf-privacy")
    assert aim is not None
    assert api.label_of(aim, "nb").language == "nn"
    assert api.label_of(aim, "nb").text == (
        "samtale om reglar og normer for personvern, deling og beskyttelse av informasjon og om kva det vil seie å "
        "bruke dømmekraft i digital samhandling"
    )
