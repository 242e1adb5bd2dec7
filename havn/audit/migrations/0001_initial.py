from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Head',
            fields=[
                ('centre_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField(default=0)),
                ('hash', models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='ReadMark',
            fields=[
                ('digest', models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ('at_ms', models.BigIntegerField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('centre_id', models.BigIntegerField()),
                ('seq', models.BigIntegerField()),
                ('hash', models.BinaryField(max_length=32)),
                ('at_ms', models.BigIntegerField()),
                ('signature', models.BinaryField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('centre_id', 'seq'), name='audit_one_checkpoint')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('centre_id', models.BigIntegerField()),
                ('seq', models.BigIntegerField()),
                ('at_ms', models.BigIntegerField()),
                ('actor_id', models.BigIntegerField(help_text='None: the platform itself, such as a background job.', null=True)),
                ('action', models.CharField(max_length=80)),
                ('service_id', models.BigIntegerField(null=True)),
                ('subject', models.CharField(blank=True, max_length=80)),
                ('codes', models.CharField(default='{}', help_text='JSON as it was hashed.', max_length=1000)),
                ('previous', models.BinaryField(max_length=32)),
                ('hash', models.BinaryField(max_length=32)),
            ],
            options={
                'indexes': [models.Index(fields=['centre_id', 'action', 'seq'], name='audit_by_action')],
                'constraints': [models.UniqueConstraint(fields=('centre_id', 'seq'), name='audit_one_chain')],
            },
        ),
    ]
