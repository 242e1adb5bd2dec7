"""A page for machines that read pages: schema.org as JSON-LD, resources with the words of LRMI.

Nothing that the page does not say to people too. Files for members only have no place in it.
"""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override
from wagtail.images.shortcuts import get_rendition_or_not_found

from havn.awareness.models import (
    ArticlePage,
    CampaignCountryPage,
    CountryDatedPage,
    EditorialPage,
    GuidePage,
    ListingPage,
    ProfilePage,
    ProfilePartPage,
    ReportPage,
    ResourcePage,
)
from havn.awareness.queries import visible_files, visible_pages
from havn.awareness.reading.labels import label, term
from havn.awareness.rules.licences import LICENCES
from havn.awareness.taking.paper import origin_of
from havn.directory.countries import country_name
from havn.tenancy.models import Centre, Organisation
from havn.vocabularies.api import Term, label_of

_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
_TYPES: tuple[tuple[type[EditorialPage], str], ...] = (
    (ResourcePage, "LearningResource"),
    (ArticlePage, "Article"),
    (GuidePage, "Article"),
    (CountryDatedPage, "Article"),
    (ReportPage, "Report"),
    (ListingPage, "CollectionPage"),
    (ProfilePage, "ProfilePage"),
    (ProfilePartPage, "ProfilePage"),
)
# The curriculum that the aims with these codes are written in.
_FRAMEWORK = "Kunnskapsløftet 2020"


def linked_data_context(page: EditorialPage, request: HttpRequest) -> dict[str, Any]:
    """For every page's template: `linked_data`, the data block of its head."""
    return {"linked_data": data_block(facts(page, request))}


def data_block(data: dict[str, Any]) -> SafeString:
    """The facts as a script element that runs nothing, so that the content policy lets it stand."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above


def facts(page: EditorialPage, request: HttpRequest) -> dict[str, Any]:
    """The page as schema.org has it. Labels of terms are in the language of the page."""
    with override(page.language):
        found = _every_page(page, request)
        if isinstance(page, ResourcePage):
            found |= _resource(page, request)
        if isinstance(page, CountryDatedPage | CampaignCountryPage):
            found["spatialCoverage"] = _country(page.country, page.language)
        if isinstance(page, ReportPage) and page.period_start and page.period_end:
            found["temporalCoverage"] = f"{page.period_start.isoformat()}/{page.period_end.isoformat()}"
        if isinstance(page, ProfilePage | ProfilePartPage):
            owner = page.owner_organisation if isinstance(page, ProfilePartPage) else None
            found["mainEntity"] = _organisation(owner) if owner else _centre(request.centre)  # type: ignore[attr-defined]
    return {"@context": "https://schema.org", **found}


def _every_page(page: EditorialPage, request: HttpRequest) -> dict[str, Any]:
    centre: Centre = request.centre  # type: ignore[attr-defined]
    address = request.build_absolute_uri(page.get_url(request) or "/")
    kind = next((name for model, name in _TYPES if isinstance(page, model)), "WebPage")
    found: dict[str, Any] = {
        "@type": kind,
        "@id": address,
        "url": address,
        "name": page.title,
        "inLanguage": page.language,
        "publisher": _centre(centre),
    }
    if kind in {"Article", "Report"}:
        found["headline"] = page.title[:110]
    if page.summary:
        found["description"] = page.summary
    day = page.published_on or (page.first_published_at and page.first_published_at.date())
    if day:
        found["datePublished"] = day.isoformat()
    if page.last_published_at:
        found["dateModified"] = page.last_published_at.isoformat(timespec="seconds")
    if page.organisation:
        found["author"] = _organisation(page.organisation)
    if page.topics:
        found["about"] = [_term("topic", code, page.language) for code in page.topics]
    if page.audiences:
        found["audience"] = [
            {"@type": "Audience", "audienceType": label("audience", code, page.language)} for code in page.audiences
        ]
    if page.picture:
        picture = get_rendition_or_not_found(page.picture, "width-800|format-webp")
        if picture.pk:
            found["image"] = request.build_absolute_uri(picture.url)
    return found


def _resource(page: ResourcePage, request: HttpRequest) -> dict[str, Any]:
    """LRMI 1.1 (dublincore.org/specifications/lrmi), as schema.org took it in."""
    found: dict[str, Any] = {"learningResourceType": str(page.get_type_display()), "isAccessibleForFree": True}
    if page.credit:
        found["creditText"] = page.credit
    if ages := age_range(page):
        found["typicalAgeRange"] = ages
    if page.minutes:
        found["timeRequired"] = f"PT{page.minutes}M"
    if page.settings:
        found["educationalUse"] = [label("setting", code, page.language) for code in page.settings]
    if page.audiences:
        found["audience"] = [
            {"@type": "EducationalAudience", "educationalRole": label("audience", code, page.language)}
            for code in page.audiences
        ]
    if page.aims:
        found["teaches"] = [_term("aim", code, page.language) for code in page.aims]
        found["educationalAlignment"] = [_alignment(code, page.language) for code in page.aims]
    if levels := _levels(page):
        found["educationalLevel"] = levels
    if deed := LICENCES[page.licence].deed:
        found["license"] = deed
    if page.accessibility_notes:
        found["accessibilitySummary"] = page.accessibility_notes
    if features := _features(page):
        found["accessibilityFeature"] = features
    if page.version:
        found["version"] = page.version
    if based := _based_on(page, request):
        found["isBasedOn"] = based
    if files := _files(page, request):
        found["encoding"] = files
    return found


def age_range(page: ResourcePage) -> str:
    """The ages as LRMI writes them: "9-12", "9-"; "" when the page says none."""
    if page.age_min is None and page.age_max is None:
        return ""
    return f"{page.age_min or 0}-{page.age_max if page.age_max is not None else ''}"


def _alignment(code: str, language: str) -> dict[str, Any]:
    """An aim with the curriculum that it is one of, and where that is published (the definition of its subject)."""
    found = {
        "@type": "AlignmentObject",
        "alignmentType": "teaches",
        "targetName": label("aim", code, language),
        "identifier": code,
    }
    subject = _above(code)
    if code.startswith("lk20-"):
        found["educationalFramework"] = _FRAMEWORK
    if subject and subject.definition.startswith("https://"):
        found["targetUrl"] = subject.definition
    return found


def _levels(page: ResourcePage) -> list[str]:
    """The years after which its aims are to be reached."""
    above = (subject and _above(subject.code) for subject in map(_above, page.aims))
    return list(dict.fromkeys(str(label_of(year, page.language)) for year in above if year))


def _above(code: str) -> Term | None:
    found = term("aim", code)
    return term("aim", found.broader) if found and found.broader else None


def _features(page: ResourcePage) -> list[str]:
    """Words of schema.org's own list. Every film of ours has captions and a transcript."""
    films = any(block.block_type == "film" for block in page.body)
    films = films or any(step.value["film"] for step in page.lesson)
    return ["captions", "transcript"] if films else []


