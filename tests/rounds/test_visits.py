"""Visits: whoever runs the round writes about a centre, which reads it and comments."""

import pytest

from havn.common.errors import NotAllowed
from havn.forms.models import FormVersion, Kind
from havn.rounds import sources
from havn.rounds.actions.addresses import reminders_due, save_address
from havn.rounds.actions.review import accept
from havn.rounds.models import Assignment
from havn.rounds.permissions import Key, can_answer, can_read
from havn.rounds.queries.rounds import waiting_for
from havn.rounds.sources import Found, Source, register_source
from havn.rounds.working import Work
from havn.tenancy.models import Centre
from tests.rounds.factories import GOOD, ask, assignment_of, client_of, make_form, member, send, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(db: None) -> FormVersion:
    """The small form as the sheet of a visit."""
    return make_form(kind=Kind.VISIT)


@pytest.fixture
def visit(network: Centre, norway: Centre, version: FormVersion) -> Assignment:
    return assignment_of(ask(network, version, norway, remind_days=(90,)), norway)


def address(visit: Assignment, part: str = "") -> str:
    return f"/en/desk/rounds/answers/{visit.pk}{part}"


def test_the_visiting_team_writes_sends_in_and_accepts(network: Centre, visit: Assignment) -> None:
    team, coordinator = member(network), member(network, "coordinator")
    client = client_of(network, user=team)
    assert client.get(address(visit)).status_code == 200
    typed = {"q-total": "40", "seen": "0", "press": "save"}
    client.post(address(visit), typed)
    send(visit, actor=team)
    accept(actor=coordinator, assignment_id=visit.pk, revision=1)
    assert assignment_of(visit.round, visit.centre).state == "accepted"


def test_the_centre_reads_and_comments_and_writes_nothing(network: Centre, visit: Assignment) -> None:
    officer = member(visit.centre, "coordinator")
    client = client_of(visit.centre, user=officer)
    page = client.get(address(visit))
    assert page.status_code == 403 and "Whoever runs this round writes about the visit." in page.content.decode()
    with pytest.raises(NotAllowed):
        write(visit, actor=officer)
    for part in ("/send", "/sheet", "/template.xlsx"):
        assert client.get(address(visit, part)).status_code == 403
    assert client.post(address(visit, "/people"), {"responsible": "", "alternate": ""}).status_code == 403
    send(visit, {**GOOD, "why": "What we saw"}, member(network))
    html = client.get(address(visit, "/read")).content.decode()
    assert "What we saw" in html and "Take it back" not in html and 'id="people"' not in html
    client.post(address(visit, "/comment"), {"question": "total", "comment": "We have one line more."})
    assert "We have one line more." in client_of(network).get(address(visit, "/read")).content.decode()


def test_others_neither_read_nor_write(network: Centre, finland: Centre, visit: Assignment) -> None:
    assert client_of(finland, "coordinator").get(address(visit, "/read")).status_code == 404
    assert client_of(visit.centre, "counsellor").get(address(visit, "/read")).status_code == 403
    key = Key("abcdefgh", visit.centre_id)
    assert not can_answer(key, visit) and not can_read(member(finland, "coordinator"), visit)


def test_nothing_waits_for_the_centre_and_nothing_reminds_it(network: Centre, visit: Assignment) -> None:
    save_address(actor=member(visit.centre), centre=visit.centre, address="data@centre.example")
    assert waiting_for(visit.centre) == 0 and reminders_due() == []
    html = client_of(visit.centre).get("/en/desk/rounds").content.decode()
    assert address(visit, "/read") in html and f'{address(visit)}"' not in html


def test_the_team_never_sees_the_centres_own_records(
    visit: Assignment, norway: Centre, version: FormVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_sources", {})
    register_source(Source("test.total", lambda: "Contacts", lambda centre, period: Found(41, "From the records.")))
    assert Work(visit).offers == {}
    own = assignment_of(ask(norway, version, norway), norway)
    assert not own.is_visit and set(Work(own).offers) == {"total"}
