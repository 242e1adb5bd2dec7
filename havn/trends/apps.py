"""The app as Django sees it."""

from django.apps import AppConfig


class TrendsConfig(AppConfig):
    name = "havn.trends"
    label = "trends"

    def ready(self) -> None:
        from havn.centres.api import EntryPart, register_entry_part
        from havn.trends import evidence, keeping, menu, permissions, release_tables, rounds_look, rounds_source, told
        from havn.trends.entry_door import entry_door

        permissions.register()
        menu.register_menu()
        keeping.register()
        rounds_source.register()
        rounds_look.register()
        release_tables.register()
        told.register()
        evidence.register()
        register_entry_part(EntryPart(56, "trends/entry_door.html", entry_door))
