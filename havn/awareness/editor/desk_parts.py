"""Where the parts of a centre's profile stand, as those who write them see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.awareness.editor.profile_rights import organisations_written_by
from havn.awareness.models import ProfilePage, ProfilePartPage
from havn.awareness.queries import fronts_of
from havn.tenancy.models import Centre


@dataclass(frozen=True)
class PartRow:
    """A part. `address` "": somebody else's."""

    part: ProfilePartPage
    state: str
    address: str


@dataclass(frozen=True)
class ProfileRow:
    """The profile in one language. `begin` "": every strand that the person could begin has a part of theirs."""

    page: ProfilePage
    state: str
    address: str
    parts: Sequence[PartRow]
    begin: str


def profiles_for(user: User, centre: Centre) -> list[ProfileRow]:
    """The centre's profile in each language, with every part, published or not."""
    mine = set(organisations_written_by(user, centre).values_list("pk", flat=True))
    rows = []
    for front in fronts_of(centre).order_by("path"):
        for page in ProfilePage.objects.child_of(front).select_related("locale"):
            rows.append(_row(page, mine))
    return rows


def missing_languages(centre: Centre) -> list[tuple[str, str]]:
    """Languages without a profile, each with the address that begins one."""
    return [
        (front.language, reverse("wagtailadmin_pages:add", args=["awareness", "profilepage", front.pk]))
        for front in fronts_of(centre).order_by("path")
        if not ProfilePage.objects.child_of(front).exists()
    ]


def _row(page: ProfilePage, mine: set[int]) -> ProfileRow:
    parts = ProfilePartPage.objects.child_of(page).select_related("owner_organisation", "locale").order_by("path")
    begun = {part.owner_organisation_id for part in parts}
    return ProfileRow(
        page=page,
        state=_state(page),
        address=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        parts=[_part(part, mine) for part in parts],
        begin=reverse("wagtailadmin_pages:add", args=["awareness", "profilepartpage", page.pk]) if mine - begun else "",
    )


def _part(part: ProfilePartPage, mine: set[int]) -> PartRow:
    address = reverse("wagtailadmin_pages:edit", args=[part.pk]) if part.owner_organisation_id in mine else ""
    return PartRow(part, _state(part), address)


def _state(page: ProfilePage | ProfilePartPage) -> str:
    if page.workflow_in_progress:
        return _("Waits for review")
    if not page.live or page.last_published_at is None:
        return _("Draft")
    date = date_format(page.last_published_at, "DATE_FORMAT")
    if page.has_unpublished_changes:
        return _("Published on %(date)s, changed since") % {"date": date}
    return _("Published on %(date)s") % {"date": date}
