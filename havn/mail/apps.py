"""The app as Django sees it."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "havn.mail"
    label = "mail"

    def ready(self) -> None:
        from havn.mail import keeping, menu, permissions

        permissions.register()
        menu.register_menu()
        keeping.register()
