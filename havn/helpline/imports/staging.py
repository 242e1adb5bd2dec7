"""Rows of a file, sealed under the server's key while they wait. A worker opens them with nobody signed in."""

import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings

from havn.helpline.imports.rules import Meaning
from havn.helpline.models import BatchRows, ContactBatch, ImportMeaning
from havn.vault.api import open_for_server, seal_for_server

PART = 250
Rows = list[list[str]]


def fingerprint_of(rows: Rows, service_id: int) -> bytes:
    """A keyed digest of a file's rows: the same file at the same helpline, and nothing to guess a row by."""
    text = json.dumps([service_id, rows], ensure_ascii=False, separators=(",", ":"))
    return hmac.new(bytes.fromhex(settings.SERVER_KEY), b"contact batch" + text.encode(), hashlib.sha256).digest()


def sealed_parts(batch_id: int, rows: Rows) -> list[BatchRows]:
    """Heads (with the blank rows before them) and rows in parts, sealed and not stored yet."""
    begin = next(at for at, row in enumerate(rows) if row) + 1
    parts = [rows[:begin], *(rows[start : start + PART] for start in range(begin, len(rows), PART))]
    return [
        BatchRows(batch_id=batch_id, part=number, sealed=_seal(part, _purpose(batch_id, number)))
        for number, part in enumerate(parts)
    ]


def heads_of(batch: ContactBatch) -> list[str]:
    """The names of the columns, "" for those that are gone; empty when the rows are gone."""
    found = _first(batch)
    return found[-1] if found else []


def heads_row(batch: ContactBatch) -> int:
    """Which row of the file holds the heads, from 1."""
    return len(_first(batch))


def _first(batch: ContactBatch) -> Rows:
    first = BatchRows.objects.filter(batch=batch, part=0).first()
    return opened(first) if first else []


def without_unmapped(batch: ContactBatch, meaning: Meaning) -> list[BatchRows]:
    """The parts without what stands in columns that are no field, not stored yet; none where nothing would go.

    A table may hold names and notes beside what is counted. As long as nobody said which column holds the day nothing
    can be tried, and every column stays.
    """
    kept = set(meaning.columns.values())
    if "day" not in meaning.columns or all(at in kept or not head for at, head in enumerate(heads_of(batch))):
        return []
    parts = list(BatchRows.objects.filter(batch=batch))
    for part in parts:
        rows = [[cell if at in kept else "" for at, cell in enumerate(row)] for row in opened(part)]
        part.sealed = _seal(rows, _purpose(part.batch_id, part.part))
    return parts


def parts_of(batch: ContactBatch) -> Iterator[Rows]:
    """The rows without the heads, part by part; blank ones are empty."""
    for part in BatchRows.objects.filter(batch=batch, part__gt=0).order_by("part").iterator(chunk_size=20):
        yield opened(part)


def opened(part: BatchRows) -> Rows:
    """The rows of one part."""
    found: Rows = json.loads(open_for_server(part.sealed, _purpose(part.batch_id, part.part)))
    return found


def seal_meaning(meaning: Meaning, purpose: str) -> bytes:
    """Words of a file are kept sealed too: a column may hold what nobody expected."""
    return _seal(meaning.as_values(), purpose)


def meaning_of(batch: ContactBatch) -> Meaning:
    """What was said about this file."""
    return _meaning(batch.meaning_sealed, f"contact batch meaning:{batch.pk}")


def last_meaning(service_id: int) -> Meaning:
    """What was said the last time at this helpline, with the heads of the columns in place of their numbers."""
    kept = ImportMeaning.objects.filter(pk=service_id).first()
    return _meaning(kept.sealed, f"import meaning:{service_id}") if kept else Meaning()


def keep_meaning(batch: ContactBatch, meaning: Meaning) -> None:
    """Store what was said with the file."""
    batch.meaning_sealed = seal_meaning(meaning, f"contact batch meaning:{batch.pk}")
    batch.save(update_fields=["meaning_sealed"])


def remember_meaning(batch: ContactBatch) -> None:
    """Store what an applied file meant for the next one of this helpline: names of columns, words that have a code."""
    meaning, heads = meaning_of(batch), heads_of(batch)
    named = {f"{field}\t{heads[column].strip().casefold()}": 0 for field, column in meaning.columns.items()}
    coded = {name: {word: code for word, code in words.items() if code} for name, words in meaning.values.items()}
    sealed = seal_meaning(Meaning(named, coded, meaning.constants), f"import meaning:{batch.service_id}")
    ImportMeaning.objects.update_or_create(pk=batch.service_id, defaults={"sealed": sealed})


def columns_again(meaning: Meaning, heads: Sequence[str]) -> dict[str, int]:
    """The columns of a new file that were called the same the last time."""
    places = {head.strip().casefold(): at for at, head in enumerate(heads)}
    found = {}
    for named in meaning.columns:
        field, _tab, head = named.partition("\t")
        if head in places:
            found[field] = places[head]
    return found


def _meaning(sealed: bytes | memoryview, purpose: str) -> Meaning:
    return Meaning(**json.loads(open_for_server(sealed, purpose))) if sealed else Meaning()


def _seal(value: Any, purpose: str) -> bytes:
    return seal_for_server(json.dumps(value, ensure_ascii=False).encode(), purpose)


def _purpose(batch_id: int, part: int) -> str:
    return f"contact batch:{batch_id}:{part}"
