"""The forms of the screens of lists."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from havn.vocabularies.rules.drafts import ENGLISH, LONGEST_DEFINITION, LONGEST_LABEL, DraftTerm

NOTHING = "-"
KEPT, RETIRED = "kept", "retired"


class TermForm(forms.Form):
    """One term of a draft: a label in each language, what it means, its group, and whether it is retired."""

    definition = forms.CharField(required=False, max_length=LONGEST_DEFINITION)

    def __init__(
        self,
        data: Any = None,
        *,
        languages: Sequence[tuple[str, str]],
        groups: Sequence[tuple[str, str]],
        others: Sequence[tuple[str, str]],
        term: DraftTerm | None = None,
        may_retire: bool = False,
    ) -> None:
        super().__init__(data, initial=_initial(term))
        self.languages = languages
        for code, name in languages:
            field = forms.CharField(required=code == ENGLISH, max_length=LONGEST_LABEL, label=name)
            self.fields[f"label_{code}"] = field
        self.fields["definition"].label = _("What it means, in one sentence")
        self.fields["definition"].help_text = _("Shown to counsellors. In English, or in the language of all of them.")
        self.fields["broader"] = forms.ChoiceField(
            required=False,
            label=_("Group"),
            choices=[("", _("In no group")), *groups],
            help_text=_("A group heads other terms and is not coded with itself."),
        )
        if may_retire:
            self.fields["state"] = forms.ChoiceField(
                label=_("In the next version"),
                choices=[(KEPT, _("Contacts are coded with it")), (RETIRED, _("It is retired"))],
            )
            self.fields["replaced_by"] = forms.ChoiceField(
                required=False,
                label=_("If it is retired, what takes over"),
                choices=[("", _("Not said yet")), (NOTHING, _("Nothing takes over")), *others],
                help_text=_(
                    "Periods are compared under the term that takes over. Contacts keep what they were coded with."
                ),
            )

    def label_fields(self) -> list[forms.BoundField]:
        """The fields of the labels."""
        return [self[f"label_{code}"] for code, _name in self.languages]

    def other_fields(self) -> list[forms.BoundField]:
        """All the others."""
        return [self[name] for name in self.fields if not name.startswith("label_")]

    def clean_definition(self) -> str:
        return " ".join(str(self.cleaned_data["definition"]).split())

    def as_term(self, code: str, before: DraftTerm | None) -> DraftTerm:
        """The term as it was said; labels in languages that the form does not show stay."""
        said = self.cleaned_data
        labels = dict(before.labels) if before else {}
        labels |= {language: " ".join(said[f"label_{language}"].split()) for language, _name in self.languages}
        retired = said.get("state", KEPT) == RETIRED
        successor = said.get("replaced_by", "")
        return DraftTerm(
            code=code,
            labels={language: label for language, label in labels.items() if label},
            definition=said["definition"],
            broader=said["broader"],
            retired=retired,
            replaced_by=successor if retired and successor != NOTHING else "",
            ends=retired and successor == NOTHING,
        )


class PublishForm(forms.Form):
    """From which day on."""

    version = forms.IntegerField(min_value=0, max_value=2_000_000_000)
    valid_from = forms.DateField()


class MoveForm(forms.Form):
    """Which term goes where."""

    version = forms.IntegerField(min_value=0, max_value=2_000_000_000)
    code = forms.SlugField(max_length=50)
    way = forms.ChoiceField(choices=[("up", "up"), ("down", "down")])


def _initial(term: DraftTerm | None) -> dict[str, str]:
    if term is None:
        return {}
    return {
        **{f"label_{language}": label for language, label in term.labels.items()},
        "definition": term.definition,
        "broader": term.broader,
        "state": RETIRED if term.retired else KEPT,
        "replaced_by": NOTHING if term.ends else term.replaced_by,
    }
