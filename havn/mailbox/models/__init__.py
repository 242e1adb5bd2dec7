"""The mailbox's tables."""

from havn.mailbox.models.connection import HookSecret, Mailbox
from havn.mailbox.models.threads import DayKey, MailOut, MailThread, Receipt, SeenMail

__all__ = ["DayKey", "HookSecret", "MailOut", "MailThread", "Mailbox", "Receipt", "SeenMail"]
