"""The forms of the desk: facts of an entry, a way to reach it with its hours, its confirmer, and doubts."""

import datetime as dt
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.centres.api import Channel, ContactPoint, StaffGroup, channel_name, weekday_name
from havn.common.language import reader_language
from havn.directory.countries import ZONES, language_name, spoken_in
from havn.directory.models import Entry, PublishedHours
from havn.directory.rules.checks import CALLED
from havn.directory.rules.hours import DayTimes, problem_of, rule_of_week
from havn.directory.rules.numbers import read_number
from havn.directory.rules.topics import TOPICS
from havn.directory.words import audience_name, hotline_kind_words, topic_name
from havn.tenancy.models import Service

ROWS_OF_HOURS = 3


class YesNo(forms.TypedChoiceField):
    """Yes, no, or not known."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            required=False,
            label=label,
            choices=[("", gettext_lazy("Not known")), ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
            coerce=lambda value: value == "yes",
            empty_value=None,
            widget=forms.Select(attrs={"class": "ds-input"}),
        )

    def prepare_value(self, value: Any) -> Any:
        """The row's value as the form's."""
        return {True: "yes", False: "no", None: ""}.get(value, value)


def _text(label: Any, longest: int, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=longest, required=False, widget=forms.TextInput(attrs={"class": "ds-input"}), **options
    )


def _number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=120,
        required=False,
        widget=forms.NumberInput(attrs={"class": "ds-input"}),
    )


def _several(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple())


def _url(label: Any) -> forms.URLField:
    return forms.URLField(
        label=label,
        required=False,
        max_length=200,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "ds-input"}),
    )


def _mail(label: Any) -> forms.EmailField:
    return forms.EmailField(label=label, required=False, widget=forms.EmailInput(attrs={"class": "ds-input"}))


def _date(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"class": "ds-input", "type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


def languages_offered() -> list[tuple[str, str]]:
    """The languages of the network's countries, by their names in the reader's language."""
    codes = {code for country in ZONES for code in spoken_in(country)} | {"se", "ar", "ru", "so", "tr"}
    language = reader_language()
    return sorted(((code, language_name(code, language)) for code in codes), key=lambda one: one[1])


def staff_groups() -> list[tuple[str, str]]:
    """Who may answer; "" for not known."""
    return [
        ("", _("Not known")),
        (StaffGroup.VOLUNTEERS, _("Volunteers")),
        (StaffGroup.PROFESSIONALS, _("Professionals")),
        (StaffGroup.POLICE, _("The police")),
    ]


class FactsForm(forms.Form):
    """What is true of the service whatever way one reaches it. Empty means: not known."""

    name = _text(gettext_lazy("Name"), 200)
    audiences = _several(gettext_lazy("For whom"))
    ages_from = _number(gettext_lazy("Youngest age"))
    ages_to = _number(gettext_lazy("Oldest age"))
    languages = _several(gettext_lazy("Languages in which somebody answers"))
    topics = _several(gettext_lazy("About what (none: about anything)"))
    free = YesNo(gettext_lazy("Free"))
    anonymous = YesNo(gettext_lazy("One may stay anonymous"))
    inhope = YesNo(gettext_lazy("Member of INHOPE"))
    hotline_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of hotline"), required=False, widget=forms.Select(attrs={"class": "ds-input"})
    )
    website = _url(gettext_lazy("Website"))
    note = forms.CharField(
        label=gettext_lazy("Note, shown to the public"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"class": "ds-input", "rows": 3}),
    )

    def __init__(self, data: QueryDict | None = None, *, service: Service, entry: Entry) -> None:
        initial = {name: getattr(entry, name) for name in ("audiences", "topics", "website", "note", "hotline_kind")}
        initial |= {name: getattr(entry, name) for name in ("free", "anonymous", "inhope", "ages_from", "ages_to")}
        initial |= {"name": service.name, "languages": service.languages}
        super().__init__(data, initial=initial)
        self.service, self.entry = service, entry
        self._choices("audiences", [(code, audience_name(code)) for code in Service.Audience.values])
        self._choices("topics", [(code, topic_name(code)) for code in TOPICS])
        offered = languages_offered()
        extra = [(code, code) for code in service.languages if code not in dict(offered)]
        self._choices("languages", [*offered, *extra])
        if service.kind == Service.Kind.HOTLINE:
            kinds = [(code, hotline_kind_words(code)) for code in Entry.HotlineKind.values]
            self._choices("hotline_kind", [("", _("Not known")), *kinds])
        else:
            del self.fields["inhope"], self.fields["hotline_kind"]

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Ages go upwards."""
        data = super().clean() or {}
        youngest, oldest = data.get("ages_from"), data.get("ages_to")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("ages_to", _("The oldest age is below the youngest."))
        return data

    def apply(self) -> tuple[Service, Entry]:
        """Put the form into the rows, unsaved. Only after `is_valid()`."""
        data = self.cleaned_data
        self.service.name = data["name"]
        self.service.languages = _in_order(self.service.languages, data["languages"])
        if data["audiences"] and self.service.audience not in data["audiences"]:
            self.service.audience = data["audiences"][0]
        for name in self.fields.keys() - {"name", "languages"}:
            value = data[name]
            setattr(self.entry, name, _in_order(getattr(self.entry, name), value) if isinstance(value, list) else value)
        return self.service, self.entry


