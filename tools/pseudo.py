"""Pseudo-languages for tests: English with accents and a third longer, and one that runs from right to left.

Made from the catalogue's own sentences: whatever stays plain English on a page was never marked for translation.
"""

import re
from collections.abc import Callable
from pathlib import Path

import polib

ACCENTED = "en-xa"
RIGHT_TO_LEFT = "ar-xb"

_KEPT = re.compile(r"(%\(\w+\)[sd]|%[sd%]|<[^>]*>|&\w+;|\n)")
_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTS = str.maketrans(_PLAIN, "àƀčðéƒğĥíĵķĺɱñóƥɋřšţúṽŵẋýžÀƁČÐÉƑĞĤÍĴĶĹṀÑÓƤɊŘŠŢÚṼŴẊÝŽ")
_HEBREW = str.maketrans(_PLAIN, "אבגדהוזחטיכלמנסעפצקרשתץףןםאבגדהוזחטיכלמנסעפצקרשתץףןם")


def pseudo(text: str, language: str) -> str:
    """A sentence in a pseudo-language; placeholders and elements stay as they are."""
    table = _HEBREW if language == RIGHT_TO_LEFT else _ACCENTS
    pieces = [piece if _KEPT.fullmatch(piece) else piece.translate(table) for piece in _KEPT.split(text)]
    return "".join(pieces) + _padding(len(_KEPT.sub("", text)), language)


def write_catalogue(
    source: Path, folder: Path, language: str, wanted: Callable[[polib.POEntry], bool] = lambda entry: True
) -> None:
    """Compile the `wanted` sentences of the catalogue `source` into `folder` as a locale of that pseudo-language."""
    catalogue = polib.pofile(str(source))
    catalogue[:] = [entry for entry in catalogue if wanted(entry)]
    catalogue.metadata["Language"] = language
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: pseudo(entry.msgid, language), 1: pseudo(entry.msgid_plural, language)}
        else:
            entry.msgstr = pseudo(entry.msgid, language)
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    base, _, region = language.partition("-")
    target = folder / f"{base}_{region.upper()}" / "LC_MESSAGES"
    target.mkdir(parents=True, exist_ok=True)
    catalogue.save_as_mofile(str(target / "django.mo"))


def _padding(length: int, language: str) -> str:
    """A third more, as German or Finnish would need: words, so that lines can break."""
    word = "שלום" if language == RIGHT_TO_LEFT else "ļöñğ"
    return "".join(f" {word}" for _ in range(round(length / 3 / 5)))
