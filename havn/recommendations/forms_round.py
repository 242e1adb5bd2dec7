"""A round by its own words: verbs, scale and boxes as lines that a person can read and change."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.common.fields import Day, OneLine
from havn.recommendations.forms import LongText
from havn.recommendations.forms_people import INPUT
from havn.recommendations.models import Instrument, MonitoringRound
from havn.recommendations.rules.factsheet.document import FOLLOW_UP, PRACTICE
from havn.recommendations.rules.refs import is_scheme
from havn.recommendations.rules.rounds import Dates

_MOST = 12
_WORDS = (
    "instrument", "instrument_name", "instrument_body", "name", "theme", "verb_lines", "status_lines",
    "practice_verbs",
)  # fmt: skip
_PARTS = 3


class DaysForm(forms.Form):
    """The days of the round that comes with Havn, and who comments."""

    prepares_from = Day(label=gettext_lazy("The secretariat prepares from"))
    prepares_until = Day(label=gettext_lazy("The secretariat prepares until"))
    fills_from = Day(label=gettext_lazy("The Party fills from"))
    fills_until = Day(label=gettext_lazy("The Party fills until"))
    comments_from = Day(label=gettext_lazy("Others comment from"))
    comments_until = Day(label=gettext_lazy("Others comment until"))
    others = forms.ChoiceField(
        label=gettext_lazy("Who comments"), choices=MonitoringRound.Others.choices, widget=forms.Select(attrs=INPUT)
    )

    def clean(self) -> dict[str, Any]:
        """Days in order."""
        data: dict[str, Any] = super().clean() or {}
        check_days(self, data)
        return data

    def said(self) -> dict[str, Any]:
        """What the action takes. Only after `is_valid()`."""
        data = dict(self.cleaned_data)
        others = data.pop("others")
        return {"dates": Dates(**data), "others": others}


class RoundForm(forms.ModelForm[MonitoringRound]):
    """Name, words and days of a round. Verbs and scale are lines of parts between bars."""

    instrument = forms.ModelChoiceField(
        Instrument.objects.all(), label=gettext_lazy("Instrument"), required=False,
        empty_label=gettext_lazy("Another one, named below"), widget=forms.Select(attrs=INPUT),
    )  # fmt: skip
    instrument_name = OneLine(label=gettext_lazy("Name of another instrument"), required=False, max_length=300)
    instrument_body = OneLine(label=gettext_lazy("Who monitors it"), required=False, max_length=200)
    code = forms.SlugField(
        label=gettext_lazy("Short name in addresses"), max_length=40, widget=forms.TextInput(attrs=INPUT)
    )
    name = OneLine(label=gettext_lazy("Name"), max_length=200)
    theme = OneLine(label=gettext_lazy("Theme"), max_length=500)
    id_scheme = OneLine(
        label=gettext_lazy("What an id looks like"), max_length=40,
        help_text=gettext_lazy("{roman}-{number} reads III-16, R{number} reads R7."),
    )  # fmt: skip
    verb_lines = LongText(
        4, label=gettext_lazy("Verbs, the strongest first"), max_length=4_000,
        help_text=gettext_lazy("A line for each: verb as in the text | name | meaning"),
    )  # fmt: skip
    status_lines = LongText(
        6, label=gettext_lazy("Scale, from nothing to all"), max_length=2_000,
        help_text=gettext_lazy("A line for each: symbol | name | done or open"),
    )  # fmt: skip
    practice_verbs = OneLine(
        label=gettext_lazy("Verbs that a promising practice answers"), max_length=200,
        help_text=gettext_lazy("With commas between them. Follow-up answers all."),
    )  # fmt: skip
    prepares_from = Day(label=gettext_lazy("The secretariat prepares from"))
    prepares_until = Day(label=gettext_lazy("The secretariat prepares until"))
    fills_from = Day(label=gettext_lazy("The Party fills from"))
    fills_until = Day(label=gettext_lazy("The Party fills until"))
    comments_from = Day(label=gettext_lazy("Others comment from"))
    comments_until = Day(label=gettext_lazy("Others comment until"))
    others = forms.ChoiceField(
        label=gettext_lazy("Who comments"), choices=MonitoringRound.Others.choices, widget=forms.Select(attrs=INPUT)
    )
    proves_from = Day(
        label=gettext_lazy("Daily work counts from"), required=False,
        help_text=gettext_lazy("What took place before is not offered as evidence."),
    )  # fmt: skip

    class Meta:
        model = MonitoringRound
        fields = (
            "instrument", "code", "name", "theme", "id_scheme", "prepares_from", "prepares_until", "fills_from",
            "fills_until", "comments_from", "comments_until", "others", "proves_from",
        )  # fmt: skip

    def __init__(self, *args: Any, is_prepared: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = self.instance
        if stored.pk:
            # Addresses of public pages hold the code; ids were read by the scheme.
            for name in ("code", "id_scheme"):
                self.fields[name].disabled = True
        if not is_prepared:
            for name in _WORDS:
                self.fields[name].disabled = True
        for name, lines in {
            "verb_lines": [f"{one['verb']} | {one['name']} | {one['meaning']}" for one in stored.verbs],
            "status_lines": [
                f"{one['symbol']} | {one['name']} | {'done' if one['is_done'] else 'open'}" for one in stored.statuses
            ],
            "practice_verbs": [", ".join(stored.boxes.get(PRACTICE, {}).get("verbs", []))],
        }.items():
            self.initial.setdefault(name, "\n".join(lines))

    def clean_id_scheme(self) -> str:
        """It has a number and no place that is not known."""
        scheme: str = self.cleaned_data["id_scheme"]
        if not is_scheme(scheme):
            raise ValidationError(_("Write {number} where the number stands, and {roman} where the chapter does."))
        return scheme

    def clean_verb_lines(self) -> list[dict[str, str]]:
        """Verbs as data."""
        return [
            {"verb": verb.lower()[:20], "name": name, "meaning": meaning}
            for verb, name, meaning in _lines(self.cleaned_data["verb_lines"])
        ]

    def clean_status_lines(self) -> list[dict[str, object]]:
        """The scale as data. A step keeps its code by its place, so that follow-ups keep theirs when it is renamed."""
        known = [str(one["code"]) for one in self.instance.statuses]
        found = _lines(self.cleaned_data["status_lines"])
        if len(found) < len(known):
            raise ValidationError(_("A step that was used cannot go. Rename it instead."))
        if any(done not in {"done", "open"} for _symbol, _name, done in found):
            raise ValidationError(_("Each line ends with done or open."))
        return [
            {
                "code": known[at] if at < len(known) else f"step-{at + 1}",
                "symbol": symbol[:4],
                "name": name,
                "is_done": done == "done",
            }
            for at, (symbol, name, done) in enumerate(found)
        ]

    def clean(self) -> dict[str, Any]:
        """Days in order, an instrument, and verbs that are known."""
        data: dict[str, Any] = super().clean() or {}
        check_days(self, data)
        if not data.get("instrument") and not (data.get("instrument_name") and data.get("instrument_body")):
            self.add_error("instrument_name", _("Choose an instrument, or name another one and who monitors it."))
        known = {one["verb"] for one in data.get("verb_lines") or []}
        asked = [one.strip().lower() for one in (data.get("practice_verbs") or "").split(",") if one.strip()]
        if known and not set(asked) <= known:
            self.add_error("practice_verbs", _("Use verbs that stand above."))
        return data

    def round(self) -> MonitoringRound:
        """The round, unsaved, with an instrument that is stored when it is new. Only after `is_valid()`."""
        data = self.cleaned_data
        made = self.save(commit=False)
        made.verbs, made.statuses = data["verb_lines"], data["status_lines"]
        verbs = [one["verb"] for one in made.verbs]
        asked = [one.strip().lower() for one in data["practice_verbs"].split(",") if one.strip()]
        made.boxes = {
            FOLLOW_UP: {"name": "Follow-up actions:", "colour": "orange", "verbs": verbs},
            PRACTICE: {"name": "Promising practices:", "colour": "blue", "verbs": asked},
        }
        return made


def check_days(form: forms.BaseForm, data: dict[str, Any]) -> None:
    """Say beside the last day of a phase that it ends before it begins."""
    for first, last in (
        ("prepares_from", "prepares_until"),
        ("fills_from", "fills_until"),
        ("comments_from", "comments_until"),
    ):
        if data.get(first) and data.get(last) and data[last] < data[first]:
            form.add_error(last, _("It ends before it begins."))


def _lines(text: str) -> list[tuple[str, str, str]]:
    found = []
    for line in text.splitlines():
        if not line.strip():
            continue
        parts = [part.strip() for part in line.split("|", _PARTS - 1)]
        if len(parts) != _PARTS or not all(parts):
            raise ValidationError(
                _("Each line has three parts with | between them: “%(line)s” has not.") % {"line": line}
            )
        found.append((parts[0], parts[1], parts[2]))
    if not 1 <= len(found) <= _MOST:
        raise ValidationError(_("Write one to twelve lines."))
    return found
