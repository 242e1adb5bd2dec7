"""The lists of terms move to an app of their own, which every strand may use. Their rows go with them.

The rows are copied and the old tables dropped, not renamed: vocabularies stands below helpline, so its own migrations
must make its tables without knowing that a helpline ever had them. Nothing points at the rows by number.
"""

from typing import Any

from django.db import migrations

_SAME = ("code", "labels", "definition", "four_c", "replaced_by", "order")


def move(apps: Any, schema_editor: Any) -> None:
    """Copy every version with its terms."""
    _copy(apps, "helpline", "vocabularies", lambda row: {"former_labels": _as_list(row.former_label)})


def move_back(apps: Any, schema_editor: Any) -> None:
    """Copy back the lists that a helpline had. Parents and further former labels have no place there."""
    _copy(apps, "vocabularies", "helpline", lambda row: {"former_label": _first(row.former_labels)})


def _copy(apps: Any, source: str, target: str, changed: Any) -> None:
    old, new = apps.get_model(source, "Vocabulary"), apps.get_model(target, "Vocabulary")
    new_term = apps.get_model(target, "VocabularyTerm")
    for vocabulary in old.objects.order_by("pk"):
        made = new.objects.create(
            dimension=vocabulary.dimension,
            code=vocabulary.code,
            centre_id=vocabulary.centre_id,
            valid_from=vocabulary.valid_from,
            valid_to=vocabulary.valid_to,
        )
        new_term.objects.bulk_create(
            new_term(vocabulary=made, **{name: getattr(row, name) for name in _SAME}, **changed(row))
            for row in vocabulary.terms.order_by("pk")
        )
    if target == "helpline":
        old.objects.all().delete()


def _as_list(label: str) -> list[dict[str, str | None]]:
    return [{"label": label, "language": "en", "until": None}] if label else []


def _first(labels: list[dict[str, str | None]]) -> str:
    return next((str(one["label"])[:120] for one in labels if one["language"] == "en"), "")


class Migration(migrations.Migration):
    dependencies = [
        ("helpline", "0001_initial"),
        ("vocabularies", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(move, move_back),
        migrations.DeleteModel(name="VocabularyTerm"),
        migrations.DeleteModel(name="Vocabulary"),
    ]
