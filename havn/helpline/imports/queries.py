"""What a file holds and what it would become."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from havn.helpline.imports import staging
from havn.helpline.imports.known import labels_of
from havn.helpline.imports.rules import CODED, CONSTANTS, Known, Meaning, Problem, contact_of, guess, words_of
from havn.helpline.models import ContactBatch
from havn.helpline.rules.figures import Facts
from havn.tenancy.models import Service

SHOWN = 100
SEVERAL = "reasons"
# What the heads of a table are called most often; English, Norwegian, Danish.
_HEADS = {
    "day": ("day", "date", "dato", "dag", "tid", "tidspunkt"),
    "time": ("time", "clock", "klokkeslett", "klokkeslæt", "kl"),
    "channel": ("channel", "kanal"),
    "result": ("result", "resultat", "status"),
    "language": ("language", "språk", "sprog"),
    "reason": ("reason", "main reason", "årsak", "tema", "emne", "årsag", "hovedårsak"),
    "reasons": ("reasons", "other reasons", "andre årsaker", "andre temaer", "temaer", "emner"),
    "person": ("person", "who", "hvem"),
    "age_band": ("age", "alder"),
    "gender": ("gender", "kjønn", "køn"),
    "online": ("online", "på nett"),
    "place": ("place", "sted", "hvor"),
    "platform": ("platform", "plattform"),
    "outcome": ("outcome", "utfall", "udfald"),
    "risk": ("risk", "risiko"),
    "feedback": ("feedback", "tilbakemelding", "helped"),
    "waiting": ("waiting", "waiting minutes", "ventetid", "wait"),
    "length": ("length", "minutes", "varighet", "varighed", "length minutes"),
}


def batches_of(service: Service) -> list[ContactBatch]:
    """The files of a helpline, the latest first."""
    return list(ContactBatch.objects.filter(service=service).select_related("made_by").order_by("-made_at"))


@dataclass
class Trial:
    """What would become of a file: how many contacts, how many rows with a mistake, and the first of those."""

    contacts: int = 0
    passed_over: int = 0
    problems: list[tuple[int, list[Problem]]] = field(default_factory=list)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)


def try_rows(batch: ContactBatch, meaning: Meaning, known: Known) -> Trial:
    """Read every row as if it were applied. Numbers of rows are those of the file, blank ones counted."""
    trial, number = Trial(), staging.heads_row(batch)
    for part in staging.parts_of(batch):
        for row in part:
            number += 1
            if not row:
                continue
            found = contact_of(row, meaning, known)
            if isinstance(found, Facts):
                trial.contacts += 1
                continue
            trial.passed_over += 1
            trial.kinds.update({(problem.code, problem.field) for problem in found})
            if len(trial.problems) < SHOWN:
                trial.problems.append((number, found))
    return trial


def words_in(batch: ContactBatch, columns: dict[str, int]) -> dict[str, list[str] | None]:
    """The different words of each coded column; None where they are too many."""
    rows = [row for part in staging.parts_of(batch) for row in part]
    return {name: words_of(rows, column, several=name == SEVERAL) for name, column in columns.items() if name in CODED}


def meaning_for(batch: ContactBatch, heads: Sequence[str], service: Service) -> Meaning:
    """What was said about this file; of a new one what was said the last time, else what its heads look like."""
    said = staging.meaning_of(batch)
    if said.columns or said.constants:
        return said
    last = staging.last_meaning(service.pk)
    columns = staging.columns_again(last, heads) or _columns_by_heads(heads)
    constants = dict(last.constants) or {"channel": "chat", "result": "answered", "language": service.languages[0]}
    return Meaning(columns, last.values, {name: constants.get(name, "") for name in CONSTANTS})


def with_guesses(meaning: Meaning, words: dict[str, list[str] | None], centre_id: int | None = None) -> Meaning:
    """The same with a code for every word that nobody gave one yet and whose code its name tells."""
    values: dict[str, dict[str, str]] = {}
    for name, found in words.items():
        labels = labels_of(name, centre_id)
        said = meaning.values.get(name, {})
        values[name] = {word: said[word] if word in said else guess(name, word, labels) for word in found or []}
    return Meaning(meaning.columns, values, meaning.constants)


def _columns_by_heads(heads: Sequence[str]) -> dict[str, int]:
    plain = [head.strip().casefold() for head in heads]
    found: dict[str, int] = {}
    for name, called in _HEADS.items():
        for word in (name, *called):
            if word in plain and plain.index(word) not in found.values():
                found[name] = plain.index(word)
                break
    return found
