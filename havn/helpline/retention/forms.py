"""The wish to keep a talk longer."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havn.helpline.retention.rules import LONGEST_HOLD, Reason

REASONS: dict[Reason, Promise] = {
    Reason.DANGER: _("Somebody is still in danger, and we work on it"),
    Reason.POLICE: _("The police or a court asked for it"),
    Reason.COMPLAINT: _("There is a complaint about the talk"),
    Reason.REQUEST: _("The child asked us to keep it"),
}


class HoldForm(forms.Form):
    """A reason from the list and a last day. Whether the day is allowed is the rule's business."""

    reason = forms.ChoiceField(label=_("Why"), choices=[(code.value, words) for code, words in REASONS.items()])
    until = forms.DateField(label=_("Keep it up to and including"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earliest = today + dt.timedelta(days=1)
        self.latest = today + LONGEST_HOLD


class TalksForm(forms.Form):
    """Which talks to look through: of one day, and which page of them. Whatever cannot be read counts as not said."""

    day = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)

    def chosen(self) -> tuple[dt.date | None, int]:
        """The day, or None for all days, and the number of the page."""
        self.is_valid()
        return self.cleaned_data.get("day"), self.cleaned_data.get("page") or 1


def reason_words(code: str) -> Promise | str:
    """The reason as it is shown."""
    return REASONS.get(Reason(code), code) if code in set(Reason) else code
