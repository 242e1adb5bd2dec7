"""Something to read: the demo, a directory of 45 centres, and ten thousand articles in five languages.

Run as a process of its own with HAVN_DATA set: `python -m bench.library <articles> <file>`. Writes the addresses to
read and the words to look for as JSON.
"""

import datetime as dt
import json
import os
import random
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LANGUAGES = ("nb", "en", "da", "de", "fr")
CENTRES = 45
WORDS, LONG = 3000, 150
TOPICS = ("cyberbullying", "e-crime", "media-literacy")
AUDIENCES = ("parents-carers", "teachers-educators", "children")
BATCH = 500
SEED = 7


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havn.config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from havn.config.database import bring_up_to_date
    from havn.config.demo.load import load_demo

    articles, path = int(sys.argv[1]), Path(sys.argv[2])
    bring_up_to_date()
    call_command("collectstatic", verbosity=0, interactive=False)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
    load_demo()
    _more_centres()
    words = _articles(articles)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path.write_text(json.dumps({"article": _article(), "words": words}))


def _article() -> str:
    """A page of the demo as editors write them: a lead and a body with several kinds of parts."""
    from havn.awareness.models import ArticlePage

    found = ArticlePage.objects.live().filter(locale__language_code="nb", title__in=_titles_of_the_demo())
    page = max(found, key=lambda one: len(str(one.body.raw_data)))
    return str(page.get_url_parts()[2])


def _titles_of_the_demo() -> list[str]:
    from havn.awareness.models import ArticlePage

    return list(ArticlePage.objects.exclude(slug__startswith="bench-").values_list("title", flat=True))


def _more_centres() -> None:
    """Copies of real countries with all their lines, under codes that no country has, until there are enough."""
    from havn.tenancy.models import Centre

    real = list(Centre.objects.national().filter(is_hosted=False, entry__isnull=False).order_by("country_code"))
    missing = CENTRES - Centre.objects.national().count()
    codes = iter(["AD", "AL", "AM", "AZ", "BA", "GE", "LI", "MC", "MD", "ME", "MK", "RS", "SM", "TR", "XK", "VA"])
    for centre in real[:missing]:
        _copy(centre, next(codes))


def _copy(centre: Any, code: str) -> None:
    from havn.directory.models import CentreEntry
    from havn.tenancy.models import Service

    services = list(Service.objects.filter(organisation__centre=centre).select_related("organisation", "entry"))
    entry = CentreEntry.objects.get(centre=centre)
    centre.pk, centre.slug, centre.country_code = None, f"bench-{code.lower()}", code
    centre._state.adding = True
    centre.save()
    entry.pk, entry.centre = None, centre
    entry._state.adding = True
    entry.save()
    organisations: dict[int, Any] = {}
    for service in services:
        _copy_service(service, centre, organisations)


def _copy_service(service: Any, centre: Any, organisations: dict[int, Any]) -> None:
    from havn.centres.models import ContactPoint
    from havn.directory.models import Entry, PublishedHours

    points, entry = list(ContactPoint.objects.filter(service=service)), Entry.objects.filter(service=service).first()
    organisation = organisations.setdefault(service.organisation_id, service.organisation)
    if organisation.centre_id != centre.pk:
        _as_new(organisation, centre=centre)
    _as_new(service, organisation=organisation)
    if entry is not None:
        _as_new(entry, service=service, confirmer=organisation)
    for point in points:
        hours = list(PublishedHours.objects.filter(point=point))
        _as_new(point, service=service)
        for one in hours:
            _as_new(one, point=point)


