"""The app as Django sees it."""

from django.apps import AppConfig


class AwarenessConfig(AppConfig):
    name = "havn.awareness"
    label = "awareness"