class PointForm(forms.Form):
    """One way to reach the service. A number is checked against the plan of its country, and never refused for it."""

    channel = forms.ChoiceField(label=gettext_lazy("Way"), widget=forms.Select(attrs={"class": "ds-input"}))
    number = _text(gettext_lazy("Number, as it is printed"), 30)
    menu = _text(gettext_lazy("Keys to press after it answers"), 20)
    url = _url(gettext_lazy("Address on the web"))
    email = _mail(gettext_lazy("E-mail"))
    label = _text(gettext_lazy("Its own name, where it has one"), 120)
    free = YesNo(gettext_lazy("Free"))
    staff_group = forms.ChoiceField(
        label=gettext_lazy("Who answers"), required=False, widget=forms.Select(attrs={"class": "ds-input"})
    )
    note = _text(gettext_lazy("Note in one sentence, shown to the public"), 200)

    def __init__(self, data: QueryDict | None = None, *, point: ContactPoint, country: str) -> None:
        names = ("channel", "number", "menu", "url", "email", "label", "free", "staff_group")
        initial = {name: getattr(point, name) for name in names}
        initial["note"] = point.note.get(_language()) or point.note.get("en", "")
        super().__init__(data, initial=initial)
        self.point, self.country = point, country
        channel, group = self.fields["channel"], self.fields["staff_group"]
        assert isinstance(channel, forms.ChoiceField)
        assert isinstance(group, forms.ChoiceField)
        channel.choices = [(code, channel_name(code)) for code in Channel.values]
        group.choices = staff_groups()

    def clean_number(self) -> str:
        """Something that a telephone can dial."""
        number: str = self.cleaned_data["number"]
        if number and not any(sign.isdigit() for sign in number):
            raise forms.ValidationError(_("This is not a number."))
        return number

    @property
    def number_problem(self) -> str:
        """What the plan of the country says of the number typed; "" when all is well."""
        typed = self["number"].value() or ""
        if not typed or (self["channel"].value() not in CALLED):
            return ""
        return read_number(typed, self.country).problem

    def apply(self) -> ContactPoint:
        """Put the form into the row, unsaved. Only after `is_valid()`."""
        data = dict(self.cleaned_data)
        note = data.pop("note")
        for name, value in data.items():
            setattr(self.point, name, value)
        kept = {code: text for code, text in self.point.note.items() if code != _language()}
        self.point.note = {**kept, _language(): note} if note else kept
        return self.point


