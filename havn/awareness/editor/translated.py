"""The library's screens of translations: what they may be given, and what is left when a page is deleted.

A translation that is kept in step needs the page that it follows. When that page is deleted, the library fails on every
screen of the translation; here it becomes a page of its own, with the words that it has.
"""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, Translation, TranslationSource
from wagtail_localize.views.edit_translation import edit_override as edit_any_override

from havn.accounts.models import User
from havn.awareness.editor.choices import named_in, values_of
from havn.awareness.editor.reach import may_choose
from havn.awareness.models import Picture, PublishedFile


def on_page_deleted(sender: Any, instance: Any, **_: Any) -> None:
    """Signal: with a page goes the copy of its words that its translations were made from."""
    if isinstance(instance, Page):
        TranslationSource.objects.filter(object_id=instance.translation_key, locale_id=instance.locale_id).delete()


def let_go_of_deleted(request: HttpRequest, page: Page) -> None:
    """Before a page is edited: a translation whose source went otherwise is a page of its own from now on."""
    for source in TranslationSource.objects.filter(object_id=page.translation_key).exclude(locale_id=page.locale_id):
        if not Page.objects.filter(translation_key=source.object_id, locale_id=source.locale_id).exists():
            source.delete()


def check_translation_is_there(number: Any) -> None:
    """Raises Http404 for a translation whose page, or the page that it follows, is no more."""
    translation = Translation.objects.select_related("source").filter(pk=number).first()
    if translation is None:
        return
    try:
        translation.get_target_instance()
        translation.source.get_source_instance()
    except ObjectDoesNotExist as error:
        raise Http404 from error


def edit_override(request: HttpRequest, translation_id: int, overridable_segment_id: int) -> HttpResponseBase:
    """A translation's own picture or file in place of its source's. Raises PermissionDenied for one of others."""
    if request.method == "PUT":
        segment = get_object_or_404(OverridableSegment, pk=overridable_segment_id)
        number = QueryDict(request.body).get("value", "")
        if number.isascii() and number.isdigit():
            _check_override(request.user, segment, int(number[:15]))  # type: ignore[arg-type]
    response: HttpResponseBase = edit_any_override(
        request, translation_id=translation_id, overridable_segment_id=overridable_segment_id
    )
    return response


def _check_override(user: User, segment: OverridableSegment, number: int) -> None:
    """By the kind that stands there in the source; where nothing is known of the place, by every kind."""
    page = segment.source.get_source_instance()
    kinds = [kind for place, kind, _number in named_in(page, values_of(page)) if place == segment.context.path]
    for kind in kinds or [Picture, PublishedFile, Page]:
        if kind.objects.filter(pk=number).exists() and not may_choose(user, kind, number):
            raise PermissionDenied
