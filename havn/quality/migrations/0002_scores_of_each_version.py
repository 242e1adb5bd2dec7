from django.conf import settings
from django.db import migrations, models


def forget_people(apps, schema_editor):
    """Of whom a half-year tells was counted over all versions: for one of them the number would be too large."""
    apps.get_model("quality", "ReviewedPerson").objects.all().delete()
    apps.get_model("quality", "ReviewedHalfYear").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(forget_people, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="reviewedhalfyear", name="one_reviewed_half_year"),
        migrations.RemoveConstraint(model_name="reviewedperson", name="one_reviewed_person"),
        migrations.AddField(
            model_name="reviewedhalfyear", name="criteria", field=models.PositiveIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="reviewedperson", name="criteria", field=models.PositiveIntegerField(default=0)
        ),
        migrations.AddConstraint(
            model_name="reviewedhalfyear",
            constraint=models.UniqueConstraint(
                fields=["service", "half_year", "criteria"], name="one_reviewed_half_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewedperson",
            constraint=models.UniqueConstraint(
                fields=["service", "half_year", "criteria", "user"], name="one_reviewed_person"
            ),
        ),
    ]
