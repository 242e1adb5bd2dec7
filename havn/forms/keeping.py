"""What stays of forms, for the list of `havn.common.keeping`."""

from django.utils.translation import gettext as _

from havn.common.keeping import Stays, register_stays

TABLES = ("forms.Form", "forms.FormVersion", "forms.DraftStep")


def register() -> None:
    """Fill the list."""
    register_stays(
        Stays(
            "forms",
            TABLES,
            lambda: _("Forms and their versions"),
            lambda: _("Until the centre deletes a form nobody used. They hold questions, never answers."),
        )
    )
