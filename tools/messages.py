"""`make messages`: gather every sentence of the templates and modules into havn/locale, and compile the translations.

Two languages are whole. The other catalogues hold what visitors of a helpline see (`tools/public_sentences.py`), and
those of a formal way to say "you" only the sentences that differ from their language's own.

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

import django
import polib
from babel import Locale
from django.utils.translation import to_locale

from tools.public_sentences import public_sentences

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "havn" / "locale"
LANGUAGES = ("nb", "da")
PUBLIC_LANGUAGES = (
    "bg", "cs", "de", "el", "es", "et", "fi", "fr", "ga", "hr", "hu", "is", "it", "lt", "lv", "mt", "nl", "nn", "pl",
    "pt", "ro", "sk", "sl", "sv", "uk",
)  # fmt: skip
FORMAL_LANGUAGES = (
    "bg", "cs", "de", "el", "es", "et", "fi", "fr", "hr", "hu", "it", "lt", "lv", "nl", "pl", "pt", "ro", "sk", "sl",
    "uk",
)  # fmt: skip
# Django has no Maltese, and so no rule for its plurals; this is the one of gettext.
_PLURALS = {
    "mt": "nplurals=4; plural=(n==1 ? 0 : n==0 || (n%100>1 && n%100<11) ? 1 : (n%100>10 && n%100<20) ? 2 : 3);",
    "nb": "nplurals=2; plural=(n != 1);",
    "da": "nplurals=2; plural=(n != 1);",
}
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
        catalogue = polib.pofile(str(path_of(language)), wrapwidth=0)
        wrong += [f"{language}: {line}" for line in problems(catalogue)]
        write(language, catalogue)
    public = public_sentences(polib.pofile(str(path_of(LANGUAGES[0]))))
    for language in PUBLIC_LANGUAGES:
        catalogue = brought_up_to_date(language, public)
        wrong += [f"{language}: {line}" for line in problems(catalogue)]
        write(language, catalogue)
    for language in FORMAL_LANGUAGES:
        own = {key_of(entry): entry for entry in polib.pofile(str(path_of(language)))}
        catalogue = brought_up_to_date(f"{language}-x-formal", public)
        catalogue[:] = [entry for entry in catalogue if differs(entry, own[key_of(entry)])]
        wrong += [f"{language}, formal: {line}" for line in problems(catalogue)]
        write(f"{language}-x-formal", catalogue)
    return wrong


def path_of(language: str) -> Path:
    """Where the catalogue of a language lies: that of "de-x-formal" in the folder de_X-formal, as Django wants it."""
    return LOCALE / to_locale(language) / "LC_MESSAGES" / "django.po"


def brought_up_to_date(language: str, sentences: list[polib.POEntry]) -> polib.POFile:
    """The catalogue with exactly these sentences, translated as far as it was."""
    path = path_of(language)
    before = {key_of(entry): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    catalogue = polib.POFile(wrapwidth=0)
    for source in sentences:
        known = before.get(key_of(source))
        fresh = polib.POEntry(
            msgctxt=source.msgctxt,
            msgid=source.msgid,
            msgid_plural=source.msgid_plural,
            occurrences=source.occurrences,
            comment=source.comment,
            flags=[flag for flag in source.flags if flag != "fuzzy"],
        )
        if source.msgid_plural:
            fresh.msgstr_plural = known.msgstr_plural if known else dict.fromkeys(range(_forms(language)), "")
        else:
            fresh.msgstr = known.msgstr if known else ""
        catalogue.append(fresh)
    return catalogue


def key_of(entry: polib.POEntry) -> tuple[str | None, str, str]:
    """By what a sentence is the same in every catalogue."""
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def differs(formal: polib.POEntry, own: polib.POEntry) -> bool:
    """Whether the formal way has words of its own for a sentence."""
    return formal.translated() and (formal.msgstr, formal.msgstr_plural) != (own.msgstr, own.msgstr_plural)


def write(language: str, catalogue: polib.POFile) -> None:
    """Write a catalogue and its compiled file."""
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.header = f"Havn in {Locale.parse(language.partition('-')[0]).english_name}. See havn/locale/README.md."
    catalogue.metadata = {
        "Project-Id-Version": "Havn",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plurals_of(language),
    }
    catalogue.metadata_is_fuzzy = False
    catalogue.save(str(path))
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))


def plurals_of(language: str) -> str:
    """The rule of a language's plurals, Django's own: its catalogue and ours are read as one."""
    code = language.partition("-")[0]
    if code in _PLURALS:
        return _PLURALS[code]
    own = Path(django.__file__).parent / "conf" / "locale" / code / "LC_MESSAGES" / "django.po"
    return str(polib.pofile(str(own)).metadata["Plural-Forms"])


def _forms(language: str) -> int:
    return int(plurals_of(language).partition("nplurals=")[2].partition(";")[0])


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
        # A form for one, or for two, may say the number in a word.
        last = max(entry.msgstr_plural, default=0)
        pairs += [(entry.msgid_plural, text) for number, text in entry.msgstr_plural.items() if number == last]
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
