"""The app as Django sees it."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "havn.supervision"
    label = "supervision"

    def ready(self) -> None:
        """Hang whispers, hands, notes and escalations into the helpline and the live process."""
        from havn.supervision import registration

        registration.register()
