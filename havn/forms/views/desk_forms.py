"""The forms of a centre, and how a new one begins."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havn.accounts.access import staff
from havn.common.language import reader_language
from havn.forms.actions import deleting, drafts
from havn.forms.forms.starting import StartForm
from havn.forms.listing import FormRow, form_rows, title_of
from havn.forms.permissions import WRITERS
from havn.forms.queries import is_used
from havn.forms.rules import editing
from havn.forms.views.asked import actor_of, centre_of, form_of


@staff(*WRITERS)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The centre's own forms and those that come with Havn, with their versions and what uses them."""
    own, shipped = form_rows(centre_of(request))
    return render(request, "forms/desk.html", {"own": own, "shipped": shipped})


@staff(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A form begins empty or as a copy; with `?copy=` the form to copy is chosen already."""
    centre = centre_of(request)
    own, shipped = form_rows(centre)
    sources = {row.versions[0][0].pk: row for row in [*own, *shipped] if row.versions}
    form = StartForm(
        request.POST if request.method == "POST" else None,
        sources=[(pk, row.title) for pk, row in sources.items()],
        taken={row.form.key for row in own},
        initial=_first(request, sources),
    )
    if request.method == "POST" and form.is_valid():
        version = drafts.start_form(
            actor=actor_of(request),
            centre=centre,
            kind=form.cleaned_data["kind"],
            definition=_definition(form, sources),
        )
        messages.success(request, _("The draft is made."))
        return redirect("forms:version", version_id=version.pk)
    return render(request, "forms/desk_new.html", {"form": form}, status=422 if form.errors else 200)


@staff(*WRITERS)
@require_POST
def new_version(request: HttpRequest, form_id: int) -> HttpResponse:
    """The draft of a form, copied from the version in use unless there is one."""
    version = drafts.new_version(actor=actor_of(request), form=form_of(request, form_id))
    messages.success(request, _("This is the draft of the next version."))
    return redirect("forms:version", version_id=version.pk)


@staff(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def delete_form(request: HttpRequest, form_id: int) -> HttpResponse:
    """Ask once, then destroy a form that nobody ever used."""
    form = form_of(request, form_id)
    newest = form.versions.order_by("-number").first()
    if newest is None:
        raise Http404
    if request.method == "POST":
        deleting.delete_form(actor=actor_of(request), form=form)
        messages.success(request, _("The form is deleted."))
        return redirect("forms:desk")
    context = {"form": form, "version": newest, "title": title_of(newest.definition), "is_used": is_used(form)}
    return render(request, "forms/desk_delete_form.html", context)


def _first(request: HttpRequest, sources: dict[int, FormRow]) -> dict[str, object]:
    first: dict[str, object] = {"way": "empty", "language": reader_language().split("-")[0], "kind": "other"}
    asked = request.GET.get("copy", "")
    row = sources.get(int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 15 else None
    if row is not None:
        first |= {"way": "copy", "source": asked, "kind": row.form.kind, "title": row.title}
    return first


def _definition(form: StartForm, sources: dict[int, FormRow]) -> editing.Raw:
    data, key = form.cleaned_data, form.key_for()
    if data["way"] == "empty":
        return editing.empty(key, data["title"], data["language"], (), _("Questions"))
    # A copy speaks the language of what it copies; its title is in the one the person wrote it in.
    raw = sources[int(data["source"])].versions[0][0].definition
    return {**raw, "key": key, "title": {**raw.get("title", {}), raw.get("language", "en"): data["title"]}}
