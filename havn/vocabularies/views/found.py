"""What every screen of lists asks for first."""

from django.http import Http404, HttpRequest

from havn.accounts.models import User
from havn.tenancy.models import Centre
from havn.vocabularies.registry import EditableList, editable_list


def list_at(dimension: str) -> EditableList:
    """The list that an address names. Raises Http404 for one that nobody edits here."""
    found = editable_list(dimension)
    if found is None:
        raise Http404
    return found


def centre_of(request: HttpRequest) -> Centre:
    """Whose lists these are."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    return centre


def actor_of(request: HttpRequest) -> User:
    """Who is signed in."""
    user: User = request.user  # type: ignore[assignment]
    return user
