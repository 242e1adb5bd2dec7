"""Forms as the list shows them, and a version with its parts and faults as the builder shows it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from havn.common.clock import now
from havn.common.language import reader_language
from havn.forms.condition_words import in_words
from havn.forms.forms.question import TYPES
from havn.forms.models import Form, FormVersion
from havn.forms.queries import forms_of
from havn.forms.rules import editing
from havn.forms.rules.definition import Labels, Type
from havn.forms.rules.editing import Raw
from havn.forms.rules.expressions import Expression
from havn.forms.rules.faults import DefinitionFault
from havn.forms.rules.parsing import parse_kindly
from havn.forms.uses import uses_of
from havn.forms.words_definition import definition_sentence
from havn.tenancy.models import Centre
from havn.vocabularies.api import lists_on


@dataclass(frozen=True)
class FormRow:
    """A form in the list. `versions`: the newest first, with what each is used for."""

    form: Form
    title: str
    versions: list[tuple[FormVersion, str]]
    draft: FormVersion | None
    newest: FormVersion | None


@dataclass
class PartRow:
    """A section, question, computed value or check. `about`: what is to be known of it, in short words.

    `is_first` and `is_last`: nothing is above or below that it could change places with.
    """

    kind: str
    key: str
    label: str
    type: str = ""
    about: list[str] = field(default_factory=list)
    parts: list["PartRow"] = field(default_factory=list)
    is_first: bool = False
    is_last: bool = False


@dataclass(frozen=True)
class FaultRow:
    """A fault with the words for where it is, and the address of the screen that mends it."""

    where: str
    sentence: str
    url: str


def form_rows(centre: Centre) -> tuple[list[FormRow], list[FormRow]]:
    """The centre's own forms, and those that come with Havn."""
    forms = list(forms_of(centre).prefetch_related("versions"))
    used = uses_of([version.pk for form in forms for version in form.versions.all()], centre.pk)
    rows = [_row(form, sorted(form.versions.all(), key=lambda one: -one.number), used) for form in forms]
    rows.sort(key=lambda row: row.title.casefold())
    return [row for row in rows if not row.form.is_shipped], [row for row in rows if row.form.is_shipped]


def _row(form: Form, versions: Sequence[FormVersion], used: dict[int, list[str]]) -> FormRow:
    frozen = [version for version in versions if version.is_frozen]
    return FormRow(
        form=form,
        title=title_of(versions[0].definition) if versions else form.key,
        versions=[(version, ", ".join(used.get(version.pk, []))) for version in versions],
        draft=next((version for version in versions if not version.is_frozen), None),
        newest=frozen[0] if frozen else None,
    )


def title_of(raw: Raw) -> str:
    """The title of a definition in the reader's language, as far as there is one."""
    titles = raw.get("title")
    texts = titles if isinstance(titles, dict) else {}
    for code in (reader_language().split("-")[0], raw.get("language"), *texts):
        if isinstance(texts.get(code), str) and texts[code]:
            return str(texts[code])
    return str(raw.get("key", ""))


def lists_to_choose(centre: Centre) -> list[tuple[str, str]]:
    """The lists of vocabularies that questions may take choices from: dimension and name."""
    names = {
        "reason": _("Reasons for contact"), "place": _("Places online"), "channel": _("Channels"),
        "person": _("Persons"), "gender": _("Genders"), "age": _("Ages"), "topic": _("Topics"),
        "audience": _("Audiences"), "setting": _("Settings"), "aim": _("Aims of the curriculum"),
    }  # fmt: skip
    found = lists_on(sorted(names), on=now().date(), centre_id=centre.pk)
    return [(dimension, name) for dimension, name in names.items() if found.get(dimension)]


