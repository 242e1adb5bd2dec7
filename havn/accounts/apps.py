"""The app as Django sees it, and what it puts on every staff page."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "havn.accounts"
    label = "accounts"

    def ready(self) -> None:
        from havn.accounts import keeping
        from havn.accounts.menu import register_menu

        register_menu()
        keeping.register()
