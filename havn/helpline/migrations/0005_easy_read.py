"""Whether a child asked for easy words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("helpline", "0004_contact_batch")]

    operations = [
        migrations.AddField(
            model_name="turn",
            name="easy_read",
            field=models.BooleanField(
                default=False, help_text="The child asked for easy words, here and in the answers."
            ),
        ),
    ]
