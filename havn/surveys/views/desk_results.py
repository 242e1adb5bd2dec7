"""Results and codebook of a wave for staff: the same masked numbers that everybody may read one day."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.accounts.access import staff
from havn.common.language import reader_language
from havn.surveys.codebooks import Codebook, wave_before
from havn.surveys.files import KINDS, download
from havn.surveys.models import Wave
from havn.surveys.pages import Results
from havn.surveys.permissions import RUNNERS
from havn.surveys.views.asked import wave_of
from havn.surveys.words import title_of


@staff(*RUNNERS)
@require_safe
def desk_results(request: HttpRequest, wave_id: int) -> HttpResponse:
    """What was answered, as far as it may be shown. There is nothing before a wave is counted."""
    wave = _counted(request, wave_id)
    context = {"wave": wave, "survey": wave.survey, "title": title_of(wave.survey)}
    return render(request, "surveys/desk_results.html", context | {"results": Results(wave, reader_language())})


@staff(*RUNNERS)
@require_safe
def desk_results_file(request: HttpRequest, wave_id: int, kind: str) -> HttpResponse:
    """The same as CSV or XLSX."""
    wave = _counted(request, wave_id)
    if kind not in KINDS:
        raise Http404
    return download(Results(wave, reader_language()).sheet(), kind, f"{wave.survey.slug}-{wave.number}")


@staff(*RUNNERS)
@require_safe
def codebook(request: HttpRequest, wave_id: int) -> HttpResponse:
    """What each variable means, and what changed since the wave before."""
    wave = wave_of(request, wave_id)
    before = wave_before(wave)
    book = Codebook(wave, reader_language(), before)
    return render(request, "surveys/desk_codebook.html", {"wave": wave, "book": book, "before": before})


@staff(*RUNNERS)
@require_safe
def codebook_file(request: HttpRequest, wave_id: int, kind: str) -> HttpResponse:
    """The same as CSV, XLSX or JSON."""
    wave = wave_of(request, wave_id)
    book = Codebook(wave, reader_language(), wave_before(wave))
    name = f"{wave.survey.slug}-{wave.number}-codebook"
    if kind == "json":
        response = JsonResponse(book.json(), json_dumps_params={"ensure_ascii": False, "indent": 2})
        response["Content-Disposition"] = f'attachment; filename="{name}.json"'
        return response
    if kind not in KINDS:
        raise Http404
    return download(book.sheet(), kind, name)


def _counted(request: HttpRequest, wave_id: int) -> Wave:
    wave = wave_of(request, wave_id)
    if wave.counted_at is None:
        raise Http404
    return wave
