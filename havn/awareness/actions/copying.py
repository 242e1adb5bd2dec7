"""Copying a page of one centre into the tree of another, with its pictures and files."""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django.core.files.storage import Storage
from django.db import models
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import Page

from havn.accounts.models import User
from havn.awareness.models import CentreSite, EditorialPage, ListingPage, Picture, PublishedFile
from havn.awareness.queries import visible_files, visible_pages
from havn.awareness.sharing.streams import Chosen, Elsewhere, chosen_in, led_elsewhere, streams_of
from havn.tenancy.models import Centre

# What the other centre decides itself, and what Wagtail keeps for itself.
_NOT_COPIED = {"page_ptr", "organisation", "published_on"}
_COPIED_OF_PAGE = ("title", "seo_title", "search_description")


@dataclass
class Stored:
    """What was copied before the transaction: each row with the name of its new file. `left_out`: names of files."""

    pictures: list[tuple[Picture, str]] = field(default_factory=list)
    files: list[tuple[PublishedFile, str]] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)
    left_out: list[str] = field(default_factory=list)


def left_out_of(page: EditorialPage, source: Centre) -> list[str]:
    """The names of files that would not come along: those for members only, and those of other centres."""
    return _chosen(page, source)[2]


@contextmanager
def stored_copies(page: EditorialPage, source: Centre) -> Iterator[Stored]:
    """The page's pictures and files as new files of their own. When what follows fails, they are removed again.

    Enter it before the transaction: copying a film takes longer than others should wait for the database.
    """
    stored, new = Stored(), []
    chosen, files, stored.left_out = _chosen(page, source)
    stored.pages = chosen.pages
    try:
        for picture in Picture.objects.filter(pk__in=chosen.pictures):
            new.append((picture.file.storage, _stored(picture)))
            stored.pictures.append((picture, new[-1][1]))
        for row in files:
            new.append((row.file.storage, _stored(row)))
            stored.files.append((row, new[-1][1]))
        yield stored
    except BaseException:
        for storage, name in new:
            storage.delete(name)
        raise


def copy_below(
    *,
    page: EditorialPage,
    listing: ListingPage,
    to: Centre,
    actor: User,
    stored: Stored,
    address: Callable[[EditorialPage], str],
    published_on: dt.date | None = None,
    **values: Any,
) -> EditorialPage:
    """A new draft below the listing. Call it in a transaction. `values` are further fields of the new page.

    `address` names the public address of a page that the text links to: links lead to where they led before.
    """
    lead = Elsewhere(
        pictures=_new_rows(stored.pictures, to, actor),
        files=_new_rows(stored.files, to, actor),
        addresses=_addresses(stored.pages, address),
    )
    parent = Page.objects.select_for_update().get(pk=listing.pk)
    slug = find_available_slug(parent, page.slug)
    new = type(page)(slug=slug, locale=listing.locale, owner=actor, live=False, published_on=published_on)
    for name in _COPIED_OF_PAGE:
        setattr(new, name, getattr(page, name))
    _copy_fields(page, new, lead)
    for name, value in values.items():
        setattr(new, name, value)
    new.has_unpublished_changes = True
    parent.specific.add_child(instance=new)
    log(instance=new, action="wagtail.create", user=actor, content_changed=True)
    new.save_revision(user=actor, clean=False, log_action=False)
    return new


def _copy_fields(page: EditorialPage, new: EditorialPage, lead: Elsewhere) -> None:
    of_wagtail = {one.name for one in Page._meta.get_fields()}
    streams = {one.name: one for one in streams_of(page)}
    for one in page._meta.concrete_fields:
        if one.name in of_wagtail or one.name in _NOT_COPIED:
            continue
        if one.name in streams:
            setattr(new, one.name, json.dumps(led_elsewhere(page, streams[one.name], lead)))
        elif isinstance(one, models.ForeignKey):
            where = {Picture: lead.pictures, PublishedFile: lead.files}.get(one.related_model, {})
            setattr(new, one.attname, where.get(getattr(page, one.attname)))
        else:
            setattr(new, one.attname, getattr(page, one.attname))


def _chosen(page: EditorialPage, source: Centre) -> tuple[Chosen, list[PublishedFile], list[str]]:
    """What the page names, the files that may go along, and the names of those that may not."""
    chosen = chosen_in(page)
    for one in page._meta.concrete_fields:
        number = getattr(page, one.attname)
        if number and one.related_model in {Picture, PublishedFile}:
            (chosen.pictures if one.related_model is Picture else chosen.files).add(number)
    may_go = list(visible_files(source).filter(pk__in=chosen.files))
    left = PublishedFile.objects.filter(pk__in=chosen.files - {row.pk for row in may_go})
    return chosen, may_go, list(left.order_by("title").values_list("title", flat=True))


def _stored(row: Picture | PublishedFile) -> str:
    storage: Storage = row.file.storage
    with storage.open(row.file.name, "rb") as source:
        wished = row.file.field.generate_filename(row, PurePath(row.file.name).name)
        return storage.save(wished, source)


def _new_rows(stored: Any, to: Centre, actor: User) -> dict[int, int]:
    """Rows in the other centre's room, by the number of the old ones."""
    room = CentreSite.objects.select_related("collection").get(centre=to).collection
    numbers = {}
    for row, name in stored:
        old, row.pk, row.id, row._state.adding = row.pk, None, None, True
        row.file, row.collection, row.uploaded_by_user = name, room, actor
        row.save()
        numbers[old] = row.pk
    return numbers


def _addresses(pages: set[int], address: Callable[[EditorialPage], str]) -> dict[int, str]:
    found = visible_pages().filter(pk__in=pages).specific() if pages else []
    return {page.pk: where for page in found if isinstance(page, EditorialPage) and (where := address(page))}
