"""What is typed on the screens of connections."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havn.common.clock import now
from havn.connections.models import ApiKey, ConnectionsSettings
from havn.connections.rules.addresses import LONGEST
from havn.connections.rules.events import CHOICES, USUAL
from havn.connections.rules.keys import Scope
from havn.connections.words import event_label, scope_label

GRAINS = (
    (ApiKey.Grain.MONTH, _("A month")),
    (ApiKey.Grain.QUARTER, _("A quarter")),
    (ApiKey.Grain.YEAR, _("A year")),
)
# A key that nobody looks after ends by itself, unless another day is chosen.
EXPIRES_IN = dt.timedelta(days=365)
_WHOLE = ""


class KeyForm(forms.Form):
    """A new key."""

    name = forms.CharField(max_length=60, label=_("What it is for"))
    service = forms.ChoiceField(required=False, label=_("Which service"))
    scopes = forms.MultipleChoiceField(
        label=_("What it may read"),
        help_text=_("A key for rounds alone is of the whole centre, whichever service is chosen."),
    )
    grain = forms.ChoiceField(
        choices=GRAINS,
        initial=ApiKey.Grain.QUARTER,
        required=False,
        label=_("Figures are of"),
        help_text=_("One length for each key: two together would give back small numbers that are left out."),
    )
    expires_on = forms.DateField(
        required=False,
        label=_("Last day"),
        help_text=_("Empty: it never ends by itself."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, services: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = services  # type: ignore[attr-defined]
        self.fields["scopes"].choices = [(code, scope_label(code)) for code in Scope]  # type: ignore[attr-defined]
        self.fields["expires_on"].initial = (now() + EXPIRES_IN).date()

    def clean_grain(self) -> str:
        """A quarter where nothing is chosen."""
        return str(self.cleaned_data["grain"] or ApiKey.Grain.QUARTER)


class EndpointForm(forms.Form):
    """An endpoint. Its service is chosen once."""

    name = forms.CharField(max_length=60, label=_("What it is for"))
    url = forms.CharField(
        max_length=LONGEST,
        label=_("Address"),
        help_text=_("It must begin with https:// and belong to the other system."),
    )
    events = forms.MultipleChoiceField(label=_("What it is told"), initial=[str(one) for one in USUAL])

    def __init__(self, *args: Any, services: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["events"].choices = [(str(code), event_label(code)) for code in CHOICES]  # type: ignore[attr-defined]
        if services is not None:
            self.fields["service"] = forms.ChoiceField(choices=services, required=False, label=_("Which service"))


class LimitsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Limits and clocks of the centre's connections."""

    class Meta:
        model = ConnectionsSettings
        fields = ("per_minute", "waiting_seconds", "off_after_days", "log_days")

    per_minute = forms.IntegerField(min_value=1, max_value=600, label=_("Requests a minute for each key"))
    waiting_seconds = forms.IntegerField(
        min_value=30, max_value=3600, label=_("Tell of the wait no more often than every (seconds)")
    )
    off_after_days = forms.IntegerField(
        min_value=1, max_value=30, label=_("Switch an endpoint off that fails for (days)")
    )
    log_days = forms.IntegerField(min_value=1, max_value=365, label=_("Keep what became of messages for (days)"))
