"""What the public reads: before the first question, after the last, and results."""

import pytest
from django.test import Client

from havn.common.clock import now
from havn.surveys.actions.counting import count
from havn.surveys.models import Survey, Wave
from havn.tenancy.models import Centre
from tests.surveys.factories import DAY, fill, make_survey, make_wave, over, some_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(centre: Centre) -> Survey:
    return make_survey(centre, slug="club", title={"en": "The club", "nb": "Klubben"})


def held(survey: Survey, answers: int = 60, *, published: bool = True, **fields: object) -> Wave:
    """A wave that is over and counted."""
    wave = make_wave(survey, **over(split_by=["age"], **fields))
    fill(wave, some_answers(answers))
    count(wave)
    if published:
        Wave.objects.filter(pk=wave.pk).update(published_at=now(), outcome={"en": "We told the minister."})
    wave.refresh_from_db()
    return wave


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    text: str = response.content.decode()
    assert len(text) < 60_000
    return text


def test_a_child_reads_who_asks_and_why_before_the_first_question(child: Client, survey: Survey) -> None:
    make_wave(survey)
    text = page(child, "/surveys/club")
    for told in (
        "The club", "For you who are 9 to 17.", "We want to know how it is.", "We read it and tell the minister.",
        "Nobody can see who you are.", "You can skip any question.", "There are 6 questions.", "Ask us if you wonder.",
    ):  # fmt: skip
        assert told in text


def test_a_draft_is_nobodys_business(child: Client, survey: Survey) -> None:
    make_wave(survey, approved_at=None)
    assert child.get("/surveys/club").status_code == 404
    assert "The club" not in page(child, "/surveys")


def test_the_list_shows_what_is_open_and_what_has_results(child: Client, survey: Survey) -> None:
    assert "We are not asking anything just now" in page(child, "/surveys")
    held(survey)
    make_wave(survey)
    text = page(child, "/surveys")
    assert "Open now" in text
    assert "/surveys/club/results/1" in text


def test_the_first_page_of_the_centre_invites(child: Client, survey: Survey) -> None:
    assert "Tell us what you think" not in page(child, "/")
    make_wave(survey)
    text = page(child, "/")
    assert "Tell us what you think" in text
    assert "/surveys/club" in text


def test_the_first_page_leads_to_results_also_when_nothing_is_open(child: Client, survey: Survey) -> None:
    wave = held(survey, published=False)
    assert "What others answered" not in page(child, "/")
    Wave.objects.filter(pk=wave.pk).update(outcome={"en": "We told the minister."}, outcome_at=now())
    text = page(child, "/")
    assert "What others answered" in text and 'class="door__way" href="/surveys"' in text
    assert "Tell us what you think" not in text
    assert "The club" in page(child, "/surveys")
    Wave.objects.filter(pk=wave.pk).update(published_at=now())
    make_wave(survey)
    text = page(child, "/")
    assert "What others answered" in text and "Tell us what you think" in text
    Survey.objects.update(archived_at=now())
    assert "What others answered" not in page(child, "/")


def test_a_survey_to_come_says_when(child: Client, survey: Survey) -> None:
    make_wave(survey, opens_at=now() + 2 * DAY, closes_at=now() + 4 * DAY)
    assert "This survey opens on" in page(child, "/surveys/club")
    assert child.post("/surveys/club/questions").status_code == 410


def test_a_closed_survey_says_what_happened(child: Client, survey: Survey) -> None:
    wave = held(survey, published=False)
    text = page(child, "/surveys/club")
    assert "This survey is closed" in text
    assert "We are still reading" in text
    Wave.objects.filter(pk=wave.pk).update(outcome={"en": "We told the minister."})
    assert "We told the minister." in page(child, "/surveys/club")


def test_what_happened_is_never_told_of_another_wave_without_its_month(child: Client, survey: Survey) -> None:
    first = held(survey, number=1)
    text = page(child, "/surveys/club")
    assert "What happened with your answers" in text and "We are still reading" not in text
    second = held(survey, number=2, published=False)
    text = page(child, "/surveys/club")
    assert "We are still reading" in text and "What happened with your answers" not in text
    assert f"What happened with the answers of {first.last_at:%B %Y}" in text
    Wave.objects.filter(pk=second.pk).update(outcome={"en": "We told the king."})
    text = page(child, "/surveys/club")
    assert "We told the king." in text and "We told the minister." not in text and "We are still" not in text


def test_the_survey_speaks_the_readers_language(child: Client, survey: Survey) -> None:
    make_wave(survey)
    assert "Klubben" in page(child, "/nb/surveys/club")


def test_results_are_read_once_they_are_published(child: Client, survey: Survey) -> None:
    wave = held(survey, published=False)
    assert child.get("/surveys/club/results/1").status_code == 404
    assert child.get("/surveys/club/results/1.csv").status_code == 404
    Wave.objects.filter(pk=wave.pk).update(published_at=now())
    text = page(child, "/surveys/club/results/1")
    assert "<strong>60</strong>" in text
    assert "Do you play?" in text
    assert "<svg" in text
    assert child.get("/surveys/club/results/99999999999999").status_code == 404


def test_results_of_few_are_not_shown(child: Client, survey: Survey) -> None:
    held(survey, 9)
    text = page(child, "/surveys/club/results/1")
    assert "Fewer than 10 answered" in text
    assert "Do you play?" not in text


def test_the_table_has_what_the_page_has_and_no_formula(child: Client, survey: Survey) -> None:
    survey.title = {"en": "=HYPERLINK(1)"}
    survey.save()
    wave = held(survey)
    response = child.get("/surveys/club/results/1.csv")
    lines = response.content.decode().splitlines()
    assert response["Content-Disposition"] == 'attachment; filename="club-1.csv"'
    assert lines[0].startswith("\"'=HYPERLINK(1)") or lines[0].startswith("'=HYPERLINK(1)")
    plays = next(one for one in wave.results["tables"] if one["path"] == "plays")
    number = plays["all"][0]
    assert f"Do you play?,,Yes,All,60,{'' if number is None else number}," in "\n".join(lines)
