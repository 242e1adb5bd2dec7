"""The app as Django sees it."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "havn.events"
    label = "events"

    def ready(self) -> None:
        from havn.common.page_cache import pages_change_with
        from havn.events import menu, permissions

        permissions.register()
        menu.register_menu()
        pages_change_with(self.get_models())
