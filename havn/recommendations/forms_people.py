"""Fields in which people are named, and the form that names them for a chapter or to validate."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.accounts.models import User
from havn.recommendations.permissions import validators_in
from havn.tenancy.models import Centre

INPUT = {"class": "ds-input"}


class PersonField(forms.ModelChoiceField[User]):
    """Somebody by name."""

    def label_from_instance(self, obj: Any) -> str:
        """The person's name."""
        return str(obj.name)


class PeopleForm(forms.Form):
    """Who is responsible for a chapter, whom to ask instead, and who validates what is written in it."""

    responsible = PersonField(
        User.objects.none(), label=gettext_lazy("Responsible person"), required=False,
        widget=forms.Select(attrs=INPUT), help_text=gettext_lazy("Shown to staff only."),
    )  # fmt: skip
    alternate = PersonField(
        User.objects.none(), label=gettext_lazy("Alternate contact"), required=False, widget=forms.Select(attrs=INPUT)
    )
    validator = PersonField(
        User.objects.none(), label=gettext_lazy("Who validates"), required=False, widget=forms.Select(attrs=INPUT),
        help_text=gettext_lazy(
            "Only this person then, except for what they wrote themselves. Nobody named: any coordinator or data "
            "officer who did not write it."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, party: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_people(self, party)

    def clean(self) -> dict[str, Any]:
        """The alternate is somebody else."""
        data: dict[str, Any] = super().clean() or {}
        check_people(self, data)
        return data


def offer_people(form: forms.Form, party: Centre) -> None:
    """Fill the fields for people with those of the Party's centre, that for validators with those who may."""
    people = User.objects.filter(is_active=True, memberships__organisation__centre=party).distinct()
    offered = {
        "responsible": people, "alternate": people, "validator": people.filter(pk__in=validators_in(party)),
    }  # fmt: skip
    for name, found in offered.items():
        field = form.fields.get(name)
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = found.order_by("name", "pk")
            field.empty_label = "–"


def check_people(form: forms.Form, data: Mapping[str, Any]) -> None:
    """Say beside the alternate that it is the same person."""
    if data.get("alternate") and data.get("alternate") == data.get("responsible"):
        form.add_error("alternate", _("Choose somebody else than the responsible person."))
