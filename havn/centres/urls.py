"""The addresses of centres."""

from django.urls import path

from havn.centres.views import manage_hours, manage_texts, public_band, public_entry, public_rights

app_name = "centres"

urlpatterns = [
    path("", public_entry.entry, name="entry"),
    path("for-parents", public_entry.parents, name="parents"),
    path("for-teachers", public_entry.teachers, name="teachers"),
    path("privacy", public_rights.privacy, name="privacy"),
    path("accessibility", public_rights.accessibility, name="accessibility"),
    path("band", public_band.band, name="band"),
    path("band.js", public_band.band_script, name="band_script"),
    path("band/about", public_band.about, name="band_about"),
    path("band/<slug:language>", public_band.band_in_language, name="band_in"),
    path("desk/hours", manage_hours.hours, name="hours"),
    path("desk/hours/<int:service_id>/<slug:channel>", manage_hours.channel_hours, name="channel_hours"),
    path("desk/hours/<int:service_id>/<slug:channel>/week", manage_hours.save_week, name="save_week"),
    path("desk/hours/<int:service_id>/<slug:channel>/except", manage_hours.add_exception, name="add_exception"),
    path("desk/hours/exceptions/<int:exception_id>/remove", manage_hours.remove_exception, name="remove_exception"),
    path("desk/texts", manage_texts.texts, name="texts"),
    path("desk/texts/approve", manage_texts.approve, name="approve_text"),
]
