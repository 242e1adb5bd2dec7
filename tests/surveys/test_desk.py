"""Surveys on the desk: texts, waves, results, codebook, comparison, and that another centre sees nothing of them."""

import datetime as dt
import io
import json

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from havn.accounts.models import User
from havn.audit.models import Entry
from havn.common.clock import now
from havn.common.errors import NotAllowed, Refused
from havn.surveys.actions import editing, ending
from havn.surveys.actions.counting import count
from havn.surveys.models import Survey, Wave
from havn.surveys.queries.bank import bank_of
from havn.surveys.rules.comparing import Change
from havn.tenancy.models import Centre
from tests.accounts.factories import make_organisation, make_staff, signed_in_client
from tests.surveys.factories import DAY, definition, fill, make_survey, make_version, make_wave, one, over, some_answers
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db
TEXTS = {
    "title_en": "The club", "title_nb": "Klubben", "for_whom_en": "For you.", "why_en": "Because.",
    "afterwards_en": "We read it.", "slug": "club", "keep_days": "100",
}  # fmt: skip


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    text: str = response.content.decode()
    return text


def held(survey: Survey, answers: int = 60, seed: int = 1, **fields: object) -> Wave:
    """A wave that is over and counted."""
    wave = make_wave(survey, **over(split_by=["age"], **fields))
    fill(wave, some_answers(answers, seed))
    count(wave)
    wave.refresh_from_db()
    return wave


def test_an_officer_makes_a_survey_and_changes_it(at_desk: Client, centre: Centre) -> None:
    response = at_desk.post("/desk/surveys/new", TEXTS)
    survey = Survey.objects.get(centre=centre)
    assert response["Location"] == f"/desk/surveys/{survey.pk}"
    assert survey.title == {"en": "The club", "nb": "Klubben"}
    assert "The club" in page(at_desk, "/desk/surveys")
    at_desk.post(f"/desk/surveys/{survey.pk}/edit", {**TEXTS, "title_en": "Our club"})
    survey.refresh_from_db()
    assert survey.title["en"] == "Our club"
    assert [entry.action for entry in Entry.objects.order_by("seq")][-2:] == ["surveys.made", "surveys.changed"]


@pytest.mark.parametrize("wrong", [{"title_en": ""}, {"slug": "Not an address"}, {"keep_days": "99999"}])
def test_what_is_wrong_is_said_and_nothing_lost(at_desk: Client, wrong: dict[str, str]) -> None:
    response = at_desk.post("/desk/surveys/new", {**TEXTS, **wrong, "why_en": "Because we wonder."})
    assert response.status_code == 422
    assert "Because we wonder." in response.content.decode()
    assert not Survey.objects.exists()


def test_an_address_is_taken_once(at_desk: Client, centre: Centre) -> None:
    make_survey(centre, slug="club")
    response = at_desk.post("/desk/surveys/new", TEXTS)
    assert response.status_code == 422
    assert "Another survey has this address" in response.content.decode()


def test_an_address_on_posters_stays(officer: User, centre: Centre) -> None:
    survey = make_survey(centre)
    make_wave(survey)
    survey.slug = "moved"
    with pytest.raises(Refused, match="posters"):
        editing.save_survey(actor=officer, survey=survey)


