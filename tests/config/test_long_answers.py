"""Large files do not fill the memory of the process that children chat with."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest

from havn.config.long_answers import LONG, PIECE, LongAnswers

BODY = bytes(range(256)) * 8192


class Reader:
    """Takes piece after piece, until it stops to read."""

    def __init__(self, takes: int = 1000) -> None:
        self.told: list[MutableMapping[str, Any]] = []
        self._takes = takes

    async def __call__(self, message: MutableMapping[str, Any]) -> None:
        if len(self.told) == self._takes:
            await asyncio.Event().wait()
        self.told.append(message)


def test_a_long_answer_goes_out_whole_in_pieces() -> None:
    reader = Reader()
    asyncio.run(LongAnswers().send(reader, 200, [(b"a", b"b")], BODY))
    first, *pieces = reader.told
    assert first == {"type": "http.response.start", "status": 200, "headers": [(b"a", b"b")]}
    assert b"".join(one["body"] for one in pieces) == BODY
    assert {len(one["body"]) for one in pieces} == {PIECE}
    assert [one["more_body"] for one in pieces] == [True] * (len(pieces) - 1) + [False]


def test_who_reads_nothing_holds_one_of_a_few_places_and_loses_it() -> None:
    async def story() -> None:
        answers = LongAnswers(at_once=1, seconds=0.2)
        slow = asyncio.create_task(answers.send(Reader(takes=2), 200, [], BODY))
        await asyncio.sleep(0.05)
        assert answers.is_full(BODY)
        # Pages are none of this.
        assert not answers.is_full(b"a" * LONG)
        with pytest.raises(ConnectionAbortedError):
            await slow
        assert not answers.is_full(BODY)

    asyncio.run(story())
