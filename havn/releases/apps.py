"""The app as Django sees it."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "havn.releases"
    label = "releases"

    def ready(self) -> None:
        from havn.releases import keeping, menu, permissions

        permissions.register()
        keeping.register()
        menu.register_menu()
