"""A form that came too late: what was written is given back, only to its writer's browser, and no password."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.accounts.factories import PASSWORD, make_centre, make_staff, signed_in_client

WORDS = "Line one\nand <b>two</b> & more"
SITE = "http://testserver"


@pytest.fixture
def client(db: None) -> Client:
    """Somebody who signed in anew: the token of the page that was open is of the time before."""
    user = make_staff(make_centre(host="testserver"), "coordinator", name="Bea Berg")
    found = signed_in_client(user, password=PASSWORD)
    found.handler.enforce_csrf_checks = True
    return found


def send(client: Client, **headers: str) -> tuple[int, str]:
    answer = client.post(
        "/desk/names", {"csrfmiddlewaretoken": "a" * 64, "words": WORDS, "two": ["1", "2"]}, headers=headers
    )
    return answer.status_code, answer.content.decode()


def test_what_was_written_is_given_back_to_be_sent_once_more(client: Client) -> None:
    status, page = send(client, origin=SITE)
    assert status == 403
    fields = re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page, re.S)
    assert [(name, unescape(value).replace("\r\n", "\n")) for name, value in fields] == [
        ("words", WORDS), ("two", "1"), ("two", "2"),
    ]  # fmt: skip
    assert 'action="/desk/names"' in page
    # Nothing ties the form to its writer: who presses reads what goes, and in whose name.
    assert "signed in as Bea Berg" in page
    assert "Line one<br>and &lt;b&gt;two&lt;/b&gt; &amp; more" in page
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    again = client.post("/desk/names", {"csrfmiddlewaretoken": token[1]}, headers={"origin": SITE})
    assert "Send it once more" not in again.content.decode()


@pytest.mark.parametrize("headers", [{}, {"origin": "https://evil.example"}, {"origin": "null"}])
def test_a_form_that_does_not_come_from_our_own_page_is_not_repeated(client: Client, headers: dict[str, str]) -> None:
    status, page = send(client, **headers)
    assert status == 403
    assert "did not come from our own page" in page
    assert "two" not in page


def test_nobody_else_gets_it(client: Client) -> None:
    stranger = Client(enforce_csrf_checks=True)
    assert "two" not in send(stranger, origin=SITE)[1]


@pytest.mark.parametrize(
    ("lose", "status", "said"), [("lock", 423, "The desk was locked"), ("sign-out", 401, "You were signed out")]
)
def test_what_comes_after_the_desk_was_left_is_given_back_too(
    client: Client, lose: str, status: int, said: str
) -> None:
    client.handler.enforce_csrf_checks = False
    client.post(f"/desk/{lose}")
    answer = client.post("/desk/names", {"words": WORDS}, headers={"origin": SITE})
    page = answer.content.decode()
    assert answer.status_code == status
    assert said in page
    assert page.count("Line one") == 1  # in the hidden field alone
    assert client.post("/desk/names", {"words": WORDS}).status_code == 302


def test_a_password_is_never_written_into_a_page(client: Client) -> None:
    answer = client.post(
        "/desk/names", {"csrfmiddlewaretoken": "a" * 64, "new_password": "very secret"}, headers={"origin": SITE}
    )
    assert answer.status_code == 403
    assert "very secret" not in answer.content.decode()


def test_a_script_is_told_that_only_the_token_is_old(client: Client) -> None:
    answer = client.post("/desk/names", {"csrfmiddlewaretoken": "a" * 64}, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (403, "token")
