"""The app as Django sees it."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "havn.surveys"
    label = "surveys"

    def ready(self) -> None:
        from havn.centres.api import EntryPart, register_entry_part
        from havn.surveys import keeping, menu, permissions
        from havn.surveys.entry_door import entry_door

        permissions.register()
        menu.register_menu()
        keeping.register()
        register_entry_part(EntryPart(54, "surveys/entry_door.html", entry_door))
