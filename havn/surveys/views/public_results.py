"""What children answered, for everybody, once the centre has published it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.accounts.access import local_time
from havn.common.access import public
from havn.common.language import reader_language
from havn.surveys.files import download
from havn.surveys.models import Survey, Wave
from havn.surveys.pages import Results
from havn.surveys.queries.surveys import public_survey, published_waves
from havn.surveys.words import said, title_of

MOST = 32_767


@public
@require_safe
def results(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The results of one wave, section by section, and what happened with them."""
    survey, wave, waves = _published(request, slug, number)
    context = {
        "survey": survey,
        "title": title_of(survey),
        "wave": wave,
        "waves": waves,
        "results": Results(wave, reader_language()),
        "outcome": said(wave.outcome, reader_language(), survey.centre.default_language),
    }
    with local_time(request):
        return render(request, "surveys/public_results.html", context)


@public
@require_safe
def results_table(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The same numbers as CSV."""
    survey, wave, _waves = _published(request, slug, number)
    return download(Results(wave, reader_language()).sheet(), "csv", f"{survey.slug}-{wave.number}")


def _published(request: HttpRequest, slug: str, number: int) -> tuple[Survey, Wave, list[Wave]]:
    survey = public_survey(request.centre, slug)  # type: ignore[attr-defined]
    waves = published_waves(survey) if survey else []
    wave = next((one for one in waves if one.number == number and number <= MOST), None)
    if survey is None or wave is None:
        raise Http404
    return survey, wave, waves
