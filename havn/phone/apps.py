"""The app as Django sees it, and what it hangs into the helpline and the engines."""

from django.apps import AppConfig


class PhoneConfig(AppConfig):
    name = "havn.phone"
    label = "phone"

    def ready(self) -> None:
        """Show calls at desk and wall, name the kind of a call's record, register the sweeps."""
        from havn.phone import registration

        registration.register()
