"""Reading what came in, asking back, accepting, publishing, opening again."""

import pytest

from havn.forms.models import FormVersion
from havn.rounds.actions.sending import take_back
from havn.rounds.models import Assignment
from havn.tenancy.models import Centre
from tests.rounds.factories import GOOD, ask, assignment_of, client_of, member, send

pytestmark = pytest.mark.django_db
READ = {"revision": "1"}


@pytest.fixture
def assignment(network: Centre, norway: Centre, version: FormVersion) -> Assignment:
    found = assignment_of(ask(network, version, norway), norway)
    send(found)
    return assignment_of(found.round, norway)


def address(assignment: Assignment, part: str = "/read") -> str:
    return f"/en/desk/rounds/answers/{assignment.pk}{part}"


def test_a_question_back_stands_at_its_answer_and_is_answered_there(network: Centre, assignment: Assignment) -> None:
    coordinator = client_of(network, "coordinator")
    html = coordinator.get(address(assignment)).content.decode()
    assert 'name="ask-total"' in html and ">Accept</button>" in html
    assert (
        coordinator.post(address(assignment, "/query"), {"ask-total": "Does this hold Svalbard?", **READ}).status_code
        == 302
    )
    officer = client_of(assignment.centre)
    html = officer.get(address(assignment, "")).content.decode()
    assert html.count("Does this hold Svalbard?") == 2 and 'class="round-more" open' in html
    assert "1 answer is asked about:" in html and '<a class="ds-link" href="#q-total">Contacts</a>' in html
    assert officer.get(address(assignment)).status_code == 200


def test_a_query_of_nothing_is_refused(network: Centre, assignment: Assignment) -> None:
    coordinator = client_of(network, "coordinator")
    assert coordinator.post(address(assignment, "/query"), {"ask-total": " ", "words": "", **READ}).status_code == 409
    page = coordinator.post(address(assignment, "/query"), {"ask-total": "x" * 2001, "words": "y" * 2001, **READ})
    html = page.content.decode()
    assert page.status_code == 422 and "x" * 2001 in html and "y" * 2001 in html
    assert 'aria-describedby="ask-total-error"' in html and 'aria-describedby="words-error"' in html
    assignment.refresh_from_db()
    assert (assignment.state, assignment.comments.count()) == ("submitted", 0)


def test_accepting_publishing_and_opening_again(network: Centre, assignment: Assignment) -> None:
    coordinator = client_of(network, "coordinator")
    assert coordinator.post(address(assignment, "/accept"), READ).status_code == 302
    again = coordinator.post(address(assignment, "/accept"), READ)
    assert again.status_code == 409 and "These answers have been accepted." in again.content.decode()
    assert 'role="alert"' in again.content.decode() and "Revision 1" in again.content.decode()
    assert coordinator.post(address(assignment, "/publish")).status_code == 302
    assert coordinator.post(address(assignment, "/reopen"), {"words": ""}).status_code == 422
    assert coordinator.post(address(assignment, "/reopen"), {"words": "Two were tests."}).status_code == 302
    html = client_of(assignment.centre).get(address(assignment, "")).content.decode()
    assert "Two were tests." in html
    send(assignment_of(assignment.round, assignment.centre), {**GOOD, "why": "Without tests"})
    html = coordinator.get(address(assignment)).content.decode()
    assert "Revision 2" in html and "Without tests" in html
    assert "Changed since revision 1: 1 answer<" in html and "<dt>What was new</dt>" in html
    assert "– → Without tests" in html
    old = coordinator.get(f"{address(assignment)}?revision=1").content.decode()
    assert "Without tests" not in old and "earlier revision" in old and ">Accept</button>" not in old
    assert coordinator.get(f"{address(assignment)}?revision=zz").status_code == 200


def test_the_centre_reads_and_decides_nothing(network: Centre, assignment: Assignment) -> None:
    officer = client_of(assignment.centre, "coordinator")
    html = officer.get(address(assignment)).content.decode()
    assert ">Accept</button>" not in html and 'name="ask-total"' not in html
    for part in ("/accept", "/publish", "/query"):
        assert officer.post(address(assignment, part), {"words": "x"}).status_code == 403
    assert officer.post(address(assignment, "/reopen"), {"words": "x"}).status_code == 403
    reader = client_of(network)
    assert ">Accept</button>" not in reader.get(address(assignment)).content.decode()
    assert reader.post(address(assignment, "/accept")).status_code == 403


def test_another_centre_sees_nothing(finland: Centre, assignment: Assignment) -> None:
    client = client_of(finland, "coordinator")
    for part in ("/read", "/network", "/sheet", "/template.xlsx", "", "/send"):
        assert client.get(address(assignment, part)).status_code == 404
    for part in ("/accept", "/publish", "/reopen", "/query", "/comment", "/keep", "/take-back", "/people"):
        assert client.post(address(assignment, part), {"words": "x"}).status_code == 404


