"""The addresses of events."""

from django.urls import path

from havn.events.views import desk_event, desk_events, desk_registrations, public_events, public_own, public_register

app_name = "events"

urlpatterns = [
    path("events", public_events.events, name="events"),
    path("events.ics", public_events.feed, name="feed"),
    path("events/registration/<str:token>", public_own.registration, name="registration"),
    path("events/registration/<str:token>/event.ics", public_own.own_calendar, name="own_calendar"),
    path("events/registration/<str:token>/cancel", public_own.leave, name="leave"),
    path("events/registration/<str:token>/feedback", public_own.feedback, name="feedback"),
    path("events/<slug:slug>", public_events.event, name="event"),
    path("events/<slug:slug>/event.ics", public_events.event_calendar, name="event_calendar"),
    path("events/<slug:slug>/register", public_register.register, name="register"),
    path("events/<slug:slug>/registered", public_register.registered, name="registered"),
    path("desk/events", desk_events.desk, name="desk"),
    path("desk/events/new", desk_event.new, name="new"),
    path("desk/events/<int:event_id>", desk_event.edit, name="edit"),
    path("desk/events/<int:event_id>/preview", desk_event.preview, name="preview"),
    path("desk/events/<int:event_id>/publish", desk_event.publish, name="publish"),
    path("desk/events/<int:event_id>/withdraw", desk_event.withdraw, name="withdraw"),
    path("desk/events/<int:event_id>/cancel", desk_event.cancel, name="cancel"),
    path("desk/events/<int:event_id>/registrations", desk_registrations.registrations, name="registrations"),
    path("desk/events/<int:event_id>/registrations.csv", desk_registrations.table, name="table"),
    path("desk/events/<int:event_id>/attendance", desk_registrations.attendance, name="attendance"),
    path("desk/events/<int:event_id>/results", desk_registrations.results, name="results"),
]