def _based_on(page: ResourcePage, request: HttpRequest) -> dict[str, Any] | None:
    origin = origin_of(page)
    if origin is None:
        return None
    found: dict[str, Any] = {
        "@type": "CreativeWork",
        "name": origin.source_title,
        "inLanguage": origin.source_language,
    }
    if origin.credit:
        found["creditText"] = origin.credit
    if origin.licence in LICENCES and LICENCES[origin.licence].deed:
        found["license"] = LICENCES[origin.licence].deed
    if origin.source_centre:
        found["publisher"] = _centre(origin.source_centre)
    source = visible_pages().filter(pk=origin.source_id).specific().first() if origin.source_id else None
    address = source.get_full_url(request) if source else None
    return {**found, "url": address} if address else found


def _files(page: ResourcePage, request: HttpRequest) -> list[dict[str, Any]]:
    numbers = [block.value["file"].pk for block in page.files if block.value["file"]]
    files = visible_files(request.centre).in_bulk(numbers)  # type: ignore[attr-defined]
    return [
        {
            "@type": "MediaObject",
            "name": file.title,
            "contentUrl": request.build_absolute_uri(file.url),
            "encodingFormat": file.content_type,
            "contentSize": str(file.get_file_size()),
        }
        for number in numbers
        if (file := files.get(number))
    ]


def _term(dimension: str, code: str, language: str) -> dict[str, str]:
    return {"@type": "DefinedTerm", "name": label(dimension, code, language), "termCode": code}


def _country(code: str, language: str) -> dict[str, str]:
    return {"@type": "Country", "name": country_name(code, language), "identifier": code}


def _centre(centre: Centre) -> dict[str, str]:
    return {"@type": "Organization", "name": centre.name}


def _organisation(organisation: Organisation) -> dict[str, str]:
    found = {"@type": "Organization", "name": organisation.name}
    return {**found, "url": organisation.website} if organisation.website else found
