"""What of the whole installation a writer meets in Wagtail's screens: what stands in the trees and rooms of their own.

Wagtail asks for permission before it changes anything, but shows the names of pages, pictures and files to every writer
of any centre, drafts too: in its explorer, choosers, bulk actions and the interface behind them. Here that ends.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail.documents import permissions as document_rights
from wagtail.images import permissions as picture_rights
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from havn.accounts.models import User
from havn.awareness.models import Picture, PublishedFile
from havn.awareness.queries import visible_pages

_MAY = ("add", "change", "choose", "delete")
# What the addresses and forms of Wagtail's screens call the number of one of these.
_PAGES = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
_PICTURES, _FILES = ("image_id",), ("document_id", "doc_id")
_ASKED, _SENT = ("childOf",), ("chooser", "new_parent_page")
_MODELS: dict[str, type[Any]] = {"page": Page, "picture": Picture, "publishedfile": PublishedFile}


def pages_in_reach(user: User) -> Any:
    """The pages of the person's own trees, and what leads to them. Wagtail's query sets have no types."""
    return page_permission_policy.explorable_instances(user)


def pictures_in_reach(user: User) -> Any:
    """The pictures of the person's own rooms."""
    return picture_rights.permission_policy.instances_user_has_any_permission_for(user, _MAY)


def files_in_reach(user: User) -> Any:
    """The files of the person's own rooms."""
    return document_rights.permission_policy.instances_user_has_any_permission_for(user, _MAY)


def may_choose(user: User, kind: type[Any], number: int) -> bool:
    """Whether a page of the person's may name this picture, file or page: theirs, or a page that anybody may read."""
    if issubclass(kind, Page):
        return bool(pages_in_reach(user).filter(pk=number).exists() or visible_pages().filter(pk=number).exists())
    reach = pictures_in_reach if issubclass(kind, Picture) else files_in_reach
    return bool(reach(user).filter(pk=number).exists())


def check_in_reach(request: HttpRequest, named: Mapping[str, Any]) -> None:
    """Raise PermissionDenied when the request names something of others. `named`: what its address says."""
    user: Any = request.user
    numbers: dict[type[Any], list[Any]] = {
        Page: [named.get(name) for name in _PAGES],
        Picture: [named.get(name) for name in _PICTURES],
        PublishedFile: [named.get(name) for name in _FILES],
    }
    numbers[Page] += [number for name in _ASKED for number in request.GET.getlist(name)]
    numbers[Page] += [number for name in _SENT for number in request.POST.getlist(name)]
    model = _model_of(request, named)
    if model is not None:
        numbers[model] += request.GET.getlist("id")
    # The root is nobody's, and on everybody's way.
    there = Page.objects.filter(pk__in=_numbers(numbers[Page]), depth__gt=1)
    _check(there, lambda: pages_in_reach(user))
    _check(Picture.objects.filter(pk__in=_numbers(numbers[Picture])), lambda: pictures_in_reach(user))
    _check(PublishedFile.objects.filter(pk__in=_numbers(numbers[PublishedFile])), lambda: files_in_reach(user))


def _check(asked: Any, reach: Callable[[], Any]) -> None:
    there = set(asked.values_list("pk", flat=True))
    if there and there - set(reach().filter(pk__in=there).values_list("pk", flat=True)):
        raise PermissionDenied


def _model_of(request: HttpRequest, named: Mapping[str, Any]) -> type[Any] | None:
    """What `?id=` counts here, where many are acted upon or chosen at once."""
    match = request.resolver_match
    name = match.url_name if match else ""
    if name == "wagtail_bulk_action":
        model = _MODELS.get(str(named.get("model_name")))
        if model is None or ("all" in request.GET.getlist("id") and not _is_all_of_a_list(request, model)):
            raise PermissionDenied
        return model
    return Page if name == "wagtailadmin_choose_page_chosen_multiple" else None


def _is_all_of_a_list(request: HttpRequest, model: type[Any]) -> bool:
    """Whether "all" is what stands below one page. Otherwise Wagtail means all of the installation."""
    below = _numbers([request.GET.get("childOf")])
    return model is Page and Page.objects.filter(pk__in=below, depth__gt=1).exists()


def _numbers(asked: Iterable[Any]) -> list[int]:
    texts = (str(one) for one in asked if one is not None)
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 10]
