"""Records for harvesters, read as RDF by another program and checked against what DCAT-AP 3 makes mandatory."""

import json

import pytest
from django.test import Client
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, XSD

from havn.tenancy.models import Centre
from tests.releases.factories import Q2, grid, make_dataset, make_release

# The library's own reader of JSON-LD still uses what it calls old.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")]
DCAT = Namespace("http://www.w3.org/ns/dcat#")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
EU = "http://publications.europa.eu/resource/authority/"


def graph(client: Client, address: str) -> Graph:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/ld+json; charset=utf-8"
    return Graph().parse(data=answer.content, format="json-ld")


def test_the_catalogue_has_what_dcat_ap_makes_mandatory(centre: Centre, anyone: Client) -> None:
    make_release(make_dataset(centre, key="talks", language="nb"))
    make_dataset(centre, key="not-yet")
    found = graph(anyone, "/en/data/catalogue.jsonld")
    catalogue = URIRef("http://testserver/en/data")
    assert (catalogue, RDF.type, DCAT.Catalog) in found
    for needed in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher):
        assert list(found.objects(catalogue, needed)), needed
    assert list(found.objects(catalogue, DCAT.dataset)) == [URIRef("http://testserver/en/data/talks")]
    agent = next(found.objects(catalogue, DCTERMS.publisher))
    assert (agent, RDF.type, FOAF.Agent) in found and list(found.objects(agent, FOAF.name))


def test_a_dataset_has_its_title_theme_frequency_and_days(centre: Centre, anyone: Client) -> None:
    make_release(make_dataset(centre, key="talks", title="Samtaler", language="nb"))
    found = graph(anyone, "/en/data/talks.jsonld")
    dataset = URIRef("http://testserver/en/data/talks")
    assert (dataset, RDF.type, DCAT.Dataset) in found
    assert (dataset, DCTERMS.title, Literal("Samtaler", lang="nb")) in found
    assert (dataset, DCAT.theme, URIRef(f"{EU}data-theme/SOCI")) in found
    assert (dataset, DCTERMS.accrualPeriodicity, URIRef(f"{EU}frequency/QUARTERLY")) in found
    assert (dataset, DCTERMS.language, URIRef(f"{EU}language/NOB")) in found
    period = next(found.objects(dataset, DCTERMS.temporal))
    assert (period, DCAT.startDate, Literal("2026-01-01", datatype=XSD.date)) in found
    assert (period, DCAT.endDate, Literal("2026-03-31", datatype=XSD.date)) in found


def test_every_file_of_the_newest_versions_is_a_distribution_that_is_there(centre: Centre, anyone: Client) -> None:
    dataset = make_dataset(centre, key="talks")
    make_release(dataset)
    make_release(dataset, grid([[40, 3, 9], [14, 8, 30], [7, 12, 0]]), note="Late letters.")
    make_release(dataset, days=Q2)
    found = graph(anyone, "/en/data/talks.jsonld")
    files = sorted(str(one) for one in found.objects(predicate=DCAT.downloadURL))
    assert files == sorted(
        f"http://testserver/en/data/talks/{name}.{kind}"
        for name in ("2026-q1/v2", "2026-q2/v1")
        for kind in ("csv", "json", "xlsx")
    )
    for one in found.subjects(RDF.type, DCAT.Distribution):
        assert (one, DCTERMS.license, URIRef("https://creativecommons.org/licenses/by/4.0/")) in found
        page, file = (str(next(found.objects(one, name))) for name in (DCAT.accessURL, DCAT.downloadURL))
        assert anyone.get(page.removeprefix("http://testserver")).status_code == 200
        answer = anyone.get(file.removeprefix("http://testserver"))
        media = str(next(found.objects(one, DCAT.mediaType))).partition("media-types/")[2]
        assert answer.headers["Content-Type"].partition(";")[0] == media


def test_a_record_has_a_tag(centre: Centre, anyone: Client) -> None:
    make_release(make_dataset(centre, key="talks"))
    for address in ("/en/data/catalogue.jsonld", "/en/data/talks.jsonld"):
        first = anyone.get(address)
        assert anyone.get(address, headers={"if-none-match": first.headers["ETag"]}).status_code == 304
        assert json.loads(first.content)["@context"]["dcat"] == str(DCAT)
