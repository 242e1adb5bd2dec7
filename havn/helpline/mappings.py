"""The mappings of one coding to several reports, from `data/report-mappings.json`."""

import json
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).resolve().parent / "data" / "report-mappings.json"


@cache
def mappings() -> dict[str, Any]:
    """The whole file."""
    found: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found


def reasons_to(name: str) -> dict[str, str]:
    """Reason to the group of another list: "four_cs" or "chi"."""
    return dict(mappings()[name]["reasons"])


def is_proposal(name: str) -> bool:
    """Whether nobody published this mapping, so that a centre must look at it before it files with it."""
    return bool(mappings()[name]["status"] == "proposal")
