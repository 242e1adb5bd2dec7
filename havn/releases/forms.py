"""What people fill in about a dataset and a release."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.common.fields import INPUT, OneLine
from havn.releases.models import LICENCE, MOST_THRESHOLD, Dataset
from havn.releases.registry import TableSource
from havn.releases.rules.periods import slug_of
from havn.releases.rules.sensitivity import THRESHOLD
from havn.releases.words import period as period_words
from havn.statistics.rules.periods import Period


class DatasetForm(forms.ModelForm[Dataset]):
    """What readers are told about a dataset. The table and the address are chosen once."""

    title = OneLine(label=gettext_lazy("Title"), max_length=150)
    description = forms.CharField(
        label=gettext_lazy("What it counts, for readers"), max_length=2000,
        widget=forms.Textarea(attrs={**INPUT, "rows": 4}),
    )  # fmt: skip
    threshold = forms.IntegerField(
        label=gettext_lazy("Leave out numbers below"), min_value=THRESHOLD, max_value=MOST_THRESHOLD,
        initial=THRESHOLD, widget=forms.NumberInput(attrs=INPUT),
        help_text=gettext_lazy("Five is the least. A higher number protects more."),
    )  # fmt: skip
    publisher = OneLine(label=gettext_lazy("Publisher"), max_length=200)
    licence = OneLine(
        label=gettext_lazy("Address of the licence"), max_length=200, initial=LICENCE,
        validators=[URLValidator(schemes=["https"])],
        help_text=gettext_lazy("Creative Commons Attribution 4.0 lets everybody use the figures who names you."),
    )  # fmt: skip

    class Meta:
        model = Dataset
        fields: tuple[str, ...] = ("title", "description", "threshold", "publisher", "licence", "theme", "frequency")
        labels = {"theme": gettext_lazy("Theme"), "frequency": gettext_lazy("How often")}
        widgets = {"theme": forms.Select(attrs=INPUT), "frequency": forms.Select(attrs=INPUT)}


class NewDatasetForm(DatasetForm):
    """A dataset that is not there yet."""

    source = forms.ChoiceField(label=gettext_lazy("Table"), widget=forms.Select(attrs=INPUT))
    key = forms.SlugField(
        label=gettext_lazy("Name in the address"), max_length=60, widget=forms.TextInput(attrs=INPUT),
        help_text=gettext_lazy("Small letters, digits and hyphens. It stays for ever."),
    )  # fmt: skip

    class Meta(DatasetForm.Meta):
        fields = (*DatasetForm.Meta.fields, "source", "key")

    def __init__(self, *args: Any, sources: list[TableSource], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sources = {one.key: one for one in sources}
        field = self.fields["source"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.key, one.title()) for one in sources]

    def clean_key(self) -> str:
        """Small letters only, and no name that stands for something else under /data."""
        key: str = self.cleaned_data["key"].lower()
        if key == "catalogue":
            raise ValidationError(_("This name is taken. Choose another one."))
        return key


class PeriodForm(forms.Form):
    """Which period to prepare; what is corrected when it is published already."""

    period = forms.ChoiceField(label=gettext_lazy("Period"), widget=forms.Select(attrs=INPUT))
    note = OneLine(
        label=gettext_lazy("What is corrected"), max_length=500, required=False,
        help_text=gettext_lazy("Only for a period that is published already. Readers see it."),
    )  # fmt: skip

    def __init__(self, *args: Any, periods: list[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["period"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(slug_of(one.first, one.last), period_words(one.first, one.last)) for one in periods]