def test_a_wave_is_made_ready_and_opens_and_closes_by_the_clock(at_desk: Client, centre: Centre) -> None:
    survey, version = make_survey(centre), make_version(centre)
    today = timezone.now().date()
    told = {"version": version.pk, "opens_on": today, "closes_on": today + 3 * DAY, "split_by": ["age", "gender"]}
    response = at_desk.post(f"/desk/surveys/{survey.pk}/waves/new", told)
    wave = survey.waves.get()
    assert response["Location"] == f"/desk/surveys/waves/{wave.pk}"
    assert wave.split_by == ["age", "gender"]
    assert wave.closes_at - wave.opens_at == 4 * DAY
    at_desk.post(f"/desk/surveys/waves/{wave.pk}/step", {"step": "approve"})
    text = page(at_desk, f"/desk/surveys/waves/{wave.pk}")
    assert "Open</span>" in text
    assert "fewer than 10" in text
    assert at_desk.get(f"/desk/surveys/waves/{wave.pk}/results").status_code == 404
    at_desk.post(f"/desk/surveys/waves/{wave.pk}/step", {"step": "close"})
    assert "Closed, being counted" in page(at_desk, f"/desk/surveys/waves/{wave.pk}")


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"split_by": ["where"]}, "Select a valid choice"),
        ({"split_by": ["age", "gender", "plays"]}, "Up to two different questions"),
        ({"closes_on": "2026-01-01"}, "The last day is before the first"),
        ({"opens_on": "0001-01-01"}, "Look at the year again"),
    ],
)
def test_days_and_split_are_checked(at_desk: Client, centre: Centre, told: dict[str, object], sentence: str) -> None:
    survey, version = make_survey(centre), make_version(centre)
    given = {"version": str(version.pk), "opens_on": "2026-11-29", "closes_on": "2026-12-29", **told}
    response = at_desk.post(f"/desk/surveys/{survey.pk}/waves/new", given)
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_results_are_split_by_questions_in_their_words(at_desk: Client, centre: Centre) -> None:
    survey, version = make_survey(centre), make_version(centre)
    address = f"/desk/surveys/{survey.pk}/waves/new"
    text = page(at_desk, address)
    assert "The age?" in text and "The gender?" in text and "The where?" not in text
    assert "can be shown by" not in text
    make_version(centre, definition(one("pet", "cat", "dog"), key="zoo"))
    assert "can be shown by: The age?; The gender?; Do you play?; The pet?" in page(at_desk, address)
    told = {"version": version.pk, "opens_on": "2026-11-29", "closes_on": "2026-12-29", "split_by": ["age", "pet"]}
    response = at_desk.post(address, told)
    assert response.status_code == 422
    text = response.content.decode()
    assert "Not possible with this form: The pet?. Possible are: The age?; The gender?; Do you play?" in text
    assert text.count("checked") == 2
    wave = make_wave(survey, form_version=version, split_by=["gender"], approved_at=None)
    assert page(at_desk, f"/desk/surveys/waves/{wave.pk}/edit").count("checked") == 1


def test_answers_are_never_kept_longer_than_children_were_told(officer: User, centre: Centre) -> None:
    survey = make_survey(centre, keep_days=100)
    survey.keep_days = 120
    editing.save_survey(actor=officer, survey=survey)
    make_wave(survey)
    survey.keep_days = 90
    editing.save_survey(actor=officer, survey=survey)
    survey.keep_days = 91
    with pytest.raises(Refused, match="Fewer days are possible"):
        editing.save_survey(actor=officer, survey=survey)


def test_a_form_that_asks_for_words_is_not_made_ready(officer: User, centre: Centre) -> None:
    text = {"key": "name", "type": "text", "label": {"en": "Who are you?"}}
    version = make_version(centre, definition(text, key="wordy"))
    wave = make_wave(make_survey(centre), form_version=version, approved_at=None)
    with pytest.raises(Refused, match="Who are you\\?"):
        editing.approve(actor=officer, wave=wave)
    wave.refresh_from_db()
    assert wave.approved_at is None


@pytest.mark.parametrize(
    ("survey_fields", "wave_fields", "sentence"),
    [
        ({"why": {}}, {}, "before the first question are missing"),
        ({}, {"split_by": ["where"]}, "cannot be split"),
        ({}, {"opens_at": now() - 3 * DAY, "closes_at": now() - DAY}, "over already"),
        ({"archived_at": now()}, {}, "archived"),
    ],
)
def test_what_is_not_ready_is_said(
    officer: User, centre: Centre, survey_fields: dict[str, object], wave_fields: dict[str, object], sentence: str
) -> None:
    wave = make_wave(make_survey(centre, **survey_fields), approved_at=None, **wave_fields)
    with pytest.raises(Refused, match=sentence):
        editing.approve(actor=officer, wave=wave)


def test_two_waves_of_a_survey_are_not_open_together(officer: User, centre: Centre) -> None:
    survey = make_survey(centre)
    make_wave(survey)
    with pytest.raises(Refused, match="Another wave"):
        editing.approve(actor=officer, wave=make_wave(survey, approved_at=None))


def test_what_is_ready_does_not_change_any_more(officer: User, centre: Centre, at_desk: Client) -> None:
    wave = make_wave(make_survey(centre))
    wave.split_by = ["plays"]
    for change in (editing.save_wave, editing.delete_wave, editing.approve):
        with pytest.raises(Refused, match="ready already"):
            change(actor=officer, wave=wave)
    assert at_desk.get(f"/desk/surveys/waves/{wave.pk}/edit").status_code == 302
    with pytest.raises(Refused, match="answered already"):
        ending.take_back(actor=officer, wave=wave)


