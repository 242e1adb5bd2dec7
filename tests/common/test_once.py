"""What a request reads once."""

import contextlib
import itertools

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from havn.common.once import once, within_a_request

FACTORY = RequestFactory()


def test_it_is_made_once_in_a_request_and_anew_in_the_next() -> None:
    numbers = itertools.count(1)

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(str([once("a", lambda: next(numbers)), once("a", lambda: next(numbers))]))

    answer = within_a_request(view)
    assert answer(FACTORY.get("/")).content == b"[1, 1]"
    assert answer(FACTORY.get("/")).content == b"[2, 2]"


def test_a_request_that_changes_something_keeps_nothing_and_so_does_no_request() -> None:
    numbers = itertools.count(1)
    assert [once("a", lambda: next(numbers)), once("a", lambda: next(numbers))] == [1, 2]

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(str([once("a", lambda: next(numbers)), once("a", lambda: next(numbers))]))

    assert within_a_request(view)(FACTORY.post("/")).content == b"[3, 4]"


def test_nothing_is_left_when_a_page_fails() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        once("a", lambda: 1)
        raise ValueError

    with contextlib.suppress(ValueError):
        within_a_request(view)(FACTORY.get("/"))
    assert once("a", lambda: 2) == 2
