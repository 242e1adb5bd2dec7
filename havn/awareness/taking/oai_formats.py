"""A page in the formats that harvesters ask for: Dublin Core for every page, LOM (IEEE 1484.12.3) for resources."""

import datetime as dt
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import override

from havn.awareness.models import EditorialPage, ResourcePage
from havn.awareness.reading.labels import label
from havn.awareness.rules.licences import CC0, LICENCES
from havn.awareness.taking.linked_data import age_range
from havn.awareness.taking.oai import DUBLIN_CORE, LOM
from havn.awareness.taking.paper import origin_of
from havn.tenancy.models import Centre

OAI = "http://www.openarchives.org/OAI/2.0/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_DC = "http://purl.org/dc/elements/1.1/"
_LOM = "http://ltsc.ieee.org/xsd/LOM"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Format:
    """A format's own namespace, where its schema is, and its root element."""

    namespace: str
    schema: str
    root: str


FORMATS = {
    DUBLIN_CORE: Format(f"{OAI}oai_dc/", f"{OAI}oai_dc.xsd", "dc"),
    LOM: Format(_LOM, "http://ltsc.ieee.org/xsd/lomv1.0/lom.xsd", "lom"),
}
for _prefix, _namespace in (("oai_dc", FORMATS[DUBLIN_CORE].namespace), ("dc", _DC), ("lom", _LOM), ("xsi", XSI)):
    ET.register_namespace(_prefix, _namespace)
# Words of LOMv1.0 where ours mean the same; where they do not, nothing is said.
_LOM_TYPES = {"worksheet": "exercise", "quiz": "self assessment", "presentation": "slide"}
_LOM_ROLES = {"children-young-people": "learner", "young-children": "learner", "teachers-professionals": "teacher"}
_LOM_CONTEXTS = {"class": "school", "training": "training"}
_DC_TYPES = {"film": "MovingImage", "sound": "Sound", "game": "InteractiveResource", "poster": "StillImage"}


