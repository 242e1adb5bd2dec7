"""A version: its parts, its faults, and what can be done with it as a whole."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havn.accounts.access import staff
from havn.forms.actions import drafts
from havn.forms.actions.freezing import freeze as freeze_version
from havn.forms.listing import Shown, title_of
from havn.forms.permissions import WRITERS
from havn.forms.queries import is_used
from havn.forms.rules import editing
from havn.forms.translations import progress_of
from havn.forms.views.asked import actor_of, draft_of, version_of


@staff(*WRITERS)
@require_safe
def version(request: HttpRequest, version_id: int) -> HttpResponse:
    """Sections, questions, computed values and checks; of a draft with everything that is wrong and the way there."""
    found = version_of(request, version_id)
    shown = Shown(found)
    is_draft = not found.is_frozen and not found.form.is_shipped
    context = {
        "version": found,
        "title": title_of(found.definition),
        "is_draft": is_draft,
        "sections": shown.sections(),
        "computed": shown.computed(),
        "checks": shown.checks(),
        "faults": shown.faults(),
        "language": shown.language,
        "steps": found.steps.count() if is_draft else 0,
        "languages": len(shown.definition.languages),
        "may_go": found.is_frozen and not found.form.is_shipped and not is_used(found.form),
    }
    return render(request, "forms/desk_version.html", context)


@staff(*WRITERS)
@require_POST
def move(request: HttpRequest, version_id: int) -> HttpResponse:
    """A part one place up or down."""
    found, kind, key = draft_of(request, version_id), request.POST.get("kind", ""), request.POST.get("key", "")
    if kind in editing.KINDS:
        down = request.POST.get("to") == "down"
        drafts.move_part(actor=actor_of(request), version=found, kind=kind, key=key, down=down)
    return _back(found.pk, kind, key)


@staff(*WRITERS)
@require_POST
def remove(request: HttpRequest, version_id: int) -> HttpResponse:
    """Take a part out. It can be undone, and the page says so."""
    found, kind, key = draft_of(request, version_id), request.POST.get("kind", ""), request.POST.get("key", "")
    if kind in editing.KINDS:
        drafts.remove_part(actor=actor_of(request), version=found, kind=kind, key=key)
        messages.success(request, _("It is taken out. “Undo the last change” brings it back."))
    return redirect("forms:version", version_id=found.pk)


@staff(*WRITERS)
@require_POST
def undo(request: HttpRequest, version_id: int) -> HttpResponse:
    """The last change as if it had not been."""
    found = draft_of(request, version_id)
    drafts.undo(actor=actor_of(request), version=found)
    messages.success(request, _("The last change is undone."))
    return redirect("forms:version", version_id=found.pk)


@staff(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: HttpRequest, version_id: int) -> HttpResponse:
    """Say what using it means and which texts are missing; then use this version: from now on it stays as it is."""
    found = draft_of(request, version_id)
    if request.method != "POST":
        missing = [one for one in progress_of(found.definition) if one.there < one.all]
        context = {"version": found, "title": title_of(found.definition), "missing": missing}
        context["faults"] = Shown(found).faults()
        return render(request, "forms/desk_freeze.html", context)
    freeze_version(actor=actor_of(request), version=found)
    messages.success(request, _("This version can be used now. It stays as it is."))
    return redirect("forms:version", version_id=found.pk)


@staff(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, version_id: int) -> HttpResponse:
    """Ask once, then throw the draft away."""
    found = draft_of(request, version_id)
    if request.method == "POST":
        drafts.delete_draft(actor=actor_of(request), version=found)
        messages.success(request, _("The draft is thrown away."))
        return redirect("forms:desk")
    context = {"version": found, "title": title_of(found.definition), "is_only": found.form.versions.count() == 1}
    return render(request, "forms/desk_delete.html", context)


def _back(version_id: int, kind: str, key: str) -> HttpResponse:
    answer = redirect("forms:version", version_id=version_id)
    if kind in editing.KINDS and key.isidentifier() and key.isascii():
        answer["Location"] += f"#{kind}-{key}"
    return answer
