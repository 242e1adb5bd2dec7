"""What staff fill in about a survey. Forms check shape; actions decide."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.common.fields import INPUT, Day, Words
from havn.common.language import reader_language
from havn.forms.api import FormVersion, Kind, frozen_versions_for, parsed
from havn.surveys.models import KEEP_DAYS, MOST_KEEP_DAYS, Survey, Wave
from havn.surveys.rules.fitness import MOST_SPLITS, may_split
from havn.tenancy.models import Centre

LONGEST = {"title": 120, "for_whom": 300, "why": 1_500, "afterwards": 1_000, "guardian": 1_500}


class Versions(forms.ModelChoiceField[FormVersion]):
    """A version of a form, called by its title."""

    def label_from_instance(self, obj: Any) -> str:
        """ "Gaming, version 2"."""
        return version_name(obj)


class ByLanguage(forms.Form):
    """A form in which some texts have a field for each of the centre's languages, the first one first."""

    texts: tuple[str, ...] = ()

    def __init__(self, *args: Any, centre: Centre, **options: Any) -> None:
        super().__init__(*args, **options)
        self.languages: list[str] = centre.languages or [settings.LANGUAGE_CODE]

    def add_text(self, name: str, label: str, *, longest: int, rows: int, told: str = "", needed: bool = True) -> None:
        """One field for each language. Only the first language's is needed."""
        names = dict(settings.LANGUAGES)
        for code in self.languages:
            widget = forms.Textarea if rows > 1 else forms.TextInput
            more = {"rows": rows} if rows > 1 else {}
            field = Words(
                label=f"{label} ({names.get(code, code)})", max_length=longest, help_text=told,
                required=needed and code == self.languages[0], widget=widget(attrs={**INPUT, "lang": code, **more}),
            )  # fmt: skip
            self.fields[f"{name}_{code}"] = field

    def text(self, name: str) -> dict[str, str]:
        """What was written, by language; empty ones left out."""
        given = {code: self.cleaned_data.get(f"{name}_{code}", "") for code in self.languages}
        return {code: text for code, text in given.items() if text}

    def shown(self, name: str) -> list[forms.BoundField]:
        """The fields of one text."""
        return [self[f"{name}_{code}"] for code in self.languages]


class SurveyForm(ByLanguage):
    """What a survey says before its first question."""

    slug = forms.SlugField(
        label=gettext_lazy("Address"), max_length=60, widget=forms.TextInput(attrs=INPUT),
        help_text=gettext_lazy("The last part of the link: letters a to z, numbers and hyphens."),
    )  # fmt: skip
    keep_days = forms.IntegerField(
        label=gettext_lazy("Days after the closing in which single answers are kept"), min_value=0,
        max_value=MOST_KEEP_DAYS, initial=KEEP_DAYS, widget=forms.NumberInput(attrs=INPUT),
        help_text=gettext_lazy("Then only the numbers of the results stay, published or not."),
    )  # fmt: skip

    def __init__(self, *args: Any, centre: Centre, survey: Survey | None = None, **options: Any) -> None:
        super().__init__(*args, centre=centre, initial=_initial(survey) if survey else None, **options)
        self.centre = centre
        self.add_text("title", _("Title"), longest=LONGEST["title"], rows=1)
        self.add_text(
            "for_whom", _("For whom"), longest=LONGEST["for_whom"], rows=2, needed=False,
            told=_("Above all the age: “For you who are 9 to 17”."),
        )  # fmt: skip
        self.add_text("why", _("Who asks, and why"), longest=LONGEST["why"], rows=4, needed=False)
        self.add_text(
            "afterwards", _("What happens with the answers"), longest=LONGEST["afterwards"], rows=3, needed=False
        )
        self.add_text(
            "guardian", _("For parents and teachers"), longest=LONGEST["guardian"], rows=3, needed=False,
            told=_("What an adult should know or do first, as the law of your country asks. May stay empty."),
        )  # fmt: skip

    @property
    def parts(self) -> list[list[forms.BoundField]]:
        """The texts, each with its languages."""
        return [self.shown(name) for name in LONGEST]

    def survey(self, survey: Survey | None) -> Survey:
        """The survey as it was filled in, not stored."""
        found = survey or Survey(centre=self.centre)
        found.slug, found.keep_days = self.cleaned_data["slug"], self.cleaned_data["keep_days"]
        for name in LONGEST:
            setattr(found, name, self.text(name))
        return found


