"""The addresses of forms."""

from django.urls import path

from havn.forms.urls_desk import desk_patterns
from havn.forms.views import public_age

app_name = "forms"

urlpatterns = [
    path("age-assurance", public_age.age_assurance, name="age_assurance"),
    path("age-assurance/check", public_age.self_assessment, name="self_assessment"),
    *desk_patterns,
]
