"""The addresses of supervision, all of them below the desk."""

from django.urls import URLPattern, URLResolver, path

from havn.supervision.views import beside, escalation, notes, settings, take_over

app_name = "supervision"

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/talk/<int:talk>/whisper", beside.whisper, name="whisper"),
    path("desk/talk/<int:talk>/take-over", take_over.take_over, name="take_over"),
    path("desk/talk/<int:talk>/give-back", beside.give_back, name="give_back"),
    path("desk/hand", beside.raise_hand, name="raise_hand"),
    path("desk/hand/<int:duty>/come", beside.come, name="come"),
    path("desk/hand/<int:duty>/down", beside.take_hand_down, name="take_hand_down"),
    path("desk/talk/<int:talk>/colleagues", beside.open_side_talk, name="open_side_talk"),
    path("desk/colleagues/<int:side_talk>/join", beside.join_side_talk, name="join_side_talk"),
    path("desk/colleagues/<int:side_talk>/say", beside.say_in_side_talk, name="say_in_side_talk"),
    path("desk/colleagues/<int:side_talk>/leave", beside.leave_side_talk, name="leave_side_talk"),
    path("desk/notes", notes.notes, name="notes"),
    path("desk/notes/<int:note>/remove", notes.remove_note, name="remove_note"),
    path("desk/talk/<int:talk>/danger", escalation.escalation, name="escalation"),
    path("desk/talk/<int:talk>/second", escalation.come_as_second, name="come_as_second"),
    path("desk/settings/supervision", settings.settings, name="settings"),
]
