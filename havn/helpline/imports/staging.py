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


def keep_rows(batch: ContactBatch, rows: Rows) -> None:
    """Store heads and rows in parts."""
    parts = [rows[:1], *(rows[start : start + PART] for start in range(1, len(rows), PART))]
    BatchRows.objects.bulk_create(
        BatchRows(batch=batch, part=number, sealed=_seal(part, _purpose(batch.pk, number)))
        for number, part in enumerate(parts)
    )


def heads_of(batch: ContactBatch) -> list[str]:
    """The names of the columns; empty when the rows are gone."""
    first = BatchRows.objects.filter(batch=batch, part=0).first()
    return opened(first)[0] if first else []


def parts_of(batch: ContactBatch) -> Iterator[Rows]:
    """The rows without the heads, part by part."""
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


def keep_meaning(batch: ContactBatch, meaning: Meaning, heads: Sequence[str]) -> None:
    """Store what was said with the file, and for the next file of this helpline by the names of the columns."""
    batch.meaning_sealed = seal_meaning(meaning, f"contact batch meaning:{batch.pk}")
    batch.save(update_fields=["meaning_sealed"])
    named = {f"{field}\t{heads[column].strip().casefold()}": 0 for field, column in meaning.columns.items()}
    sealed = seal_meaning(Meaning(named, meaning.values, meaning.constants), f"import meaning:{batch.service_id}")
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
