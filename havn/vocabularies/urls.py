"""The addresses of vocabularies."""

from django.urls import URLPattern

app_name = "vocabularies"

urlpatterns: list[URLPattern] = []
