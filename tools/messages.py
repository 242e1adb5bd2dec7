"""`make messages`: gather every sentence of the templates and modules into havn/locale, and compile the translations.

Needs GNU gettext (`xgettext`, `msgmerge`) for gathering; compiling does not. The compiled files are in git and in the
wheel, so nobody who runs Havn needs either. Prints what is not translated yet; `--check` fails then.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "havn" / "locale"
LANGUAGES = ("nb", "da")
NAMES = {"nb": "Norwegian Bokmål", "da": "Danish"}
_HOLE = re.compile(r"%\((\w+)\)[sd]|%[sd]|</?\w+[^>]*>")


def gather() -> None:
    """Bring the catalogues up to date with the code; sentences that are gone are dropped."""
    languages = [argument for language in LANGUAGES for argument in ("-l", language)]
    with tempfile.TemporaryDirectory() as data:
        subprocess.run(
            [
                # -P: an app of ours must not hide a module of Python of the same name.
                *(sys.executable, "-P", "-m", "django", "makemessages", *languages),
                *("--no-obsolete", "--no-wrap", "--add-location", "file", "-i", "vendor", "--verbosity", "0"),
            ],
            cwd=ROOT / "havn",
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "DJANGO_SETTINGS_MODULE": "havn.config.settings",
                "HAVN_DATA": data,
            },
            check=True,
        )


def tidy_and_compile() -> list[str]:
    """Write the headers, order and compiled file of every catalogue. Returns what is wrong, a line each."""
    wrong = []
    for language in LANGUAGES:
        path = LOCALE / language / "LC_MESSAGES" / "django.po"
        catalogue = polib.pofile(str(path), wrapwidth=0)
        catalogue.header = f"Havn in {NAMES[language]}. See docs/ for how to translate."
        catalogue.metadata = {
            "Project-Id-Version": "Havn",
            "Language": language,
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": "nplurals=2; plural=(n != 1);",
        }
        catalogue.metadata_is_fuzzy = False
        wrong += [f"{language}: {line}" for line in problems(catalogue)]
        catalogue.save(str(path))
        catalogue.save_as_mofile(str(path.with_suffix(".mo")))
    return wrong


def problems(catalogue: polib.POFile) -> list[str]:
    """Sentences without translation, unsure ones, and placeholders or elements that do not match."""
    found = []
    for entry in catalogue:
        if entry.obsolete:
            continue
        if not entry.translated():
            found.append(f"not translated: {entry.msgid}")
            continue
        pairs = [(entry.msgid, entry.msgstr)] if not entry.msgid_plural else []
        pairs += [(entry.msgid_plural, text) for number, text in entry.msgstr_plural.items() if number]
        found += [f"holes differ: {source}" for source, text in pairs if holes(source) != holes(text)]
    return found


def holes(text: str) -> list[str]:
    """The placeholders and elements of a sentence, in a fixed order."""
    return sorted(match.group(0) for match in _HOLE.finditer(text))


def main() -> int:
    """Gather, compile, and tell what is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail when anything is missing or does not match")
    parser.add_argument("--compile-only", action="store_true", help="gather nothing (no gettext needed)")
    options = parser.parse_args()
    if not options.compile_only:
        gather()
    wrong = tidy_and_compile()
    print("\n".join(wrong) or "Every sentence is translated.")
    return 1 if wrong and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
