"""What a child and a counsellor do, over plain HTTP from addresses of their own, with planted words everywhere."""

import re
import time
from collections.abc import Mapping
from html import unescape

import httpx
import pyotp

CHILD_ADDRESS = "127.77.33.21"
STAFF_ADDRESS = "127.77.44.32"
FORWARDED_ADDRESS = "203.0.113.77"


class Person:
    """A browser at an address. Keeps the cookies it was given and how."""

    def __init__(self, url: str, address: str, headers: Mapping[str, str]) -> None:
        self.url = url
        self.given: list[str] = []
        self.client = httpx.Client(
            # No line is kept: nothing is left open however a test ends.
            transport=httpx.HTTPTransport(local_address=address, limits=httpx.Limits(max_keepalive_connections=0)),
            base_url=url,
            headers={"Origin": url, "Sec-Fetch-Site": "same-origin", **headers},
            timeout=30,
        )

    def get(self, path: str, **more: object) -> httpx.Response:
        return self._noted(self.client.get(path, **more))  # type: ignore[arg-type]

    def post(self, path: str, data: Mapping[str, str] | None = None, **more: object) -> httpx.Response:
        return self._noted(self.client.post(path, data=data, **more))  # type: ignore[arg-type]

    def submit(self, page: httpx.Response, action: str, **fields: str) -> httpx.Response:
        """Fill in a form of a page and send it, hidden fields and all."""
        every = re.findall(r"<form\b.*?</form>", page.text, re.S)
        heads = [(one, one.partition(">")[0]) for one in every]
        # A form without an address goes back to its own page.
        forms = [one for one, head in heads if f'action="{action}"' in head or "action=" not in head]
        assert forms, f"No form for {action} on {page.url.path} ({page.status_code})"
        form = forms[0]
        hidden = {}
        for tag in re.findall(r"<input\b[^>]*type=\"hidden\"[^>]*>", form):
            name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
            if name:
                hidden[name[1]] = unescape(value[1]) if value else ""
        return self.post(action, {**hidden, **fields})

    def _noted(self, response: httpx.Response) -> httpx.Response:
        self.given += response.headers.get_list("set-cookie")
        return response


def sign_in(person: Person, username: str, password: str) -> tuple[str, str]:
    """The whole way in for the first time: password, setting up the app. Returns its secret and a recovery code."""
    page = person.get("/desk/sign-in")
    answer = person.submit(page, "/desk/sign-in", username=username, password=password)
    assert answer.status_code == 302, answer.text[:500]
    page = person.get("/desk/sign-in/second-step")
    found = re.search(r"((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})", page.text)
    assert found, page.text[:2000]
    secret = found[1].replace(" ", "")
    answer = person.submit(page, "/desk/sign-in/second-step", code=pyotp.TOTP(secret).now())
    assert answer.status_code == 200, answer.text[:500]
    return secret, _recovery_code(answer.text)


def _recovery_code(page: str) -> str:
    found = re.search(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4})+\b", page)
    assert found, page
    return found[0]


def start_chat(child: Person, **fields: str) -> httpx.Response:
    """Open the start page and press its button."""
    page = child.get("/en/chat")
    answer = child.submit(page, "/live/start", **fields)
    assert answer.status_code == 303, answer.text[:500]
    return answer


def until(true: object, seconds: float = 20) -> None:
    """Wait until a function returns something; fail when it does not."""
    deadline = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.2)
