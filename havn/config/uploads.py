"""Which addresses take files or long texts, and how large. Every other refuses a file before it is read.

No address of a visitor is here: a picture that must not exist cannot enter by any path.
"""

from dataclasses import dataclass

MB = 1024 * 1024
FORM = 64 * 1024
"""The longest body of a form without files."""


@dataclass(frozen=True)
class Upload:
    """What an address takes: `longest` body in bytes, `seconds` until all of it must be here; `files`, or text only.

    `raw`: bytes of another program that signs them or holds a key, in which anything may stand; they come without a
    session. `keyed`: only with something that looks like a key; they wait for nobody else, and keep nobody waiting.
    """

    longest: int
    seconds: float
    files: bool = True
    raw: bool = False
    keyed: bool = False


FORMS_ONLY = Upload(FORM, 30.0, files=False)
# The longest beginning decides. The editor sends every page as a form that could hold files.
_TAKE_MORE = {
    "/desk/editor/documents/": Upload(50 * MB, 600.0),
    "/desk/editor/images/": Upload(11 * MB, 300.0),
    "/desk/editor/": Upload(4 * MB, 120.0),
    # A question and its answer: a letter of Greek or Cyrillic takes six bytes in a form.
    "/desk/letters/": Upload(256 * 1024, 30.0, files=False),
    # E-mails as they came, signed by whoever hands them over.
    "/hooks/mail/": Upload(3 * MB, 60.0, files=False, raw=True),
    # Answers and documents of rounds, from systems that hold a key.
    "/api/v1/rounds/": Upload(6 * MB, 60.0, raw=True, keyed=True),
    "/desk/theme/logo": Upload(2 * MB, 120.0),
    "/desk/figures/imports/file": Upload(9 * MB, 300.0),
    # A whole table of translations, workbooks, and a form with documents that is tried out.
    "/desk/forms/": Upload(6 * MB, 300.0),
    # Workbooks and documents of a round, and a long form whole, as it is saved while somebody types.
    "/desk/rounds/answers/": Upload(6 * MB, 300.0),
    "/desk/rounds/": Upload(256 * 1024, 30.0, files=False),
    # What a survey says in every language, and an article in every language.
    "/desk/surveys": Upload(256 * 1024, 30.0, files=False),
    "/desk/trends/": Upload(256 * 1024, 30.0, files=False),
    # A factsheet, and its text again while it is looked at.
    "/desk/recommendations/import": Upload(4 * MB, 120.0),
    # A document that shows what a follow-up says.
    "/desk/recommendations/evidence-for/": Upload(6 * MB, 300.0),
    "/desk/recommendations/": Upload(256 * 1024, 30.0, files=False),
}


def upload_at(path: str) -> Upload:
    """What the address at this path (with or without its language) takes."""
    if len(path) > 3 and path[3:4] == "/" and path[1:3].isalpha():
        path = path[3:]
    for beginning, upload in _TAKE_MORE.items():
        if path.startswith(beginning):
            return upload
    return FORMS_ONLY