class Shown:
    """A version as the builder shows it."""

    def __init__(self, version: FormVersion) -> None:
        self.version, self.raw = version, version.definition
        self.definition, self.found = parse_kindly(version.definition)
        # A draft is worked on in its own language; what stays is read in the reader's, where it has it.
        reader = reader_language().split("-")[0]
        reads_own = version.is_frozen and reader in self.definition.languages
        self.language = reader if reads_own else self.definition.language

    def said(self, labels: Labels) -> str:
        return self.definition.said(labels, self.language).text

    def sections(self) -> list[PartRow]:
        """Every section with its questions, those with faults too."""
        rows = []
        for raw in editing.parts_of(self.raw, editing.SECTION):
            row = PartRow(editing.SECTION, str(raw.get("key", "")), self.label(raw, "title"))
            section = self.definition.by_key.get(row.key)
            if section and section.repeat:
                row.about.append(_("Answered up to %(most)d times") % {"most": section.repeat.most})
            row.about += self.condition(section.show_if if section else None)
            row.parts = [self.question(one) for one in raw.get("questions", []) if isinstance(one, dict)]
            rows.append(row)
        if rows and rows[0].parts:
            rows[0].parts[0].is_first = True
        if rows and rows[-1].parts:
            rows[-1].parts[-1].is_last = True
        return _at_the_ends(rows)

    def question(self, raw: Raw) -> PartRow:
        row = PartRow(editing.QUESTION, str(raw.get("key", "")), self.label(raw, "label"))
        kind = str(raw.get("type", ""))
        row.type = str(TYPES[Type(kind)]) if kind in TYPES else kind
        question = self.definition.questions.get(row.key)
        if question and question.required:
            row.about.append(_("Must be answered"))
        elif question and question.required_if:
            words = in_words(question.required_if, self.definition, self.language)
            row.about.append(_("Must be answered if %(condition)s") % {"condition": words})
        row.about += self.condition(question.show_if if question else None)
        return row

    def condition(self, expression: Expression | None) -> list[str]:
        if expression is None:
            return []
        return [_("Only if %(condition)s") % {"condition": in_words(expression, self.definition, self.language)}]

    def computed(self) -> list[PartRow]:
        """Computed values with what they are."""
        rows = []
        for raw in editing.parts_of(self.raw, editing.COMPUTED):
            row = PartRow(editing.COMPUTED, str(raw.get("key", "")), self.label(raw, "label"))
            found = self.definition.computed_by_key.get(row.key)
            row.about = [in_words(found.value, self.definition, self.language)] if found else []
            rows.append(row)
        return _at_the_ends(rows)

    def checks(self) -> list[PartRow]:
        """Checks with what they ask."""
        known = {one.key: one for one in self.definition.checks}
        rows = []
        for raw in editing.parts_of(self.raw, editing.CHECK):
            row = PartRow(editing.CHECK, str(raw.get("key", "")), self.label(raw, "message"))
            row.type = _("Error") if raw.get("level", "error") == "error" else _("Warning")
            found = known.get(row.key)
            row.about = [in_words(found.holds, self.definition, self.language)] if found else []
            rows.append(row)
        return _at_the_ends(rows)

    def label(self, raw: Raw, name: str) -> str:
        texts = raw.get(name)
        said = self.said({k: str(v) for k, v in texts.items() if v}) if isinstance(texts, dict) else ""
        return said or str(raw.get("key", ""))

    def faults(self) -> list[FaultRow]:
        """Every fault with its place."""
        return [self.fault(one) for one in self.found]

    def fault(self, fault: DefinitionFault) -> FaultRow:
        parts = fault.path.split(".")
        kind, key, name = editing.SETTINGS, "", _("The whole form")
        if parts[0] == "sections" and len(parts) > 3 and parts[2] == "questions":
            kind, key = editing.QUESTION, parts[3]
        elif parts[0] in ("sections", "computed", "checks") and len(parts) > 1:
            kinds = {"sections": editing.SECTION, "computed": editing.COMPUTED, "checks": editing.CHECK}
            kind, key = kinds[parts[0]], parts[1]
        if kind != editing.SETTINGS:
            rows = [one for one in editing.parts_of(self.raw, kind) if one.get("key") == key]
            if not rows:
                return FaultRow(name, definition_sentence(fault), part_url(self.version, editing.SETTINGS, ""))
            label = {editing.SECTION: "title", editing.CHECK: "message"}.get(kind, "label")
            name = f"“{self.label(rows[0], label)}”"
        return FaultRow(name, definition_sentence(fault), part_url(self.version, kind, key))


def part_url(version: FormVersion, kind: str, key: str) -> str:
    """The screen of a part."""
    if kind == editing.SETTINGS:
        return reverse("forms:settings", args=[version.pk])
    return reverse(f"forms:{kind}", args=[version.pk, key])


def _at_the_ends(rows: list[PartRow]) -> list[PartRow]:
    """The same rows, the first and the last one marked."""
    for row in rows:
        row.is_first, row.is_last = row is rows[0], row is rows[-1]
    return rows
