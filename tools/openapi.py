"""What other systems may do, as OpenAPI 3.1: `python -m tools.openapi` writes docs/reference/openapi.json.

A test compares the file with what the code says.
"""

import json
import sys
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "openapi.json"


def text() -> str:
    """The file as it should be."""
    from havn.connections.openapi import document

    return json.dumps(document(), indent=1, ensure_ascii=False, sort_keys=True, default=str) + "\n"


def main() -> int:
    """Write the file."""
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havn.config.settings")
    django.setup()
    FILE.write_text(text())
    return 0


if __name__ == "__main__":
    sys.exit(main())
