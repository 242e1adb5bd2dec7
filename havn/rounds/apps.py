"""The app as Django sees it."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "havn.rounds"
    label = "rounds"

    def ready(self) -> None:
        from havn.forms.api import register_sources, register_uses
        from havn.rounds import keeping, menu, permissions, sources
        from havn.rounds.uses import uses_in_rounds

        permissions.register()
        menu.register_menu()
        keeping.register()
        register_sources("rounds", sources.labels)
        register_uses("rounds", uses_in_rounds)
