"""A factsheet taken in: choose the file, see what was understood line by line, then store it or leave it.

Nothing is kept between the steps: the page itself carries the text that is being looked at.
"""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havn.accounts.access import staff
from havn.common.errors import Refused
from havn.recommendations import actions, words
from havn.recommendations.composing import document_of
from havn.recommendations.forms import AsOfForm, UploadForm
from havn.recommendations.models import Factsheet, MonitoringRound
from havn.recommendations.permissions import FILLERS, check_can_prepare, check_is_secretariat
from havn.recommendations.queries.factsheets import words_of_round
from havn.recommendations.rules.factsheet.asks import AskText, asks_of, counts_of, observations_of
from havn.recommendations.rules.factsheet.dating import has_words_in_boxes, submitted_in
from havn.recommendations.rules.factsheet.document import HOLDERS, ChapterText, Document, Reading
from havn.recommendations.rules.factsheet.inline import plain
from havn.recommendations.rules.factsheet.inner import words_of
from havn.recommendations.rules.factsheet.markdown import read
from havn.recommendations.rules.factsheet.placing import is_correction
from havn.recommendations.rules.factsheet.writing import fingerprint
from havn.recommendations.uploading import checked, markdown_of_file
from havn.recommendations.views.asked import centre_of
from havn.recommendations.views.import_lines import choices, decided_lines, lines_by_chapter
from havn.tenancy.models import Centre

_PREFIX = "line-"
_DIGITS = 6


@staff(*FILLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_factsheet(request: HttpRequest) -> HttpResponse:
    """Choose a file; look at what it says (`show`); store it (`store`)."""
    centre = centre_of(request)
    check_is_secretariat(request.user, centre)  # type: ignore[arg-type]
    if request.method != "POST":
        return _choose(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _choose(request, form, status=422)
    round = form.cleaned_data["round"]
    field = "round"
    try:
        check_can_prepare(request.user, centre, round)  # type: ignore[arg-type]
        field = "file"
        text, name = _text(request, form)
    except Refused as refused:
        form.add_error(field, refused.sentence)
        return _choose(request, form, status=422)
    reading = read(text, _corrections(request, round), words_of_round(round))
    days = _days(request, reading)
    if "store" in request.POST and (days is None or days.is_valid()):
        return _store(request, centre, form, reading, name, days.cleaned_data["as_of"] if days else None)
    return _preview(request, form, reading, text, name, days)


def _days(request: HttpRequest, reading: Reading) -> AsOfForm | None:
    """Asks for the day of the words in the boxes, with what the file says of it; None where no box has words."""
    if not has_words_in_boxes(reading.document):
        return None
    if "store" in request.POST:
        return AsOfForm(request.POST)
    return AsOfForm(initial={"as_of": request.POST.get("as_of", "") or submitted_in(reading.document)})


def _choose(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "rounds": MonitoringRound.objects.exists()}
    return render(request, "recommendations/import.html", context, status=status)


def _text(request: HttpRequest, form: UploadForm) -> tuple[str, str]:
    """The text that is looked at: of the file when one comes, else that which the page carries."""
    upload = form.cleaned_data["file"]
    if upload is not None:
        return markdown_of_file(upload.name, upload.read()), " ".join(upload.name.split())[:200]
    carried = request.POST.get("text", "")
    if not carried:
        raise Refused(_("Choose a file first."))
    return checked(carried), " ".join(request.POST.get("name", "").split())[:200]


def _corrections(request: HttpRequest, round: MonitoringRound) -> dict[int, str]:
    """What the person said of lines, whatever the reading made of them."""
    verbs = words_of_round(round).verbs
    return {
        number: value for field, value in request.POST.items()
        if isinstance(value, str) and field.startswith(_PREFIX) and (number := _number(field.removeprefix(_PREFIX)))
        and is_correction(value, verbs)
    }  # fmt: skip


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else 0


def _store(
    request: HttpRequest, centre: Centre, form: UploadForm, reading: Reading, name: str, as_of: dt.date | None
) -> HttpResponse:  # fmt: skip
    made = actions.import_factsheet(
        actor=request.user,  # type: ignore[arg-type]
        centre=centre,
        round=form.cleaned_data["round"],
        party=form.cleaned_data["party"],
        document=reading.document,
        source_name=name or _("A file"),
        as_of=as_of,
        left_out=reading.not_understood,
    )
    messages.success(request, _("The factsheet is stored."))
    return redirect("recommendations:factsheet", factsheet_id=made.pk)


def _preview(
    request: HttpRequest, form: UploadForm, reading: Reading, text: str, name: str, days: AsOfForm | None
) -> HttpResponse:  # fmt: skip
    round, party = form.cleaned_data["round"], form.cleaned_data["party"]
    ways = words_of_round(round)
    there = Factsheet.objects.filter(round=round, party=party).first()
    document = reading.document
    asks = asks_of(document, ways)
    corrected = _corrections(request, round)
    context = {
        "round": round,
        "party": party,
        "country": words.country(party),
        "name": name,
        "text": text,
        "there": there,
        "is_same": there is not None and _is_stored(there, document),
        "twice": document.twice(),
        "title": _title(document),
        "finds_nothing": not asks and bool(document.notes),
        "names_another": not words.is_named(party, _title(document)),
        "counts": counts_of(document, ways),
        "days": days,
        "notes": document.notes,
        "observations": [
            (one.chapter, ", ".join(map(str, one.paragraphs)), words_of(one.tree))
            for one in observations_of(document, ways)
        ],
        "chapters": [(chapter, _asks(asks, chapter.number), _boxes(chapter)) for chapter in document.chapters],
        "decided": decided_lines(reading, corrected, _number(request.POST.get("correct", ""))),
        "choices": choices(round),
        "reading": reading,
        "groups": lines_by_chapter(reading),
        "decisions": [(one.line, words.decision_words(one.code), one.text) for one in reading.decisions],
    }
    is_bad = "store" in request.POST and days is not None and not days.is_valid()
    return render(request, "recommendations/import_preview.html", context, status=422 if is_bad else 200)


def _is_stored(there: Factsheet, document: Document) -> bool:
    """Whether it is what was imported, or what is taken out today with the follow-up since."""
    found = fingerprint(document)
    return found == there.fingerprint or found == fingerprint(document_of(there))


def _asks(asks: list[AskText], chapter: str) -> list[tuple[str, str, str]]:
    """Of each ask in a chapter: its ids, its verb, and how it begins."""
    return [
        (", ".join(cited.ref for cited in ask.cited), ask.verb, plain(ask.tree[0].text))
        for ask in asks
        if ask.chapter == chapter
    ]


def _boxes(chapter: ChapterText) -> list[tuple[str, int, str]]:
    """Of each box: its label, how many paragraphs it has, and their words."""
    return [
        (plain(block.text), len(block.children), words_of(block.children))
        for block in chapter.blocks
        if block.kind in HOLDERS
    ]


def _title(document: Document) -> str:
    return next((plain(block.text) for block in document.front if block.kind == "heading"), "")
