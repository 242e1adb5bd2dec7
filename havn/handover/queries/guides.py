"""What the centre has published about a platform, for the counsellor to have at hand."""

from havn.centres.readables import Readable, readables
from havn.helpline.rules.record import PLATFORMS
from havn.tenancy.models import Centre

MOST = 5


def guides_about(centre: Centre, platform: str, language: str) -> list[Readable]:
    """Pages that name the platform, guides first. Nothing for a platform that is not on the list."""
    if platform not in PLATFORMS:
        return []
    found = readables(centre, platform, language, MOST * 2)
    return sorted(found, key=lambda one: one.kind != "guide")[:MOST]
