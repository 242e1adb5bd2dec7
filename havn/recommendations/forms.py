"""What people fill in about rounds, factsheets and follow-up. Forms check shape; rules and actions decide."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.accounts.models import User
from havn.common.clock import now
from havn.common.fields import INPUT, Day, OneLine
from havn.recommendations import words
from havn.recommendations.actions.evidence import Document
from havn.recommendations.actions.follow_up import Words
from havn.recommendations.evidence import thing_choices
from havn.recommendations.forms_people import PersonField, check_people, offer_people
from havn.recommendations.models import Ask, FollowUp, MonitoringRound, Recommendation, Remark
from havn.recommendations.queries.factsheets import kinds_for
from havn.recommendations.rules.rounds import scale_of
from havn.recommendations.uploading import ENDINGS
from havn.tenancy.models import Centre

_DAY = {**INPUT, "type": "date"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


class LongText(forms.CharField):
    """Text in paragraphs, without characters that no text has."""

    def __init__(self, rows: int, **options: Any) -> None:
        super().__init__(**{"widget": forms.Textarea(attrs={**INPUT, "rows": rows}), **options})

    def clean(self, value: Any) -> str:
        """One kind of line end; refuses control characters."""
        text: str = super().clean(value).replace("\r\n", "\n").replace("\r", "\n")
        if _CONTROL.search(text):
            raise ValidationError(
                _("This text has characters that cannot be kept. Type it anew, or paste it as plain text.")
            )
        return text


class CountryField(forms.ModelChoiceField[Centre]):
    """A Party by the name of its country."""

    def label_from_instance(self, obj: Any) -> str:
        """ "Norway"."""
        return words.country(obj)


class UploadForm(forms.Form):
    """A published factsheet, of which round and of which country."""

    round = forms.ModelChoiceField(
        MonitoringRound.objects.all(), label=gettext_lazy("Round"), empty_label=None, widget=forms.Select(attrs=INPUT)
    )
    party = CountryField(
        Centre.objects.none(), label=gettext_lazy("Country"), empty_label=gettext_lazy("Choose"),
        widget=forms.Select(attrs=INPUT), to_field_name="slug",
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("The file"), required=False,
        help_text=gettext_lazy(
            "Markdown, HTML or Word, up to 3 MB. Nothing is stored before you have seen what was understood."
        ),
        widget=forms.FileInput(attrs={**INPUT, "accept": ",".join(ENDINGS)}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["party"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Centre.objects.national().order_by("name")


class AsOfForm(forms.Form):
    """Of which day the words in the boxes of a file are."""

    as_of = Day(
        label=gettext_lazy("As of"),
        help_text=gettext_lazy("The day of which the words in the boxes are. Month and year are shown."),
    )

    def clean_as_of(self) -> dt.date:
        """A day that has come."""
        day: dt.date = self.cleaned_data["as_of"]
        if day > now().date():
            raise ValidationError(_("This day is still to come."))
        return day


class FollowUpForm(forms.Form):
    """One follow-up. `version` is that which the person saw."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), widget=forms.Select(attrs=INPUT))
    dated_on = Day(label=gettext_lazy("As of"), help_text=gettext_lazy("The day of which you speak."))
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False, widget=forms.Select(attrs=INPUT))
    text = LongText(
        8, label=gettext_lazy("What was done"), max_length=20_000,
        help_text=gettext_lazy(
            "A line that begins with a hyphen becomes a bullet. No names of children or of single persons."
        ),
    )  # fmt: skip
    body = OneLine(label=gettext_lazy("Responsible body"), required=False, max_length=200)
    due_on = Day(label=gettext_lazy("Due by"), required=False)
    responsible = PersonField(
        User.objects.none(), label=gettext_lazy("Responsible person"), required=False,
        widget=forms.Select(attrs=INPUT), help_text=gettext_lazy("Shown to staff only."),
    )  # fmt: skip
    alternate = PersonField(
        User.objects.none(), label=gettext_lazy("Alternate contact"), required=False, widget=forms.Select(attrs=INPUT),
        help_text=gettext_lazy("Who is asked when the responsible person is away. It is on their list too."),
    )  # fmt: skip
    validator = PersonField(
        User.objects.none(), label=gettext_lazy("Who validates"), required=False, widget=forms.Select(attrs=INPUT),
        help_text=gettext_lazy(
            "Nobody named here: whom the chapter names, or else any coordinator or data officer. Never who wrote it."
        ),
    )  # fmt: skip
    version = forms.IntegerField(min_value=0, max_value=1_000_000, required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, follow_up: FollowUp, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        round = follow_up.factsheet.round
        kinds = kinds_for(follow_up)
        choose(self.fields["kind"], [(code, label) for code, label in FollowUp.Kind.choices if code in kinds])
        self.fields["kind"].help_text = words.boxes_sentence(round)
        choose(self.fields["status"], [(one.code, f"{one.symbol} {one.name}") for one in scale_of(round.statuses)], "–")
        offer_people(self, follow_up.factsheet.party)

    def clean_dated_on(self) -> dt.date:
        """A day that has come: what is planned has a day by which it is due."""
        day: dt.date = self.cleaned_data["dated_on"]
        if day > self.today:
            raise ValidationError(_("This day is still to come. Say by when it is due below."))
        return day

    def clean(self) -> dict[str, Any]:
        """The alternate is somebody else."""
        data: dict[str, Any] = super().clean() or {}
        check_people(self, data)
        return data

    def words(self) -> Words:
        """What was said. Only after `is_valid()`."""
        return Words(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class EvidenceForm(forms.Form):
    """A link, a document, or a thing of this installation: one of the three."""

    thing = forms.ChoiceField(label=gettext_lazy("Something in Havn"), required=False, widget=forms.Select(attrs=INPUT))
    url = forms.CharField(
        label=gettext_lazy("Or a link"), required=False, max_length=500, validators=[URLValidator(schemes=["https"])],
        widget=forms.URLInput(attrs={**INPUT, "placeholder": "https://"}),
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("Or a document"), required=False, max_length=200,
        help_text=gettext_lazy(
            "PDF, DOCX, XLSX or ODT up to 5 MB, without pictures and macros. Once the follow-up is validated and the "
            "factsheet is public, everybody can read it: no names of children or of single persons."
        ),
        widget=forms.FileInput(attrs={**INPUT, "accept": ".pdf,.docx,.xlsx,.odt"}),
    )  # fmt: skip
    label = OneLine(
        label=gettext_lazy("What it is"), required=False, max_length=200,
        help_text=gettext_lazy("The title of the report or page. Needed for a link."),
    )  # fmt: skip
    dated_on = Day(
        label=gettext_lazy("Of which day"), required=False,
        help_text=gettext_lazy("When the report or page came out. Something in Havn brings its own day."),
    )  # fmt: skip

    def __init__(self, *args: Any, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thing"].choices = [("", "–"), *thing_choices(centre)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the three, and a link says what it is."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and sum(bool(data.get(name)) for name in ("url", "thing", "file")) != 1:
            self.add_error("thing", _("Choose something in Havn, give a link, or send a document: one of the three."))
        elif data.get("url") and not data.get("label"):
            self.add_error("label", _("Say what the link leads to."))
        return data

    def said(self) -> dict[str, Any]:
        """What the action takes. Only after `is_valid()`."""
        data = dict(self.cleaned_data)
        sent = data.pop("file")
        return {**data, "file": Document(sent.name, sent.read()) if sent else None}


class RemarkForm(forms.Form):
    """A comment, or what children contributed."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Remark.Kind.choices, widget=forms.Select(attrs=INPUT))
    recommendation = forms.ModelChoiceField(
        Recommendation.objects.none(), label=gettext_lazy("On which recommendation"), required=False,
        empty_label=gettext_lazy("All of this ask"), widget=forms.Select(attrs=INPUT),
    )  # fmt: skip
    text = LongText(
        4, label=gettext_lazy("What you want to say"), max_length=5_000,
        help_text=gettext_lazy("Of children: what they said together, never who said it."),
    )  # fmt: skip

    def __init__(self, *args: Any, ask: Ask, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["recommendation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = ask.recommendations.all()


class RecommendationForm(forms.Form):
    """The words of a recommendation that was only cited."""

    verb = forms.ChoiceField(label=gettext_lazy("Verb"), required=False, widget=forms.Select(attrs=INPUT))
    text = LongText(6, label=gettext_lazy("Text as adopted"), required=False, max_length=5_000)

    def __init__(self, *args: Any, round: MonitoringRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self.fields["verb"], [(one["verb"], one["name"]) for one in round.verbs], "–")


def choose(field: forms.Field, choices: Iterable[tuple[str, Any]], empty: str | None = None) -> None:
    """Give a field its choices, after an empty one where there is a word for it."""
    field.choices = [*([("", empty)] if empty is not None else []), *choices]  # type: ignore[attr-defined]
