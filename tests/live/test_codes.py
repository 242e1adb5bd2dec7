"""Return codes: the way back from any device, and nothing to learn from a wrong one."""

import asyncio
import time
from functools import partial
from statistics import median

import pytest

from havn.live import api, sql, visitors
from havn.live.floods import FREE, LONGEST_WAIT, Floods
from havn.live.models import ReturnCode, VisitorSession
from havn.vault import rules as vault
from tests.live.conftest import Place
from tests.live.rig import cookie_of, running


def test_a_code_opens_the_talk_on_another_device(place: Place) -> None:
    started = place.start()
    api.append(
        conversation_id=started.conversation_id,
        key=started.key,
        author="visitor",
        kind="text",
        text="Hei",
        participant_id=started.participant_id,
    )
    code = started.code
    for typed in (code, code.lower(), code.replace("-", ""), f"  {code} ".replace("-", " ")):
        opened = api.open_with_code(typed, centre_id=place.centre_id)
        assert opened is not None
        assert opened.visitor.key == started.key
        assert opened.visitor.code == started.code
        assert opened.token != started.token
        again = visitors.find(opened.token)
        assert again is not None
        assert again.conversation_id == started.conversation_id
    viewer = api.Viewer(started.participant_id, "visitor")
    read = api.messages(conversation_id=started.conversation_id, key=opened.visitor.key, viewer=viewer)
    assert [one.text for one in read] == ["Hei"]


def wrong_codes(place: Place) -> dict[str, str]:
    """A code of each kind that opens nothing."""
    started, gone = place.start(joined=False), place.start(joined=False)
    right = vault.ReturnCode.parse(started.code)
    assert right is not None
    api.destroy_conversations([gone.conversation_id])
    return {
        "wrong secret": vault.ReturnCode(right.locator, bytes(10)).text,
        "destroyed": gone.code,
        "never existed": vault.ReturnCode(right.locator ^ 1, right.secret).text,
        "not a code": "hello",
        "empty": "",
        "too long": started.code * 50,
    }


def test_every_wrong_code_gets_the_same_answer_and_leaves_no_trace(place: Place) -> None:
    for text in wrong_codes(place).values():
        assert api.open_with_code(text, centre_id=place.centre_id) is None
    assert VisitorSession.objects.count() == 1


def test_wrong_expired_and_never_existing_codes_take_the_same_time(place: Place) -> None:
    codes = wrong_codes(place)
    times: dict[str, list[float]] = {name: [] for name in ("wrong secret", "destroyed", "never existed")}
    for _ in range(150):
        for name, spent in times.items():
            begun = time.perf_counter()
            api.open_with_code(codes[name], centre_id=place.centre_id)
            spent.append(time.perf_counter() - begun)
    medians = [median(spent) for spent in times.values()]
    assert max(medians) < 1.5 * min(medians), medians


def test_a_thousand_wrong_codes_slow_nobody_else(place: Place) -> None:
    """One that cost as much as a right one's key (some 0.1 s) would keep the four who read busy for half a minute."""
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            flood = {"client": ("192.0.2.7", 1)}
            for _ in range(1000):
                rig.live.floods.seconds_for(flood)
            assert rig.live.floods.seconds_for(flood) == LONGEST_WAIT
            assert rig.live.floods.seconds_for({"client": ("192.0.2.8", 1)}) == 0
            guess = partial(api.open_with_code, "AAAA", centre_id=place.centre_id)
            trying = asyncio.gather(*(rig.live.readers.run(guess) for _ in range(1000)))
            begun = time.perf_counter()
            answer = await rig.post("/live/message", cookie_of(started), text="Hei")
            spent = time.perf_counter() - begun
            await trying
            assert answer.status == 200
            assert spent < 10

    asyncio.run(story())


def test_a_flood_waits_a_little_and_is_never_refused() -> None:
    floods = Floods()
    # One connection of IPv6 has more addresses than it could ever use up.
    for last in range(3 * FREE):
        several = floods.seconds_for({"client": (f"2001:db8:1:2::{last:x}", 1)})
    assert several > 0
    assert floods.seconds_for({"client": ("2001:db8:1:3::1", 1)}) == 0
    waits = [floods.seconds_for({"client": ("192.0.2.7", 1)}) for _ in range(3 * FREE)]
    assert waits[:FREE] == [0.0] * FREE
    assert waits == sorted(waits)
    assert 0 < waits[-1] <= LONGEST_WAIT


def test_the_pseudonym_of_a_source_dies_with_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    floods = Floods()
    for _ in range(2 * FREE):
        floods.seconds_for({"client": ("192.0.2.7", 1)})
    before = set(floods._counts)
    assert b"192.0.2.7" not in b"".join(before)
    monkeypatch.setattr("havn.live.floods.KEY_SECONDS", -1.0)
    assert floods.seconds_for({"client": ("192.0.2.7", 1)}) == 0
    assert not before & set(floods._counts)


def test_a_taken_locator_is_drawn_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    started = place.start(joined=False)
    taken = vault.ReturnCode.parse(started.code)
    assert taken is not None
    draws = iter([taken, taken, vault.ReturnCode(taken.locator ^ 1, bytes(range(10)))])
    monkeypatch.setattr(vault.ReturnCode, "make", classmethod(lambda cls: next(draws)))
    assert place.start(joined=False).code != started.code
    assert ReturnCode.objects.count() == 2


def test_the_rows_alone_open_nothing(place: Place) -> None:
    started = place.start(joined=False)
    stored = b"".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for table in ("live_returncode", "live_visitorsession", "live_conversation", "live_participant")
        for row in sql.rows(f"SELECT * FROM {table}")
        for value in row
    )
    assert started.token is not None
    code = vault.ReturnCode.parse(started.code)
    assert code is not None
    for secret in (started.key, started.token.encode(), started.code.encode(), code.secret):
        assert secret not in stored
