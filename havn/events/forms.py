"""What organisers and guests fill in. They check shape; rules and actions decide."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.common.fields import OneLine
from havn.events import words
from havn.events.models import Event
from havn.events.queries import centres_to_choose
from havn.events.rules import ASKS
from havn.events.sealing import Person
from havn.tenancy.models import Centre, Organisation

_INPUT = {"class": "ds-input"}
_TICK = {"class": "ds-input"}


class Paragraphs(forms.CharField):
    """A longer text."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        super().__init__(**{"widget": forms.Textarea(attrs={**_INPUT, "rows": rows}), **options})


class WallTime(forms.Field):
    """A day and a time as the organiser's clocks show them; the zone is another field."""

    widget = forms.DateTimeInput(attrs={**_INPUT, "type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> dt.datetime | None:
        """Naive. ValidationError for anything that is no day with a time."""
        if not value:
            return None
        try:
            return dt.datetime.fromisoformat(str(value)[:32]).replace(tzinfo=None, second=0, microsecond=0)
        except ValueError:
            raise ValidationError(_("Give a day and a time.")) from None


class EventForm(forms.ModelForm[Event]):
    """Everything about an event. `starts_at` and `ends_at` are read on the clocks of `zone`."""

    starts = WallTime(label=gettext_lazy("Begins"))
    ends = WallTime(label=gettext_lazy("Ends"))
    zone = forms.ChoiceField(label=gettext_lazy("Time zone"), widget=forms.Select(attrs=_INPUT))
    title = OneLine(label=gettext_lazy("Title"), max_length=150)
    summary = OneLine(label=gettext_lazy("In one or two sentences"), max_length=300)
    text = Paragraphs(
        label=gettext_lazy("Text"), rows=8, required=False, max_length=10_000,
        help_text=gettext_lazy("An empty line begins a new paragraph."),
    )  # fmt: skip
    language = forms.ChoiceField(label=gettext_lazy("Language of this text"), widget=forms.Select(attrs=_INPUT))
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages spoken"), widget=forms.CheckboxSelectMultiple(attrs=_TICK)
    )
    audiences = forms.MultipleChoiceField(
        label=gettext_lazy("For whom"), widget=forms.CheckboxSelectMultiple(attrs=_TICK)
    )
    place = OneLine(
        label=gettext_lazy("Place"), required=False, max_length=200,
        help_text=gettext_lazy("Name and address. Empty: online only."),
    )  # fmt: skip
    joining = Paragraphs(
        label=gettext_lazy("How to join"), required=False, max_length=2_000,
        help_text=gettext_lazy("Link, room, code. Only people who have a place see it."),
    )  # fmt: skip
    asks = forms.MultipleChoiceField(
        label=gettext_lazy("Ask beside name and e-mail"), required=False,
        help_text=gettext_lazy("Ask only what you need: it is destroyed after the event."),
        widget=forms.CheckboxSelectMultiple(attrs=_TICK),
    )  # fmt: skip
    payment_note = OneLine(
        label=gettext_lazy("How to pay"), required=False, max_length=500,
        help_text=gettext_lazy("Each person gets a reference of their own to name. Nothing is paid here."),
    )  # fmt: skip

    class Meta:
        model = Event
        fields = (
            "organisation", "title", "summary", "text", "language", "languages", "audiences", "visibility", "zone",
            "place", "is_online", "joining", "takes_registrations", "asks", "capacity", "per_centre",
            "has_waiting_list", "deadline", "close_of_business", "payment_note", "reminder_days", "question_one",
            "question_two", "kept_days",
        )  # fmt: skip
        help_texts = {
            "per_centre": gettext_lazy("How many from one centre."),
            "reminder_days": gettext_lazy("0: no reminder."),
            "kept_days": gettext_lazy("Until who came is destroyed."),
        }
        labels = {
            "organisation": gettext_lazy("Held by"),
            "visibility": gettext_lazy("Who sees it"),
            "is_online": gettext_lazy("Online"),
            "takes_registrations": gettext_lazy("People register here"),
            "capacity": gettext_lazy("Places (empty: any number)"),
            "per_centre": gettext_lazy("Places for each centre (empty: any number)"),
            "has_waiting_list": gettext_lazy("Keep a waiting list when it is full"),
            "deadline": gettext_lazy("Last day to register (empty: until it begins)"),
            "close_of_business": gettext_lazy("Close of business on that day"),
            "reminder_days": gettext_lazy("Remind people so many days before (0: never)"),
            "question_one": gettext_lazy("First question afterwards"),
            "question_two": gettext_lazy("Second question afterwards"),
            "kept_days": gettext_lazy("Destroy who came so many days after the event"),
        }
        widgets = {
            "organisation": forms.Select(attrs=_INPUT),
            "visibility": forms.Select(attrs=_INPUT),
            "is_online": forms.CheckboxInput(attrs=_TICK),
            "takes_registrations": forms.CheckboxInput(attrs=_TICK),
            "has_waiting_list": forms.CheckboxInput(attrs=_TICK),
            "capacity": forms.NumberInput(attrs={**_INPUT, "min": 1}),
            "per_centre": forms.NumberInput(attrs={**_INPUT, "min": 1}),
            "deadline": forms.DateInput(attrs={**_INPUT, "type": "date"}, format="%Y-%m-%d"),
            "close_of_business": forms.TimeInput(attrs={**_INPUT, "type": "time"}, format="%H:%M"),
            "reminder_days": forms.NumberInput(attrs={**_INPUT, "min": 0, "max": 60}),
            "question_one": forms.TextInput(attrs=_INPUT),
            "question_two": forms.TextInput(attrs=_INPUT),
            "kept_days": forms.NumberInput(attrs={**_INPUT, "min": 0, "max": 365}),
        }

    def __init__(self, *args: Any, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.centre = centre
        organisation = self.fields["organisation"]
        organisation.queryset = Organisation.objects.filter(centre=centre).order_by("name")  # type: ignore[attr-defined]
        organisation.empty_label = None  # type: ignore[attr-defined]
        self._choose("zone", [(zone, zone.replace("_", " ")) for zone in _zones(centre)])
        self._choose("language", words.language_choices())
        self._choose("languages", words.language_choices())
        self._choose("audiences", words.audience_choices(), self.instance.audiences, words.audience_name)
        self._choose("asks", [(code, asked_name(code)) for code in ASKS])
        self.fields["visibility"].choices = [  # type: ignore[attr-defined]
            ("public", _("Everybody")),
            ("members", _("Only members who are signed in")),
        ]
        if self.instance.pk:
            zone = ZoneInfo(self.instance.zone)
            self.initial["starts"] = self.instance.starts_at.astimezone(zone).replace(tzinfo=None)
            self.initial["ends"] = self.instance.ends_at.astimezone(zone).replace(tzinfo=None)
        else:
            language = centre.default_language
            first = {"zone": centre.time_zone, "language": language, "languages": [language]}
            self.initial = {**first, **self.initial}

    def clean(self) -> dict[str, Any]:
        """Moments from wall clocks; an end after its beginning; a place; a deadline that is not too late."""
        data: dict[str, Any] = super().clean() or {}
        starts, ends, zone = data.get("starts"), data.get("ends"), data.get("zone")
        if starts and ends and zone:
            self.instance.starts_at = starts.replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)
            self.instance.ends_at = ends.replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)
            if self.instance.ends_at <= self.instance.starts_at:
                self.add_error("ends", _("It ends before it begins."))
            if data.get("deadline") and data["deadline"] > starts.date():
                self.add_error("deadline", _("The last day to register is after the event begins."))
        if not data.get("place") and not data.get("is_online"):
            self.add_error("place", _("Say where it is, or that it is online."))
        if data.get("per_centre") and "centre" not in data.get("asks", []):
            self.add_error("asks", _("To count places for each centre, ask which centre people come from."))
        for name in ("capacity", "per_centre"):
            if data.get(name) == 0:
                self.add_error(name, _("Give at least one place, or leave it empty."))
        if (data.get("reminder_days") or 0) > 60:
            self.add_error("reminder_days", _("Remind people at most 60 days before."))
        return data

    def _choose(self, name: str, choices: list[tuple[str, str]], kept: Any = (), named: Any = str) -> None:
        known = {code for code, _name in choices}
        # What was chosen once stays a choice, also when the vocabulary has let it go.
        more = [(code, named(code)) for code in kept if code not in known]
        self.fields[name].choices = [*choices, *more]  # type: ignore[attr-defined]


