"""What tenancy keeps, for the list of `havn.common.keeping`."""

from django.utils.translation import gettext as _

from havn.common.keeping import Stays, register_stays


def register() -> None:
    """Fill the list."""
    register_stays(
        Stays(
            "tenancy",
            ("tenancy.Centre", "tenancy.CentreHost", "tenancy.Organisation", "tenancy.Service"),
            lambda: _("Centres, organisations and services"),
            lambda: _("As long as the centre is run here."),
        )
    )
