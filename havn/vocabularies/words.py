"""What screens say of lists: languages by name, what changed, what a draft lacks."""

from collections.abc import Mapping, Sequence

from babel import Locale, UnknownLocaleError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havn.common.language import reader_language
from havn.tenancy.models import Centre
from havn.vocabularies.rules.drafts import ENGLISH, Changes, Fault, Found
from havn.vocabularies.rules.lines import label_in


def languages_of(centre: Centre) -> list[tuple[str, str]]:
    """The languages that a list of the centre has labels in, English first, each with its name."""
    codes = dict.fromkeys([ENGLISH, *centre.languages])
    return [(code, language_name(code)) for code in codes]


def language_name(code: str) -> str:
    """A language's name in the reader's language."""
    try:
        name = Locale.parse(code, sep="-").get_display_name(reader_language().replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:] if name else code


def label_of(labels: Mapping[str, str], code: str) -> str:
    """A term in the reader's language."""
    return str(label_in(labels, reader_language(), code))


def changes_in_words(found: Changes, labels: Mapping[str, str]) -> list[str]:
    """One sentence for each kind of change; `labels` are those of all terms by code."""

    def named(codes: Sequence[str]) -> str:
        return ", ".join(labels.get(code, code) for code in codes)

    said = [
        (found.new, ngettext("%(count)s new: %(names)s", "%(count)s new: %(names)s", len(found.new))),
        (found.renamed, ngettext("%(count)s renamed: %(names)s", "%(count)s renamed: %(names)s", len(found.renamed))),
        (
            found.translated,
            ngettext(
                "%(count)s with a new translation: %(names)s",
                "%(count)s with a new translation: %(names)s",
                len(found.translated),
            ),
        ),
        (
            found.regrouped,
            ngettext(
                "%(count)s in another group: %(names)s",
                "%(count)s in another group: %(names)s",
                len(found.regrouped),
            ),
        ),
        (
            found.defined,
            ngettext("%(count)s explained anew: %(names)s", "%(count)s explained anew: %(names)s", len(found.defined)),
        ),
    ]
    sentences = [sentence % {"count": len(codes), "names": named(codes)} for codes, sentence in said if codes]
    if found.retired:
        ways = ", ".join(
            f"{labels.get(code, code)} → {labels.get(to, to) if to else _('nothing')}"
            for code, to in found.retired.items()
        )
        sentence = ngettext("%(count)s retired: %(names)s", "%(count)s retired: %(names)s", len(found.retired))
        sentences.append(sentence % {"count": len(found.retired), "names": ways})
    if found.reordered:
        sentences.append(_("The order is another."))
    return sentences


def fault_in_words(found: Found, labels: Mapping[str, str]) -> str:
    """What is wrong and what to do, with the term's name."""
    sentence = {
        Fault.NOTHING_CHANGED: _("Nothing is changed yet."),
        Fault.EMPTY: _("No term is left to code with."),
        Fault.NO_ENGLISH: _("%(name)s has no English label: the reports to the network need one."),
        Fault.SAME_LABEL: _("%(name)s is called as another term is: nobody could tell them apart."),
        Fault.NO_SUCCESSOR: _("%(name)s is retired: say which term takes over, or that none does."),
        Fault.BAD_SUCCESSOR: _("%(name)s is followed by something that nobody can code with: choose another term."),
        Fault.BAD_GROUP: _("%(name)s stands under something that is no group: a list has groups and terms, no more."),
        Fault.MUST_STAY: _("%(name)s can be renamed and not retired or made a group: the desk asks for it by itself."),
    }[found.fault]
    return sentence % {"name": labels.get(found.code, found.code)}
