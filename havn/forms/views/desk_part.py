"""One part of a draft at a time: the whole form, a section, a question, a computed value, a check."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havn.accounts.access import staff
from havn.forms.actions import drafts
from havn.forms.actions.drafts import ChangedMeanwhile
from havn.forms.forms.fields import ExpressionField, OneLine, Words
from havn.forms.forms.part import PartForm
from havn.forms.forms.question import TYPES, QuestionForm
from havn.forms.forms.settings import SectionForm, SettingsForm
from havn.forms.forms.values import CheckForm, ComputedForm
from havn.forms.listing import lists_to_choose, title_of
from havn.forms.models import FormVersion
from havn.forms.permissions import WRITERS
from havn.forms.queries import keys_in_use
from havn.forms.rules import editing
from havn.forms.rules.definition import Type
from havn.forms.rules.editing import NotThere, Raw
from havn.forms.views.asked import actor_of, draft_of

_WRITTEN = (OneLine, Words, ExpressionField)
_METHODS = ["GET", "HEAD", "POST"]
Make = Callable[[Any, Raw, Raw, set[str]], PartForm]
"""A form of sent data, the definition, the part, and the keys that stay."""
_FORMS: dict[str, type[PartForm]] = {"section": SectionForm, "question": QuestionForm, "computed": ComputedForm,
                                     "check": CheckForm}  # fmt: skip


@staff(*WRITERS)
@require_http_methods(_METHODS)
def settings(request: HttpRequest, version_id: int) -> HttpResponse:
    """Title, introduction and languages."""
    return _screen(
        request, version_id, "settings", lambda data, raw, part, _in_use: SettingsForm(data, raw=raw, part=part)
    )


@staff(*WRITERS)
@require_http_methods(_METHODS)
def section(request: HttpRequest, version_id: int, key: str = "") -> HttpResponse:
    """A section: a new one without a key."""

    def make(data: Any, raw: Raw, part: Raw, in_use: set[str]) -> PartForm:
        return SectionForm(data, raw=raw, part=part, in_use=in_use)

    return _screen(request, version_id, "section", make, key)


@staff(*WRITERS)
@require_http_methods(_METHODS)
def question(request: HttpRequest, version_id: int, key: str) -> HttpResponse:
    """A question. With `?type=` it becomes another type, keeping its words."""
    draft = draft_of(request, version_id)
    if _is_gone(draft, editing.QUESTION, key):
        return _gone(request, draft, editing.QUESTION)
    part = _part(draft.definition, editing.QUESTION, key)
    home = str(editing.section_of(draft.definition, key).get("key", ""))
    asked = request.GET.get("type") or str(part.get("type", ""))
    type_ = Type(asked) if asked in TYPES else Type.TEXT
    lists = lists_to_choose(_centre(draft))

    def make(data: Any, raw: Raw, now: Raw, in_use: set[str]) -> PartForm:
        return QuestionForm(data, raw=raw, part=now, section=home, type_=type_, lists=lists, in_use=in_use)

    return _screen(request, version_id, "question", make, key, {"type": type_, "types": _types(type_)})


@staff(*WRITERS)
@require_http_methods(_METHODS)
def new_question(request: HttpRequest, version_id: int, key: str) -> HttpResponse:
    """A new question in the section of this key: first its type, then the rest."""
    draft = draft_of(request, version_id)
    home = _part(draft.definition, editing.SECTION, key)
    asked = request.GET.get("type", "")
    if asked not in TYPES:
        context = {"version": draft, "title": title_of(draft.definition), "types": _types(None), "section": key}
        return render(request, "forms/desk_types.html", {**context, "language": draft.definition.get("language", "en")})
    lists = lists_to_choose(_centre(draft))

    def make(data: Any, raw: Raw, _now: Raw, _in_use: set[str]) -> PartForm:
        return QuestionForm(data, raw=raw, part={}, section=str(home["key"]), type_=Type(asked), lists=lists)

    context = {"type": Type(asked), "types": _types(Type(asked)), "section": key}
    return _screen(request, version_id, "question", make, "", context)


@staff(*WRITERS)
@require_http_methods(_METHODS)
def computed(request: HttpRequest, version_id: int, key: str = "") -> HttpResponse:
    """A computed value: a new one without a key."""

    def make(data: Any, raw: Raw, part: Raw, in_use: set[str]) -> PartForm:
        return ComputedForm(data, raw=raw, part=part, in_use=in_use)

    return _screen(request, version_id, "computed", make, key)


@staff(*WRITERS)
@require_http_methods(_METHODS)
def check(request: HttpRequest, version_id: int, key: str = "") -> HttpResponse:
    """A check: a new one without a key."""

    def make(data: Any, raw: Raw, part: Raw, _in_use: set[str]) -> PartForm:
        return CheckForm(data, raw=raw, part=part)

    return _screen(request, version_id, "check", make, key)


def _screen(
    request: HttpRequest, version_id: int, kind: str, make: Make, key: str = "", more: dict[str, Any] | None = None
) -> HttpResponse:
    """Show a part, or keep what was sent. When somebody else was quicker, both are shown and nothing is lost."""
    draft = draft_of(request, version_id)
    if key and _is_gone(draft, kind, key):
        return _gone(request, draft, kind)
    part = _part(draft.definition, kind, key) if key or kind == editing.SETTINGS else {}
    data, in_use = request.POST if request.method == "POST" else None, keys_in_use(draft.form)
    form = make(data, draft.definition, part, in_use)
    theirs: list[tuple[str, str]] = []
    if data is not None and form.check():
        try:
            _keep(request, draft, form, kind, key)
        except ChangedMeanwhile as refused:
            # Shown beside their own words; a second press says that these are meant.
            fresh = draft_of(request, version_id)
            if _is_gone(fresh, kind, key):
                return _gone(request, fresh, kind)
            now = _part(fresh.definition, kind, key)
            sent = {**data.dict(), **_lists(request), "seen": editing.fingerprint(now)}
            form = make(sent, fresh.definition, now, in_use)
            form.is_valid()
            form.add_error(None, refused.sentence)
            theirs = _shown(form)
        else:
            return _after(request, draft, form, kind)
    context = {
        "version": draft, "title": title_of(draft.definition), "form": form, "kind": kind, "key": key, "theirs": theirs,
        "language": form.language, **(more or {}),
    }  # fmt: skip
    return render(request, f"forms/desk_{kind}.html", context, status=422 if form.errors else 200)


def _keep(request: HttpRequest, draft: FormVersion, form: PartForm, kind: str, key: str) -> None:
    part, actor = form.changed_part(), actor_of(request)
    if key or kind == editing.SETTINGS:
        seen = form.cleaned_data["seen"]
        drafts.save_part(actor=actor, version=draft, kind=kind, key=key, part=part, seen=seen)
    else:
        drafts.add_part(actor=actor, version=draft, kind=kind, part=part, section=form.section_key)


def _after(request: HttpRequest, draft: FormVersion, form: PartForm, kind: str) -> HttpResponse:
    """Back to the draft, at the part; or on to the next question."""
    messages.success(request, _("Saved."))
    if kind == editing.QUESTION and "more" in request.POST:
        return redirect("forms:new_question", version_id=draft.pk, key=form.section_key)
    answer = redirect("forms:version", version_id=draft.pk)
    if kind != editing.SETTINGS:
        answer["Location"] += f"#{kind}-{form.changed_part()['key']}"
    return answer


def _lists(request: HttpRequest) -> dict[str, Any]:
    """Fields that hold several values, which a plain dictionary would cut to the last."""
    return {name: request.POST.getlist(name) for name in ("languages", "kinds", "added") if name in request.POST}


def _shown(form: PartForm) -> list[tuple[str, str]]:
    """What is stored now, field by field."""
    rows = [(field, form.initial.get(name)) for name, field in form.fields.items() if name != "seen"]
    return [(str(field.label), str(value)) for field, value in rows if value not in (None, "", [], False)]


def _is_gone(draft: FormVersion, kind: str, key: str) -> bool:
    return kind != editing.SETTINGS and all(one.get("key") != key for one in editing.parts_of(draft.definition, kind))


def _gone(request: HttpRequest, draft: FormVersion, kind: str) -> HttpResponse:
    """What was written of a part that is not there any more, so that it is not lost. Http404 where nothing was sent."""
    if request.method != "POST":
        raise Http404
    fields = _FORMS[kind].base_fields
    written = [(field.label, request.POST.get(name, "")) for name, field in fields.items() if type(field) in _WRITTEN]
    context = {
        "version": draft, "title": title_of(draft.definition),
        "written": [(label, text) for label, text in written if text.strip()],
    }  # fmt: skip
    return render(request, "forms/desk_gone.html", context, status=409)


def _part(raw: Raw, kind: str, key: str) -> Raw:
    try:
        return editing.part_of(raw, kind, key)
    except NotThere as error:
        raise Http404 from error


def _types(now: Type | None) -> list[tuple[str, str, bool]]:
    return [(one.value, str(label), one is now) for one, label in TYPES.items()]


def _centre(draft: FormVersion) -> Any:
    assert draft.form.centre is not None
    return draft.form.centre
