"""The app as Django sees it."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "havn.forms"
    label = "forms"

    def ready(self) -> None:
        from havn.centres.api import EntryPart, register_entry_part
        from havn.forms import keeping, menu, permissions
        from havn.forms.entry_door import entry_door

        permissions.register()
        keeping.register()
        menu.register_menu()
        register_entry_part(EntryPart(59, "forms/entry_door.html", entry_door))
