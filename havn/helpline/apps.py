"""The app as Django sees it, and what it hangs into the engines below."""

from django.apps import AppConfig


class HelplineConfig(AppConfig):
    name = "havn.helpline"
    label = "helpline"

    def ready(self) -> None:
        """Tell `live` who sees what in a helpline talk, which topics move, and what to sweep."""
        from havn.helpline import registration

        registration.register()