def sub(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    """A child element of the parent's namespace, with text that XML can hold."""
    namespace = parent.tag.partition("}")[0] + "}" if parent.tag.startswith("{") else ""
    element = ET.SubElement(parent, namespace + name, {key: clean(value) for key, value in attributes.items()})
    element.text = clean(text) or None
    return element


def clean(text: str) -> str:
    """The text without the signs that XML 1.0 has no way to write."""
    return _NOT_XML.sub("", text)


def metadata_of(page: EditorialPage, prefix: str, request: HttpRequest) -> ET.Element:
    """The page in one of `FORMATS`; labels of terms in the language of the page."""
    chosen = FORMATS[prefix]
    root = ET.Element(f"{{{chosen.namespace}}}{chosen.root}")
    root.set(f"{{{XSI}}}schemaLocation", f"{chosen.namespace} {chosen.schema}")
    address = request.build_absolute_uri(page.get_url(request) or "/")
    centre: Centre = request.centre  # type: ignore[attr-defined]
    with override(page.language):
        if prefix == LOM and isinstance(page, ResourcePage):
            _lom(root, page, address, centre)
        else:
            _dublin_core(root, page, address, centre)
    return root


def _dublin_core(root: ET.Element, page: EditorialPage, address: str, centre: Centre) -> None:
    def say(name: str, text: object) -> None:
        if text:
            element = ET.SubElement(root, f"{{{_DC}}}{name}")
            element.text = clean(str(text))

    say("title", page.title)
    say("creator", getattr(page, "credit", "") or (page.organisation.name if page.organisation else centre.name))
    for code in page.topics:
        say("subject", label("topic", code, page.language))
    say("description", page.summary)
    say("publisher", centre.name)
    say("date", _day(page).isoformat())
    say("type", _DC_TYPES.get(page.type, "Text") if isinstance(page, ResourcePage) else "Text")
    if isinstance(page, ResourcePage):
        say("type", page.get_type_display())
    say("format", "text/html")
    say("identifier", address)
    say("language", page.language)
    if isinstance(page, ResourcePage):
        origin = origin_of(page)
        say("source", f"{origin.source_title} ({origin.source_centre or origin.credit})" if origin else "")
        say("rights", LICENCES[page.licence].deed or page.get_licence_display())


def _lom(root: ET.Element, page: ResourcePage, address: str, centre: Centre) -> None:
    general = sub(root, "general")
    identifier = sub(general, "identifier")
    sub(identifier, "catalog", "URI")
    sub(identifier, "entry", address)
    _string(sub(general, "title"), page.title, page.language)
    sub(general, "language", page.language)
    if page.summary:
        _string(sub(general, "description"), page.summary, page.language)
    for code in page.topics:
        _string(sub(general, "keyword"), label("topic", code, page.language), page.language)
    cycle = sub(root, "lifeCycle")
    if page.version:
        _string(sub(cycle, "version"), page.version, page.language)
    by = page.credit or (page.organisation.name if page.organisation else centre.name)
    for role, who in (("author", by), ("publisher", centre.name)):
        contribute = sub(cycle, "contribute")
        _word(contribute, "role", role)
        sub(contribute, "entity", _vcard(who))
        sub(sub(contribute, "date"), "dateTime", _day(page).isoformat())
    technical = sub(root, "technical")
    sub(technical, "format", "text/html")
    sub(technical, "location", address)
    _educational(sub(root, "educational"), page)
    _rights(sub(root, "rights"), page)
    _relation(root, page)
    for code in page.aims:
        classification = sub(root, "classification")
        _word(classification, "purpose", "educational objective")
        _string(sub(classification, "description"), label("aim", code, page.language), page.language)


def _educational(parent: ET.Element, page: ResourcePage) -> None:
    if page.type in _LOM_TYPES:
        _word(parent, "learningResourceType", _LOM_TYPES[page.type])
    for role in sorted({_LOM_ROLES[code] for code in page.audiences if code in _LOM_ROLES}):
        _word(parent, "intendedEndUserRole", role)
    for context in sorted({_LOM_CONTEXTS[code] for code in page.settings if code in _LOM_CONTEXTS}):
        _word(parent, "context", context)
    if ages := age_range(page):
        _string(sub(parent, "typicalAgeRange"), ages, "x-none")
    if page.minutes:
        sub(sub(parent, "typicalLearningTime"), "duration", f"PT{page.minutes}M")
    sub(parent, "language", page.language)


def _rights(parent: ET.Element, page: ResourcePage) -> None:
    _word(parent, "cost", "no")
    _word(parent, "copyrightAndOtherRestrictions", "no" if page.licence == CC0 else "yes")
    _string(sub(parent, "description"), LICENCES[page.licence].deed or str(page.get_licence_display()), page.language)


def _relation(root: ET.Element, page: ResourcePage) -> None:
    origin = origin_of(page)
    if origin is not None:
        relation = sub(root, "relation")
        _word(relation, "kind", "isbasedon")
        source = sub(relation, "resource")
        told = f"{origin.source_title}{f', {origin.source_centre.name}' if origin.source_centre else ''}"
        _string(sub(source, "description"), told, origin.source_language)


def _string(parent: ET.Element, text: str, language: str) -> None:
    sub(parent, "string", text, language=language)


def _word(parent: ET.Element, name: str, value: str) -> None:
    element = sub(parent, name)
    sub(element, "source", "LOMv1.0")
    sub(element, "value", value)


def _vcard(name: str) -> str:
    plain = re.sub(r"([\\,;])", r"\\\1", " ".join(name.split()))
    return f"BEGIN:VCARD\nVERSION:3.0\nFN:{plain}\nN:{plain};;;;\nEND:VCARD"


def _day(page: EditorialPage) -> dt.date:
    """The day that readers see, else the day of its first publication."""
    assert page.first_published_at is not None
    return page.published_on or page.first_published_at.date()
