"""A centre's own versions of lists: retired terms, drafts, and where its terms count in other lists."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0002_centre_kind"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("vocabularies", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="vocabularyterm",
            name="retired",
            field=models.BooleanField(
                default=False, help_text="Nobody codes with it from this version on; the row says what took over."
            ),
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("dimension", models.CharField(max_length=20)),
                ("based_on", models.SlugField(help_text="The version that was copied.")),
                (
                    "terms",
                    models.JSONField(default=list, help_text="In their order; see `rules/drafts.py`."),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        default=0, help_text="Counts saves, so that nobody overwrites a colleague."
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tenancy.centre"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("centre", "dimension"), name="one_draft_of_a_list")
                ],
            },
        ),
        migrations.CreateModel(
            name="TermMapping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("dimension", models.CharField(max_length=20)),
                ("code", models.SlugField()),
                ("scheme", models.SlugField(help_text="A version's code, or the name of another list such as chi.")),
                ("target", models.SlugField(blank=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tenancy.centre"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("centre", "dimension", "code", "scheme"), name="mapped_once_in_a_scheme"
                    )
                ],
            },
        ),
    ]
