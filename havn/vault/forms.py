"""The shape of what is typed on the key screens. Keys are read by rules that forgive case, spaces and look-alikes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

# A browser must neither remember nor "correct" a key, nor send it to a spelling service.
_QUIET = {
    "autocomplete": "off",
    "autocapitalize": "characters",
    "autocorrect": "off",
    "spellcheck": "false",
    "class": "ds-input key-input",
    "required": True,
}


class ConfirmForm(forms.Form):
    """The last two groups of a recovery key."""

    typed = forms.CharField(label=_("The last two groups"), max_length=60, strip=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["typed"].widget.attrs.update(_QUIET)


class RecoverForm(forms.Form):
    """A whole recovery key."""

    typed = forms.CharField(label=_("The recovery key"), max_length=120, strip=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["typed"].widget.attrs.update(_QUIET)


class LetInForm(forms.Form):
    """Who is let in, and the key check that the screen showed when it was compared by voice."""

    member = forms.IntegerField(min_value=1)
    key_check = forms.CharField(max_length=20)


class RemoveForm(forms.Form):
    """Removing; `even_last` is asked for only when nobody else holds the key."""

    even_last = forms.BooleanField(required=False)
