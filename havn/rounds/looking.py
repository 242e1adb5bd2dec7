"""Looking at a document before it is kept. A PDF is read by a program of its own that is ended after a while."""

import subprocess
import sys
from pathlib import Path

from havn.rounds.rules.documents import NotTaken, kind_of

READER = Path(__file__).parent / "rules" / "pdfs.py"
LONGEST_S = 20
"""Until the program is ended. It ends itself after fewer seconds of work; a busy machine may keep it waiting."""


def looked_at(name: str, content: bytes, kinds: tuple[str, ...]) -> str:
    """The kind of a document by its content. Raises NotTaken. Takes up to `LONGEST_S`: never within a transaction."""
    kind = kind_of(name, content)
    if kinds and kind not in kinds:
        raise NotTaken("kind")
    if kind == "pdf" and (why := _in_pdf(content)):
        raise NotTaken(why)
    return kind


def _in_pdf(content: bytes) -> str:
    """One word for what keeps it from being taken, "" for nothing."""
    command = [sys.executable, "-I", str(READER)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and file
            command, input=content, capture_output=True, timeout=LONGEST_S, check=False, env={}
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "bomb"
    # Ended by its own bounds, or broken by what it read.
    return done.stdout.decode() if done.returncode == 0 else "bomb"
