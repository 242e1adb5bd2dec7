"""The forms of the theme's screen. They check shape; `rules/theme.py` decides what can be read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from havn.centres.rules.theme import NAMES, Colours
from havn.centres.words_theme import colour_words


class ColourInput(forms.TextInput):
    """The browser's own choice of a colour; a browser without one lets six digits be typed."""

    input_type = "color"


class ColoursForm(forms.Form):
    """The four colours of a centre."""

    def __init__(self, data: Any = None, *, colours: Colours) -> None:
        super().__init__(data, initial={name: getattr(colours, name) for name in NAMES}, auto_id="%s")
        for name in NAMES:
            self.fields[name] = forms.RegexField(
                r"^#[0-9a-fA-F]{6}\Z",
                label=colour_words(name),
                widget=ColourInput(attrs={"class": "colour-input"}),
                error_messages={"invalid": gettext_lazy("Write a colour as # and six digits, such as #146c7c.")},
            )

    def colours(self) -> Colours:
        """What was chosen. Only after is_valid()."""
        return Colours(**{name: self.cleaned_data[name].lower() for name in NAMES})


class LogoForm(forms.Form):
    """One picture."""

    picture = forms.FileField(label=gettext_lazy("Picture (PNG, JPEG or WebP, at most 2 MB)"), max_length=200)
