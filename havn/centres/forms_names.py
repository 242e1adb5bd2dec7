"""The form of the screen for names: a field for each thing that has a name, in each language of the centre."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from havn.accounts.api import may
from havn.accounts.models import User
from havn.centres.permissions import NAMES
from havn.common.fields import OneLine
from havn.tenancy.models import LONGEST_NAME, Centre, Organisation, Service


@dataclass(frozen=True)
class Thing:
    """What has a name. `row` is the centre, one of its organisations or one of their services."""

    key: str
    kind: str
    row: Centre | Organisation | Service


@dataclass(frozen=True)
class Section:
    """A thing with its fields, one a language."""

    thing: Thing
    fields: Sequence[forms.BoundField]


class NamesForm(forms.Form):
    """All names that the person may change. An empty field: it is called as everywhere."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, centre: Centre, user: User) -> None:
        super().__init__(data, auto_id="%s")
        known = dict(settings.LANGUAGES)
        self.languages = [code for code in centre.languages if code in known]
        self.things = list(things_named_by(user, centre))
        for thing in self.things:
            for code in self.languages:
                self.fields[f"{thing.key}-{code}"] = OneLine(
                    required=False,
                    max_length=LONGEST_NAME,
                    label=str(known[code]),
                    initial=thing.row.names.get(code, ""),
                    widget=forms.TextInput(attrs={"class": "ds-input", "lang": code, "dir": "auto"}),
                )

    @property
    def sections(self) -> list[Section]:
        """The fields by thing, for the template."""
        return [Section(thing, [self[f"{thing.key}-{code}"] for code in self.languages]) for thing in self.things]

    def names_of(self, thing: Thing) -> dict[str, str]:
        """By language. Only after `is_valid()`."""
        return {code: self.cleaned_data[f"{thing.key}-{code}"] for code in self.languages}


def things_named_by(user: User, centre: Centre) -> Iterator[Thing]:
    """The centre itself, then each organisation in which the person may, with its services."""
    yield Thing("centre", _("The centre"), centre)
    for organisation in centre.organisations.prefetch_related("services").order_by("name", "pk"):
        if may(user, organisation.pk, NAMES):
            yield Thing(f"organisation-{organisation.pk}", _("Organisation"), organisation)
            for service in sorted(organisation.services.all(), key=lambda one: (one.name.casefold(), one.pk)):
                kind = _("Hotline") if service.kind == Service.Kind.HOTLINE else _("Helpline")
                yield Thing(f"service-{service.pk}", kind, service)
