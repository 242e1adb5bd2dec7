"""Until when somebody on duty takes nobody new."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("helpline", "0005_easy_read")]

    operations = [
        migrations.AddField(
            model_name="duty",
            name="pause_until_ms",
            field=models.BigIntegerField(help_text="A pause: takes nobody new until then.", null=True),
        ),
    ]