def _as_new(row: Any, **values: Any) -> None:
    row.pk = None
    row._state.adding = True
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def _articles(count: int) -> dict[str, list[str]]:
    """Made without a revision each, straight into the tables and the index. Returns words to look for."""
    from wagtail.models import Locale
    from wagtail.search.backends import get_search_backend

    from havn.awareness.models import ArticlePage, ListingPage
    from havn.awareness.queries import fronts_of
    from havn.tenancy.models import Centre, CentreHost

    centre = Centre.objects.get(pk=CentreHost.objects.get(host="localhost").centre_id)
    first = fronts_of(centre).order_by("path").first()
    found = {}
    for language in LANGUAGES:
        locale, _new = Locale.all_objects.get_or_create(language_code=language)
        front = fronts_of(centre).filter(locale=locale).first()
        if front is None:
            front = first.copy_for_translation(locale)
            front.save_revision(clean=False).publish()
            front.refresh_from_db()
        listing = ListingPage(title=f"Library {language}", slug=f"bench-{language}", locale=locale)
        front.add_child(instance=listing)
        words = _words_of(language)
        for batch in _batches(listing, language, count // len(LANGUAGES), words):
            get_search_backend().add_bulk(ArticlePage, batch)
        found[language] = [" ".join(words[n] for n in chosen) for chosen in _looked_for()]
    return found


def _words_of(language: str) -> list[str]:
    chance = random.Random(f"{SEED}{language}")
    parts = ("sa", "ne", "tro", "li", "mak", "ve", "dor", "ke", "fin", "bu", "ra", "sto", "gel", "mi", "ham", "tu")
    return list(dict.fromkeys("".join(chance.choices(parts, k=chance.randint(2, 4))) for _ in range(WORDS * 2)))[:WORDS]


def _looked_for() -> Iterator[tuple[int, ...]]:
    """Places of words in the order of their frequency: from such as stand in every tenth page to rare ones."""
    chance = random.Random(SEED)
    for _ in range(60):
        yield (chance.randint(20, 600),)
        yield (chance.randint(10, 300), chance.randint(10, 300))


def _batches(listing: Any, language: str, count: int, words: list[str]) -> Iterator[list[Any]]:
    from wagtail.models import Page

    chance = random.Random(f"{SEED}-{language}")
    weights = [1 / (place + 10) for place in range(len(words))]
    for start in range(0, count, BATCH):
        batch = [_article_of(listing, number, chance, words, weights) for number in range(start, start + BATCH)]
        _insert(batch)
        listing.numchild += len(batch)
        Page.objects.filter(pk=listing.pk).update(numchild=listing.numchild)
        yield batch


def _article_of(listing: Any, number: int, chance: random.Random, words: list[str], weights: list[float]) -> Any:
    from django.utils.timezone import now

    from havn.awareness.models import ArticlePage

    text = chance.choices(words, weights, k=LONG)
    slug = f"bench-{number}"
    return ArticlePage(
        title=" ".join(chance.choices(words, weights, k=5)).capitalize(),
        slug=slug,
        draft_title=slug,
        locale=listing.locale,
        translation_key=uuid.UUID(int=chance.getrandbits(128)),
        path=ArticlePage._get_path(listing.path, listing.depth + 1, number + 1),
        depth=listing.depth + 1,
        url_path=f"{listing.url_path}{slug}/",
        live=True,
        first_published_at=now(),
        last_published_at=now(),
        summary=" ".join(text[:20]),
        body=json.dumps([{"type": "words", "value": f"<p>{' '.join(text)}</p>", "id": str(number)}]),
        published_on=dt.date(2026, 1, 1) + dt.timedelta(days=number % 300),
        topics=[TOPICS[number % len(TOPICS)]],
        audiences=[AUDIENCES[number % len(AUDIENCES)]],
    )


def _insert(batch: list[Any]) -> None:
    """Rows of two tables, which Django does not make in bulk; and the terms that publishing would note."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    from wagtail.models import Page

    from havn.awareness.models import ArticlePage, PageTerm

    kind = ContentType.objects.get_for_model(ArticlePage)
    shared = [field.attname for field in Page._meta.concrete_fields if field.attname != "id"]
    rows = [Page(**{name: getattr(one, name) for name in shared} | {"content_type_id": kind.pk}) for one in batch]
    Page.objects.bulk_create(rows)
    for one, row in zip(batch, rows, strict=True):
        one.pk = one.id = one.page_ptr_id = row.pk
    own = ArticlePage._meta.local_concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in own)
    places = ", ".join(["%s"] * len(own))
    values = [[field.get_db_prep_save(field.pre_save(one, True), connection) for field in own] for one in batch]
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{ArticlePage._meta.db_table}" ({columns}) VALUES ({places})', values)
    PageTerm.objects.bulk_create(
        PageTerm(page_id=one.pk, dimension=dimension, code=code)
        for one in batch
        for dimension, code in (
            ("kind", "article"),
            ("date", one.published_on.isoformat()),
            ("topic", one.topics[0]),
            ("audience", one.audiences[0]),
        )
    )


if __name__ == "__main__":
    main()
