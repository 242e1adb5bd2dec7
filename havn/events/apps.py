"""The app as Django sees it."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "havn.events"
    label = "events"

    def ready(self) -> None:
        from havn.centres.api import EntryPart, register_entry_part
        from havn.common.page_cache import pages_change_with
        from havn.events import keeping, menu, permissions, rounds_sources
        from havn.events.entry_door import entry_door

        permissions.register()
        menu.register_menu()
        keeping.register()
        rounds_sources.register()
        register_entry_part(EntryPart(52, "events/entry_door.html", entry_door))
        pages_change_with(self.get_models())
