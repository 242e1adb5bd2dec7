"""A clock for every letter that was written before there were any: list, counts and alarm know a letter by it."""

from typing import Any

from django.db import migrations

PIECE = 200


def start_clocks(apps: Any, _schema_editor: Any) -> None:
    """It runs from the oldest words of the child after our last ones; a letter that has ended waits for nobody."""
    clocks = apps.get_model("letterbox", "LetterClock").objects
    turns = apps.get_model("helpline", "Turn").objects
    messages = apps.get_model("live", "Message").objects
    without = turns.filter(channel="letter", conversation__letter_clock__isnull=True).order_by("pk")
    numbers = list(without.values_list("pk", flat=True))
    for start in range(0, len(numbers), PIECE):
        piece = numbers[start : start + PIECE]
        texts: dict[int, list[tuple[str, int]]] = {number: [] for number in piece}
        found = messages.filter(conversation_id__in=piece, kind="text").order_by("conversation_id", "seq")
        for number, author, at_ms in found.values_list("conversation_id", "author", "at_ms"):
            texts[number].append((author, at_ms))
        clocks.bulk_create(
            clocks.model(
                conversation_id=turn.pk,
                service_id=turn.service_id,
                language=turn.language,
                **_standing(texts[turn.pk], is_open=turn.state in ("waiting", "talking")),
            )
            for turn in turns.filter(pk__in=piece)
        )


def _standing(texts: list[tuple[str, int]], *, is_open: bool) -> dict[str, int | None]:
    since: int | None = None
    answered: int | None = None
    for author, at_ms in texts:
        if author == "visitor":
            since = at_ms if since is None else since
        else:
            since, answered = None, at_ms
    return {"unanswered_since_ms": since if is_open else None, "answered_at_ms": answered}


class Migration(migrations.Migration):

    dependencies = [
        ("letterbox", "0001_initial"),
        ("helpline", "0004_contact_batch"),
        ("live", "0003_a_silent_colleague"),
    ]

    operations = [migrations.RunPython(start_clocks, migrations.RunPython.noop, elidable=True)]
