"""Which addresses take files, and how large. Every other address refuses a file before it is read.

No address of a visitor is here: a picture that must not exist cannot enter by any path.
"""

from dataclasses import dataclass

MB = 1024 * 1024
FORM = 64 * 1024
"""The longest body of a form without files."""


@dataclass(frozen=True)
class Upload:
    """What an address takes: `longest` body in bytes, `seconds` until all of it must be here."""

    longest: int
    seconds: float


FORMS_ONLY = Upload(FORM, 30.0)
# The longest beginning decides. The editor sends every page as a form that could hold files.
_TAKE_FILES = {
    "/desk/editor/documents/": Upload(50 * MB, 600.0),
    "/desk/editor/images/": Upload(11 * MB, 300.0),
    "/desk/editor/": Upload(4 * MB, 120.0),
    "/desk/theme/logo": Upload(2 * MB, 120.0),
    "/desk/figures/imports/file": Upload(9 * MB, 300.0),
}


def upload_at(path: str) -> Upload:
    """What the address at this path (with or without its language) takes."""
    if len(path) > 3 and path[3:4] == "/" and path[1:3].isalpha():
        path = path[3:]
    for beginning, upload in _TAKE_FILES.items():
        if path.startswith(beginning):
            return upload
    return FORMS_ONLY
