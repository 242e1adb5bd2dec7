"""The addresses of hand-overs and reports, all of them below the desk."""

from django.urls import URLPattern, URLResolver, path

from havn.handover.views import desk_ask, desk_handovers, desk_reports, desk_settings

app_name = "handover"

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/talk/<int:talk>/handover", desk_ask.ask, name="ask"),
    path("desk/handovers", desk_handovers.handovers, name="handovers"),
    path("desk/handovers/<int:handover>", desk_handovers.handover, name="handover"),
    path("desk/handovers/<int:handover>/heard", desk_handovers.heard, name="heard"),
    path("desk/handovers/<int:handover>/back", desk_handovers.take_back, name="take_back"),
    path("desk/handovers/<int:handover>/again", desk_handovers.try_again, name="try_again"),
    path("desk/handovers/<int:handover>/passed", desk_handovers.passed, name="passed"),
    path("desk/platform-reports", desk_reports.reports, name="reports"),
    path("desk/platform-reports/new", desk_reports.raise_report, name="raise_report"),
    path("desk/platform-reports/<int:report>", desk_reports.report, name="report"),
    path("desk/platform-reports/<int:report>/move", desk_reports.move_report, name="move_report"),
    path("desk/settings/handover", desk_settings.settings, name="settings"),
    path("desk/settings/handover/<int:route>", desk_settings.route, name="route"),
]
