"""What one request reads more than once, read once. Nothing lasts to the next request: nobody sees by old rights."""

import threading
from collections.abc import Callable
from typing import TypeVar, cast

from django.http import HttpRequest, HttpResponse

_here = threading.local()
T = TypeVar("T")


def once(key: object, make: Callable[[], T]) -> T:
    """What `make` gives, made at the first call within a request and then kept for it. Outside a request: made anew."""
    kept: dict[object, object] | None = getattr(_here, "kept", None)
    if kept is None:
        return make()
    if key not in kept:
        kept[key] = make()
    return cast(T, kept[key])


def within_a_request(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: begin with nothing kept, and keep nothing."""

    def answer(request: HttpRequest) -> HttpResponse:
        _here.kept = {} if request.method in {"GET", "HEAD"} else None
        try:
            return get_response(request)
        finally:
            _here.kept = None

    return answer
