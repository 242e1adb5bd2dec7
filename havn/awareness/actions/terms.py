"""Keeping the terms of published pages."""

from typing import Any

from django.db import transaction
from wagtail.models import Page

from havn.awareness.models import EditorialPage, PageTerm


@transaction.atomic
def note_terms(*, page: EditorialPage) -> None:
    """Make the page's terms what it says now."""
    wanted = {
        *(("topic", code) for code in page.topics),
        *(("audience", code) for code in page.audiences),
        *([("section", page.section)] if page.section else []),
        ("kind", page.kind),
        *page.more_terms,
        *([("date", page.published_on.isoformat())] if page.published_on else []),
    }
    rows = PageTerm.objects.filter(page_id=page.pk)
    there = {(row.dimension, row.code): row.pk for row in rows}
    rows.filter(pk__in=[pk for term, pk in there.items() if term not in wanted]).delete()
    PageTerm.objects.bulk_create(
        PageTerm(page_id=page.pk, dimension=dimension, code=code) for dimension, code in wanted - there.keys()
    )


def on_published(sender: Any, instance: Page, **_: Any) -> None:
    """Signal: a page went out."""
    if isinstance(instance, EditorialPage):
        note_terms(page=instance)


def on_unpublished(sender: Any, instance: Page, **_: Any) -> None:
    """Signal: a page was taken back."""
    PageTerm.objects.filter(page_id=instance.pk).delete()
