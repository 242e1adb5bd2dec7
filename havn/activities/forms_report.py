"""What people fill in about a report and its sections."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.activities import words
from havn.activities.forms import choose
from havn.activities.models import PeriodReport
from havn.common.fields import INPUT, Day, OneLine
from havn.tenancy.models import Centre


class ReportForm(forms.ModelForm[PeriodReport]):
    """Title, period and language; the rest comes from the log."""

    title = OneLine(label=gettext_lazy("Title"), max_length=150)
    summary = OneLine(label=gettext_lazy("In one or two sentences"), max_length=300)
    starts_on = Day(label=gettext_lazy("First day of the period"))
    ends_on = Day(label=gettext_lazy("Last day of the period"))
    language = forms.ChoiceField(label=gettext_lazy("Language of the report"), widget=forms.Select(attrs=INPUT))
    project = OneLine(
        label=gettext_lazy("Project or grant"), required=False, max_length=200,
        help_text=gettext_lazy("As the funder names it, with its number."),
    )  # fmt: skip

    class Meta:
        model = PeriodReport
        fields = ("title", "summary", "starts_on", "ends_on", "language", "project", "shows_cost")
        labels = {"shows_cost": gettext_lazy("Show what things cost")}
        widgets = {"shows_cost": forms.CheckboxInput(attrs=INPUT)}

    def __init__(self, *args: Any, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.centre = centre
        known = [code for code, _name in settings.STAFF_LANGUAGES]
        offered = [code for code in centre.languages if code in known] or known
        if self.instance.language and self.instance.language not in offered:
            offered.append(self.instance.language)
        choose(self.fields["language"], [(code, words.language_name(code)) for code in offered])

    def clean(self) -> dict[str, Any]:
        """A period that ends after it begins."""
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("It ends before it begins."))
        return data


class SectionForm(forms.Form):
    """A heading and its text. `version` is what this person saw."""

    heading = OneLine(label=gettext_lazy("Heading"), max_length=150)
    text = forms.CharField(
        label=gettext_lazy("Text"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={**INPUT, "rows": 12}),
        help_text=gettext_lazy("An empty line begins a new paragraph. The figures stand below the text."),
    )  # fmt: skip
    is_left_out = forms.BooleanField(
        label=gettext_lazy("Leave this section out of the report"), required=False,
        widget=forms.CheckboxInput(attrs=INPUT),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
