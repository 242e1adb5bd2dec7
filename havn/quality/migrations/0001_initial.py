"""Care for counsellors, and drawn talks with their review."""

import django.db.models.deletion
import havn.common.ids
import havn.quality.models.settings
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("helpline", "0006_duty_pause"),
        ("live", "0003_a_silent_colleague"),
        ("tenancy", "0002_centre_kind"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="QualitySettings",
            fields=[
                (
                    "service",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="quality_settings",
                        serialize=False,
                        to="tenancy.service",
                    ),
                ),
                (
                    "hard_reasons",
                    models.JSONField(
                        default=havn.quality.models.settings._usual_reasons,
                        help_text="Codes of reasons that are hard whatever the risk.",
                    ),
                ),
                (
                    "pause_after_talks",
                    models.PositiveSmallIntegerField(default=2, help_text="Hard talks in a row; 0 never."),
                ),
                (
                    "pause_after_minutes",
                    models.PositiveSmallIntegerField(default=90, help_text="Minutes in hard talks; 0 never."),
                ),
                ("pause_minutes", models.PositiveSmallIntegerField(default=10)),
                (
                    "much_talks",
                    models.PositiveSmallIntegerField(default=4, help_text="Hard talks a week that are much."),
                ),
                ("keep_weeks", models.PositiveSmallIntegerField(default=8)),
                (
                    "least_people",
                    models.PositiveSmallIntegerField(default=5, help_text="Numbers of fewer people are left out."),
                ),
                (
                    "sample_count",
                    models.PositiveSmallIntegerField(default=0, help_text="Talks drawn a week; 0 draws none."),
                ),
                (
                    "sample_each",
                    models.CharField(default="all", help_text="all together, or each person.", max_length=6),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    havn.common.ids.RandomIdField(default=havn.common.ids.random_id, primary_key=True, serialize=False),
                ),
                ("day", models.DateField()),
                ("step", models.PositiveSmallIntegerField(help_text="1 well to 4 not well at all.", null=True)),
                ("wish", models.CharField(max_length=5)),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tenancy.service"
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
                "indexes": [models.Index(fields=["service", "user", "day"], name="answer_of")],
            },
        ),
        migrations.CreateModel(
            name="CriteriaVersion",
            fields=[
                (
                    "id",
                    havn.common.ids.RandomIdField(default=havn.common.ids.random_id, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveIntegerField()),
                ("rows", models.JSONField(help_text="code, scale and texts by language, in order.")),
                ("made_at", models.DateTimeField()),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tenancy.service"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("service", "number"), name="one_version_of_criteria")],
            },
        ),
        migrations.CreateModel(
            name="Debrief",
            fields=[
                (
                    "id",
                    havn.common.ids.RandomIdField(default=havn.common.ids.random_id, primary_key=True, serialize=False),
                ),
                ("asked_at_ms", models.BigIntegerField()),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tenancy.service"
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
                "constraints": [models.UniqueConstraint(fields=("service", "user"), name="one_debrief_waits")],
            },
        ),
        migrations.CreateModel(
            name="Draw",
            fields=[
                (
                    "id",
                    havn.common.ids.RandomIdField(default=havn.common.ids.random_id, primary_key=True, serialize=False),
                ),
                ("week", models.DateField(help_text="The Monday of the week in which it was drawn.")),
                ("seed", models.BinaryField()),
                ("each", models.CharField(max_length=6)),
                ("among", models.PositiveIntegerField()),
                ("drawn", models.PositiveIntegerField()),
                ("at_ms", models.BigIntegerField()),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tenancy.service"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("service", "week"), name="one_draw_a_week")],
            },
        ),
        migrations.CreateModel(
            name="DutyLoad",
            fields=[
                (
                    "id",
                    havn.common.ids.RandomIdField(default=havn.common.ids.random_id, primary_key=True, serialize=False),
                ),
                ("day", models.DateField(help_text="Of the first of them, on the centre's calendar.")),
                ("talks", models.PositiveSmallIntegerField(default=0)),
                ("minutes", models.PositiveIntegerField(default=0)),
                ("in_a_row", models.PositiveSmallIntegerField(default=0)),
                ("minutes_since", models.PositiveIntegerField(default=0)),
                ("refused", models.BooleanField(default=False)),
                (
                    "duty",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="helpline.duty"
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tenancy.service"
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
                "indexes": [models.Index(fields=["service", "user", "day"], name="duty_load_of")],
            },
        ),
        migrations.CreateModel(
            name="HardMark",
            fields=[
                (
                    "id",
                    havn.common.ids.RandomIdField(default=havn.common.ids.random_id, primary_key=True, serialize=False),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="live.conversation"
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
                "constraints": [models.UniqueConstraint(fields=("conversation", "user"), name="one_hard_mark")],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="review",
                        serialize=False,
                        to="live.conversation",
                    ),
                ),
                (
                    "criteria",
                    models.PositiveIntegerField(help_text="The number of the version it is reviewed by.", null=True),
                ),
                ("scores", models.JSONField(default=dict)),
                ("notes_nonce", models.BinaryField(default=b"")),
                ("notes_sealed", models.BinaryField(default=b"")),
                ("drawn_at_ms", models.BigIntegerField()),
                ("done_at_ms", models.BigIntegerField(null=True)),
                ("seen", models.BooleanField(default=False, help_text="The counsellor has opened the result.")),
                (
                    "counsellor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "reviewer",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tenancy.service"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["service", "done_at_ms"], name="review_open"),
                    models.Index(fields=["counsellor", "done_at_ms"], name="review_of"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewedHalfYear",
            fields=[
                (
                    "id",
                    havn.common.ids.RandomIdField(default=havn.common.ids.random_id, primary_key=True, serialize=False),
                ),
                ("half_year", models.CharField(max_length=6)),
                ("people", models.PositiveIntegerField(default=0)),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tenancy.service"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("service", "half_year"), name="one_reviewed_half_year")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewedPerson",
            fields=[
                (
                    "id",
                    havn.common.ids.RandomIdField(default=havn.common.ids.random_id, primary_key=True, serialize=False),
                ),
                ("half_year", models.CharField(max_length=6)),
                ("until", models.DateField(help_text="The last day of the half-year.")),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tenancy.service"
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
                "constraints": [
                    models.UniqueConstraint(fields=("service", "half_year", "user"), name="one_reviewed_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="ScoreCount",
            fields=[
                (
                    "id",
                    havn.common.ids.RandomIdField(default=havn.common.ids.random_id, primary_key=True, serialize=False),
                ),
                ("half_year", models.CharField(max_length=6)),
                ("criteria", models.PositiveIntegerField()),
                ("code", models.SlugField()),
                ("value", models.PositiveSmallIntegerField()),
                ("count", models.PositiveIntegerField(default=0)),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tenancy.service"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("service", "half_year", "criteria", "code", "value"), name="one_count_of_a_score"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TalkWish",
            fields=[
                (
                    "id",
                    havn.common.ids.RandomIdField(default=havn.common.ids.random_id, primary_key=True, serialize=False),
                ),
                ("wish", models.CharField(help_text="now or later.", max_length=5)),
                ("since_ms", models.BigIntegerField()),
                (
                    "coming",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tenancy.service"
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
                "constraints": [models.UniqueConstraint(fields=("service", "user"), name="one_wish_to_talk")],
            },
        ),
    ]
