"""The app as Django sees it."""

from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    name = "havn.recommendations"
    label = "recommendations"
