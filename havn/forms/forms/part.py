"""What the forms of all parts have in common: they begin with a part's JSON and give it back changed."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from havn.forms.forms.fields import KeyField
from havn.forms.rules import editing, renaming
from havn.forms.rules.choosing import names_inside
from havn.forms.rules.definition import Definition, Type
from havn.forms.rules.editing import Raw
from havn.forms.rules.expressions import ExpressionFault, read
from havn.forms.rules.faults import DefinitionFault
from havn.forms.rules.parsing import parse_kindly
from havn.forms.rules.renaming import BeginningDiffers
from havn.forms.words import in_words
from havn.forms.words_definition import beginning_words, definition_sentence


class PartForm(forms.Form):
    """A part of a draft. `raw` is the whole definition, `part` what the part is now ({}: a new one).

    `seen` is the fingerprint of the part when the person opened it.
    """

    kind = ""
    key_otherwise = "part"
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(
        self, data: Any, *, raw: Raw, part: Raw, section: str = "", in_use: Collection[str] = frozenset()
    ) -> None:
        """`in_use`: keys that versions in use keep answers under, and that therefore stay."""
        self.raw, self.part, self.section_key, self.in_use = raw, part, section, in_use
        self.language = str(raw.get("language") or "en")
        self.definition: Definition = parse_kindly(raw)[0]
        first = {"key": part.get("key"), **self.first(), "seen": editing.fingerprint(part) if part else ""}
        super().__init__(data, initial=first)
        self.prepare()

    def first(self) -> dict[str, Any]:
        """The values that the fields begin with."""
        return {}

    def prepare(self) -> None:
        """Fit the fields to the definition."""

    def changed_part(self) -> Raw:
        """The part as the fields say, with everything else it holds."""
        raise NotImplementedError

    def result(self) -> Raw:
        """The whole definition with the part in it."""
        part = self.changed_part()
        if self.part:
            return renaming.put(self.raw, self.kind, str(self.part.get("key", "")), part)
        return editing.with_new(self.raw, self.kind, part, self.section_key)

    def check(self) -> bool:
        """Whether the fields are right, each alone and as a part of the form. Faults stand at their fields."""
        if not self.is_valid():
            return False
        path = self.path(self.changed_part())
        try:
            result = self.result()
        except BeginningDiffers as differs:
            self.add_error("key", beginning_words(differs.beginning))
            return False
        for fault in parse_kindly(result)[1]:
            if fault.path == path or fault.path.startswith(f"{path}."):
                self.tell(fault, fault.path[len(path) :].strip("."))
        return not self.errors

    def tell(self, fault: DefinitionFault, inside: str) -> None:
        """Put a fault at the field it belongs to, and on the form where there is none."""
        name = self.field_of(inside)
        sentence = definition_sentence(fault)
        self.add_error(name if name in self.fields else None, sentence)

    def field_of(self, inside: str) -> str:
        """The field of a place within the part."""
        return inside.partition(".")[0]

    def path(self, part: Raw) -> str:
        """Where the faults of this part are."""
        raise NotImplementedError

    def key_for(self, words: str) -> str:
        """The key of the part: its own, the one that was typed, or one made of its words."""
        typed: str = self.cleaned_data.get("key", "")
        if self.part:
            return typed or str(self.part.get("key", ""))
        return typed or editing.new_key(words, editing.keys_of(self.raw), self.key_otherwise)

    def offer_key(self) -> None:
        """A field for the key, unless a version in use keeps answers under it."""
        own = str(self.part.get("key", ""))
        if own and own in self.in_use:
            del self.fields["key"]
            return
        told = _("What answers are kept under, such as calls_total. Empty: made of the words.")
        if own:
            told = _("Change it here, and everything that mentions it follows. It stays once this version can be used.")
        self.fields["key"] = KeyField(editing.keys_of(self.raw) - {own}, help_text=told)

    def texts(self, name: str, text: str) -> dict[str, str]:
        """The texts of a field with the form's own language as typed; other languages stay."""
        kept = self.part.get(name)
        others = {code: one for code, one in kept.items() if code != self.language} if isinstance(kept, dict) else {}
        return {self.language: text, **others} if text else others

    def text(self, name: str) -> str:
        """A text of the part in the form's own language."""
        texts = self.part.get(name)
        found = texts.get(self.language, "") if isinstance(texts, dict) else ""
        return found if isinstance(found, str) else ""

    def words_of(self, expression: str) -> str:
        """An expression in words; as it stands where it cannot be read."""
        try:
            return in_words(read(expression), self.definition, self.language)
        except ExpressionFault:
            return expression

    def label_of(self, key: str) -> str:
        """What a question or a computed value is called."""
        found = self.definition.questions.get(key) or self.definition.computed_by_key.get(key)
        return (self.definition.said(found.label, self.language).text if found else "") or key

    @property
    def names(self) -> list[tuple[str, str]]:
        """Every name that an expression may use, with what it is; choices, rows and columns by their codes."""
        rows: list[tuple[str, str]] = []
        for question in self.definition.questions.values():
            if question.type is not Type.NOTE:
                rows.append((question.key, self.label_of(question.key)))
                rows += [(code, self.definition.said(one, self.language).text) for code, one in names_inside(question)]
        rows += [(key, self.label_of(key)) for key in self.definition.computed_by_key]
        return rows or [("–", _("Nothing yet"))]
