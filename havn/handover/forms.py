"""The forms of settings and reports."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havn.centres.handovers import KINDS, WAYS
from havn.handover.rules import reports, states
from havn.handover.words import kind_words, platform_words, report_kind_words, way_words
from havn.helpline.rules.record import OTHER, PLATFORMS


class ClocksForm(forms.Form):
    """The three clocks."""

    change_mind_minutes = forms.IntegerField(
        min_value=states.MINUTES[0],
        max_value=states.MINUTES[1],
        label=_("Minutes a child has to change their mind after the yes"),
        help_text=_("Then it goes. With 0 it goes at once."),
    )
    remind_days = forms.IntegerField(
        min_value=reports.REMIND_DAYS[0],
        max_value=reports.REMIND_DAYS[1],
        label=_("Days after which an open report to a platform is marked"),
        help_text=_("Counted from the last time that something happened to it."),
    )
    keep_report_days = forms.IntegerField(
        min_value=reports.KEEP_DAYS[0],
        max_value=reports.KEEP_DAYS[1],
        label=_("Days a closed report to a platform is kept"),
        help_text=_("Then it is destroyed in the night. Its count stays."),
    )


class RouteForm(forms.Form):
    """One route."""

    name = forms.CharField(max_length=120, label=_("Whom it goes to"))
    kind = forms.ChoiceField(label=_("What they are"))
    way = forms.ChoiceField(label=_("How it passes"))
    address = forms.CharField(
        max_length=200,
        label=_("Where"),
        help_text=_("An e-mail address, the https:// address of their own form, or the name of a door inside."),
    )
    in_use = forms.BooleanField(required=False, label=_("Counsellors can choose it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, codes, words in (("kind", KINDS, kind_words), ("way", WAYS, way_words)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(code, words(code)) for code in codes]


class WordsForm(forms.Form):
    """What a child reads of a route in one language."""

    to = forms.CharField(
        required=False,
        max_length=120,
        label=_("Whom it goes to, as a child would say it"),
        help_text=_("It ends the sentence: We would like to send this to …"),
    )
    does = forms.CharField(
        required=False,
        max_length=400,
        label=_("What they will do with it"),
        help_text=_("Short sentences for a twelve-year-old. Left empty, the usual words stand there."),
    )
    approve = forms.BooleanField(
        required=False, label=_("I have read these words in this language, and a child can rely on them")
    )


class ReportForm(forms.Form):
    """A new report to a platform."""

    platform = forms.ChoiceField(label=_("Platform"))
    kind = forms.ChoiceField(label=_("What was reported"))
    note = forms.CharField(
        required=False,
        max_length=1000,
        label=_("Note to colleagues, if you like"),
        help_text=_("Sealed to the team. No address of what was reported, and no name."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, codes, words in (
            ("platform", (*PLATFORMS, OTHER), platform_words),
            ("kind", reports.KINDS, report_kind_words),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(code, words(code)) for code in codes]
