"""What a helpline decides about its letters, and since when each letter waits for an answer."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from havn.letterbox.rules.second_reading import ALWAYS, NEVER, NEWCOMERS
from havn.live.models import Conversation
from havn.tenancy.models import Service


class LetterboxSettings(models.Model):
    """One row per helpline that changed something; without one the defaults hold."""

    service = models.OneToOneField(
        Service, primary_key=True, on_delete=models.CASCADE, related_name="letterbox_settings"
    )
    aim_hours = models.PositiveSmallIntegerField(
        default=24, validators=[MinValueValidator(1), MaxValueValidator(168)], help_text="Answered within."
    )
    # After 32 hours those who wrote once write less often again (Kids Helpline, Australia, 2006).
    alarm_hours = models.PositiveSmallIntegerField(
        default=32,
        validators=[MinValueValidator(2), MaxValueValidator(336)],
        help_text="From then on the wall says so.",
    )
    second_reading = models.CharField(
        max_length=10, default=NEVER, choices=[(NEVER, "Never"), (ALWAYS, "Always"), (NEWCOMERS, "Of newcomers")]
    )
    newcomer_letters = models.PositiveSmallIntegerField(
        default=10, validators=[MinValueValidator(1), MaxValueValidator(200)], help_text="Answers until one is none."
    )
    reading_minutes = models.PositiveSmallIntegerField(
        default=30, validators=[MinValueValidator(5), MaxValueValidator(240)], help_text="A reader's claim lasts."
    )


class LetterClock(models.Model):
    """Since when a letter's child waits for words of ours; kept with every text of the letter.

    It runs from the oldest words that nobody has answered: writing again does not start it anew.
    """

    conversation = models.OneToOneField(
        Conversation, primary_key=True, on_delete=models.CASCADE, related_name="letter_clock"
    )
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=10)
    unanswered_since_ms = models.BigIntegerField(null=True, help_text="None as well while the letter is closed.")
    answered_at_ms = models.BigIntegerField(null=True, help_text="Of our last words.")

    class Meta:
        indexes = [
            models.Index(fields=["service", "unanswered_since_ms", "conversation"], name="letter_unanswered"),
            models.Index(
                fields=["service", "language", "unanswered_since_ms", "conversation"], name="letter_in_language"
            ),
            models.Index(fields=["service", "answered_at_ms", "conversation"], name="letter_answered"),
        ]