def test_a_wave_to_come_is_taken_back_and_deleted(officer: User, centre: Centre) -> None:
    wave = make_wave(make_survey(centre), opens_at=now() + DAY, closes_at=now() + 2 * DAY)
    ending.take_back(actor=officer, wave=wave)
    editing.delete_wave(actor=officer, wave=wave)
    assert not Wave.objects.exists()


def test_a_survey_is_archived_only_after_children_can_read_what_happened(
    officer: User, centre: Centre, at_desk: Client
) -> None:
    survey = make_survey(centre)
    wave = held(survey)
    with pytest.raises(Refused, match="what happened"):
        editing.archive(actor=officer, survey=survey)
    at_desk.post(f"/desk/surveys/waves/{wave.pk}/step", {"step": "publish"})
    empty = at_desk.post(f"/desk/surveys/waves/{wave.pk}/outcome", {"outcome_en": " ", "outcome_nb": "Vi leste."})
    assert empty.status_code == 422
    assert "Vi leste." in empty.content.decode()
    at_desk.post(f"/desk/surveys/waves/{wave.pk}/outcome", {"outcome_en": "We told the minister."})
    at_desk.post(f"/desk/surveys/{survey.pk}/archive")
    survey.refresh_from_db()
    assert survey.archived_at is not None
    with pytest.raises(Refused, match="Archive"):
        editing.delete_survey(actor=officer, survey=survey)


def test_an_open_wave_keeps_its_survey_from_the_archive(officer: User, centre: Centre) -> None:
    survey = make_survey(centre)
    wave = make_wave(survey)
    with pytest.raises(Refused, match="not over yet"):
        editing.archive(actor=officer, survey=survey)
    with pytest.raises(Refused, match="Wait until"):
        ending.write_outcome(actor=officer, wave=wave, outcome={"en": "Too early."})
    with pytest.raises(Refused, match="no results"):
        ending.publish(actor=officer, wave=wave)


def test_a_survey_nobody_was_asked_with_is_deleted(at_desk: Client, centre: Centre) -> None:
    survey = make_survey(centre)
    make_wave(survey, approved_at=None)
    assert "go for good" in page(at_desk, f"/desk/surveys/{survey.pk}/delete")
    at_desk.post(f"/desk/surveys/{survey.pk}/delete")
    assert not Survey.objects.exists()


def test_staff_see_the_masked_numbers_and_take_them_out(at_desk: Client, centre: Centre) -> None:
    wave = held(make_survey(centre, title={"en": "=SUM(A1)"}))
    assert "<strong>60</strong>" in page(at_desk, f"/desk/surveys/waves/{wave.pk}/results")
    assert at_desk.get(f"/desk/surveys/waves/{wave.pk}/results.csv").status_code == 200
    book = load_workbook(io.BytesIO(at_desk.get(f"/desk/surveys/waves/{wave.pk}/results.xlsx").content))
    cells = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert "Do you play?" in cells
    assert not [cell for cell in cells if isinstance(cell, str) and cell.startswith("=")]
    assert at_desk.get(f"/desk/surveys/waves/{wave.pk}/results.exe").status_code == 404


def test_the_codebook_says_what_codes_mean_and_what_changed(at_desk: Client, centre: Centre) -> None:
    survey = make_survey(centre)
    make_wave(survey, **over(form_version=make_version(centre, definition(one("old", "a", "b"), key="club"))))
    raw = definition(one("fresh", "a", "b"), key="club")
    raw["sections"][1]["questions"][0]["label"]["en"] = "Do you play much?"
    wave = make_wave(survey, form_version=make_version(centre, raw))
    text = page(at_desk, f"/desk/surveys/waves/{wave.pk}/codebook")
    for told in ("likes.fun", "Other words: not comparable", "The same: comparable", "Not asked any more:", "The old?"):
        assert told in text
    told = json.loads(at_desk.get(f"/desk/surveys/waves/{wave.pk}/codebook.json").content)
    changes = {each["path"]: each["change"] for each in told["variables"]}
    assert (changes["age"], changes["plays"], changes["fresh"]) == ("same", "wording", "new")
    assert told["variables"][0]["codes"] == {"young": "Young", "older": "Older", "-": "No answer"}
    for kind in ("csv", "xlsx"):
        assert at_desk.get(f"/desk/surveys/waves/{wave.pk}/codebook.{kind}").status_code == 200
    assert at_desk.get(f"/desk/surveys/waves/{wave.pk}/codebook.pdf").status_code == 404


