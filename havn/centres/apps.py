"""The app as Django sees it."""

from django.apps import AppConfig


class CentresConfig(AppConfig):
    name = "havn.centres"
    label = "centres"

    def ready(self) -> None:
        from havn.centres import permissions, safety_texts
        from havn.centres.menu import register_menu
        from havn.common.navigation import register_public_part

        permissions.register()
        safety_texts.register_own()
        register_menu()
        register_public_part("centres/band.html")
