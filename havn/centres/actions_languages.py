"""The languages of a centre's public pages."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.common.errors import NotAllowed, Refused
from havn.tenancy.models import Centre


@transaction.atomic
def set_languages(
    *, actor: User, actor_may: bool, centre: Centre, offered: Sequence[str], first: str, formal_in: Sequence[str]
) -> None:
    """Offer these languages, `first` before the others, and say the formal you in those of `formal_in`.

    `actor_may`: the actor holds the permission in one of the centre's organisations. Refused without any language, for
    one that Havn does not speak, or for a first one that is not offered. Pages that somebody wrote in a language that
    is offered no more stay and are found again when it is.
    """
    if not actor_may:
        raise NotAllowed(_("Only a coordinator or an administrator may change the languages."))
    known = [code for code, _name in settings.LANGUAGES]
    if not offered:
        raise Refused(_("Choose at least one language."))
    if not set(offered) <= set(known) or not set(formal_in) <= set(settings.FORMAL_LANGUAGES):
        raise Refused(_("One of these languages is not known here. Choose from the list."))
    if first not in offered:
        raise Refused(_("The first language must be one of those that are offered."))
    row = Centre.objects.select_for_update().get(pk=centre.pk)
    before = set(row.languages), set(row.formal_in)
    kept = [code for code in row.languages if code in offered and code != first]
    row.languages = [first, *kept, *(code for code in known if code in offered and code not in [first, *kept])]
    row.formal_in = [code for code in known if code in formal_in]
    row.save(update_fields=["languages", "formal_in"])
    for code in sorted(before[0] ^ set(row.languages)):
        _told(actor, row, "offered" if code in row.languages else "withdrawn", code)
    for code in sorted(before[1] ^ set(row.formal_in)):
        _told(actor, row, "formal" if code in row.formal_in else "informal", code)


def _told(actor: User, centre: Centre, what: str, code: str) -> None:
    record(centre_id=centre.pk, actor_id=actor.pk, action=f"centres.language.{what}", subject=f"language:{code}")
