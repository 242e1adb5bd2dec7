"""Age assurance for the public: explained in plain words; the self-assessment scored on the spot and kept by a code."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from havn.audit.models import Entry
from havn.common.clock import now
from havn.forms.actions import assessing
from havn.forms.actions.assessing import forget_assessments
from havn.forms.api import load_shipped
from havn.forms.models import KeptAssessment
from havn.forms.rules.assessment_codes import AssessmentCode
from havn.tenancy.models import Centre
from tests.forms.shipped_answers import RIGHT
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db
CHECK = "/en/age-assurance/check"
ANSWERS = {f"q-{key}": value for key, value in RIGHT["age_assurance"].items()}
OURS = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def centre() -> Centre:
    load_shipped()
    return make_centre()


@pytest.fixture
def anyone(centre: Centre) -> Client:
    return Client(headers={"host": "testserver"})


def test_the_first_page_leads_to_age_checks_and_these_to_the_self_assessment(anyone: Client) -> None:
    assert 'href="/en/age-assurance"' in anyone.get("/en/").content.decode()
    assert f'href="{CHECK}"' in anyone.get("/en/age-assurance").content.decode()


def send(client: Client, **fields: Any) -> tuple[int, str]:
    answer = client.post(CHECK, fields, headers=OURS)
    return answer.status_code, answer.content.decode()


def code_in(text: str) -> str:
    found = re.search(r'class="form-code">([0-9A-Z-]{29})<', text)
    assert found, "no code is shown"
    return found[1]


def test_a_child_reads_what_age_checks_are_and_the_six_rights(anyone: Client) -> None:
    text = anyone.get("/en/age-assurance").content.decode()
    for words in ("Why do apps ask how old you are?", "To get and share information", "To use media",
                  "To be with others", "To learn and grow", "To play", "To be protected online",
                  'id="quick-exit"', CHECK):  # fmt: skip
        assert words in text
    assert len(text) < 60_000


def test_points_are_shown_at_once_and_nothing_is_kept(anyone: Client) -> None:
    status, text = send(anyone, **ANSWERS, result="1")
    assert status == 200
    assert "<dt>All points of 60</dt>" in text
    assert re.search(r'<span class="numbers">60</span> – Very good', text)
    assert KeptAssessment.objects.count() == 0
    assert 'name="q-need_1" value="yes" checked' in text


def test_what_is_missing_is_said_and_what_was_answered_stays(anyone: Client) -> None:
    status, text = send(anyone, **{**ANSWERS, "q-need_1": ""}, keep="1")
    assert status == 422
    assert 'href="#q-need_1"' in text
    assert "Answer this question." in text
    assert 'name="q-need_2" value="yes" checked' in text
    assert KeptAssessment.objects.count() == 0


def test_a_code_opens_what_was_kept_and_shows_the_points_of_then(anyone: Client) -> None:
    with time_machine.travel(dt.datetime(2026, 1, 10, 12, tzinfo=dt.UTC)):
        code = code_in(send(anyone, **{**ANSWERS, "q-need_1": "no"}, keep="1")[1])
    with time_machine.travel(dt.datetime(2026, 11, 10, 12, tzinfo=dt.UTC)):
        status, text = send(anyone, code=code.lower().replace("-", " "), open="1")
        assert status == 200
        assert 'name="q-need_1" value="no" checked' in text
        assert "these are your answers as you kept them on 10 January 2026." in text
        assert re.search(r'<span class="numbers">57</span>', text)
        assert "last time" not in text
        status, text = send(anyone, **ANSWERS, code=code, keep="1")
        assert code_in(text) == code
        assert "Beside them those of 10 January 2026." in text
        assert "last time 57" in text
    assert KeptAssessment.objects.get().goes_on == dt.date(2026, 11, 10) + dt.timedelta(days=550)


def test_nothing_that_was_kept_can_be_read_without_the_code(anyone: Client) -> None:
    send(anyone, **ANSWERS, **{"q-next_steps": "Ask children first"}, keep="1")
    assert b"children" not in bytes(KeptAssessment.objects.get().sealed)


@pytest.mark.parametrize("code", ["", "AAAA-AAAA-AAAA-AAAA-AAAA", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA", "x" * 500, "\0"])
def test_a_code_that_opens_nothing_says_so(anyone: Client, code: str) -> None:
    status, text = send(anyone, code=code, open="1")
    assert status == 422
    assert "This code opens nothing." in text


def test_a_code_opens_nothing_at_another_centre(anyone: Client) -> None:
    code = code_in(send(anyone, **ANSWERS, keep="1")[1])
    make_centre(host="other.test")
    assert send(Client(headers={"host": "other.test"}), code=code, open="1")[0] == 422


def test_a_form_of_another_site_is_refused(anyone: Client) -> None:
    refused = anyone.post(CHECK, {**ANSWERS, "keep": "1"}, headers={"sec-fetch-site": "cross-site"})
    assert refused.status_code == 403
    assert anyone.post(CHECK, {**ANSWERS, "keep": "1"}).status_code == 403
    assert KeptAssessment.objects.count() == 0


def test_what_is_over_is_destroyed_and_that_is_on_the_trail(anyone: Client, centre: Centre) -> None:
    with time_machine.travel(dt.datetime(2026, 1, 10, 12, tzinfo=dt.UTC)):
        send(anyone, **ANSWERS, keep="1")
    with time_machine.travel(dt.datetime(2027, 7, 13, 12, tzinfo=dt.UTC)):
        assert forget_assessments(centre=centre) == 0
    with time_machine.travel(dt.datetime(2027, 7, 14, 12, tzinfo=dt.UTC)):
        assert forget_assessments(centre=centre) == 1
    assert Entry.objects.filter(action="forms.assessments.forgotten").exists()


def test_no_machine_fills_the_table(anyone: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assessing, "MOST_A_DAY", 2)
    code, _other = [code_in(send(anyone, **ANSWERS, keep="1")[1]) for _time in range(2)]
    status, text = send(anyone, **ANSWERS, keep="1")
    assert status == 503
    assert "Please come back tomorrow to keep them." in text
    assert "<dt>All points of 60</dt>" in text
    assert 'name="q-need_1" value="yes" checked' in text
    # What was kept before is kept again on the same day, and tomorrow there is room.
    assert code_in(send(anyone, **ANSWERS, code=code, keep="1")[1]) == code
    with time_machine.travel(now() + dt.timedelta(days=1)):
        assert send(anyone, **ANSWERS, keep="1")[0] == 200
    assert KeptAssessment.objects.count() == 3


def test_the_code_is_long_enough_that_its_row_cannot_be_guessed() -> None:
    code = AssessmentCode.make()
    assert AssessmentCode.parse(code.text) == code
    assert [len(group) for group in code.text.split("-")] == [4] * 6
    assert max(AssessmentCode.make().locator for _draw in range(50)) > 2**32


def test_whoever_kept_it_before_finds_the_code_above_the_questions(anyone: Client) -> None:
    for text in (anyone.get(CHECK).content.decode(), send(anyone, code="wrong", open="1")[1]):
        assert text.index('id="code"') < text.index('name="q-need_1"')
