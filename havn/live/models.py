"""The log of a conversation and who may read it. Times are whole milliseconds since 1970 (`_ms`).

The hot path writes these tables with plain SQL (`writer.py`, `log.py`); the models are their definition.
"""

from django.conf import settings
from django.db import models

from havn.common.ids import RandomIdField
from havn.tenancy.models import Centre, Service


class Conversation(models.Model):
    """An append-only log of sealed messages. What it means (a chat, a letter) its strand registers as a kind."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        OPEN = "open", "Open"
        ENDED = "ended", "Ended"

    id = RandomIdField()
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30, help_text="The registered kind, such as helpline.chat.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    key_generation = models.PositiveSmallIntegerField(default=1)
    last_seq = models.PositiveIntegerField(default=0)
    last_at_ms = models.BigIntegerField()
    started_at_ms = models.BigIntegerField()
    ended_at_ms = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["last_at_ms"], name="conversation_changed"),
            models.Index(fields=["service", "state"], name="conversation_by_state"),
        ]


class Participant(models.Model):
    """Someone in a conversation. Who sees which message is decided from `role` and the message's kind."""

    class Role(models.TextChoices):
        VISITOR = "visitor", "Visitor"
        COUNSELLOR = "counsellor", "Counsellor"
        SUPERVISOR = "supervisor", "Supervisor"
        COLLEAGUE = "colleague", "Colleague"

    id = RandomIdField()
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="participants")
    role = models.CharField(max_length=12, choices=Role.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="participations"
    )
    shown_name = models.CharField(max_length=60, blank=True, help_text="What the visitor reads; staff only.")
    read_up_to = models.PositiveIntegerField(default=0)
    joined_at_ms = models.BigIntegerField()
    left_at_ms = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "user"],
                condition=models.Q(left_at_ms__isnull=True, user__isnull=False),
                name="one_presence_per_person",
            )
        ]


class Message(models.Model):
    """One sealed entry of the log: AES-256-GCM under the conversation's key, bound to its place by the aad."""

    class Kind(models.TextChoices):
        TEXT = "text", "Text"
        NOTE = "note", "Note to colleagues"
        EVENT = "event", "Event"

    class Author(models.TextChoices):
        VISITOR = "visitor", "Visitor"
        STAFF = "staff", "Staff"
        SYSTEM = "system", "System"

    # Its place in the log is its key: one index fewer to write for every message.
    pk = models.CompositePrimaryKey("conversation_id", "seq")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages", db_index=False)
    seq = models.PositiveIntegerField()
    # No constraint and no index in the database: participants are destroyed only together with the whole log.
    participant = models.ForeignKey(
        Participant, null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    author = models.CharField(max_length=8, choices=Author.choices)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    client_id = models.CharField(max_length=36, help_text="Made by the sender: a resend is stored once.")
    nonce = models.BinaryField()
    body = models.BinaryField()
    key_generation = models.PositiveSmallIntegerField(default=1)
    at_ms = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "author", "client_id"], name="message_once"),
        ]


class ReturnCode(models.Model):
    """Brings a visitor back from any device. `locator` (20 bits) finds the row, the secret 80 bits open it."""

    locator = models.PositiveIntegerField(primary_key=True)
    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="return_code")
    salt = models.BinaryField()
    nonce = models.BinaryField()
    wrapped = models.BinaryField(help_text="The conversation key under HKDF(secret, salt).")
    unwanted = models.BooleanField(default=False, help_text="Destroyed when the visitor's session ends.")


class VisitorSession(models.Model):
    """A visitor's browser. The cookie's token is stored nowhere; it opens `sealed` (key and return code)."""

    token_hash = models.BinaryField(primary_key=True, max_length=32)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="visitor_sessions")
    participant = models.ForeignKey(
        Participant, on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    nonce = models.BinaryField()
    sealed = models.BinaryField()
    seen_ms = models.BigIntegerField()
    opened_ms = models.BigIntegerField(default=0, help_text="Who was there at the end of a talk is shut out of it.")
    streamed = models.BooleanField(default=False, help_text="Has opened a stream: connected means a stream is open.")


class Beacon(models.Model):
    """A hint that something of a topic changed, such as a queue or a duty. Carries a count, never content."""

    topic = models.CharField(primary_key=True, max_length=80)
    version = models.BigIntegerField(default=0)
    at_ms = models.BigIntegerField(db_index=True)
