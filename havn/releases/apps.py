"""The app as Django sees it."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "havn.releases"
    label = "releases"

    def ready(self) -> None:
        from havn.centres.api import EntryPart, register_entry_part
        from havn.releases import keeping, menu, permissions
        from havn.releases.entry_door import published_here

        permissions.register()
        keeping.register()
        menu.register_menu()
        register_entry_part(EntryPart(56, "releases/entry_door.html", lambda _request: {}, published_here))
