"""The files of a release. Each stays the same for ever under its address."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from havn.common.access import public
from havn.releases import export
from havn.releases.catalogue import address_of
from havn.releases.models import Release
from havn.releases.rules.periods import slug_of
from havn.releases.views.answers import kept
from havn.releases.views.asked import public_release_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@public
@require_safe
def csv_file(request: HttpRequest, key: str, period: str, version: int) -> HttpResponseBase:
    """One line for each number."""
    release = public_release_of(request, key, period, version)
    answer = kept(
        request, export.csv_of(release), "text/csv; charset=utf-8; header=present", name=_name(release, "csv"),
    )  # fmt: skip
    about = address_of(release, "releases:csv_metadata")
    answer.headers["Link"] = f'<{about}>; rel="describedby"; type="application/csvm+json"'
    return answer


@public
@require_safe
def csv_metadata(request: HttpRequest, key: str, period: str, version: int) -> HttpResponseBase:
    """What the columns of the CSV hold (CSVW)."""
    release = public_release_of(request, key, period, version)
    content = export.json_bytes(export.csvw_of(release, f"v{release.version}.csv"))
    return kept(request, content, "application/csvm+json; charset=utf-8")


@public
@require_safe
def xlsx_file(request: HttpRequest, key: str, period: str, version: int) -> HttpResponseBase:
    """A workbook."""
    release = public_release_of(request, key, period, version)
    says = export.json_bytes(export.json_of(release))
    return kept(request, export.xlsx_of(release), _XLSX, name=_name(release, "xlsx"), says=says)


@public
@require_safe
def json_file(request: HttpRequest, key: str, period: str, version: int) -> HttpResponseBase:
    """Plain values."""
    release = public_release_of(request, key, period, version)
    return kept(request, export.json_bytes(export.json_of(release)), "application/json; charset=utf-8")


def _name(release: Release, ending: str) -> str:
    return f"{release.dataset.key}-{slug_of(release.first, release.last)}-v{release.version}.{ending}"