class WaveForm(forms.Form):
    """With which form a wave asks, and on which days. Days are the centre's own."""

    version = Versions(
        FormVersion.objects.none(), label=gettext_lazy("Form"), widget=forms.Select(attrs=INPUT), empty_label=None
    )
    opens_on = Day(label=gettext_lazy("First day"))
    closes_on = Day(label=gettext_lazy("Last day"))
    split_by = forms.MultipleChoiceField(
        label=gettext_lazy("Show results by"), required=False, widget=forms.CheckboxSelectMultiple(attrs=INPUT),
        help_text=gettext_lazy(
            "Tick up to two. They are fixed before anybody answers, so that nobody can look for single children "
            "afterwards."
        ),
    )  # fmt: skip

    def __init__(
        self, *args: Any, survey: Survey, wave: Wave | None = None, like: Wave | None = None, **options: Any
    ) -> None:
        """`like`: a wave whose form and split are proposed, but not its days."""
        self.survey, self.zone = survey, ZoneInfo(survey.centre.time_zone)
        super().__init__(*args, **{"initial": self._days(wave) | self._asks(wave or like), **options})
        field = self.fields["version"]
        assert isinstance(field, Versions)
        field.queryset = frozen_versions_for(survey.centre).filter(form__kind=Kind.SURVEY)
        self.may: dict[int, dict[str, str]] = {version.pk: _splits(version) for version in field.queryset}
        self.names: dict[int, str] = {version.pk: version_name(version) for version in field.queryset}
        self.labels: dict[str, str] = {}
        for splits in self.may.values():
            # The newest version of a form stands first: its words are shown.
            self.labels = {**splits, **self.labels}
        ticks = self.fields["split_by"]
        assert isinstance(ticks, forms.MultipleChoiceField)
        ticks.choices = list(self.labels.items())

    @property
    def told(self) -> list[tuple[str, str]]:
        """Each form with what its results can be shown by; nothing while there is only one."""
        if len(self.may) < 2:
            return []
        return [(self.names[pk], "; ".join(splits.values())) for pk, splits in self.may.items() if splits]

    def _days(self, wave: Wave | None) -> dict[str, Any]:
        if wave is None:
            return {}
        local = {"opens_on": wave.opens_at, "closes_on": wave.last_at}
        return {name: moment.astimezone(self.zone).date() for name, moment in local.items()}

    def _asks(self, wave: Wave | None) -> dict[str, Any]:
        return {"version": wave.form_version_id, "split_by": wave.split_by} if wave else {}

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, and results are split by questions that the form has."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("opens_on") and found.get("closes_on") and found["closes_on"] < found["opens_on"]:
            self.add_error("closes_on", _("The last day is before the first."))
        if found.get("version") is not None and "split_by" in found:
            self._clean_split(found)
        return found

    def _clean_split(self, found: dict[str, Any]) -> None:
        keys, may = found["split_by"], self.may[found["version"].pk]
        if len(keys) > MOST_SPLITS or len(set(keys)) != len(keys):
            self.add_error("split_by", _("Up to two different questions."))
        elif unknown := [self.labels[key] for key in keys if key not in may]:
            told = {"keys": "; ".join(unknown), "may": "; ".join(may.values()) or "–"}
            self.add_error("split_by", _("Not possible with this form: %(keys)s. Possible are: %(may)s") % told)

    def wave(self, wave: Wave | None) -> Wave:
        """The wave as it was filled in, not stored. It closes at the end of its last day."""
        found, given = wave or Wave(survey=self.survey), self.cleaned_data
        found.form_version, found.split_by = given["version"], given["split_by"]
        found.opens_at = self._midnight(given["opens_on"])
        found.closes_at = self._midnight(given["closes_on"] + dt.timedelta(days=1))
        return found

    def _midnight(self, day: dt.date) -> dt.datetime:
        return dt.datetime.combine(day, dt.time(), self.zone).astimezone(dt.UTC)


class OutcomeForm(ByLanguage):
    """What happened with the answers."""

    def __init__(self, *args: Any, wave: Wave, **options: Any) -> None:
        told = {f"outcome_{code}": text for code, text in wave.outcome.items()}
        super().__init__(*args, centre=wave.survey.centre, initial=told, **options)
        self.add_text(
            "outcome", _("What happened with the answers"), longest=3_000, rows=6,
            told=_("For the children who answered: what you learned, what changes now, and why something does not."),
        )  # fmt: skip


def version_name(version: FormVersion) -> str:
    """ "Gaming, version 2"."""
    definition = parsed(version)
    title = definition.said(definition.title, reader_language()).text
    return _("%(title)s, version %(number)s") % {"title": title, "number": version.number}


def _splits(version: FormVersion) -> dict[str, str]:
    """What results of a form may be shown by: keys and the questions' words."""
    definition = parsed(version)
    return {one.key: definition.said(one.label, reader_language()).text for one in may_split(definition)}


def _initial(survey: Survey) -> dict[str, Any]:
    told = {f"{name}_{code}": text for name in LONGEST for code, text in getattr(survey, name).items()}
    return {**told, "slug": survey.slug, "keep_days": survey.keep_days}