class HoursForm(forms.Form):
    """One rule of published hours. A row without rule and words is no row."""

    rule = _text(gettext_lazy("Rule"), 255)
    words = _text(gettext_lazy("Only in words"), 255)
    language = forms.ChoiceField(
        label=gettext_lazy("Only in"), required=False, widget=forms.Select(attrs={"class": "ds-input"})
    )
    staff_group = forms.ChoiceField(
        label=gettext_lazy("Who answers"), required=False, widget=forms.Select(attrs={"class": "ds-input"})
    )
    published = _text(gettext_lazy("Printed where or when, if not certain"), 40)
    valid_from = _date(gettext_lazy("From"))
    valid_to = _date(gettext_lazy("Until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language, group = self.fields["language"], self.fields["staff_group"]
        assert isinstance(language, forms.ChoiceField)
        assert isinstance(group, forms.ChoiceField)
        language.choices = [("", _("every language")), *languages_offered()]
        group.choices = staff_groups()

    def clean_rule(self) -> str:
        """A rule that can be read."""
        rule: str = self.cleaned_data["rule"].strip()
        if rule and problem_of(rule):
            raise forms.ValidationError(
                _("These hours cannot be read. Write them like this: Mo-Fr 14:00-20:00; PH off")
            )
        return rule

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        data = super().clean() or {}
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day is before the first."))
        return data


class BaseHours(BaseFormSet[HoursForm]):
    """The rows of hours of one point."""

    def rows(self) -> list[PublishedHours]:
        """The rows as unsaved hours. Only after `is_valid()`."""
        filled = [form.cleaned_data for form in self.forms if form.cleaned_data.get("rule") or _words(form)]
        return [PublishedHours(**data) for data in filled]


HoursForms = formset_factory(HoursForm, formset=BaseHours, extra=0, max_num=20, absolute_max=20)


def hours_as_initial(rows: list[PublishedHours]) -> list[dict[str, Any]]:
    """What the rows show first: what stands, and empty rows up to three."""
    names = ("rule", "words", "language", "staff_group", "published", "valid_from", "valid_to")
    shown = [{name: getattr(row, name) for name in names} for row in rows]
    return shown + [{} for _row in range(max(1, ROWS_OF_HOURS - len(shown)))]


class WeekHelper(forms.Form):
    """A plain week for those who do not know the syntax: the same hours on the days ticked."""

    days = _several(gettext_lazy("Days"))
    opens = forms.TimeField(
        label=gettext_lazy("Opens"), required=False, widget=forms.TimeInput(attrs={"class": "ds-input", "type": "time"})
    )
    closes = forms.TimeField(
        label=gettext_lazy("Closes"),
        required=False,
        widget=forms.TimeInput(attrs={"class": "ds-input", "type": "time"}),
    )
    closed_on_holidays = forms.BooleanField(label=gettext_lazy("Closed on public holidays"), required=False)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, prefix="week")
        days = self.fields["days"]
        assert isinstance(days, forms.ChoiceField)
        days.choices = [(str(number), weekday_name(number)) for number in range(7)]

    def clean(self) -> dict[str, Any]:
        """All of days, opening and closing, or none of them."""
        data = super().clean() or {}
        given = [bool(data.get("days")), data.get("opens") is not None, data.get("closes") is not None]
        if any(given) and not all(given):
            self.add_error(None, _("Give days, opening and closing, or none of them."))
        return data

    def rule(self) -> str:
        """The rule that the week makes; "" when nothing was filled in. Only after `is_valid()`."""
        data = self.cleaned_data
        if not data["days"]:
            return ""
        opens: dt.time = data["opens"]
        times = [DayTimes(int(day), opens, data["closes"]) for day in data["days"]]
        return rule_of_week(times, closed_on_holidays=data["closed_on_holidays"])


class ConfirmerForm(forms.Form):
    """Who is asked, and how often."""

    confirmer_name = _text(gettext_lazy("Person or office that confirms"), 120)
    confirmer_email = _mail(gettext_lazy("E-mail address for the reminder"))
    clock_days = forms.IntegerField(
        label=gettext_lazy("Days until the entries of this country must be confirmed again"),
        min_value=7,
        max_value=730,
        widget=forms.NumberInput(attrs={"class": "ds-input"}),
    )


class WordsForm(forms.Form):
    """One text: what is wrong, which sources differ, how a doubt was settled."""

    words = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"class": "ds-input", "rows": 3}))


def _in_order(before: list[str], chosen: list[str]) -> list[str]:
    """What was ticked in the order it stood in, the usual language first; what is new behind it."""
    return [code for code in before if code in chosen] + [code for code in chosen if code not in before]


def _words(form: HoursForm) -> str:
    return str(form.cleaned_data.get("words", ""))


def _language() -> str:
    return reader_language()