def test_a_comment_at_no_question_is_refused(assignment: Assignment) -> None:
    client = client_of(assignment.centre)
    page = client.post(address(assignment, "/comment"), {"question": "nothing", "comment": "A word"})
    assert page.status_code == 422 and "Choose a question." in page.content.decode()
    assert "A word</textarea>" in page.content.decode()
    assert not assignment.comments.exists()


def test_after_one_the_next_is_shown(network: Centre, norway: Centre, finland: Centre, version: FormVersion) -> None:
    one = ask(network, version, norway, finland)
    send(assignment_of(one, norway))
    send(assignment_of(one, finland))
    coordinator = client_of(network, user=member(network, "coordinator"))
    answer = coordinator.post(address(assignment_of(one, norway), "/query"), {"ask-total": "Why?", **READ})
    assert answer.headers["Location"].endswith(f"/answers/{assignment_of(one, finland).pk}/read")
    answer = coordinator.post(address(assignment_of(one, finland), "/query"), {"ask-total": "Why?", **READ})
    assert answer.headers["Location"].endswith(f"/desk/rounds/{one.pk}")


def test_what_nobody_read_is_neither_accepted_nor_asked_about(network: Centre, assignment: Assignment) -> None:
    coordinator = client_of(network, "coordinator")
    html = coordinator.get(address(assignment)).content.decode()
    assert html.count('name="revision" value="1"') == 1
    take_back(actor=member(assignment.centre), assignment_id=assignment.pk)
    send(assignment, {**GOOD, "why": "Changed meanwhile"})
    for wrong in ({}, READ, {"revision": "x"}, {"revision": "3"}, {"revision": "9" * 30}):
        answer = coordinator.post(address(assignment, "/accept"), wrong)
        assert answer.status_code == 409 and "Read that one first." in answer.content.decode()
        page = coordinator.post(
            address(assignment, "/query"), {"ask-total": "Why then?", "words": "All of it", **wrong}
        )
        html = page.content.decode()
        assert page.status_code == 409 and "Why then?</textarea>" in html and "All of it</textarea>" in html
        assert 'name="revision" value="2"' in html and "Changed meanwhile" in html
    again = assignment_of(assignment.round, assignment.centre)
    assert (again.state, again.accepted_at, again.comments.count()) == ("submitted", None, 0)
    assert again.events.filter(move__in=("accept", "query")).count() == 0
    assert coordinator.post(address(assignment, "/accept"), {"revision": "2"}).status_code == 302
    assert assignment_of(assignment.round, assignment.centre).state == "accepted"


def test_the_button_says_what_publishing_does(network: Centre, assignment: Assignment) -> None:
    coordinator = client_of(network, "coordinator")
    says = "Publishing tells the centre that the round is done for it, and counts"
    assert says not in coordinator.get(address(assignment)).content.decode()
    coordinator.post(address(assignment, "/accept"), READ)
    assert says in coordinator.get(address(assignment)).content.decode()
    assert says in coordinator.get(f"/en/desk/rounds/{assignment.round_id}").content.decode()
    coordinator.post(address(assignment, "/publish"))
    assert says not in coordinator.get(address(assignment)).content.decode()


def test_what_is_refused_since_it_was_taken_back_shows_what_was_asked(network: Centre, assignment: Assignment) -> None:
    coordinator = client_of(network, "coordinator")
    take_back(actor=member(assignment.centre), assignment_id=assignment.pk)
    page = coordinator.post(address(assignment, "/query"), {"ask-total": "With Svalbard?", "words": "Soon", **READ})
    html = page.content.decode()
    assert page.status_code == 409 and "What you wrote, so that nothing is lost:" in html
    assert "<dt>Contacts</dt>" in html and "With Svalbard?" in html and "Soon" in html
    for part in ("/publish", "/reopen"):
        page = coordinator.post(address(assignment, part), {"words": "Two were tests."})
        assert page.status_code == 409 and 'role="alert"' in page.content.decode()
    assert "Two were tests." in page.content.decode()
    page = client_of(assignment.centre).post(address(assignment, "/take-back"))
    assert page.status_code == 409 and "These answers have not been sent in." in page.content.decode()


def test_the_head_of_the_page_names_the_readers_own_centre(network: Centre, assignment: Assignment) -> None:
    """The centre that is asked stands below it."""
    html = client_of(network, "coordinator").get(address(assignment)).content.decode()
    head, _main, rest = html.partition("<main")
    assert "The network" in head and "Norway&#x27;s centre" not in head.partition("</title>")[2]
    assert "Norway&#x27;s centre" in rest


def test_a_question_that_is_written_is_not_thrown_away_by_accepting(network: Centre, assignment: Assignment) -> None:
    coordinator = client_of(network, "coordinator")
    for typed in ({"ask-total": "With Svalbard?"}, {"words": "With Svalbard?"}):
        page = coordinator.post(address(assignment, "/accept"), {**typed, **READ})
        assert page.status_code == 422 and "You wrote a question." in page.content.decode()
        assert "With Svalbard?</textarea>" in page.content.decode()
    assert assignment_of(assignment.round, assignment.centre).state == "submitted"
    assert coordinator.post(address(assignment, "/accept"), {"ask-total": " ", **READ}).status_code == 302
