"""Datasets as others harvest them: records after DCAT-AP 3 as JSON-LD, written by hand."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override

from havn.releases import words
from havn.releases.models import Dataset, Release
from havn.releases.rules.periods import slug_of
from havn.tenancy.models import Centre

_EU = "http://publications.europa.eu/resource/authority/"
_IANA = "https://www.iana.org/assignments/media-types/"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# Name of the address, media type, the EU's name of the kind of file.
FILES = (
    ("releases:csv", "text/csv", "CSV"),
    ("releases:xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    ("releases:json", "application/json", "JSON"),
)
# Languages of centres by the three letters of the EU's list.
_LANGUAGES = {
    "nb": "NOB", "nn": "NNO", "se": "SME", "da": "DAN", "en": "ENG", "sv": "SWE", "de": "DEU", "fr": "FRA", "fi": "FIN",
    "pl": "POL", "uk": "UKR", "ar": "ARA", "es": "SPA", "it": "ITA", "nl": "NLD", "pt": "POR", "is": "ISL",
}  # fmt: skip


def record_of(request: HttpRequest, dataset: Dataset, releases: Iterable[Release]) -> dict[str, Any]:
    """One dataset with its releases; every file of the newest version of each period."""
    return {"@context": CONTEXT, **_dataset(request, dataset, list(releases))}


def catalogue_of(
    request: HttpRequest, centre: Centre, datasets: Iterable[tuple[Dataset, list[Release]]]
) -> dict[str, Any]:
    """All datasets of a centre."""
    here = request.build_absolute_uri(reverse("releases:catalogue"))
    return {
        "@context": CONTEXT,
        "@id": here,
        "@type": "dcat:Catalog",
        "dct:title": {"@value": centre.name, "@language": centre.default_language},
        "dct:description": {"@value": centre.name, "@language": centre.default_language},
        "dct:publisher": _agent(here, centre.name),
        "foaf:homepage": {"@id": here},
        "dcat:dataset": [_dataset(request, dataset, releases) for dataset, releases in datasets],
    }


def _dataset(request: HttpRequest, dataset: Dataset, releases: list[Release]) -> dict[str, Any]:
    here = request.build_absolute_uri(reverse("releases:public_dataset", args=[dataset.key]))

    def said(text: str) -> dict[str, str]:
        return {"@value": text, "@language": dataset.language}

    record = {
        "@id": here,
        "@type": "dcat:Dataset",
        "dct:identifier": here,
        "dct:title": said(dataset.title),
        "dct:description": said(dataset.description),
        "dct:publisher": _agent(here, dataset.publisher),
        "dcat:theme": {"@id": f"{_EU}data-theme/{dataset.theme}"},
        "dct:accrualPeriodicity": {"@id": f"{_EU}frequency/{dataset.frequency}"},
        "dct:accessRights": {"@id": f"{_EU}access-right/PUBLIC"},
        "dcat:landingPage": {"@id": here},
    }
    if known := _LANGUAGES.get(dataset.language.split("-")[0]):
        record["dct:language"] = {"@id": f"{_EU}language/{known}"}
    if not releases:
        return record
    moments = [release.published_at.date().isoformat() for release in releases]
    return record | {
        "dct:issued": _date(min(moments)),
        "dct:modified": _date(max(moments)),
        "dct:temporal": [
            {
                "@type": "dct:PeriodOfTime",
                "dcat:startDate": _date(first),
                "dcat:endDate": _date(last),
            }
            for first, last in sorted({(one.first.isoformat(), one.last.isoformat()) for one in releases})
        ],
        "dcat:distribution": [
            _distribution(request, release, *file)
            for release in releases
            if not is_corrected(release)
            for file in FILES
        ],
    }


def is_corrected(release: Release) -> bool:
    """Whether a newer version of the same period stands; of releases as `queries.releases_of` gives them."""
    return bool(release.has_newer)  # type: ignore[attr-defined]


def address_of(release: Release, name: str) -> str:
    """The path of a release's page or file: the same for ever."""
    return reverse(name, args=[release.dataset.key, slug_of(release.first, release.last), release.version])


def _distribution(request: HttpRequest, release: Release, name: str, media: str, kind: str) -> dict[str, Any]:
    file = request.build_absolute_uri(address_of(release, name))
    page = request.build_absolute_uri(address_of(release, "releases:public_release"))
    made: dict[str, Any] = {
        "@id": file,
        "@type": "dcat:Distribution",
        "dct:title": {
            "@value": f"{release.dataset.title}, {slug_of(release.first, release.last)} ({kind})",
            "@language": release.dataset.language,
        },
        "dcat:accessURL": {"@id": page},
        "dcat:downloadURL": {"@id": file},
        "dcat:mediaType": {"@id": f"{_IANA}{media}"},
        "dct:format": {"@id": f"{_EU}file-type/{kind}"},
        "dct:license": {"@id": release.dataset.licence},
        "dct:issued": _date(release.published_at.date().isoformat()),
    }
    with override(release.dataset.language):
        who = words.who_gave(release.gave or (), release.asked)  # type: ignore[attr-defined]
    if who:
        made["dct:description"] = {"@value": who, "@language": release.dataset.language}
    if kind == "CSV":
        made["dct:conformsTo"] = {"@id": "http://www.w3.org/TR/tabular-data-model/", "@type": "dct:Standard"}
    return made


def _agent(here: str, name: str) -> dict[str, Any]:
    return {"@id": f"{here}#publisher", "@type": "foaf:Agent", "foaf:name": name}


def _date(day: str) -> dict[str, str]:
    return {"@value": day, "@type": "xsd:date"}
