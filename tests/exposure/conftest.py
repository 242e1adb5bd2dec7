"""One installation and one story for all tests here: what was planted, and who holds what afterwards."""

import json
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import pytest

from tests.exposure.installation import Installation, installed
from tests.exposure.markers import Marker, address_marker, marker
from tests.exposure.story import (
    CHILD_ADDRESS,
    FORWARDED_ADDRESS,
    STAFF_ADDRESS,
    Person,
    sign_in,
    start_chat,
    until,
)


@dataclass
class Story:
    """What happened. `planted` must stand nowhere; `open_words` were stored in clear on purpose."""

    home: Installation
    child: Person
    writer: Person
    anna: Person
    boss: Person
    planted: list[Marker]
    open_words: list[Marker]
    texts: list[str]
    read_at_desk: str
    boss_recovery_code: str
    entry: httpx.Response
    answers: list[httpx.Response] = field(default_factory=list)


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """A child and a counsellor talk; much is sent that is refused; two processes are killed in between."""
    passwords = [marker("the counsellor's password"), marker("the coordinator's password")]
    shown = marker("the name shown to children")
    folder = tmp_path_factory.mktemp("exposure")
    with installed(
        folder, anna_password=passwords[0].text, boss_password=passwords[1].text, shown_name=shown.text
    ) as home:
        told = _tell(home, passwords)
        told.open_words.append(shown)
        yield told


def _tell(home: Installation, passwords: list[Marker]) -> Story:
    agent, staff_agent = marker("the child's browser"), marker("the counsellor's browser")
    planted = [
        *passwords,
        agent,
        staff_agent,
        *(address_marker(one) for one in (CHILD_ADDRESS, STAFF_ADDRESS, FORWARDED_ADDRESS)),
    ]

    def plant(what: str) -> str:
        planted.append(marker(what))
        return planted[-1].text

    headers = {
        "User-Agent": f"Mozilla/5.0 ({agent.text})",
        "X-Forwarded-For": FORWARDED_ADDRESS,
        "Forwarded": f"for={FORWARDED_ADDRESS}",
        "X-Real-IP": FORWARDED_ADDRESS,
        "Referer": f"https://search.example/?q={plant('the page before')}",
    }
    child = Person(home.url, CHILD_ADDRESS, headers)
    staff_headers = {"User-Agent": f"Mozilla/5.0 ({staff_agent.text})"}
    anna, boss = (Person(home.url, STAFF_ADDRESS, staff_headers) for _ in range(2))
    entry = Person(home.url, CHILD_ADDRESS, headers).get(f"/?from={plant('a word in an address')}")
    answers = [entry]

    # The counsellor comes in; what was typed wrongly counts as a secret too.
    page = anna.get("/desk/sign-in")
    for name, password in (
        ("anna", plant("a wrong password")),
        (plant("a password typed as name"), plant("a password beside it")),
    ):
        answers.append(anna.submit(page, "/desk/sign-in", username=name, password=password))
        page = answers[-1]
    totp_secret, recovery_code = sign_in(anna, "anna", home.anna_password)
    planted.append(Marker("the secret of the authenticator app", totp_secret))
    planted.append(Marker("a recovery code", recovery_code))
    _, boss_recovery_code = sign_in(boss, "boss", home.boss_password)
    desk = anna.get("/desk")
    answers.append(anna.submit(desk, "/desk/duty/on", role="counsellor", seats="2", languages="en"))
    assert answers[-1].status_code == 302, answers[-1].text[:500]

    # The child comes in and speaks, in every way there is.
    start_chat(child, name=plant("the made-up name"))
    texts = [plant(f"message {number}") for number in range(3)]
    answers.append(child.get(f"/en/chat/waiting?x={plant('a word in another address')}"))
    json_wanted = {"Accept": "application/json"}
    first = {"text": texts[0], "client_id": "exposure-1"}
    assert child.post("/live/message", first, headers=json_wanted).status_code == 200

    # The counsellor takes the talk, answers, writes a note and the record.
    answers.append(anna.submit(anna.get("/desk"), "/desk/next"))
    talk = answers[-1].headers["location"].rpartition("talk=")[2]
    texts += [plant("the counsellor's answer"), plant("a note to colleagues")]
    for text, kind in ((texts[3], "text"), (texts[4], "note")):
        fields = {"conversation": talk, "text": text, "kind": kind, "client_id": f"exposure-{kind}"}
        answer = anna.post("/live/desk/message", fields, headers=json_wanted)
        assert answer.status_code == 200, answer.text
    desk = anna.get(f"/desk?talk={talk}")
    anna.submit(desk, f"/desk/talk/{talk}/record", summary=plant("the summary"), outcome="listened", risk="none")
    answers.append(child.submit(child.get("/en/chat/write"), "/live/write", text=texts[1]))
    assert answers[-1].status_code == 303, answers[-1].text[:500]

    _refused(child, plant, answers)

    # Two processes die; the child goes on.
    for name in ("live", "web"):
        before = home.server.child(name).pid
        home.server.kill(name)
        home.server.wait_for_child(name, before)
    until(lambda: _answers(child, "/live/here") and _answers(child, "/en/chat/talk"))
    again = {"text": texts[2], "client_id": "exposure-3"}
    until(lambda: child.post("/live/message", again, headers=json_wanted).status_code == 200)
    writer = Person(home.url, CHILD_ADDRESS, headers)
    answers.append(writer.submit(writer.get("/en/letter"), "/live/letter", text=plant("a letter")))
    assert answers[-1].status_code == 303, answers[-1].text[:500]
    read = anna.get(f"/desk?talk={talk}").text
    anna.post("/desk/when/hold/1", {"reason": plant("a reason"), "until": "2030-01-01"})
    return Story(
        home=home, child=child, writer=writer, anna=anna, boss=boss, planted=planted, open_words=[], texts=texts,
        read_at_desk=read, boss_recovery_code=boss_recovery_code, entry=entry, answers=answers,
    )  # fmt: skip


