"""The app as Django sees it."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "havn.surveys"
    label = "surveys"
