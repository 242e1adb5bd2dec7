"""The app as Django sees it."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "havn.directory"
    label = "directory"
