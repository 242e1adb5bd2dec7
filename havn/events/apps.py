"""The app as Django sees it."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "havn.events"
    label = "events"
