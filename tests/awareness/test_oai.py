"""The door of harvesters, read by a harvester of others and against the words of the protocol."""

import datetime as dt
import re
import xml.etree.ElementTree as ET
from typing import Any
from urllib.parse import urlencode

import pytest
import requests
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sickle import Sickle
from sickle import oaiexceptions as refusals

from havn.awareness.models import Adaptation, EditorialPage, PageTerm
from havn.awareness.taking import oai as protocol
from havn.common.clock import now
from havn.tenancy.models import Centre
from havn.vocabularies.api import load_public
from tests.awareness.factories import make_article, make_listing, make_site
from tests.awareness.full_pages import make_resource

pytestmark = pytest.mark.django_db
O = "{http://www.openarchives.org/OAI/2.0/}"  # noqa: E741 - as in the protocol's own examples
DC = "{http://purl.org/dc/elements/1.1/}"
LOM = "{http://ltsc.ieee.org/xsd/LOM}"


class Harvester(Sickle):  # type: ignore[misc]
    """Sickle as it is, but that it asks Django's test client."""

    def __init__(self, method: str = "GET", host: str = "testserver") -> None:
        super().__init__("http://testserver/oai", http_method=method)
        self.client = Client(headers={"host": host}, enforce_csrf_checks=True)

    def _request(self, arguments: dict[str, str]) -> requests.Response:
        answer = self.client.generic(
            self.http_method,
            "/oai" + (f"?{urlencode(arguments)}" if self.http_method == "GET" else ""),
            urlencode(arguments) if self.http_method == "POST" else "",
            content_type="application/x-www-form-urlencoded",
        )
        found = requests.Response()
        found.status_code, found._content, found.encoding = answer.status_code, answer.content, "utf-8"
        return found


def ask(**arguments: Any) -> ET.Element:
    """The root of an answer, checked for what every answer has."""
    answer = Client(headers={"host": "testserver"}).get("/oai", arguments)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    root = ET.fromstring(answer.content)
    assert root.tag == f"{O}OAI-PMH"
    assert [one.tag for one in root[:2]] == [f"{O}responseDate", f"{O}request"]
    assert len(root) == 3
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", root[0].text or "")
    assert root[1].text == "http://testserver/oai"
    return root


def error(**arguments: Any) -> str:
    root = ask(**arguments)
    found = root.find(f"{O}error")
    assert found is not None
    if found.get("code") in {"badVerb", "badArgument"}:
        assert not root[1].attrib
    else:
        assert root[1].attrib == {name: str(value) for name, value in arguments.items()}
    return found.get("code", "")


@pytest.fixture
def centre() -> Centre:
    load_public()
    return make_site()


def at(page: EditorialPage, when: str) -> EditorialPage:
    """The page as if it had been published then."""
    moment = dt.datetime.fromisoformat(when).replace(tzinfo=dt.UTC)
    type(page).objects.filter(pk=page.pk).update(last_published_at=moment)
    page.last_published_at = moment
    return page


def test_the_repository_names_itself(centre: Centre) -> None:
    at(make_article(make_listing(centre)), "2026-01-02T03:04:05.678")
    found = Harvester().Identify()
    assert found.repositoryName == centre.name
    assert found.baseURL == "http://testserver/oai"
    assert found.protocolVersion == "2.0"
    assert found.earliestDatestamp == "2026-01-02T03:04:05Z"
    assert found.deletedRecord == "no"
    assert found.granularity == "YYYY-MM-DDThh:mm:ssZ"
    order = [one.tag.removeprefix(O) for one in ask(verb="Identify")[2]]
    assert order == [
        "repositoryName", "baseURL", "protocolVersion", "adminEmail", "earliestDatestamp", "deletedRecord",
        "granularity", "description",
    ]  # fmt: skip


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_harvester_reads_every_published_page_and_no_other(
    centre: Centre, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "PER_LIST", 2)
    listing = make_listing(centre)
    pages = [make_article(listing, title=f"Sak {number} & <mer>") for number in range(5)]
    make_article(listing, title="Utkast", live=False)
    make_article(make_listing(make_site("other.test")), title="Andres")
    records = list(Harvester(method).ListRecords(metadataPrefix="oai_dc"))
    assert [one.metadata["title"] for one in records] == [[page.title] for page in pages]
    assert [one.header.identifier for one in records] == [f"oai:testserver:{page.translation_key}/nb" for page in pages]
    assert {one.metadata["language"][0] for one in records} == {"nb"}
    assert records[0].metadata["identifier"] == [f"http://testserver/nb/aktuelt/{pages[0].slug}"]
    headers = list(Harvester(method).ListIdentifiers(metadataPrefix="oai_dc"))
    assert [one.identifier for one in headers] == [one.header.identifier for one in records]


