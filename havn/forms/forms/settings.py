"""What belongs to the whole form, and to a section."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.forms.forms.condition import ConditionForm, kept
from havn.forms.forms.fields import INPUT, KeyField, OneLine, Words, choose, tick, whole_number
from havn.forms.forms.part import PartForm
from havn.forms.rules import editing, limits
from havn.forms.rules.editing import SECTION, SETTINGS, Raw


class SettingsForm(PartForm):
    """Title, introduction and languages."""

    kind = SETTINGS
    title = OneLine(label=gettext_lazy("Title"))
    about = Words(label=gettext_lazy("What it is about"), help_text=gettext_lazy("Stands above the first question."))
    own_language = choose(
        gettext_lazy("The form's own language"), settings.LANGUAGES,
        help_text=gettext_lazy("The one that every text must be written in."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages it is offered in"), choices=settings.LANGUAGES, required=False,
        widget=forms.CheckboxSelectMultiple(attrs=INPUT),
    )  # fmt: skip

    def first(self) -> dict[str, Any]:
        """As the definition says."""
        offered = self.part.get("languages")
        return {"title": self.text("title"), "about": self.text("about"), "own_language": self.language,
                "languages": offered if isinstance(offered, list) else []}  # fmt: skip

    def prepare(self) -> None:
        """Languages of the definition that Havn does not list stay to be chosen."""
        known = dict(settings.LANGUAGES)
        more = [code for code in self.definition.languages if code not in known]
        for name in ("own_language", "languages"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [*settings.LANGUAGES, *((code, code) for code in more)]

    def clean(self) -> dict[str, Any]:
        """No language goes while there are words in it."""
        data: dict[str, Any] = super().clean() or {}
        if "own_language" in data and "languages" in data:
            offered = [data["own_language"], *(code for code in data["languages"] if code != data["own_language"])]
            data["languages"] = offered
            if len(offered) > limits.MOST_LANGUAGES:
                self.add_error("languages", _("These are too many languages."))
        return data

    def changed_part(self) -> Raw:
        """Title and introduction are written in the form's own language as it was."""
        data = self.cleaned_data
        return {
            "title": self.texts("title", data["title"]), "about": self.texts("about", data["about"]),
            "language": data["own_language"], "languages": data["languages"],
        }  # fmt: skip

    def path(self, part: Raw) -> str:
        """Its fields stand at the top."""
        return ""

    def check(self) -> bool:
        """Whether the fields are right; a language goes only when nothing is written in it any more."""
        if not self.is_valid():
            return False
        offered = set(self.cleaned_data["languages"])
        for code in self.definition.languages:
            if code not in offered and editing.speaks(self.raw, code):
                name = dict(settings.LANGUAGES).get(code, code)
                sentence = _("There are still texts in %(language)s. Take them out in the table of translations first.")
                self.add_error("languages", sentence % {"language": name})
        return not self.errors


class SectionForm(ConditionForm):
    """A heading with questions under it."""

    kind = SECTION
    key_otherwise = "section"
    title = OneLine(label=gettext_lazy("Heading"))
    about = Words(label=gettext_lazy("Words below the heading"))
    repeat = tick(gettext_lazy("It may be answered several times, such as once for each visit"))
    least = whole_number(gettext_lazy("At least so many times"), least=0, most=limits.MOST_ROWS)
    most = whole_number(gettext_lazy("At most so many times"), least=1, most=limits.MOST_ROWS)
    repeat_title = OneLine(
        label=gettext_lazy("What one of them is called"), required=False, help_text=gettext_lazy("Such as: Visit")
    )
    key = KeyField()

    def first(self) -> dict[str, Any]:
        """As the definition says."""
        self.section_key = str(self.part.get("key", ""))
        repeat = self.part.get("repeat")
        found = {**super().first(), "title": self.text("title"), "about": self.text("about")}
        if isinstance(repeat, dict):
            titles = repeat.get("title")
            found |= {"repeat": True, "least": repeat.get("least"), "most": repeat.get("most"),
                      "repeat_title": titles.get(self.language, "") if isinstance(titles, dict) else ""}  # fmt: skip
        return found

    def prepare(self) -> None:
        """A section does not wait for its own questions."""
        own = {key for key, home in self.definition.section_of.items() if home.key == self.section_key}
        self.answers = {key: conditions for key, conditions in self.answers.items() if key not in own}
        self.numbers = [key for key in self.numbers if key not in own]
        super().prepare()
        self.offer_key()

    def changed_part(self) -> Raw:
        """Its questions stay."""
        data = self.cleaned_data
        part = kept(self.part, ("key", "title", "about", "show_if", "repeat", "questions"))
        part |= {"key": self.key_for(data["title"]), "title": self.texts("title", data["title"]),
                 "about": self.texts("about", data["about"])}  # fmt: skip
        part |= self.condition()
        if data["repeat"]:
            old = self.part.get("repeat")
            titles = old.get("title") if isinstance(old, dict) else None
            others = dict(titles) if isinstance(titles, dict) else {}
            others.pop(self.language, None)
            named = {self.language: data["repeat_title"]} if data["repeat_title"] else {}
            part["repeat"] = {"least": data["least"] or 0, "most": data["most"] or 20, "title": {**named, **others}}
        return part if self.part else {**part, "questions": []}

    def path(self, part: Raw) -> str:
        """By its key."""
        return f"sections.{part['key']}"

    def tell(self, fault: Any, inside: str) -> None:
        """What is wrong with its questions is theirs."""
        if not inside.startswith("questions"):
            super().tell(fault, inside)
