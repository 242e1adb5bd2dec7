from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0002_centre_kind")]

    operations = [
        migrations.AddField(
            model_name="centre",
            name="formal_in",
            field=models.JSONField(default=list, help_text="Languages in which the public pages say the formal you."),
        ),
    ]
