"""The app as Django sees it."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "havn.forms"
    label = "forms"

    def ready(self) -> None:
        from havn.forms import keeping, menu, permissions

        permissions.register()
        keeping.register()
        menu.register_menu()
