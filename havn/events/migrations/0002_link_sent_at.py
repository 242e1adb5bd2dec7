from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='registration',
            name='link_sent_at',
            field=models.DateTimeField(help_text='When the own link last went out.', null=True),
        ),
    ]
