"""What versions of forms are used for here: the page of a form says it, and a version that is used stays."""

from collections.abc import Collection, Mapping

from django.db.models import Count
from django.utils.translation import ngettext

from havn.rounds.models import Round


def uses_in_rounds(version_ids: Collection[int], centre_id: int) -> Mapping[int, str]:
    """Version to "3 rounds", of the rounds that this centre runs."""
    found = Round.objects.filter(owner=centre_id, form_version__in=version_ids).order_by()
    counted = found.values_list("form_version").annotate(number=Count("pk"))
    return {version: ngettext("%(count)s round", "%(count)s rounds", n) % {"count": n} for version, n in counted}
