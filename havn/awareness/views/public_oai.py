"""The door of harvesters: OAI-PMH 2.0."""

import xml.etree.ElementTree as ET
from email.utils import parseaddr

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from havn.awareness.models import EditorialPage
from havn.awareness.queries import site_of
from havn.awareness.taking.oai import (
    GRANULARITY,
    OaiError,
    Wish,
    earliest,
    formats_of,
    harvestable,
    identifier_of,
    listed,
    page_named,
    repository_of,
    sets_of,
    sets_with,
    stamp,
    wish_of,
)
from havn.awareness.taking.oai_formats import FORMATS, OAI, XSI, clean, metadata_of, sub
from havn.common.access import public
from havn.common.clock import now
from havn.tenancy.models import Centre
from havn.vocabularies.api import label_of, term_of

_SCHEMA = f"{OAI} {OAI}OAI-PMH.xsd"
_IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    """Answer a harvester. Nothing changes here, so a POST needs no token: the protocol asks for both methods."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    request._wagtail_site = site_of(centre)  # type: ignore[attr-defined]
    asked = dict((request.POST if request.method == "POST" else request.GET).lists())
    # Elements without a prefix are the protocol's own. The serialiser's default namespace is anybody's to change.
    root = ET.Element("OAI-PMH", {"xmlns": OAI, f"{{{XSI}}}schemaLocation": _SCHEMA})
    sub(root, "responseDate", stamp(now()))
    echo = sub(root, "request", request.build_absolute_uri(request.path))
    try:
        wish = wish_of(asked)
        _VERBS[wish.verb](sub(root, wish.verb), wish, request, centre)
    except OaiError as error:
        for gone in root[2:]:
            root.remove(gone)
        sub(root, "error", str(error), code=error.code)
        if error.code in {"badVerb", "badArgument"}:
            asked = {}
    for name, values in asked.items():
        echo.set(name, clean(values[0]))
    body = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type="text/xml; charset=utf-8")


def _identify(answer: ET.Element, wish: Wish, request: HttpRequest, centre: Centre) -> None:
    sub(answer, "repositoryName", centre.name)
    sub(answer, "baseURL", request.build_absolute_uri(request.path))
    sub(answer, "protocolVersion", "2.0")
    sub(answer, "adminEmail", parseaddr(settings.DEFAULT_FROM_EMAIL)[1] or f"postmaster@{repository_of(centre)}")
    first = earliest(centre)
    sub(answer, "earliestDatestamp", stamp(first or now()))
    sub(answer, "deletedRecord", "no")
    sub(answer, "granularity", GRANULARITY)
    scheme = sub(sub(answer, "description"), "oai-identifier", xmlns=_IDENTIFIER)
    scheme.set(f"{{{XSI}}}schemaLocation", f"{_IDENTIFIER} {_IDENTIFIER}.xsd")
    sub(scheme, "scheme", "oai")
    sub(scheme, "repositoryIdentifier", repository_of(centre))
    sub(scheme, "delimiter", ":")
    page = harvestable(centre).select_related("locale").specific().first()
    sample = identifier_of(centre, page) if page else f"oai:{repository_of(centre)}:x/{centre.default_language}"
    sub(scheme, "sampleIdentifier", sample)


def _formats(answer: ET.Element, wish: Wish, request: HttpRequest, centre: Centre) -> None:
    page = page_named(centre, wish.identifier) if wish.identifier else None
    for prefix in formats_of(page):
        found = sub(answer, "metadataFormat")
        sub(found, "metadataPrefix", prefix)
        sub(found, "schema", FORMATS[prefix].schema)
        sub(found, "metadataNamespace", FORMATS[prefix].namespace)


def _sets(answer: ET.Element, wish: Wish, request: HttpRequest, centre: Centre) -> None:
    sets = sets_of(centre)
    if not sets:
        raise OaiError("noSetHierarchy", "There are no sets yet.")
    for spec in sets:
        dimension, _, code = spec.partition(":")
        term = term_of(dimension, code) if dimension == "section" else None
        found = sub(answer, "set")
        sub(found, "setSpec", spec)
        sub(found, "setName", str(label_of(term, "en")) if term else code.replace("-", " "))


def _identifiers(answer: ET.Element, wish: Wish, request: HttpRequest, centre: Centre) -> None:
    found = listed(centre, wish)
    sets = sets_with(found.pages)
    for page in found.pages:
        _header(answer, page, centre, sets[page.pk])
    _going_on(answer, found.token, found.cursor, found.total, resumed=wish.resumed)


def _records(answer: ET.Element, wish: Wish, request: HttpRequest, centre: Centre) -> None:
    found = listed(centre, wish)
    sets = sets_with(found.pages)
    for page in found.pages:
        _record(answer, page, wish, request, centre, sets[page.pk])
    _going_on(answer, found.token, found.cursor, found.total, resumed=wish.resumed)


def _one(answer: ET.Element, wish: Wish, request: HttpRequest, centre: Centre) -> None:
    page = page_named(centre, wish.identifier)
    if wish.prefix not in formats_of(page):
        raise OaiError("cannotDisseminateFormat", "This page is not given out in this format.")
    _record(answer, page, wish, request, centre, sets_with([page])[page.pk])


_VERBS = {
    "Identify": _identify, "ListMetadataFormats": _formats, "ListSets": _sets, "ListIdentifiers": _identifiers,
    "ListRecords": _records, "GetRecord": _one,
}  # fmt: skip


def _record(
    answer: ET.Element, page: EditorialPage, wish: Wish, request: HttpRequest, centre: Centre, sets: list[str]
) -> None:
    record = sub(answer, "record")
    _header(record, page, centre, sets)
    sub(record, "metadata").append(metadata_of(page, wish.prefix, request))


def _header(parent: ET.Element, page: EditorialPage, centre: Centre, sets: list[str]) -> None:
    header = sub(parent, "header")
    sub(header, "identifier", identifier_of(centre, page))
    assert page.last_published_at is not None
    sub(header, "datestamp", stamp(page.last_published_at))
    for spec in sets:
        sub(header, "setSpec", spec)


def _going_on(answer: ET.Element, token: str, cursor: int, total: int, *, resumed: bool) -> None:
    """The token; an empty one ends a list that came in pieces."""
    if token or resumed:
        sub(answer, "resumptionToken", token, completeListSize=str(total), cursor=str(cursor))
