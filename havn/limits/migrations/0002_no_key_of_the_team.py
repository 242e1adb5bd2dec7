"""The key of a care plan is sealed to the team no longer: it lies under its code and beside talks alone."""

from typing import Any

from django.db import migrations


def end_wraps(apps: Any, schema_editor: Any) -> None:
    """Drop the wraps of plans that were made while there were any."""
    plans = list(apps.get_model("limits", "CarePlan").objects.values_list("pk", flat=True))
    wraps = apps.get_model("vault", "ConversationKeyWrap").objects
    for start in range(0, len(plans), 100):
        wraps.filter(pk__in=plans[start : start + 100]).delete()


class Migration(migrations.Migration):
    dependencies = [("limits", "0001_initial"), ("vault", "0001_initial")]

    operations = [migrations.RunPython(end_wraps, migrations.RunPython.noop)]
