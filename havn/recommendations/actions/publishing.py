"""Letting everybody read a factsheet, and taking it back. Its files are made before, never while rows are locked."""

from contextlib import suppress

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.common.clock import now
from havn.common.errors import Refused
from havn.recommendations.exporting import FORMATS, NoPdf, file_of
from havn.recommendations.models import Factsheet, FactsheetFile
from havn.recommendations.permissions import check_is_secretariat
from havn.tenancy.models import Centre


def publish_factsheet(*, actor: User, centre: Centre, factsheet: Factsheet) -> bool:
    """Make the files of what is validated, then let everybody read page and files. Again: the files are made anew.

    False when this machine cannot make a PDF: then there are the others.
    """
    check_is_secretariat(actor, centre)
    files = _files(factsheet)
    with transaction.atomic():
        stored = Factsheet.objects.select_for_update(of=("self",)).get(pk=factsheet.pk)
        for name, content in files.items():
            FactsheetFile.objects.update_or_create(factsheet=stored, format=name, defaults={"content": content})
        stored.published_by, stored.published_at = actor, now()
        stored.save(update_fields=["published_by", "published_at"])
        stored.files.exclude(format__in=files).delete()
        _record(actor, centre, stored, "recommendations.factsheet.published")
    return "pdf" in files


@transaction.atomic
def withdraw_factsheet(*, actor: User, centre: Centre, factsheet: Factsheet) -> None:
    """Its page and its files are gone for the public; nothing else changes."""
    check_is_secretariat(actor, centre)
    stored = Factsheet.objects.select_for_update(of=("self",)).get(pk=factsheet.pk)
    if stored.published_at is None:
        raise Refused(_("This factsheet is not public."))
    stored.files.all().delete()
    stored.published_by, stored.published_at = None, None
    stored.save(update_fields=["published_by", "published_at"])
    _record(actor, centre, stored, "recommendations.factsheet.withdrawn")


def _files(factsheet: Factsheet) -> dict[str, bytes]:
    found = {}
    for name in FORMATS:
        with suppress(NoPdf):
            found[name] = file_of(factsheet, name)
    return found


def _record(actor: User, centre: Centre, factsheet: Factsheet, action: str) -> None:
    record(centre_id=centre.pk, actor_id=actor.pk, action=action, subject=f"factsheet:{factsheet.pk}")
