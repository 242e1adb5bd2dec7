"""The app as Django sees it, and what it hangs into the helpline and the engines."""

from django.apps import AppConfig


class MailboxConfig(AppConfig):
    name = "havn.mailbox"
    label = "mailbox"

    def ready(self) -> None:
        """Send answers by e-mail, show what came so, and name its events."""
        from havn.mailbox import registration

        registration.register()
