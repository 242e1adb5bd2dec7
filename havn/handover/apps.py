"""The app as Django sees it."""

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "havn.handover"
    label = "handover"

    def ready(self) -> None:
        """Hang the question, its answer, the desk's parts and the routes of centres into what stands below."""
        from havn.handover import registration

        registration.register()
