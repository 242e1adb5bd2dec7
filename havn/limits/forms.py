"""The shape of what the screens of the limits send."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havn.limits.models import LimitsSettings
from havn.limits.rules.ladder import PAUSE_HOURS, SLOW_SECONDS, Alone
from havn.limits.rules.plans import KEEP_DAYS, LONGEST, TALKS_MOST, Plan, plan_of


class SettingsForm(forms.Form):
    """The numbers, and what holds while nobody else leads."""

    slow_seconds = forms.IntegerField(
        min_value=SLOW_SECONDS[0],
        max_value=SLOW_SECONDS[1],
        label=_("Slower: seconds between two messages of a child"),
        help_text=_("What is typed meanwhile stays where it is."),
    )
    pause_hours = forms.IntegerField(
        min_value=PAUSE_HOURS[0],
        max_value=PAUSE_HOURS[1],
        label=_("Hours of a pause"),
        help_text=_("The letterbox stays open, and who is in danger is never kept out."),
    )
    alone = forms.ChoiceField(
        label=_("While nobody else who leads the shift is on duty"),
        choices=[
            (Alone.NOTHING.value, _("Nothing goes beyond the kind word")),
            (Alone.SLOWER.value, _("The counsellor may make a chat slower alone")),
        ],
        help_text=_("A pause always needs a second person."),
    )
    plan_days = forms.IntegerField(
        min_value=KEEP_DAYS[0],
        max_value=KEEP_DAYS[1],
        label=_("Days a care plan stays after it was used last"),
        help_text=_("Then it is destroyed in the night. The child can delete it at any time."),
    )

    @classmethod
    def of(cls, settings: LimitsSettings, posted: Any = None) -> "SettingsForm":
        """The form with what holds now, or with what was sent."""
        return cls(posted, initial={name: getattr(settings, name) for name in cls.base_fields})


class KindWordForm(forms.Form):
    """The kind word in one language."""

    text = forms.CharField(required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 4}))


class PlanForm(forms.Form):
    """A care plan."""

    for_child = forms.CharField(
        required=False,
        max_length=LONGEST,
        label=_("What the child reads"),
        help_text=_("In words you have found together."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    talks_a_week = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=TALKS_MOST,
        label=_("Talks a week that you have agreed on"),
        help_text=_("The child reads it too. Nobody is refused by it."),
    )
    helps = forms.CharField(
        required=False, max_length=LONGEST, label=_("What helps"), widget=forms.Textarea(attrs={"rows": 3})
    )
    not_helps = forms.CharField(
        required=False, max_length=LONGEST, label=_("What does not help"), widget=forms.Textarea(attrs={"rows": 3})
    )
    who_knows = forms.CharField(
        required=False,
        max_length=LONGEST,
        label=_("Who else knows and helps"),
        help_text=_("No names, schools or places: “a teacher”, “the school nurse”."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @classmethod
    def of(cls, plan: Plan, posted: Any = None) -> "PlanForm":
        """The form with what the plan says, or with what was sent."""
        return cls(posted, initial={name: getattr(plan, name) for name in cls.base_fields})

    def plan(self) -> Plan:
        """What was sent, as a plan. Only of a valid form."""
        return plan_of(self.cleaned_data)
