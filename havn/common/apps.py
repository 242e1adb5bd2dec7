"""The app as Django sees it."""

from django.apps import AppConfig
from django.urls.converters import IntConverter


class CommonConfig(AppConfig):
    name = "havn.common"
    label = "common"

    def ready(self) -> None:
        # A number in an address is an id. A longer one names nothing and would overflow the column (SQLite raises).
        IntConverter.regex = "[0-9]{1,18}"
