"""The table of translations: every text of a draft in two languages, on the screen and as a file."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havn.accounts.access import staff
from havn.common.errors import Refused
from havn.forms import translations
from havn.forms.actions import drafts
from havn.forms.actions.drafts import ChangedMeanwhile
from havn.forms.forms.starting import TableFileForm
from havn.forms.listing import title_of
from havn.forms.models import FormVersion
from havn.forms.permissions import WRITERS
from havn.forms.rules.limits import LONGEST_ABOUT
from havn.forms.rules.texts import FormText, digest, texts_of
from havn.forms.sheets.opening import LONGEST
from havn.forms.views.asked import actor_of, draft_of


@dataclass(frozen=True)
class Line:
    """A row of the table. `theirs`: what somebody else wrote meanwhile, None where nobody did."""

    text: FormText
    what: str
    source: str
    target: str
    seen: str
    theirs: str | None = None
    error: str = ""


@staff(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def translations_table(request: HttpRequest, version_id: int) -> HttpResponse:
    """Read or change the texts of one language beside those of another; `?missing=1` shows only what is missing."""
    draft = draft_of(request, version_id)
    source, target = _languages(request, draft)
    if not target:
        return render(request, "forms/desk_translations.html", _context(draft, source, target, [], request))
    lines = _lines(draft, source, target)
    if request.method == "POST":
        typed, seen = _sent(request, lines)
        wrong = {place for place, text in typed.items() if len(text) > LONGEST_ABOUT or "\0" in text}
        if not wrong:
            try:
                count = drafts.save_texts(
                    actor=actor_of(request), version=draft, language=target, typed=typed, seen=seen
                )
            except ChangedMeanwhile as refused:
                messages.warning(request, refused.sentence)
            else:
                said = ngettext("%(count)d text is saved.", "%(count)d texts are saved.", count) % {"count": count}
                messages.success(request, said)
                return redirect(request.get_full_path())
        fresh = _lines(draft_of(request, version_id), source, target)
        lines = [_typed(line, typed, seen, wrong) for line in fresh]
        places = {line.text.place for line in fresh}
        gone = [text for place, text in typed.items() if place not in places and digest(text.strip()) != seen[place]]
        context = {**_context(draft, source, target, lines, request), "gone": gone, "failed": True}
        return render(request, "forms/desk_translations.html", context, status=422)
    return render(request, "forms/desk_translations.html", _context(draft, source, target, lines, request))


@staff(*WRITERS)
@require_safe
def translations_file(request: HttpRequest, version_id: int) -> HttpResponse:
    """The table as XLSX, or with `?as=csv` as CSV."""
    draft = draft_of(request, version_id)
    source, target = _languages(request, draft)
    if not target:
        raise Refused(_("The form is offered in one language only."))
    rows = translations.rows_of(texts_of(draft.definition), source, target)
    is_csv = request.GET.get("as") == "csv"
    data = translations.as_csv(rows, source, target) if is_csv else translations.as_xlsx(rows, source, target)
    kind = "text/csv; charset=utf-8" if is_csv else translations.XLSX
    answer = HttpResponse(data, content_type=kind)
    name = f"{draft.form.key}-{source}-{target}.{'csv' if is_csv else 'xlsx'}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@staff(*WRITERS)
@require_POST
def translations_in(request: HttpRequest, version_id: int) -> HttpResponse:
    """A file that comes back: all of it is kept, or nothing, with what is wrong row by row."""
    draft = draft_of(request, version_id)
    source, target = _languages(request, draft)
    form = TableFileForm(request.POST, request.FILES)
    faults: list[str] = []
    if form.is_valid() and target:
        try:
            data = form.cleaned_data["file"].read(LONGEST + 1)
            read = translations.read_table(data, texts_of(draft.definition), source, target)
            faults = read.faults
            if not faults:
                count = drafts.save_texts(
                    actor=actor_of(request), version=draft, language=target, typed=read.typed, seen=read.seen
                )
                said = ngettext("%(count)d text is saved.", "%(count)d texts are saved.", count) % {"count": count}
                messages.success(request, said)
                return redirect(f"{request.path.removesuffix('/in')}?{request.GET.urlencode()}")
        except Refused as refused:
            form.add_error("file", refused.sentence)
    context = _context(draft, source, target, _lines(draft, source, target) if target else [], request)
    return render(request, "forms/desk_translations.html", {**context, "file_form": form, "faults": faults}, status=422)


def _languages(request: HttpRequest, draft: FormVersion) -> tuple[str, str]:
    """To read and to write: the form's own and the first other one, unless others are asked for."""
    own = str(draft.definition.get("language", "en"))
    offered = [str(code) for code in draft.definition.get("languages", [])]
    offered = [own, *(code for code in offered if code != own)]
    source = request.GET.get("from", own)
    source = source if source in offered else own
    others = [code for code in offered if code != source]
    target = request.GET.get("to", "")
    return source, target if target in others else (others[0] if others else "")


def _lines(draft: FormVersion, source: str, target: str) -> list[Line]:
    found = texts_of(draft.definition)
    return [
        Line(
            one,
            translations.text_words(one.what),
            one.in_language(source),
            one.in_language(target),
            digest(one.in_language(target)),
        )
        for one in found
    ]


def _sent(request: HttpRequest, lines: list[Line]) -> tuple[dict[str, str], dict[str, str]]:
    """What was typed, and the digests that the page had, by place."""
    typed: dict[str, str] = {}
    seen: dict[str, str] = {}
    for name, text in request.POST.items():
        kind, mark, place = name.partition("-")
        if mark and isinstance(text, str) and kind in ("text", "seen"):
            into = typed if kind == "text" else seen
            into[place[:400]] = text.replace("\r\n", "\n")
    return {place: text for place, text in typed.items() if place in seen}, seen


def _typed(line: Line, typed: dict[str, str], seen: dict[str, str], wrong: set[str]) -> Line:
    """The row with what the person typed, and what is there now where that is another."""
    place = line.text.place
    text = typed.get(place)
    if text is None or digest(text.strip()) == seen.get(place):
        return line
    theirs = line.target if line.seen != seen.get(place) and line.target != text.strip() else None
    error = _("This text is too long.") if place in wrong else ""
    return Line(line.text, line.what, line.source, text, line.seen, theirs, error)


def _context(
    draft: FormVersion, source: str, target: str, lines: list[Line], request: HttpRequest
) -> dict[str, object]:
    names = dict(settings.LANGUAGES)
    own = str(draft.definition.get("language", "en"))
    offered = [own, *(str(code) for code in draft.definition.get("languages", []) if code != own)]
    missing = [line for line in lines if not line.text.in_language(target) and line.source]
    shown = [line for line in lines if line in missing or line.target != line.text.in_language(target)]
    only_missing = request.GET.get("missing") == "1"
    return {
        "version": draft, "title": title_of(draft.definition), "source": source, "target": target,
        "source_name": names.get(source, source), "target_name": names.get(target, target),
        "languages": [(code, names.get(code, code)) for code in offered],
        "progress": translations.progress_of(draft.definition),
        "lines": shown if only_missing else lines, "missing": len(missing), "all": len(lines),
        "only_missing": only_missing, "file_form": TableFileForm(), "faults": [], "gone": [], "failed": False,
    }  # fmt: skip
