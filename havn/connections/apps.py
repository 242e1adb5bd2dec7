"""The app as Django sees it."""

from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    name = "havn.connections"
    label = "connections"
