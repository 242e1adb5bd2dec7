"""What a page may be given: pictures, files and pages of the writer's own rooms and trees, however they were chosen.

Choosers list nothing else, but a form can be sent by hand with any number in it. What a page already had stays allowed:
it was given by somebody who might, or came with an adaptation.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from havn.accounts.models import User

Named = tuple[str, type[Any], int]
"""Where in the content ("picture", "body.<block>.file"), which kind, which number."""
_KINDS = ("Picture", "PublishedFile", "Page")


class ChoicesForm(WagtailAdminPageForm):
    """The form of every page in the editor: it refuses what stands in another centre's rooms."""

    def clean(self) -> dict[str, Any]:
        """An error at the field that names something which is not the writer's to choose."""
        cleaned: dict[str, Any] = super().clean()
        if self.for_user is not None:
            before = {(kind, number) for _place, kind, number in named_in(self.instance, values_of(self.instance))}
            for place, kind, number in list(named_in(self.instance, cleaned)):
                if (kind, number) not in before and not may_choose(self.for_user, kind, number):
                    self._refuse(place.partition(".")[0])
        return cleaned

    def _refuse(self, field: str) -> None:
        if field not in self.errors:
            self.add_error(field, _("Something here is not your centre's. Choose a picture, file or page of yours."))


def may_choose(user: User, kind: type[Any], number: int) -> bool:
    """Whether it is in the person's reach, or a page that anybody may read."""
    # The models of pages are made before those who ask about reach can be loaded.
    from havn.awareness.editor.reach import files_in_reach, pages_in_reach, pictures_in_reach
    from havn.awareness.queries import visible_pages

    if issubclass(kind, Page):
        return bool(pages_in_reach(user).filter(pk=number).exists() or visible_pages().filter(pk=number).exists())
    reach = pictures_in_reach if kind.__name__ == "Picture" else files_in_reach
    return bool(reach(user).filter(pk=number).exists())


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
