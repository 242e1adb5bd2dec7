"""Calls, their marks, and how a helpline is joined to its telephone system."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import havn.common.ids


def _id() -> havn.common.ids.RandomIdField:
    return havn.common.ids.RandomIdField(default=havn.common.ids.random_id, primary_key=True, serialize=False)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("helpline", "0003_calls"),
        ("live", "0002_visitorsession_opened_ms"),
        ("tenancy", "0002_centre_kind"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Connection",
            fields=[
                (
                    "service",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="phone",
                        serialize=False,
                        to="tenancy.service",
                    ),
                ),
                (
                    "ring_minutes",
                    models.PositiveSmallIntegerField(default=10, help_text="A ring longer than this was lost."),
                ),
                (
                    "alone_minutes",
                    models.PositiveSmallIntegerField(
                        default=30, help_text="A call goes on so long after its counsellor's desk was last heard of."
                    ),
                ),
                ("last_event_ms", models.BigIntegerField(null=True)),
                ("last_event", models.CharField(blank=True, max_length=10)),
            ],
        ),
        migrations.CreateModel(
            name="DayKey",
            fields=[("id", _id()), ("sealed", models.BinaryField()), ("made_at_ms", models.BigIntegerField())],
        ),
        migrations.CreateModel(
            name="Secret",
            fields=[
                ("id", _id()),
                ("sealed", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                (
                    "used_at",
                    models.DateTimeField(help_text="When it last signed an event, to the minute.", null=True),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="phone_secrets", to="tenancy.service"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", _id()),
                ("name", models.CharField(max_length=20)),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phone_extensions",
                        to="tenancy.service",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("service", "name"), name="one_person_at_an_extension")
                ],
            },
        ),
        migrations.CreateModel(
            name="SeenMessage",
            fields=[
                ("id", _id()),
                ("mark", models.BinaryField(max_length=32)),
                ("at_ms", models.BigIntegerField()),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tenancy.service"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["at_ms"], name="message_by_time")],
                "constraints": [models.UniqueConstraint(fields=("service", "mark"), name="one_message_once")],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", _id()),
                ("mark", models.BinaryField(max_length=32)),
                ("caller", models.BinaryField(default=b"", max_length=32)),
                ("rang_ms", models.BigIntegerField(null=True)),
                ("answered_ms", models.BigIntegerField(null=True)),
                ("ended_ms", models.BigIntegerField(null=True)),
                ("reason", models.CharField(blank=True, max_length=12)),
                (
                    "counted",
                    models.BooleanField(
                        default=False, help_text="An unanswered or unclaimed call is in the statistics."
                    ),
                ),
                ("last_at_ms", models.BigIntegerField(help_text="When the latest event came in here.")),
                (
                    "answered_by",
                    models.ForeignKey(
                        help_text="Whose extension it was. Nobody: it waits at every desk for whoever has it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "caller_key",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="phone.daykey",
                    ),
                ),
                (
                    "conversation",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="call",
                        to="live.conversation",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="calls", to="tenancy.service"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["last_at_ms"], name="call_by_last_event")],
                "constraints": [models.UniqueConstraint(fields=("service", "mark"), name="one_call_by_mark")],
            },
        ),
    ]
