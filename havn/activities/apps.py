"""The app as Django sees it."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "havn.activities"
    label = "activities"

    def ready(self) -> None:
        from havn.activities import evidence, keeping, menu, permissions, rounds_sources
        from havn.activities.entry_door import published_here
        from havn.centres.api import EntryPart, register_entry_part

        permissions.register()
        evidence.register()
        menu.register_menu()
        keeping.register()
        rounds_sources.register()
        register_entry_part(EntryPart(57, "activities/entry_door.html", lambda _request: {}, published_here))
