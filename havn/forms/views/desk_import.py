"""A form from an XLSForm: first what was read and what was not, and only then a draft."""

import json

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from havn.accounts.access import staff
from havn.common.errors import Refused
from havn.forms.actions import drafts
from havn.forms.forms.starting import TakeOverForm, WorkbookForm
from havn.forms.models import Form
from havn.forms.permissions import WRITERS
from havn.forms.rules import editing
from havn.forms.sheets.opening import LONGEST
from havn.forms.views.asked import actor_of, centre_of
from havn.forms.xlsform.importing import Imported, read_xlsform
from havn.tenancy.models import Centre


@staff(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_xlsform(request: HttpRequest) -> HttpResponse:
    """Choose a file, and see what comes of it. Nothing is stored yet."""
    centre = centre_of(request)
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    if request.method == "POST" and form.is_valid():
        try:
            found = read_xlsform(form.cleaned_data["file"].read(LONGEST + 1))
        except Refused as refused:
            form.add_error("file", refused.sentence)
        else:
            return _found(request, centre, found)
    return render(request, "forms/desk_import.html", {"form": form}, status=422 if form.errors else 200)


@staff(*WRITERS)
@require_POST
def take_over(request: HttpRequest) -> HttpResponse:
    """Make the draft of what was read."""
    centre = centre_of(request)
    form = TakeOverForm(request.POST, taken=_taken(centre))
    if not form.is_valid():
        return render(request, "forms/desk_take_over.html", {"form": form, "found": None}, status=422)
    version = drafts.start_form(
        actor=actor_of(request), centre=centre, kind=form.cleaned_data["kind"], definition=form.result()
    )
    messages.success(request, _("The draft is made of the file."))
    return redirect("forms:version", version_id=version.pk)


def _found(request: HttpRequest, centre: Centre, found: Imported) -> HttpResponse:
    raw, taken = found.definition, _taken(centre)
    key = raw["key"] if raw["key"] not in taken else editing.new_key(raw["key"], taken)
    first = {
        "title": raw["title"].get(raw["language"], ""), "key": key, "kind": "other",
        "definition": json.dumps(raw, ensure_ascii=False),
    }  # fmt: skip
    context = {
        "form": TakeOverForm(None, taken=taken, initial=first),
        "found": found,
        "counts": _counts(raw),
        "languages": ", ".join(dict(settings.LANGUAGES).get(code, code) for code in raw["languages"]),
    }
    return render(request, "forms/desk_take_over.html", context)


def _counts(raw: editing.Raw) -> list[str]:
    """How many parts there are, kind by kind."""
    sections, questions, computed, checks = (len(editing.parts_of(raw, kind)) for kind in editing.KINDS)
    return [
        ngettext("%(count)d section", "%(count)d sections", sections) % {"count": sections},
        ngettext("%(count)d question", "%(count)d questions", questions) % {"count": questions},
        ngettext("%(count)d computed value", "%(count)d computed values", computed) % {"count": computed},
        ngettext("%(count)d check", "%(count)d checks", checks) % {"count": checks},
    ]


def _taken(centre: Centre) -> set[str]:
    return set(Form.objects.filter(centre=centre).values_list("key", flat=True))
