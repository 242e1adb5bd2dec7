"""What the pages about age assurance show: the six rights in plain words, and points beside the last ones."""

from typing import Any

from django.utils.translation import gettext as _

from havn.forms.rendering.fields import computed_shown
from havn.forms.rules.answering import Checked
from havn.forms.rules.definition import Definition
from havn.forms.rules.keeping import Earlier


def rights() -> list[tuple[str, str]]:
    """Each right (UN Convention on the Rights of the Child; General comment 25), and what it means for age checks."""
    return [
        (
            _("To get and share information"),
            _("An age check must not keep you away from help, news or facts that you need."),
        ),
        (_("To use media"), _("Films, music, books and news that are fine for children stay open to you.")),
        (
            _("To be with others"),
            _("Talking with friends online is a right too. A check must not shut you out for no reason."),
        ),
        (_("To learn and grow"), _("You may find out things and become better at deciding for yourself.")),
        (_("To play"), _("Games and fun belong to being a child, and playing is learning too.")),
        (
            _("To be protected online"),
            _("Nobody may harm you. A check can help with that, and it must not collect more about you than it needs."),
        ),
    ]


def points_of(definition: Definition, checked: Checked, last: Earlier | None, language: str) -> list[dict[str, Any]]:
    """Every value that is shown with its band, and what it was the last time; that of everything comes first."""
    found = computed_shown(definition, checked, language)
    for one in found:
        one["before"] = last.values.get(one["key"]) if last else None
    return found[-1:] + found[:-1]
