"""The forms of quality's settings, and what a review's page sends."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from havn.quality.actions.reviewing import LONGEST_NOTE, WHOLE
from havn.quality.actions.settings import BOUNDS
from havn.quality.rules.criteria import FOUR, SCALES, YES_NO, Criterion
from havn.quality.rules.sample import ALL, PERSON

SCALE_WORDS = {FOUR: _("1 to 4"), YES_NO: _("Yes or no")}


def _number(name: str, label: Any, help_text: Any = "") -> forms.IntegerField:
    low, high = BOUNDS[name]
    return forms.IntegerField(min_value=low, max_value=high, label=label, help_text=help_text)


class CareForm(forms.Form):
    """Everything that is a number, and which reasons are hard."""

    pause_after_talks = _number(
        "pause_after_talks", _("Hard talks in a row after which a pause is proposed"), _("0 proposes none.")
    )
    pause_after_minutes = _number(
        "pause_after_minutes", _("Minutes in hard talks after which a pause is proposed"), _("0 proposes none.")
    )
    pause_minutes = _number("pause_minutes", _("Minutes a pause lasts"))
    much_talks = _number("much_talks", _("Hard talks in a week that are much for one person"))
    keep_weeks = _number(
        "keep_weeks",
        _("Weeks that load and answers are kept"),
        _("Then they are destroyed in the night. Everybody can delete their own before."),
    )
    least_people = _number(
        "least_people",
        _("Fewest people of whom a number is shown"),
        _("Numbers of fewer people are left out, also of scores."),
    )
    sample_count = _number("sample_count", _("Talks drawn for review each week"), _("0 draws none."))
    sample_each = forms.ChoiceField(
        label=_("So many"), choices=[(ALL, _("of all together")), (PERSON, _("of each counsellor"))]
    )
    hard_reasons = forms.MultipleChoiceField(
        required=False, label=_("Reasons that are hard whatever the risk"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, reasons: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["hard_reasons"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = reasons


class CriterionForm(forms.Form):
    """One more criterion, in the language of the page."""

    text = forms.CharField(required=False, max_length=300, label=_("One more criterion"))
    scale = forms.ChoiceField(label=_("Its scale"), choices=list(SCALE_WORDS.items()))


def scores_sent(data: QueryDict, criteria: list[Criterion]) -> dict[str, int]:
    """The answers that a review's page sent: those of each criterion's scale, and no others."""
    sent = {one.code: data.get(f"score-{one.code}", "") for one in criteria}
    return {one.code: int(sent[one.code]) for one in criteria if sent[one.code] in map(str, SCALES[one.scale])}


def notes_sent(data: QueryDict, criteria: list[Criterion]) -> dict[str, str]:
    """The notes that a review's page sent."""
    codes = [*(one.code for one in criteria), WHOLE]
    return {code: data.get(f"note-{code}", "")[:LONGEST_NOTE] for code in codes}
