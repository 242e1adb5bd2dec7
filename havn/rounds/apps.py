"""The app as Django sees it."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "havn.rounds"
    label = "rounds"

    def ready(self) -> None:
        from havn.rounds import keeping, menu, permissions

        permissions.register()
        menu.register_menu()
        keeping.register()