def test_pages_published_in_the_same_moment_come_once_each(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "PER_LIST", 2)
    listing = make_listing(centre)
    pages = [at(make_article(listing), "2026-02-01T00:00:00") for _ in range(5)]
    found = [one.identifier for one in Harvester().ListIdentifiers(metadataPrefix="oai_dc")]
    assert found == [f"oai:testserver:{page.translation_key}/nb" for page in pages]
    first = ask(verb="ListIdentifiers", metadataPrefix="oai_dc").find(f".//{O}resumptionToken")
    assert first is not None
    assert first.attrib == {"completeListSize": "5", "cursor": "0"}
    second = ask(verb="ListIdentifiers", resumptionToken=first.text).find(f".//{O}resumptionToken")
    assert second is not None
    assert second.get("cursor") == "2"
    last = ask(verb="ListIdentifiers", resumptionToken=second.text).find(f".//{O}resumptionToken")
    assert last is not None
    assert (last.text, last.get("cursor")) == (None, "4")


def test_from_and_until_include_their_ends_in_both_granularities(centre: Centre) -> None:
    listing = make_listing(centre)
    for when in ("2026-02-01T00:00:00", "2026-02-01T23:59:59.900", "2026-02-02T00:00:00"):
        at(make_article(listing, title=when), when)

    def titles(**window: str) -> list[str]:
        return [one.metadata["title"][0] for one in Harvester().ListRecords(metadataPrefix="oai_dc", **window)]

    assert len(titles(**{"from": "2026-02-01", "until": "2026-02-01"})) == 2
    assert titles(**{"from": "2026-02-01T23:59:59Z", "until": "2026-02-01T23:59:59Z"}) == ["2026-02-01T23:59:59.900"]
    assert titles(**{"from": "2026-02-02"}) == ["2026-02-02T00:00:00"]
    assert titles(until="2026-02-01T00:00:00Z") == ["2026-02-01T00:00:00"]
    with pytest.raises(refusals.NoRecordsMatch):
        titles(**{"from": "2026-02-03"})


def test_sets_are_kinds_and_sections_and_a_record_says_which(centre: Centre) -> None:
    listing = make_listing(centre)
    make_article(listing, title="Uten")
    section = make_article(listing, title="Med", section="helplines")
    make_resource(centre)
    assert PageTerm.objects.filter(page_id=section.pk, dimension="section").exists()
    specs = {one.setSpec for one in Harvester().ListSets()}
    assert specs == {"kind:article", "kind:resource", "section:helplines"}
    found = list(Harvester().ListRecords(metadataPrefix="oai_dc", set="section:helplines"))
    assert [one.metadata["title"] for one in found] == [["Med"]]
    assert found[0].header.setSpecs == ["kind:article", "section:helplines"]
    with pytest.raises(refusals.NoRecordsMatch):
        Harvester().ListRecords(metadataPrefix="oai_dc", set="topic:gaming")


def test_a_resource_in_the_words_of_lom(centre: Centre) -> None:
    page = make_resource(
        centre, topics=["cyberbullying"], audiences=["teachers-professionals"], settings=["class"], type="worksheet"
    )
    Adaptation.objects.create(
        page=page,
        source_title="Ven og <deler>",
        source_language="da",
        how="adapted",
        licence="cc-by-4.0",
        made_at=now(),
    )
    identifier = f"oai:testserver:{page.translation_key}/nb"
    assert {one.metadataPrefix for one in Harvester().ListMetadataFormats(identifier=identifier)} == {
        "oai_dc", "oai_lom",
    }  # fmt: skip
    root = ask(verb="GetRecord", identifier=identifier, metadataPrefix="oai_lom")
    lom = root.find(f".//{LOM}lom")
    assert lom is not None

    def text(path: str) -> str:
        found = lom.find("/".join(f"{LOM}{one}" for one in path.split("/")))
        assert found is not None, path
        return found.text or ""

    assert [one.tag.removeprefix(LOM) for one in lom] == [
        "general", "lifeCycle", "technical", "educational", "rights", "relation",
    ]  # fmt: skip
    assert text("general/title/string") == "Del & hel <venn>"
    assert text("general/keyword/string")
    assert text("technical/location") == "http://testserver/nb/ressurser/venn"
    assert text("educational/typicalAgeRange/string") == "9-12"
    assert text("educational/typicalLearningTime/duration") == "PT45M"
    assert text("educational/learningResourceType/value") == "exercise"
    assert text("educational/intendedEndUserRole/value") == "teacher"
    assert text("educational/context/value") == "school"
    assert text("rights/description/string") == "https://creativecommons.org/licenses/by/4.0/"
    assert text("relation/kind/value") == "isbasedon"
    assert text("relation/resource/description/string") == "Ven og <deler>"
    assert "FN:Kari og Ola" in text("lifeCycle/contribute/entity")