def test_waves_are_compared_where_the_question_stayed_the_same(at_desk: Client, centre: Centre) -> None:
    survey = make_survey(centre)
    held(survey, form_version=make_version(centre, definition(key="club")))
    raw = definition(key="club")
    raw["sections"][1]["questions"][2]["choices"].append({"code": "calm", "label": {"en": "Calm"}})
    held(survey, seed=2, form_version=make_version(centre, raw))
    text = page(at_desk, f"/desk/surveys/{survey.pk}/comparison")
    compared, apart = text.split("Not comparable with the wave before")
    assert "Do you play?" in compared
    assert "What do you like?" not in compared
    assert "Other choices: not comparable" in apart


def test_one_wave_is_compared_with_nothing(at_desk: Client, centre: Centre) -> None:
    survey = make_survey(centre)
    held(survey)
    assert "nothing to compare" in page(at_desk, f"/desk/surveys/{survey.pk}/comparison")


def test_the_bank_has_each_wording_with_the_waves_that_asked_it(at_desk: Client, centre: Centre) -> None:
    first = make_version(centre, definition(key="club"))
    raw = definition(key="club")
    raw["sections"][0]["questions"][1]["label"]["en"] = "Girl or boy?"
    make_version(centre, raw)
    make_wave(make_survey(centre), form_version=first)
    bank = bank_of(centre, now().date())
    assert [len(bank[key]) for key in ("age", "gender")] == [1, 2]
    assert bank["gender"][1].differs is Change.WORDING
    assert [len(wording.waves) for wording in bank["gender"]] == [1, 0]
    text = page(at_desk, "/desk/surveys/questions")
    assert "Girl or boy?" in text
    newest = first.form.versions.get(number=2)
    assert f"?copy={newest.pk}" in text and f"?copy={first.pk}" not in text
    assert "Copy the newest version of this form" in text and "Copy this form" in text
    assert 'value="copy"' in page(at_desk, f"/desk/forms/new?copy={newest.pk}")


def test_the_poster_and_the_preview_are_as_children_see_it(at_desk: Client, centre: Centre) -> None:
    wave = make_wave(make_survey(centre, slug="club"))
    poster = page(at_desk, f"/desk/surveys/{wave.survey_id}/poster")
    assert "http://testserver/surveys/club" in poster
    assert "<svg" in poster
    preview = page(at_desk, f"/desk/surveys/waves/{wave.pk}/preview")
    assert "Nobody can see who you are." in preview
    assert "Do you pay?" in preview


def test_another_centre_and_other_roles_see_and_do_nothing(centre: Centre, officer: User) -> None:
    other = make_centre(host="other.example")
    make_organisation(other, "red-cross")
    stranger = signed_in_client(make_staff(other, "coordinator"), host="other.example")
    wave = make_wave(make_survey(centre), approved_at=None)
    for path in (f"{wave.survey_id}", f"{wave.survey_id}/edit", f"{wave.survey_id}/poster", f"waves/{wave.pk}",
                 f"waves/{wave.pk}/codebook", f"waves/{wave.pk}/preview"):  # fmt: skip
        assert stranger.get(f"/desk/surveys/{path}").status_code == 404, path
    assert stranger.post(f"/desk/surveys/waves/{wave.pk}/step", {"step": "approve"}).status_code == 404
    assert wave.survey.title["en"] not in page(stranger, "/desk/surveys")
    with pytest.raises(NotAllowed):
        editing.approve(actor=make_staff(centre, "counsellor"), wave=wave)


def test_huge_numbers_in_addresses_are_no_page(at_desk: Client) -> None:
    for path in (f"{10**30}", f"waves/{10**30}", f"waves/{10**30}/results.csv"):
        assert at_desk.get(f"/desk/surveys/{path}").status_code == 404


def test_closing_early_leaves_an_hour(officer: User, centre: Centre) -> None:
    wave = make_wave(make_survey(centre))
    ending.close_now(actor=officer, wave=wave)
    wave.refresh_from_db()
    assert abs(wave.closes_at - now()) < dt.timedelta(minutes=1)
    with pytest.raises(Refused, match="not open"):
        ending.close_now(actor=officer, wave=wave)
