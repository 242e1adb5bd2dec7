"""The forms of the screen for films in sign language. They check shape; `rules/signing.py` decides on addresses."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.centres.models import SignVideo
from havn.centres.signing import sign_languages
from havn.tenancy.models import Centre, Service


class SiteForm(forms.Form):
    """The name of a site."""

    host = forms.CharField(
        max_length=300,
        label=gettext_lazy("Name of the site"),
        widget=forms.TextInput(attrs={"class": "ds-input", "spellcheck": "false", "dir": "ltr"}),
    )


class FilmForm(forms.Form):
    """A film, the page that links to it, and for whom."""

    place = forms.ChoiceField(label=gettext_lazy("Page"), widget=forms.Select(attrs={"class": "ds-input"}))
    service = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        label=gettext_lazy("For those who came for"),
        widget=forms.Select(attrs={"class": "ds-input"}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Sign language"), widget=forms.Select(attrs={"class": "ds-input"}))
    title = forms.CharField(
        max_length=120,
        label=gettext_lazy("Title, in the first language of the centre"),
        widget=forms.TextInput(attrs={"class": "ds-input"}),
    )
    address = forms.CharField(
        max_length=300,
        label=gettext_lazy("Address of the page with the film"),
        widget=forms.TextInput(attrs={"class": "ds-input", "spellcheck": "false", "dir": "ltr"}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, centre: Centre) -> None:
        super().__init__(data, auto_id="film-%s")
        services = Service.objects.filter(organisation__centre=centre, kind=Service.Kind.HELPLINE).order_by("pk")
        self._choices("place", list(place_words().items()))
        self._choices("service", [("", _("every service")), *((one.pk, one.name) for one in services)])
        names = sorted(sign_languages().values(), key=lambda one: one.name.casefold())
        self._choices("language", [(one.code, f"{one.name} ({one.code})") for one in names])

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def place_words() -> dict[str, str]:
    """The pages that may link to a film, as a coordinator reads them."""
    return {
        SignVideo.Place.START: _("Start of a chat"),
        SignVideo.Place.WAITING: _("Waiting room"),
        SignVideo.Place.LETTER: _("Letter"),
        SignVideo.Place.PRIVACY: _("Privacy"),
    }
