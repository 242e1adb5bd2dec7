"""The app as Django sees it."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "havn.quality"
    label = "quality"

    def ready(self) -> None:
        """Hang aftercare, pauses and reviews into the helpline, the live process and the menu."""
        from havn.quality import registration

        registration.register()
