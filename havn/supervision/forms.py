"""The forms of supervision's settings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havn.helpline.rules.record import RISKS
from havn.helpline.words_desk import risk_label
from havn.supervision.models import SupervisionSettings


class SupervisionForm(forms.Form):
    """The two clocks."""

    note_days = forms.IntegerField(
        min_value=1,
        max_value=31,
        label=_("Days a note to the next shift is kept"),
        help_text=_("Then it is destroyed in the night."),
    )
    second_person_minutes = forms.IntegerField(
        min_value=1,
        max_value=60,
        label=_("Minutes in which a second person comes when danger is imminent"),
        help_text=_("After that it calls again at the wall and at the supervisors' desks until somebody comes."),
    )


class IdentityForm(forms.Form):
    """The model of identity, with what it rests on."""

    model = forms.ChoiceField(label=_("What may be found out of who a child is"), widget=forms.RadioSelect)
    basis = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        label=_("Its basis: which law, decision or agreement allows it"),
        help_text=_("Needed for all but the first."),
    )
    basis_on = forms.DateField(
        required=False, widget=forms.DateInput(attrs={"type": "date"}), label=_("The date of that basis")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "blind": _("Nobody can trace a child. Help comes only where the child says who and where."),
            "police": _(
                "We see nothing, and the police may try to find out where a child is when a life is in danger."
            ),
            "helpline": _("We may look, or ask, where a child is when a life is in danger."),
        }
        model = self.fields["model"]
        assert isinstance(model, forms.ChoiceField)
        model.choices = [(one.value, words[one.value]) for one in SupervisionSettings.Identity]


class CriteriaForm(forms.Form):
    """By what each level of risk is told, in one language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for level in RISKS:
            self.fields[level] = forms.CharField(
                required=False,
                max_length=1200,
                widget=forms.Textarea(attrs={"rows": 3}),
                label=risk_label(level),
            )

    def texts(self) -> dict[str, str]:
        """The words of each level. Only of a valid form."""
        return {level: self.cleaned_data[level] for level in RISKS}
