"""What a page may be given: pictures, files and pages of the writer's own rooms and trees, however they were chosen.

Choosers list nothing else, but a form can be sent by hand with any number in it. What a page already had stays allowed:
it was given by somebody who might, or came with an adaptation.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from havn.accounts.models import User

Named = tuple[str, type[Any], int]
"""Where in the content ("picture", "body.<block>.file"), which kind, which number."""
MayChoose = Callable[[User, type[Any], int], bool]
_KINDS = ("Picture", "PublishedFile", "Page")
_rules: list[MayChoose] = []


class ChoicesForm(WagtailAdminPageForm):
    """The form of every page in the editor: it refuses what stands in another centre's rooms."""

    def clean(self) -> dict[str, Any]:
        """Raises PermissionDenied for what is not the writer's to choose.

        No error at the field: the form would come back with the name and the picture of what was refused.
        """
        cleaned: dict[str, Any] = super().clean()
        if self.for_user is not None:
            before = {(kind, number) for _place, kind, number in named_in(self.instance, values_of(self.instance))}
            new = {(kind, number) for _place, kind, number in named_in(self.instance, cleaned)} - before
            if not all(rule(self.for_user, kind, number) for kind, number in new for rule in _rules):
                raise PermissionDenied
        return cleaned


def register_rule(may_choose: MayChoose) -> None:
    """Say who may choose what. The models of pages are made before those who know can be loaded."""
    if may_choose not in _rules:
        _rules.append(may_choose)


def named_in(page: Page, values: Mapping[str, Any]) -> Iterator[Named]:
    """The pictures, files and pages that the values of a page's fields name, in rich text and blocks too."""
    for field in page._meta.get_fields():
        value = values.get(field.name)
        if not value:
            continue
        if isinstance(field, models.ForeignKey):
            if _is_chosen(field.related_model):
                yield field.name, field.related_model, value.pk
        elif hasattr(field, "extract_references"):
            for kind, number, _model_path, place in field.extract_references(value):
                if _is_chosen(kind) and str(number).isdigit():
                    yield f"{field.name}.{place}", kind, int(number)


def values_of(page: Page) -> dict[str, Any]:
    """What those fields of a page hold now, as a form would send it."""
    found = {}
    for field in page._meta.get_fields():
        chosen = isinstance(field, models.ForeignKey) and _is_chosen(field.related_model)
        if (chosen or hasattr(field, "extract_references")) and getattr(page, field.attname):
            found[field.name] = getattr(page, field.name)
    return found


def _is_chosen(kind: Any) -> bool:
    return isinstance(kind, type) and any(one.__name__ in _KINDS for one in kind.__mro__)
