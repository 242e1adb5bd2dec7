"""The app as Django sees it."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "havn.events"
    label = "events"

    def ready(self) -> None:
        from havn.events import menu, permissions

        permissions.register()
        menu.register_menu()
