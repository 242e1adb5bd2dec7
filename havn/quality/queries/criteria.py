"""The criteria of a helpline: its own latest version, else those that come with Havn."""

import json
from functools import cache
from pathlib import Path

from havn.quality.models import CriteriaVersion
from havn.quality.rules.criteria import Criterion, criteria_from

_FILE = Path(__file__).resolve().parent.parent / "data" / "criteria.json"
HAVNS = 0


def criteria_now(service_id: int) -> tuple[int, list[Criterion]]:
    """The number of the version that new reviews are made by, and its criteria."""
    latest = CriteriaVersion.objects.filter(service_id=service_id).order_by("-number").first()
    return (latest.number, criteria_from(latest.rows)) if latest else (HAVNS, havns_criteria())


def criteria_numbered(service_id: int, number: int) -> list[Criterion]:
    """The criteria of one version."""
    found = CriteriaVersion.objects.filter(service_id=service_id, number=number).first()
    return criteria_from(found.rows) if found else havns_criteria()


@cache
def havns_criteria() -> list[Criterion]:
    """Those that come with Havn."""
    return criteria_from(json.loads(_FILE.read_text(encoding="utf-8")))
