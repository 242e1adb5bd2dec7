"""The app as Django sees it, and what it hangs into the helpline."""

from django.apps import AppConfig
from django.utils.translation import gettext as _


class DoorConfig(AppConfig):
    name = "havn.door"
    label = "door"

    def ready(self) -> None:
        """Stand among the helpline's settings, where a coordinator finds what to copy."""
        from havn.helpline.parts import Tab, register_tab

        register_tab(Tab("door:about", lambda: _("On other sites"), order=60))
