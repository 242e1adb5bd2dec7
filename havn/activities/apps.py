"""The app as Django sees it."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "havn.activities"
    label = "activities"

    def ready(self) -> None:
        from havn.activities import evidence, menu, permissions

        permissions.register()
        evidence.register()
        menu.register_menu()
