"""Contacts of the past: the files they come in, and which contact came with which."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import havn.common.ids

_STATES = [
    ("staged", "Waits to be applied"),
    ("applying", "Being applied"),
    ("applied", "Applied"),
    ("undoing", "Being taken back"),
    ("undone", "Taken back"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("helpline", "0003_calls"),
        ("tenancy", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactBatch",
            fields=[
                (
                    "id",
                    havn.common.ids.RandomIdField(
                        default=havn.common.ids.random_id, primary_key=True, serialize=False
                    ),
                ),
                ("state", models.CharField(choices=_STATES, default="staged", max_length=10)),
                ("made_at", models.DateTimeField()),
                (
                    "finished_at",
                    models.DateTimeField(help_text="When the last of it was applied or taken back.", null=True),
                ),
                ("rows", models.PositiveIntegerField(help_text="Of the file, without the heads.")),
                (
                    "done",
                    models.PositiveIntegerField(default=0, help_text="Rows that were looked at by the present step."),
                ),
                ("contacts", models.PositiveIntegerField(default=0)),
                ("passed_over", models.PositiveIntegerField(default=0, help_text="Rows with a mistake.")),
                (
                    "fingerprint",
                    models.BinaryField(help_text="Keyed digest of the rows: the same file is not taken in twice."),
                ),
                (
                    "meaning_sealed",
                    models.BinaryField(default=b"", help_text="Which column is which, what its words mean."),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tenancy.service"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BatchRows",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.PositiveIntegerField()),
                ("sealed", models.BinaryField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="helpline.contactbatch",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("batch", "part"), name="batch_part_once")],
            },
        ),
        migrations.CreateModel(
            name="ImportMeaning",
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
                ("sealed", models.BinaryField()),
            ],
        ),
        migrations.AddField(
            model_name="contact",
            name="batch",
            field=models.ForeignKey(
                db_index=False,
                help_text="Of a contact of the past: the file it came with.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="helpline.contactbatch",
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(condition=models.Q(("batch__isnull", False)), fields=["batch"], name="contact_batch"),
        ),
    ]
