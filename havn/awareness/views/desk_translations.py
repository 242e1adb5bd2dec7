"""How far translations are, and Wagtail's own two screens for them, kept within the centre and the review."""

from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from havn.accounts.access import staff
from havn.awareness.editor.groups import WRITERS
from havn.awareness.queries import fronts_of
from havn.awareness.rules.translating import State
from havn.awareness.sharing.translating import translation_matrix
from havn.common.language import reader_language
from havn.directory.countries import language_name
from havn.tenancy.models import Centre

PER_PAGE = 50


@staff(*WRITERS)
@require_safe
def translations(request: HttpRequest) -> HttpResponse:
    """The centre's pages by its languages, narrowed by kind and by what is still to do."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    wishes = {name: request.GET.get(name, "").replace("\x00", "")[:40] for name in ("kind", "state")}
    matrix = translation_matrix(centre, **wishes)
    reader = reader_language()
    names = {code: language_name(code, reader) for code in matrix.languages}
    kept = "".join(f"{name}={value}&" for name, value in wishes.items() if value.isascii() and value.isalpha())
    context = {
        "tab": "translations",
        "languages": [(names[code], _counts(matrix.counts[code])) for code in matrix.languages],
        "language_names": names,
        "kinds": matrix.kinds,
        "states": [(state.value, state_words(state)) for state in State],
        "chosen": wishes,
        "kept": kept,
        "found": Paginator(matrix.rows, PER_PAGE).get_page(request.GET.get("page", "1")[:6]),
    }
    return render(request, "awareness/desk_translations.html", context)


def state_words(state: State) -> str:
    """What the screen calls it."""
    return {
        State.SOURCE: _("Written here"),
        State.LIVE: _("Up to date"),
        State.BEHIND: _("Behind"),
        State.DRAFT: _("Draft"),
        State.MISSING: _("Missing"),
    }[state]


def _counts(counts: Any) -> list[tuple[str, int]]:
    return [(state_words(state), counts[state]) for state in State if counts[state]]


class SubmitWithinCentre(SubmitPageTranslationView):
    """Wagtail's "Translate this page", for pages that the person may edit, into languages that their centre has."""

    def get_object(self) -> Page:
        """Raises PermissionDenied for a page of another centre: the library asks for no permission on the page."""
        page: Page = super().get_object()
        if not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return page

    def get_form(self) -> forms.Form:
        """Without languages that the centre has no tree for."""
        form: forms.Form = super().get_form()
        languages = fronts_of(self.request.centre).values("locale_id")
        locales: Any = form.fields["locales"]
        locales.queryset = locales.queryset.filter(pk__in=languages)
        return form


class UpdateWithinCentre(UpdateTranslationsView):
    """Wagtail's "Sync translated pages", for what the person may edit; published by publishers alone."""

    def get_object(self) -> Any:
        """Raises PermissionDenied for a source that is not the person's to edit, or nobody's page."""
        source = super().get_object()
        try:
            page = source.get_source_instance()
        except ObjectDoesNotExist as error:
            raise Http404 from error
        may = page.permissions_for_user(self.request.user) if isinstance(page, Page) else None
        if may is None or not may.can_edit():
            raise PermissionDenied
        if self.request.POST.get("publish_translations") and not may.can_publish():
            raise PermissionDenied
        return source


def report(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    """Wagtail's own report lists drafts of every centre on this installation: ours stands in its place."""
    return HttpResponseRedirect(reverse("awareness:translations"))
