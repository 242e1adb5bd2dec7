"""What people fill in about breaks, observations and meetings."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from havn.tenancy.models import Centre
from havn.trends.models import Break
from havn.trends.rules.quarters import quarter_named

INPUT = {"class": "ds-input"}


class BreakForm(forms.Form):
    """From which quarter on, of what, and what changed."""

    quarter = forms.CharField(
        label=gettext_lazy("First quarter after the break"), max_length=6,
        widget=forms.TextInput(attrs=INPUT), help_text=gettext_lazy("Year and quarter, such as 2026Q3."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=gettext_lazy("What broke it"), widget=forms.Select(attrs=INPUT))
    dimension = forms.ChoiceField(label=gettext_lazy("Which figures"), required=False, widget=forms.Select(attrs=INPUT))
    member = forms.ModelChoiceField(
        label=gettext_lazy("Which member, if it is one"), required=False, queryset=Centre.objects.none(),
        widget=forms.Select(attrs=INPUT),
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("What changed, for readers"), max_length=400,
        widget=forms.Textarea(attrs={**INPUT, "rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, dimensions: Sequence[tuple[str, str]], kinds: Sequence[tuple[str, str]], **kw: Any):
        super().__init__(*args, **kw)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["dimension"].choices = [("", gettext_lazy("All figures")), *dimensions]  # type: ignore[attr-defined]
        members = Centre.objects.national().order_by("name", "pk")
        self.fields["member"].queryset = members  # type: ignore[attr-defined]

    def clean_quarter(self) -> str:
        """A quarter's name, whatever the case of its letter."""
        text = str(self.cleaned_data["quarter"]).strip().upper()
        try:
            return str(quarter_named(text))
        except ValueError as error:
            raise forms.ValidationError(gettext_lazy("Write year and quarter, such as 2026Q3.")) from error

    def clean(self) -> dict[str, Any]:
        """A member belongs to a break of a member, and to no other."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == Break.Kind.MEMBER and not data.get("member") and "member" not in self.errors:
            self.add_error("member", gettext_lazy("Choose the member that counts in another way."))
        if data.get("kind") not in ("", None, Break.Kind.MEMBER) and data.get("member"):
            self.add_error("member", gettext_lazy("Only a break of a member names one."))
        return data


class ObservationForm(forms.Form):
    """A week, the reasons, and a short text. `looked`: the marks in it were looked at, and give nobody away."""

    week = forms.DateField(
        label=gettext_lazy("A day of the week in which you noticed it"),
        widget=forms.DateInput(attrs={**INPUT, "type": "date"}, format="%Y-%m-%d"),
    )
    reasons = forms.MultipleChoiceField(
        label=gettext_lazy("Reasons it belongs to"), widget=forms.CheckboxSelectMultiple(attrs=INPUT)
    )
    text = forms.CharField(
        label=gettext_lazy("What your helpline notices"), max_length=600,
        widget=forms.Textarea(attrs={**INPUT, "rows": 4}),
        help_text=gettext_lazy(
            "In your own words, 600 characters at most. Nothing that a child wrote or said, no name, place, school or "
            "address."
        ),
    )  # fmt: skip
    looked = forms.BooleanField(
        label=gettext_lazy("I looked at each of them: none tells who a child is"), required=False,
        widget=forms.CheckboxInput(attrs=INPUT),
    )  # fmt: skip

    def __init__(self, *args: Any, reasons: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reasons"].choices = reasons  # type: ignore[attr-defined]


class MeetingForm(forms.Form):
    """When and where, in the zone of the network's centre."""

    day = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(attrs={**INPUT, "type": "date"}, format="%Y-%m-%d")
    )
    time = forms.TimeField(
        label=gettext_lazy("Time"), widget=forms.TimeInput(attrs={**INPUT, "type": "time"}, format="%H:%M")
    )
    place = forms.CharField(
        label=gettext_lazy("Place"), required=False, max_length=200, widget=forms.TextInput(attrs=INPUT)
    )
