"""What views and models say to the page cache of the front door (`havn.config.page_cache`).

A view says that its answer is the same for everybody (`keepable`), models say that pages change with them
(`pages_change_with`). Nothing else is ever kept, and nothing longer than a few seconds.
"""

import os
import tempfile
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.http import HttpResponseBase

View = Callable[..., HttpResponseBase]

KEEP = "X-Havn-Keep"
"""For how many seconds the front door may answer others with this. It never leaves the house."""
PAGES_SECONDS = 10
"""For texts. A change empties the cache at once; this is for what another machine's `web` changed."""
ANSWERS_SECONDS = 3
"""For what also changes by the clock or by who is on duty: open now, places left."""


def mark_path() -> Path:
    """A file that is another one after every change of what the public reads."""
    return Path(settings.DATA) / "run" / "pages"


def state_of_pages() -> tuple[int, int]:
    """Another one after every change of what the public reads."""
    try:
        found = os.stat(mark_path())
    except FileNotFoundError:
        return (0, 0)
    return found.st_ino, found.st_mtime_ns


def keepable(seconds: int) -> Callable[[View], View]:
    """Say that a view's good answers hang on host, address and language alone, so that all without cookies share one.

    Never on a view that looks at who asks, sets a cookie, shows a form with a token, or has a secret in its address.
    A view may shorten the time of one answer by setting `KEEP` itself; "0" keeps it for nobody.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(*args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(*args, **kwargs)
            if response.status_code == 200:
                response.headers.setdefault(KEEP, str(seconds))
            return response

        return answer

    return decorate


def pages_changed(**_: Any) -> None:
    """Empty the page cache as soon as this transaction is committed. Also a receiver of signals."""
    transaction.on_commit(_make_new_mark)


def pages_change_with(kinds: Iterable[type[models.Model]]) -> None:
    """Empty the page cache whenever a row of these models is saved or deleted. Called from AppConfig.ready()."""
    for kind in kinds:
        for name, signal in (("saved", models.signals.post_save), ("gone", models.signals.post_delete)):
            signal.connect(pages_changed, sender=kind, dispatch_uid=f"pages-{name}-{kind._meta.label}")


def _make_new_mark() -> None:
    place = mark_path()
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".pages-", dir=place.parent)
    os.close(handle)
    os.replace(name, place)
