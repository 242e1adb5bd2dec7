"""The app as Django sees it."""

from django.apps import AppConfig


class TrendsConfig(AppConfig):
    name = "havn.trends"
    label = "trends"

    def ready(self) -> None:
        from havn.trends import keeping, menu, permissions, rounds_source

        permissions.register()
        menu.register_menu()
        keeping.register()
        rounds_source.register()
