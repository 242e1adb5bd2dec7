"""What people fill in about a round. Forms check shape; rules, actions and the database decide."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.common.countries import country_name
from havn.common.fields import INPUT, Day, Words
from havn.forms.models import FormVersion
from havn.rounds.models import Round
from havn.rounds.rules.schedule import REMIND_DAYS, remind_days_of
from havn.rounds.words import form_title, period_name
from havn.statistics.rules.periods import Kind, Period, before, period_of
from havn.tenancy.models import Centre

OTHER_DAYS = "other"
QUARTERS, YEARS = 8, 4


class DaysForm(forms.Form):
    """When a round opens, closes and reminds, and what it says to whoever answers."""

    opens_on = Day(label=gettext_lazy("Opens on (empty: the day after the period)"), required=False)
    closes_on = Day(label=gettext_lazy("Closes on, at 17:00 of each centre (empty: by the rule)"), required=False)
    remind_days = Words(
        label=gettext_lazy("Reminders, in days before the closing"), required=False, max_length=40,
        initial=", ".join(map(str, REMIND_DAYS)), widget=forms.TextInput(attrs=INPUT),
    )  # fmt: skip
    note = Words(
        label=gettext_lazy("What whoever answers should know"), required=False, max_length=500,
        widget=forms.Textarea(attrs={**INPUT, "rows": 3}),
    )  # fmt: skip

    def clean_remind_days(self) -> tuple[int, ...]:
        """The days, the longest first."""
        days = remind_days_of(self.cleaned_data["remind_days"])
        if days is None:
            raise ValidationError(_("Write at most six numbers from 0 to 90, with commas between them."))
        return days

    def clean(self) -> dict[str, Any]:
        """Opening comes before closing."""
        data: dict[str, Any] = super().clean() or {}
        opens, closes = data.get("opens_on"), data.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("A round closes after it opens."))
        return data


class CentresForm(forms.Form):
    """Who is asked."""

    centres = forms.MultipleChoiceField(
        label=gettext_lazy("Centres that are asked"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, among: Sequence[Centre], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.among = {str(one.pk): one for one in among}
        told = ((key, f"{country_name(one.country_code)} – {one.name}") for key, one in self.among.items())
        _choices(self, "centres", sorted(told, key=lambda choice: choice[1]))

    def clean_centres(self) -> list[Centre]:
        """The centres themselves."""
        return [self.among[key] for key in self.cleaned_data["centres"]]


class RoundForm(CentresForm, DaysForm):
    """A new round: which form, for which period, when, and who is asked."""

    version = forms.ChoiceField(label=gettext_lazy("Form"), widget=forms.Select(attrs=INPUT))
    period = forms.ChoiceField(label=gettext_lazy("Period"), widget=forms.Select(attrs=INPUT))
    first = Day(label=gettext_lazy("First day, for other days"), required=False)
    last = Day(label=gettext_lazy("Last day, for other days"), required=False)
    field_order = ("version", "period", "first", "last", "opens_on", "closes_on", "remind_days", "note", "centres")

    def __init__(self, *args: Any, versions: Sequence[FormVersion], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = {str(one.pk): one for one in versions}
        self.periods = {_code(one): one for one in periods_near(today)}
        titles = sorted((form_title(one), key) for key, one in self.versions.items())
        _choices(self, "version", [("", _("Choose a form")), *((key, title) for title, key in titles)])
        names = [(key, period_name(one)) for key, one in self.periods.items()]
        _choices(self, "period", [*names, (OTHER_DAYS, _("Other days, written below"))])

    def clean(self) -> dict[str, Any]:
        """Also the period and the version as what they are."""
        data = super().clean()
        data["version"] = self.versions.get(data.get("version", ""))
        data["period"] = self.periods.get(data.get("period", "")) or self._other(data)
        return data

    def _other(self, data: dict[str, Any]) -> Period | None:
        if data.get("period") != OTHER_DAYS:
            return None
        first, last = data.get("first"), data.get("last")
        if first is None or last is None or last < first:
            self.add_error("last", _("Write the first and the last day, the last not before the first."))
            return None
        return Period(Kind.SPAN, first, last)


class ReopenForm(forms.Form):
    """Why answers are opened again."""

    words = Words(
        label=gettext_lazy("Why it is opened again"), max_length=2_000,
        widget=forms.Textarea(attrs={**INPUT, "rows": 3}),
    )  # fmt: skip


class AddressForm(forms.Form):
    """Where letters about rounds go."""

    address = Words(
        label=gettext_lazy("Address for letters about rounds"), required=False, max_length=254,
        widget=forms.EmailInput(attrs={**INPUT, "autocomplete": "off"}),
    )  # fmt: skip

    def clean_address(self) -> str:
        """An address, or nothing."""
        address: str = self.cleaned_data["address"]
        if address:
            validate_email(address)
        return address


def periods_near(today: dt.date) -> list[Period]:
    """The quarters and years that people ask about, the latest that is over first, then the one that runs."""
    found: list[Period] = []
    for kind, many in ((Kind.QUARTER, QUARTERS), (Kind.YEAR, YEARS)):
        running = period_of(kind, today)
        one = before(running)
        for _step in range(many):
            found.append(one)
            one = before(one)
        found.append(running)
    return found


def days_of(one: Round) -> dict[str, Any]:
    """What the form of days begins with."""
    return {
        "opens_on": one.opens_on,
        "closes_on": one.closes_on,
        "remind_days": ", ".join(str(days) for days in one.remind_days),
        "note": one.note,
    }


def _code(period: Period) -> str:
    return f"{period.kind}:{period.first}"


def _choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
