"""The forms of the coordinator's screen for opening hours. They check shape; rules decide what hours mean."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.centres.models import ChannelSettings, OpeningException, OpeningRule
from havn.centres.words import weekday_name
from havn.tenancy.models import Service

TIMES_A_DAY = 2
LONGEST_EXCEPTION = dt.timedelta(days=366)


class TimeInput(forms.TimeInput):
    """The browser's own time field."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(attrs={"class": "ds-input"}, format="%H:%M")


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(attrs={"class": "ds-input"}, format="%Y-%m-%d")


class WeekForm(forms.Form):
    """A week of hours, two times a day at most, and how the channel opens beside them."""

    always_open = forms.BooleanField(required=False, label=gettext_lazy("Open day and night, every day of the year"))
    stop_admitting_minutes = forms.IntegerField(
        min_value=0,
        max_value=240,
        label=gettext_lazy("Stop taking new talks this many minutes before closing"),
        widget=forms.NumberInput(attrs={"class": "ds-input"}),
    )
    on_holidays = forms.ChoiceField(
        choices=[
            ("usual", gettext_lazy("As usual")),
            ("sunday", gettext_lazy("As on a Sunday")),
            ("closed", gettext_lazy("Closed")),
            ("own", gettext_lazy("Hours of their own")),
        ],
        label=gettext_lazy("On public holidays"),
        widget=forms.Select(attrs={"class": "ds-input"}),
    )
    holiday_opens = forms.TimeField(required=False, label=gettext_lazy("Opens on holidays"), widget=TimeInput())
    holiday_closes = forms.TimeField(required=False, label=gettext_lazy("Closes on holidays"), widget=TimeInput())
    holds_from = forms.DateField(
        required=False, label=gettext_lazy("These hours hold from (empty: from now)"), widget=DateInput()
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for weekday in range(7):
            for number in range(1, TIMES_A_DAY + 1):
                day = weekday_name(weekday)
                opens = _("%(day)s: opens, time %(number)s") % {"day": day, "number": number}
                closes = _("%(day)s: closes, time %(number)s") % {"day": day, "number": number}
                self.fields[f"opens_{weekday}_{number}"] = forms.TimeField(
                    required=False, label=opens, widget=TimeInput()
                )
                self.fields[f"closes_{weekday}_{number}"] = forms.TimeField(
                    required=False, label=closes, widget=TimeInput()
                )

    @property
    def days(self) -> list[dict[str, Any]]:
        """The fields by weekday, for the template."""
        return [
            {
                "name": weekday_name(weekday),
                "times": [
                    (self[f"opens_{weekday}_{number}"], self[f"closes_{weekday}_{number}"])
                    for number in range(1, TIMES_A_DAY + 1)
                ],
            }
            for weekday in range(7)
        ]

    def clean(self) -> dict[str, Any]:
        """Times come in pairs, and own hours on holidays are given."""
        data = super().clean() or {}
        for weekday in range(7):
            for number in range(1, TIMES_A_DAY + 1):
                opens, closes = data.get(f"opens_{weekday}_{number}"), data.get(f"closes_{weekday}_{number}")
                if (opens is None) != (closes is None):
                    name = f"closes_{weekday}_{number}" if closes is None else f"opens_{weekday}_{number}"
                    self.add_error(name, _("Give both times, or neither."))
        if data.get("on_holidays") == "own" and not (data.get("holiday_opens") and data.get("holiday_closes")):
            self.add_error("on_holidays", _("Say when it opens and closes on holidays."))
        if data.get("holds_from") and data["holds_from"] < self.today:
            self.add_error("holds_from", _("Choose today or a later day."))
        return data

    def rules(self, service: Service, channel: str) -> list[OpeningRule]:
        """The week as unsaved rows. Only after `is_valid()`."""
        found = []
        for weekday in range(7):
            for number in range(1, TIMES_A_DAY + 1):
                opens = self.cleaned_data.get(f"opens_{weekday}_{number}")
                closes = self.cleaned_data.get(f"closes_{weekday}_{number}")
                if opens is not None and closes is not None:
                    found.append(
                        OpeningRule(service=service, channel=channel, weekday=weekday, opens=opens, closes=closes)
                    )
        return found

    def apply_to(self, settings: ChannelSettings) -> ChannelSettings:
        """Put the rest of the form into the row, unsaved. Only after `is_valid()`."""
        own = self.cleaned_data["on_holidays"] == "own"
        settings.always_open = self.cleaned_data["always_open"]
        settings.stop_admitting_minutes = self.cleaned_data["stop_admitting_minutes"]
        settings.on_holidays = self.cleaned_data["on_holidays"]
        settings.holiday_opens = self.cleaned_data["holiday_opens"] if own else None
        settings.holiday_closes = self.cleaned_data["holiday_closes"] if own else None
        return settings


def week_as_initial(rules: list[OpeningRule], settings: ChannelSettings) -> dict[str, Any]:
    """What the form shows first: the hours in force and the settings."""
    initial: dict[str, Any] = {
        "always_open": settings.always_open,
        "stop_admitting_minutes": settings.stop_admitting_minutes,
        "on_holidays": settings.on_holidays,
        "holiday_opens": settings.holiday_opens,
        "holiday_closes": settings.holiday_closes,
    }
    counts: dict[int, int] = {}
    for rule in rules:
        counts[rule.weekday] = number = counts.get(rule.weekday, 0) + 1
        initial[f"opens_{rule.weekday}_{number}"] = rule.opens
        initial[f"closes_{rule.weekday}_{number}"] = rule.closes
    return initial


class ExceptionForm(forms.ModelForm[OpeningException]):
    """Dates on which the week does not count."""

    class Meta:
        model = OpeningException
        fields = ["first", "last", "opens", "closes", "reason"]
        labels = {
            "first": gettext_lazy("First day"),
            "last": gettext_lazy("Last day"),
            "opens": gettext_lazy("Opens (empty: closed)"),
            "closes": gettext_lazy("Closes (empty: closed)"),
            "reason": gettext_lazy("Reason, shown to the public"),
        }
        widgets = {
            "first": DateInput(),
            "last": DateInput(),
            "opens": TimeInput(),
            "closes": TimeInput(),
            "reason": forms.TextInput(attrs={"class": "ds-input"}),
        }

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, and times come in pairs."""
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day is before the first."))
        elif first and last and last - first > LONGEST_EXCEPTION:
            self.add_error("last", _("Keep an exception within a year."))
        if (data.get("opens") is None) != (data.get("closes") is None):
            self.add_error("closes", _("Give both times, or neither."))
        return data
