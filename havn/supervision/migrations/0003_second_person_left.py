"""When the second person of an escalation went off duty before it was closed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("supervision", "0002_whispers_to_one_and_stand_in")]

    operations = [
        migrations.AddField(
            model_name="escalation",
            name="second_left_at_ms",
            field=models.BigIntegerField(help_text="A second person went off duty, none came since.", null=True),
        ),
    ]
