"""The app as Django sees it."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "havn.tasks"
    label = "tasks"
