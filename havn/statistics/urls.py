"""The addresses of statistics: none, screens are those of the strands."""

from django.urls import URLPattern

app_name = "statistics"

urlpatterns: list[URLPattern] = []
