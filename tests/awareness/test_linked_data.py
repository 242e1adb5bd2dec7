"""What pages tell machines, read back by a parser of others."""

import datetime as dt
import json
import re
from typing import Any

import extruct
import pytest
from django.test import Client

from havn.awareness.models import Adaptation, LawPage, ReportPage
from havn.common.clock import now
from havn.tenancy.models import Organisation
from havn.vocabularies.api import load_public
from tests.accounts.factories import make_centre
from tests.awareness.factories import _add, make_article, make_listing, make_site
from tests.awareness.full_pages import make_resource

pytestmark = pytest.mark.django_db


def read(address: str) -> dict[str, Any]:
    """The page's own block, as a search engine finds it."""
    answer = Client(headers={"host": "testserver"}).get(address)
    assert answer.status_code == 200
    found = extruct.extract(answer.content.decode(), base_url="http://testserver", syntaxes=["json-ld"])["json-ld"]
    assert len(found) == 1
    block: dict[str, Any] = found[0]
    assert block["@context"] == "https://schema.org"
    return block


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_a_resource_is_told_in_the_words_of_lrmi() -> None:
    load_public()
    centre = make_site()
    page = make_resource(
        centre, audiences=["teachers-professionals"], settings=["class"], topics=["cyberbullying"],
        aims=["lk20-2-saf-friendship"], version="2",
    )  # fmt: skip
    other = make_centre(host="danish.test")
    Adaptation.objects.create(
        page=page, source_title="Venner", source_language="da", source_centre=other, how="adapted", credit="Mette",
        licence="cc-by-4.0", made_at=now(),
    )  # fmt: skip
    found = read("/nb/ressurser/venn")
    assert found["@type"] == "LearningResource"
    assert found["name"] == "Del & hel <venn>"
    assert found["inLanguage"] == "nb"
    assert found["typicalAgeRange"] == "9-12"
    assert found["timeRequired"] == "PT45M"
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert found["creditText"] == "Kari og Ola"
    assert found["datePublished"] == "2026-03-01"
    assert found["accessibilitySummary"] == "Filmen har teksting."
    assert found["accessibilityFeature"] == ["captions", "transcript"]
    assert found["educationalUse"] == ["i klassen"]
    assert found["audience"][0]["@type"] == "EducationalAudience"
    assert found["publisher"] == {"@type": "Organization", "name": centre.name}
    assert found["teaches"][0]["termCode"] == "lk20-2-saf-friendship"
    aim = found["educationalAlignment"][0]
    assert aim["alignmentType"] == "teaches"
    assert aim["targetUrl"].startswith("https://www.udir.no/")
    assert found["educationalLevel"] == ["Etter 2. trinn"]
    assert found["isBasedOn"] == {
        "@type": "CreativeWork", "name": "Venner", "inLanguage": "da", "creditText": "Mette",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "publisher": {"@type": "Organization", "name": other.name},
    }  # fmt: skip


def test_files_for_members_are_not_told_of() -> None:
    make_resource(make_site())
    files = read("/nb/ressurser/venn")["encoding"]
    assert [one["name"] for one in files] == ["ark.pdf"]
    assert files[0]["encodingFormat"] == "application/pdf"
    assert files[0]["contentUrl"].startswith("http://testserver/")


def test_an_article_says_who_wrote_it_and_when() -> None:
    centre = make_site()
    organisation = Organisation.objects.create(
        centre=centre, slug="tilsyn", name="Tilsynet", website="https://tilsyn.example"
    )
    make_article(make_listing(centre), slug="ute", published_on=dt.date(2026, 4, 5), organisation=organisation)
    found = read("/nb/aktuelt/ute")
    assert found["@type"] == "Article"
    assert found["headline"] == found["name"]
    assert found["datePublished"] == "2026-04-05"
    assert found["author"] == {"@type": "Organization", "name": "Tilsynet", "url": "https://tilsyn.example"}
    assert dt.datetime.fromisoformat(found["dateModified"]).tzinfo is not None
    assert read("/nb/aktuelt")["@type"] == "CollectionPage"


def test_a_law_is_of_its_country_and_a_report_of_its_period() -> None:
    listing = make_listing(make_site())
    answer = {"question": "Får jeg?", "answer": "depends", "words": "<p>Ja.</p>", "sources": [{"title": "Lov"}]}
    law = LawPage(title="Lov", slug="lov", country="NO", as_of=dt.date(2026, 1, 1), answers=[("answer", answer)])
    _add(listing, law, "nb")
    days = {"period_start": dt.date(2022, 4, 1), "period_end": dt.date(2024, 3, 31)}
    _add(listing, ReportPage(title="Rapport", slug="rapport", **days), "nb")
    assert read("/nb/aktuelt/lov")["spatialCoverage"] == {"@type": "Country", "name": "Norge", "identifier": "NO"}
    assert read("/nb/aktuelt/rapport")["temporalCoverage"] == "2022-04-01/2024-03-31"


def test_words_of_a_page_can_end_no_script_element() -> None:
    title = "</script><script>alert(1)</script><!-- \u2028"
    make_article(make_listing(make_site()), slug="ute", title=title)
    answer = Client(headers={"host": "testserver"}).get("/nb/aktuelt/ute").content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', answer, re.DOTALL)
    assert block is not None
    assert json.loads(block[1])["name"] == title
    assert "<" not in block[1]
    assert "alert(1)</script>" not in answer
