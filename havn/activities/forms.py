"""What people fill in about an activity. Forms check shape; rules, actions and the database decide."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.activities import words
from havn.activities.evidence import thing_choices
from havn.activities.models import LARGEST, Activity, Basis, Evidence, Group, Kind, Measure, Reach
from havn.activities.queries import Choice
from havn.common.fields import INPUT, Day, OneLine
from havn.tenancy.models import Centre, Organisation

_DAY = {**INPUT, "type": "date"}
FREE_ROWS = 3
MOST_ROWS = 60


class ActivityForm(forms.ModelForm[Activity]):
    """What was done, when, where and with how much work."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), widget=forms.Select(attrs=INPUT))
    title = OneLine(label=gettext_lazy("Title"), max_length=150)
    text = forms.CharField(
        label=gettext_lazy("What was done"), required=False, max_length=4_000,
        widget=forms.Textarea(attrs={**INPUT, "rows": 4}),
        help_text=gettext_lazy("Nothing about single persons: no names, nothing by which somebody could be known."),
    )  # fmt: skip
    starts_on = Day(label=gettext_lazy("First day"))
    ends_on = Day(label=gettext_lazy("Last day (empty: the same)"), required=False)
    place = OneLine(label=gettext_lazy("Place"), required=False, max_length=200)
    region = OneLine(label=gettext_lazy("Region"), required=False, max_length=100)
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Topics"), required=False, widget=forms.CheckboxSelectMultiple(attrs=INPUT)
    )
    countries = forms.MultipleChoiceField(
        label=gettext_lazy("Countries, where it was not at home alone"), required=False,
        widget=forms.CheckboxSelectMultiple(attrs=INPUT),
    )  # fmt: skip

    class Meta:
        model = Activity
        fields = (
            "organisation", "kind", "title", "text", "starts_on", "ends_on", "place", "is_online", "region", "topics",
            "countries", "hours", "cost",
        )  # fmt: skip
        labels = {
            "organisation": gettext_lazy("Done by"),
            "is_online": gettext_lazy("Online"),
            "hours": gettext_lazy("Hours of work"),
            "cost": gettext_lazy("Cost in euro"),
        }
        help_texts = {
            "hours": gettext_lazy("Of everybody together, preparing included. Empty: not noted."),
            "cost": gettext_lazy("What had to be paid. Empty: not noted."),
        }
        widgets = {
            "organisation": forms.Select(attrs=INPUT),
            "is_online": forms.CheckboxInput(attrs=INPUT),
            "hours": forms.NumberInput(attrs={**INPUT, "min": 0, "step": "0.25"}),
            "cost": forms.NumberInput(attrs={**INPUT, "min": 0, "step": "0.01"}),
        }

    def __init__(self, *args: Any, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.centre = centre
        organisation = self.fields["organisation"]
        organisation.queryset = Organisation.objects.filter(centre=centre).order_by("name")  # type: ignore[attr-defined]
        organisation.empty_label = None  # type: ignore[attr-defined]
        choose(self.fields["kind"], Kind.choices, _("Choose"))
        choose(self.fields["topics"], _with_kept(words.topic_choices(), self.instance.topics, words.topic_name))
        choose(
            self.fields["countries"],
            _with_kept(words.country_choices(), self.instance.countries, words.country_name),
        )

    def clean(self) -> dict[str, Any]:
        """The last day is the first when it is not given, and never before it."""
        data: dict[str, Any] = super().clean() or {}
        first = data.get("starts_on")
        if first and not data.get("ends_on") and "ends_on" not in self.errors:
            data["ends_on"] = first
        if first and data.get("ends_on") and data["ends_on"] < first:
            self.add_error("ends_on", _("It ends before it begins."))
        return data


class ReachForm(forms.Form):
    """One line of "who was reached"."""

    group = forms.ChoiceField(label=gettext_lazy("Who"), widget=forms.Select(attrs=INPUT))
    number = forms.IntegerField(
        label=gettext_lazy("How many"), min_value=0, max_value=LARGEST,
        widget=forms.NumberInput(attrs={**INPUT, "min": 0}),
    )  # fmt: skip
    measure = forms.ChoiceField(label=gettext_lazy("Of what"), widget=forms.Select(attrs=INPUT))
    basis = forms.ChoiceField(label=gettext_lazy("How it is known"), widget=forms.Select(attrs=INPUT))
    how = OneLine(label=gettext_lazy("How it was counted, or which platform says so"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self.fields["group"], Group.choices, _("Choose"))
        choose(self.fields["measure"], Measure.choices, _("Choose"))
        choose(self.fields["basis"], Basis.choices, _("Choose"))

    def clean(self) -> dict[str, Any]:
        """What was not counted says how it is known."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("basis") not in {None, Basis.COUNTED} and not data.get("how") and "how" not in self.errors:
            self.add_error("how", _("Say which platform, or how you came to this number."))
        return data


class EvidenceForm(forms.Form):
    """One line of evidence: a link, or something that is kept here."""

    label = OneLine(label=gettext_lazy("What it is"), max_length=150)
    url = forms.CharField(
        label=gettext_lazy("Link"), required=False, max_length=500, validators=[URLValidator(schemes=["https"])],
        widget=forms.URLInput(attrs={**INPUT, "placeholder": "https://"}),
    )  # fmt: skip
    thing = forms.ChoiceField(
        label=gettext_lazy("Or something in Havn"), required=False, widget=forms.Select(attrs=INPUT)
    )

    def __init__(self, *args: Any, things: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.initial.get("thing", "")
        known = {code for code, _name in things}
        more = [(kept, kept)] if kept and kept not in known else []
        choose(self.fields["thing"], [*things, *more], "–")

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(data.get("url")) == bool(data.get("thing")):
            self.add_error("url", _("Give a link, or choose something in Havn: one of the two."))
        return data


_ReachRows = forms.formset_factory(
    ReachForm, extra=FREE_ROWS, can_delete=True, max_num=MOST_ROWS, validate_max=True, absolute_max=MOST_ROWS
)
_EvidenceRows = forms.formset_factory(
    EvidenceForm, extra=FREE_ROWS - 1, can_delete=True, max_num=MOST_ROWS, validate_max=True, absolute_max=MOST_ROWS
)


class RecordForm:
    """The three parts of the screen as one: the activity, who was reached, the evidence."""

    def __init__(
        self, data: Mapping[str, Any] | None, *, centre: Centre, activity: Activity | None, first: "FirstValues"
    ) -> None:
        stored = activity or Activity()
        reach = [_reach_values(row) for row in stored.reach.all()] if stored.pk else first.reach
        evidence = [_evidence_values(row) for row in stored.evidence.all()] if stored.pk else first.evidence
        self.activity = ActivityForm(data, instance=stored, centre=centre, initial=first.activity)
        self.reach = _ReachRows(data, prefix="reach", initial=reach)
        self.evidence = _EvidenceRows(
            data, prefix="evidence", initial=evidence, form_kwargs={"things": thing_choices(centre)}
        )

    def is_valid(self) -> bool:
        """Whether all three are; each is looked at, so that all mistakes are said at once."""
        return all([self.activity.is_valid(), self.reach.is_valid(), self.evidence.is_valid()])

    @property
    def has_errors(self) -> bool:
        """Whether something is to be mended."""
        parts = (self.reach, self.evidence)
        return bool(self.activity.errors) or any(part.total_error_count() for part in parts)

    def reach_rows(self) -> list[Reach]:
        """The lines, unsaved. Only after `is_valid()`."""
        return [Reach(**values) for values in _kept(self.reach)]

    def evidence_rows(self) -> list[Evidence]:
        """The lines, unsaved. Only after `is_valid()`."""
        return [_evidence(values) for values in _kept(self.evidence)]


class FirstValues:
    """What stands in the fields of a new activity, for instance of an event that is taken over."""

    def __init__(
        self,
        activity: dict[str, Any] | None = None,
        reach: list[dict[str, Any]] | None = None,
        evidence: list[dict[str, Any]] | None = None,
    ) -> None:
        self.activity, self.reach, self.evidence = activity or {}, reach or [], evidence or []


class FilterForm(forms.Form):
    """Which part of the log is looked at."""

    first = Day(label=gettext_lazy("From"), required=False)
    last = Day(label=gettext_lazy("To"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False, widget=forms.Select(attrs=INPUT))
    organisation = forms.ChoiceField(label=gettext_lazy("Done by"), required=False, widget=forms.Select(attrs=INPUT))

    def __init__(self, *args: Any, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = Organisation.objects.filter(centre=centre).order_by("name").values_list("pk", "name")
        choose(self.fields["kind"], Kind.choices, _("All kinds"))
        choose(self.fields["organisation"], [(str(pk), name) for pk, name in organisations], _("Everybody"))

    def choice(self) -> Choice:
        """What is asked for; what cannot be read asks for nothing."""
        self.is_valid()
        data = self.cleaned_data
        organisation = data.get("organisation") or ""
        return Choice(
            data.get("first"), data.get("last"), data.get("kind") or "", int(organisation) if organisation else None
        )


def choose(field: forms.Field, choices: Iterable[tuple[str, Any]], empty: str | None = None) -> None:
    """Give a field its choices, after an empty one where there is a word for it."""
    field.choices = [*([("", empty)] if empty is not None else []), *choices]  # type: ignore[attr-defined]


def _with_kept(choices: list[tuple[str, str]], kept: list[str], named: Any) -> list[tuple[str, str]]:
    # What was chosen once stays a choice, also when the vocabulary has let it go.
    known = {code for code, _name in choices}
    return [*choices, *((code, named(code)) for code in kept if code not in known)]


def _kept(rows: Any) -> list[dict[str, Any]]:
    """The values of the lines that were filled in and not ticked as removed."""
    values = [form.cleaned_data for form in rows.forms if form.has_changed() or form.initial]
    return [
        {name: value for name, value in one.items() if name != "DELETE"}
        for one in values
        if one and not one.get("DELETE")
    ]


def _reach_values(row: Reach) -> dict[str, Any]:
    return {
        "group": row.group, "measure": row.measure, "number": row.number, "basis": row.basis, "how": row.how
    }  # fmt: skip


def _evidence_values(row: Evidence) -> dict[str, Any]:
    return {"label": row.label, "url": row.url, "thing": f"{row.kind}:{row.object_id}" if row.kind else ""}


def _evidence(values: dict[str, Any]) -> Evidence:
    kind, _colon, number = values["thing"].partition(":")
    return Evidence(label=values["label"], url=values["url"], kind=kind, object_id=int(number) if number else None)
