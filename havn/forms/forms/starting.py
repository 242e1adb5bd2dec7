"""How a form begins: empty, as a copy of another, or from an XLSForm; and files of translations."""

import json
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.forms.forms.fields import INPUT, KeyField, OneLine, choose, radios
from havn.forms.models import Kind
from havn.forms.rules import editing
from havn.forms.rules.editing import Raw

_WAYS = [("empty", gettext_lazy("Empty")), ("copy", gettext_lazy("As a copy of another form"))]


class StartForm(forms.Form):
    """A new form. `sources`: version id and name of what may be copied; `taken`: keys of the centre's forms."""

    title = OneLine(label=gettext_lazy("Title"))
    kind = choose(gettext_lazy("What the form is for"), Kind.choices)
    way = radios(gettext_lazy("How it begins"), _WAYS, initial="empty")
    source = choose(gettext_lazy("Form to copy"), [], required=False)
    language = choose(gettext_lazy("The form's own language"), settings.LANGUAGES)
    key = KeyField()

    def __init__(self, data: Any, *, sources: list[tuple[int, str]], taken: set[str], **options: Any) -> None:
        super().__init__(data, **options)
        source = self.fields["source"]
        assert isinstance(source, forms.ChoiceField)
        source.choices = [("", _("Choose a form")), *((str(pk), name) for pk, name in sources)]
        self.taken = taken
        self.fields["key"] = KeyField(taken)

    def clean(self) -> dict[str, Any]:
        """A copy is a copy of something."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("way") == "copy" and not data.get("source") and "source" not in self.errors:
            self.add_error("source", _("Choose the form to copy."))
        return data

    def key_for(self) -> str:
        """The key that was typed, or one made of the title."""
        return self.cleaned_data["key"] or editing.new_key(self.cleaned_data["title"], self.taken, "form")


class WorkbookForm(forms.Form):
    """A file to read."""

    file = forms.FileField(
        label=gettext_lazy("File (.xlsx)"), widget=forms.ClearableFileInput(attrs={**INPUT, "accept": ".xlsx"})
    )


class TableFileForm(forms.Form):
    """A table of translations that comes back."""

    file = forms.FileField(
        label=gettext_lazy("File (.xlsx or .csv)"),
        widget=forms.ClearableFileInput(attrs={**INPUT, "accept": ".xlsx,.csv"}),
    )


class TakeOverForm(forms.Form):
    """What was read of a file, to be made a draft. `definition` is the JSON that the screen showed the findings of."""

    title = OneLine(label=gettext_lazy("Title"))
    kind = choose(gettext_lazy("What the form is for"), Kind.choices)
    key = KeyField()
    definition = forms.CharField(widget=forms.HiddenInput, max_length=2_000_000)

    def __init__(self, data: Any, *, taken: set[str], **options: Any) -> None:
        super().__init__(data, **options)
        self.taken = taken
        self.fields["key"] = KeyField(taken)

    def clean_definition(self) -> Raw:
        """A definition with sections as JSON, as the screen gave it."""
        try:
            raw = json.loads(self.cleaned_data["definition"])
        except (ValueError, RecursionError) as error:
            raise ValidationError(_("Choose the file again.")) from error
        if not isinstance(raw, dict) or not editing.is_sound(raw):
            raise ValidationError(_("Choose the file again."))
        return raw

    def result(self) -> Raw:
        """The definition under its title and key."""
        data, raw = self.cleaned_data, self.cleaned_data["definition"]
        key = data["key"] or editing.new_key(data["title"], self.taken, "form")
        return {**raw, "key": key, "title": {**raw.get("title", {}), raw["language"]: data["title"]}}
