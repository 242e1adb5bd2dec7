"""Who may open a view, said at the view. A route whose view says nothing fails the build."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.http import HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True)
class Access:
    """`who` is "public", "visitor" or "staff"; `roles` narrows staff (empty: any member)."""

    who: str
    roles: tuple[str, ...] = ()


def public(view: View) -> View:
    """Say that anyone may open this view, without a session."""
    view.access = Access("public")  # type: ignore[attr-defined]
    return view
