"""The app as Django sees it, and what it hangs into the engines below."""

from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    name = "havn.connections"
    label = "connections"

    def ready(self) -> None:
        """Stand in the menu, name the clocks, and hear of escalations."""
        from havn.connections import registration

        registration.register()
