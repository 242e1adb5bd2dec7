"""Invented forms of a centre, and the browser of somebody who builds them."""

from typing import Any

from django.test import Client

from havn.accounts.models import User
from havn.forms.actions import drafts
from havn.forms.models import Form, FormVersion
from havn.tenancy.models import Centre
from tests.accounts.factories import make_organisation, make_staff, signed_in_client

QUARTER: dict[str, Any] = {
    "key": "quarter", "language": "en", "languages": ["en", "nb"], "title": {"en": "Our quarter", "nb": "Kvartalet"},
    "about": {},
    "sections": [
        {"key": "numbers", "title": {"en": "Numbers", "nb": "Tall"}, "questions": [
            {"key": "total", "type": "number", "least": 0,
             "label": {"en": "Contacts in all", "nb": "Kontakter i alt"}},
            {"key": "met", "type": "yes_no", "label": {"en": "Did you meet?"}},
            {"key": "ways", "type": "many", "label": {"en": "By which ways?"}, "choices": [
                {"code": "phone", "label": {"en": "Phone", "nb": "Telefon"}},
                {"code": "chat", "label": {"en": "Chat"}}]},
        ]},
        {"key": "more", "title": {"en": "More"}, "questions": [
            {"key": "why", "type": "text", "label": {"en": "Why?"}, "show_if": "met == true"},
        ]},
    ],
    "computed": [{"key": "double", "label": {"en": "Twice"}, "value": "total * 2"}],
    "checks": [{"key": "few", "level": "warning", "at": "total", "holds": "total <= 100",
                "message": {"en": "That is many: {total}."}}],
}  # fmt: skip


def officer(centre: Centre, role: str = "data_officer") -> User:
    """Somebody of the centre with this role."""
    return make_staff(centre.organisations.first() or make_organisation(centre), role)


def client_of(user: User, centre: Centre) -> Client:
    """Their browser."""
    return signed_in_client(user, host=centre.hosts.get().host)


def make_draft(centre: Centre, user: User, **changes: Any) -> FormVersion:
    """A draft of the quarter."""
    return drafts.start_form(actor=user, centre=centre, kind="helpline", definition={**QUARTER, **changes})


def stored(version: FormVersion) -> dict[str, Any]:
    """The definition as it is stored now."""
    found: dict[str, Any] = FormVersion.objects.get(pk=version.pk).definition
    return found


def fields_of(form: Any) -> dict[str, Any]:
    """What a browser would send back of a page with this form unchanged."""
    sent: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, bool):
            if value:
                sent[bound.html_name] = "on"
        elif value is not None:
            sent[bound.html_name] = value
    return sent


def forms_called(centre: Centre) -> list[str]:
    """Keys of the centre's forms."""
    return sorted(Form.objects.filter(centre=centre).values_list("key", flat=True))
