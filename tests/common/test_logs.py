"""No log line carries what somebody wrote or the address of a page, also when something fails."""

import asyncio
import logging
from collections.abc import Callable

import pytest
import uvloop
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.log import log_response

from havn.common.logs import QuietFormatter
from havn.config.serve.child import quiet_loop
from havn.live.log import Entry, Post

WORDS = "planted-words-of-a-child"


def _lines(caplog: pytest.LogCaptureFixture) -> str:
    return "\n".join(QuietFormatter().format(record) for record in caplog.records)


@pytest.mark.parametrize("new_loop", [asyncio.new_event_loop, uvloop.new_event_loop])
def test_a_failed_callback_is_told_without_what_it_was_given(
    new_loop: Callable[[], asyncio.AbstractEventLoop], caplog: pytest.LogCaptureFixture
) -> None:
    loop = new_loop()

    def fails(_given: object) -> None:
        raise ValueError(WORDS)

    try:
        quiet_loop(loop)
        loop.call_soon(fails, [WORDS])
        loop.call_soon(loop.stop)
        loop.run_forever()
    finally:
        loop.close()
    assert "ValueError" in _lines(caplog)
    assert WORDS not in _lines(caplog)


def test_a_message_does_not_show_its_words_when_it_is_printed() -> None:
    post = Post(1, 2, "visitor", "text", "id", WORDS, None)
    entry = Entry(1, 1, 2, "visitor", "text", "id", WORDS, 0)
    assert WORDS not in repr([post, entry])


def test_a_page_that_fails_is_told_without_its_address(caplog: pytest.LogCaptureFixture) -> None:
    request = RequestFactory().get(f"/desk/accept/{WORDS}")
    logger = logging.getLogger("django.request")
    log_response(
        "%s: %s", "Internal Server Error", request.path,
        response=HttpResponse(status=500), request=request, logger=logger, level="error",
    )  # fmt: skip
    assert len(caplog.records) == 1
    assert WORDS not in _lines(caplog)
