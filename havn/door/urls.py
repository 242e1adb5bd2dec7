"""The door's addresses: what other sites show, and the screen that says how."""

from django.urls import URLPattern, path

from havn.door.views import desk_about, public_door

app_name = "door"

urlpatterns: list[URLPattern] = [
    path("door", public_door.frame, name="frame"),
    path("door.js", public_door.script, name="script"),
    path("desk/settings/door", desk_about.about, name="about"),
]
