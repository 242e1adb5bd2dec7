"""The app as Django sees it."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "havn.rounds"
    label = "rounds"
