"""Films in sign language, and the sites on which they may lie."""

import django.db.models.deletion
from django.db import migrations, models

_PLACES = [
    ("start", "The start of a chat"),
    ("waiting", "The waiting room"),
    ("letter", "The letter"),
    ("privacy", "The page on privacy"),
]


class Migration(migrations.Migration):
    dependencies = [("centres", "0003_theme"), ("tenancy", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SignSite",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("host", models.CharField(max_length=253)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sign_sites", to="tenancy.centre"
                    ),
                ),
            ],
            options={
                "ordering": ["host"],
                "constraints": [models.UniqueConstraint(fields=("centre", "host"), name="sign_site_once")],
            },
        ),
        migrations.CreateModel(
            name="SignVideo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(choices=_PLACES, max_length=8)),
                (
                    "language",
                    models.CharField(help_text="Subtag of the sign language, such as nsl (BCP 47).", max_length=8),
                ),
                ("title", models.CharField(max_length=120)),
                (
                    "address",
                    models.CharField(help_text="A path of this site, or https:// on a named site.", max_length=300),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sign_videos", to="tenancy.centre"
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        help_text="Only for those who came for this service; none: for all.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_videos",
                        to="tenancy.service",
                    ),
                ),
            ],
            options={"ordering": ["language", "id"]},
        ),
    ]
