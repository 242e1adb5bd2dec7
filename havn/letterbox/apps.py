"""The app as Django sees it, and what it hangs into the helpline and the public pages."""

from django.apps import AppConfig


class LetterboxConfig(AppConfig):
    name = "havn.letterbox"
    label = "letterbox"

    def ready(self) -> None:
        """Tell the helpline who may answer a letter, and the pages what they show of letters."""
        from havn.letterbox import registration

        registration.register()
