"""The app as Django sees it."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "havn.releases"
    label = "releases"
