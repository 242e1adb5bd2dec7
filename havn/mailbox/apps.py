"""The app as Django sees it."""

from django.apps import AppConfig


class MailboxConfig(AppConfig):
    name = "havn.mailbox"
    label = "mailbox"
