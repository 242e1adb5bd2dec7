"""The counts, and what their last check found."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def make_counts(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the table; on SQLite without row numbers, so that a row lies where its key says and nowhere else."""
    model = apps.get_model("statistics", "Count")
    if editor.connection.vendor == "sqlite":
        statement, values = editor.table_sql(model)
        editor.execute(f"{statement} WITHOUT ROWID", values or None)
    else:
        editor.create_model(model)


def drop_counts(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the table away."""
    editor.delete_model(apps.get_model("statistics", "Count"))


class Migration(migrations.Migration):
    initial = True

    dependencies = [("tenancy", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Count",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "service_id",
                                "grain",
                                "day",
                                "dimension",
                                "within",
                                "code",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("grain", models.CharField(choices=[("d", "A day"), ("m", "A month")], max_length=1)),
                        ("day", models.DateField(help_text="In the centre's zone; of a month its first.")),
                        ("dimension", models.CharField(max_length=20)),
                        ("within", models.CharField(max_length=60)),
                        ("code", models.CharField(max_length=120)),
                        ("count", models.IntegerField()),
                        (
                            "service",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="tenancy.service",
                            ),
                        ),
                    ],
                )
            ],
        ),
        migrations.RunPython(make_counts, drop_counts),
        migrations.CreateModel(
            name="Checked",
            fields=[
                (
                    "service",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="tenancy.service",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("first", models.DateField(help_text="The first day that was compared.")),
                ("last", models.DateField()),
                ("differences", models.PositiveIntegerField()),
            ],
        ),
    ]
