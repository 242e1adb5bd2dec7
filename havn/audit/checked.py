"""What the last check of the trail found, in a file beside the database: whoever changes that changes not this.

A check reads every entry (a million in 30 s), so it runs at night and screens show what it left.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from havn.audit.verify import Verdict, verify
from havn.common import clock


@dataclass(frozen=True)
class Checked:
    """When every chain was checked last, how many entries there were, and how many findings: 0, or it was changed."""

    at_ms: int
    entries: int
    findings: int


def check_and_keep() -> Verdict:
    """Check every chain now and keep what was found. Raises OSError when it can't be kept."""
    verdict = verify()
    checked = Checked(clock.now_ms(), verdict.entries, len(verdict.findings))
    fresh = _path().with_name(f".{_path().name}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(asdict(checked), file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(_path())
    return verdict


def last_checked() -> Checked | None:
    """What the last check left; None before the first, and when the file is not one of ours."""
    try:
        return Checked(**json.loads(_path().read_text()))
    except (OSError, ValueError, TypeError):
        return None


def _path() -> Path:
    return Path(settings.DATA) / "audit-checked.json"
