"""Letters: their clocks, drafts and second readings, consent, editions and what is published."""

import django.core.validators
import django.db.models.deletion
import havn.common.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('live', '0003_a_silent_colleague'),
        ('tenancy', '0002_centre_kind'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('conversation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='letter_consent', serialize=False, to='live.conversation')),
                ('state', models.CharField(choices=[('yes', 'Yes'), ('withdrawn', 'Taken back')], max_length=10)),
                ('withdraw_hash', models.BinaryField(max_length=32, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='LetterboxSettings',
            fields=[
                ('service', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='letterbox_settings', serialize=False, to='tenancy.service')),
                ('aim_hours', models.PositiveSmallIntegerField(default=24, help_text='Answered within.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(168)])),
                ('alarm_hours', models.PositiveSmallIntegerField(default=32, help_text='From then on the wall says so.', validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(336)])),
                ('second_reading', models.CharField(choices=[('never', 'Never'), ('always', 'Always'), ('newcomers', 'Of newcomers')], default='never', max_length=10)),
                ('newcomer_letters', models.PositiveSmallIntegerField(default=10, help_text='Answers until one is none.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(200)])),
                ('reading_minutes', models.PositiveSmallIntegerField(default=30, help_text="A reader's claim lasts.", validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(240)])),
            ],
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('conversation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='letter_draft', serialize=False, to='live.conversation')),
                ('nonce', models.BinaryField(default=b'')),
                ('sealed', models.BinaryField(default=b'')),
                ('version', models.PositiveIntegerField(default=0, help_text='Counts saves, so that two tabs cannot overwrite.')),
                ('writers', models.JSONField(default=list, help_text='Numbers of the people whose words are in it.')),
                ('saved_at_ms', models.BigIntegerField()),
                ('asked_at_ms', models.BigIntegerField(db_index=True, null=True)),
                ('reader_until_ms', models.BigIntegerField(null=True)),
                ('note_nonce', models.BinaryField(default=b'')),
                ('note_sealed', models.BinaryField(default=b'')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reader', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('conversation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='letter_edition', serialize=False, to='live.conversation')),
                ('nonce', models.BinaryField(default=b'')),
                ('sealed', models.BinaryField(default=b'')),
                ('version', models.PositiveIntegerField(default=0, help_text='Counts saves, so that two tabs cannot overwrite.')),
                ('editors', models.JSONField(default=list, help_text='Numbers of the people who changed it.')),
                ('saved_at_ms', models.BigIntegerField()),
                ('ready_at_ms', models.BigIntegerField(null=True)),
                ('ready_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='PublishedAnswer',
            fields=[
                ('id', havn.common.ids.RandomIdField(default=havn.common.ids.random_id, primary_key=True, serialize=False)),
                ('language', models.CharField(max_length=10)),
                ('slug', models.SlugField(max_length=80)),
                ('title', models.CharField(max_length=120)),
                ('question', models.TextField(max_length=6000)),
                ('answer', models.TextField(max_length=12000)),
                ('published_on', models.DateField()),
                ('withdraw_hash', models.BinaryField(max_length=32, unique=True)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenancy.centre')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenancy.service')),
            ],
        ),
        migrations.CreateModel(
            name='PublishedTopic',
            fields=[
                ('id', havn.common.ids.RandomIdField(default=havn.common.ids.random_id, primary_key=True, serialize=False)),
                ('code', models.SlugField()),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='topics', to='letterbox.publishedanswer')),
            ],
        ),
        migrations.CreateModel(
            name='PublishedWord',
            fields=[
                ('id', havn.common.ids.RandomIdField(default=havn.common.ids.random_id, primary_key=True, serialize=False)),
                ('word', models.CharField(db_index=True, max_length=40)),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='letterbox.publishedanswer')),
            ],
        ),
        migrations.CreateModel(
            name='LetterClock',
            fields=[
                ('conversation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='letter_clock', serialize=False, to='live.conversation')),
                ('language', models.CharField(max_length=10)),
                ('unanswered_since_ms', models.BigIntegerField(help_text='None as well while the letter is closed.', null=True)),
                ('answered_at_ms', models.BigIntegerField(help_text='Of our last words.', null=True)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenancy.service')),
            ],
            options={
                'indexes': [models.Index(fields=['service', 'unanswered_since_ms', 'conversation'], name='letter_unanswered'), models.Index(fields=['service', 'language', 'unanswered_since_ms', 'conversation'], name='letter_in_language'), models.Index(fields=['service', 'answered_at_ms', 'conversation'], name='letter_answered')],
            },
        ),
        migrations.CreateModel(
            name='LettersAnswered',
            fields=[
                ('id', havn.common.ids.RandomIdField(default=havn.common.ids.random_id, primary_key=True, serialize=False)),
                ('letters', models.PositiveIntegerField(default=0)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenancy.service')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('service', 'user'), name='letters_answered_once')],
            },
        ),
        migrations.AddIndex(
            model_name='publishedanswer',
            index=models.Index(fields=['centre', 'published_on', 'id'], name='published_answer_newest'),
        ),
        migrations.AddConstraint(
            model_name='publishedanswer',
            constraint=models.UniqueConstraint(fields=('centre', 'slug'), name='published_answer_address'),
        ),
    ]