def test_dublin_core_of_a_resource_says_its_licence_and_source(centre: Centre) -> None:
    page = make_resource(centre, type="film")
    record = Harvester().GetRecord(identifier=f"oai:testserver:{page.translation_key}/nb", metadataPrefix="oai_dc")
    assert record.metadata["rights"] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert record.metadata["type"][0] == "MovingImage"
    assert record.metadata["creator"] == ["Kari og Ola"]
    assert record.metadata["date"] == ["2026-03-01"]


def test_only_resources_are_in_lom(centre: Centre) -> None:
    article = make_article(make_listing(centre))
    page = make_resource(centre)
    identifier = f"oai:testserver:{article.translation_key}/nb"
    assert error(verb="GetRecord", identifier=identifier, metadataPrefix="oai_lom") == "cannotDisseminateFormat"
    found = list(Harvester().ListIdentifiers(metadataPrefix="oai_lom"))
    assert [one.identifier for one in found] == [f"oai:testserver:{page.translation_key}/nb"]


def test_a_page_taken_back_is_gone(centre: Centre) -> None:
    listing = make_listing(centre)
    make_article(listing)
    page = make_article(listing)
    identifier = f"oai:testserver:{page.translation_key}/nb"
    page.unpublish()
    assert error(verb="GetRecord", identifier=identifier, metadataPrefix="oai_dc") == "idDoesNotExist"
    assert identifier not in {one.identifier for one in Harvester().ListIdentifiers(metadataPrefix="oai_dc")}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "badVerb"),
        ({"verb": "Nothing"}, "badVerb"),
        ({"verb": ["Identify", "Identify"]}, "badVerb"),
        ({"verb": "Identify", "set": "x"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": ["oai_dc", "oai_dc"]}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "yesterday"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-02-30"}, "badArgument"),
        (
            {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-01-01", "until": "2025-01-01"},
            "badArgument",
        ),
        (
            {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-01-01", "until": "2026-01-01T00:00:00Z"},
            "badArgument",
        ),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "resumptionToken": "x"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "marc21"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "ListSets", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:testserver:x/nb"}, "idDoesNotExist"),
        ({"verb": "ListMetadataFormats", "identifier": "x"}, "idDoesNotExist"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "1999-01-01"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "kind:game"}, "noRecordsMatch"),
    ],
)
def test_the_errors_of_the_protocol(centre: Centre, arguments: dict[str, Any], code: str) -> None:
    make_article(make_listing(centre))
    assert error(**arguments) == code


def test_an_empty_centre_has_no_sets(centre: Centre) -> None:
    assert error(verb="ListSets") == "noSetHierarchy"
    assert error(verb="ListRecords", metadataPrefix="oai_dc") == "noRecordsMatch"
    assert ask(verb="Identify").find(f".//{O}earliestDatestamp") is not None


def test_a_token_is_for_its_verb_and_cannot_be_changed(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "PER_LIST", 1)
    listing = make_listing(centre)
    make_article(listing)
    make_article(listing)
    token = ask(verb="ListRecords", metadataPrefix="oai_dc").findtext(f".//{O}resumptionToken") or ""
    assert error(verb="ListIdentifiers", resumptionToken=token) == "badResumptionToken"
    assert error(verb="ListRecords", resumptionToken=token[:-1] + ("A" if token[-1] != "A" else "B")) == (
        "badResumptionToken"
    )
    assert ask(verb="ListRecords", resumptionToken=token).find(f".//{O}record") is not None


def test_signs_that_xml_cannot_write_are_left_out(centre: Centre) -> None:
    page = make_article(make_listing(centre))
    type(page).objects.filter(pk=page.pk).update(title="Fin\x0b\x1f \ufffe tekst ]]> & <b>")
    root = ask(verb="ListRecords", metadataPrefix="oai_dc")
    assert root.findtext(f".//{DC}title") == "Fin  tekst ]]> & <b>"


_ARGUMENT = st.sampled_from(["verb", "metadataPrefix", "identifier", "from", "until", "set", "resumptionToken", "x"])
_VALUE = st.one_of(
    st.sampled_from(
        [*protocol._MAY, "oai_dc", "oai_lom", "2026-01-01", "9999-12-31", "0001-01-01T00:00:00Z", "kind:article"]
    ),
    st.text(st.characters(blacklist_categories=["Cs"]), max_size=30),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(st.tuples(_ARGUMENT, _VALUE), max_size=6))
def test_whatever_is_asked_the_answer_is_well_formed(centre: Centre, asked: list[tuple[str, str]]) -> None:
    answer = Client(headers={"host": "testserver"}).get(f"/oai?{urlencode(asked)}")
    assert answer.status_code == 200
    root = ET.fromstring(answer.content)
    assert root.tag == f"{O}OAI-PMH"
    assert len(root) == 3
