"""The PDF: tagged, with language and title, made of nothing from elsewhere and outside any transaction."""

import builtins
import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from django.db import connection
from django.test import Client

from havn.activities import actions, pdf
from havn.activities.models import PeriodReport
from havn.tenancy.models import Centre
from tests.activities.factories import client_of, make_activity, make_report, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(centre: Centre) -> PeriodReport:
    make_activity(centre, ("teachers", "participants", 40, "counted"), title="Nettvett <i>for</i> alle", hours="3")
    return make_report(centre, language="nb", title="Hva vi gjorde")


def elements(node: Any) -> Iterator[Any]:
    """Every structure element below a node of the tree of tags."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def test_a_published_pdf_is_for_everybody(centre: Centre, report: PeriodReport, anyone: Client) -> None:
    actions.publish_report(actor=member(centre), report=report)
    response = anyone.get(f"/nb/reports/activity/{report.slug}.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert f'filename="{report.slug}.pdf"' in response.headers["Content-Disposition"]
    with pikepdf.open(io.BytesIO(response.content)) as document:
        root = document.Root
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang) == "nb"
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(document.docinfo["/Title"]) == "Hva vi gjorde"
        with document.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"
            assert told["dc:title"] == "Hva vi gjorde"
        tags = [str(element.S) for element in elements(root.StructTreeRoot)]
        assert tags.count("/H1") == 1
        assert tags.count("/H2") == report.sections.count()
        for tag in ("/Table", "/TR", "/TH", "/TD", "/P", "/Caption"):
            assert tag in tags
        assert all(any(name.startswith("/FontFile") for name in names) for names in _descriptors(document))
        assert _descriptors(document)


def _descriptors(document: pikepdf.Pdf) -> list[list[str]]:
    """The names in the descriptor of every font."""
    return [
        list(one.keys())
        for one in document.objects
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
    ]


def test_a_draft_has_a_pdf_on_the_desk_alone(centre: Centre, report: PeriodReport, anyone: Client) -> None:
    address = f"/en/desk/activities/reports/{report.pk}/preview.pdf"
    assert client_of(centre, "editor").get(address).content.startswith(b"%PDF-")
    assert anyone.get(address).status_code == 302
    assert anyone.get(f"/en/reports/activity/{report.slug}.pdf").status_code == 404


def test_nothing_from_elsewhere_is_fetched(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>')
    asked: list[str] = []
    from urllib.request import OpenerDirector

    monkeypatch.setattr(OpenerDirector, "open", lambda _self, request, *_rest, **_named: asked.append(request.full_url))
    images = "".join(
        f'<img alt="" src="{url}">' for url in (secret.as_uri(), "https://a.example/x.svg", "ftp://a.example/x")
    )
    styles = '<link rel="stylesheet" href="https://a.example/x.css"><style>@import "https://a.example/y.css";</style>'
    made = pdf.made_of(f'<!doctype html><html lang="en"><head><title>x</title>{styles}</head><body><h1>x</h1>{images}')
    assert made.startswith(b"%PDF-")
    assert asked == []
    with pikepdf.open(io.BytesIO(made)) as document:
        assert not list(document.pages[0].get_images())


def test_words_of_people_are_text_in_it(centre: Centre, report: PeriodReport, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(pdf, "made_of", lambda html: seen.append(html) or b"%PDF-")
    section = report.sections.get(key="intro")
    section.text = '<img src="https://a.example/x.png">'
    section.save()
    pdf.pdf_of(report)
    assert "Nettvett &lt;i&gt;for&lt;/i&gt; alle" in seen[0]
    assert "<img" not in seen[0]
    assert re.search(r'<html lang="nb">', seen[0])


def test_a_machine_that_cannot_draw_letters_says_what_to_do(
    centre: Centre, report: PeriodReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str, *rest: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *rest)

    real = builtins.__import__
    monkeypatch.setattr(builtins, "__import__", missing)
    response = client_of(centre).post(f"/en/desk/activities/reports/{report.pk}/publish")
    assert response.status_code == 409
    assert "Ask the operator to install Pango" in response.content.decode()
    report.refresh_from_db()
    assert report.state == "draft"


@pytest.mark.django_db(transaction=True)
def test_a_pdf_is_made_outside_any_transaction(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    report, inside = make_report(centre), []

    def watched(_html: str) -> bytes:
        inside.append(connection.in_atomic_block)
        return b"%PDF-"

    monkeypatch.setattr(pdf, "made_of", watched)
    client = client_of(centre)
    client.post(f"/en/desk/activities/reports/{report.pk}/publish")
    client.get(f"/en/desk/activities/reports/{report.pk}/preview.pdf")
    assert inside == [False, False]
    assert PeriodReport.objects.get().state == "published"
