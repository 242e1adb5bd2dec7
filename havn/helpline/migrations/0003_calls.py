"""A call by telephone is a turn too: its channel, and two more ways to end. Only names of choices change."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("helpline", "0002_vocabularies_move")]

    operations = [
        migrations.AlterField(
            model_name="turn",
            name="channel",
            field=models.CharField(
                choices=[("chat", "Chat"), ("letter", "Letter"), ("phone", "Phone")], default="chat", max_length=8
            ),
        ),
        migrations.AlterField(
            model_name="turn",
            name="ended_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("visitor", "The visitor"),
                    ("counsellor", "The counsellor"),
                    ("silence", "Silence"),
                    ("quick-exit", "Quick exit"),
                    ("away", "Stayed away from the queue"),
                    ("closing", "The service closed"),
                    ("caller", "The caller hung up"),
                    ("forgotten", "Nobody ended the call"),
                ],
                max_length=12,
            ),
        ),
    ]