def _refused(child: Person, plant, answers: list[httpx.Response]) -> None:  # type: ignore[no-untyped-def]
    """What is understood and refused, and what is not understood at all."""
    as_json = {"Content-Type": "application/json", "Accept": "application/json"}
    answers += [
        child.post("/live/message", headers=as_json, content=b'{"text": "' + plant("a broken message").encode()),
        child.post("/live/message", headers=as_json, content=json.dumps({"text": plant("a huge message") * 3000})),
        child.submit(child.get("/en/chat/write"), "/live/write", text=plant("a message too long") * 300),
        child.post("/live/message", files={"file": (plant("a file's name"), plant("a file").encode())}),
        child.post("/live/message", headers=as_json, content=b'{"text": "\xff' + plant("no UTF-8").encode() + b'"}'),
        child.post("/live/message", {"text": plant("from another site")}, headers={"Origin": "https://evil.example"}),
        child.submit(child.get("/en/chat/code"), "/live/come-back", code=plant("a wrong code")),
        child.get(f"/en/chat/code?code={plant('a code in an address')}"),
        child.get(f"/{plant('an unknown address')}/page"),
        child.get(f"/live/{plant('an unknown live address')}"),
        child.get("/", headers={"Host": f"{plant('an unknown host')}.example"}),
    ]
    _half_a_request(child, plant("half a request"))


def _half_a_request(child: Person, word: str) -> None:
    """A line that breaks off in the middle of a header, and one that speaks no HTTP."""
    port = int(child.url.rpartition(":")[2])
    for text in (f"GET /en/chat HTTP/1.1\r\nX-Word: {word}", f"{word} \x00\xff\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", port), source_address=(CHILD_ADDRESS, 0)) as line:
            line.sendall(text.encode("latin-1"))
            time.sleep(0.1)


def _answers(person: Person, path: str) -> bool:
    try:
        return person.get(path).status_code < 400
    except httpx.HTTPError:
        return False
