"""What other tests of the same run left in files is none of the clocks' business."""

from pathlib import Path

import pytest
from django.conf import settings

JOURNALS = ("departed", "destroyed", "withdrawn", "revoked", "plans-deleted", "codes-replaced")


@pytest.fixture(autouse=True)
def fresh_journals() -> None:
    """The lines that outlive a restore stand in files, which no rollback takes back."""
    for name in JOURNALS:
        (Path(settings.DATA) / name).unlink(missing_ok=True)