def asked_name(code: str) -> str:
    """What may be asked beside name and e-mail, for the organiser."""
    names = {
        "organisation": _("Organisation or school"),
        "centre": _("Which Safer Internet Centre or country"),
        "access": _("What they need to take part (access)"),
        "note": _("A note to the organiser"),
    }
    return names[code]


class CancelForm(forms.Form):
    """Why an event is called off."""

    because = OneLine(label=gettext_lazy("Why, in a sentence (everybody reads it)"), required=False, max_length=300)


class RegistrationForm(forms.Form):
    """What a guest tells: name and e-mail, and what this event asks. `website` must stay empty: only robots fill it."""

    name = OneLine(label=gettext_lazy("Your name"), max_length=100)
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail"),
        max_length=200,
        widget=forms.EmailInput(attrs={**_INPUT, "autocomplete": "email"}),
    )
    organisation = OneLine(label=gettext_lazy("Organisation or school"), max_length=150)
    centre = forms.ChoiceField(label=gettext_lazy("Your centre"), widget=forms.Select(attrs=_INPUT))
    access = Paragraphs(
        label=gettext_lazy("What do you need to take part?"), rows=2, required=False, max_length=500,
        help_text=gettext_lazy("For instance a sign language interpreter or step-free access. You need not answer."),
    )  # fmt: skip
    note = Paragraphs(
        label=gettext_lazy("A note to the organiser"), rows=2, required=False, max_length=500,
        help_text=gettext_lazy("You need not answer."),
    )  # fmt: skip
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["organisation"].widget.attrs["autocomplete"] = "organization"
        for code in ASKS:
            if code not in event.asks:
                del self.fields[code]
        if "centre" in self.fields:
            centres = [(str(centre.pk), words.country_or_name(centre)) for centre in centres_to_choose()]
            self.fields["centre"].choices = [  # type: ignore[attr-defined]
                ("", _("Choose")),
                *sorted(centres, key=lambda one: one[1]),
            ]

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that people fill in."""
        return [self[name] for name in self.fields if name != "website"]

    @property
    def is_a_robots(self) -> bool:
        """Whether the field that nobody sees was filled in."""
        return bool(self.data.get("website"))

    def person(self, site: str) -> Person:
        """Who registers. Only after `is_valid()`."""
        data = self.cleaned_data
        told = {name: data.get(name, "") for name in ("name", "email", "organisation", "access", "note")}
        return Person(**told, site=site)

    def from_centre(self) -> Centre | None:
        """The centre chosen. Only after `is_valid()`."""
        chosen = self.cleaned_data.get("centre")
        return Centre.objects.get(pk=int(chosen)) if chosen else None


class FeedbackForm(forms.Form):
    """How it was: a number, and an answer to each of the organiser's questions."""

    rating = forms.TypedChoiceField(
        label=gettext_lazy("How was it for you?"), coerce=int, widget=forms.RadioSelect(attrs=_TICK)
    )
    answer_one = Paragraphs(required=False, max_length=2_000)
    answer_two = Paragraphs(required=False, max_length=2_000)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rating"].choices = [  # type: ignore[attr-defined]
            ("5", _("5 – very good")),
            ("4", "4"),
            ("3", "3"),
            ("2", "2"),
            ("1", _("1 – not good")),
        ]
        for name, question in (("answer_one", event.question_one), ("answer_two", event.question_two)):
            if question:
                self.fields[name].label = question
            else:
                del self.fields[name]


class FacetForm(forms.Form):
    """Narrow the list of events."""

    audience = forms.ChoiceField(label=gettext_lazy("For whom"), required=False, widget=forms.Select(attrs=_INPUT))
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False, widget=forms.Select(attrs=_INPUT))

    def __init__(self, *args: Any, audiences: set[str], languages: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, codes, named, every in (
            ("audience", audiences, words.audience_name, _("Everybody")),
            ("language", languages, words.language_name, _("All languages")),
        ):
            choices = sorted(((code, named(code)) for code in codes), key=lambda one: one[1])
            self.fields[name].choices = [("", every), *choices]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        """The facets, "" for one that was not chosen or is none of ours."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ("audience", "language")}


def _zones(centre: Centre) -> list[str]:
    return sorted({zone for zone in available_timezones() if zone.startswith("Europe/")} | {"UTC", centre.time_zone})
