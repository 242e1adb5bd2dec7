"""The app as Django sees it."""

from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "havn.limits"
    label = "limits"

    def ready(self) -> None:
        """Hang limits and care plans into the helpline, the live process and the child's pages."""
        from havn.limits import registration

        registration.register()
