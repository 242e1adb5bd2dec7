"""The forms of the helpline's settings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havn.helpline.retention.rules import KEEP_DAYS, KEEP_UNFINISHED_HOURS, Clocks


class SettingsForm(forms.Form):
    """Seats and clocks of one helpline, in the order of a shift; last how long its talks are kept."""

    seats_default = forms.IntegerField(min_value=1, max_value=3, label=_("Talks at once, usually"))
    seats_most = forms.IntegerField(
        min_value=1,
        max_value=3,
        label=_("Talks at once, at most"),
        help_text=_("Reached only by taking over from a colleague who was lost, or by an accepted hand-over."),
    )
    seats_for_high_risk = forms.IntegerField(
        min_value=0,
        max_value=50,
        label=_("Seats of the shift kept for high risk"),
        help_text=_("So many seats stay free of ordinary talks."),
    )
    needs_staff = forms.BooleanField(
        required=False,
        label=_("Open only with a coordinator and two counsellors on duty"),
        help_text=_("Below that, new starts close after ten minutes. Who waits keeps the place."),
    )
    away_minutes = forms.IntegerField(
        min_value=2, max_value=60, label=_("Minutes a child may be away from the queue before the place goes on")
    )
    silence_ask_minutes = forms.IntegerField(
        min_value=1, max_value=60, label=_("Minutes of silence before the child is asked kindly")
    )
    silence_end_minutes = forms.IntegerField(
        min_value=2, max_value=120, label=_("Minutes of silence before the talk ends")
    )
    lost_counsellor_told_seconds = forms.IntegerField(
        min_value=15, max_value=60, label=_("Seconds until the child is told that the counsellor is lost")
    )
    lost_counsellor_offered_seconds = forms.IntegerField(
        min_value=30, max_value=600, label=_("Seconds until the talk of a lost counsellor is offered to others")
    )
    locked_counsellor_offered_seconds = forms.IntegerField(
        min_value=60, max_value=1800, label=_("Seconds until the talk of a locked desk is offered to others")
    )
    keep_days = forms.IntegerField(
        min_value=KEEP_DAYS[0],
        max_value=KEEP_DAYS[1],
        label=_("Days a talk is kept after its last message"),
        help_text=_("The privacy page tells children this number and changes at once. A shorter time destroys sooner."),
    )
    keep_unfinished_hours = forms.IntegerField(
        min_value=KEEP_UNFINISHED_HOURS[0],
        max_value=KEEP_UNFINISHED_HOURS[1],
        label=_("Hours a chat is kept that nobody answered or that never ended"),
        help_text=_("The privacy page tells this number too. A shorter time destroys with the next purge, at night."),
    )

    def clocks(self) -> Clocks:
        """How long talks are kept by what was filled in. Only of a valid form."""
        return Clocks(self.cleaned_data["keep_days"], self.cleaned_data["keep_unfinished_hours"])


class AnswerForm(forms.Form):
    """A ready answer."""

    language = forms.ChoiceField(label=_("Language"))
    title = forms.CharField(max_length=80, label=_("Short name"))
    text = forms.CharField(max_length=2000, widget=forms.Textarea, label=_("Text"))
    tags = forms.CharField(
        max_length=200, required=False, label=_("Tags"), help_text=_("Words to find it by, with commas between.")
    )

    def __init__(self, *args: Any, languages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)
        language.choices = languages

    def clean_tags(self) -> list[str]:
        """The tags, each once, in lower case."""
        words = (word.strip().lower() for word in self.cleaned_data["tags"].split(","))
        return list(dict.fromkeys(word for word in words if word))


class LinkForm(forms.Form):
    """A page for children."""

    language = forms.ChoiceField(label=_("Language"))
    title = forms.CharField(max_length=120, label=_("What the child reads"))
    url = forms.URLField(max_length=200, label=_("Address"), assume_scheme="https")

    def __init__(self, *args: Any, languages: list[tuple[str, str]], **kwargs: Any) -> None:
        # Two forms stand on one page: their fields need names of their own.
        kwargs["auto_id"] = "link_%s"
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)
        language.choices = languages
