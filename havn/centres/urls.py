"""The addresses of centres."""

from django.urls import path

from havn.centres.views import (
    manage_hours,
    manage_languages,
    manage_names,
    manage_signs,
    manage_texts,
    manage_theme,
    public_band,
    public_entry,
    public_rights,
    public_theme,
)

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
    path("theme/<slug:slug>-<slug:mark>.css", public_theme.style, name="theme_style"),
    path("theme/<slug:slug>-<slug:mark>.png", public_theme.logo, name="theme_logo"),
    path("desk/hours", manage_hours.hours, name="hours"),
    path("desk/hours/<int:service_id>/<slug:channel>", manage_hours.channel_hours, name="channel_hours"),
    path("desk/hours/<int:service_id>/<slug:channel>/week", manage_hours.save_week, name="save_week"),
    path("desk/hours/<int:service_id>/<slug:channel>/except", manage_hours.add_exception, name="add_exception"),
    path("desk/hours/exceptions/<int:exception_id>/remove", manage_hours.remove_exception, name="remove_exception"),
    path("desk/theme", manage_theme.theme, name="theme"),
    path("desk/theme/save", manage_theme.save, name="save_theme"),
    path("desk/theme/preview.css", manage_theme.preview_style, name="theme_preview"),
    path("desk/theme/logo", manage_theme.keep_logo, name="keep_logo"),
    path("desk/theme/logo/use", manage_theme.use_logo, name="use_logo"),
    path("desk/theme/logo/remove", manage_theme.remove_logo, name="remove_logo"),
    path("desk/theme/next-<slug:mark>.png", manage_theme.next_logo, name="next_logo"),
    path("desk/languages", manage_languages.languages, name="languages"),
    path("desk/languages/save", manage_languages.save, name="save_languages"),
    path("desk/names", manage_names.names, name="names"),
    path("desk/names/save", manage_names.save, name="save_names"),
    path("desk/signs", manage_signs.signs, name="signs"),
    path("desk/signs/site", manage_signs.name_site, name="name_sign_site"),
    path("desk/signs/site/<int:site>/remove", manage_signs.remove_site, name="remove_sign_site"),
    path("desk/signs/film", manage_signs.add_film, name="add_sign_film"),
    path("desk/signs/film/<int:film>/remove", manage_signs.remove_film, name="remove_sign_film"),
    path("desk/texts", manage_texts.texts, name="texts"),
    path("desk/texts/approve", manage_texts.approve, name="approve_text"),
]
