"""The helpline's addresses: the child's pages (`urls_public.py`), the desk, the wall and the settings."""

from django.urls import URLPattern, URLResolver, include, path

from havn.helpline.views import (
    desk,
    desk_posts,
    desk_readings,
    desk_wall,
    manage_settings,
    manage_texts,
    report_export,
    report_figures,
)

app_name = "helpline"

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk", desk.desk, name="desk"),
    path("desk/duty/on", desk_posts.go_on_duty, name="go_on_duty"),
    path("desk/duty/off", desk_posts.go_off_duty, name="go_off_duty"),
    path("desk/next", desk_posts.take_next, name="take_next"),
    path("desk/letter", desk_posts.take_letter, name="take_letter"),
    path("desk/talk/<int:talk>/end", desk_posts.end_talk, name="end_talk"),
    path("desk/talk/<int:talk>/lay-back", desk_posts.lay_back_letter, name="lay_back_letter"),
    path("desk/talk/<int:talk>/risk", desk_posts.set_risk, name="set_risk"),
    path("desk/talk/<int:talk>/link", desk_posts.give_link, name="give_link"),
    path("desk/talk/<int:talk>/reading", desk_readings.readings, name="readings"),
    path("desk/talk/<int:talk>/reading/give", desk_readings.give_reading, name="give_reading"),
    path("desk/talk/<int:talk>/offer", desk_posts.offer_transfer, name="offer_transfer"),
    path("desk/talk/<int:talk>/accept", desk_posts.accept_transfer, name="accept_transfer"),
    path("desk/talk/<int:talk>/decline", desk_posts.decline_transfer, name="decline_transfer"),
    path("desk/talk/<int:talk>/withdraw", desk_posts.withdraw_transfer, name="withdraw_transfer"),
    path("desk/talk/<int:talk>/record", desk_posts.save_record, name="save_record"),
    path("desk/talk/<int:talk>/read", desk_posts.read_along, name="read_along"),
    path("desk/talk/<int:talk>/stop-reading", desk_posts.stop_reading, name="stop_reading"),
    path("desk/wall", desk_wall.wall, name="wall"),
    path("desk/figures", report_figures.figures, name="figures"),
    path("desk/figures/export", report_export.export, name="export"),
    path("desk/figures/report/<slug:report>", report_figures.filed, name="report"),
    path("desk/settings", manage_settings.settings, name="settings"),
    path("desk/settings/texts", manage_texts.texts, name="texts"),
    path("desk/settings/answer", manage_texts.save_answer, name="save_answer"),
    path("desk/settings/answer/<int:answer>/remove", manage_texts.remove_answer, name="remove_answer"),
    path("desk/settings/link", manage_texts.save_link, name="save_link"),
    path("desk/settings/link/<int:link>/remove", manage_texts.remove_link, name="remove_link"),
    path("", include("havn.helpline.urls_public")),
    path("", include("havn.helpline.retention.urls")),
    path("", include("havn.helpline.imports.urls")),
]
